"""The lines of a dossier as Qt asks for them; members can be dragged, what a search finds cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from veille.desk.dossiers import LIVE
from veille.domain.views import Row
from veille.sentences import dossiers
from veille.ui.dossiers.lines import Line

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
MIME: Final = "application/x-veille-members"
_SPOKEN: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)

Index = QModelIndex | QPersistentModelIndex


class MembersModel(QAbstractListModel):
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
    def members(self) -> list[str]:
        """Give the ids of the members, in their order."""
        return [line.step.row.id for line in self._lines if line.step and line.place]

    def line_at(self, number: int) -> Line | None:
        """Give one line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def id_at(self, number: int) -> str:
        """Give the thing of a line, "" for a head."""
        line = self.line_at(number)
        return line.step.row.id if line is not None and line.step is not None else ""

    def row_of(self, thing: str) -> int:
        """Give the line of a thing, -1 when it is not shown."""
        return next((n for n in range(len(self._lines)) if thing and self.id_at(n) == thing), -1)

    def rows(self, things: Sequence[str]) -> list[Row]:
        """Give what some lines show, in the order shown."""
        wanted = set(things)
        steps = [line.step for line in self._lines if line.step is not None]
        return [one.row for one in steps if one.row.id in wanted]

    # --- Qt ------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            # Between lines is where something can be dropped.
            return Qt.ItemFlag.ItemIsDropEnabled
        if line.step is None:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if line.step.part == LIVE else usual | Qt.ItemFlag.ItemIsDragEnabled

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role not in _SPOKEN:
            return None
        return dossiers.spoken(line.step, line.detail, place=line.place) if line.step else line.head

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME]

    @override
    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        rows = sorted(one.row() for one in indexes)
        things = [self.id_at(row) for row in rows if self.id_at(row)]
        mime = QMimeData()
        mime.setData(MIME, "\n".join(things).encode())
        return mime
