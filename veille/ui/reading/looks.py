"""How texts that are read look: width of the column, size, letters, paper. Chosen once, kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from veille.sentences.catalogue import _, labelled
from veille.ui import theme

COLUMNS: Final = {"narrow": 560, "medium": 680, "wide": 840}
SIZES: Final = (10.5, 11.5, 12.5, 14.0, 16.0, 18.5, 21.0)
_USUAL: Final = 2
LETTERS: Final = ("serif", "sans")


@dataclass(frozen=True, slots=True)
class Looks:
    """The choices of a person.

    Attributes:
        width: a name of COLUMNS; the column grows with the letters.
        size: a step of SIZES.
        letters: "serif" or "sans".
        paper: a name of theme.PAPERS.
    """

    width: str = "medium"
    size: int = _USUAL
    letters: str = "serif"
    paper: str = "window"

    @property
    def points(self) -> float:
        """Give the size of letters, in points."""
        return SIZES[self.size]

    def column(self) -> int:
        """Give how wide the column is at most, in pixels: as many letters whatever their size."""
        return theme.px(COLUMNS[self.width] * self.points / SIZES[_USUAL])

    def font(self) -> QFont:
        """Give the font of texts."""
        if self.letters == "serif":
            return theme.reading_font(self.points)
        font = theme.ui_font()
        font.setPointSizeF(theme.points(self.points * 0.94))
        return font

    def bigger(self, by: int) -> Looks:
        """Give the next size, the usual one for 0."""
        size = min(max(self.size + by, 0), len(SIZES) - 1) if by else _USUAL
        return replace(self, size=size)

    def written(self) -> str:
        """Write the choices down in a word."""
        return f"{self.width} {self.size} {self.letters} {self.paper}"


LOOKS: Final = Looks()


def read(written: str) -> Looks:
    """Read the choices back; what makes no sense is as it is at first."""
    width, size, letters, paper = (*written.split(), "", "", "", "")[:4]
    return Looks(
        width if width in COLUMNS else LOOKS.width,
        int(size) if size.isdecimal() and int(size) < len(SIZES) else LOOKS.size,
        letters if letters in LETTERS else LOOKS.letters,
        paper if paper in theme.PAPERS else LOOKS.paper,
    )


class LooksPanel(QFrame):
    """Chooses looks; each choice is seen at once.

    Signals:
        chosen(Looks): another choice.
        closed(): the text has the word again.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._looks = LOOKS
        self._groups: list[tuple[QButtonGroup, Callable[[Looks], str], Sequence[str]]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 12, 20, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        self._row(grid, _("Column"), "width", {
            "narrow": _("Narrow"), "medium": _("Medium"), "wide": _("Wide"),
        })  # fmt: skip
        self._row(grid, _("Letters"), "letters", {"serif": _("Serif"), "sans": _("Sans serif")})
        self._row(grid, _("Paper"), "paper", {
            "window": _("As the window"), "light": _("Light"), "sepia": _("Sepia"),
            "dark": _("Dark"),
        })  # fmt: skip
        sizes = QHBoxLayout()
        for label, told, by in (("A−", _("Smaller text"), -1), ("A", _("Usual text size"), 0),
                                ("A+", _("Larger text"), 1)):  # fmt: skip
            button = QPushButton(label)
            button.setObjectName("segment")
            button.setAccessibleName(told)
            button.setToolTip(told)
            button.clicked.connect(lambda _on=False, by=by: self._choose(self._looks.bigger(by)))
            sizes.addWidget(button)
        sizes.addStretch(1)
        row = grid.rowCount()
        grid.addWidget(_label(_("Size")), row, 0)
        grid.addLayout(sizes, row, 1)
        self.hide()

    def _row(self, grid: QGridLayout, told: str, field: str, choices: dict[str, str]) -> None:
        line, group = QHBoxLayout(), QButtonGroup(self)
        for number, (name, label) in enumerate(choices.items()):
            button = QPushButton(label)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setAccessibleName(labelled(told, label))
            button.clicked.connect(
                lambda _on=False, name=name: self._choose(replace(self._looks, **{field: name}))
            )
            group.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        row = grid.rowCount()
        grid.addWidget(_label(told), row, 0)
        grid.addLayout(line, row, 1)
        self._groups.append((group, lambda looks: str(getattr(looks, field)), tuple(choices)))

    def open(self, looks: Looks) -> None:
        """Show the choices in force, at the top right of what is read."""
        self._tell(looks)
        self.adjustSize()
        parent = self.parentWidget()
        room = parent.width() if parent is not None else 0
        self.move(max(room - self.width() - 28, 8), 12)
        self.show()
        self.raise_()
        group, value, names = self._groups[0]
        group.button(names.index(value(looks))).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, looks: Looks) -> None:
        self._tell(looks)
        self.chosen.emit(looks)

    def _tell(self, looks: Looks) -> None:
        self._looks = looks
        for group, value, names in self._groups:
            group.button(names.index(value(looks))).setChecked(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    return label
