"""The history: what was done, by whom, newest first; each gesture of mine can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.gestures import Gesture
from veille.domain.facts import Changes
from veille.domain.text import key
from veille.sentences import dates, history
from veille.sentences.catalogue import _
from veille.ui import ask, fields, theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.widgets.empty_state import EmptyState

_FIRST: Final = 300
_SOON_MS: Final = 150
_GESTURE: Final = Qt.ItemDataRole.UserRole
_WHEN, _WHAT, _WHO, _UNDO = range(4)


class HistoryDialog(QDialog):
    """Lists gestures, day by day; ``undo`` takes one back."""

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, undo: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setWindowTitle(_("History"))
        theme.make_room(self, 820, 600)
        self._desk, self._jobs, self._take_back = desk, jobs, undo
        self._limit = _FIRST
        self._shown: list[Gesture] = []
        self._people: Mapping[str, str] = {}
        self._reading = self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._fill)
        self._build()
        bus.changed.connect(self._on_changed)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = ask.headed(
            self,
            _("History"),
            _("Everything that was done here and by colleagues, newest first. What you did on this"
              " computer can be taken back, today or in a month."),
        )  # fmt: skip
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Type to narrow the list"))
        self.filter.setAccessibleName(_("Narrow the history"))
        fields.clearable(self.filter)
        self.filter.textChanged.connect(self._soon.start)
        self.filter.installEventFilter(self)
        layout.addWidget(self.filter)
        self.list = self._tree()
        self.empty = EmptyState()
        self.empty.action_requested.connect(self.filter.clear)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._foot())
        QShortcut(QKeySequence("Ctrl+Z"), self, self.undo_current)

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("gestures")
        tree.setAccessibleName(_("History"))
        tree.setColumnCount(4)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setIndentation(0)
        tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        tree.currentItemChanged.connect(self._on_current_changed)
        tree.itemClicked.connect(self._on_clicked)
        tree.installEventFilter(self)
        return tree

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._count = QLabel()
        self._count.setObjectName("muted")
        self.older = QPushButton(_("Older"))
        self.older.clicked.connect(self._on_older)
        self.undo = QPushButton(theme.icon("undo-2"), _("Undo this"))
        self.undo.clicked.connect(self.undo_current)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(self._count)
        foot.addStretch(1)
        for one in (self.older, self.undo, close):
            one.setAutoDefault(False)
            foot.addWidget(one)
        return foot

    # --- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the history, aside."""
        self._again = self._reading
        if self._reading:
            return
        self._reading = True
        limit = self._limit
        self._jobs.look(
            lambda: (self._desk.gestures(limit=limit), self._desk.people()), self._on_read
        )

    def _on_read(self, read: tuple[list[Gesture], dict[str, str]]) -> None:
        self._reading = False
        self._shown, self._people = read
        self._fill()
        if self._again:
            self.look()

    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.look()

    def _on_older(self) -> None:
        self._limit *= 3
        self.look()

    # --- showing -------------------------------------------------------------------------------

    def _fill(self) -> None:
        current = self._current()
        wanted = key(self.filter.text())
        found = [one for one in self._shown if wanted in key(self._told(one))]
        self.list.clear()
        day = ""
        for one in found:
            if dates.days(one.at, clock.now_ms()) != day:
                day = dates.days(one.at, clock.now_ms())
                self.list.addTopLevelItem(_day(day))
            self.list.addTopLevelItem(self._item(one))
        self._stack.setCurrentWidget(self.list if found else self.empty)
        if not found:
            self._tell_empty()
        self._count.setText(history.found(len(found), self._shown))
        self.older.setVisible(len(self._shown) >= self._limit // 2)
        self._choose(current.id if current else "")

    def _tell_empty(self) -> None:
        picture = theme.pixmap(
            "rotate-ccw-clock", theme.colours().muted, 40, self.devicePixelRatioF()
        )
        if self._shown:
            self.empty.tell(
                picture, _("Nothing found"), _("Nobody did anything that is told in these words."),
                _("Show everything"),
            )  # fmt: skip
            return
        told = _("What is clipped, kept, quoted or written stands here from now on, with who did it,"
                 " and a key to take it back.")  # fmt: skip
        self.empty.tell(picture, _("Nothing was done yet"), told)

    def _told(self, one: Gesture) -> str:
        return f"{history.gesture(one)} {self._people.get(one.by, '')}"

    def _item(self, one: Gesture) -> QTreeWidgetItem:
        undo, by = "", self._people.get(one.by, _("A colleague"))
        if one.undone_at:
            undo = _("taken back, {when}").format(when=dates.short(one.undone_at, clock.now_ms()))
        elif one.mine:
            undo = _("Undo")
        item = QTreeWidgetItem([dates.hour(one.at), history.gesture(one), by, undo])
        item.setData(0, _GESTURE, one)
        item.setToolTip(_WHAT, history.gesture(one))
        for column in (_WHEN, _WHO, _UNDO):
            item.setForeground(column, theme.brush("muted"))
        if one.mine:
            item.setForeground(_UNDO, theme.brush("accent"))
        if one.undone_at:
            item.setForeground(_WHAT, theme.brush("muted"))
        told = ", ".join(
            part for part in (history.gesture(one), by, dates.moment(one.at), undo) if part
        )
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
        return item

    def _choose(self, gesture: str) -> None:
        """Make a gesture current, the first one when it is not there."""
        items = [self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount())]
        some = [one for one in items if one is not None and one.data(0, _GESTURE) is not None]
        same = [one for one in some if one.data(0, _GESTURE).id == gesture]
        for one in (same or some)[:1]:
            self.list.setCurrentItem(one)
        if not some:
            self._on_current_changed(None)

    # --- acting --------------------------------------------------------------------------------

    def _current(self) -> Gesture | None:
        item = self.list.currentItem()
        found = item.data(0, _GESTURE) if item is not None else None
        return found if isinstance(found, Gesture) else None

    def undo_current(self) -> None:
        """Take back the gesture that is current."""
        one = self._current()
        if one is not None and one.mine:
            self._take_back(one.id)

    def _on_current_changed(self, _item: object, _before: object = None) -> None:
        one = self._current()
        self.undo.setEnabled(one is not None and one.mine)
        told = _("Undo: {what}").format(what=history.gesture(one)) if one is not None else ""
        self.undo.setAccessibleName(told or self.undo.text())

    def _on_clicked(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == _UNDO:
            self.undo_current()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows go from the filter into the list, where Enter does what the button does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.filter and event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            if watched is self.list and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.undo_current()
                return True
        return super().eventFilter(watched, event)


def _day(told: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([told])
    item.setFirstColumnSpanned(True)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setFont(0, theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold))
    return item


def show(existing: HistoryDialog | None, made: Callable[[], HistoryDialog]) -> HistoryDialog:
    """Show the history, made the first time."""
    dialog = existing or made()
    if not dialog.isVisible():
        dialog.filter.clear()
    dialog.look()
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    dialog.filter.setFocus()
    return dialog
