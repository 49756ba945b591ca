"""Icons drawn from SVG in the colours that are asked for, when they are painted and not before."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override


class Drawing(QIconEngine):
    """Draws one icon at the size that is asked: most of those of a window are never seen."""

    def __init__(self, path: Path, colour: str, disabled: str) -> None:
        super().__init__()
        self._look = path, colour, disabled

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        path, colour, disabled = self._look
        shown = disabled if mode == QIcon.Mode.Disabled else colour
        return drawn(path, shown, max(min(size.width(), size.height()), 1))

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))

    @override
    def clone(self) -> QIconEngine:
        return Drawing(*self._look)


@lru_cache(maxsize=512)
def drawn(path: Path, colour: str, size: int) -> QPixmap:
    """Draw an icon, ``size`` pixels wide."""
    drawing = path.read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
