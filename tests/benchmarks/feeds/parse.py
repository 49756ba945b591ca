"""How well feeds are read, beside bare feedparser, on feeds that nobody here wrote.

    python -m tests.benchmarks.feeds.parse                 # the shared assets beside this checkout
    python -m tests.benchmarks.feeds.parse --assets DIR --misses

Every feed counts for crashes and time; those that come with what they say count for titles,
addresses, dates and numbers of articles. The XML attacks are read in a process each, for their
time and memory.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from veille.domain.errors import NotAFeed
from veille.feeds.parse import parse

ASSETS = Path(__file__).resolve().parents[4] / "shared" / "assets"
RECEIVED = int(datetime(2026, 11, 26, tzinfo=UTC).timestamp() * 1000)
# Where the feeds of feedparser's own suite believe that they are.
URL = "http://127.0.0.1:8097/"
ASKED = ("feed title", "count", "title", "link", "date")


@dataclass(frozen=True, slots=True)
class Read:
    """What one reader made of one feed; ``crash`` names what it raised, "" for nothing."""

    title: str
    entries: tuple[tuple[str, str, str], ...]
    seconds: float
    crash: str = ""
    is_feed: bool = True


def day(ms: int) -> str:
    """Give the day of a moment in Greenwich, where the expected dates are."""
    return datetime.fromtimestamp(ms / 1000, UTC).date().isoformat() if ms else ""


def ours(data: bytes, *, url: str) -> Read:
    """Read as the product does."""
    begun = time.perf_counter()
    try:
        feed = parse(data, url=url, received=RECEIVED)
    except NotAFeed:
        return Read("", (), time.perf_counter() - begun, is_feed=False)
    entries = tuple((one.title, one.url, day(one.published)) for one in feed.entries)
    return Read(feed.title, entries, time.perf_counter() - begun)


def bare(data: bytes, *, url: str) -> Read:
    """Read with feedparser as it installs, given a stream."""
    import feedparser

    begun = time.perf_counter()
    feed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url})
    took = time.perf_counter() - begun
    entries = []
    for one in feed.entries:
        when = dict.get(one, "published_parsed") or dict.get(one, "updated_parsed")
        told = f"{when[0]:04}-{when[1]:02}-{when[2]:02}" if when else ""
        entries.append((one.get("title", ""), one.get("link", ""), told))
    return Read(feed.feed.get("title", ""), tuple(entries), took, is_feed=bool(feed.get("version")))


READERS: dict[str, Callable[..., Read]] = {"ours": ours, "feedparser": bare}


def tried(reader: Callable[..., Read], data: bytes, *, url: str) -> Read:
    """Read, and keep what is raised: a crash is a figure here."""
    begun = time.perf_counter()
    try:
        return reader(data, url=url)
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is counted
        return Read("", (), time.perf_counter() - begun, crash=repr(problem), is_feed=False)


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Give every feed of the set, with what is known of it."""
    for line in (folder / "feeds.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def address(row: dict[str, Any]) -> str:
    """Give where a feed of the set was found, as its own expectations have it."""
    return f"{URL}{row['file'].partition('feedparser/feedparser/')[2]}"


def same(one: str | None, other: str | None) -> bool:
    """Compare two lines as people do: spaces do not count."""
    return " ".join((one or "").split()) == " ".join((other or "").split())


def judged(read: Read, row: dict[str, Any]) -> Iterator[tuple[str, bool, object, object]]:
    """Give each thing that was asked of a feed: its name, whether it is right, found, expected."""
    told = row.get("expected") or {}
    if "entries" not in told:
        return
    counts = told.get("n_ok", [told["n"]])
    yield "count", len(read.entries) in counts, len(read.entries), counts
    if told.get("title") is not None:
        yield "feed title", same(read.title, told["title"]), read.title, told["title"]
    for number, one in enumerate(told["entries"]):
        found = read.entries[number] if number < len(read.entries) else ("", "", "")
        for name, value in zip(("title", "link"), found, strict=False):
            if one.get(name):
                yield name, same(value, one[name]), value, one[name]
        if date := one.get("date") or (one.get("published") or "")[:10]:
            yield "date", found[2] == date, found[2], date


def measure(folder: Path, reader: Callable[..., Read]) -> tuple[dict[str, Counter[str]], list[str]]:
    """Read every feed. Returns the figures by kind, and a line for each thing that is wrong."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: list[str] = []
    for row in rows(folder):
        count = kinds[row["kind"]]
        read = tried(reader, (folder / row["file"]).read_bytes(), url=address(row))
        count["feeds"] += 1
        count["ms"] += round(read.seconds * 1000)
        count["slow"] += read.seconds > 1
        count["refused"] += not read.is_feed and not read.crash
        if read.crash:
            count["crashes"] += 1
            wrong.append(f"{row['file']}: {read.crash}")
        for name, is_right, found, expected in judged(read, row):
            count[f"{name} asked"] += 1
            count[name] += is_right
            if not is_right:
                wrong.append(f"{row['file']}: {name} is {found!r}, {expected!r} was expected")
    return kinds, wrong


def table(name: str, kinds: dict[str, Counter[str]]) -> str:
    """Give the figures of one reader, ready to print."""
    head = f"{name:18}{'feeds':>6}{'refused':>8}{'crashes':>8}{'>1 s':>5}{'seconds':>8}"
    out = [head + "".join(f"{one:>12}" for one in ASKED)]
    for kind, count in sorted(kinds.items()):
        cells = [
            f"{count[one]}/{count[f'{one} asked']}" if count[f"{one} asked"] else "-"
            for one in ASKED
        ]
        out.append(
            f"{kind:18}{count['feeds']:>6}{count['refused']:>8}{count['crashes']:>8}"
            f"{count['slow']:>5}{count['ms'] / 1000:>8.1f}" + "".join(f"{one:>12}" for one in cells)
        )
    return "\n".join(out)


def memory() -> float:
    """Give the most memory that this process ever held, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def alone(reader: Callable[..., Read], path: Path) -> str:
    """Read one file in this process, once the libraries are loaded."""
    tried(reader, b"<rss version='2.0'><channel><title>x</title></channel></rss>", url=URL)
    held = memory()
    read = tried(reader, path.read_bytes(), url=URL)
    said = read.crash or (f"{len(read.entries)} articles" if read.is_feed else "refused")
    return f"{read.seconds * 1000:8.1f} ms {memory() - held:8.1f} MB more   {said}"


def attacks(folder: Path) -> None:
    """Read each XML attack in a process of its own."""
    for path in sorted(folder.rglob("xml-attacks/**/*.xml")):
        for name in READERS:
            words = ["-m", "tests.benchmarks.feeds.parse", "--one", str(path), "--reader", name]
            told = subprocess.run(
                [sys.executable, *words], capture_output=True, text=True, timeout=60, check=False
            )
            print(f"{path.name:16}{name:12}{told.stdout.strip() or told.stderr[-300:]}")


def main() -> int:
    """Measure, and print. Returns the exit status."""
    asked = argparse.ArgumentParser(description="Measures the reading of feeds.")
    asked.add_argument("--assets", type=Path, default=ASSETS)
    asked.add_argument("--misses", action="store_true", help="list what is wrong, one a line")
    asked.add_argument("--one", type=Path, default=None, help="read one file, in this process")
    asked.add_argument("--reader", choices=READERS, default="ours")
    told = asked.parse_args()
    warnings.simplefilter("ignore")
    if told.one is not None:
        print(alone(READERS[told.reader], told.one))
        return 0
    folder = told.assets / "02-feeds"
    if not folder.is_dir():
        print("The shared assets are not beside this checkout.")
        return 2
    for name, reader in READERS.items():
        kinds, wrong = measure(folder, reader)
        print(table(name, kinds), end="\n\n")
        if told.misses:
            print("\n".join(wrong), end="\n\n")
    attacks(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
