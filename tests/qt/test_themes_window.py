"""The screen of the themes: read, renamed, merged, placed, removed, imported; each with its undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.desk.theming import Theme
from veille.ui.app import application, dress
from veille.ui.bus import Bus, Notice
from veille.ui.jobs import Jobs
from veille.ui.themes.detail import parted
from veille.ui.themes.pane import ThemesPane

DATA = Path(__file__).resolve().parents[1] / "data" / "themes"
KEY = Qt.Key
Answers = dict[str, Callable[[str], object]]


class Screen:
    """The screen, what it said, and a way to wait for it."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self._qtbot = desk, qtbot
        self.jobs, self.bus = Jobs(), Bus()
        self.said: list[Notice] = []
        self.problems: list[object] = []
        self.bus.noticed.connect(self.said.append)
        for one in (self.jobs.failed, self.jobs.crashed):
            one.connect(self.problems.append)
        self.pane = ThemesPane(desk, self.jobs, self.bus)
        self.tree = self.pane.findChild(QTreeWidget, "themeTree")
        self.pane.resize(1100, 700)

    def open(self) -> None:
        self.pane.show()
        self._qtbot.waitExposed(self.pane)
        self.pane.refresh()
        self.settle()

    def settle(self) -> None:
        """Wait until what was asked is done and shown."""
        self._qtbot.waitUntil(lambda: self.jobs.running == 0, timeout=10_000)
        listed = self.desk.themes.listed()
        self._qtbot.waitUntil(lambda: self.pane._listed == listed, timeout=10_000)
        self._qtbot.waitUntil(lambda: self.jobs.running == 0, timeout=10_000)

    def press(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self.tree, key)
        self.settle()

    def choose(self, *labels: str) -> None:
        self.tree.clearSelection()
        for at, label in enumerate(labels):
            name = next(one.id or one.label for one in self.pane._listed if one.label == label)
            if at == 0:
                assert self.pane.tree.select(name)
            else:
                self.pane.tree._items[name].setSelected(True)

    def shown(self) -> list[str]:
        """Give the lines that show, each behind its depth."""
        found: list[str] = []

        def walk(above: QModelIndex, depth: int) -> None:
            for row in range(self.tree.model().rowCount(above)):
                if not self.tree.isRowHidden(row, above):
                    index = self.tree.model().index(row, 0, above)
                    found.append("  " * depth + str(index.data()))
                    walk(index, depth + 1)

        walk(QModelIndex(), 0)
        return found

    def button(self, name: str) -> QPushButton:
        return self.pane.detail.findChild(QPushButton, name)

    def undo(self) -> None:
        assert self.said[-1].undo
        changes = self.desk.undo_gesture(self.said[-1].undo)
        self.bus.changed.emit(changes)
        self.settle()


def theme(desk: Desk, label: str) -> Theme:
    return next(one for one in desk.themes.listed() if one.label == label)


@pytest.fixture
def screen(
    desk: Desk, qtbot: QtBot, qapp: object, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screen]:
    monkeypatch.setenv("VEILLE_THEME", "light")
    dress(application(), desk)
    made = Screen(desk, qtbot)
    yield made
    assert made.jobs.drain()
    application().processEvents()
    made.pane.close()
    made.pane.deleteLater()
    application().sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert made.problems == []


@pytest.fixture
def town(desk: Desk) -> Desk:
    """Fill a memory: three themes one below the other, a fourth, and two free labels."""
    for title, tags in (("Un", ["Vélo"]), ("Deux", ["bicyclette", "budget"]), ("Trois", ["école"])):
        desk.tag([desk.new_note(title, "")], add=tags)
    desk.themes.add("Mobilités")
    desk.themes.add("Vélo", broader="Mobilités", alts=["Bicyclette"])
    desk.themes.add("Piste cyclable", broader="Vélo")
    desk.themes.add("Culture")
    return desk


def test_themes_show_under_their_broader_ones_then_free_labels(town: Desk, screen: Screen) -> None:
    screen.open()
    assert screen.shown() == [
        "Culture",
        "Mobilités",
        "  Vélo",
        "    Piste cyclable",
        "2 free labels",
        "  budget",
        "  école",
    ]
    screen.choose("Vélo")
    assert screen.pane.detail.alts.text() == "Bicyclette"
    counts = {one.text(0): one.text(2) for one in screen.pane.tree._items.values()}
    assert (counts["Vélo"], counts["Mobilités"], counts["Culture"]) == ("2", "2", "")


def test_typing_narrows_to_words_and_keeps_the_way_to_them(town: Desk, screen: Screen) -> None:
    screen.open()
    screen.choose("Culture")
    field = screen.pane.findChild(QLineEdit, "themeField")
    field.setText("BICY")
    assert screen.shown() == ["Mobilités", "  Vélo"]
    assert screen.pane.chosen == []
    field.setText("rien de tel")
    assert screen.shown() == []
    assert "rien de tel" in screen.pane._none.text()
    field.clear()
    assert len(screen.shown()) == 7


def test_a_theme_is_renamed_by_a_key_and_back(town: Desk, screen: Screen, answers: Answers) -> None:
    screen.open()
    screen.choose("Vélo")
    answers["text"] = lambda _title: "Cycles"
    screen.press(KEY.Key_F2)
    assert "  Cycles" in screen.shown()
    assert [one.label for one in screen.pane.chosen] == ["Cycles"]
    assert screen.pane.detail.alts.text() == "Bicyclette ; Vélo"
    screen.undo()
    assert "  Vélo" in screen.shown()


def test_renaming_to_a_name_that_is_taken_offers_to_make_them_one(
    town: Desk, screen: Screen, answers: Answers
) -> None:
    screen.open()
    screen.choose("budget")
    answers["text"] = lambda _title: "CULTURE"
    answers["one_of"] = lambda _title: "merge"
    screen.press(KEY.Key_F2)
    assert theme(town, "Culture").alts == ("budget",)
    assert "  budget" not in screen.shown()


def test_a_theme_is_made_below_another_one(town: Desk, screen: Screen, answers: Answers) -> None:
    screen.open()
    answers["text"] = lambda _title: "Culture > Danse"
    screen.press(KEY.Key_N)
    assert theme(town, "Danse").path == ("Culture", "Danse")
    assert screen.said[-1].tone == "info"
    answers["text"] = lambda _title: "Inconnu > Danse"
    screen.press(KEY.Key_N)
    assert screen.said[-1].tone == "error"


def test_several_are_merged_and_several_placed(
    town: Desk, screen: Screen, answers: Answers
) -> None:
    screen.open()
    screen.choose("budget", "école")
    answers["choose"] = lambda _title: theme(town, "Culture").id
    screen.press(KEY.Key_B)
    assert theme(town, "école").path == ("Culture", "école")
    screen.undo()
    screen.choose("budget", "école")
    screen.press(KEY.Key_M)
    assert set(theme(town, "Culture").alts) == {"budget", "école"}
    screen.undo()
    assert theme(town, "budget").is_free


def test_a_theme_cannot_be_placed_below_itself(
    town: Desk, screen: Screen, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.open()
    screen.choose("Mobilités")
    offered: list[str] = []

    def choose(_parent: object, _title: str, choices: list[object], *_more: object) -> None:
        offered.extend(one.label for one in choices)  # type: ignore[attr-defined]

    monkeypatch.setattr("veille.ui.themes.acts.ask.choose", choose)
    screen.press(KEY.Key_B)
    assert offered == ["At the top", "Culture"]


def test_a_theme_that_is_removed_leaves_its_words(town: Desk, screen: Screen) -> None:
    screen.open()
    screen.choose("Vélo")
    screen.press(KEY.Key_Delete)
    assert screen.shown()[:3] == ["Culture", "Mobilités", "  Piste cyclable"]
    assert "  Vélo" in screen.shown()[3:]
    screen.undo()
    assert screen.shown()[2] == "  Vélo"


def test_synonyms_and_the_note_are_written_in_place(
    town: Desk, screen: Screen, qtbot: QtBot
) -> None:
    screen.open()
    screen.choose("Vélo")
    alts = screen.pane.detail.findChild(QLineEdit, "alts")
    alts.setFocus()
    alts.selectAll()
    qtbot.keyClicks(alts, "Bicyclette, Cycle; petite reine")
    qtbot.keyClick(alts, KEY.Key_Return)
    screen.settle()
    assert theme(town, "Vélo").alts == ("Bicyclette", "Cycle", "petite reine")
    note = screen.pane.detail.findChild(QPlainTextEdit, "note")
    note.setFocus()
    qtbot.keyClicks(note, "Sans le cyclisme.")
    # Choosing another theme keeps what was being written, for the theme it was written for.
    screen.choose("Culture")
    screen.settle()
    assert theme(town, "Vélo").note == "Sans le cyclisme."
    assert theme(town, "Culture").note == ""


def test_a_key_goes_to_the_synonyms_and_what_is_written_can_be_taken_back(
    town: Desk, screen: Screen, qtbot: QtBot
) -> None:
    screen.open()
    screen.choose("Vélo")
    screen.press(KEY.Key_E)
    field = screen.pane.focusWidget()
    assert field is screen.pane.detail.alts
    qtbot.keyClicks(field, "; cycle")
    qtbot.keyClick(field, KEY.Key_Return)
    screen.settle()
    assert theme(town, "Vélo").alts == ("Bicyclette", "cycle")
    screen.undo()
    assert theme(town, "Vélo").alts == ("Bicyclette",)


def test_the_key_of_the_synonyms_goes_to_what_makes_a_theme_of_a_free_label(
    town: Desk, screen: Screen
) -> None:
    screen.open()
    screen.choose("budget")
    screen.press(KEY.Key_E)
    assert screen.pane.focusWidget() is screen.button("promote")


def test_a_synonym_of_another_theme_is_refused_and_said(
    town: Desk, screen: Screen, qtbot: QtBot
) -> None:
    screen.open()
    screen.choose("Culture")
    alts = screen.pane.detail.alts
    alts.setFocus()
    qtbot.keyClicks(alts, "bicyclette")
    qtbot.keyClick(alts, KEY.Key_Return)
    screen.settle()
    assert theme(town, "Culture").alts == ()
    assert "Vélo" in screen.said[-1].text
    assert screen.said[-1].tone == "error"


def test_enter_asks_for_what_bears_a_theme(town: Desk, screen: Screen, qtbot: QtBot) -> None:
    screen.open()
    screen.choose("Vélo")
    with qtbot.waitSignal(screen.pane.theme_chosen) as asked:
        qtbot.keyClick(screen.tree, KEY.Key_Return)
    assert asked.args == ["Vélo"]
    with qtbot.waitSignal(screen.pane.theme_chosen):
        screen.button("open").click()


def test_what_is_chosen_decides_what_is_offered(town: Desk, screen: Screen) -> None:
    screen.open()

    def offered() -> set[str]:
        return {name for name, one in screen.pane.detail.buttons.items() if one.isVisible()}

    screen.choose("Vélo")
    assert offered() == {"open", "rename", "merge", "place", "share", "remove"}
    screen.choose("budget")
    assert offered() == {"open", "promote", "rename", "merge", "place"}
    assert not screen.pane.detail.alts.isVisible()
    screen.choose("Vélo", "budget")
    assert offered() == {"merge", "place", "share", "remove"}


def test_labels_in_use_become_a_thesaurus_by_one_button(desk: Desk, screen: Screen) -> None:
    desk.tag([desk.new_note("Un", "")], add=["Vélo", "Culture"])
    screen.open()
    assert screen.pane.detail.nothing.isVisible()
    next(iter(screen.pane.detail.nothing.findChildren(QPushButton))).click()
    screen.settle()
    assert screen.shown() == ["Culture", "Vélo"]
    screen.undo()
    assert screen.shown()[0] == "2 free labels"


def test_an_empty_memory_says_what_a_thesaurus_is_for_and_offers_a_file(
    desk: Desk, screen: Screen, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.open()
    assert screen.pane.empty.isVisible()
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "veille.ui.themes.acts.ask.report",
        lambda _parent, _title, _hint, lines, **_more: told.extend(lines),
    )
    answers["files"] = lambda _title: [str(DATA / "mobilites.rdf")]
    next(iter(screen.pane.empty.findChildren(QPushButton))).click()
    screen.settle()
    assert "  Vélo" in screen.shown()
    assert any("Minitel" in sentence for _tone, sentence in told)
    screen.undo()
    assert screen.pane.empty.isVisible()


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.ttl", b"@prefix"), ("a.csv", b"\xef\xbb\xbfth"), ("a.rdf", b"<?xml")],
)
def test_themes_are_written_in_the_form_of_the_name(
    name: str, begins: bytes, town: Desk, screen: Screen, answers: Answers, tmp_path: Path
) -> None:
    screen.open()
    answers["save_file"] = lambda _title: str(tmp_path / name)
    screen.pane.give.click()
    screen.settle()
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_in_a_team_it_is_asked_for_whom_a_theme_is(
    desk: Desk, screen: Screen, answers: Answers, share_folder: Path
) -> None:
    space = desk.create_space("Équipe", str(share_folder), full_text=False).id
    screen.open()
    answers["text"] = lambda _title: "Vélo"
    answers["one_of"] = lambda _title: None
    screen.press(KEY.Key_N)
    assert desk.themes.listed() == []
    answers["one_of"] = lambda _title: space
    screen.press(KEY.Key_N)
    assert theme(desk, "Vélo").space == space
    screen.choose("Vélo")
    assert "Équipe" in screen.pane.detail._path.text()


def test_what_is_closed_stays_closed_and_what_is_chosen_stays_chosen(
    town: Desk, screen: Screen
) -> None:
    screen.open()
    screen.pane.tree._items[theme(town, "Mobilités").id].setExpanded(False)
    screen.choose("Culture")
    town.themes.add("Danse")
    screen.bus.changed.emit(town.tag([town.new_note("Quatre", "")], add=["Danse"]))
    screen.settle()
    assert not screen.pane.tree._items[theme(town, "Mobilités").id].isExpanded()
    assert [one.label for one in screen.pane.chosen] == ["Culture"]


def test_the_letters_are_the_lists_while_it_has_the_focus(town: Desk, screen: Screen) -> None:
    screen.open()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, KEY.Key_N, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(screen.tree, event)
    assert event.isAccepted()


def test_synonyms_part_at_semicolons_and_commas() -> None:
    assert parted("a; b , c", known=()) == ["a", "b", "c"]
    assert parted("Eau, air ; sol", known=("eau, air",)) == ["Eau, air", "sol"]
    assert parted(" ; ", known=()) == []
