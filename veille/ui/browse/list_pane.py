"""The list: its head, its rows, what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from veille.domain.text import clip
from veille.domain.views import Row
from veille.sentences.catalogue import number
from veille.ui import theme
from veille.ui.browse.row_delegate import HEIGHT, Extract, RowDelegate
from veille.ui.browse.rows_model import Fetch, RowsModel
from veille.ui.widgets.empty_state import EmptyState

_TITLE: Final = 34


def _no_extract(_thing: str) -> Extract | None:
    return None


class ListPane(QWidget):
    """Shows ids; says which one is current.

    Signals:
        current_changed(str): the id of the current thing, "" for none.
        opened(str): Return or double click on a thing.
        empty_action_requested(): the button of the empty state.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    empty_action_requested = Signal()

    def __init__(
        self, fetch: Fetch, describe: Callable[[Row], str], now: Callable[[], int]
    ) -> None:
        super().__init__()
        self._extracts: Callable[[str], Extract | None] = _no_extract
        self.model = RowsModel(fetch, describe)
        self.delegate = RowDelegate(self._extract, now, icons=False)
        self.delegate.articles = lambda thing: next(iter(fetch([thing])), None) if thing else None
        self.table = self._table()
        self._title, self._count = QLabel(), QLabel()
        self._count.setObjectName("muted")
        self.empty = EmptyState()
        self.empty.setObjectName("blank")
        self.empty.action_requested.connect(self.empty_action_requested)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._foot = QLabel()
        self._foot.setObjectName("foot")
        self._foot.setWordWrap(True)
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.hide()
        layout.addWidget(self._head())
        layout.addLayout(self._stack, 1)
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
        table.verticalHeader().setDefaultSectionSize(HEIGHT)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.selectionModel().currentChanged.connect(self._on_current_changed)
        table.activated.connect(self._on_activated)
        return table

    def _head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("paneHead")
        self._title.setFont(theme.ui_font(1.2, weight=QFont.Weight.DemiBold))
        layout = QHBoxLayout(head)
        layout.setContentsMargins(18, 12, 18, 12)
        # A long title does not widen the list: the whole of it is in its hint.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._count)
        return head

    def put_below_head(self, widget: QWidget) -> None:
        """Put something between the title and the list."""
        self._layout.insertWidget(1, widget)

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
        rows = sorted(one.row() for one in self.table.selectionModel().selectedRows())
        return [self.model.ids[row] for row in rows if row < len(self.model.ids)]

    def show_list(  # noqa: PLR0913 - how a list is shown, given by name
        self,
        title: str,
        ids: Sequence[str],
        *,
        extracts: Callable[[str], Extract | None] | None = None,
        icons: bool = False,
        keep: bool = False,
        select: bool = True,
        count: str = "",
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
        """
        current, place = self.current, self.table.currentIndex().row()
        scroll = self.table.verticalScrollBar().value()
        self._extracts = extracts or _no_extract
        self.delegate.show_icons = icons
        self._title.setText(clip(title, length=_TITLE))
        self._title.setToolTip(title)
        self.table.setAccessibleName(title)
        self._count.setText(count or number(len(ids)))
        self.model.show(ids)
        self._stack.setCurrentWidget(self.table if ids else self.empty)
        if keep:
            self.table.verticalScrollBar().setValue(scroll)
            if not self.select(current):
                self._select_row(min(max(place, 0), len(ids) - 1))
        elif select:
            self._select_row(0)
        if not ids:
            self.current_changed.emit("")

    def select(self, thing: str) -> bool:
        """Make a thing current. False when it is not in the list."""
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
        if current.isValid():
            self.current_changed.emit(self.model.ids[current.row()])

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.ids[index.row()])
