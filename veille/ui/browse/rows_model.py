"""The list's model: all ids, and blocks of rows as they are painted.

A single-column table with fixed heights resets in milliseconds at 100,000 rows, where a list view
asks for every row's size (DESKTOP, §3). The model runs no query of its own: it is given a function.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from veille.domain.views import Row

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_BLOCK: Final = 64
_KEPT: Final = 24

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[str]], list[Row]]


class RowsModel(QAbstractTableModel):
    """Ids in order; their rows fetched by blocks and kept while they are near the screen."""

    def __init__(self, fetch: Fetch, describe: Callable[[Row], str]) -> None:
        super().__init__()
        self._fetch = fetch
        self._describe = describe
        self._ids: list[str] = []
        self._blocks: OrderedDict[int, dict[str, Row]] = OrderedDict()

    def show(self, ids: Sequence[str]) -> None:
        """Show another list."""
        self.beginResetModel()
        self._ids = list(ids)
        self._blocks.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Paint the same list again, from fresh rows."""
        self._blocks.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))

    @property
    def ids(self) -> list[str]:
        """Give the ids shown."""
        return self._ids

    def row_of(self, thing: str) -> int:
        """Give where a thing is, -1 when it is not in the list."""
        try:
            return self._ids.index(thing)
        except ValueError:
            return -1

    def row_at(self, number: int) -> Row | None:
        """Give one row."""
        if not 0 <= number < len(self._ids):
            return None
        block = number // _BLOCK
        rows = self._blocks.get(block)
        if rows is None:
            ids = self._ids[block * _BLOCK : (block + 1) * _BLOCK]
            rows = {one.id: one for one in self._fetch(ids)}
            self._blocks[block] = rows
            while len(self._blocks) > _KEPT:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(block)
        return rows.get(self._ids[number])

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        wanted = {
            ROW_ROLE,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }
        if role not in wanted:
            return None
        row = self.row_at(index.row())
        if role == ROW_ROLE or row is None:
            return row
        return row.title if role == Qt.ItemDataRole.DisplayRole else self._describe(row)
