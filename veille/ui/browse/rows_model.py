"""The list's model: all ids, and blocks of rows as they are painted.

A single-column table with fixed heights resets in milliseconds at 100,000 rows, where a list view
asks for every row's size. The model runs no query of its own: it is given functions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from veille.domain.views import Row
from veille.ui.browse.stories import Stories, stories

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 2
LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 3
_TOLD: Final = (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_BLOCK: Final = 64
_KEPT: Final = 1_536
# Beyond so many places that change at once, a reset costs less.
_RUNS: Final = 48

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[str]], list[Row]]


@dataclass(frozen=True, slots=True)
class Line:
    """How a thing stands in the list.

    Attributes:
        articles: how many tell the same news in this list, itself included.
        sources: how many sources they come from.
        folded: the others are not shown.
        inside: it stands under the first of its story.
        is_read: whether who looks read it; None where that is not told.
        is_new: it arrived since this list was last looked at.
    """

    articles: int = 1
    sources: int = 1
    folded: bool = True
    inside: bool = False
    is_read: bool | None = None
    is_new: bool = False


Describe = Callable[[Row, Line], str]
Read = Callable[[Sequence[str]], set[str]]


def _nothing_read(_ids: Sequence[str]) -> set[str]:
    return set()


class RowsModel(QAbstractTableModel):
    """Ids in order; their rows fetched by blocks and kept while they are near the screen.

    ``read`` gives those of some ids that were read: asked with each block, where marks are shown.
    """

    def __init__(self, fetch: Fetch, describe: Describe, read: Read = _nothing_read) -> None:
        super().__init__()
        self._fetch, self._describe, self._read = fetch, describe, read
        self._stories = Stories()
        self._ids: list[str] = []
        self._rows: OrderedDict[str, Row | None] = OrderedDict()
        self._was_read: set[str] = set()
        self._marked = False
        self._new: AbstractSet[str] = frozenset()

    # --- what is shown -------------------------------------------------------------------------

    def show(
        self,
        ids: Sequence[str] | Stories,
        *,
        marked: bool = False,
        new: AbstractSet[str] = frozenset(),
    ) -> None:
        """Show another list; ``marked``: tell what was read; ``new``: what is said to be new."""
        self.beginResetModel()
        self._stories = ids if isinstance(ids, Stories) else stories(list(ids))
        self._ids = self._stories.visible()
        self._marked, self._new = marked, new
        self._forget()
        self.endResetModel()

    def become(self, wanted: Stories) -> None:
        """Show the list as it is now: what left is taken out, what came is put in its place."""
        new = wanted.visible()
        if not self._step_to(new):
            self.beginResetModel()
            self._stories, self._ids = wanted, new
            self.endResetModel()
            return
        self._stories = wanted
        self.repaint()

    def refresh(self, things: Iterable[str] = ()) -> None:
        """Paint the same list again, from fresh rows: of these things, or of all."""
        self._forget(things)
        self.repaint()

    def repaint(self) -> None:
        """Have what is on the screen painted again."""
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))

    def mark(self, things: Iterable[str], *, read: bool) -> None:
        """Show things as read, or as unread, before that is written."""
        some = set(things)
        self._was_read = self._was_read | some if read else self._was_read - some
        self.repaint()

    def _forget(self, things: Iterable[str] = ()) -> None:
        for one in things:
            self._rows.pop(one, None)
        if not things:
            self._rows.clear()
            self._was_read.clear()

    def _step_to(self, new: list[str]) -> bool:
        """Remove and insert runs of rows; False when the order changed, or too much did."""
        start, end = _same_ends(self._ids, new)
        old, coming = self._ids[start : len(self._ids) - end], new[start : len(new) - end]
        had, wanted = set(old), set(coming)
        if [one for one in old if one in wanted] != [one for one in coming if one in had]:
            return False
        out, into = list(_runs(old, wanted)), list(_runs(coming, had))
        if len(out) + len(into) > _RUNS:
            return False
        for first, last in reversed(out):
            self.beginRemoveRows(QModelIndex(), start + first, start + last)
            del self._ids[start + first : start + last + 1]
            self.endRemoveRows()
        for first, last in into:
            self.beginInsertRows(QModelIndex(), start + first, start + last)
            self._ids[start + first : start + first] = coming[first : last + 1]
            self.endInsertRows()
        return True

    # --- what it holds -------------------------------------------------------------------------

    @property
    def ids(self) -> list[str]:
        """Give the ids shown."""
        return self._ids

    @property
    def stories(self) -> Stories:
        """Give how the list is folded."""
        return self._stories

    def row_of(self, thing: str) -> int:
        """Give where a thing is, -1 when it is not shown."""
        try:
            return self._ids.index(thing)
        except ValueError:
            return -1

    def row_at(self, number: int) -> Row | None:
        """Give one row."""
        if not 0 <= number < len(self._ids):
            return None
        thing = self._ids[number]
        if thing not in self._rows:
            self._load(number // _BLOCK * _BLOCK)
        self._rows.move_to_end(thing)
        return self._rows[thing]

    def line_at(self, number: int) -> Line:
        """Give how a row stands in the list."""
        row, thing = self.row_at(number), self._ids[number]
        behind = self._stories.behind.get(thing, ())
        told = [row, *(self._rows.get(one) for one in behind)]
        marked = self._marked and row is not None and row.state == "inbox"
        return Line(
            articles=len(told),
            sources=len({one.source for one in told if one is not None}),
            folded=thing not in self._stories.opened,
            inside=thing in self._stories.under,
            is_read=thing in self._was_read if marked else None,
            is_new=thing in self._new,
        )

    def _load(self, start: int) -> None:
        """Fetch a block of rows, with what is folded behind them."""
        shown = self._ids[start : start + _BLOCK]
        folded = (other for one in shown for other in self._stories.behind.get(one, ()))
        ids = [one for one in dict.fromkeys((*shown, *folded)) if one not in self._rows]
        found = {one.id: one for one in self._fetch(ids)}
        self._rows.update((one, found.get(one)) for one in ids)
        if self._marked:
            self._was_read |= self._read(ids)
        while len(self._rows) > max(_KEPT, len(ids)):
            self._rows.popitem(last=False)

    # --- Qt ------------------------------------------------------------------------------------

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
        number = index.row()
        if role == ID_ROLE:
            return self._ids[number]
        if role == LINE_ROLE:
            return self.line_at(number)
        return self._told(number, role) if role in _TOLD else None

    def _told(self, number: int, role: int) -> Row | str | None:
        row = self.row_at(number)
        if role == ROW_ROLE or row is None:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return self._describe(row, self.line_at(number))


def _same_ends(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Count what two lists have in common at their beginning, then at their end."""
    least = min(len(one), len(other))
    start = next((at for at in range(least) if one[at] != other[at]), least)
    rest = least - start
    end = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    return start, end


def _runs(ids: Sequence[str], but: set[str]) -> Iterator[tuple[int, int]]:
    """Give the first and last places of each run of what is not among those."""
    first = -1
    for place, one in enumerate(ids):
        if one in but:
            if first >= 0:
                yield first, place - 1
            first = -1
        elif first < 0:
            first = place
    if first >= 0:
        yield first, len(ids) - 1
