"""The list: its head, its rows, what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.domain.views import Row
from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.browse.row_delegate import HEIGHT, Extract, RowDelegate
from veille.ui.browse.rows_model import Describe, Fetch, Read, RowsModel
from veille.ui.browse.stories import Stories
from veille.ui.widgets.empty_state import EmptyState
from veille.ui.widgets.labels import ElidedLabel

_TAB: Final = Qt.FocusPolicy.TabFocus


def _no_extract(_thing: str) -> Extract | None:
    return None


_ENDS: Final = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})


class ListPane(QWidget):
    """Shows ids, one line a story; says which one is current.

    Right and Left unfold and fold the story of the current line.

    Signals:
        current_changed(str): the id of the current thing, "" for none.
        opened(str): Return or double click on a thing.
        counted(): how many things it holds was told.
        empty_action_requested(): the button of the empty state.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    counted = Signal()
    empty_action_requested = Signal()

    def __init__(
        self, fetch: Fetch, describe: Describe, now: Callable[[], int], read: Read | None = None
    ) -> None:
        super().__init__()
        self._extracts: Callable[[str], Extract | None] = _no_extract
        self._counted = ""
        self.awaited = False
        # While rows come and go, the current one is not settled.
        self._moving = False
        self.model = RowsModel(fetch, describe, read) if read else RowsModel(fetch, describe)
        self.delegate = RowDelegate(self._extract, now, icons=False)
        self.delegate.articles = lambda thing: next(iter(fetch([thing])), None) if thing else None
        self.table = self._table()
        self._title, self._count = ElidedLabel(), QLabel()
        self._count.setObjectName("muted")
        self.empty = EmptyState()
        self.empty.setObjectName("blank")
        self.empty.action_requested.connect(self.empty_action_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # Under a list that ends before what it lists does: whoever shows one has it say so.
        self.more = QPushButton(_("Show more"))
        self.more.setObjectName("quiet")
        self.more.hide()
        self._foot = QLabel()
        self._foot.setObjectName("foot")
        self._foot.setWordWrap(True)
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.hide()
        layout.addWidget(self._head())
        self._stack = QStackedLayout()
        # It shows its first page at once: in its place, not as a window of its own.
        layout.addLayout(self._stack, 1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout.addWidget(self.more)
        layout.addWidget(self._foot)
        self._layout = layout

    def _table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("list")
        table.setModel(self.model)
        table.setItemDelegate(self.delegate)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setMouseTracking(True)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(theme.px(HEIGHT))
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.selectionModel().currentChanged.connect(self._on_current_changed)
        table.activated.connect(self._on_activated)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        return table

    def _head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("paneHead")
        self._title.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.DemiBold))
        layout = QHBoxLayout(head)
        layout.setContentsMargins(20, 12, 20, 12)
        # A long title does not widen the list.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._count)
        return head

    def put_below_head(self, widget: QWidget) -> None:
        """Put something between the title and the list."""
        self._layout.insertWidget(1, widget)
        # The tabulator comes to it before the list, as the eye does.
        keyed = [one for one in widget.findChildren(QWidget) if one.focusPolicy() & _TAB]
        buttons = self.empty.findChildren(QPushButton)
        for one in reversed([self.table, *buttons] if keyed else []):
            QWidget.setTabOrder(keyed[-1], one)

    def tell_foot(self, text: str) -> None:
        """Say something under the list, "" for nothing."""
        self._foot.setText(text)
        self._foot.setVisible(bool(text))

    @property
    def current(self) -> str:
        """Give the id of the current thing, "" for none."""
        row = self.table.currentIndex().row()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else ""

    @property
    def selected(self) -> list[str]:
        """Give the ids selected, in the order of the list."""
        ranges = self.table.selectionModel().selection()
        some = (ranges.at(place) for place in range(ranges.count()))
        rows = sorted({row for one in some for row in range(one.top(), one.bottom() + 1)})
        return [self.model.ids[row] for row in rows if row < len(self.model.ids)]

    def show_list(  # noqa: PLR0913 - how a list is shown, given by name
        self,
        title: str,
        ids: Sequence[str] | Stories,
        *,
        extracts: Callable[[str], Extract | None] | None = None,
        icons: bool = False,
        keep: bool = False,
        select: bool = True,
        count: str = "",
        marked: bool = False,
        detail: Callable[[Row], str] | None = None,
        awaited: bool = False,
        new: AbstractSet[str] = frozenset(),
    ) -> None:
        """Show a list.

        Args:
            title: of the view.
            ids: what it holds.
            extracts: gives a search's sentence for a thing that is painted.
            icons: whether kinds are mixed and shown.
            select: make the first current; else none is, until ``select_first``.
            count: what is said of how many there are, their number by default.
            keep: stay on the current thing, or at its place when it left the list.
            marked: whether what was read is told from what was not.
            detail: gives the second line of a thing, its source and date by default.
            awaited: what it holds is still to come, by ``update_list``.
            new: what is said to be new in it.
        """
        current, place = self.current, self.table.currentIndex().row()
        scroll = self.table.verticalScrollBar().value()
        self._extracts = extracts or _no_extract
        self.delegate.show_icons = icons
        self.delegate.detail = detail
        self._title.tell(title)
        self.table.setAccessibleName(title)
        self._counted, self.awaited = count, awaited
        self.model.show(ids, marked=marked, new=new)
        self._tell_count()
        if keep:
            self.table.verticalScrollBar().setValue(scroll)
            if not self.select(current):
                self._select_row(min(max(place, 0), len(self.model.ids) - 1))
        elif select:
            self._select_row(0)
        if not self.model.ids:
            self.current_changed.emit("")

    # --- what comes and goes -------------------------------------------------------------------

    def update_list(self, listed: Stories, *, wanted: str = "") -> None:
        """Show the list as it is now: what is current stays so, at its place on the screen.

        ``wanted`` becomes current, if it is there.
        """
        self.awaited = False
        was, place = self.current, self.table.currentIndex().row()
        top = self.table.rowViewportPosition(place) if place >= 0 else 0
        self._change(lambda: self.model.become(self.model.stories.become(listed)))
        if wanted and self.select(wanted):
            return
        now = self.model.row_of(was) if was else -1
        if now < 0:
            if was or self.model.ids:
                self._settle(min(max(place, 0), self._last()))
            return
        if self.table.currentIndex().row() != now:
            self._select_row(now)
        # The bar learns of the new rows now, not in the next turn.
        self.table.updateGeometries()
        moved = self.table.rowViewportPosition(now) - top
        bar = self.table.verticalScrollBar()
        bar.setValue(bar.value() + moved)

    def take_out(self, things: Sequence[str]) -> None:
        """Take things out of the list before that is written; the next one becomes current."""
        gone = set(things)
        ids, place = self.model.ids, max(self.table.currentIndex().row(), 0)
        left = chain(range(place, len(ids)), reversed(range(place)))
        after = next((ids[row] for row in left if ids[row] not in gone), "")
        self._change(lambda: self.model.become(self.model.stories.without(gone)))
        # Of a folded story whose first leaves, the next comes to light.
        self._settle(max(self.model.row_of(after), 0) if after else min(place, self._last()))

    def select_any(self, things: Sequence[str]) -> bool:
        """Make current the first of these things that is in the list, folded or not."""
        heads = {self.model.stories.head_of(one) for one in things}
        shown = {*things, *heads}
        row = next((row for row, one in enumerate(self.model.ids) if one in shown), -1)
        if row >= 0 and row != self.table.currentIndex().row():
            self._select_row(row)
        return row >= 0

    def fold(self, *, shown: bool) -> bool:
        """Show what stands behind the current line, or hide it. False when there is nothing to."""
        stories_, current = self.model.stories, self.current
        head = stories_.head_of(current)
        if head not in stories_.behind or (head in stories_.opened) == shown:
            return False
        if not shown and head != current:
            self.select(head)
        self._change(lambda: self.model.become(stories_.open(head, shown=shown)))
        if shown:
            # What comes to light is seen, and the line it stands under too.
            row = self.model.row_of(head)
            self.table.scrollTo(self.model.index(row + len(stories_.behind[head]), 0))
            self.table.scrollTo(self.model.index(row, 0))
        return True

    def toggle(self) -> bool:
        """Fold or unfold the story of the current line. False when it tells none."""
        return self.fold(shown=True) or self.fold(shown=False)

    def _change(self, act: Callable[[], None]) -> None:
        self._moving = True
        act()
        self._moving = False
        self._tell_count()

    def _settle(self, row: int) -> None:
        """Have a row current, whatever Qt made of it while rows went."""
        if row < 0 or not self.model.ids:
            self.current_changed.emit("")
            return
        if self.table.currentIndex().row() != row:
            self._select_row(row)
            return
        self._select_row(row)
        self.current_changed.emit(self.current)

    def _last(self) -> int:
        return len(self.model.ids) - 1

    def _tell_count(self) -> None:
        every = self.model.stories.every()
        self._count.setText("…" if self.awaited else self._counted or number(every))
        self._stack.setCurrentWidget(self.table if every or self.awaited else self.empty)
        self.counted.emit()

    # --- what is current -----------------------------------------------------------------------

    def select(self, thing: str) -> bool:
        """Make a thing current. False when it is not in the list."""
        head = self.model.stories.head_of(thing)
        if head != thing and head not in self.model.stories.opened:
            self._change(lambda: self.model.become(self.model.stories.open(head, shown=True)))
        row = self.model.row_of(thing) if thing else -1
        if row >= 0:
            self._select_row(row)
        return row >= 0

    def select_first(self) -> None:
        """Make the first thing current, if none is."""
        if not self.current:
            self._select_row(0)

    def step(self, by: int) -> None:
        """Go to the next thing, or the previous one."""
        row = self.table.currentIndex().row() + by
        self._select_row(min(max(row, 0), len(self.model.ids) - 1))

    def _select_row(self, row: int) -> None:
        if not 0 <= row < len(self.model.ids):
            return
        index = self.model.index(row, 0)
        self.table.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.table.scrollTo(index)

    def _extract(self, thing: str) -> Extract | None:
        return self._extracts(thing)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._moving:
            self.current_changed.emit(self.model.ids[current.row()])

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.ids[index.row()])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        if watched is self.table.viewport() and isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Fold and unfold as a tree does, go to an end; True when the key was for that."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        # With Ctrl, Qt would move the line that is read away from the one that is selected.
        if event.key() in _ENDS and held in {
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier,
        } and self.model.ids:  # fmt: skip
            self._select_row(0 if event.key() == Qt.Key.Key_Home else len(self.model.ids) - 1)
            return True
        if held:
            return False
        stories_, current = self.model.stories, self.current
        if event.key() == Qt.Key.Key_Right:
            if not self.fold(shown=True) and current in stories_.opened:
                self.step(1)
            return True
        if event.key() == Qt.Key.Key_Left:
            if current in stories_.under:
                self.select(stories_.under[current])
            else:
                self.fold(shown=False)
            return True
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        """Fold and unfold by the chip of a line; True when the click was for that."""
        at = event.position().toPoint()
        index = self.table.indexAt(at)
        on_chip = index.isValid() and self.delegate.is_on_chip(
            self.model.ids[index.row()], at - self.table.visualRect(index).topLeft()
        )
        shape = Qt.CursorShape.PointingHandCursor if on_chip else Qt.CursorShape.ArrowCursor
        if self.table.viewport().cursor().shape() != shape:
            self.table.viewport().setCursor(shape)
        clicked = event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
        if not (on_chip and clicked and event.button() == Qt.MouseButton.LeftButton):
            return False
        self.table.setFocus()
        self._select_row(index.row())
        self.toggle()
        return True
