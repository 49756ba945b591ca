"""The lines of a page as Qt asks for them, and which quotes are selected."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from veille.sentences import saying
from veille.sentences.catalogue import n_
from veille.ui.saying.lines import Line
from veille.ui.widgets.lines_model import LINE_ROLE, Index, LinesModel

CHECKED_ROLE: Final = LINE_ROLE + 1


class SaidModel(LinesModel[Line]):
    """Shows the lines it is given. Heads cannot be current; silences can, and are read aloud.

    Signals:
        checked_changed(): other quotes are selected.
    """

    checked_changed = Signal()

    def __init__(self) -> None:
        # One set for good: what is said of a line looks into it.
        checked: set[str] = set()
        super().__init__(lambda line: _spoken(line, checked))
        self._checked = checked

    # --- what is shown -------------------------------------------------------------------------

    @override
    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines; what is selected and still there stays selected."""
        self._checked &= {line.item.row.id for line in lines if line.item is not None}
        super().show(lines)
        self.checked_changed.emit()

    @property
    def ids(self) -> list[str]:
        """Give the quotes, in the order shown."""
        return [line.item.row.id for line in self._lines if line.item is not None]

    def id_at(self, number: int) -> str:
        """Give the quote of a line, "" when it is none."""
        line = self.line_at(number)
        return line.item.row.id if line is not None and line.item is not None else ""

    def row_of(self, quoted: str) -> int:
        """Give the line of a quote, -1 when it is not shown."""
        return self.place_of(lambda line: line.item and line.item.row.id == quoted)

    def first_quote(self) -> int:
        """Give the line of the first quote, -1 when there is none."""
        return self.place_of(lambda line: line.item is not None)

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
        self._checked.clear()
        self._checked.update(self.ids if checked else ())
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))
        self.checked_changed.emit()

    # --- Qt ------------------------------------------------------------------------------------

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None or line.title:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == CHECKED_ROLE and index.isValid():
            return self.id_at(index.row()) in self._checked
        return super().data(index, role)


def _spoken(line: Line, checked: Container[str]) -> str:
    """Say a line to a screen reader."""
    if line.item is not None:
        return saying.described(line.item, checked=line.item.row.id in checked)
    if line.silences:
        return ". ".join(saying.silence(one) for one in line.silences)
    return ", ".join((line.title, n_("{n} quote", "{n} quotes", line.count)))
