"""Everything that capture is measured by, in one command, on pages that nobody here wrote.

    python -m tests.benchmarks.capture.measure                 # the shared assets beside this checkout
    python -m tests.benchmarks.capture.measure --assets DIR --keep FOLDER

Body, title, authors, dates and verdicts are scored by the assets' own script on what the product
itself keeps of a page (``article.from_html``); sanitising by theirs too, where html5lib is
installed; quotes on the corpus of tests/data/quotes (its README says how it was written; the held
half was never seen by who wrote the rules).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import runpy
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.benchmarks.capture import score_quotes
from tests.conftest import ASSETS
from veille.desk.words import grammar, wording
from veille.extract import article
from veille.extract.decode import decode
from veille.extract.quotes.find import find_quotes
from veille.extract.sanitise import sanitise

QUOTES = Path(__file__).parents[2] / "data" / "quotes"


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Give the rows of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def pages(folder: Path) -> dict[str, dict[str, Any]]:
    """Give every page of the extraction sets once, with what is known of it."""
    return {row["id"]: row for file in sorted(folder.glob("*.jsonl")) for row in lines(file)}


def extract(folder: Path, out: Path) -> None:
    """Read every page as the product does, and say how it went."""
    verdicts: Counter[str] = Counter()
    took: list[float] = []
    with out.open("w", encoding="utf-8") as file:
        for name, row in pages(folder).items():
            page = decode(gzip.decompress((folder / row["page"]).read_bytes()))
            begun = time.perf_counter()
            found = article.from_html(page, url=row.get("url") or "", wording=wording())
            took.append(time.perf_counter() - begun)
            verdicts[f"{found.verdict.name} {found.verdict.reason}".strip()] += 1
            told = {"id": name, "text": found.text, "title": found.title,
                    "author": "; ".join(found.authors), "date": found.published}  # fmt: skip
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
    took.sort()
    print(
        f"{len(took)} pages, median {took[len(took) // 2] * 1000:.0f} ms, longest {took[-1]:.1f} s"
    )
    print("verdicts:", dict(verdicts.most_common()))


def clean(folder: Path, out: Path) -> None:
    """Sanitise every payload, alone and as a whole page."""
    with out.open("w", encoding="utf-8") as file:
        for number, row in enumerate(lines(folder / "payloads.jsonl")):
            payload = next(row[name] for name in ("payload", "html", "input") if name in row)
            found = article.from_html(f"<body><p>bon</p>{payload}</body>", wording=wording())
            told = {"i": number, "html": sanitise(payload) + found.html}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


def quotes(out: Path) -> None:
    """Find the quotes of both halves of the corpus."""
    for half in ("dev", "held"):
        with out.open("w", encoding="utf-8") as file:
            for row in lines(QUOTES / f"{half}.jsonl"):
                found = [
                    {"exact": one.exact, "speaker": one.speaker, "role": one.role}
                    for one in find_quotes(row["text"], grammar())
                ]
                told = {"id": row["id"], "quotes": found}
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
        print(f"— quotes, {half}")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            score_quotes.main(str(QUOTES / f"{half}.jsonl"), str(out))
        print("\n".join(said.getvalue().splitlines()[:5]))


def scored(script: Path, *words: object) -> None:
    """Run one of the assets' scorers."""
    sys.argv = [str(script), *(str(one) for one in words)]
    with contextlib.suppress(SystemExit):
        runpy.run_path(str(script), run_name="__main__")


def main() -> int:
    """Measure, and print. Returns the exit status."""
    asked = argparse.ArgumentParser(description="Measures capture.")
    asked.add_argument("--assets", type=Path, default=ASSETS)
    asked.add_argument("--keep", type=Path, default=None)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        keep = told.keep or Path(made)
        keep.mkdir(parents=True, exist_ok=True)
        quotes(keep / "quotes.jsonl")
        if not told.assets.is_dir():
            print("The shared assets are not beside this checkout: only quotes were measured.")
            return 0
        print("— pages")
        extract(told.assets / "01-extraction", keep / "pages.jsonl")
        score = told.assets / "score"
        scored(score / "score_extraction.py", told.assets / "01-extraction", keep / "pages.jsonl")
        print("— sanitising")
        clean(told.assets / "05-sanitise", keep / "clean.jsonl")
        if find_spec("html5lib") is None:
            print(f"html5lib is not installed: score {keep / 'clean.jsonl'} elsewhere.")
        else:
            scored(score / "score_sanitise.py", told.assets / "05-sanitise", keep / "clean.jsonl")
    return 0


if __name__ == "__main__":
    sys.exit(main())
