"""A list of lines as Qt asks for them: each is a value that a delegate paints, and is spoken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_SPOKEN: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)

Index = QModelIndex | QPersistentModelIndex
L = TypeVar("L")


class LinesModel(QAbstractListModel, Generic[L]):
    """Shows the lines it is given."""

    def __init__(self, spoken: Callable[[L], str]) -> None:
        """Make a model without lines; ``spoken`` gives what a screen reader says of one."""
        super().__init__()
        self._lines: list[L] = []
        self._spoken = spoken

    def show(self, lines: Sequence[L]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    @property
    def lines(self) -> Sequence[L]:
        """Give the lines shown."""
        return self._lines

    def line_at(self, number: int) -> L | None:
        """Give one line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def place_of(self, wanted: Callable[[L], object]) -> int:
        """Give the place of the first line that is wanted, -1 when none is."""
        return next((place for place, line in enumerate(self._lines) if wanted(line)), -1)

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
        return self._spoken(line) if role in _SPOKEN else None
