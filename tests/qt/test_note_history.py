"""The history of a note, in the window: read by state and by paragraph, taken back from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import Clock
from veille.desk.desk import Desk
from veille.desk.tracing import State
from veille.domain.facts import Changes
from veille.ui import theme
from veille.ui.app import application, dress
from veille.ui.bus import Bus, Notice
from veille.ui.jobs import Jobs
from veille.ui.notes.history import NoteHistory

DAY = 24 * 3_600_000
KEY = Qt.Key
TEXT = "# Le plan\n\nIl coûte 2 millions.\n\nLa concertation ouvre en mai.\n\nUn.\n\nDeux.\n\nFin."


class Shown:
    """The dialog on a profile, and what it said."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.jobs, self.bus = Jobs(), Bus()
        self.notices: list[Notice] = []
        self.problems: list[object] = []
        self.bus.noticed.connect(self.notices.append)
        self.jobs.failed.connect(self.problems.append)
        self.jobs.crashed.connect(self.problems.append)
        self.dialog = NoteHistory(desk, self.jobs, self.bus, parent)


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
          ) -> Iterator[Shown]:  # fmt: skip
    monkeypatch.setenv("VEILLE_THEME", "light")
    dress(application(), desk)
    parent = QWidget()
    made = Shown(desk, parent)
    yield made
    assert made.jobs.drain()
    made.dialog.close()
    assert made.problems == []
    parent.deleteLater()
    application().sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(open_desk: Callable[..., Desk], clock: Clock) -> Desk:
    made = open_desk("a", clock)
    made.introduce("Anne")
    return made


def edit(desk: Desk, note: str, old: str, new: str) -> None:
    desk.edit_note(note, desk.read(note).text.replace(old, new))


@pytest.fixture
def note(desk: Desk, clock: Clock) -> str:
    made = desk.new_note("Plan vélo", TEXT)
    clock.ms += DAY
    desk.rename_note(made, "Plan vélo 2027")
    edit(desk, made, "2 millions", "3 millions")
    clock.ms += DAY
    edit(desk, made, "en mai", "en juin")
    desk.rename_note(made, "Le plan, enfin")
    return made


def show(shown: Shown, note: str, qtbot: QtBot) -> NoteHistory:
    with qtbot.waitSignal(shown.dialog.shown):
        shown.dialog.show_note(note)
    return shown.dialog


def rows(dialog: NoteHistory) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def go(dialog: NoteHistory, qtbot: QtBot, which: Callable[[State], bool]) -> State:
    """Run down the list with the arrow until a state is met."""
    for _turn in range(dialog.list.count()):
        state = dialog.list.current_state()
        assert state is not None
        if which(state):
            return state
        with qtbot.waitSignal(dialog.shown):
            qtbot.keyClick(dialog.list, KEY.Key_Down)
    raise AssertionError(rows(dialog))


def read(dialog: NoteHistory) -> str:
    held = dialog.passages.widget()
    return "\n".join(one.text() for one in held.findChildren(QLabel))


def test_states_are_listed_by_day_in_words(shown: Shown, note: str, qtbot: QtBot) -> None:
    dialog = show(shown, note, qtbot)
    told = rows(dialog)
    assert len([one for one in told if "Anne" in one]) == 5
    assert len([one for one in told if "Anne" not in one]) == 3, "three days"
    assert any("Title: “Plan vélo 2027” → “Le plan, enfin”" in one for one in told)
    assert any(one.endswith("+1 −1 words") for one in told)
    assert "first text" in told[-1]
    current = dialog.list.current_state()
    assert current is not None
    assert current.title == "Le plan, enfin", "the newest first"


def test_what_a_state_changed_is_read_without_colours(
    shown: Shown, note: str, qtbot: QtBot
) -> None:
    dialog = show(shown, note, qtbot)
    go(dialog, qtbot, lambda one: one.kind == "text")
    (card,) = dialog.passages.cards
    assert "line-through" in card.text.text()
    assert "underline" in card.text.text()
    assert card.text.accessibleName() == "Rewritten. removed: mai. added: juin"
    assert "Deux." in read(dialog), "the first words of what stayed"
    assert "Anne" in dialog.when.text()


def test_one_passage_comes_back_by_its_key_and_can_be_undone(
    shown: Shown, desk: Desk, note: str, qtbot: QtBot
) -> None:
    dialog = show(shown, note, qtbot)
    go(dialog, qtbot, lambda one: one.kind == "born")
    dialog.since.click()
    assert [one.back >= 0 for one in dialog.passages.cards] == [True, True]
    with qtbot.waitSignal(dialog.shown), qtbot.waitSignal(shown.bus.changed):
        qtbot.keyClick(dialog, KEY.Key_R)
    text = desk.read(note).text
    assert "2 millions" in text
    assert "en juin" in text, "what is not current stays"
    assert desk.read(note).row.title == "Le plan, enfin"
    (notice,) = shown.notices
    desk.undo_gesture(notice.undo)
    assert "3 millions" in desk.read(note).text
    current = dialog.list.current_state()
    assert current is not None
    assert current.kind == "born", "the state that is read stays"


def test_passages_are_reached_from_the_list_with_the_arrows(
    shown: Shown, desk: Desk, note: str, qtbot: QtBot
) -> None:
    dialog = show(shown, note, qtbot)
    go(dialog, qtbot, lambda one: one.kind == "born")
    dialog.since.click()
    qtbot.keyClick(dialog.list, KEY.Key_Right)
    first, second = dialog.passages.cards
    assert dialog.focusWidget() is first.restore
    qtbot.keyClick(first.restore, KEY.Key_Down)
    assert dialog.passages.current is second
    with qtbot.waitSignal(dialog.shown), qtbot.waitSignal(shown.bus.changed):
        qtbot.keyClick(second.restore, KEY.Key_Space)
    assert "en mai" in desk.read(note).text
    assert "3 millions" in desk.read(note).text


def test_the_return_key_restores_nothing(shown: Shown, desk: Desk, note: str, qtbot: QtBot) -> None:
    dialog = show(shown, note, qtbot)
    go(dialog, qtbot, lambda one: one.kind == "born")
    dialog.since.click()
    before = desk.wiki.read(note).heads
    for widget in (dialog.list, dialog.passages.cards[0].restore, dialog.restore_all, dialog):
        qtbot.keyClick(widget, KEY.Key_Return)
    assert shown.jobs.drain()
    assert desk.wiki.read(note).heads == before
    assert dialog.isVisible()
    shown_ = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
    assert not any(one.isDefault() for one in shown_)


def titles_offered(dialog: NoteHistory) -> list[str]:
    cards = [card for card in dialog.passages.cards if card.restore.isVisible()]
    assert all("Restore this title" in card.restore.text() for card in cards)
    return [card.text.accessibleName().rsplit(": ", 1)[-1] for card in cards]


def test_a_title_comes_back_and_the_text_stays(
    shown: Shown, desk: Desk, note: str, qtbot: QtBot
) -> None:
    dialog = show(shown, note, qtbot)
    assert titles_offered(dialog) == ["Plan vélo 2027"], "the other is the title of today"
    text = desk.read(note).text
    go(dialog, qtbot, lambda one: one.title == "Plan vélo 2027" and one.kind == "title")
    assert titles_offered(dialog) == ["Plan vélo", "Plan vélo 2027"]
    with qtbot.waitSignal(dialog.shown), qtbot.waitSignal(shown.bus.changed):
        dialog.passages.cards[1].restore.click()
    assert desk.read(note).row.title == "Plan vélo 2027"
    assert desk.read(note).text == text
    assert shown.notices[-1].undo
    assert "Plan vélo 2027" in shown.notices[-1].text


def test_the_first_title_comes_back_by_its_key(
    shown: Shown, desk: Desk, note: str, qtbot: QtBot
) -> None:
    dialog = show(shown, note, qtbot)
    go(dialog, qtbot, lambda one: one.title_before == "Plan vélo" and one.kind == "title")
    with qtbot.waitSignal(dialog.shown), qtbot.waitSignal(shown.bus.changed):
        qtbot.keyClick(dialog.list, KEY.Key_R)
    assert desk.read(note).row.title == "Plan vélo"
    assert "“Plan vélo”" in shown.notices[-1].text
    with qtbot.waitSignal(dialog.shown), qtbot.waitSignal(shown.bus.changed):
        qtbot.keyClick(dialog.list, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.read(note).row.title == "Le plan, enfin"


def test_a_whole_state_comes_back(shown: Shown, desk: Desk, note: str, qtbot: QtBot) -> None:
    dialog = show(shown, note, qtbot)
    go(dialog, qtbot, lambda one: one.kind == "born")
    with qtbot.waitSignal(dialog.shown), qtbot.waitSignal(shown.bus.changed):
        dialog.restore_all.click()
    assert desk.read(note).text == TEXT
    assert not dialog.restore_all.isEnabled()
    dialog.since.click()
    assert "Nothing was changed since" in read(dialog)


def test_what_was_changed_then_and_is_otherwise_today_can_be_taken_up_again(
    shown: Shown, desk: Desk, note: str, qtbot: QtBot
) -> None:
    edit(desk, note, "3 millions", "9 millions d’euros")
    dialog = show(shown, note, qtbot)
    go(dialog, qtbot, lambda one: one.kind == "text" and one.title == "Plan vélo 2027")
    (card,) = dialog.passages.cards
    assert "Restore this passage" in card.restore.text()
    with qtbot.waitSignal(dialog.shown), qtbot.waitSignal(shown.bus.changed):
        card.restore.click()
    assert "Il coûte 3 millions." in desk.read(note).text


def test_each_paragraph_says_who_wrote_it(
    shown: Shown, desk: Desk, open_desk: Callable[..., Desk], clock: Clock, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    (tmp_path / "share").mkdir()
    space = desk.create_space("Com", str(tmp_path / "share"), full_text=True).id
    note = desk.new_note("Partagée", TEXT, space=space)
    bruno = open_desk("b", clock)
    bruno.introduce("Bruno")
    desk.sync()
    bruno.join_space(str(tmp_path / "share"))
    bruno.sync()
    edit(bruno, note, "2 millions", "3 millions")
    bruno.sync()
    desk.sync()
    dialog = show(shown, note, qtbot)
    dialog.tabs.setCurrentIndex(1)
    told = dialog.authors.toPlainText()
    assert told.index("Bruno") < told.index("3 millions")
    assert "before: Anne" in told
    assert told.count("Bruno") == 1
    dialog.tabs.setCurrentIndex(0)
    go(dialog, qtbot, lambda one: one.kind == "born")
    dialog.since.click()
    assert dialog.passages.current is not None
    dialog.tabs.setCurrentIndex(1)
    qtbot.keyClick(dialog, KEY.Key_R)
    assert shown.jobs.drain()
    assert "3 millions" in desk.read(note).text, "no passage is in view"


def test_a_note_of_one_state_says_so(shown: Shown, desk: Desk, qtbot: QtBot) -> None:
    note = desk.new_note("Seule", "Un texte.")
    dialog = show(shown, note, qtbot)
    assert dialog.empty.isVisible()
    told = " ".join(one.text() for one in dialog.empty.findChildren(QLabel))
    assert "one state" in told
    assert "Anne" in told


def test_what_is_recorded_meanwhile_is_shown_and_the_reader_stays_where_she_is(
    shown: Shown, desk: Desk, note: str, qtbot: QtBot
) -> None:
    dialog = show(shown, note, qtbot)
    kept = go(dialog, qtbot, lambda one: one.kind == "text")
    count = dialog.list.count()
    desk.rename_note(note, "Encore un titre")
    with qtbot.waitSignal(dialog.shown):
        shown.bus.changed.emit(Changes(frozenset({note})))
    assert dialog.list.count() == count + 1
    assert dialog.list.current_state() == kept
    with qtbot.assertNotEmitted(dialog.shown):
        shown.bus.changed.emit(Changes(frozenset({"n-other"})))
        assert shown.jobs.drain()


def test_escape_closes(shown: Shown, note: str, qtbot: QtBot) -> None:
    dialog = show(shown, note, qtbot)
    assert not dialog.isModal()
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_what_went_and_what_came_are_readable(colours: theme.Colours) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for words, ground in (
        (colours.error, colours.check), (colours.fact_edge, colours.fact),
        (colours.muted, colours.paper), (colours.on_accent, colours.accent),
    ):  # fmt: skip
        lower, upper = sorted((light(words), light(ground)))
        assert (upper + 0.05) / (lower + 0.05) >= 4.5
