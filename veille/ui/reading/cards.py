"""The margin: cards beside their passages, none over another, and shapes beside the lines.

Places are worked out once, when the text is laid out or the marks change: a paint only draws what
is in view. Asking Qt for the place of each of 500 marks at each paint took half a second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
)

from veille.ui import theme
from veille.ui.reading.highlights import Card, Highlight, edge

_WIDTH: Final = 208
_PAD: Final = 13
_GAP: Final = 10
_FOLDED: Final = 6
_BETWEEN: Final = 5
_WRAP: Final = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value


def width() -> int:
    """Give how wide a card is, in pixels."""
    return theme.px(_WIDTH)


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a card: what, in which font and colour, how high."""

    text: str
    font: QFont
    role: str
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A card, where it stands in the document (not in the window), and what it says."""

    highlight: Highlight
    top: float
    height: float
    anchor: float
    lines: tuple[Line, ...]


def place(marked: Sequence[tuple[Highlight, float]], after: Placed | None = None) -> list[Placed]:
    """Place the cards of passages, each beside its line, or under the card before.

    Args:
        marked: passages and the middle of their first line, down the document, in order.
        after: the last card that was placed above them.
    """
    placed: list[Placed] = []
    free = after.top + after.height + _GAP if after is not None else -1e9
    for one, anchor in marked:
        if one.card is None:
            continue
        lines = _lines(one, one.card)
        height = sum(line.height + _BETWEEN for line in lines) - _BETWEEN + 2 * _PAD - 4
        top = max(anchor - 16, free)
        free = top + height + _GAP
        placed.append(Placed(one, top, height, anchor, lines))
    return placed


def in_view(placed: Sequence[Placed], top: float, bottom: float) -> Sequence[Placed]:
    """Give the cards that can be seen between two heights of the document."""
    first = bisect_left(placed, top, key=lambda one: one.top + one.height)
    last = bisect_left(placed, bottom, key=lambda one: one.top)
    return placed[first:last]


def _lines(one: Highlight, card: Card) -> tuple[Line, ...]:
    small = theme.ui_font(theme.TINY)
    head = f"{one.shape}\u00a0{one.told}".strip()
    told: list[tuple[str, QFont, str]] = []
    if one.kind != "proposed":
        told.append((head, theme.ui_font(theme.TINY, weight=QFont.Weight.DemiBold), "muted"))
    told.append(
        (card.text, theme.ui_font(theme.SMALL), "muted" if one.kind == "proposed" else "text")
    )
    told.append((card.foot, small, "warning_text" if card.asks else "muted"))
    for reply in card.replies:
        told += [(reply.text, theme.ui_font(theme.SMALL), "text"), (reply.foot, small, "muted")]
    return tuple(_line(*one_line) for one_line in told if one_line[0])


def _line(text: str, font: QFont, role: str) -> Line:
    metrics = QFontMetricsF(font)
    box = QRectF(0, 0, width() - 2 * _PAD, 10_000)
    height = metrics.boundingRect(box, _WRAP, text).height()
    most = metrics.lineSpacing() * _FOLDED
    if height <= most:
        return Line(text, font, role, height)
    # As much of it as six lines hold; the whole is one key away.
    cut = text[: max(int(len(text) * most / height) - 4, 1)].rsplit(" ", 1)[0]
    return Line(f"{cut} …", font, role, metrics.boundingRect(box, _WRAP, f"{cut} …").height())


def paint(
    painter: QPainter, one: Placed, *, left: float, scroll: float, edge_of_text: float,
    focused: bool,
) -> QRectF:  # fmt: skip
    """Draw a card, and the line that ties it to its passage. Gives where it is in the window."""
    c = theme.reading()
    card = QRectF(left, one.top - scroll, width(), one.height)
    painter.setPen(QPen(QColor(c.line), 1))
    painter.drawLine(QPointF(edge_of_text, one.anchor - scroll), QPointF(left - 3, card.top() + 14))
    _ground(painter, card, one.highlight, focused=focused)
    top = card.top() + _PAD - 2
    for line in one.lines:
        painter.setFont(line.font)
        painter.setPen(QColor(getattr(c, line.role)))
        box = QRectF(left + _PAD + 2, top, width() - 2 * _PAD, line.height + 2)
        painter.drawText(box, _WRAP, line.text)
        top += line.height + _BETWEEN
    return card


def _ground(painter: QPainter, card: QRectF, one: Highlight, *, focused: bool) -> None:
    """Draw what a card stands on; a proposal is an outline, since nothing is kept."""
    c = theme.reading()
    colour = edge(one)
    if one.kind == "proposed":
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(card, 8, 8)
        return
    waits = one.card is not None and one.card.asks
    painter.setPen(QPen(colour, 2) if focused else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.warning if waits else c.card))
    painter.drawRoundedRect(card, 8, 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(card.left(), card.top(), 4, card.height()), 2, 2)


def paint_shape(painter: QPainter, one: Highlight, at: QPointF) -> None:
    """Draw the shape of a passage beside its first line."""
    if not one.shape:
        return
    font = theme.ui_font(
        theme.TINY if one.kind != "quote" else theme.HEAD, weight=QFont.Weight.Bold
    )
    painter.setFont(font)
    painter.setPen(edge(one))
    mark = "?" if one.status == "doubtful" else one.shape
    painter.drawText(QRectF(at.x() - 9, at.y() - 10, 18, 20), Qt.AlignmentFlag.AlignCenter, mark)
