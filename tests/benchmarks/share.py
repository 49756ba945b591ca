"""Rounds with a shared folder against the naive way: ``python tests/benchmarks/share.py``.

Naive: one JSON file an item, a scan of the directory at each round, a file read when its size or
time changed. Both ways run here, on the same disk, in the same run, without and with time added
to each operation on the folder (a listing costs one operation per 68 entries, as measured on SMB).
What would take minutes the naive way is measured on a sample and said so.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.bench import fill, text, timed  # noqa: E402
from veille.desk.desk import Desk  # noqa: E402
from veille.desk.record import record  # noqa: E402
from veille.domain import operation as op  # noqa: E402
from veille.domain.facts import Fact  # noqa: E402
from veille.domain.views import Filter  # noqa: E402
from veille.share.directory import Directory  # noqa: E402

PER_LISTING = 68
SAMPLE = 400


class Far(Directory):
    """A directory at some distance: each operation waits, and is counted."""

    delay = 0.0
    calls = 0

    def _wait(self, times: int = 1) -> None:
        Far.calls += times
        if Far.delay:
            time.sleep(Far.delay * times)

    def list(self, path: str) -> Mapping[str, int] | None:
        found = super().list(path)
        self._wait(1 + len(found or ()) // PER_LISTING)
        return found

    def read(self, path: str, *, limit: int) -> bytes | None:
        self._wait()
        return super().read(path, limit=limit)

    def create(self, path: str, data: bytes) -> bool:
        self._wait()
        return super().create(path, data)

    def delete(self, path: str) -> None:
        self._wait()
        super().delete(path)


class Naive:
    """One file an item, the whole directory looked at each time."""

    def __init__(self, folder: Path, delay: float) -> None:
        self._folder, self._delay = folder, delay
        self._seen: dict[str, tuple[int, int]] = {}
        self.items: dict[str, dict[str, object]] = {}

    def round(self, *, most: int = 0) -> int:
        """Scan, and read what changed; gives how many files were read."""
        found = {}
        for one in self._folder.iterdir():
            told = one.stat()
            found[one.name] = (told.st_size, told.st_mtime_ns)
        self._wait(1 + len(found) // PER_LISTING)
        changed = [name for name, told in found.items() if self._seen.get(name) != told]
        for name in changed[: most or None]:
            self._wait()
            self.items[name] = json.loads((self._folder / name).read_text(encoding="utf-8"))
            self._seen[name] = found[name]
        return len(changed)

    def publish(self, name: str, item: dict[str, object]) -> None:
        """Write one item: read what is there, write beside, put in place."""
        path = self._folder / name
        self._wait(3)
        if path.exists():
            json.loads(path.read_text(encoding="utf-8"))
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(item), encoding="utf-8")
        draft.replace(path)

    def _wait(self, times: int = 1) -> None:
        if self._delay:
            time.sleep(self._delay * times)


def build(home: Path, count: int) -> None:
    """Make both shares, and a colleague that has read everything."""
    one = _open(home, "one")
    (home / "share").mkdir()
    space = one.create_space("Com", str(home / "share"), full_text=True).id
    fill(one, count, space)
    one.sync()
    one.close()
    two = _open(home, "two")
    two.join_space(str(home / "share"))
    two.sync()
    two.close()
    (home / "naive").mkdir()
    for number in range(count):
        item = {"title": f"Titre {number}", "source": "Source", "text": text(number)}
        (home / "naive" / f"{number}.json").write_text(json.dumps(item), encoding="utf-8")


def _open(home: Path, name: str) -> Desk:
    desk = Desk.open(str(home / name))
    desk._house.open_folder = lambda folder: Far(Path(folder))
    return desk


def measure(home: Path, delay: float, count: int) -> list[tuple[str, float, float, int]]:
    """Give ``(what, seconds ours, seconds naive, operations on the folder)``."""
    Far.delay = delay
    one, two = _open(home, "one"), _open(home, "two")
    for desk in (one, two):
        desk.sync()
    naive = Naive(home / "naive", 0.0)
    naive.round()
    naive._delay = delay
    rows = []

    def ours(act: Callable[[], object], turns: int = 3) -> tuple[float, int]:
        Far.calls = 0
        return median(timed(act) for _turn in range(turns)), Far.calls // turns

    idle, calls = ours(lambda: two.sync(whole=False))
    rows.append(("nothing new", idle, median(timed(naive.round) for _t in range(3)), calls))
    _change(one, 1)
    published, calls = ours(lambda: one.sync(whole=False), 1)
    item: dict[str, object] = {"title": "x", "text": text(1)}
    rows.append(
        ("publish one change", published, timed(lambda: naive.publish("1.json", item)), calls)
    )
    two.sync(whole=False)
    _change(one, 10)
    one.sync(whole=False)
    for number in range(10):
        path = home / "naive" / f"{number}.json"
        path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    ten, calls = ours(lambda: two.sync(whole=False), 1)
    rows.append(("ten changes", ten, timed(naive.round), calls))
    one.close()
    two.close()
    rows.append(_first(home, delay, count))
    return rows


def _change(desk: Desk, count: int) -> None:
    articles = desk.ids(Filter(kinds=("article",)), limit=count)
    facts = [Fact(a, op.ARTICLE_SET, {"lead": f"{time.time_ns()}"}) for a in articles]
    record(desk._house, facts)


def _first(home: Path, delay: float, count: int) -> tuple[str, float, float, int]:
    shutil.rmtree(home / "new", ignore_errors=True)
    new = _open(home, "new")
    new.join_space(str(home / "share"))
    Far.calls = 0
    seconds = timed(new.sync)
    calls = Far.calls
    new.close()
    naive = Naive(home / "naive", delay)
    some = timed(lambda: naive.round(most=SAMPLE)) if delay else timed(naive.round)
    scale = count / min(SAMPLE, count) if delay else 1
    return ("first sync", seconds, some * scale, calls)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--delays", type=float, nargs="*", default=[0.0, 5.0, 20.0])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build(home, asked.items)
        files = sum(1 for one in (home / "share").rglob("*") if one.is_file())
        print(f"{asked.items:,} items: {files} files shared, {asked.items:,} files the naive way")
        print(f"{'':22}{'ours':>12}{'operations':>12}{'naive':>14}{'ratio':>9}")
        for delay in asked.delays:
            sampled = f"; first sync the naive way from a sample of {SAMPLE}" if delay else ""
            print(f"— {delay:g} ms added to each operation{sampled}")
            for what, mine, other, calls in measure(home, delay / 1000, asked.items):
                print(
                    f"{what:22}{mine * 1000:>9.1f} ms{calls:>12}{other * 1000:>11.1f} ms"
                    f"{other / mine:>8.1f}×"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
