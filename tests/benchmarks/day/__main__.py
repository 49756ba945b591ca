"""A day at a full desk, beside its budgets: ``python -m tests.benchmarks.day``.

100,000 articles, 20,000 quotes and 5,000 notes (``tests/benchmarks/memory``), made once and kept in
the temporary folder; every run works on a copy. Times depend on who else wants the processors: the
load of the machine is told, and what the window's thread worked is told beside what was felt.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
os.environ["VEILLE_ALLOW_PRIVATE"] = "1"

from tests.benchmarks import memory
from tests.benchmarks.beats import rest
from tests.benchmarks.day import busy, keys, starting
from tests.benchmarks.day.figures import memory_of, table
from veille.desk import paths
from veille.desk.desk import Desk
from veille.sentences import catalogue
from veille.ui import ahead
from veille.ui.app import application, dress
from veille.ui.garbage import Collector, keep_what_stays
from veille.ui.main_window import MainWindow

_PARTS = ("start", "keys", "beats")
_USUAL = memory.Size()


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=_USUAL.articles)
    parser.add_argument("--quotes", type=int, default=_USUAL.quotes)
    parser.add_argument("--notes", type=int, default=_USUAL.notes)
    parser.add_argument("--inbox", type=int, default=_USUAL.inbox)
    parser.add_argument("--untold", type=int, default=5_000, help="documents to be indexed")
    parser.add_argument("--shared", type=int, default=2_500, help="articles of a colleague")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--only", choices=_PARTS, nargs="*", default=_PARTS)
    parser.add_argument("--why", action="store_true", help="say what held the window up")
    asked = parser.parse_args()
    size = memory.Size(asked.articles, asked.quotes, asked.notes, asked.inbox)
    catalogue.use("fr", paths.resources() / "i18n")
    with tempfile.TemporaryDirectory() as folder:
        profile = memory.copy(memory.kept(size), Path(folder))
        print(f"{size.articles:,} articles, {size.quotes:,} quotes, {size.notes:,} notes;"
              f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")  # fmt: skip
        if "start" in asked.only:
            print(table("Starting", starting.measure(profile, asked.times)), flush=True)
        if set(asked.only) & {"keys", "beats"}:
            _in_the_window(profile, Path(folder), asked)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


def _in_the_window(profile: Path, folder: Path, asked: argparse.Namespace) -> None:
    app = application()
    desk = Desk.open(str(profile))
    operations = _prepare(desk, folder, asked) if "beats" in asked.only else 0
    with busy.served() as site:
        if "beats" in asked.only:
            busy.follow(desk, site, sources=12, each=60)
        dress(app, desk)
        collector = Collector(app)
        window = MainWindow(desk)
        window.resize(1280, 800)
        window.show()
        rest(1_500)
        keep_what_stays()
        here = [("window", os.getpid())]
        print(table("Memory", memory_of(here, when="just started")), flush=True)
        if "keys" in asked.only:
            desk.warm()
            ahead.load()
            print(
                table("Keys: the worst of each", keys.measure(window, times=asked.times)),
                flush=True,
            )
        if "beats" in asked.only:
            _beats(window, operations, asked)
        window.close()
        collector.close()
        desk.close()


def _prepare(desk: Desk, folder: Path, asked: argparse.Namespace) -> int:
    busy.untold(desk, asked.untold)
    return busy.share(desk, folder, count=asked.shared)


def _beats(window: MainWindow, operations: int, asked: argparse.Namespace) -> None:
    figures = busy.told("nobody, nothing", busy.beat(window, seconds=5, person=False))
    figures += busy.told("somebody types", busy.beat(window, seconds=10, person=True))
    beats, done, workers = busy.all_at_once(window, most=240, witness=asked.why)
    figures += busy.told("all at once", beats)
    missing = [name for name, is_done in done.items() if not is_done]
    print(table("Heart, every 16 ms", figures))
    print(f"  ({asked.untold:,} documents to index, {operations:,} operations to learn, 12 sources of"
          f" 60 news; {'all done' if not missing else 'NOT DONE: ' + ', '.join(missing)})")  # fmt: skip
    every = [("window", os.getpid()), *workers]
    print(table("Memory", memory_of(every, when="after")), flush=True)


if __name__ == "__main__":
    main()
