"""Our merge beside git's and the people's, on real triples of French Markdown.

``python -m tests.benchmarks.merging [--out FILE]``; ``FILE`` is what ``score_merge.py`` reads.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.conftest import ASSETS
from veille.wiki.weave import merge_text

_SHOWN = ("n", "conflicts_git", "conflicts", "of_which_one_text", "as_people_did", "silently_else")


def git_conflicts(base: str, ours: str, theirs: str) -> bool:
    """Tell whether git cannot merge these by itself."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        command = ["git", "merge-file", "-p", *paths]
        return subprocess.run(command, capture_output=True, check=False).returncode > 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="")
    told = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    took: list[float] = []
    predicted = []
    with gzip.open(ASSETS / "08-merge" / "triples.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            begun = perf_counter()
            woven = merge_text(one["base"], one["ours"], one["theirs"])
            took.append((perf_counter() - begun) * 1000)
            same, count = woven.text == one["expected"], counts[one["cls"]]
            count["n"] += 1
            count["conflicts_git"] += git_conflicts(one["base"], one["ours"], one["theirs"])
            count["conflicts"] += woven.conflicts > 0
            count["of_which_one_text"] += bool(woven.passages) and all(
                p.merged for p in woven.passages
            )
            count["as_people_did"] += same
            count["silently_else"] += not same and not woven.conflicts
            sides = [side.text for p in woven.passages for side in (p.ours, p.theirs)]
            predicted.append({"id": one["id"], "text": woven.text,
                              "conflict": woven.conflicts > 0, "copies": sides})  # fmt: skip
    print(f"{'':28}" + "".join(f"{name:>19}" for name in _SHOWN))
    for name, count in sorted(counts.items()):
        print(f"{name:28}" + "".join(f"{count[one]:>19}" for one in _SHOWN))
    every = sum(counts.values(), Counter())
    print(f"{'all':28}" + "".join(f"{every[one]:>19}" for one in _SHOWN))
    print(f"median {median(took):.2f} ms, worst {max(took):.1f} ms")
    if told.out:
        text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in predicted)
        Path(told.out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
