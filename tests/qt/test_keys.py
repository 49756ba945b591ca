"""Keys: every action has one, they can be changed, the sheet says those of the screen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.ui import actions
from veille.ui.app import application
from veille.ui.browse.sidebar import VIEWS
from veille.ui.enabling import Now, possible
from veille.ui.keymap import Clash, Keymap, types_a_character
from veille.ui.keys import KeySheet
from veille.ui.main_window import MainWindow
from veille.ui.own_keys import first
from veille.ui.state import WindowState

NOTHING = Now(
    kinds=frozenset(), files=False, themes=False, reading="", row="", differs=False,
    noting=False, writing=False, searching=False, saved=False, on_the_way=False,
)  # fmt: skip


@pytest.fixture
def keymap(desk: Desk, qapp: object) -> Iterator[Keymap]:
    application()
    made = Keymap(WindowState(desk.paths.root))
    yield made
    made.deleteLater()


def test_every_action_has_a_key_and_no_two_the_same(keymap: Keymap) -> None:
    told = actions.told()
    assert [name for name in told if not told[name].keys] == []
    for name in told:
        for keys in keymap.keys(name):
            assert QKeySequence(keys).toString() == keys, "as Qt writes it, so that it is compared"
            assert keymap.clash(name, keys) is None


def test_every_action_is_in_one_menu(keymap: Keymap) -> None:
    listed = [name for _menu, names in actions.MENUS for name in names if name]
    assert sorted(listed) == sorted(set(listed))
    assert set(actions.told()) == set(listed)


def test_a_key_that_is_taken_is_said_with_who_has_it(keymap: Keymap) -> None:
    assert keymap.clash("archive", "Ctrl+N") == Clash("clip")
    # Ctrl+J begins every view: alone, nobody could tell it from them.
    assert keymap.clash("archive", "Ctrl+J") is not None
    assert keymap.clash("archive", "Ctrl+N, A") == Clash("clip")
    # A letter alone would be lost in every text that is typed.
    assert keymap.clash("clip", "X") == Clash("")
    assert keymap.clash("keep", "X") is None
    assert keymap.clash("save_note", "Ctrl+S") is None


def test_a_key_is_changed_kept_and_given_back(desk: Desk, keymap: Keymap) -> None:
    keymap.choose("keep", ["X"])
    keymap.choose("discard", [])
    again = Keymap(WindowState(desk.paths.root))
    assert (again.keys("keep"), again.keys("discard")) == (("X",), ())
    assert again.is_changed("keep")
    assert again.clash("quote", "E") is None
    again.choose("keep", ["R"])
    assert not again.is_changed("keep")
    again.reset()
    assert again.keys("discard") == ("E",)


@pytest.mark.parametrize(
    ("keys", "types"),
    [("R", True), ("Shift+E", True), ("Del", False), ("Ctrl+R", False), ("F2", False),
     ("Ctrl++", False), ("Ctrl+J, A", False), ("Space", False)],
)  # fmt: skip
def test_what_types_a_character(keys: str, types: bool, qapp: object) -> None:
    assert types_a_character(keys) is types


def test_a_changed_key_acts_at_once(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.fill_demo()
    desk.triage(desk.ids(Filter(kinds=("article",)))[:3], "inbox")
    window.open("view:articles")
    window.open("view:inbox")
    qtbot.waitUntil(lambda: len(window.list.model.ids) >= 3, timeout=5_000)
    window.keymap.choose("keep", ["X"])
    window.list.table.setFocus()
    before = len(window.list.model.ids)
    qtbot.keyClick(window.list.table, Qt.Key.Key_R)
    thing = window.list.current
    assert desk.rows([thing])[0].text("state") == "inbox"
    qtbot.keyClick(window.list.table, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: desk.rows([thing])[0].text("state") == "kept", timeout=5_000)
    qtbot.waitUntil(lambda: len(window.list.model.ids) == before - 1, timeout=5_000)
    assert "(X)" in window.actions_["keep"].toolTip()


def test_two_strokes_go_to_a_view(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: window.sidebar.chosen == "dossiers", timeout=5_000)


def test_the_search_field_leaves_the_first_stroke_to_the_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    # As Ctrl+E on some desktops: a key that a line of text has for itself.
    window.actions_["view_dossiers"].setShortcuts([QKeySequence("Ctrl+Left, K")])
    window.activateWindow()
    window.search.setFocus()
    qtbot.keyClick(window.search, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.search, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: window.sidebar.chosen == "dossiers", timeout=5_000)
    assert window.search.text() == ""


def shown(sheet: KeySheet) -> list[str]:
    return [one.text() for one in sheet.findChildren(QLabel) if one.text()]


def test_the_sheet_shows_what_this_screen_can_do_and_narrows(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_["keys"].trigger()
    sheet = window.helping.sheet
    assert sheet is not None
    assert sheet.isVisible()
    assert "Keep" not in shown(sheet), "nothing is selected: it could not be done"
    sheet.close()
    desk.fill_demo()
    window.open(desk.new_note("Digue", "La digue."))
    window.notes.write(writing=True)
    window.actions_["keys"].trigger()
    assert {"Bold", "Record the note", "[["} <= set(shown(sheet))
    sheet.field.setText("bold")
    qtbot.waitUntil(lambda: "Record the note" not in shown(sheet), timeout=2_000)
    assert "Bold" in shown(sheet)
    sheet.field.setText("zzz")
    assert any("Ctrl+K" in one for one in shown(sheet))
    sheet.close()


def test_each_screen_tells_its_own_keys(desk: Desk, window: MainWindow) -> None:
    desk.fill_demo()
    for view in ("home", "themes", "sources", "inbox", "notes", "dossiers", "search", "spaces"):
        window.open(f"view:{view}")
        window.actions_["keys"].trigger()
        sheet = window.helping.sheet
        assert sheet is not None
        assert shown(sheet)[0].startswith("Keys of this screen: ")
        assert "Here" in shown(sheet)
        sheet.close()


def test_what_a_screen_is_there_for_comes_first(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.fill_demo()
    desk.triage(desk.ids(Filter(kinds=("article",)))[:3], "inbox")
    window.open("view:articles")
    window.open("view:inbox")
    qtbot.waitUntil(window.actions_["keep"].isEnabled, timeout=5_000)
    window.actions_["keys"].trigger()
    sheet = window.helping.sheet
    assert sheet is not None
    here, *others = sheet._groups
    assert here.title == "Here"
    first = [keys for keys, _what in here.keys]
    assert [one for one in first if len(one) == 1 and one.isalpha()] == list("RECTDFJK")
    assert "↓ ↑" in first
    elsewhere = {what for one in others for _keys, what in one.keys}
    assert not elsewhere & {what for _keys, what in here.keys}
    sheet.close()


def test_what_comes_first_is_an_action() -> None:
    screens = [*(view for view, _icon in VIEWS), "feed:f-1", "saved:r-1"]
    assert {name for one in screens for name in first(one)} <= actions.told().keys()
    assert first("feed:f-1") == first("inbox")
    assert first("saved:r-1") == first("articles")


def test_what_is_possible_follows_what_is_chosen() -> None:
    assert not any(possible(NOTHING).values())
    article = replace(NOTHING, kinds=frozenset({"article"}), reading="article", row="article",
                      differs=True, searching=True, saved=True)  # fmt: skip
    can = possible(article)
    assert all(can[name] for name in ("keep", "quote", "share", "delete", "compare", "why"))
    assert not any(can[name] for name in ("save_note", "parcours", "parcours_next"))
    both = replace(NOTHING, kinds=frozenset({"article", "note"}), row="note", noting=True)
    assert not possible(both)["keep"]
    assert possible(both)["delete"]
    read = replace(both, searching=True)
    assert possible(read)["save_search"], "a note that is only read does not stand in the way"
    written = possible(replace(read, writing=True))
    assert (written["save_note"], written["save_search"]) == (True, False)


def test_every_action_that_is_not_always_possible_exists() -> None:
    assert set(possible(NOTHING)) <= set(actions.told())
    assert len(set(itertools.chain(*(one.keys for one in actions.told().values())))) > 100
