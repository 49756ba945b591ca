"""How a line of a page is painted: along a line of time, the quote first, then who, where, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from veille.sentences import dates, saying
from veille.sentences.catalogue import number
from veille.ui import theme
from veille.ui.saying.lines import Line
from veille.ui.saying.model import CHECKED_ROLE
from veille.ui.widgets.lines_model import LINE_ROLE, Index

if TYPE_CHECKING:
    from veille.desk.saying import SaidItem

_POINTS: Final = 12.5
_SIDE, _BOX, _DATE = 20, 18, 66
# Beyond so many characters a line an eye loses the next one.
_COLUMN: Final = 800
_TOP, _BOTTOM, _GAP = 14, 16, 5
_MOST_LINES: Final = 14
_HEAD, _SILENCE = 46, 30
_CHIP: Final = 8
_SIZES_KNOWN: Final = 4_096


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand across a line of some width (pixels)."""

    box: int
    date: int
    line: int
    text: int
    width: int


def _places(rect: QRect) -> _Places:
    spare = max(rect.width() - _SIDE * 2 - _BOX - _DATE - 58 - _COLUMN, 0)
    box = rect.left() + _SIDE + spare // 2
    line = box + _BOX + 14 + _DATE + 18
    text = line + 24
    return _Places(box, box + _BOX + 14, line, text, min(rect.right() - _SIDE - text, _COLUMN))


class SaidDelegate(QStyledItemDelegate):
    """Paints lines. Heights are worked out once for a width."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[tuple[str, int, bool], int] = {}

    def forget(self) -> None:
        """Have heights worked out again: the letters changed."""
        self._heights.clear()

    @staticmethod
    def is_on_box(rect: QRect, x: int) -> bool:
        """Tell whether a place of a line selects it: its margin, up to the words."""
        in_units = theme.in_units
        here = QRect(round(in_units(rect.left())), 0, round(in_units(rect.width())), 1)
        return in_units(x) < _places(here).line - 8

    # --- sizes ---------------------------------------------------------------------------------

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, view = index.data(LINE_ROLE), option.widget
        width = view.viewport().width() if hasattr(view, "viewport") else option.rect.width()
        if not isinstance(line, Line):
            return QSize(width, 0)
        if line.silences:
            return QSize(width, theme.px(16 + _SILENCE * len(line.silences)))
        if line.item is None:
            return QSize(width, theme.px(_HEAD))
        return QSize(width, theme.px(self._height(line.item, round(theme.in_units(width)))))

    def _height(self, item: SaidItem, width: int) -> int:
        known = (item.row.id, width, item.direct)
        if known not in self._heights:
            if len(self._heights) > _SIZES_KNOWN:
                self._heights.clear()
            room = _places(QRect(0, 0, width, 1)).width
            with theme.measuring():
                words = _layout(item, room).boundingRect().height()
                small = QFontMetricsF(theme.ui_font(theme.SMALL)).height()
                who = QFontMetricsF(_bold()).height()
            foot = small + _CHIP + 2 if _chips(item) or not item.direct else 0
            self._heights[known] = int(_TOP + words + _GAP + who + 2 + small + foot + _BOTTOM)
        return self._heights[known]

    # --- painting ------------------------------------------------------------------------------

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        with theme.units(painter, option.rect) as rect:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, rect, option, line, checked=bool(index.data(CHECKED_ROLE)))

    def _paint(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, line: Line, *,
        checked: bool,
    ) -> None:  # fmt: skip
        places = _places(rect)
        if line.item is not None:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            _ground(painter, rect, option, checked=checked)
            self._quote(painter, rect, places, line, checked=checked, chosen=chosen)
        elif line.silences:
            _ground(painter, rect, option, checked=False)
            _silences(painter, rect, places, line)
        else:
            _head(painter, rect, places, line)

    def _quote(
        self,
        painter: QPainter,
        rect: QRect,
        places: _Places,
        line: Line,
        *,
        checked: bool,
        chosen: bool,
    ) -> None:
        item, c = line.item, theme.colours()
        if item is None:
            return
        _timeline(painter, rect, places, dashed=False)
        _dot(painter, QPointF(places.line, rect.top() + _TOP + 11), full=item.direct)
        _box(painter, places.box, rect.top() + _TOP + 2, checked=checked)
        _day(painter, rect, places, line)
        layout = _layout(item, places.width)
        painter.setPen(QColor(c.text if item.direct else c.quieter))
        layout.draw(painter, QPointF(places.text, rect.top() + _TOP))
        top = rect.top() + _TOP + layout.boundingRect().height() + _GAP
        top = _who(painter, places, top, item) + 2
        small = theme.ui_font(theme.SMALL)
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        where = metrics.elidedText(saying.where(item), Qt.TextElideMode.ElideRight, places.width)
        painter.drawText(QPointF(places.text, top + metrics.ascent()), where)
        _foot(painter, places, top + metrics.height() + _CHIP, item, chosen=chosen)


def _bold() -> QFont:
    return theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold)


def _layout(item: SaidItem, width: int) -> QTextLayout:
    """Set the words of a quote in the reading serif, what was asked for marked."""
    words = f"«\u00a0{item.row.text('exact').replace(chr(10), ' ')}\u00a0»"
    layout = QTextLayout(words, theme.reading_font(_POINTS))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_marked(words, start + 2, end + 2) for start, end in item.marks])
    layout.beginLayout()
    height = 0.0
    for _number in range(_MOST_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height() * 1.08
    layout.endLayout()
    return layout


def _marked(words: str, start: int, end: int) -> QTextLayout.FormatRange:
    one = QTextLayout.FormatRange()
    # Qt counts UTF-16.
    before = sum(ord(char) > 0xFFFF for char in words[:start])
    inside = sum(ord(char) > 0xFFFF for char in words[start:end])
    one.start, one.length = start + before, end - start + inside
    one.format.setBackground(QColor(theme.colours().found))
    one.format.setForeground(QColor(theme.colours().text))
    return one


def _ground(painter: QPainter, rect: QRect, option: QStyleOptionViewItem, *, checked: bool) -> None:
    c = theme.colours()
    if checked:
        painter.fillRect(rect, QColor(c.hover))
    theme.line_ground(painter, rect, option.state, c)


def _timeline(painter: QPainter, rect: QRect, places: _Places, *, dashed: bool) -> None:
    pen = QPen(QColor(theme.colours().line), 2)
    if dashed:
        pen.setDashPattern([2, 3])
    painter.setPen(pen)
    painter.drawLine(places.line, rect.top(), places.line, rect.bottom() + 1)


def _dot(painter: QPainter, at: QPointF, *, full: bool) -> None:
    c = theme.colours()
    painter.setPen(QPen(QColor(c.accent if full else c.muted), 2))
    painter.setBrush(QColor(c.accent if full else c.base))
    radius = 5.0 if full else 4.0
    painter.drawEllipse(at, radius, radius)


def _box(painter: QPainter, left: int, top: int, *, checked: bool) -> None:
    c = theme.colours()
    painter.setPen(QPen(QColor(c.accent if checked else c.muted), 1.2))
    painter.setBrush(QColor(c.accent if checked else c.base))
    painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, _BOX - 1, _BOX - 1), 4, 4)
    if checked:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(left + 2, top + 2, theme.pixmap("check", c.on_accent, 14, ratio))


def _day(painter: QPainter, rect: QRect, places: _Places, line: Line) -> None:
    """Write the day before the line of time; the month and the year where no head says them."""
    item, c = line.item, theme.colours()
    if item is None:
        return
    precise = item.dated and item.about is not None and len(item.about.published) >= 10
    shown = str(int(item.day[8:])) if precise or not item.dated else "–"
    font = theme.ui_font(theme.HEAD, weight=QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QColor(c.text if item.direct else c.muted))
    box = QRectF(places.date, rect.top() + _TOP - 1, _DATE, metrics.height())
    painter.drawText(box, Qt.AlignmentFlag.AlignRight, shown)
    if line.whole_date:
        small = theme.ui_font(theme.TINY)
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        month = dates.brief_months()[min(max(int(item.day[5:7]), 1), 12) - 1]
        told = QRectF(places.date - 30, box.bottom(), _DATE + 30, 40)
        painter.drawText(told, Qt.AlignmentFlag.AlignRight, f"{month} {item.day[:4]}")


def _who(painter: QPainter, places: _Places, top: float, item: SaidItem) -> float:
    """Write who speaks, in bold, and in which capacity; returns where the next line begins."""
    c = theme.colours()
    bold, plain = _bold(), theme.ui_font(theme.SMALL)
    metrics = QFontMetricsF(bold)
    name = metrics.elidedText(saying.speaker(item), Qt.TextElideMode.ElideRight, places.width)
    painter.setFont(bold)
    painter.setPen(QColor(c.text if item.direct and item.speaker else c.muted))
    painter.drawText(QPointF(places.text, top + metrics.ascent()), name)
    if item.role:
        used = metrics.horizontalAdvance(name)
        painter.setFont(plain)
        painter.setPen(QColor(c.muted))
        role = QFontMetricsF(plain).elidedText(
            f", {item.role}", Qt.TextElideMode.ElideRight, places.width - used
        )
        painter.drawText(QPointF(places.text + used, top + metrics.ascent()), role)
    return top + metrics.height()


def _chips(item: SaidItem) -> list[str]:
    about = item.about.tags if item.about is not None else ()
    return list(dict.fromkeys((*item.row.tags, *about)))


def _foot(painter: QPainter, places: _Places, top: float, item: SaidItem, *, chosen: bool) -> None:
    """Write why a quote is there whose words do not answer, and the themes."""
    c, small = theme.colours(), theme.ui_font(theme.TINY)
    metrics = QFontMetricsF(small)
    painter.setFont(small)
    left, right = float(places.text), places.text + places.width
    if not item.direct:
        slanted = QFont(small)
        slanted.setItalic(True)
        painter.setFont(slanted)
        painter.setPen(QColor(c.muted))
        painter.drawText(QPointF(left, top + metrics.ascent()), saying.indirect())
        left += QFontMetricsF(slanted).horizontalAdvance(saying.indirect()) + 12
        painter.setFont(small)
    for label in _chips(item):
        width = metrics.horizontalAdvance(label) + 16
        if left + width > right:
            painter.setPen(QColor(c.muted))
            painter.drawText(QPointF(left, top + metrics.ascent()), "…")
            break
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.base if chosen else c.chip))
        painter.drawRoundedRect(QRectF(left, top - 2, width, metrics.height() + 4), 9, 9)
        painter.setPen(QColor(c.text))
        painter.drawText(QPointF(left + 8, top + metrics.ascent()), label)
        left += width + 6


def _silences(painter: QPainter, rect: QRect, places: _Places, line: Line) -> None:
    """Draw a break in the line of time, and say who was not heard meanwhile."""
    c, font = theme.colours(), theme.ui_font(theme.SMALL)
    metrics = QFontMetricsF(font)
    _timeline(painter, rect, places, dashed=True)
    pen = QPen(QColor(c.muted), 1)
    pen.setDashPattern([4, 4])
    top = rect.top() + 8
    for one in line.silences:
        box = QRectF(places.text - 6, top + 2, places.width + 6, _SILENCE - 5)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        ratio = painter.device().devicePixelRatio()
        picture = theme.pixmap("wifi-off", c.muted, 14, ratio)
        painter.drawPixmap(QPointF(box.left() + 9, box.center().y() - 7), picture)
        painter.setFont(font)
        painter.setPen(QColor(c.muted))
        told = " · ".join(part for part in (saying.silence(one), saying.usual(one)) if part)
        shown = metrics.elidedText(told, Qt.TextElideMode.ElideRight, box.width() - 44)
        at = box.center().y() + metrics.ascent() / 2 - metrics.descent() / 2
        painter.drawText(QPointF(box.left() + 30, at), shown)
        top += _SILENCE


def _head(painter: QPainter, rect: QRect, places: _Places, line: Line) -> None:
    """Write the name of a group, and how many quotes follow."""
    c, font = theme.colours(), theme.ui_font(theme.LEAD, weight=QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    _timeline(painter, rect, places, dashed=False)
    at = rect.bottom() - 14.0
    painter.setFont(font)
    painter.setPen(QColor(c.text))
    title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, places.width - 60)
    painter.fillRect(
        QRectF(places.line - 2, at - metrics.ascent(), 4, metrics.height()), QColor(c.accent)
    )
    painter.drawText(QPointF(places.text, at), title)
    painter.setFont(theme.ui_font(theme.SMALL))
    painter.setPen(QColor(c.muted))
    left = places.text + metrics.horizontalAdvance(title) + 10
    painter.drawText(QPointF(left, at), number(line.count))
