"""The lines of a dossier as Qt asks for them; members can be dragged, what a search finds cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, Qt
from typing_extensions import override

from veille.desk.dossiers import LIVE
from veille.domain.views import Row
from veille.sentences import dossiers
from veille.ui.dossiers.lines import Line
from veille.ui.widgets.lines_model import Index, LinesModel

MIME: Final = "application/x-veille-members"


class MembersModel(LinesModel[Line]):
    """Shows the lines it is given."""

    def __init__(self) -> None:
        super().__init__(_spoken)

    @property
    def members(self) -> list[str]:
        """Give the ids of the members, in their order."""
        return [line.step.row.id for line in self._lines if line.step and line.place]

    def id_at(self, number: int) -> str:
        """Give the thing of a line, "" for a head."""
        line = self.line_at(number)
        return line.step.row.id if line is not None and line.step is not None else ""

    def row_of(self, thing: str) -> int:
        """Give the line of a thing, -1 when it is not shown."""
        return self.place_of(lambda line: line.step and line.step.row.id == thing)

    def rows(self, things: Sequence[str]) -> list[Row]:
        """Give what some lines show, in the order shown."""
        wanted = set(things)
        steps = [line.step for line in self._lines if line.step is not None]
        return [one.row for one in steps if one.row.id in wanted]

    # --- Qt ------------------------------------------------------------------------------------

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


def _spoken(line: Line) -> str:
    if line.step is None:
        return line.head
    return dossiers.spoken(line.step, line.detail, place=line.place)
