"""The window: its panes, those who drive them, and the wires between them. No rule lives here.

Over 400 lines on purpose: the wires are short and read best side by side; what drives several panes
(``viewing``, ``opening``, ``freshening``, ``moving``, ``helping``) stands in files of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
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
)
from typing_extensions import override

from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Choice
from veille.ui import actions, history, leading, requests, theme
from veille.ui.alerts import Alerts
from veille.ui.browse import views
from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.search_page import SearchPage
from veille.ui.browse.shelf import Shelf
from veille.ui.browse.sidebar import SAVED, Sidebar
from veille.ui.bus import Bus
from veille.ui.choices import ChoiceBar
from veille.ui.clipping import Clipping
from veille.ui.commands import Commands
from veille.ui.focus import InFocus
from veille.ui.following import Following
from veille.ui.frame import Panes, fill_menus, fit, frame
from veille.ui.freshening import Freshening
from veille.ui.guide.door import GuideDoor
from veille.ui.helping import Helping
from veille.ui.history import HistoryDialog
from veille.ui.incoming import Incoming
from veille.ui.jobs import Jobs
from veille.ui.judging import Judging
from veille.ui.keymap import Keymap
from veille.ui.leading import Ways
from veille.ui.moving import Moving
from veille.ui.notes.pane import NotePane
from veille.ui.notices import Notices
from veille.ui.opening import Opening
from veille.ui.organising import Organising, Places, Shown
from veille.ui.paper import Paper
from veille.ui.parts import Parts
from veille.ui.passages import Passages
from veille.ui.reader import Reader
from veille.ui.reading.pane import ReadingPane
from veille.ui.refreshing import Refreshing
from veille.ui.rounds import Rounds
from veille.ui.said import Said
from veille.ui.settings.choosing import Choosing, Effects
from veille.ui.sources.pane import SourcesPane
from veille.ui.spaces.pane import SpacesPane
from veille.ui.state import WindowState
from veille.ui.status import StatusFoot
from veille.ui.support.mishaps import Mishaps
from veille.ui.support.preparing import Preparing
from veille.ui.surroundings import Surroundings
from veille.ui.teaming import Teaming
from veille.ui.toolbar import ToolBar
from veille.ui.triage import Triage
from veille.ui.viewing import Viewing
from veille.ui.welcome.welcoming import Welcoming
from veille.ui.writing import Writing

# A screen of 1280 by 800 at 200 %.
_LEAST: Final = QSize(640, 400)


class MainWindow(QMainWindow):
    """One profile's window.

    Attributes:
        reopens: whether another window is wanted: in another language, at another size.
    """

    reopens = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.state = WindowState(desk.paths.root)
        self.bus, self.jobs = Bus(self), Jobs(self)
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
        self.focus = InFocus(desk, lambda: self.parts, lambda: list(self.triage.just_kept()))
        self.commands = Commands(desk, self.jobs, self.bus, focus=self.focus, window=self)
        self.triage = Triage(
            desk, self.jobs, self.bus, shelf=self.shelf, listed=self.list, incoming=self.incoming,
            focus=self.focus, reader=self.reader, window=self,
        )  # fmt: skip
        self.passages = Passages(desk, self.jobs, self.bus, focus=self.focus, window=self)
        self.judging = Judging(desk, self.jobs, self.bus, focus=self.focus, window=self)
        self.history: HistoryDialog | None = None
        self.notices = Notices(self.bus, self, undo=self.triage.undo_gesture)
        self.notice = self.notices.bar
        self.around = Surroundings(
            desk, self.jobs, sidebar=self.sidebar, status=self.status, field=self.search,
            listed=self.list,
            elsewhere=lambda: {"sources": self.following.to_look_at, **self.shelf.counts()},
        )  # fmt: skip
        self.clipping = Clipping(
            desk, self.jobs, self.bus, rounds=self.rounds, incoming=self.incoming, focus=self.focus,
            window=self,
        )  # fmt: skip
        self.teaming = Teaming(
            desk, self.jobs, self.bus, self.rounds, chosen=self.focus, window=self
        )
        self.alerts = Alerts(
            desk, self.jobs, self.bus, window=self,
            show_search=lambda search: self.sidebar.choose(SAVED + search),
        )  # fmt: skip
        self.perusal = Reader(
            desk, self.jobs, self.bus, pane=self.reader, state=self.state,
            compare=self.clipping.compare, window=self,
        )  # fmt: skip
        self.writing = Writing(
            desk, self.jobs, self.bus, pane=self.notes, focus=self.focus,
            asked=lambda: self.search.text().strip(), quoted=self.passages.citing.at_hand,
            window=self,
        )  # fmt: skip
        self.choices = ChoiceBar(lambda person: self._desk.people().get(person, person))
        self.actions_, self.keymap = actions.make(self), Keymap(self.state, self)
        self.sources = SourcesPane(desk, self.actions_)
        self.following = Following(
            desk, self.jobs, self.bus, refreshing=self.refreshing, screen=self.sources, window=self
        )
        self.page = SearchPage(
            desk, self.jobs, self.bus, self.search, self.list, self.actions_, self
        )
        self._build()
        self._drive()
        self._connect()
        self._restore()
        self.sidebar.show_saved(desk.saved_searches(counted=False))
        self.viewing.begin(self.state.text("view", "inbox"))
        # Once the window is painted: counting takes nothing from that.
        self.around.soon()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        framed = frame(
            Panes(
                self.sidebar, self.status, self.page.facets, self.list,
                read=(self.reader, self.notes), over=self.choices, under=self.passages.card,
            )
        )  # fmt: skip
        self.outer, self.pages, self.inner = framed.outer, framed.pages, framed.inner
        self.detail = framed.detail
        self.organising = Organising(
            self._desk, self.jobs, self.bus, window=self,
            shown=Shown(
                thing=self.open, step=self._show, view=self._on_view_wanted,
                search=self._search_for, chosen_changed=self._on_chosen_changed,
                share=self._share, settled=self._on_settled,
            ),
            places=Places(self.pages, self.detail, framed.above),
        )  # fmt: skip
        self.pages.addWidget(self.spaces)
        self.pages.addWidget(self.sources)
        self.said = Said(
            self._desk, self.jobs, self.bus, pages=self.pages, field=self.search, focus=self.focus,
            choose=self._choose_said, show_passage=self._open_passage,
            search=self._search_for, go_back=self._come_back, window=self,
        )  # fmt: skip
        self.parts = Parts(
            self.sidebar, self.list, self.shelf, self.page, self.reader, self.notes, self.sources,
            self.spaces, self.organising, self.choices, self.pages, self.inner, self.detail,
            self.search,
        )  # fmt: skip
        self.setWindowTitle("Veille")
        self.setWindowIcon(theme.icon("veille"))
        self.setAcceptDrops(True)
        self.setCentralWidget(self.outer)
        fill_menus(self, self.actions_)
        self.tools = ToolBar(self.actions_, self.search)
        self.addToolBar(self.tools)
        for one in self.actions_.values():
            if one.shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut:
                self.list.table.addAction(one)
                self.reader.browser.addAction(one)
                self.notes.preview.addAction(one)
        self.setMinimumSize(_LEAST)
        self.resize(QSize(1280, 800))

    def _drive(self) -> None:
        """Give the panes those who drive several of them."""
        self.viewing = Viewing(self._desk, self.jobs, self.parts, said=self.said, window=self)
        self.freshening = Freshening(
            self._desk, self.parts, focus=self.focus, viewing=self.viewing, made=self.actions_,
            window=self,
        )  # fmt: skip
        self.moving = Moving(self.parts, self.bus, notice=self.notice, window=self)
        self.opening = Opening(
            self._desk, self.bus, self.parts, viewing=self.viewing, moving=self.moving,
            perusal=self.perusal, judging=self.judging, window=self,
        )  # fmt: skip
        self.opening.shown.connect(self.passages.citing.leave)
        self.passages.card.note_wanted.connect(self._put_in_note)
        self.helping = Helping(
            self._desk, self.jobs, self.parts, made=self.actions_, keymap=self.keymap,
            open=self.open, search=self._search_for,
            change_keys=lambda: self.choosing.show("keys"), templates=self.writing.templates,
            begin_from=self.writing.begin_from, window=self,
        )  # fmt: skip
        self.paper = Paper(self.bus, self.parts, window=self)
        self.preparing = Preparing(self._desk, self.bus, window=self)
        self.mishaps = Mishaps(
            self._desk.log, self.jobs, self.bus, prepare=self.preparing.prepare, parent=self
        )
        self.choosing = Choosing(
            self._desk, self.jobs, self.bus, state=self.state, keymap=self.keymap,
            made=self.actions_, effects=Effects(self._dress, self.perusal.dress, self._reopen),
            window=self,
        )  # fmt: skip
        self.guide = GuideDoor(
            self.jobs, self.state, made=self.actions_, keymap=self.keymap,
            folder=str(self._desk.paths.root), view=lambda: self.sidebar.chosen,
            visit=self.commands.open_address, window=self,
        )  # fmt: skip
        self.welcoming = Welcoming(
            self._desk, self.jobs, self.bus, rounds=self.rounds, incoming=self.incoming,
            state=self.state, actions=self.actions_, undo=self.triage.undo_gesture,
            follow_lists=self.following.follow_lists,
            window=self,
        )  # fmt: skip
        self._ways = Ways(
            web=self._open_on_the_web, write=self.writing.begin, note=self._put_in_note,
            search=self._search_for, passage=self._open_passage, open=self.open,
            section=self.notes.preview.go_to,
        )  # fmt: skip

    def _connect(self) -> None:
        for name, act in self._acts().items():
            self.actions_[name].triggered.connect(act)
        self.viewing.changed.connect(self.freshening.offer)
        self.viewing.saved_told.connect(self.alerts.tell)
        self.opening.shown.connect(self.freshening.around_shown)
        self.moving.went_back.connect(self.opening.return_to)
        self.keymap.changed.connect(lambda: self.keymap.apply(self.actions_))
        self.list.empty_action_requested.connect(
            lambda: self.viewing.act_on_empty(self.actions_.__getitem__)
        )
        self.list.empty.other_requested.connect(
            lambda: self.viewing.act_on_empty(self.actions_.__getitem__, other=True)
        )
        self.reader.link_chosen.connect(self._on_link_chosen)
        self.reader.note_chosen.connect(self.passages.marking.open_passage)
        self.passages.card.closed.connect(self.reader.browser.setFocus)
        self.notes.link_chosen.connect(self._on_link_chosen)
        self.rounds.indexed.connect(self.viewing.on_indexed)
        self.search.returnPressed.connect(self.moving.to_list)
        self.sources.wanted.connect(self.following.look)
        self.sources.opened.connect(self.opening.open)
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
        self.spaces.restore_requested.connect(self.teaming.restore_space)
        self.choices.settled.connect(self._on_settled)
        self.notes.writing.connect(self.rounds.edits)
        self.rounds.present.connect(self.freshening.tell_present)
        self.bus.changed.connect(self.freshening.show)
        self.bus.changed.connect(self.around.soon)
        self.around.told.connect(self.freshening.tell_spaces)
        self.incoming.complete_requested.connect(self._on_complete_requested)
        self.incoming.quote_requested.connect(self._on_quote_requested)
        self.rounds.indexed.connect(self.status.tell_index)
        self.rounds.synced.connect(self.around.soon)
        self.rounds.synced.connect(self.page.freshen)
        theme.watch(self._dress)

    def _acts(self) -> Mapping[str, Callable[[], object]]:
        acts: dict[str, Callable[[], object]] = {
            "quit": self.close,
            "undo": self._undo,
            "find": self.viewing.find,
            "search_all": self.viewing.search,
            "comments_about": lambda: requests.show(self._desk, self.jobs, self.bus, self),
            "history": self._show_history,
            "compare": self._compare,
            "sync": self.rounds.sync_all,
            **self.commands.acts(),
            **self.clipping.acts(),
            **self.triage.acts(),
            **self.judging.acts(),
            **self.teaming.acts(),
            "share": self._share,
            **self.following.acts(),
            **self.passages.acts(),
            **self.perusal.acts(),
            **self.paper.acts(),
            **self.said.acts(),
            **self.welcoming.acts(),
            **self.writing.acts(),
            **self.organising.acts(),
            "next": lambda: self.list.step(1),
            "previous": lambda: self.list.step(-1),
            **self.moving.acts(),
            "why": self._why,
            "similar": self._similar,
            "live": lambda: self.commands.fill_dossier(self.page.text),
            **self.helping.acts(),
            **self.guide.acts(),
            **self.choosing.acts(),
            "support": self.preparing.prepare,
        }
        for name in self.actions_:
            if name.startswith("view_"):
                acts[name] = partial(self._on_view_wanted, name.removeprefix("view_"))
        return acts

    def _restore(self) -> None:
        if (data := self.state.data("geometry")) is not None:
            self.restoreGeometry(data)
        for name, one in self._splitters().items():
            if (data := self.state.data(name)) is not None:
                one.restoreState(data)
        # The widths that were left are those of a sidebar with its words, or without them.
        self.outer.setProperty("compact", self.state.text("compact") == "yes")
        self.keymap.apply(self.actions_)

    def _splitters(self) -> Mapping[str, QSplitter]:
        """Give those that stand again as they were left, by the names they are kept under."""
        return {"outer": self.outer, "columns": self.inner, "note": self.notes.splitter}

    # --- what is shown -------------------------------------------------------------------------

    def open(self, thing: str) -> None:
        """Show a thing, and the list it stands in."""
        self.opening.open(thing)

    def _show(self, thing: str) -> None:
        self.opening.show(thing)

    def _open_passage(self, quoted: str) -> None:
        self.opening.open_passage(quoted)

    def _on_chosen_changed(self) -> None:
        self.freshening.offer()

    def _on_complete_requested(self, article: str) -> None:
        # The notice had the keys, and is gone: they go on to the text it spoke of.
        self.open(article)
        self.moving.detail.setFocus()
        self.clipping.complete_article(article)

    def _on_quote_requested(self, article: str) -> None:
        self.open(article)
        self.moving.detail.setFocus()

    def _choose_said(self) -> None:
        self.viewing.choose_said()

    def _share(self) -> None:
        # What is being written leaves with what is shared: the lane keeps their order.
        self.notes.save()
        self.teaming.share()

    def _search_for(self, query: str) -> None:
        self.moving.leave_trace()
        self.viewing.search_for(query)

    def _come_back(self) -> None:
        self.viewing.come_back()
        self.moving.to_list()

    def _why(self) -> None:
        told = self.page.why(self.list.current)
        if told:
            self.bus.say(told)

    def _similar(self) -> None:
        row = self.reader.row or self.focus.current()
        if row is not None:
            self.page.similar(row.id)

    def _compare(self) -> None:
        """Show the two versions of what is chosen: a theme, or what is read."""
        shown = self.organising.themes.choices if self.organising.chosen_themes else self.choices
        shown.toggle()

    def _on_settled(self, thing: str, choice: Choice, answer: str) -> None:
        self.notes.save()
        self.commands.settle(thing, choice, answer)
        if not self.organising.chosen_themes:
            self.moving.detail.setFocus()

    def _on_link_chosen(self, address: str) -> None:
        leading.follow(address, self._desk, self._ways)

    def _put_in_note(self, quote: str) -> None:
        self.writing.put_quotes([quote])

    def _open_on_the_web(self, address: str) -> None:
        self.bus.say(address)
        self.commands.open_address(address)

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

    def _on_view_wanted(self, view: str, _checked: bool = False) -> None:
        self.opening.choose_view(view)

    def _reopen(self) -> None:
        """Close, to be made again at once (``app``)."""
        self.reopens = True
        self.close()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.dress(app, self.state.text)
        actions.dress(self.actions_)
        self.tools.dress()
        if self.parts.lists:
            self.viewing.tell_empty()
        self.freshening.show(Changes())
        self.around.soon()
        if self.reader.thing:
            self.reader.show_thing(self.reader.thing, forms=self.page.forms)
        for one in (self.notes, self.organising, self.welcoming, self.said, self.guide):
            one.dress()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.notice.isHidden():
            self.notice.dismiss()
        elif event.key() == Qt.Key.Key_Escape:
            self.moving.out()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tools.fit(self.width())
        fit(self.outer, self.width())
        self.opening.fit()
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
        self.passages.card.finish()
        self.notes.save()
        self.notes.recording.close()
        self.state.set_data("geometry", self.saveGeometry())
        for name, one in self._splitters().items():
            self.state.set_data(name, one.saveState())
        self.state.set_text("compact", "yes" if self.outer.property("compact") else "")
        self.state.set_text("view", self.sidebar.chosen)
        self.guide.close()
        self.state.flush()
        self.organising.leave()
        self.around.close()
        self.reader.close_reading()
        for driver in (self.triage, self.welcoming, self.incoming, self.following,
                       self.refreshing, self.rounds, self.preparing):  # fmt: skip
            driver.close()
        self.jobs.drain()
        super().closeEvent(event)
