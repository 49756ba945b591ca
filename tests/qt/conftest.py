"""A window on a profile, or a page with its jobs, closed cleanly: nothing left running behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.ui import ask
from veille.ui.app import application, dress
from veille.ui.garbage import Collector, collect_due
from veille.ui.jobs import Jobs
from veille.ui.main_window import MainWindow


@pytest.fixture(scope="session")
def qapp() -> Iterator[object]:
    yield application()
    # What was copied would be destroyed once the interpreter is gone, and the process with it.
    QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True, scope="module")
def _collector(qapp: object) -> Iterator[None]:
    """Collect garbage where the window does: on its thread alone."""
    collector = Collector()
    yield
    # Whole, before Python collects by itself again: a later test's thread would destroy a pipe.
    gc.collect()
    collector.close()


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    collect_due()


@pytest.fixture
def answers() -> Iterator[dict[str, Callable[[str], object]]]:
    ask.answers.clear()
    yield ask.answers
    ask.answers.clear()


@pytest.fixture
def jobs(desk: Desk, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    """Jobs for a page shown without its window: drained at the end, and none failed."""
    monkeypatch.setenv("VEILLE_THEME", "light")
    dress(application(), desk)
    made = Jobs()
    wrong: list[object] = []
    made.crashed.connect(wrong.append)
    made.failed.connect(wrong.append)
    yield made
    assert made.drain()
    application().sendPostedEvents(None, QEvent.Type.MetaCall)
    assert wrong == []


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch,
           answers: dict[str, Callable[[str], object]]) -> Iterator[MainWindow]:  # fmt: skip
    monkeypatch.setenv("VEILLE_THEME", "light")
    dress(application(), desk)
    made = MainWindow(desk)
    crashes: list[Exception] = []
    made.jobs.crashed.connect(crashes.append)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    assert made.jobs.running == 0 or made.jobs.drain()
    assert crashes == []
    # A window that stays makes the looks of every later one be worked out for it as well.
    made.deleteLater()
    application().sendPostedEvents(None, QEvent.Type.DeferredDelete)
