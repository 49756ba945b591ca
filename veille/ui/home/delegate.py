"""Draws the lines of what is new: each group is a card, its head and its lines are pieces of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from veille.sentences import homing
from veille.ui import theme
from veille.ui.home import looks
from veille.ui.home.lines import HEAD, MORE, ROW, Line
from veille.ui.widgets.lines_model import LINE_ROLE, Index

_GAP: Final = 14
_HEIGHTS: Final = {HEAD: 46, ROW: 52, MORE: 40}
_RADIUS: Final = 12
_PAD: Final = 16
_TEXT: Final = 56
_ICON: Final = 18
_AVATAR: Final = 26


class NewsDelegate(QStyledItemDelegate):
    """Draws lines."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        return QSize(theme.px(200), height(line, index.row()) if isinstance(line, Line) else 0)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        state: QStyle.StateFlag = option.state
        with theme.units(painter, option.rect) as rect:
            inner = rect.adjusted(0, _above(line, index.row()), 0, 0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(rect)
            _card(painter, inner, line)
            _ground(painter, inner, line, state)
            {HEAD: _head, ROW: _row, MORE: _more}[line.kind](painter, inner, line)


def height(line: Line, number: int) -> int:
    """Give the height of a line by its place; the room between two groups is of the lower head."""
    return theme.px(_HEIGHTS[line.kind] + _above(line, number))


def _above(line: Line, number: int) -> int:
    return _GAP if line.kind == HEAD and number else 0


def _card(painter: QPainter, rect: QRect, line: Line) -> None:
    """Draw the piece of the card that a line stands on; what is beyond it is clipped."""
    c = theme.colours()
    above, below = 0 if line.is_first else _RADIUS + 1, 0 if line.is_last else _RADIUS + 1
    box = QRectF(rect).adjusted(0.5, 0.5 - above, -0.5, below - 0.5)
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(QColor(c.line), 1))
    painter.setBrush(QColor(c.base))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    painter.restore()


def _ground(painter: QPainter, rect: QRect, line: Line, state: QStyle.StateFlag) -> None:
    """Show what is current and what the mouse is on."""
    box = QRectF(rect).adjusted(6, 4 if line.is_first else 2, -6, -4 if line.is_last else -2)
    theme.box_ground(painter, box, state, theme.colours(), radius=8)


def _head(painter: QPainter, rect: QRect, line: Line) -> None:
    """Write the name of a group, and how many things it has."""
    c = theme.colours()
    _mark(painter, rect, line)
    font = theme.ui_font(theme.LEAD, weight=QFont.Weight.DemiBold)
    left = float(rect.left() + _TEXT)
    room = rect.width() - _TEXT - 170
    title = QFontMetricsF(font).elidedText(line.title, Qt.TextElideMode.ElideRight, room)
    left += _write(painter, QPointF(left, _middle(rect, font)), title, font, c.text)
    small = theme.ui_font(theme.SMALL)
    told = f"\u2002—\u2002{homing.how_many(line.count)}"
    _write(painter, QPointF(left, _middle(rect, font)), told, small, c.muted)
    _picture(
        painter, "chevron-down" if line.is_open else "chevron-right", c.muted,
        QPointF(rect.right() - _PAD - 16, rect.center().y() - 7), 16,
    )  # fmt: skip


def _mark(painter: QPainter, rect: QRect, line: Line) -> None:
    """Draw the initial of a colleague, or a folder."""
    c = theme.colours()
    at = QPointF(rect.left() + _PAD, rect.center().y() + 0.5 - _AVATAR / 2)
    if not line.group.startswith(("p-", "post-")):
        picture = "folder-open" if line.group else "inbox"
        _picture(painter, picture, c.accent, at + QPointF(3, 3), 20)
        return
    box = QRectF(at.x(), at.y(), _AVATAR, _AVATAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.selected))
    painter.drawEllipse(box)
    painter.setPen(QColor(c.accent))
    painter.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line.title[:1].upper())


def _row(painter: QPainter, rect: QRect, line: Line) -> None:
    """Write a thing, when it was acted upon, then what was done and where it is filed."""
    c = theme.colours()
    deleted = line.news is not None and bool(line.news.row.hidden)
    name = looks.kind(line.news.row.kind if line.news else "", deleted=deleted)
    _picture(painter, name, c.muted, QPointF(rect.left() + _PAD + 4, rect.top() + 9), _ICON)
    left, right = float(rect.left() + _TEXT), float(rect.right() - _PAD)
    small = theme.ui_font(theme.SMALL)
    used = QFontMetricsF(small).horizontalAdvance(line.when)
    top = rect.top() + 8.0
    font = theme.ui_font(theme.BODY, weight=QFont.Weight.Medium)
    font.setStrikeOut(deleted)
    metrics = QFontMetricsF(font)
    title = line.title.replace("\n", " ")
    title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, right - left - used - 20)
    base = top + metrics.ascent()
    _write(painter, QPointF(left, base), title, font, c.muted if deleted else c.text)
    _write(painter, QPointF(right - used, base), line.when, small, c.muted)
    _below(painter, QPointF(left, top + metrics.height() + 3), right, line)


def _below(painter: QPainter, at: QPointF, right: float, line: Line) -> None:
    """Write what was done, what it is about, the dossiers; what is about gives way first."""
    c, small = theme.colours(), theme.ui_font(theme.SMALL)
    metrics = QFontMetricsF(small)
    base = at.y() + metrics.ascent()
    left = at.x() + _write(painter, QPointF(at.x(), base), line.detail, small, c.quieter)
    held = metrics.elidedText(line.held, Qt.TextElideMode.ElideRight, (right - left) * 0.6)
    kept = metrics.horizontalAdvance(held) + 44 if held else 0.0
    if line.quiet:
        room = max(right - left - kept, 0.0)
        about = metrics.elidedText(f"  ·  {line.quiet}", Qt.TextElideMode.ElideRight, room)
        left += _write(painter, QPointF(left, base), about, small, c.muted)
    if held:
        left += _write(painter, QPointF(left, base), "  ·  ", small, c.muted)
        _picture(painter, "folder", c.muted, QPointF(left, at.y() + 2), 13)
        _write(painter, QPointF(left + 18, base), held, small, c.muted)


def _more(painter: QPainter, rect: QRect, line: Line) -> None:
    """Say how many lines are folded here."""
    c, font = theme.colours(), theme.ui_font(theme.SMALL)
    at = QPointF(rect.left() + _TEXT, _middle(rect, font))
    _picture(
        painter, "chevron-down", c.accent,
        QPointF(rect.left() + _PAD + 5, rect.center().y() - 7), 16,
    )  # fmt: skip
    _write(painter, at, line.title, font, c.accent)


def _write(painter: QPainter, at: QPointF, text: str, font: QFont, colour: str) -> float:
    """Write on a base line; returns the width used."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(at, text)
    return QFontMetricsF(font).horizontalAdvance(text)


def _middle(rect: QRect, font: QFont) -> float:
    """Give the base line of a text that stands in the middle."""
    metrics = QFontMetricsF(font)
    return rect.center().y() + 0.5 + (metrics.ascent() - metrics.descent()) / 2


def _picture(painter: QPainter, name: str, colour: str, at: QPointF, size: int) -> None:
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(at, theme.pixmap(name, colour, size, ratio))
