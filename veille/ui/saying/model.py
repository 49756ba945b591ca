"""The lines of a page as Qt asks for them, and which quotes are selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from veille.sentences import saying
from veille.sentences.catalogue import n_
from veille.ui.saying.lines import Line

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
CHECKED_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_SPOKEN: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)

Index = QModelIndex | QPersistentModelIndex


class SaidModel(QAbstractListModel):
    """Shows the lines it is given. Heads cannot be current; silences can, and are read aloud.

    Signals:
        checked_changed(): other quotes are selected.
    """

    checked_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._checked: set[str] = set()

    # --- what is shown -------------------------------------------------------------------------

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines; what is selected and still there stays selected."""
        self.beginResetModel()
        self._lines = list(lines)
        self._checked &= set(self.ids)
        self.endResetModel()
        self.checked_changed.emit()

    @property
    def ids(self) -> list[str]:
        """Give the quotes, in the order shown."""
        return [line.item.row.id for line in self._lines if line.item is not None]

    def line_at(self, number: int) -> Line | None:
        """Give one line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def id_at(self, number: int) -> str:
        """Give the quote of a line, "" when it is none."""
        line = self.line_at(number)
        return line.item.row.id if line is not None and line.item is not None else ""

    def row_of(self, quoted: str) -> int:
        """Give the line of a quote, -1 when it is not shown."""
        found = (
            n for n, line in enumerate(self._lines) if line.item and line.item.row.id == quoted
        )
        return next(found, -1)

    def first_quote(self) -> int:
        """Give the line of the first quote, -1 when there is none."""
        return next((n for n, line in enumerate(self._lines) if line.item is not None), -1)

    # --- what is selected ----------------------------------------------------------------------

    @property
    def checked(self) -> list[str]:
        """Give the quotes selected, in the order shown."""
        return [one for one in self.ids if one in self._checked]

    def toggle(self, number: int) -> None:
        """Select a quote, or let it go."""
        if quoted := self.id_at(number):
            self._checked ^= {quoted}
            index = self.index(number)
            self.dataChanged.emit(index, index)
            self.checked_changed.emit()

    def check_all(self, *, checked: bool = True) -> None:
        """Select every quote, or none."""
        self._checked = set(self.ids) if checked else set()
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))
        self.checked_changed.emit()

    # --- Qt ------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None or line.title:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        checked = line.item is not None and line.item.row.id in self._checked
        if role == CHECKED_ROLE:
            return checked
        return _spoken(line, checked=checked) if role in _SPOKEN else None


def _spoken(line: Line, *, checked: bool) -> str:
    """Say a line to a screen reader."""
    if line.item is not None:
        return saying.described(line.item, checked=checked)
    if line.silences:
        return ". ".join(saying.silence(one) for one in line.silences)
    return ", ".join((line.title, n_("{n} quote", "{n} quotes", line.count)))
