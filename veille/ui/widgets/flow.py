"""A row of buttons that goes on below when there is no room beside: nothing is cut at any size.

A widget, not a layout: a layout written in Python keeps items that Qt deletes on its own.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

_TOLD: Final = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


def _is_away(widget: QWidget) -> bool:
    """Tell whether a widget was told to hide: one that was never shown counts itself as hidden."""
    return widget.isHidden() and widget.testAttribute(_TOLD)


class Flow(QWidget):
    """Stands its widgets from left to right, in as many rows as they need."""

    def __init__(self, *, space: int = 8, centred: bool = False) -> None:
        super().__init__()
        self._space, self._centred = space, centred
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Stand one more widget after the others."""
        away = _is_away(widget)
        widget.setParent(self)
        if self.isVisible() and not away:
            widget.show()

    def _shown(self) -> list[QWidget]:
        some = (one for one in self.children() if isinstance(one, QWidget))
        return [one for one in some if not _is_away(one)]

    @override
    def heightForWidth(self, width: int) -> int:
        return self._laid(width, place=False)

    @override
    def sizeHint(self) -> QSize:
        sizes = [one.sizeHint() for one in self._shown()]
        wide = sum(one.width() for one in sizes) + self._space * max(len(sizes) - 1, 0)
        return QSize(wide, max((one.height() for one in sizes), default=0))

    @override
    def minimumSizeHint(self) -> QSize:
        least = [one.minimumSizeHint() for one in self._shown()]
        return QSize(
            max((one.width() for one in least), default=0),
            max((one.height() for one in least), default=0),
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._laid(self.width(), place=True)

    @override
    def event(self, event: QEvent) -> bool:
        # One of them came, went, or has other words.
        if event.type() == QEvent.Type.LayoutRequest:
            self._laid(self.width(), place=True)
            self.updateGeometry()
        return super().event(event)

    def _laid(self, width: int, *, place: bool) -> int:
        """Stand the widgets in rows of a width; returns the height that takes."""
        top = 0
        for row in self._rows(width):
            wide = sum(size.width() for _one, size in row) + self._space * (len(row) - 1)
            high = max(size.height() for _one, size in row)
            left = (width - wide) // 2 if self._centred else 0
            for one, size in row:
                if place:
                    one.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self._space
            top += high + self._space
        return max(top - self._space, 0)

    def _rows(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        rows: list[list[tuple[QWidget, QSize]]] = []
        used = 0
        for one in self._shown():
            size = one.sizeHint()
            size.setWidth(min(size.width(), max(width, 1)))
            if not rows or used + size.width() > width:
                rows.append([])
                used = 0
            rows[-1].append((one, size))
            used += size.width() + self._space
        return rows
