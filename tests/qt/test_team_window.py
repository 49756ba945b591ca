"""Working with others, in the window: two versions, who is here, proposals, a folder that is tried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Filter, Present
from veille.sentences import doctor
from veille.share.doctor import GOOD, WATCH
from veille.ui.main_window import MainWindow

Answers = dict[str, Callable[[str], object]]
KEY = Qt.Key


@pytest.fixture
def colleague(desk: Desk, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """Give Bruno, who shares a space with the person at the window."""
    (tmp_path / "share").mkdir()
    desk.introduce("Anne")
    desk.create_space("Com", str(tmp_path / "share"), full_text=True)
    desk.sync()
    bruno = open_desk("bruno")
    bruno.introduce("Bruno")
    bruno.join_space(str(tmp_path / "share"))
    bruno.sync()
    return bruno


def in_two_versions(desk: Desk, colleague: Desk) -> str:
    note = desk.new_note("Plan vélo", "Il coûte 2 millions.", space=desk.space("Com").id)
    for one in (desk, colleague):
        one.sync()
    desk.edit_note(note, "Il coûte 3 millions.")
    colleague.edit_note(note, "Il coûte 4 millions.")
    for one in (desk, colleague, desk):
        one.sync()
    return note


def test_two_versions_are_compared_and_settled_from_the_keyboard(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = in_two_versions(desk, colleague)
    window.bus.changed.emit(Changes(frozenset({note})))
    window.open(note)
    assert not window.choices.isHidden()
    assert not window.choices.is_open, "a discreet line, until it is asked for"
    window.actions_["compare"].trigger()
    assert window.choices.is_open
    told = " ".join(label.text() for label in window.choices.findChildren(QLabel))
    for words in ("Anne", "Bruno", "3 millions", "4 millions"):
        assert words in told
    (choice,) = desk.choices(note)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.choices, KEY.Key_B)
    assert desk.read(note).text == choice.b.text
    assert window.choices.isHidden()
    assert "history" in window.notice.text


def test_keeping_both_with_the_button_and_taking_it_back(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = in_two_versions(desk, colleague)
    window.bus.changed.emit(Changes(frozenset({note})))
    window.open(note)
    window.choices.toggle()
    keep = window.choices.findChild(QPushButton, "keep_both")
    assert isinstance(keep, QPushButton)
    with qtbot.waitSignal(window.bus.changed):
        keep.click()
    assert desk.choices(note) == []
    with qtbot.waitSignal(window.bus.changed):
        window.triage.undo()
    assert len(desk.choices(note)) == 1


def test_who_else_is_writing_is_shown_beside_the_note(
    desk: Desk, colleague: Desk, window: MainWindow
) -> None:
    note = in_two_versions(desk, colleague)
    window.open(note)
    space = desk.space("Com").id
    window.rounds.present.emit([Present(space, colleague.person, note, 20_000)])
    assert "Bruno" in window.notes._present.text()
    assert "20" in window.notes._present.text()
    window.rounds.present.emit([])
    assert window.notes._present.isHidden()


def test_proposals_show_themselves_when_something_waits(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    row = next(name for name in range(window.sidebar.count())
           if window.sidebar.item(name).data(Qt.ItemDataRole.UserRole) == "proposed")  # fmt: skip
    assert window.sidebar.item(row).isHidden()
    window.actions_["view_proposed"].trigger()
    assert not window.sidebar.item(row).isHidden(), "what is shown can be seen in the sidebar"
    window.sidebar.choose("inbox")
    desk.agree("Com", proposals=True)
    desk.sync()
    colleague.sync()
    options = ClipOptions(url="https://site.example/1", space=colleague.space("Com").id)
    colleague.clip("-", options, stdin=b"Titre\n\nUn texte de presse sur la ville.")
    colleague.sync()
    desk.sync()
    window.bus.changed.emit(Changes(frozenset({"a-x"})))
    qtbot.waitUntil(lambda: not window.sidebar.item(row).isHidden(), timeout=10_000)
    window.sidebar.choose("proposed")
    window.list.table.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_R)
    assert desk.count(Filter(kinds=("article",), states=("kept",))) == 1


def test_a_folder_is_tried_by_the_worker_and_the_verdict_shown(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    shown: list[str] = []
    answers["report"] = shown.append
    window.teaming.examine(desk.space("Com").folder)
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    assert shown[0] in {doctor.verdict(GOOD), doctor.verdict(WATCH)}


def test_the_card_of_a_space_tells_who_is_in_it(
    desk: Desk, colleague: Desk, window: MainWindow
) -> None:
    window.sidebar.choose("spaces")
    told = " ".join(label.text() for label in window.spaces.findChildren(QLabel))
    assert "Anne" in told
    assert "référent" in told
    buttons = [one.text() for one in window.spaces.findChildren(QPushButton)]
    assert "Roles…" in buttons
    assert "Test the folder" in buttons


def test_a_folder_that_does_not_answer_is_told_and_the_work_goes_on(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.rounds.synced):
        window.rounds._on_patience_ended()
    assert desk.space("Com").problem == "ShareSlow"
    window.sidebar.choose("spaces")
    told = " ".join(label.text() for label in window.spaces.findChildren(QLabel))
    assert "does not answer any more" in told
    desk.new_note("Pendant ce temps", "texte", space=desk.space("Com").id)
    (done,) = desk.sync(whole=False)
    assert not done.failed
    assert desk.space("Com").problem == ""
