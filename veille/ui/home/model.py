"""The lines of what is new as Qt asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from veille.ui.home.lines import HEAD, Line

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_SPOKEN: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)

Index = QModelIndex | QPersistentModelIndex


class NewsModel(QAbstractListModel):
    """Shows the lines it is given."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    @property
    def lines(self) -> Sequence[Line]:
        """Give the lines shown."""
        return self._lines

    def line_at(self, number: int) -> Line | None:
        """Give one line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def row_of(self, key: str) -> int:
        """Give the place of a line, -1 when it is not shown."""
        return next((n for n, line in enumerate(self._lines) if line.key == key), -1)

    def head_of(self, group: str) -> int:
        """Give the place of the head of a group, -1 when it is not shown."""
        found = (
            n for n, line in enumerate(self._lines) if line.kind == HEAD and line.group == group
        )
        return next(found, -1)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        return line.spoken if role in _SPOKEN else None
