"""Every screen of Veille, and how to get there: what is audited, and what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit

from veille.desk.desk import Desk
from veille.domain.views import Filter, Row
from veille.sentences import support
from veille.ui import ask
from veille.ui.browse.sidebar import VIEWS
from veille.ui.main_window import MainWindow
from veille.ui.support.preparing import SupportDialog

Settle = Callable[[], object]
Way = Callable[[MainWindow, Desk, Settle], object]


def rows(desk: Desk, kind: str) -> list[Row]:
    return desk.rows(desk.ids(Filter(kinds=(kind,))))


def _view(name: str) -> Way:
    return lambda window, _desk, _settle: window.sidebar.choose(name)


def _reader(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.sidebar.choose("articles")
    window.open(rows(desk, "annotation")[2].about)
    settle()


def _find_bar(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _reader(window, desk, settle)
    window.reader.seeker.open()


def _passage(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _reader(window, desk, settle)
    cursor = QTextCursor(window.reader.browser.document())
    cursor.setPosition(400)
    cursor.setPosition(460, QTextCursor.MoveMode.KeepAnchor)
    window.reader.browser.setTextCursor(cursor)


def _quote_card(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _passage(window, desk, settle)
    window.actions_["quote"].trigger()


def _looks(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _reader(window, desk, settle)
    window.reader.seeker.bar.hide()
    window.actions_["looks"].trigger()


def _quote(window: MainWindow, desk: Desk, _settle: Settle) -> None:
    window.open(rows(desk, "quote")[0].id)


def _note(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.open(rows(desk, "note")[0].id)
    settle()


def _writing(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _note(window, desk, settle)
    window.notes.write(writing=True)


def _note_links(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _note(window, desk, settle)
    window.actions_["note_links"].trigger()


def _dossier(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.open(rows(desk, "dossier")[0].id)
    settle()


def _parcours(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _dossier(window, desk, settle)
    window.actions_["parcours"].trigger()


def _theme(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.sidebar.choose("themes")
    settle()
    window.open(rows(desk, "concept")[0].id)


def _search(window: MainWindow, _desk: Desk, settle: Settle) -> None:
    window.search.setText("crue")
    window.sidebar.choose("search")
    settle()
    window.page.ask()


def _nothing_found(window: MainWindow, _desk: Desk, settle: Settle) -> None:
    window.search.setText("introuvabilissime")
    window.sidebar.choose("search")
    settle()
    window.page.ask()


def _said(window: MainWindow, _desk: Desk, settle: Settle) -> None:
    window.sidebar.choose("said")
    settle()
    field = window.findChild(QLineEdit, "said_question")
    assert field is not None
    field.setText("vélo")
    field.returnPressed.emit()


def _angles(window: MainWindow, desk: Desk, settle: Settle) -> None:
    _reader(window, desk, settle)
    window.actions_["angles"].trigger()


def _error(window: MainWindow, _desk: Desk, _settle: Settle) -> None:
    window.sidebar.choose("inbox")
    window.notice.say("The drive does not answer.", tone="error", actions=("Retry", "Details"))


def _reading_sources(window: MainWindow, _desk: Desk, _settle: Settle) -> None:
    window.sidebar.choose("sources")
    window.status.tell_reading("Reading the sources", "3 of 12: Le Courrier de Valmont")


# What the window shows, filled with the demo memory.
SCREENS: Final[Mapping[str, Way]] = {
    **{f"view {name}": _view(name) for name, _icon in VIEWS},
    "article": _reader,
    "find bar": _find_bar,
    "quote card": _quote_card,
    "quote": _quote,
    "note": _note,
    "note written": _writing,
    "links of a note": _note_links,
    "dossier": _dossier,
    "parcours": _parcours,
    "theme": _theme,
    "search": _search,
    "nothing found": _nothing_found,
    "said": _said,
    "angles": _angles,
    "looks": _looks,
    "error": _error,
    "reading sources": _reading_sources,
}
# Among them, those that have every kind of control and of text.
TELLING: Final[Mapping[str, Way]] = {
    name: SCREENS[name]
    for name in (
        "view home", "article", "find bar", "quote card", "note written", "links of a note",
        "dossier", "parcours", "theme", "search", "said", "view spaces", "reading sources", "looks",
        "error",
    )
}  # fmt: skip
# Before anything is in the memory.
EMPTY: Final[Mapping[str, Way]] = {
    name: way for name, way in SCREENS.items() if name.startswith("view")
}


def _act(name: str, before: Way | None = None) -> Way:
    def go(window: MainWindow, desk: Desk, settle: Settle) -> None:
        if before is not None:
            before(window, desk, settle)
            settle()
        window.actions_[name].trigger()

    return go


def _settings(section: str) -> Way:
    return lambda window, _desk, _settle: window.choosing.show(section)


def _support(window: MainWindow, desk: Desk, _settle: Settle) -> None:
    facts = desk.support.gather(language="en")
    SupportDialog(
        desk.paths.root / "a.zip", support.inside(facts), support.told(facts), window
    ).show()


_CHOICES = [ask.Choice("a", "Le maire annonce un plan vélo"), ask.Choice("b", "La crue de janvier")]

# What opens over the window.
DIALOGS: Final[Mapping[str, Way]] = {
    "history": _act("history"),
    "note history": _act("note_history", _note),
    "loose notes": _act("loose_notes"),
    "rules": _act("rules"),
    "discard like": _act("discard_like", _reader),
    "comments about": _act("comments_about"),
    "remark": _act("annotate", _passage),
    "meaning": _act("meaning", _passage),
    "correct": _act("correct", _reader),
    "captures": _act("captures", _reader),
    "citation style": _act("citation_style"),
    "headings": _act("outline", _reader),
    "theme of": _act("tag", _reader),
    "dossier of": _act("dossier", _reader),
    "clip": _act("clip"),
    "add source": _act("add_source"),
    "who": _act("who"),
    "welcome": _act("welcome"),
    "bring": _act("bring"),
    "palette": _act("palette"),
    "keys": _act("keys"),
    "settings": _act("settings"),
    **{f"settings {name}": _settings(name) for name in ("window", "arrivals", "keys")},
    "support": _support,
    "one of": lambda window, _desk, _settle: ask.one_of(window, "Which one?", _CHOICES, "A hint."),
    "report": lambda window, _desk, _settle: ask.report(
        window, "The folder works", "What was tried.",
        [("good", "It can be read."), ("watch", "It is slow."), ("bad", "It cannot be written.")],
        message="Bonjour,\nPouvez-vous…", go_on=True,
    ),
}  # fmt: skip
