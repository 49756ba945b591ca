"""The window: sidebar, list, reader or editor, and the wires between them. No rule lives here.

Over 400 lines on purpose: the wires are short and read best side by side; what can stand alone
(tool bar, commands, rounds, views) stands in files of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.saved import SavedSearch
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.domain.views import Choice, Present, Row
from veille.sentences.catalogue import _
from veille.ui import actions, history, leading, requests, theme
from veille.ui.alerts import Alerts
from veille.ui.browse import views
from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.search_page import SearchPage
from veille.ui.browse.shelf import Shelf
from veille.ui.browse.sidebar import FEED, SAVED, Sidebar
from veille.ui.bus import Bus
from veille.ui.choices import ChoiceBar
from veille.ui.clipping import Clipping
from veille.ui.commands import Commands
from veille.ui.following import Following
from veille.ui.history import HistoryDialog
from veille.ui.incoming import Incoming
from veille.ui.jobs import Jobs
from veille.ui.judging import Judging
from veille.ui.leading import Ways
from veille.ui.moving import Moving, Parts
from veille.ui.notes.pane import NotePane
from veille.ui.notices import Notices
from veille.ui.organising import SCREENS, Organising, Places, Shown
from veille.ui.passages import Passages
from veille.ui.reader import Reader
from veille.ui.reading.pane import ReadingPane
from veille.ui.refreshing import Refreshing
from veille.ui.rounds import Rounds
from veille.ui.said import Said
from veille.ui.sources.pane import SourcesPane
from veille.ui.spaces.pane import SpacesPane
from veille.ui.state import WindowState
from veille.ui.status import StatusFoot
from veille.ui.surroundings import Surroundings
from veille.ui.teaming import Teaming
from veille.ui.toolbar import ToolBar
from veille.ui.triage import TRIAGE, Triage
from veille.ui.writing import Writing

# Views whose list the index gives.
_SEARCHED: Final = frozenset({"search", "quotes"})
# Pixels from which a list, a note and what it will be stand side by side.
_ROOM_FOR_LIST: Final = 1_240


class MainWindow(QMainWindow):
    """One profile's window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._awaited, self._before = desk, "", "inbox"
        self.state = WindowState(desk.paths.root)
        self.bus = Bus(self)
        self.jobs = Jobs(self)
        self.rounds = Rounds(desk, self.jobs, self.bus)
        self.incoming = Incoming(desk, self.jobs, self.bus, self.rounds)
        self.refreshing = Refreshing(desk, self.bus, self)
        self.sidebar, self.status = Sidebar(), StatusFoot()
        self.list = ListPane(desk.rows, views.describe, clock.now_ms, desk.sorting.read)
        self.shelf = Shelf(desk, self.jobs, self.list)
        self.reader = ReadingPane(desk, self.jobs)
        self.notes = NotePane(desk, self.jobs, self.bus)
        self.spaces = SpacesPane(desk)
        self.search = QLineEdit()
        self.commands = Commands(desk, self.jobs, self.bus, focus=self, window=self)
        self.triage = Triage(
            desk, self.jobs, self.bus, shelf=self.shelf, listed=self.list, incoming=self.incoming,
            focus=self, reader=self.reader, window=self,
        )  # fmt: skip
        self.passages = Passages(desk, self.jobs, self.bus, focus=self, window=self)
        self.judging = Judging(desk, self.jobs, self.bus, focus=self, window=self)
        self.history: HistoryDialog | None = None
        self.notices = Notices(self.bus, self, undo=self.triage.undo_gesture)
        self.notice = self.notices.bar
        self.around = Surroundings(
            desk, self.jobs, sidebar=self.sidebar, status=self.status, field=self.search,
            elsewhere=lambda: {"sources": self.following.to_look_at},
        )  # fmt: skip
        self.clipping = Clipping(
            desk, self.jobs, self.bus, rounds=self.rounds, incoming=self.incoming, focus=self,
            window=self,
        )  # fmt: skip
        self.teaming = Teaming(desk, self.jobs, self.bus, self.rounds, chosen=self, window=self)
        self.alerts = Alerts(
            desk, self.jobs, self.bus, window=self,
            show_search=lambda search: self.sidebar.choose(SAVED + search),
        )  # fmt: skip
        self.perusal = Reader(
            desk, self.jobs, self.bus, pane=self.reader, state=self.state,
            compare=self.clipping.compare, window=self,
        )  # fmt: skip
        self.writing = Writing(
            desk, self.jobs, self.bus, pane=self.notes, focus=self,
            asked=lambda: self.search.text().strip(), window=self,
        )  # fmt: skip
        self._ways = Ways(
            web=self._open_on_the_web, write=self.writing.begin, search=self._search_for,
            passage=self._open_passage, open=self.open, section=self.notes.preview.go_to,
        )  # fmt: skip
        self.choices = ChoiceBar(lambda person: self._desk.people().get(person, person))
        self.actions_ = actions.make(self)
        self.sources = SourcesPane(desk, self.actions_)
        self.following = Following(
            desk, self.jobs, self.bus, refreshing=self.refreshing, screen=self.sources, window=self
        )
        self.page = SearchPage(
            desk, self.jobs, self.bus, self.search, self.list, self.actions_, self
        )
        self._build()
        self.moving = Moving(
            Parts(
                self.sidebar, self.list, self.page, self.reader, self.notes, self.sources,
                self.organising, self.pages, self.detail, self.search,
            ), self.bus, shown=self._shown, go_back=self._return_to, window=self,
        )  # fmt: skip
        self._connect()
        self._restore()
        self.sidebar.show_saved(desk.saved_searches(counted=False))
        self._begin(self.state.text("view", "inbox"))

    def _begin(self, view: str) -> None:
        """Show a view, once, even when the sidebar stands at it already; look around."""
        self.sidebar.blockSignals(True)
        self.sidebar.choose(view)
        self.sidebar.blockSignals(False)
        self._on_view_chosen(self.sidebar.chosen)
        self.around.look()

    # --- what commands act upon ----------------------------------------------------------------

    def targets(self) -> list[str]:
        """Give the things selected; what is read when the list has none."""
        if self.pages.currentWidget() is not self.inner:
            return self.organising.chosen_themes
        chosen = [one for one in self.list.selected if kind_of(one)]
        read = self._shown()
        # One that is selected and is not what is read was left behind: what is seen is meant.
        if kind_of(read) and len(chosen) <= 1:
            return [read]
        return chosen

    def _shown(self) -> str:
        """Give the thing that is shown beside the list."""
        if self.detail.currentWidget() is self.notes:
            return self.notes.note
        dossier = self.organising.dossier
        return dossier.dossier if dossier is not None else self.reader.thing

    def current(self) -> Row | None:
        """Give the thing that is read or written; none behind a screen of another kind."""
        if self.pages.currentWidget() is not self.inner:
            return None
        if self.detail.currentWidget() is not self.reader:
            return next(iter(self._desk.rows([self._shown()])), None)
        return self.reader.row

    def passage(self) -> tuple[int, int] | None:
        """Give the passage selected in the reader."""
        return self.reader.selection()

    def words(self) -> str:
        """Give the words selected in the reader."""
        return self.reader.browser.textCursor().selectedText().replace("\u2029", "\n")

    def capture(self) -> str:
        """Give the capture that is shown in the reader, "" for none."""
        return self.reader.capture

    def mark(self) -> str:
        """Give the quote or annotation that is visited in the reader, "" for none."""
        return self.reader.focused

    def reading(self) -> bool:
        """Tell whether the keys go to the text that is read, not to a list."""
        return QApplication.focusWidget() is self.reader.browser

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        side = QWidget()
        side.setObjectName("sidebar")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sidebar, 1)
        column.addWidget(self.status)
        self.detail = QStackedWidget()
        self.detail.addWidget(self.reader)
        self.detail.addWidget(self.notes)
        read = QWidget()
        beside = QVBoxLayout(read)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.choices)
        beside.addWidget(self.detail, 1)
        beside.addWidget(self.passages.card)
        self.inner = _splitter(self.list, read, sizes=(348, 732))
        self.inner.insertWidget(0, self.page.facets)
        self.inner.setStretchFactor(1, 1)
        self.inner.setStretchFactor(2, 3)
        self.inner.setSizes([220, 348, 712])
        self.pages = QStackedWidget()
        self.organising = Organising(
            self._desk, self.jobs, self.bus, window=self,
            shown=Shown(
                self.open, self._show_detail, self._choose_view, self._search_for,
                self._refresh_actions, self.teaming.share, self._on_settled,
            ),
            places=Places(self.pages, self.detail, beside),
        )  # fmt: skip
        self.pages.addWidget(self.inner)
        self.pages.addWidget(self.spaces)
        self.pages.addWidget(self.sources)
        self.said = Said(
            self._desk, self.jobs, self.bus, pages=self.pages, field=self.search, focus=self,
            choose=self._choose_said, show_passage=self._open_passage, go_back=self._come_back,
            window=self,
        )  # fmt: skip
        self.outer = _splitter(side, self.pages, sizes=(200, 1080))
        self.setCentralWidget(self.outer)
        self._build_menus()
        self.tools = ToolBar(self.actions_, self.search)
        self.addToolBar(self.tools)
        for one in self.actions_.values():
            if one.shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut:
                self.list.table.addAction(one)
                self.reader.browser.addAction(one)
        self.setMinimumSize(QSize(1000, 620))
        self.resize(QSize(1280, 800))

    def _build_menus(self) -> None:
        self.setWindowTitle("Veille")
        self.setWindowIcon(theme.icon("veille"))
        self.setAcceptDrops(True)
        colours = QActionGroup(self)
        for menu, names_ in actions.MENUS:
            shown = self.menuBar().addMenu(actions.menu_name(menu))
            for name in names_:
                if not name:
                    shown.addSeparator()
                    continue
                action = self.actions_[name]
                if name.startswith("theme_"):
                    action.setCheckable(True)
                    colours.addAction(action)
                shown.addAction(action)
        self.actions_["letters"].setCheckable(True)

    def _connect(self) -> None:
        for name, act in self._acts().items():
            self.actions_[name].triggered.connect(act)
        self.sidebar.view_chosen.connect(self._on_view_chosen)
        self.list.current_changed.connect(self._on_current_changed)
        self.list.opened.connect(self._on_opened)
        self.list.empty_action_requested.connect(self._on_empty_action_requested)
        self.reader.link_chosen.connect(self._on_link_chosen)
        self.reader.note_chosen.connect(self.passages.marking.open_passage)
        self.passages.card.closed.connect(self.reader.browser.setFocus)
        self.notes.link_chosen.connect(self._on_link_chosen)
        self.notes.mode_changed.connect(lambda _writing: self._fit_list())
        self.page.asked.connect(self._on_search_asked)
        self.page.answered.connect(self._on_search_answered)
        self.page.freshened.connect(lambda: self._tell_empty("search"))
        self.page.saved_changed.connect(self._refresh_saved)
        self.rounds.indexed.connect(self._on_indexed)
        self.search.returnPressed.connect(self.moving.to_list)
        self.sources.wanted.connect(self.following.look)
        self.sources.opened.connect(self.open)
        self.following.listed.connect(self.sources.show_listed)
        self.following.listed.connect(lambda _listed: self.around.soon())
        self.refreshing.progressed.connect(self.status.tell_reading)
        self.status.stop_requested.connect(self.refreshing.stop)
        self.spaces.create_requested.connect(self.teaming.create_space)
        self.spaces.join_requested.connect(self.teaming.join_space)
        self.spaces.sync_requested.connect(self.rounds.sync)
        self.spaces.leave_requested.connect(self.teaming.leave_space)
        self.spaces.examine_requested.connect(self.teaming.examine)
        self.spaces.role_requested.connect(self.teaming.give_role)
        self.choices.settled.connect(self._on_settled)
        self.notes.writing.connect(self.rounds.edits)
        self.rounds.present.connect(self._on_present)
        self.bus.changed.connect(self._on_changed)
        self.around.told.connect(self._on_around_told)
        self.bus.open_requested.connect(self.open)
        self.bus.differences_found.connect(self._on_differences_found)
        self.incoming.complete_requested.connect(self.clipping.complete_article)
        self.reader.found_wanted.connect(self._find_quotes)
        self.rounds.indexed.connect(self.status.tell_index)
        self.rounds.synced.connect(self.around.soon)
        QApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self._dress())

    def _acts(self) -> Mapping[str, Callable[[], object]]:
        do, doors, sort = self.commands, self.clipping, self.triage
        acts: dict[str, Callable[[], object]] = {
            "clip": doors.clip,
            "clip_file": doors.clip_files,
            "paste": doors.paste,
            "clip_inside": doors.clip_inside,
            "open_folder": doors.open_folder,
            "choose_folder": doors.choose_folder,
            "connect_browsers": doors.connect_browsers,
            "complete": doors.complete,
            "correct": doors.correct,
            "compare_captures": doors.compare,
            "next_found": self._next_found,
            "new_dossier": do.new_dossier,
            "quit": self.close,
            "undo": self._undo,
            "find": self._find,
            "search_all": self._search,
            "delete": do.delete,
            "keep": lambda: sort.set_state("kept"),
            "discard": lambda: sort.set_state("discarded"),
            "to_sort": lambda: sort.set_state("inbox"),
            "archive": lambda: sort.set_state("archived"),
            "unfold": sort.unfold,
            "read": sort.toggle_read,
            "read_all": sort.mark_all_read,
            "discard_like": self.judging.discard_like,
            "rules": lambda: self.judging.show(""),
            "comments_about": lambda: requests.show(self._desk, self.jobs, self.bus, self),
            "history": self._show_history,
            "tag": do.tag,
            "dossier": do.dossier,
            "retry": doors.retry,
            "open_original": do.open_original,
            "share": self.teaming.share,
            "compare": self._compare,
            "sync": self.rounds.sync_all,
            "create_space": self.teaming.create_space,
            "join_space": self.teaming.join_space,
            **self.following.acts(),
            **self.passages.acts(),
            **self.perusal.acts(),
            **self.said.acts(),
            **self.writing.acts(),
            **self.organising.acts(),
            "next": lambda: self.list.step(1),
            "previous": lambda: self.list.step(-1),
            **self.moving.acts(),
            "letters": self._on_letters_toggled,
            "why": self._why,
            "similar": self._similar,
            "live": lambda: do.fill_dossier(self.page.text),
            "keys": lambda: self.notices.tell_keys(self.actions_),
            "who": do.introduce,
        }
        for name in self.actions_:
            if name.startswith("view_"):
                acts[name] = partial(self._choose_view, name.removeprefix("view_"))
            elif name.startswith("theme_"):
                acts[name] = partial(self._choose_theme, name.removeprefix("theme_"))
        return acts

    def _restore(self) -> None:
        for name, one in (("geometry", self), ("outer", self.outer), ("columns", self.inner),
                          ("note", self.notes.splitter)):  # fmt: skip
            data = self.state.data(name)
            if data is not None:
                one.restoreGeometry(data) if one is self else one.restoreState(data)
        chosen = self.state.text("theme", "system")
        self.actions_[f"theme_{chosen}"].setChecked(True)
        letters = self.state.text("letters", "on") == "on"
        self.actions_["letters"].setChecked(letters)
        actions.allow_letters(self.actions_, allowed=letters)

    # --- views ---------------------------------------------------------------------------------

    def _on_view_chosen(self, view: str) -> None:
        if view == "said":
            self.said.show()
            self._refresh_actions()
            return
        before, self._before = self._before, view
        if self.organising.on_the_way:
            self.organising.leave_parcours()
        if view in {"spaces", "sources", *SCREENS}:
            self._show_screen(view)
            return
        self.pages.setCurrentWidget(self.inner)
        self.list.show()
        searching = view in _SEARCHED or view.startswith(SAVED)
        self.page.show_page(shown=searching)
        if searching:
            self.shelf.leave()
        if view.startswith(SAVED):
            self.page.open_saved(view.removeprefix(SAVED))
        elif view == "quotes":
            self.page.list_citations()
        elif searching:
            if before == "quotes":
                self.page.leave_citations()
            self.page.ask()
        else:
            self._show_view(view)

    def _show_screen(self, view: str) -> None:
        own: dict[str, SpacesPane | SourcesPane] = {"spaces": self.spaces, "sources": self.sources}
        screen = own[view] if view in own else self.organising.screen(view)
        self.shelf.leave()
        screen.refresh()
        self.pages.setCurrentWidget(screen)
        self._refresh_actions()

    def _show_view(self, view: str) -> None:
        self._tell_empty(view)
        self.shelf.show(view)

    def _tell_empty(self, view: str) -> None:
        told = views.empty(view, self.search.text(), self.page.unheard)
        picture = theme.pixmap(told.icon, theme.colours().muted, 40, self.devicePixelRatioF())
        self.list.empty.tell(picture, told.title, told.text, told.button)

    def _on_empty_action_requested(self) -> None:
        view = "search" if self.page.shown else self.sidebar.chosen
        action = views.empty(view, "").action
        if action:
            self.actions_[action].trigger()

    def _find(self) -> None:
        """Search the memory; from within a text, look for words in it."""
        focused = QApplication.focusWidget()
        if focused is not None and self.reader.isAncestorOf(focused):
            self.reader.seeker.open()
            return
        self._search()

    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_search_asked(self) -> None:
        if self.sidebar.chosen not in _SEARCHED:
            self.sidebar.choose("search")
        else:
            self.page.ask()

    def _on_search_answered(self) -> None:
        self._tell_empty(self.sidebar.chosen if self.sidebar.chosen in _SEARCHED else "search")
        awaited, self._awaited = self._awaited, ""
        if awaited and self.list.select(awaited):
            self._show_detail(awaited)
        self._refresh_actions()

    def _come_back(self) -> None:
        """Show the list again, as it was."""
        if self.sidebar.chosen == "said":
            self.sidebar.blockSignals(True)
            self.sidebar.choose(self._before)
            self.sidebar.blockSignals(False)
        self.pages.setCurrentWidget(self.inner)
        self._refresh_actions()
        self.moving.to_list()

    def _choose_said(self) -> None:
        """Go to the page that tells what was said; again, ask about what is typed now."""
        if self.sidebar.chosen == "said":
            self.said.show()
        else:
            self.sidebar.choose("said")

    def _refresh_saved(self) -> None:
        """Count what is new in the saved searches, aside."""
        self.jobs.look(self._desk.saved_searches, self._show_saved)

    def _show_saved(self, saved: list[SavedSearch]) -> None:
        self.sidebar.show_saved(saved)
        self.alerts.tell(saved)

    def _why(self) -> None:
        told = self.page.why(self.list.current)
        if told:
            self.bus.say(told)

    def _similar(self) -> None:
        row = self.reader.row or self.current()
        if row is not None:
            self.page.similar(row.id)

    def _on_indexed(self, waiting: int) -> None:
        if not waiting:
            self._refresh_saved()
            if self.page.shown:
                self.page.ask(keep=True)

    # --- opening -------------------------------------------------------------------------------

    def open(self, thing: str) -> None:
        """Show a thing, and the list it stands in when it is not in the one shown."""
        if thing.startswith("view:"):
            self._choose_view(thing.removeprefix("view:"))
            return
        if thing != self._shown():
            self.moving.leave_trace()
        if self._opened_elsewhere(thing):
            return
        if self.pages.currentWidget() is not self.inner or not self.list.select(thing):
            view = {"quote": "quotes", "note": "notes", "dossier": "dossiers"}.get(
                kind_of(thing), "articles"
            )
            self.sidebar.choose(view)
            if view in _SEARCHED:
                # Its list comes from the index: what is opened is current in it once it is there.
                self._awaited = thing
            elif not self.shelf.select(thing):
                self._show_view(view)
                self.shelf.select(thing)
            self.pages.setCurrentWidget(self.inner)
        self._show_detail(thing)
        if kind_of(thing) == "note" and not self._desk.wiki.read(thing).text.strip():
            self.notes.name_it()

    def _opened_elsewhere(self, thing: str) -> bool:
        """Open what has a page of its own; say of what is not here that it is not."""
        kind = kind_of(thing)
        if not self._desk.rows([thing]):
            self.bus.say(_("This is not here: it was erased, or has not arrived yet."))
        elif kind == "rule":
            self.judging.show(thing)
        elif kind == "concept":
            self.organising.show_theme(thing)
        elif kind == "feed":
            self.sidebar.show_source(thing, self._desk.title(thing))
            self._choose_view(FEED + thing)
        else:
            return False
        return True

    def _return_to(self, view: str, thing: str) -> None:
        """Show a view again, and what was shown in it."""
        if view != self.sidebar.chosen:
            self.sidebar.choose(view)
        here = any(row.hidden == 0 for row in self._desk.rows([thing])) if thing else False
        if here and thing != self._shown() and not self.list.select(thing):
            if view in _SEARCHED or view.startswith(SAVED):
                self._awaited = thing
            self._show_detail(thing)

    def _on_current_changed(self, thing: str) -> None:
        self._show_detail(thing)

    def _on_opened(self, thing: str) -> None:
        self._show_detail(thing)
        if kind_of(thing) == "note":
            self.notes.write(writing=True)
        else:
            self.moving.detail.setFocus()

    def _show_detail(self, thing: str) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.detail.isAncestorOf(focused)
        if kind_of(thing) == "note":
            self.notes.show_note(thing)
            self.detail.setCurrentWidget(self.notes)
        elif kind_of(thing) == "dossier":
            self.organising.show_dossier(thing)
        elif not thing:
            self.reader.show_nothing()
            self.detail.setCurrentWidget(self.reader)
        else:
            self.reader.show_thing(thing, forms=self.page.forms)
            self.detail.setCurrentWidget(self.reader)
        self._fit_list()
        # A stack gives the focus to what had it last, hidden or not: it stays where it is.
        if focused is not None and focused.isVisible() and focused.isEnabled():
            focused.setFocus()
        elif inside:
            self.moving.detail.setFocus()
        self._show_choices()
        self._refresh_actions()

    def _fit_list(self) -> None:
        """Give a note that is written the place of the list, where both would be too narrow."""
        writing = self.detail.currentWidget() is self.notes and self.notes.is_writing
        self.list.setVisible(not writing or self.inner.width() >= _ROOM_FOR_LIST)

    def _show_choices(self) -> None:
        row = self.current()
        found = self._desk.choices(row.id) if row is not None and row.conflicts else []
        self.choices.show_choices(row.id if row is not None else "", found)

    def _compare(self) -> None:
        """Show the two versions of what is chosen: a theme, or what is read."""
        shown = self.organising.themes.choices if self.organising.chosen_themes else self.choices
        shown.toggle()

    def _on_settled(self, thing: str, choice: Choice, answer: str) -> None:
        self.notes.save()
        self.commands.settle(thing, choice, answer)
        if not self.organising.chosen_themes:
            self.moving.detail.setFocus()

    def _on_present(self, present: list[Present]) -> None:
        people = self._desk.people()
        self.notes.tell_present([one for one in present if one.thing], people)
        self.spaces.tell_present(present, people)

    def _on_link_chosen(self, address: str) -> None:
        leading.follow(address, self._desk, self._ways)

    def _open_on_the_web(self, address: str) -> None:
        self.bus.say(address)
        self.commands.open_address(address)

    def _search_for(self, query: str) -> None:
        """Search the whole memory for a query that somebody wrote."""
        self.moving.leave_trace()
        self.search.setText(query)
        if self.sidebar.chosen == "search":
            self.page.ask()
        else:
            self.sidebar.choose("search")

    def _open_passage(self, quoted: str) -> None:
        found = self._desk.rows([quoted])
        about = self._desk.read(quoted).about if found else None
        if about is None:
            self.open(quoted)
            return
        self.open(about.id)
        if not self.perusal.show_passage(about.id, quoted):
            self.open(quoted)

    def _find_quotes(self, article: str) -> None:
        """Look for quotes aside: a long article takes a moment."""
        self.jobs.look(
            lambda: self._desk.found_quotes(article),
            lambda found: self.reader.show_found(article, found),
        )

    def _next_found(self) -> None:
        told = self.reader.next_found()
        self.bus.say(told or _("No quote was found in this text; select a sentence and press C."))

    def _on_differences_found(self, found: tuple[str, list[dict[str, str]]]) -> None:
        article, pieces = found
        if self.reader.thing == article:
            self.reader.show_differences(pieces)

    # --- what changed --------------------------------------------------------------------------

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("r-"):
            self._refresh_saved()
        self.rounds.drain_soon()
        if changes.entities and changes.initiator != "sync":
            self.rounds.share_soon()
        self.around.soon()
        if self.page.shown:
            self.list.model.refresh()
        elif changes.initiator == TRIAGE:
            # The list is as it should be already.
            self.list.model.refresh(changes.entities)
            self.shelf.read_soon()
        else:
            self.shelf.refresh(changes.entities)
        self.notes.refresh(changes)
        read = self.reader.thing
        about = self.reader.row
        concerned = read in changes.entities or (
            about is not None and changes.touches("q-", "c-", "n-")
        )
        if read and concerned and self.detail.currentWidget() is self.reader:
            self.reader.show_thing(read, forms=self.page.forms)
        self._show_choices()
        self._refresh_actions()

    def _on_around_told(self) -> None:
        if self.sidebar.chosen == "spaces":
            self.spaces.refresh()

    def _refresh_actions(self) -> None:
        targets = self.targets()
        kinds = {kind_of(one) for one in targets}
        on_article = kinds == {"article"}
        for name in ("keep", "discard", "to_sort", "archive", "read", "discard_like"):
            self.actions_[name].setEnabled(on_article)
        themes = self.organising.chosen_themes
        self.actions_["share"].setEnabled(bool(targets))
        for name in ("tag", "dossier", "delete"):
            self.actions_[name].setEnabled(bool(targets) and not themes)
        row = self.current()
        reading = row is not None and self.detail.currentWidget() is self.reader
        kind = row.kind if row is not None and reading else ""
        self.actions_["quote"].setEnabled(kind in {"article", "quote"})
        for name in (
            "highlight", "meaning", "annotate", "reply", "confirm_place", "attach_here", "retry", "complete", "correct", "captures",
            "compare_captures", "next_found", "clip_inside", "next_passage", "previous_passage",
        ):  # fmt: skip
            self.actions_[name].setEnabled(kind == "article")
        self.actions_["open_original"].setEnabled(kind == "article")
        self.actions_["copy_reference"].setEnabled(kind in {"article", "quote"})
        compared = [*self._desk.rows(themes[:1]), *([row] if row is not None else [])]
        self.actions_["compare"].setEnabled(any(one.conflicts > 0 for one in compared))
        writing = self.detail.currentWidget() is self.notes
        for name in ("save_note", "note_history", "note_links"):
            self.actions_[name].setEnabled(writing)
        self.actions_["save_search"].setEnabled(self.page.shown and not writing)
        self.actions_["forget_search"].setEnabled(self.page.shown and self.page.saved is not None)
        self.actions_["why"].setEnabled(self.page.shown)
        self.actions_["similar"].setEnabled(kind in {"article", "quote"})
        for name in ("live", "parcours"):
            self.actions_[name].setEnabled(row is not None and row.kind == "dossier")
        for name in ("parcours_next", "parcours_previous", "parcours_quit"):
            self.actions_[name].setEnabled(self.organising.on_the_way)

    # --- notices, keys, looks ------------------------------------------------------------------

    def _undo(self) -> None:
        focused = QApplication.focusWidget()
        if focused is self.notes.text and self.notes.text.document().isUndoAvailable():
            self.notes.text.undo()
        elif isinstance(focused, QLineEdit) and focused.isUndoAvailable():
            focused.undo()
        else:
            self.triage.undo()

    def _show_history(self) -> None:
        undo = self.triage.undo_gesture
        self.history = history.show(
            self.history,
            lambda: HistoryDialog(self._desk, self.jobs, self.bus, undo=undo, parent=self),
        )

    def _on_letters_toggled(self) -> None:
        allowed = self.actions_["letters"].isChecked()
        self.state.set_text("letters", "on" if allowed else "off")
        actions.allow_letters(self.actions_, allowed=allowed)

    def _choose_view(self, view: str, _checked: bool = False) -> None:
        self.sidebar.choose(view)
        self.moving.to_list()

    def _choose_theme(self, chosen: str, _checked: bool = False) -> None:
        self.state.set_text("theme", chosen)
        self._dress()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.state.text("theme", "system"))
        actions.dress(self.actions_)
        self.tools.dress()
        if self.pages.currentWidget() is self.inner:
            self._tell_empty("search" if self.page.shown else self.sidebar.chosen)
        self._on_changed(Changes())
        if self.reader.thing:
            self.reader.show_thing(self.reader.thing, forms=self.page.forms)
        self.notes.dress()
        self.organising.dress()
        self.said.dress()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.notice.isHidden():
            self.notice.hide()
        elif event.key() == Qt.Key.Key_Escape:
            self.moving.out()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tools.fit(self.width())
        self._fit_list()
        self.notices.place()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasUrls() or mime.hasHtml() or mime.hasText() or mime.hasImage():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.clipping.take(event.mimeData())
        event.acceptProposedAction()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.notes.save()
        self.notes.recording.close()
        self.state.set_data("geometry", self.saveGeometry())
        self.state.set_data("outer", self.outer.saveState())
        self.state.set_data("columns", self.inner.saveState())
        self.state.set_data("note", self.notes.splitter.saveState())
        self.state.set_text("view", self.sidebar.chosen)
        self.state.flush()
        self.organising.leave()
        self.around.close()
        self.reader.close_reading()
        self.triage.close()
        self.incoming.close()
        self.following.close()
        self.refreshing.close()
        self.rounds.close()
        self.jobs.drain()
        super().closeEvent(event)


def _splitter(left: QWidget, right: QWidget, *, sizes: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(left)
    splitter.addWidget(right)
    splitter.setStretchFactor(0, 0)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes(list(sizes))
    return splitter
