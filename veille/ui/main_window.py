"""The window: its panes, those who drive them, and the wires between them. No rule lives here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

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
)
from typing_extensions import override

from veille.desk import clock
from veille.desk.desk import Desk
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
from veille.ui.browse.sidebar import SAVED, Sidebar
from veille.ui.bus import Bus
from veille.ui.choices import ChoiceBar
from veille.ui.clipping import Clipping
from veille.ui.commands import Commands
from veille.ui.enabling import Now, possible
from veille.ui.following import Following
from veille.ui.frame import Panes, fill_menus, frame
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
from veille.ui.parts import Parts
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
from veille.ui.viewing import Viewing
from veille.ui.writing import Writing


class MainWindow(QMainWindow):
    """One profile's window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
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
        self.around.look()

    # --- what commands act upon ----------------------------------------------------------------

    def targets(self) -> list[str]:
        """Give the things selected; what is read when the list has none."""
        if not self.parts.lists:
            return self.organising.chosen_themes
        chosen = [one for one in self.list.selected if kind_of(one)]
        read = self.parts.shown
        # One that is selected and is not what is read was left behind: what is seen is meant.
        if kind_of(read) and len(chosen) <= 1:
            return [read]
        return chosen

    def current(self) -> Row | None:
        """Give the thing that is read or written; none behind a screen of another kind."""
        if not self.parts.lists:
            return None
        if self.detail.currentWidget() is not self.reader:
            return next(iter(self._desk.rows([self.parts.shown])), None)
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
                search=self._search_for, chosen_changed=self._refresh_actions,
                share=self.teaming.share, settled=self._on_settled,
            ),
            places=Places(self.pages, self.detail, framed.above),
        )  # fmt: skip
        self.pages.addWidget(self.spaces)
        self.pages.addWidget(self.sources)
        self.said = Said(
            self._desk, self.jobs, self.bus, pages=self.pages, field=self.search, focus=self,
            choose=self._choose_said, show_passage=self._open_passage,
            go_back=self._come_back, window=self,
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
        self.setMinimumSize(QSize(1000, 620))
        self.resize(QSize(1280, 800))

    def _drive(self) -> None:
        """Give the panes those who drive several of them."""
        self.viewing = Viewing(self._desk, self.jobs, self.parts, said=self.said, window=self)
        self.moving = Moving(self.parts, self.bus, window=self)
        self.opening = Opening(
            self._desk, self.bus, self.parts, viewing=self.viewing, moving=self.moving,
            perusal=self.perusal, judging=self.judging, window=self,
        )  # fmt: skip
        self.helping = Helping(
            self._desk, self.jobs, self.parts, made=self.actions_, keymap=self.keymap,
            open=self.open, search=self._search_for, window=self,
        )  # fmt: skip
        self._ways = Ways(
            web=self._open_on_the_web, write=self.writing.begin, search=self._search_for,
            passage=self._open_passage, open=self.open,
            section=self.notes.preview.go_to,
        )  # fmt: skip

    def _connect(self) -> None:
        for name, act in self._acts().items():
            self.actions_[name].triggered.connect(act)
        self.viewing.changed.connect(self._refresh_actions)
        self.viewing.saved_told.connect(self.alerts.tell)
        self.opening.shown.connect(self._on_shown)
        self.moving.went_back.connect(self.opening.return_to)
        self.keymap.changed.connect(lambda: self.keymap.apply(self.actions_))
        self.list.empty_action_requested.connect(
            lambda: self.viewing.act_on_empty(self.actions_.__getitem__)
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
        self.choices.settled.connect(self._on_settled)
        self.notes.writing.connect(self.rounds.edits)
        self.rounds.present.connect(self._on_present)
        self.bus.changed.connect(self._on_changed)
        self.around.told.connect(self._on_around_told)
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
            "find": self.viewing.find,
            "search_all": self.viewing.search,
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
            **self.helping.acts(),
            "who": do.introduce,
        }
        for name in self.actions_:
            if name.startswith("view_"):
                acts[name] = partial(self._on_view_wanted, name.removeprefix("view_"))
            elif name.startswith("theme_"):
                acts[name] = partial(self._on_theme_wanted, name.removeprefix("theme_"))
        return acts

    def _restore(self) -> None:
        for name, one in (("geometry", self), ("outer", self.outer), ("columns", self.inner),
                          ("note", self.notes.splitter)):  # fmt: skip
            data = self.state.data(name)
            if data is not None:
                one.restoreGeometry(data) if one is self else one.restoreState(data)
        chosen = self.state.text("theme", "system")
        self.actions_[f"theme_{chosen}"].setChecked(True)
        self.actions_["letters"].setChecked(self.keymap.letters)
        self.keymap.apply(self.actions_)

    # --- what is shown -------------------------------------------------------------------------

    def open(self, thing: str) -> None:
        """Show a thing, and the list it stands in."""
        self.opening.open(thing)

    def _show(self, thing: str) -> None:
        self.opening.show(thing)

    def _open_passage(self, quoted: str) -> None:
        self.opening.open_passage(quoted)

    def _choose_said(self) -> None:
        self.viewing.choose_said()

    def _search_for(self, query: str) -> None:
        self.moving.leave_trace()
        self.viewing.search_for(query)

    def _come_back(self) -> None:
        self.viewing.come_back()
        self.moving.to_list()

    def _on_shown(self) -> None:
        self._show_choices()
        self._refresh_actions()

    def _why(self) -> None:
        told = self.page.why(self.list.current)
        if told:
            self.bus.say(told)

    def _similar(self) -> None:
        row = self.reader.row or self.current()
        if row is not None:
            self.page.similar(row.id)

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
            self.viewing.refresh_saved()
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
        themes, row = self.organising.chosen_themes, self.current()
        reading = row is not None and self.detail.currentWidget() is self.reader
        compared = [*self._desk.rows(themes[:1]), *([row] if row is not None else [])]
        now = Now(
            kinds=frozenset(map(kind_of, self.targets())),
            themes=bool(themes),
            reading=row.kind if row is not None and reading else "",
            row=row.kind if row is not None else "",
            differs=any(one.conflicts > 0 for one in compared),
            writing=self.parts.writes,
            searching=self.page.shown,
            saved=self.page.saved is not None,
            on_the_way=self.organising.on_the_way,
        )
        for name, can in possible(now).items():
            self.actions_[name].setEnabled(can)

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
        self.keymap.allow_letters(allowed=self.actions_["letters"].isChecked())

    def _on_view_wanted(self, view: str, _checked: bool = False) -> None:
        self.opening.choose_view(view)

    def _on_theme_wanted(self, chosen: str, _checked: bool = False) -> None:
        self.state.set_text("theme", chosen)
        self._dress()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.state.text("theme", "system"))
        actions.dress(self.actions_)
        self.tools.dress()
        if self.parts.lists:
            self.viewing.tell_empty()
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
