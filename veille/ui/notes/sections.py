"""A part of a panel: a heading with a count, that folds what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from veille.sentences import linking
from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.notes.lines import SIDE, Line, Lines

# Of a long list, what is laid out before somebody asks for the rest.
FIRST: Final = 30
# A heading is cut rather than the panel made wider than its room.
_NARROW: Final = 110


class Section(QWidget):
    """A heading with a count; what stands under it is folded when there is nothing.

    Beside it: ``beside``. Under it: lines, of which the first are laid out until somebody asks for
    all, and ``after``.
    """

    def __init__(
        self,
        name: str,
        lines: Lines,
        *,
        beside: QWidget | None = None,
        after: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._name, self._count = name, -1
        self._folded = False
        self._shown: Sequence[Line] = ()
        self.lines = lines
        lines.setAccessibleName(linking.HEADINGS[name]())
        self._all = QPushButton()
        self._all.setObjectName("quiet")
        self._all.clicked.connect(self._on_all_clicked)
        self.head = QToolButton()
        self.head.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.head.setObjectName(f"around_{name}")
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.setMinimumWidth(theme.px(_NARROW))
        self.head.setFont(theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold))
        self._told = QLabel()
        self._told.setObjectName("muted")
        self._told.setFont(theme.ui_font(theme.SMALL))
        self._empty = QLabel(linking.EMPTY[name]())
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setContentsMargins(SIDE, 2, SIDE, 6)
        self.body = QWidget()
        self._build(beside, [one for one in (self._empty, lines, self._all, after) if one])
        self.head.toggled.connect(self._on_toggled)
        self.head.clicked.connect(self._on_clicked)
        self.show_lines(())
        self.dress()

    def _build(self, beside: QWidget | None, body: Sequence[QWidget]) -> None:
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 6)
        inside.setSpacing(2)
        for one in body:
            inside.addWidget(one)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, SIDE, 0)
        row.setSpacing(4)
        row.addWidget(self.head, 1)
        if beside is not None:
            row.addWidget(beside)
        row.addWidget(self._told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.body)

    def show_lines(self, lines: Sequence[Line], *, count: int = -1) -> None:
        """Show lines, and how many there are; ``count`` when there is something else to count."""
        self._shown = lines
        self.lines.show_lines(lines[:FIRST])
        self.lines.setVisible(bool(lines))
        self._all.setVisible(len(lines) > FIRST)
        self._all.setText(_("Show all {n}").format(n=number(len(lines))))
        self._tell(len(lines) if count < 0 else count)

    def _tell(self, count: int) -> None:
        """Say how much there is; a section that has something opens, unless it was folded."""
        was, self._count = self._count, count
        heading = linking.HEADINGS[self._name]()
        self.head.setText(heading)
        self._told.setText(number(count) if count else "")
        self._empty.setVisible(count == 0)
        self.head.setAccessibleName(
            _("{heading}: {count}").format(heading=heading, count=linking.counted(count))
        )
        if (was > 0) != (count > 0) or was < 0:
            self.head.setChecked(count > 0 and not self._folded)
        self._on_toggled(self.head.isChecked())

    def dress(self) -> None:
        """Put the colours in force on."""
        c = theme.colours()
        self.head.setStyleSheet(
            f"QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 5px 4px;"
            f" background: transparent; color: {c.text}; text-align: left; }}"
            f"QToolButton:hover {{ background: {c.hover}; }}"
            f"QToolButton:focus {{ border: 2px solid {c.ring}; padding: 4px 3px; }}"
        )
        self._on_toggled(self.head.isChecked())

    def _on_clicked(self, opened: bool) -> None:
        if self._count:
            self._folded = not opened

    def _on_toggled(self, opened: bool) -> None:
        self.body.setVisible(opened)
        chevron = "chevron-down" if opened else "chevron-right"
        self.head.setIcon(theme.icon(chevron, theme.colours().muted))
        self.head.setAccessibleDescription(_("unfolded") if opened else _("folded"))

    def _on_all_clicked(self) -> None:
        self.lines.show_lines(self._shown)
        self._all.hide()
        self.lines.setFocus()
