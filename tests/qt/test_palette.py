"""The palette: a few letters find actions, notes, articles, people; Enter does or opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.domain.text import collapse
from veille.domain.views import Filter
from veille.ui.main_window import MainWindow
from veille.ui.palette.dialog import Palette


@pytest.fixture
def palette(desk: Desk, window: MainWindow) -> Palette:
    desk.fill_demo()
    desk.drain()
    window.open("view:articles")
    window.actions_["palette"].trigger()
    made = window.helping.palette
    assert made is not None
    return made


def labels(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_in(palette: Palette, qtbot: QtBot, text: str) -> None:
    palette.field.clear()
    if text.isascii():
        qtbot.keyClicks(palette.field, text)
    else:
        # No key of a test types « or a narrow space: such titles are pasted.
        palette.field.setText(text)


def test_it_opens_on_what_is_done_every_day(palette: Palette) -> None:
    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert labels(palette)[0] == "Clip a page"


def test_an_action_is_found_by_any_of_its_words_and_done(
    palette: Palette, window: MainWindow, qtbot: QtBot
) -> None:
    type_in(palette, qtbot, "doss")
    assert any(one.startswith("New dossier") for one in labels(palette))
    type_in(palette, qtbot, "home")
    assert labels(palette)[0] == "Home"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.sidebar.chosen == "home"
    window.actions_["palette"].trigger()
    assert labels(palette)[0] == "Home", "what was done last stands first"


def test_what_two_actions_call_alike_is_offered_once(palette: Palette, qtbot: QtBot) -> None:
    type_in(palette, qtbot, "search")
    assert labels(palette).count("Search") == 1
    assert "act:search_all" in [one.insert for one in palette.list.model().offers]


def test_a_note_is_begun_from_a_template_by_its_name(
    palette: Palette, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(palette._templates), timeout=5_000)
    (template,) = [one for one in palette._templates if one.name == "letter"]
    wanted = f"New note: {template.label}"
    type_in(palette, qtbot, "new note")
    assert wanted not in labels(palette), "an empty note is what is meant"
    type_in(palette, qtbot, template.label[:6])
    assert wanted in labels(palette)
    while palette.list.current is not None and palette.list.current.label != wanted:
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.parts.writes and window.notes.is_writing, timeout=5_000)
    assert desk.title(window.notes.note) == template.title


def test_what_cannot_be_done_now_is_not_offered(palette: Palette, qtbot: QtBot) -> None:
    type_in(palette, qtbot, "record the note")
    assert "Record the note" not in labels(palette)


@pytest.mark.parametrize("kind", ["note", "article", "dossier"])
def test_a_thing_is_found_by_its_title_and_opened(
    palette: Palette, desk: Desk, window: MainWindow, qtbot: QtBot, kind: str
) -> None:
    thing = desk.ids(Filter(kinds=(kind,)))[0]
    title = desk.title(thing)
    type_in(palette, qtbot, title[:12])
    qtbot.waitUntil(lambda: collapse(title) in labels(palette), timeout=5_000)
    while palette.list.current is not None and palette.list.current.insert != thing:
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.parts.shown == thing, timeout=5_000)


def test_a_person_leads_to_what_she_filed(
    palette: Palette, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    name = desk.title(desk.ids(Filter(kinds=("person",)))[0])
    type_in(palette, qtbot, name)
    qtbot.waitUntil(lambda: name in labels(palette), timeout=5_000)
    while palette.list.current is not None and palette.list.current.label != name:
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.search.text() == f'par:"{name}"', timeout=5_000)


def test_nothing_found_still_leads_to_a_search(
    palette: Palette, window: MainWindow, qtbot: QtBot
) -> None:
    type_in(palette, qtbot, "  zanzibar  crue ")
    assert labels(palette) == ["Search for “zanzibar crue”"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.search.text() == "zanzibar crue"
    assert window.sidebar.chosen == "search"


def test_escape_changes_nothing(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    type_in(palette, qtbot, "home")
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.sidebar.chosen == "articles"


def test_who_went_down_to_a_line_stays_on_it_when_the_rest_arrives(
    palette: Palette, qtbot: QtBot
) -> None:
    type_in(palette, qtbot, "crue")
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.current is not None
    assert palette.list.current.label == "Search for “crue”"
    qtbot.waitUntil(lambda: len(labels(palette)) > 1, timeout=5_000)
    assert palette.list.current.label == "Search for “crue”"
