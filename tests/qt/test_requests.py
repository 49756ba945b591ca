"""The dialog on comments about a person: find, check, export, erase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.story.test_erasing import SECRET, comment
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.ui import requests
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.requests import RequestsDialog


@pytest.fixture
def jobs(qapp: object) -> Jobs:
    return Jobs()


@pytest.fixture
def bus(qapp: object) -> Bus:
    return Bus()


@pytest.fixture
def dialog(desk: Desk, jobs: Jobs, bus: Bus, qtbot: QtBot) -> Iterator[RequestsDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = requests.show(desk, jobs, bus, parent)
    qtbot.waitExposed(made)
    yield made
    assert jobs.drain()


def button(dialog: RequestsDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def find(dialog: RequestsDialog, jobs: Jobs, qtbot: QtBot, name: str = SECRET) -> QListWidget:
    dialog.name.setText(name)
    with qtbot.waitSignal(jobs.idled):
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    found = dialog.findChild(QListWidget, "mentions")
    assert found is not None
    return found


def test_only_what_is_checked_is_erased_and_only_when_agreed(
    desk: Desk, jobs: Jobs, bus: Bus, dialog: RequestsDialog, qtbot: QtBot,
    answers: dict[str, Callable[[str], object]],
) -> None:  # fmt: skip
    kept, gone = comment(desk), comment(desk)
    told: list[str] = []
    heard: list[Changes] = []
    bus.changed.connect(heard.append)
    shown = find(dialog, jobs, qtbot)
    rows = {shown.item(at).data(Qt.ItemDataRole.UserRole): at for at in range(shown.count())}
    assert set(rows) == {kept, gone}
    shown.setCurrentRow(rows[gone])
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    answers["agree"] = lambda words: told.append(words) or False
    qtbot.mouseClick(button(dialog, "erase"), Qt.MouseButton.LeftButton)
    assert "1 comment" in told[0]
    assert len(desk.requests.mentions(SECRET)) == 2
    answers["agree"] = lambda _words: True
    with qtbot.waitSignal(jobs.idled):
        qtbot.mouseClick(button(dialog, "erase"), Qt.MouseButton.LeftButton)
    assert [one.row.id for one in desk.requests.mentions(SECRET)] == [kept]
    assert heard[0].entities == {gone}
    assert shown.count() == 1
    assert not button(dialog, "erase").isEnabled()
    assert "Erased" in dialog.outcome.text()


def test_nothing_found_is_said(dialog: RequestsDialog, jobs: Jobs, qtbot: QtBot) -> None:
    assert find(dialog, jobs, qtbot, "Personne").count() == 0
    assert "No comment" in dialog.outcome.text()
    assert not button(dialog, "export").isEnabled()
    assert not button(dialog, "erase").isEnabled()


def test_an_export_never_writes_over_a_file(
    desk: Desk, jobs: Jobs, dialog: RequestsDialog, qtbot: QtBot, tmp_path: Path,
    answers: dict[str, Callable[[str], object]],
) -> None:  # fmt: skip
    comment(desk)
    find(dialog, jobs, qtbot)
    file = tmp_path / "demande.md"
    answers["save_file"] = lambda _title: str(file)
    for _turn in range(2):
        with qtbot.waitSignal(jobs.idled):
            qtbot.mouseClick(button(dialog, "export"), Qt.MouseButton.LeftButton)
    assert SECRET in file.read_text(encoding="utf-8")
    assert "demande.md" in dialog.outcome.text()
    assert "Written" not in dialog.outcome.text()
