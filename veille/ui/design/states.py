"""States of a line that is painted by hand: the mouse is on it, it is chosen, it has the keyboard.

None is told by a colour alone: what is chosen has a bar at its left, what has the keyboard a ring.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle

from veille.ui.design.palettes import Colours

RING: Final = 2
BAR: Final = 3


def line_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag, c: Colours) -> None:
    """Paint the ground of a line that goes from edge to edge."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(c.selected))
        painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), QColor(c.accent))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, QColor(c.hover))


def box_ground(
    painter: QPainter, box: QRectF, state: QStyle.StateFlag, c: Colours, *, radius: float
) -> None:
    """Paint the ground of a line that stands in a box of its own: a ring when it has the keys."""
    current = state & QStyle.StateFlag.State_HasFocus
    if not current and not state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setPen(QPen(QColor(c.ring), RING) if current else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.selected if current else c.hover))
    painter.drawRoundedRect(box, radius, radius)
