"""Who has read what of a dossier: those who tell, and oneself, as numbers and as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.dossiers import Parcours
from veille.domain.text import order
from veille.sentences import dossiers
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.dossiers.lines import Shown
from veille.ui.widgets.labels import ElidedLabel
from veille.ui.widgets.pages import scrolled

_CELL, _ROW, _MOST_ROWS = 250, 26, 3
_BAR: Final = 72
# A folder is open to whoever can write in it: more people than a team has are only counted.
_MOST: Final = 48


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is."""

    name: str
    done: int
    of: int


def told(found: Parcours, people: Mapping[str, str], *, me: str) -> list[Progress]:
    """Give how far colleagues who tell are, the furthest first; ``people``: names, by id."""
    of = len(found.common)
    listed = [
        Progress(people.get(person) or _("A colleague"), len(read), of)
        for person, read in found.people.items()
        if person != me
    ]
    return sorted(listed, key=lambda one: (-one.done, order(one.name)))


def finished(people: Sequence[Progress]) -> list[str]:
    """Give the names of those who have read everything."""
    return [one.name for one in people if one.of and one.done >= one.of]


class ReadersPanel(QFrame):
    """Shows how far people are."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dossier_readers")
        self._people: list[Progress] = []
        self._columns = 0
        self._head = QLabel(_("Who has read what"))
        self._head.setFont(theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold))
        self._head.setObjectName("muted")
        self._mine = _Bar()
        self._mine.setObjectName("dossier_mine")
        self._more = QLabel()
        self._more.setObjectName("muted")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(0)
        self._scroll = self._scrolled()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 12, 20, 12)
        layout.setSpacing(4)
        above = QHBoxLayout()
        above.setSpacing(20)
        above.addWidget(self._head)
        above.addStretch(1)
        above.addWidget(self._mine)
        layout.addLayout(above)
        layout.addWidget(self._scroll)
        layout.addWidget(self._more)

    def _scrolled(self) -> QScrollArea:
        held = QWidget()
        held.setLayout(self._grid)
        return scrolled(held)

    def show_progress(self, shown: Shown, *, me: str) -> None:
        """Show how far people are; ``me``: who is at the desk."""
        found = shown.found
        self._mine.tell(dossiers.mine(found), found.read, len(found.steps))
        people = told(found, shown.people, me=me)
        self._people = people[:_MOST]
        self._head.setText(_("Who has read what") if people else _("What you have read"))
        self._more.setText(dossiers.others(len(people) - _MOST))
        self._more.setVisible(len(people) > _MOST)
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, self.width() // _CELL)
        if columns == self._columns:
            return
        self._columns = columns
        _clear(self._grid)
        for number, one in enumerate(self._people):
            self._grid.addWidget(_cell(one), number // columns, number % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        rows = -(-len(self._people) // columns)
        self._scroll.setFixedHeight(theme.px(_ROW) * min(rows, _MOST_ROWS))
        self._scroll.setVisible(bool(self._people))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class _Bar(QWidget):
    """A sentence, and the bar that shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.label = ElidedLabel()
        self.bar = _bar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.label)
        row.addWidget(self.bar)

    def tell(self, text: str, done: int, of: int) -> None:
        self.label.tell(text)
        _fill(self.bar, text, done, of)


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setTextVisible(False)
    made.setFixedSize(theme.px(_BAR), theme.px(6))
    return made


def _fill(bar: QProgressBar, text: str, done: int, of: int) -> None:
    bar.setRange(0, max(of, 1))
    bar.setValue(done)
    bar.setAccessibleName(text)


def _cell(one: Progress) -> QWidget:
    made = QWidget()
    made.setFixedHeight(theme.px(_ROW))
    name, bar, numbers = ElidedLabel(), _bar(), QLabel(dossiers.progress(one.done, one.of))
    name.tell(one.name)
    numbers.setObjectName("muted")
    text = dossiers.reader(one.name, one.done, one.of)
    name.setAccessibleName(text)
    _fill(bar, text, one.done, one.of)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(name, 1)
    row.addWidget(bar)
    row.addWidget(numbers)
    return made


def _clear(grid: QGridLayout) -> None:
    while grid.count():
        taken = grid.takeAt(0)
        cell = taken.widget() if taken is not None else None
        if cell is not None:
            cell.hide()
            cell.deleteLater()
