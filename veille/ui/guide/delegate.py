"""The lines of the contents: a title; of an answer, the words where it was found below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from veille.ui import theme

BELOW: Final = Qt.ItemDataRole.UserRole
_EDGE, _SIDE, _GAP = 8, 12, 2
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class LineDelegate(QStyledItemDelegate):
    """Draws a line, as high as its words need in the width of the list."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        bar = self._view.verticalScrollBar()
        # Room for it is left at once: words that wrap again when it comes would be cut.
        wide = self._view.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())
        head, below = self._places(index, QRect(0, 0, wide, 0))
        high = (below if below.height() else head).bottom() + 1 + _EDGE
        return QSize(wide, max(high, theme.px(theme.BUTTON)))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        c, state = theme.colours(), option.state
        theme.line_ground(painter, option.rect, state, c)
        head, below = self._places(index, option.rect)
        painter.setPen(QColor(c.text))
        painter.setFont(_head_font(index))
        painter.drawText(head, _WRAP, str(index.data()))
        if below.height():
            painter.setPen(QColor(c.muted))
            painter.setFont(theme.ui_font(theme.SMALL))
            painter.drawText(below, _WRAP, str(index.data(BELOW)))

    def _places(
        self, index: QModelIndex | QPersistentModelIndex, rect: QRect
    ) -> tuple[QRect, QRect]:
        """Give where the head and the words below it stand."""
        room = QRect(rect.left() + _SIDE, rect.top() + _EDGE, rect.width() - _SIDE - _EDGE, 10_000)
        head = QFontMetrics(_head_font(index)).boundingRect(room, _WRAP, str(index.data()))
        words = str(index.data(BELOW) or "")
        if not words:
            return head, QRect()
        room.moveTop(head.bottom() + 1 + _GAP)
        metrics = QFontMetrics(theme.ui_font(theme.SMALL))
        return head, metrics.boundingRect(room, _WRAP, words)


def _head_font(index: QModelIndex | QPersistentModelIndex) -> QFont:
    bold = QFont.Weight.DemiBold if index.data(BELOW) else QFont.Weight.Normal
    return theme.ui_font(weight=bold)
