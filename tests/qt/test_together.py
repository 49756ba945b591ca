"""Two windows side by side on one folder: D.3 steps 3 to 5, by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.ui.app import application
from veille.ui.main_window import MainWindow

KEY = Qt.Key
SOON = 30_000
PLAN = "Le plan avance bien.\n\nIl coûte 2 millions.\n\nLa gare suivra."


@pytest.fixture
def colleague(
    desk: Desk, window: MainWindow, open_desk: Callable[..., Desk], share_folder: Path,
    qtbot: QtBot,
) -> Iterator[MainWindow]:  # fmt: skip
    """Give the window of Bruno, who shares a space with Anne, at the window."""
    desk.introduce("Anne")
    desk.create_space("Com", str(share_folder), full_text=True)
    bruno = open_desk("bruno")
    bruno.introduce("Bruno")
    bruno.join_space(str(share_folder))
    made = MainWindow(bruno)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()
    application().sendPostedEvents(None, QEvent.Type.DeferredDelete)


def meet(qtbot: QtBot, *windows: MainWindow) -> None:
    """Have each do a round, in the process that may wait, one after the other."""
    for one in windows:
        qtbot.waitUntil(lambda one=one: not one.rounds.share.busy, timeout=SOON)
        with qtbot.waitSignal(one.rounds.synced, timeout=SOON):
            one.rounds.sync()
        qtbot.waitUntil(lambda one=one: not one.rounds.share.busy, timeout=SOON)


def both_open(desk: Desk, window: MainWindow, colleague: MainWindow, qtbot: QtBot) -> str:
    note = desk.new_note("Plan vélo", PLAN, space=desk.space("Com").id)
    meet(qtbot, window, colleague)
    for one in (window, colleague):
        one.open(note)
        assert one.detail.currentWidget() is one.notes
        one.notes.write(writing=True)
    return note


def type_after(window: MainWindow, qtbot: QtBot, words: str, typed: str) -> None:
    """Select words of the note and type others in their place, by hand."""
    text = window.notes.text
    found = text.document().find(words)
    assert not found.isNull(), words
    text.setTextCursor(found)
    text.setFocus()
    qtbot.keyClicks(text, typed)


def record(window: MainWindow, qtbot: QtBot) -> None:
    # Keys of the window go to the one in front.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.bus.changed, timeout=SOON):
        qtbot.keyClick(window.notes.text, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_different_paragraphs_written_at_once_merge_without_a_word(
    desk: Desk, window: MainWindow, colleague: MainWindow, qtbot: QtBot
) -> None:
    note = both_open(desk, window, colleague, qtbot)
    type_after(window, qtbot, "bien", "vite")
    record(window, qtbot)
    # Bruno is away: he writes and records, and meets the folder later only.
    type_after(colleague, qtbot, "gare", "halle")
    record(colleague, qtbot)
    meet(qtbot, window, colleague, window)
    merged = PLAN.replace("bien", "vite").replace("gare", "halle")
    for one in (window, colleague):
        qtbot.waitUntil(lambda one=one: one.notes.text.plain() == merged, timeout=SOON)
        assert one.choices.isHidden(), "nobody is asked anything"
        qtbot.waitUntil(lambda one=one: "halle suivra" in one.notes.preview.toPlainText()
                        or one.notes.preview.isHidden())  # fmt: skip
    names = {desk.people()[one.by] for one in desk.revisions(note)}
    assert names == {"Anne", "Bruno"}, "the history shows both"
    told = {desk.people()[one.by] for one in desk.tracing.states(note)}
    assert told == {"Anne", "Bruno"}


def test_the_same_sentence_stands_in_both_versions_and_one_key_chooses(
    desk: Desk, window: MainWindow, colleague: MainWindow, qtbot: QtBot
) -> None:
    note = both_open(desk, window, colleague, qtbot)
    type_after(window, qtbot, "2 millions", "3 millions")
    record(window, qtbot)
    type_after(colleague, qtbot, "2 millions", "4 millions")
    record(colleague, qtbot)
    meet(qtbot, window, colleague, window)
    qtbot.waitUntil(lambda: not window.choices.isHidden(), timeout=SOON)
    assert "1 passage in two versions" in window.choices.accessibleName()
    assert window.detail.currentWidget() is window.notes, "the note opens as ever"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.notes.text, KEY.Key_F8)
    told = " ".join(label.text() for label in window.choices.findChildren(QLabel))
    for words in ("Anne", "Bruno", "3 millions", "4 millions"):
        assert words in told
    with qtbot.waitSignal(window.bus.changed, timeout=SOON):
        qtbot.keyClick(window.choices, KEY.Key_D)
    text = desk.read(note).text
    assert "3 millions" in text
    assert "4 millions" in text
    meet(qtbot, window, colleague)
    qtbot.waitUntil(colleague.choices.isHidden, timeout=SOON)
    said = " ".join(one.text for one in desk.revisions(note))
    assert "3 millions" in said
    assert "4 millions" in said


def test_a_colleague_who_opens_the_note_is_told_who_writes_and_may_write(
    desk: Desk, window: MainWindow, colleague: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Plan vélo", PLAN, space=desk.space("Com").id)
    meet(qtbot, window, colleague)
    window.open(note)
    window.notes.write(writing=True)
    cursor = window.notes.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    window.notes.text.setTextCursor(cursor)
    qtbot.keyClicks(window.notes.text, " Suite")
    qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=SOON)
    colleague.open(note)
    with qtbot.waitSignal(colleague.rounds.present, timeout=SOON):
        meet(qtbot, colleague)
    shown = colleague.notes._present
    assert not shown.isHidden()
    assert shown.text().startswith("Anne is editing this note (")
    colleague.notes.write(writing=True)
    type_after(colleague, qtbot, "bien", "vite")
    assert colleague.notes.text.plain().startswith("Le plan avance vite")
    record(colleague, qtbot)
    # She goes on with what she was writing; what he wrote waits for her to pause.
    meet(qtbot, window)
    assert window.notes.text.plain().endswith(" Suite")
    record(window, qtbot)
    text = desk.read(note).text
    assert text.endswith(" Suite")
