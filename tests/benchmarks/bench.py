"""The figures, side by side in one run: ``python tests/benchmarks/bench.py [--items N]``.

Absolute times depend on the machine: compare the ratios of one run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from veille.desk.desk import Desk  # noqa: E402
from veille.desk.record import record  # noqa: E402
from veille.domain import ids  # noqa: E402
from veille.domain import operation as op  # noqa: E402
from veille.domain.facts import Fact  # noqa: E402

WORDS = [
    "ville",
    "commune",
    "habitants",
    "concertation",
    "budget",
    "communication",
    "crue",
    "canicule",
    "mobilité",
    "vélo",
    "école",
    "cantine",
    "bulletin",
    "élus",
    "services",
    "quartier",
    "projet",
    "enquête",
    "réunion",
    "presse",
    "réseau",
    "public",
    "mairie",
    "accessibilité",
    "information",
    "crise",
    "numérique",
    "culture",
    "travaux",
    "association",
    "jeunesse",
    "transport",
]


def text(number: int, length: int = 450) -> str:
    """Make a text that is no other's, of the length of a press article."""
    words = (WORDS[(number * 7 + i * i + i * (number % 13)) % len(WORDS)] for i in range(length))
    return f"Numéro{number} " + " ".join(words)


def fill(desk: Desk, count: int, space: str = "") -> float:
    """Record ``count`` articles; returns the seconds it took."""
    house = desk._house
    started = time.perf_counter()
    for begin in range(0, count, 200):
        facts = []
        for number in range(begin, min(begin + 200, count)):
            entity = str(ids.derived_entity("article", space or house.personal, f"x/{number}"))
            body = text(number)
            facts += [
                Fact(entity, op.CLIP, {"title": f"Titre {number} {WORDS[number % len(WORDS)]}",
                                       "source": f"Source {number % 120}", "url": f"https://x.example/{number}",
                                       "canonical": f"x.example/{number}", "published": "2026-03-12"}, space),
                Fact(entity, op.CAPTURE, {"verdict": "complete", "words": 450, "text": body}, space),
            ]  # fmt: skip
        record(house, facts)
    return time.perf_counter() - started


def timed(act: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def clip_to_searchable(home: Path) -> dict[str, float]:
    """Clip a page from a file, then find it: in an empty memory, and in a full one."""
    figures = {}
    for name, already in (("empty", 0), ("with 2,000 articles", 2_000)):
        desk = Desk.open(str(home / f"clip{already}"))
        fill(desk, already)
        desk.drain()
        turns = [_clip_once(desk, number) for number in range(7)]
        desk.close()
        for at, step in enumerate(("clip", "index", "search")):
            figures[f"{step}, {name}"] = median(turn[at] for turn in turns)
    return figures


def _clip_once(desk: Desk, number: int) -> tuple[float, float, float]:
    body = f"<h1>Page {number}</h1><p>{text(100_000 + number)}</p>"
    page = f"<html><body><article>{body}</article></body></html>".encode()
    return (
        timed(lambda: desk.clip("-", stdin=page)),
        timed(desk.drain),
        timed(lambda: desk.search(f"numéro{100_000 + number}")),
    )


def sync_items(home: Path, count: int) -> dict[str, float]:
    """Share ``count`` articles between two profiles through one folder; then an idle round."""
    one, two = Desk.open(str(home / "one")), Desk.open(str(home / "two"))
    share = home / "share"
    share.mkdir()
    space = one.create_space("Com", str(share), full_text=True).id
    two.join_space(str(share))
    written = fill(one, count, space)
    figures = {
        f"record {count} articles": written,
        f"publish {count}": timed(one.sync),
        f"learn {count}": timed(two.sync),
        "idle round": median(timed(lambda: two.sync(whole=False)) for _turn in range(5)),
        "one change, published and learned": timed(
            lambda: (
                one.new_note("n", "t", space=space),
                one.sync(whole=False),
                two.sync(whole=False),
            )
        ),
    }
    one.close()
    two.close()
    return figures


def start_to_list(home: Path, count: int) -> dict[str, float]:
    """Start the program in a process of its own until the first list is painted."""
    profile = home / "start"
    code = (
        "import sys, time; t = time.perf_counter(); from veille.sentences import catalogue;"
        "from veille.desk import paths; catalogue.use('fr', paths.resources() / 'i18n');"
        "from veille.ui.app import application, dress; from veille.desk.desk import Desk;"
        "from veille.ui.main_window import MainWindow; app = application();"
        "desk = Desk.open(sys.argv[1]); dress(app, desk); w = MainWindow(desk);"
        "w.sidebar.choose('articles'); w.show(); w.grab(); print(time.perf_counter() - t);"
        "w.close(); desk.close()"
    )

    def once() -> float:
        done = subprocess.run(
            [sys.executable, "-c", code, str(profile)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        return float(done.stdout.strip().splitlines()[-1])

    figures = {}
    for name, more in (("an empty memory", 0), (f"{count} articles", count)):
        desk = Desk.open(str(profile))
        fill(desk, more)
        desk.close()
        once()
        figures[f"start to first list, {name}"] = median(once() for _turn in range(3))
    return figures


def imports() -> dict[str, float]:
    """Time what every figure rests on, as the measure of this machine."""
    code = "import time; t = time.perf_counter(); import PySide6.QtWidgets; print(time.perf_counter() - t)"
    runs = [
        float(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout
        )
        for _turn in range(4)
    ]
    return {"import QtWidgets (the yardstick)": median(runs[1:])}


def main() -> int:
    """Print every figure, in milliseconds and as a ratio to the yardstick."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--list", type=int, default=10_000, dest="listed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        figures = imports()
        yardstick = next(iter(figures.values()))
        figures |= clip_to_searchable(home)
        figures |= sync_items(home, asked.items)
        figures |= start_to_list(home, asked.listed)
    for name, seconds in figures.items():
        print(f"{name:45} {seconds * 1000:10.1f} ms {seconds / yardstick:8.2f} ×")
    return 0


if __name__ == "__main__":
    sys.exit(main())
