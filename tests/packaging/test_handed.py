"""What the system hands to a window that is open: links, and browsers let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.ui import ask
from veille.ui.app import application, dress
from veille.ui.handing import Application
from veille.ui.main_window import MainWindow


@pytest.fixture(scope="session")
def qapp() -> object:
    return application()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, qapp: object) -> Iterator[MainWindow]:
    ask.answers.clear()
    dress(application(), desk)
    made = MainWindow(desk)
    made.show()
    yield made
    made.close()
    assert made.jobs.running == 0 or made.jobs.drain()
    ask.answers.clear()


def test_macos_hands_over_a_link_as_an_event_and_nothing_else_is_taken(
    qapp: object, qtbot: QtBot
) -> None:
    assert isinstance(qapp, Application)
    told: list[str] = []
    qapp.link_handed.connect(told.append)
    for address in ("file:///tmp/a.txt", "veille:clip?url=https://mairie.example/a&text=La%20crue"):
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl(address)))
    qapp.link_handed.disconnect(told.append)
    assert told == ["veille:clip?url=https://mairie.example/a&text=La%20crue"]


def test_the_browsers_are_connected_and_let_go_from_the_menu(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", "")
    told: list[str] = []
    answer: Callable[[str], object] = lambda title: told.append(title) or True  # noqa: E731
    ask.answers["report"] = answer
    window.actions_["disconnect_browsers"].trigger()
    qtbot.waitUntil(lambda: "No browser was connected" in window.notice.text)
    window.actions_["connect_browsers"].trigger()
    qtbot.waitUntil(lambda: told == ["The browsers may speak to Veille"])
    manifests = list((tmp_path / "home").rglob("org.veille.capture.json"))
    assert len(manifests) == 2
    window.actions_["disconnect_browsers"].trigger()
    qtbot.waitUntil(lambda: told[1:] == ["The browsers no longer speak to Veille"])
    assert not any(one.exists() for one in manifests)
