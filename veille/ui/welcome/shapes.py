"""The few shapes that the steps are made of: how far one is, a head, an answer, a card."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.widgets.option import Option

_BAR: Final = 28
_THICK: Final = 4
_GAP: Final = 6


class Progress(QWidget):
    """As many short bars as there are steps; those that were reached are coloured."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._steps, self._at = steps, 0
        self.setFixedSize(theme.px(steps * (_BAR + _GAP)), theme.px(_THICK * 2))
        self.reach(0)

    def reach(self, step: int, title: str = "") -> None:
        """Show that a step, counted from 0, was reached; ``title`` says which one."""
        self._at = step
        self.setAccessibleName(
            _("Step {n} of {all}").format(n=number(step + 1), all=number(self._steps))
        )
        self.setAccessibleDescription(title)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        c = theme.colours()
        for step in range(self._steps):
            painter.setBrush(QColor(c.accent if step <= self._at else c.line))
            left = theme.px(step * (_BAR + _GAP))
            bar = QRectF(left, theme.px(_THICK) / 2, theme.px(_BAR), theme.px(_THICK))
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)


class Answer(QFrame):
    """One of two answers: what it is, and what it means."""

    chosen = Signal()

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.button = Option(title)
        self.button.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
        self.button.setAccessibleDescription(text)
        self.button.toggled.connect(self._on_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(self.button)
        told = muted(text)
        told.setContentsMargins(theme.px(20), 0, 0, 0)
        layout.addWidget(told)

    def _on_toggled(self, checked: bool) -> None:
        if checked:
            self.chosen.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.button.setFocus()
        self.button.setChecked(True)


def muted(text: str = "") -> QLabel:
    """Make a line that explains."""
    label = QLabel(text)
    label.setObjectName("muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def head(layout: QVBoxLayout, title: str, text: str) -> None:
    """Put the head of a step: its title, and what it is about."""
    told = QLabel(title)
    told.setFont(theme.ui_font(theme.DISPLAY, weight=QFont.Weight.DemiBold))
    told.setWordWrap(True)
    layout.addWidget(told)
    layout.addWidget(muted(text))
    layout.addSpacing(8)


def card(icon: str, title: str, text: str) -> tuple[QFrame, QHBoxLayout, QVBoxLayout]:
    """Make a card with a picture, a title and a text; gives its row, and the column of its words."""
    made = QFrame()
    made.setObjectName("card")
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 12, 12, 12)
    row.setSpacing(16)
    picture = QLabel()
    c = theme.colours()
    picture.setPixmap(theme.pixmap(icon, c.accent, 22, made.devicePixelRatioF()))
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(4)
    named = QLabel(title)
    named.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
    words.addWidget(named)
    words.addWidget(muted(text))
    row.addLayout(words, 1)
    return made, row, words
