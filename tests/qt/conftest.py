"""A window on a profile, closed cleanly: jobs drained, workers ended, nothing left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.ui import ask
from veille.ui.app import application, dress
from veille.ui.main_window import MainWindow


@pytest.fixture(scope="session")
def qapp() -> object:
    return application()


@pytest.fixture
def answers() -> Iterator[dict[str, Callable[[str], object]]]:
    ask.answers.clear()
    yield ask.answers
    ask.answers.clear()


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
