"""Feeds that nobody here wrote, real ones and those of other readers' suites."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.benchmarks.feeds.parse import URL, address, judged, measure, ours, rows


@pytest.fixture
def folder(assets: Path) -> Path:
    return assets / "02-feeds"


def test_the_dates_titles_and_addresses_of_french_feeds(folder: Path) -> None:
    right: Counter[str] = Counter()
    for row in rows(folder):
        if row["kind"] == "french-derived":
            read = ours((folder / row["file"]).read_bytes(), url=URL)
            for name, is_right, found, expected in judged(read, row):
                assert is_right, (row["file"], name, found, expected)
                right[name] += 1
    assert right == {"count": 19, "feed title": 19, "title": 151, "link": 151, "date": 151}


# Below what was measured: a feed more or less that says something odd does not fail the test.
FLOORS = {
    "real-and-spec": {"count": 1.0, "feed title": 0.95, "title": 1.0, "link": 0.9, "date": 1.0},
    "unit": {"count": 1.0, "feed title": 1.0, "title": 1.0},
}


@pytest.mark.slow
def test_every_feed_is_read_or_refused(folder: Path) -> None:
    kinds, wrong = measure(folder, ours)
    assert sum(count["feeds"] for count in kinds.values()) >= 1_287
    for kind, count in kinds.items():
        assert count["crashes"] == 0, wrong
        assert count["slow"] == 0, kind
    for kind, floors in FLOORS.items():
        for name, floor in floors.items():
            assert kinds[kind][name] >= floor * kinds[kind][f"{name} asked"] > 0, (
                kind,
                name,
                wrong,
            )
    # What other readers' suites keep as feeds are feeds, but for a few files that are none.
    assert kinds["feedparser-suite"]["refused"] == 0
    assert kinds["malformed"]["refused"] == 0
    assert kinds["real-and-spec"]["refused"] <= 3


def test_attacks_are_refused_at_once(folder: Path) -> None:
    found = [row for row in rows(folder) if row["kind"] == "xml-attacks"]
    assert len(found) == 5
    for row in found:
        begun = time.perf_counter()
        assert not ours((folder / row["file"]).read_bytes(), url=address(row)).is_feed
        assert time.perf_counter() - begun < 1
