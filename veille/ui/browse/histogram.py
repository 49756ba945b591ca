"""The period of what was found, as a small histogram: months or years, to look at and to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip
from typing_extensions import override

from veille.sentences import dates
from veille.sentences.catalogue import _, number
from veille.ui import theme

_HEIGHT: Final = 84
_LABELS: Final = 18
_MOST_MONTHS: Final = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year. ``first`` and ``last`` are months, YYYYMM."""

    first: int
    last: int
    count: int

    @property
    def name(self) -> str:
        """Name the period."""
        return dates.period(self.first, self.last)


def bars(counts: Mapping[str, int]) -> list[Bar]:
    """Make bars without holes: months when they are few, else years."""
    known = {int(month): count for month, count in counts.items()}
    if not known:
        return []
    first, last = min(known), max(known)
    months = last // 100 * 12 + last % 100 - (first // 100 * 12 + first % 100) + 1
    if months <= _MOST_MONTHS:
        every = [_month(first, step) for step in range(months)]
        return [Bar(one, one, known.get(one, 0)) for one in every]
    return [
        Bar(year * 100 + 1, year * 100 + 12,
            sum(count for month, count in known.items() if month // 100 == year))
        for year in range(first // 100, last // 100 + 1)
    ]  # fmt: skip


def _month(first: int, step: int) -> int:
    months = first // 100 * 12 + first % 100 - 1 + step
    return months // 12 * 100 + months % 12 + 1


class Histogram(QLabel):
    """Shows bars; a click, a drag or the keys choose a period.

    Signals:
        period_chosen(tuple[int, int]): first and last month, (0, 0) for any.
    """

    period_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # A label with a picture is said to be one; what is seen is painted below.
        self.setPixmap(QPixmap(1, 1))
        self._bars: list[Bar] = []
        self._chosen = (0, 0)
        self._cursor, self._anchor = 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Period"))
        self.setMouseTracking(True)

    def show_counts(self, counts: Mapping[str, int], chosen: tuple[int, int]) -> None:
        """Show how much was found, by month."""
        self._bars = bars(counts)
        self._chosen = chosen
        self._cursor = min(self._cursor, max(len(self._bars) - 1, 0))
        told = "; ".join(_told(one) for one in self._bars if one.count)
        self.setAccessibleDescription(told)
        self.setVisible(len(self._bars) > 1 or (any(chosen) and bool(self._bars)))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = theme.colours()
        most = max((one.count for one in self._bars), default=0)
        floor = self.height() - theme.px(_LABELS)
        for place, one in enumerate(self._bars):
            box = self._box(place)
            height = max(round((floor - 8) * one.count / most), 2) if one.count and most else 1
            colour = c.line if not one.count else c.accent if self._is_chosen(one) else c.muted
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(
                QRectF(box.left(), floor - height, box.width(), height), 1.5, 1.5
            )
            if self.hasFocus() and place == self._cursor:
                painter.setPen(QPen(QColor(c.ring), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1.5, 2, 1.5, -theme.px(_LABELS) + 1), 2, 2)
        self._labels(painter, floor)

    def _labels(self, painter: QPainter, floor: int) -> None:
        """Name the first and the last bar."""
        if not self._bars:
            return
        font = theme.ui_font(theme.TINY)
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().muted))
        metrics = QFontMetrics(font)
        base = floor + metrics.ascent() + 3
        painter.drawText(0, base, self._bars[0].name)
        last = self._bars[-1].name
        width = metrics.horizontalAdvance(last)
        if width + metrics.horizontalAdvance(self._bars[0].name) + 8 < self.width():
            painter.drawText(self.width() - width, base, last)

    def _box(self, place: int) -> QRectF:
        step = self.width() / max(len(self._bars), 1)
        gap = 1.0 if step < 8 else 3.0
        return QRectF(place * step + gap / 2, 0, max(step - gap, 1.0), self.height())

    def _is_chosen(self, one: Bar) -> bool:
        first, last = self._chosen
        return not (first or last) or (first <= one.first and one.last <= (last or one.last))

    def _at(self, x: float) -> int:
        place = int(x * len(self._bars) / max(self.width(), 1))
        return min(max(place, 0), max(len(self._bars) - 1, 0))

    # --- mouse and keys ------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._bars:
            self._cursor = self._anchor = self._at(event.position().x())
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._anchor >= 0:
            self._cursor = self._at(event.position().x())
            self._chosen = self._span()
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor >= 0:
            self._choose()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._bars:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = self._cursor if self._anchor < 0 else self._anchor
            else:
                self._anchor = -1
            self._cursor = min(max(self._cursor + step, 0), len(self._bars) - 1)
            one = self._bars[self._cursor]
            QToolTip.showText(
                self.mapToGlobal(self._box(self._cursor).center().toPoint()), _told(one)
            )
            self.update()
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return} and self._bars:
            self._choose()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.period_chosen.emit((0, 0))
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._bars:
            QToolTip.showText(event.globalPos(), _told(self._bars[self._at(event.pos().x())]), self)
            return True
        return super().event(event)

    def _span(self) -> tuple[int, int]:
        anchor = self._cursor if self._anchor < 0 else self._anchor
        low, high = sorted((anchor, self._cursor))
        return self._bars[low].first, self._bars[high].last

    def _choose(self) -> None:
        """Choose the period under the cursor; the same one again chooses none."""
        span = self._span()
        single = self._anchor in {-1, self._cursor}
        self._anchor = -1
        self.period_chosen.emit((0, 0) if single and span == self._chosen else span)


def _told(one: Bar) -> str:
    return _("{label}: {what}").format(label=one.name, what=number(one.count))
