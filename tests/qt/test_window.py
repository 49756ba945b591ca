"""The main job, by hand in the window."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.conftest import Site
from tests.qt.walked import focusable
from veille.desk import paths
from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.facts import Changes
from veille.domain.views import Filter
from veille.sentences import catalogue
from veille.ui import actions, ask
from veille.ui.app import application
from veille.ui.browse.sidebar import VIEWS
from veille.ui.frame import fill_menus, fit_screen
from veille.ui.main_window import MainWindow

Answers = dict[str, Callable[[str], object]]
KEY = Qt.Key


def only(desk: Desk, kind: str) -> str:
    (found,) = desk.ids(Filter(kinds=(kind,)))
    return found


def refreshed(window: MainWindow, *things: str) -> None:
    window.bus.changed.emit(Changes(frozenset(things)))


def select(window: MainWindow, words: str) -> None:
    document = window.reader.browser.document()
    found = document.find(words)
    assert not found.isNull()
    window.reader.browser.setTextCursor(found)


def test_read_quote_annotate_and_write(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, article_html: str
) -> None:
    article = desk.clip("-", stdin=article_html.encode()).id
    refreshed(window, article)
    assert window.sidebar.chosen == "inbox"
    assert window.list.current == article
    assert "Les berges rendues" in window.reader.browser.toPlainText()

    select(window, "montrer avant")
    window.reader.browser.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_C)
    quote = desk.rows([only(desk, "quote")])[0]
    assert quote.text("exact") == "montrer avant"
    assert quote.text("speaker") == "Odile Rambert"
    assert "Odile Rambert" in window.notice.text
    kept = [h for h in window.reader.browser.highlights if h.kind != "proposed"]
    assert [h.kind for h in kept] == ["quote"]

    answers["remark"] = lambda _title: Remark("à vérifier")
    select(window, "cartes dans les boîtes")
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["annotate"].trigger()
    note = desk.rows([only(desk, "annotation")])[0]
    assert (note.text("comment"), note.text("visibility")) == ("à vérifier", "private")
    (marked,) = [h for h in window.reader.browser.highlights if h.kind == "annotation"]
    cursor = QTextCursor(window.reader.browser.document())
    cursor.setPosition(marked.start)
    cursor.setPosition(marked.end, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "cartes dans les boîtes"

    with qtbot.waitSignal(window.bus.open_requested):
        window.actions_["new_note"].trigger()
    made = only(desk, "note")
    assert window.detail.currentWidget() is window.notes
    assert window.notes.note == made
    answers["choose"] = lambda _title: quote.id
    window.notes.quote_requested.emit()
    window.notes.title.setText("Montrer d'abord")
    window.notes._on_edited()
    assert window.notes.modified
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["save_note"].trigger()
    read = desk.read(made)
    assert (read.row.title, read.text) == ("Montrer d'abord", f"![[{quote.id}]]")
    window.notes._on_render()
    qtbot.waitUntil(lambda: "montrer avant" in window.notes.preview.toPlainText())
    assert [one.note for one in desk.read(quote.id).backlinks] == [made]


def test_triage_from_the_keyboard_and_undo(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.fill_demo()
    window.sidebar.choose("articles")
    window.sidebar.choose("inbox")
    first, second = window.list.model.ids[:2]
    waiting = len(window.list.model.ids)
    window.list.table.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_E)
    assert desk.rows([first])[0].state == "discarded"
    assert len(window.list.model.ids) == waiting - 1
    assert window.list.current == second, "the focus goes to the next"
    with qtbot.waitSignal(window.bus.changed):
        window.notice._action.click()
    assert window.list.model.ids[0] == first, "and it is back at the same place"
    qtbot.keyClick(window.list.table, KEY.Key_J)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_R)
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["undo"].trigger()
    assert desk.count(Filter(kinds=("article",), states=("inbox",))) == waiting


def test_single_letters_can_be_switched_off(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.fill_demo()
    window.sidebar.choose("articles")
    window.actions_["letters"].trigger()
    before = desk.stats()["state"]
    qtbot.keyClick(window.list.table, KEY.Key_E)
    window.jobs.drain()
    assert desk.stats()["state"] == before


def test_search_as_one_types(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.fill_demo()
    desk.drain()
    window.search.setFocus()
    qtbot.keyClicks(window.search, "budget particip")
    qtbot.waitUntil(lambda: len(window.list.model.ids) > 3, timeout=10_000)
    assert window.sidebar.chosen == "search"
    article = next(one for one in window.list.model.ids if one.startswith("a-"))
    window.list.select(article)
    assert any(h.kind == "found" for h in window.reader.browser.highlights)
    window.search.setText("zzyzx")
    window.page.ask()
    qtbot.waitUntil(lambda: window.list.model.ids == [], timeout=10_000)
    assert window.list.empty.isVisible()


def test_clip_an_address_with_the_worker(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, site: Site,
    article_html: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    desk._house.limits = type(desk._house.limits)(allow_private=True)
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    url = site.page("/berges", article_html.encode())
    answers["text"] = lambda _title: url
    with qtbot.waitSignal(window.bus.open_requested):
        window.actions_["clip"].trigger()
    article = only(desk, "article")
    assert window.reader.thing == article
    qtbot.waitUntil(lambda: desk.rows([article])[0].verdict == "complete", timeout=30_000)
    qtbot.waitUntil(lambda: "Les berges" in window.reader.browser.toPlainText(), timeout=10_000)
    qtbot.waitUntil(lambda: desk.unindexed() == 0, timeout=30_000)
    assert desk.search("berges").total == 1


def test_share_with_a_colleague_through_the_window(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path,
    open_desk: Callable[..., Desk],
) -> None:  # fmt: skip
    share = tmp_path / "V"
    share.mkdir()
    note = desk.new_note("À partager", "Un texte pour tous.")
    answers["text"] = lambda _title: "Com"
    answers["folder"] = lambda _title: str(share)
    answers["one_of"] = lambda title: "folder" if title.startswith("Where") else "no"
    answers["report"] = lambda title: title.startswith("Good")
    window.actions_["create_space"].trigger()
    qtbot.waitUntil(lambda: len(desk.spaces()) == 2, timeout=30_000)
    qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=30_000)
    window.sidebar.choose("notes")
    assert window.list.current == note
    window.notes.write(writing=True)
    window.notes.text.setPlainText("Un texte pour tous, à chaud.")
    answers["choose"] = lambda _title: desk.space("Com").id
    with qtbot.waitSignal(window.rounds.synced, timeout=30_000):
        window.actions_["share"].trigger()
    qtbot.waitUntil(lambda: desk.space("Com").waiting == 0, timeout=30_000)
    colleague = open_desk("colleague")
    colleague.join_space(str(share))
    colleague.sync()
    assert colleague.read(note).text == "Un texte pour tous, à chaud.", "not as it was before"
    colleague.edit_note(note, "Un texte pour tous, relu.")
    colleague.sync()
    qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=30_000)
    with qtbot.waitSignal(window.bus.changed, timeout=30_000):
        window.rounds.sync()
    assert desk.read(note).text == "Un texte pour tous, relu."
    qtbot.waitUntil(lambda: "relu" in window.notes.preview.toPlainText())
    window.sidebar.choose("spaces")
    assert window.spaces.widget() is not None


def test_a_draft_survives_a_crash_and_meets_what_a_colleague_wrote(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Note", "un\n\ndeux\n\ntrois")
    window.open(note)
    window.notes.write(writing=True)
    window.notes.text.setPlainText("UN\n\ndeux\n\ntrois")
    window.notes._on_pause()
    window.jobs.drain()
    kept = desk.draft(note)
    assert kept is not None
    assert kept.text.startswith("UN")
    desk.edit_note(note, "un\n\ndeux\n\nTROIS")
    with qtbot.waitSignal(window.bus.changed):
        window.notes.save()
    assert desk.read(note).text == "UN\n\ndeux\n\nTROIS"
    assert desk.draft(note) is None


def test_nothing_that_arrives_touches_what_is_being_written(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Note", "Il dit «\u00a0bonjour\u00a0».")
    window.open(note)
    assert not window.notes.modified, "a no-break space is not an edit"
    window.notes.write(writing=True)
    window.notes.title.setText("Autre titre")
    window.notes.text.setPlainText("une longue phrase en cours")
    refreshed(window, "a-0000000000000000", note)
    window._dress()
    assert window.notes.text.plain() == "une longue phrase en cours"
    assert window.notes.title.text() == "Autre titre"
    desk._house.database.close()
    with sqlite3.connect(desk.paths.database, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        desk._house.database._busy = 0.05
        with qtbot.waitSignal(window.jobs.failed, timeout=10_000):
            window.notes.save()
        assert window.notes.modified, "what could not be recorded is not said to be"
        other.execute("ROLLBACK")
    other.close()
    with qtbot.waitSignal(window.bus.changed, timeout=10_000):
        window.notes.save()
    assert desk.read(note).text == "une longue phrase en cours"


def test_a_new_note_begins_with_its_title(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.bus.open_requested):
        window.actions_["new_note"].trigger()
    assert application().focusWidget() is window.notes.title
    qtbot.keyClicks(window.notes.title, "Titre")
    assert window.notes.title.text() == "Titre"


def test_a_search_without_result_keeps_the_focus(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.fill_demo()
    desk.drain()
    window.search.setFocus()
    qtbot.keyClicks(window.search, "zzyzx")
    qtbot.waitUntil(window.list.empty.isVisible, timeout=10_000)
    qtbot.keyClick(window.search, KEY.Key_Return)
    assert application().focusWidget() is window.search
    window.search.setText("crue")
    window.page.ask()
    qtbot.waitUntil(lambda: len(window.list.model.ids) > 1, timeout=10_000)
    assert application().focusWidget() is window.search


def test_links_open_notes_and_red_ones_begin_them(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    one = desk.new_note("Une", "Voir [[Autre]] et [[À écrire]].")
    other = desk.new_note("Autre", "Voici.")
    window.open(one)
    window._on_link_chosen(f"veille:{other}")
    assert window.notes.note == other
    with qtbot.waitSignal(window.bus.open_requested):
        window._on_link_chosen("veille:new/À écrire")
    assert {r.title for r in desk.rows(desk.ids(Filter(kinds=("note",))))} == {
        "Une",
        "Autre",
        "À écrire",
    }


def test_no_menu_is_higher_than_a_small_screen(desk: Desk, window: MainWindow) -> None:
    catalogue.use("fr", paths.resources() / "i18n")
    filled = QMainWindow(window)
    fill_menus(filled, actions.make(filled))
    menus = filled.menuBar().findChildren(QMenu)
    for one in menus:
        one.ensurePolished()
    assert {
        one.title(): one.sizeHint().height() for one in menus if one.sizeHint().height() > 760
    } == {}
    within = [one for menu in menus for one in menu.actions() if one.menu()]
    assert {one.text() for one in within} >= {"Passages", "Captures", "Couleurs"}


@pytest.mark.parametrize("view", ["inbox", "home", "sources", "spaces", "themes"])
def test_the_tabulator_goes_through_the_page_before_the_search_field(
    desk: Desk, window: MainWindow, qtbot: QtBot, view: str
) -> None:
    desk.fill_demo()
    window.sidebar.choose(view)
    qtbot.waitUntil(lambda: window.jobs.running == 0)
    chain = focusable(window)
    assert (chain[0], chain[-1]) == (window.sidebar, window.search)
    assert len(chain) > 2
    if view == "spaces":
        window.spaces.refresh()
        assert focusable(window)[-1] is window.search


def test_an_empty_memory_does_not_offer_to_search_through_nothing(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.delete(desk.ids(Filter()))
    with qtbot.waitSignal(window.around.told):
        window.around.look()
    assert window.search.placeholderText() == "Search: nothing in the memory yet"
    desk.new_note("Une note", "")
    with qtbot.waitSignal(window.around.told):
        window.around.look()
    assert window.search.placeholderText() == "Search 1 article, quote or note"


def test_the_field_of_an_address_says_that_it_wants_one(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        (field,) = dialog.findChildren(QLineEdit)
        seen.append(field.accessibleName())
        seen.extend(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
        dialog.reject()

    QTimer.singleShot(50, window, look)
    window.actions_["clip"].trigger()
    assert seen[0] == "Address of the page"
    assert "Address of the page" in seen[1:]


def test_a_choice_is_gone_to_from_the_field_that_narrows_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    def choose() -> None:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
            qtbot.keyClick(field, key)
        qtbot.keyClicks(field, "r")
        qtbot.keyClick(field, Qt.Key.Key_Down)
        assert field.hasFocus(), "one goes on typing"
        qtbot.keyClick(field, Qt.Key.Key_Return)

    some = [ask.Choice(one, one) for one in ("Crue", "Digue", "Rue", "Trottoir")]
    QTimer.singleShot(50, window, choose)
    assert ask.choose(window, "Theme", some) == "Rue"


def test_a_list_in_which_a_name_may_be_new_says_so(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        (field,) = dialog.findChildren(QLineEdit)
        seen.append(field.placeholderText())
        dialog.reject()

    for created in ("New note: {text}", ""):
        QTimer.singleShot(50, window, look)
        ask.choose(window, "Put in a note", [], may_create=created)
    assert seen == ["An existing name, or a new one", "Type to narrow the list"]


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    pressed: list[str] = []
    window.bus.say("Clipped.", action="Open", act=lambda: pressed.append("open"))
    button = window.notice.focusProxy()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["open"]
    assert window.notice.isHidden()
    empty = window.list.empty.findChildren(QPushButton)[0]
    with qtbot.waitSignal(window.list.empty_action_requested):
        empty.show()
        empty.setFocus()
        qtbot.keyClick(empty, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


def test_the_notice_is_a_pane_and_gives_the_keys_back(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.fill_demo()
    window.open("view:articles")
    window.list.table.setFocus()
    seen: list[str] = []
    window.bus.say("Filed.", action="Open", act=lambda: seen.append("opened"))
    for _turn in range(6):
        window.actions_["next_pane"].trigger()
        if window.notice.isAncestorOf(window.focusWidget()):
            break
    button = window.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Open"
    window.notice._on_timeout()
    assert window.notice.isVisible(), "it does not go from under the keys"
    window.actions_["previous_pane"].trigger()
    before = window.focusWidget()
    window.actions_["next_pane"].trigger()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert seen == ["opened"]
    assert window.notice.isHidden()
    assert window.focusWidget() is before
    for _turn in range(6):
        window.actions_["next_pane"].trigger()
        assert not window.notice.isAncestorOf(window.focusWidget()), "there is none any more"


def click_view(window: MainWindow, qtbot: QtBot, view: str) -> None:
    window.sidebar.setFocus()
    views = [window.sidebar.item(row) for row in range(window.sidebar.count())]
    (item,) = [one for one in views if one.data(Qt.ItemDataRole.UserRole) == view]
    at = window.sidebar.visualItemRect(item).center()
    qtbot.mouseClick(window.sidebar.viewport(), Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.parametrize("view", ["inbox", "quotes"])
def test_a_click_on_a_view_gives_its_list_the_keys(
    desk: Desk, window: MainWindow, qtbot: QtBot, view: str
) -> None:
    desk.fill_demo()
    desk.drain()
    desk.triage(desk.ids(Filter(kinds=("article",)))[:3], "inbox")
    window.open("view:home")
    click_view(window, qtbot, "search")
    assert window.search.hasFocus(), "what is typed next are words"
    click_view(window, qtbot, view)
    qtbot.waitUntil(window.list.table.hasFocus, timeout=5_000)
    before = window.list.current
    qtbot.keyClick(window.list.table, Qt.Key.Key_J)
    assert window.list.current not in {"", before}
    window.sidebar.setFocus()
    qtbot.keyClick(window.sidebar, Qt.Key.Key_Up)
    assert window.sidebar.hasFocus(), "the arrows go from view to view"


def test_what_was_filed_and_where_is_said(
    desk: Desk, window: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    note = desk.new_note("Compte rendu de la réunion publique du quartier des Tanneurs " * 3, "")
    refreshed(window, note)
    window.open(note)
    for action, told in (("dossier", "Filed in “Inondations”: "),
                         ("tag", "Theme “Inondations” added: ")):  # fmt: skip
        answers["choose"] = lambda _title: "+Inondations"
        window.actions_[action].trigger()
        qtbot.waitUntil(lambda told=told: window.notice.text.startswith(told), timeout=5_000)
        assert "Compte rendu de la réunion" in window.notice.text
        assert window.notice.text.endswith("…"), "a long title is shortened"
    (dossier,) = desk.ids(Filter(kinds=("dossier",)))
    answers["choose"] = lambda _title: dossier
    window.actions_["dossier"].trigger()
    qtbot.waitUntil(lambda: window.notice.text.startswith("Filed in “Inondations”"), timeout=5_000)


def test_a_focused_button_wins_over_the_default_one(window: MainWindow, qtbot: QtBot) -> None:
    dialog, pressed = QDialog(window), []
    column = QVBoxLayout(dialog)
    for name in ("aside", "default"):
        button = QPushButton(name)
        button.setAutoDefault(False)
        button.setDefault(name == "default")
        button.clicked.connect(lambda _checked, name=name: pressed.append(name))
        column.addWidget(button)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    aside, default = dialog.findChildren(QPushButton)
    for one in (aside, default):
        one.setFocus()
        qtbot.keyClick(one, Qt.Key.Key_Return)
    assert pressed == ["aside", "default"]


def test_everything_is_named_and_reachable_by_keyboard(desk: Desk, window: MainWindow) -> None:
    desk.fill_demo()
    window.sidebar.choose("articles")
    nameless = [
        type(one).__name__
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and isinstance(one, QAbstractButton | QLineEdit)
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    in_menus = {
        action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()
    }
    assert set(window.actions_.values()) <= in_menus, "toolbar buttons are not in the tab order"
    keys: dict[str, str] = {}
    for name, action in window.actions_.items():
        for key in action.shortcuts():
            other = keys.setdefault(key.toString(), name)
            # One key saves what is at hand: a note or a search, never both.
            assert other == name or {other, name} == {"save_note", "save_search"}, (name, keys)
    both = [window.actions_[name].isEnabled() for name in ("save_note", "save_search")]
    assert both.count(True) <= 1
    window.sidebar.setFocus()
    seen = set()
    for _turn in range(4):
        window.actions_["next_pane"].trigger()
        focused = application().focusWidget()
        seen.add(focused.objectName() if focused else "")
    assert len(seen) == 4


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_the_search_field_is_never_pushed_out(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.repaint()
    assert window.search.isVisible()
    assert window.search.mapTo(window, window.search.rect().topRight()).x() <= window.width()


@pytest.mark.parametrize("screen", [QSize(1280, 800), QSize(1366, 728), QSize(1920, 1080)])
def test_a_first_window_is_whole_on_its_screen(window: MainWindow, screen: QSize) -> None:
    fit_screen(window, screen)
    assert window.isMaximized() == (screen.height() < 1000)
    window.setWindowState(Qt.WindowState.WindowNoState)
    bar = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    assert window.height() + bar <= screen.height()


def test_a_worker_that_dies_is_replaced(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    told: list[object] = []
    window.rounds.index.ask("drain", told.append, lambda code, _data: told.append(code))
    process = window.rounds.index._process
    assert process is not None
    process.kill()
    qtbot.waitUntil(lambda: told == ["Abandoned"], timeout=10_000)
    window.rounds.index.ask("drain", told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=30_000)


def test_every_view_takes_other_colours(window: MainWindow) -> None:
    for view, _picture in VIEWS:
        window.sidebar.choose(view)
        for theme in ("dark", "light"):
            window.actions_[f"theme_{theme}"].trigger()
        assert window.sidebar.chosen == view
