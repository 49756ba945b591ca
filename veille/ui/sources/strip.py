"""How often a source speaks: its last ninety days, a mark for each day with news."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip
from typing_extensions import override

from veille.sentences import dates
from veille.sentences.catalogue import _
from veille.ui import theme

DAYS: Final = 90
_HEIGHT: Final = 26
_STUB: Final = 3.0


class RhythmStrip(QLabel):
    """Shows days. The caption beside it says the same in words, and so does its description."""

    def __init__(self) -> None:
        super().__init__()
        # A label with a picture is said to be one; what is seen is painted below.
        self.setPixmap(QPixmap(1, 1))
        self.setObjectName("rhythm")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Rhythm"))
        self._days: list[tuple[date, bool]] = []

    def show_days(self, days: Collection[str], today: date, told: str) -> None:
        """Show the days (``YYYY-MM-DD``) that had news until today; ``told`` says it in words."""
        every = [today - timedelta(days=back) for back in reversed(range(DAYS))]
        self._days = [(one, one.isoformat() in days) for one in every]
        self.setAccessibleDescription(told)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        c = theme.colours()
        step = self.width() / DAYS
        width = max(step - 1.0, 1.0)
        for place, (_day, spoke) in enumerate(self._days):
            height = float(self.height()) if spoke else _STUB
            painter.setBrush(QColor(c.accent if spoke else c.line))
            box = QRectF(place * step, self.height() - height, width, height)
            painter.drawRoundedRect(box, 1.0, 1.0)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._days:
            place = int(event.pos().x() * DAYS / max(self.width(), 1))
            day, spoke = self._days[min(max(place, 0), DAYS - 1)]
            what = _("news") if spoke else _("nothing new")
            named = dates.day(day.year, day.month, day.day)
            QToolTip.showText(
                event.globalPos(), _("{label}: {what}").format(label=named, what=what), self
            )
            return True
        return super().event(event)
