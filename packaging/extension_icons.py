"""Draws the icons of the browser's extension from Veille's own: ``python packaging/extension_icons.py``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES: Final = (16, 32, 48, 128)
# Strokes that are fine at 128 pixels vanish at 16: small sizes get heavier ones.
_HEAVIER: Final = {16: ('stroke-width="22"', 'stroke-width="30"')}


def draw(svg: Path, folder: Path) -> None:
    """Write one PNG a size."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        before, after = _HEAVIER.get(size, ("", ""))
        source = svg.read_text(encoding="utf-8")
        renderer = QSvgRenderer((source.replace(before, after) if before else source).encode())
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(folder / f"{size}.png"))


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
