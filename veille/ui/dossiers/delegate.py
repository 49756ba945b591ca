"""How a line of a dossier is painted: its place, its kind, its words, and a tick once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from veille.desk.dossiers import Step
from veille.sentences import dossiers, marking
from veille.sentences.catalogue import number
from veille.ui import theme
from veille.ui.dossiers.lines import Line
from veille.ui.widgets.lines_model import LINE_ROLE, Index

SIDE: Final = 28
_NUMBER, _ICON, _TICK = 26, 16, 18
_TOP, _GAP, _HEAD = 11, 2, 44
_ICONS: Final = {"note": "notebook-text", "dossier": "folder", "annotation": "message-square-text",
                 "quote": "text-quote", "article": "newspaper"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand across a line (pixels)."""

    number: int
    icon: int
    text: int
    width: int
    tick: int


def _places(rect: QRect) -> _Places:
    icon = rect.left() + SIDE + _NUMBER + 12
    text = icon + _ICON + 12
    tick = rect.right() - SIDE - _TICK + 1
    return _Places(rect.left() + SIDE, icon, text, tick - 16 - text, tick)


class MembersDelegate(QStyledItemDelegate):
    """Paints lines."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line) or line.step is None:
            return QSize(theme.px(200), theme.px(_HEAD))
        with theme.measuring():
            small = QFontMetricsF(_small()).height()
            words = small + _GAP if line.step.row.lead else 0
            high = 2 * _TOP + _bold_metrics().height() + _GAP + small + words
        return QSize(theme.px(200), theme.px(high))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        with theme.units(painter, option.rect) as rect:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if line.step is None:
                _head(painter, rect, line.head)
                return
            _ground(painter, rect, option)
            places = _places(rect)
            _margin(painter, rect, places, line, line.step)
            _words(painter, rect, places, line, line.step)


def _small() -> QFont:
    return theme.ui_font(theme.SMALL)


def _bold() -> QFont:
    return theme.ui_font(theme.LEAD, weight=QFont.Weight.DemiBold)


def _bold_metrics() -> QFontMetricsF:
    return QFontMetricsF(_bold())


def _ground(painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
    c = theme.colours()
    theme.line_ground(painter, rect, option.state, c)
    left = _places(rect).text
    line = QRect(left, rect.bottom(), rect.right() - SIDE - left + 1, 1)
    painter.fillRect(line, QColor(c.line))


def _margin(painter: QPainter, rect: QRect, places: _Places, line: Line, step: Step) -> None:
    """Draw the place and the kind on the left, the tick of what was read on the right."""
    c, ratio = theme.colours(), painter.device().devicePixelRatio()
    height = _bold_metrics().height()
    top = rect.top() + _TOP
    if line.place:
        painter.setFont(_small())
        painter.setPen(QColor(c.muted))
        box = QRectF(places.number, top, _NUMBER, height)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, number(line.place))
    at = QPointF(places.icon, top + (height - _ICON) / 2)
    picture = theme.pixmap(_ICONS.get(step.row.kind, "file-text"), c.muted, _ICON, ratio)
    painter.drawPixmap(at, picture)
    if step.read:
        at = QPointF(places.tick, rect.center().y() - _TICK / 2)
        painter.drawPixmap(at, theme.pixmap("circle-check", c.accent, _TICK, ratio))


def _words(painter: QPainter, rect: QRect, places: _Places, line: Line, step: Step) -> None:
    c, small = theme.colours(), _small()
    top = float(rect.top() + _TOP)
    top = _line(painter, places, top, dossiers.title(step.row), font=_bold(), colour=c.text)
    top = _line(painter, places, top, line.detail, font=small, colour=c.muted)
    if step.row.lead:
        _line(painter, places, top, marking.lead(step.row), font=small, colour=c.text)


def _line(
    painter: QPainter, places: _Places, top: float, text: str, *, font: QFont, colour: str
) -> float:
    """Draw one line of text, cut where there is no room; returns where the next one begins."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = metrics.elidedText(
        text.replace("\n", " "), Qt.TextElideMode.ElideRight, float(places.width)
    )
    painter.drawText(QPointF(places.text, top + metrics.ascent()), shown)
    return top + metrics.height() + _GAP


def _head(painter: QPainter, rect: QRect, text: str) -> None:
    """Head what the search finds."""
    c = theme.colours()
    font = theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(c.muted))
    at = QPointF(_places(rect).icon, rect.bottom() - 10.0)
    painter.drawText(at, text)
