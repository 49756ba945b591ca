"""A memory that holds nothing: every view says what it is for, and does what it offers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from veille.desk import paths
from veille.desk.desk import Desk
from veille.sentences import catalogue
from veille.ui import actions
from veille.ui.browse import views
from veille.ui.browse.sidebar import FEED, SAVED
from veille.ui.main_window import MainWindow
from veille.ui.widgets.empty_state import EmptyState

Answers = dict[str, Callable[[str], object]]
LISTS = (*views.FILTERS, "waiting", "questions", "astray", "conflicts")
SCREENS = {"home": "spaces", "sources": "asked", "themes": "asked", "said": "articles"}


@pytest.fixture
def asked(answers: Answers) -> list[str]:
    """Give what was asked of the person, who gives every question up."""
    told: list[str] = []
    for kind in ("text", "one_of", "choose", "files", "folder", "form"):
        answers[kind] = told.append
    return told


def shown(window: MainWindow) -> EmptyState:
    (found,) = [
        one
        for one in window.pages.findChildren(EmptyState)
        if one.isVisible() and not window.reader.isAncestorOf(one)
    ]
    return found


def triggered(window: MainWindow) -> list[str]:
    told: list[str] = []
    for name, action in window.actions_.items():
        action.triggered.connect(lambda _checked=False, name=name: told.append(name))
    return told


def test_every_empty_list_says_what_it_is_for_and_does_what_it_offers(
    window: MainWindow, asked: list[str], qtbot: QtBot
) -> None:
    did, wanted = triggered(window), []
    # Notes last: the note that is begun there opens when it is recorded, whatever is shown by then.
    for view in sorted(("search", *LISTS), key="notes".__eq__):
        window.sidebar.choose(view)
        qtbot.waitUntil(window.list.empty.isVisible)
        title, text, button = shown(window).told
        assert title, view
        assert button, view
        assert len(text) > len(title), view
        wanted.append(views.empty(view, "", bare=True).action)
        shown(window).action_requested.emit()
        if window.welcoming.dialog is not None:
            window.welcoming.dialog.reject()
    assert did == wanted


def test_every_empty_page_does_too(window: MainWindow, asked: list[str], qtbot: QtBot) -> None:
    def offered() -> list[QPushButton]:
        buttons = window.pages.currentWidget().findChildren(QPushButton)
        return [one for one in buttons if one.isVisible() and _offers(one)]

    for view, leads in SCREENS.items():
        window.sidebar.choose(view)
        qtbot.waitUntil(lambda: len(offered()) > 0)
        before = len(asked)
        offered()[0].click()
        if leads == "asked":
            qtbot.waitUntil(lambda before=before: len(asked) > before)  # type: ignore[misc]
        else:
            assert window.sidebar.chosen == leads, view


def _offers(button: QPushButton) -> bool:
    parent = button.parentWidget()
    while parent is not None:
        if isinstance(parent, EmptyState) or type(parent).__name__ == "Opening":
            return True
        parent = parent.parentWidget()
    return False


def test_the_spaces_say_what_a_space_is_and_make_one(window: MainWindow, asked: list[str]) -> None:
    window.sidebar.choose("spaces")
    told = window.spaces.findChildren(QPushButton)
    create = next(one for one in told if one.objectName() == "primary")
    create.click()
    assert len(asked) == 1


def test_the_demo_is_one_click_away_where_everything_begins(window: MainWindow) -> None:
    window.sidebar.choose("inbox")
    did = triggered(window)
    window.actions_["demo"].setEnabled(False)
    other = shown(window).findChild(QPushButton, "quiet")
    assert other is not None
    assert other.isVisible()
    assert "demo" in other.text()
    window.actions_["demo"].triggered.disconnect()
    window.actions_["demo"].setEnabled(True)
    window.actions_["demo"].triggered.connect(lambda: did.append("demo"))
    other.click()
    assert did == ["demo"]


def test_articles_and_what_is_to_be_sorted_are_not_told_the_same(window: MainWindow) -> None:
    inbox, articles = (views.empty(view, "", bare=True) for view in ("inbox", "articles"))
    assert inbox.title != articles.title
    assert inbox.text != articles.text
    assert inbox.action == articles.action == "bring"


def test_once_something_is_there_nothing_to_sort_is_good_news(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.new_note("Plan vélo", "")
    window.sidebar.choose("notes")
    window.sidebar.choose("inbox")
    assert shown(window).told[0] == "Nothing to sort"
    assert "demo" not in " ".join(
        one.text() for one in shown(window).findChildren(QPushButton) if one.isVisible()
    )


def test_a_search_that_finds_nothing_can_be_saved(
    window: MainWindow, asked: list[str], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.page.answered):
        qtbot.keyClicks(window.search, "introuvable")
    assert shown(window).told[0] == "Nothing found"
    did = triggered(window)
    shown(window).action_requested.emit()
    assert did == ["save_search"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_names_a_command_that_there_is_in_both_languages(language: str) -> None:
    catalogue.use(language, paths.resources() / "i18n")
    seen = set()
    for view in (*LISTS, "search", f"{FEED}f-1", f"{SAVED}r-1"):
        for query in ("", "eau"):
            for bare in (True, False):
                told = views.empty(view, query, bare=bare)
                assert {told.action, told.other_action or told.action} <= actions.told().keys()
                assert all((told.icon, told.title, told.text, told.button))
                seen.add(told.title)
    assert len(seen) > 10
