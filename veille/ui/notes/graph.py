"""A note amid what is one link away from it: what links to it on the left, what it links to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip
from typing_extensions import override

from veille.desk.linking import MOST_NEAR, Near
from veille.sentences import linking
from veille.sentences.catalogue import _, n_
from veille.ui import theme

ICONS: Final = {
    "note": "notebook-text",
    "dossier": "folder",
    "article": "newspaper",
    "quote": "text-quote",
    "annotation": "message-square",
    "person": "user",
}
_EDGE, _ROW, _ICON, _CENTRE = 4.0, 17.0, 14.0, 15.0
_TALL: Final = 128
# From this width on there is room for the title of the note itself.
_WIDE: Final = 440
_NARROW: Final = 340
_ARROW: Final = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        icon: the middle of its icon.
        label: where its title is written.
        left: whether it links to the note, rather than the other way.
    """

    near: Near
    icon: QPointF
    label: QRectF
    left: bool

    @property
    def whole(self) -> QRectF:
        """Give the icon and the title together."""
        half = _ICON / 2 + 1
        box = QRectF(self.icon.x() - half, self.icon.y() - half, 2 * half, 2 * half)
        return self.label.united(box)


def arranged(some: Sequence[Near], width: float, height: float) -> list[Place]:
    """Place things around the middle, clockwise from the top right; what has no room is left out.

    What links both ways stands where there is less.
    """
    left = [one for one in some if one.back and not one.to]
    right = [one for one in some if one.to and not one.back]
    for one in some:
        if one.to and one.back:
            (left if len(left) < len(right) else right).insert(0, one)
    top, bottom = _ROW + _EDGE, height - _ROW - _EDGE
    most = max(int((bottom - top) // _ROW), 1)
    placed = [_column(side[:most], width, (top, bottom), left=at == 0)
              for at, side in enumerate((left, right))]  # fmt: skip
    return [*placed[1], *reversed(placed[0])]


def _column(
    some: Sequence[Near], width: float, span: tuple[float, float], *, left: bool
) -> list[Place]:
    """Place one side, from top to bottom, along a bow."""
    middle, tall = sum(span) / 2, span[1] - span[0]
    step = min(tall / max(len(some), 1), 2.4 * _ROW)
    near, far = width * 0.06 + 14, width * 0.05 + 8
    placed = []
    for at, one in enumerate(some):
        y = middle + (at - (len(some) - 1) / 2) * step
        bow = sqrt(max(1 - ((y - middle) / (tall / 2 + _ROW)) ** 2, 0))
        away = near + far * bow
        x = width / 2 + (-away if left else away)
        inner = x + (-_ICON / 2 - 5 if left else _ICON / 2 + 5)
        outer = _EDGE if left else width - _EDGE
        label = QRectF(min(inner, outer), y - _ROW / 2 + 1, abs(outer - inner), _ROW - 2)
        placed.append(Place(one, QPointF(x, y), label, left))
    return placed


class Graph(QLabel):
    """Shows what is near a note; the arrows go around, Enter opens.

    Signals:
        chosen(str): the id of what is to be shown.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # A label with a picture is said to be one; what is seen is painted below.
        self.setPixmap(QPixmap(1, 1))
        self.setObjectName("graph")
        self._title = ""
        self._near: Sequence[Near] = ()
        self._places: list[Place] = []
        self._current, self._hovered = 0, -1
        self._wide = self._tall = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(theme.px(220), theme.px(_TALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Picture of what is near this note"))

    @property
    def places(self) -> Sequence[Place]:
        """Give where things stand, clockwise."""
        return self._places

    def show_near(self, title: str, near: Sequence[Near]) -> None:
        """Show what is near a note of this title."""
        self._title, self._near = title, near[:MOST_NEAR]
        self._current, self._hovered = 0, -1
        self.setAccessibleDescription(linking.picture(self._near))
        self.updateGeometry()
        self._arrange()

    def _arrange(self) -> None:
        self._wide, self._tall = theme.in_units(self.width()), theme.in_units(self.height())
        self._places = arranged(self._near, self._wide, self._tall)
        self._current = min(self._current, max(len(self._places) - 1, 0))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        most = max(sum(one.back for one in self._near), sum(one.to for one in self._near))
        tall = min(max(_TALL, round((most + 3) * _ROW)), 460)
        return QSize(theme.px(300), theme.px(tall))

    @override
    def resizeEvent(self, event: object) -> None:
        self._arrange()

    # --- painting ------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        with theme.units(painter, self.rect()):
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        active = self._active()
        for at, one in enumerate(self._places):
            if at != active:
                self._paint_lines(painter, one, strong=False)
        if active >= 0:
            self._paint_lines(painter, self._places[active], strong=True)
        self._paint_centre(painter)
        for at, one in enumerate(self._places):
            self._paint_thing(painter, one, current=at == active)

    def _active(self) -> int:
        if self._hovered >= 0:
            return self._hovered
        return self._current if self.hasFocus() and self._places else -1

    def _paint_heads(self, painter: QPainter) -> None:
        """Say what each side is, and how many had no room."""
        font = theme.ui_font(theme.TINY)
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().muted))
        metrics, half = QFontMetricsF(font), self._wide / 2 - 2 * _EDGE
        align = Qt.AlignmentFlag
        for left, name in ((True, "linked"), (False, "leads")):
            if any(one.left == left for one in self._places):
                told = metrics.elidedText(
                    linking.HEADINGS[name](), Qt.TextElideMode.ElideRight, half
                )
                box = QRectF(_EDGE if left else self._wide / 2 + _EDGE, 2, half, _ROW)
                side = align.AlignLeft if left else align.AlignRight
                painter.drawText(box, side | align.AlignVCenter, told)
        more = len(self._near) - len(self._places)
        if more > 0:
            box = QRectF(0, self._tall - _ROW, self._wide, _ROW)
            painter.drawText(box, align.AlignCenter, n_("and {n} more", "and {n} more", more))

    def _paint_lines(self, painter: QPainter, one: Place, *, strong: bool) -> None:
        c = theme.colours()
        colour = QColor(c.accent if strong else c.muted)
        if not strong:
            colour.setAlphaF(0.55)
        middle = QPointF(self._wide / 2, self._tall / 2)
        away = one.icon - middle
        length = max(hypot(away.x(), away.y()), 1)
        unit = away / length
        start, end = middle + unit * (_CENTRE + 2), one.icon - unit * (_ICON / 2 + 4)
        painter.setPen(QPen(colour, 1.6 if strong else 1.0))
        painter.drawLine(start, end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if one.near.to:
            painter.drawPolygon(_arrow(end, unit))
        if one.near.back:
            # Beside the middle a dozen heads would be one blot: these stand a little before it.
            shown = length - _CENTRE - _ICON / 2 - 6
            painter.drawPolygon(_arrow(start + unit * min(shown * 0.2, 16), unit * -1))

    def _paint_centre(self, painter: QPainter) -> None:
        c = theme.colours()
        middle = QPointF(self._wide / 2, self._tall / 2)
        painter.setPen(QPen(QColor(c.accent), 1.5))
        painter.setBrush(QColor(c.base))
        painter.drawEllipse(middle, _CENTRE, _CENTRE)
        self._paint_icon(painter, "notebook-text", c.accent, middle)
        if self._wide >= _WIDE:
            font = theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold)
            metrics = QFontMetricsF(font)
            room = self._wide * 0.2
            told = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
            wide = metrics.horizontalAdvance(told) + 12
            box = QRectF(middle.x() - wide / 2, middle.y() + _CENTRE + 3, wide, _ROW)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.card))
            painter.drawRoundedRect(box, 5, 5)
            painter.setFont(font)
            painter.setPen(QColor(c.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, told)

    def _paint_thing(self, painter: QPainter, one: Place, *, current: bool) -> None:
        c = theme.colours()
        weight = QFont.Weight.Medium if current else QFont.Weight.Normal
        font = theme.ui_font(theme.TINY if self._wide < _NARROW else theme.SMALL, weight=weight)
        metrics, align = QFontMetricsF(font), Qt.AlignmentFlag
        told = metrics.elidedText(
            one.near.row.title, Qt.TextElideMode.ElideRight, one.label.width() - 2
        )
        if current:
            wide = min(metrics.horizontalAdvance(told) + 6, one.label.width() + 2)
            box = QRectF(one.label)
            box.setLeft(one.label.right() - wide if one.left else one.label.left())
            box.setWidth(wide)
            half = _ICON / 2 + 2
            icon = QRectF(one.icon.x() - half, box.top(), 2 * half, box.height())
            painter.setPen(QPen(QColor(c.accent), 1.2))
            painter.setBrush(QColor(c.selected))
            painter.drawRoundedRect(box.united(icon), 5, 5)
        self._paint_icon(painter, ICONS.get(one.near.row.kind, "file-text"), c.text, one.icon)
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        side = align.AlignRight if one.left else align.AlignLeft
        painter.drawText(one.label, side | align.AlignVCenter, told)

    def _paint_icon(self, painter: QPainter, name: str, colour: str, middle: QPointF) -> None:
        picture = theme.pixmap(name, colour, round(_ICON), self.devicePixelRatioF())
        painter.drawPixmap(middle - QPointF(_ICON / 2, _ICON / 2), picture)

    # --- mouse and keys ------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = Qt.Key(event.key())
        if not self._places:
            super().keyPressEvent(event)
        elif pressed in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._places[self._current].near.row.id)
        elif pressed in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go(0 if pressed == Qt.Key.Key_Home else len(self._places) - 1)
        elif step := self._step(pressed):
            self._go((self._current + step) % len(self._places))
        else:
            super().keyPressEvent(event)

    def _step(self, pressed: Qt.Key) -> int:
        """Turn: right is clockwise; up and down follow the eye, which the left side turns round."""
        down = -1 if self._places[self._current].left else 1
        return {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: down, Qt.Key.Key_Up: -down,
        }.get(pressed, 0)  # fmt: skip

    def _go(self, at: int) -> None:
        self._current, self._hovered = at, -1
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Say what is current: to the eye by its whole title, to a screen reader by its name."""
        one = self._places[self._current]
        told = linking.near(one.near)
        self.setAccessibleName(told)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        QToolTip.showText(
            self.mapToGlobal((one.label.bottomLeft() * theme.px(100) / 100).toPoint()), told, self
        )

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._places and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._tell()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setAccessibleName(_("Picture of what is near this note"))
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor
            )
            self._hint(event.globalPosition().toPoint())
            self.update()

    def _hint(self, place: QPoint) -> None:
        told = linking.near(self._places[self._hovered].near) if self._hovered >= 0 else ""
        QToolTip.showText(place, told, self)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = at
            self.chosen.emit(self._places[at].near.row.id)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def _at(self, place: QPointF) -> int:
        here = QPointF(theme.in_units(place.x()), theme.in_units(place.y()))
        return next((at for at, one in enumerate(self._places) if one.whole.contains(here)), -1)


def _arrow(tip: QPointF, unit: QPointF) -> QPolygonF:
    """Draw a head that points along ``unit``."""
    across = QPointF(-unit.y(), unit.x()) * (_ARROW * 0.55)
    foot = tip - unit * _ARROW
    return QPolygonF([tip, foot + across, foot - across])
