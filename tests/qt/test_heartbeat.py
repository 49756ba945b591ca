"""The window never stalls: its heart beats while workers index, share and read sources, and one types.

A machine of tests is loaded by others: while the window was ready and they had the processors is
left out, what it is like when nobody does anything is measured in the same run, and a late beat
must be late twice. A block that is planted is seen: the test can fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import thread_time
from typing import Final

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.benchmarks import memory
from tests.benchmarks.beats import Beat
from tests.benchmarks.day import busy
from tests.conftest import Site
from veille.desk.desk import Desk
from veille.ui.app import application, dress
from veille.ui.jobs import Jobs
from veille.ui.main_window import MainWindow

# On a machine of one's own no beat is 50 ms late (tests/benchmarks/day); where others work too, what
# a processor shares with them is felt without any wait being told.
_LATE_MS: Final = 120
_PLANTED_MS: Final = 300
_MOST_S: Final = 25
_FILES: Final = Path("/proc/self/fd")
_SIZE: Final = memory.Size(
    articles=400, quotes=80, notes=60, inbox=40, comments=20, themes=30, dossiers=6, deeds=10
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a memory of which the index knows nothing yet."""
    profile = tmp_path_factory.mktemp("full") / "profile"
    memory.fill(profile, _SIZE, demo=True)
    return profile


@pytest.fixture
def at_work(full: Path, tmp_path: Path, site: Site, qtbot: QtBot, qapp: object,
            monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:  # fmt: skip
    """Give the window of a memory in which everything is still to be done."""
    monkeypatch.setenv("VEILLE_THEME", "light")
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    desk = Desk.open(str(memory.copy(full, tmp_path)))
    busy.share(desk, tmp_path, count=150, demo=True)
    busy.follow(desk, site, sources=3, each=20)
    dress(application(), desk)
    made = MainWindow(desk)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    desk.close()
    made.deleteLater()


def _longest(beats: tuple[Beat, ...]) -> float:
    return max(one.own for one in beats)


def test_no_beat_is_late_while_everything_goes_on(at_work: MainWindow) -> None:
    quiet = _longest(busy.beat(at_work, seconds=0.5, person=False))
    beats, done, _workers = busy.all_at_once(at_work, most=_MOST_S)
    assert done == {"indexed": True, "synced": True, "refreshed": True}
    late = sorted(one.own for one in beats)[-2:]
    assert len(beats) > 50
    # One that is late alone may be another's doing; a stall of ours comes with each batch.
    assert late[0] < _LATE_MS + quiet, [round(one.own) for one in beats if one.own > 50]


def test_a_block_is_seen(at_work: MainWindow) -> None:
    def block() -> None:
        until = thread_time() + _PLANTED_MS / 1000
        while thread_time() < until:
            pass

    QTimer.singleShot(200, at_work, block)
    assert _longest(busy.beat(at_work, seconds=1, person=False)) > _LATE_MS + 50


@pytest.mark.skipif(not _FILES.exists(), reason="only Linux tells which files are open")
def test_what_is_done_aside_leaves_no_file_open(desk: Desk, jobs: Jobs, qtbot: QtBot) -> None:
    def opened() -> int:
        return sum(one.is_symlink() and "veille.sqlite" in str(one.readlink())
                   for one in _FILES.iterdir())  # fmt: skip

    told: list[int] = []

    def look() -> None:
        count = len(told)
        jobs.look(desk.people, lambda _people: told.append(opened()))
        qtbot.waitUntil(lambda: len(told) > count)

    for _turn in range(8):
        look()
    assert told[0] > 0
    assert told[-1] == told[0]
