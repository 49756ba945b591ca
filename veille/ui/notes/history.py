"""The history of a note: who changed what, paragraph by paragraph, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.tracing import Authored, Change, Run, State
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.sentences import dates, tracing
from veille.sentences.catalogue import _, quoted
from veille.ui import ask, theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.notes.authors import Authors
from veille.ui.notes.passages import Passages
from veille.ui.notes.states import States
from veille.ui.widgets.empty_state import EmptyState

# Who runs down the list with the arrows reads where she stops.
_SOON_MS: Final = 60


@dataclass(frozen=True, slots=True)
class _Read:
    note: str
    states: Sequence[State]
    people: Mapping[str, str]
    title: str
    authors: Sequence[Authored]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a state changed, and what was changed since."""

    state: State
    then: tuple[Change, ...]
    since: tuple[Change, ...]
    # The same, as they are shown.
    read_then: tuple[Change, ...]
    read_since: tuple[Change, ...]

    @property
    def backs(self) -> dict[int, int]:
        """Give what can be taken back of what was changed then: what is otherwise today."""
        today = {one.old: n for n, one in enumerate(self.since) if one.kind in _OTHERWISE}
        return {
            n: today[one.new]
            for n, one in enumerate(self.then)
            if one.kind not in {"same", "removed"} and one.new in today
        }


_OTHERWISE: Final = frozenset({"removed", "rewritten"})


class NoteHistory(QDialog):
    """Shows the states of one note; what is taken back is recorded, and can be undone.

    Signals:
        shown(State): a state is in view.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("noteHistory")
        theme.make_room(self, 1020, 680)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self.note = ""
        self._read: _Read | None = None
        self._seen: _Seen | None = None
        self._writing = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._look_at_state)
        self._last = ""
        self._build()
        bus.changed.connect(self._on_bus_changed)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = ask.headed(self, _("History of the note"))
        self.setWindowTitle(_("History of the note"))
        self._named = _label("muted")
        layout.addWidget(self._named)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("historyTabs")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setStyleSheet(_sheet())
        self.tabs.addTab(self._build_states(), _("State by state"))
        self.authors = Authors()
        self.tabs.addTab(self.authors, _("Paragraph by paragraph"))
        layout.addWidget(self.tabs, 1)
        layout.addLayout(self._foot())
        QShortcut(QKeySequence("R"), self, self.restore_passage)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo)
        into = QShortcut(QKeySequence(Qt.Key.Key_Right), self.list)
        into.setContext(Qt.ShortcutContext.WidgetShortcut)
        into.activated.connect(self.passages.focus_current)

    def _build_states(self) -> QWidget:
        self.list = States()
        self.list.state_changed.connect(self._soon.start)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(20)
        row.addWidget(self.list, 4)
        row.addLayout(self._detail(), 8)
        self.empty = EmptyState()
        self.pages = QStackedWidget()
        self.pages.addWidget(both)
        self.pages.addWidget(self.empty)
        return self.pages

    def _detail(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.when, self.what = _label("when"), _label("muted")
        self.when.setFont(theme.ui_font(theme.LEAD, weight=QFont.Weight.DemiBold))
        self.passages = Passages()
        self.passages.restore_requested.connect(self._on_restore_requested)
        column.addWidget(self.when)
        column.addWidget(self.what)
        column.addLayout(self._tools())
        column.addWidget(self.passages, 1)
        return column

    def _tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setSpacing(6)
        self.then, self.since = _segment(_("In this state")), _segment(_("Since this state"))
        self.then.setObjectName("segment")
        self.then.setChecked(True)
        sides = QButtonGroup(self)
        for one in (self.then, self.since):
            sides.addButton(one)
            tools.addWidget(one)
        sides.buttonClicked.connect(self._show)
        tools.addStretch(1)
        self.restore_all = _button(_("Restore all"), "restoreAll")
        self.restore_all.setToolTip(_("The whole text as it was in this state; its title stays."))
        self.restore_all.clicked.connect(self._on_restore_all_clicked)
        tools.addWidget(self.restore_all)
        return tools

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._told = _label("muted")
        self._told.setText(_("↑ ↓ states · → passages · R restores the passage · Esc closes"))
        close = _button(_("Close"), "close")
        close.clicked.connect(self.close)
        foot.addWidget(self._told, 1)
        foot.addWidget(close)
        return foot

    # --- reading -------------------------------------------------------------------------------

    def show_note(self, note: str) -> None:
        """Show the history of a note, its newest state first."""
        if note != self.note:
            self.note, self._read, self._seen = note, None, None
            self.list.clear()
        self._look()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def _look(self) -> None:
        note, desk = self.note, self._desk

        def read() -> _Read:
            states = desk.tracing.states(note)
            title = desk.rows([note])[0].title
            return _Read(note, states, desk.people(), title, desk.tracing.paragraphs(note))

        self._jobs.look(read, self._on_read)

    def _on_read(self, read: _Read) -> None:
        if read.note != self.note:
            return
        self._read = read
        self._named.setText(quoted(read.title))
        self.list.show_states(read.states, read.people, now_ms=clock.now_ms())
        self._look_at_state()
        self.authors.show_paragraphs(read.authors, read.people, now_ms=clock.now_ms())
        if len(read.states) == 1:
            self._tell_empty(read.states[0], read)
        self.pages.setCurrentIndex(1 if len(read.states) == 1 else 0)

    def _tell_empty(self, state: State, read: _Read) -> None:
        self.empty.tell(
            theme.pixmap("rotate-ccw-clock", theme.colours().muted, 44, self.devicePixelRatioF()),
            _("This note has one state"),
            _("{who} wrote it on {when}. Once it is changed, this shows who changed what.").format(
                who=tracing.who(state.by, read.people), when=dates.moment(state.at)
            ),
        )

    def _look_at_state(self) -> None:
        state, note, desk = self.list.current_state(), self.note, self._desk
        if state is None:
            return

        def read() -> tuple[str, _Seen]:
            then = desk.tracing.compare(note, state.id)
            since = desk.tracing.against_today(note, state.id)
            said = (desk.tracing.readable(then), desk.tracing.readable(since))
            return note, _Seen(state, then, since, *said)

        self._jobs.look(read, self._on_state_read)

    def _on_state_read(self, read: tuple[str, _Seen]) -> None:
        note, seen = read
        current = self.list.current_state()
        if note == self.note and current is not None and current.id == seen.state.id:
            self._seen = seen
            self._show()

    def _on_bus_changed(self, changes: Changes) -> None:
        if self.note in changes.entities and self.isVisible():
            self._look()

    # --- showing -------------------------------------------------------------------------------

    def _show(self) -> None:
        seen, read = self._seen, self._read
        if seen is None or read is None:
            return
        state = seen.state
        self.when.setText(tracing.head(state, read.people))
        self.what.setText(tracing.what(state))
        # A title is read below, in full.
        self.what.setVisible(state.kind != "title" or self.since.isChecked())
        differs = any(one.kind != "same" for one in seen.since)
        self.restore_all.setEnabled(differs and not self._writing)
        if self.since.isChecked():
            said = "" if differs else _("Nothing was changed since: this is the text of today.")
            shown = [n for n, one in enumerate(seen.since) if one.kind != "same"]
            self.passages.show_changes(seen.read_since, {n: n for n in shown}, said=said)
        elif state.kind == "title":
            told = (state.title_before, state.title)
            backs = {n: n for n, title in enumerate(told) if title != read.title}
            self.passages.show_changes(_titles(state), backs)
        else:
            born = state.kind == "born"
            self.passages.show_changes(seen.read_then, seen.backs, plain=born)
        self.shown.emit(state)

    # --- taking back ---------------------------------------------------------------------------

    def restore_passage(self) -> None:
        """Take back the passage that is current."""
        if self.tabs.currentIndex() == 0 and self.pages.currentIndex() == 0:
            self.passages.restore_current()

    def _on_restore_requested(self, number: int) -> None:
        seen, note, tracing_ = self._seen, self.note, self._desk.tracing
        if seen is None:
            return
        if seen.state.kind == "title" and self.then.isChecked():
            self._restore_title(seen.state, before=number == 0)
            return
        state, shown = seen.state.id, seen.since[number]
        self._record(
            lambda: tracing_.restore_change(note, state, number, shown=shown),
            _("The passage is again as it was."),
        )

    def _on_restore_all_clicked(self) -> None:
        seen, note = self._seen, self.note
        if seen is not None:
            told = _("The text of {when} was restored.").format(when=dates.moment(seen.state.at))
            self._record(partial(self._desk.tracing.restore, note, seen.state.id), told)

    def _restore_title(self, state: State, *, before: bool) -> None:
        title = state.title_before if before else state.title
        told = _("The title is “{title}” again.").format(title=title)
        restore = partial(self._desk.tracing.restore_title, self.note, state.id, before=before)
        self._record(restore, told)

    def undo(self) -> None:
        """Take back what was just restored here."""
        if self._last:
            gesture, self._last = self._last, ""
            self._jobs.write(lambda: self._desk.undo_gesture(gesture), self._bus.changed.emit)
            self._told.setText("")

    def _record(self, act: Callable[[], Changes], told: str) -> None:
        if self._writing:
            return
        self._writing = True

        def done(changes: Changes) -> None:
            self._writing = False
            self._bus.changed.emit(changes)
            if changes.entities:
                self._bus.say(told, undo=changes.gesture)
                self._last = changes.gesture
                self._told.setText(_("{told} Ctrl+Z takes it back.").format(told=told))
            # Not to the next button: a second Space would restore something else.
            self.list.setFocus()

        def failed(problem: VeilleError) -> None:
            self._writing = False
            self._jobs.failed.emit(problem)
            self._look()

        self._jobs.write(act, done, failed)


def _sheet() -> str:
    c = theme.colours()
    return f"""
    QTabWidget::pane {{ border: 0; border-top: 1px solid {c.line}; }}
    QTabBar::tab {{ padding: 7px 2px; margin-right: 22px; border: 0; background: transparent;
        border-bottom: 2px solid transparent; color: {c.muted}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}
    """


def _titles(state: State) -> tuple[Change, ...]:
    """Give the title that went and the one that came, each to be taken back on its own."""
    return (
        Change("old_title", (Run("gone", state.title_before),), (0, 0), (0, 0)),
        Change("new_title", (Run("new", state.title),), (0, 0), (0, 0)),
    )


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _button(text: str, name: str) -> QPushButton:
    """Give a button that the return key presses only by mistake elsewhere: never here."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button


def _segment(text: str) -> QPushButton:
    button = _button(text, "segment")
    button.setCheckable(True)
    return button
