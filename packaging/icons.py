"""Draws Veille's icon at every size that is asked for, from its one drawing.

python packaging/icons.py                the browser extension's, which are kept with it
python packaging/icons.py --to FOLDER    those of the systems, when a package is made
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"
OF_EXTENSION: Final = (16, 32, 48, 128)
OF_SYSTEMS: Final = (16, 24, 32, 48, 64, 128, 256, 512)
# Windows reads no more than 256 in a file of several.
LARGEST_OF_WINDOWS: Final = 256
# Strokes that are fine at 128 pixels vanish at 16: small sizes get heavier ones.
_HEAVIER: Final = {16: ('stroke-width="22"', 'stroke-width="30"')}


def draw(folder: Path, sizes: tuple[int, ...]) -> None:
    """Write one PNG a size."""
    folder.mkdir(parents=True, exist_ok=True)
    drawing = (RESOURCES / "icons" / "veille.svg").read_text(encoding="utf-8")
    for size in sizes:
        before, after = _HEAVIER.get(size, ("", ""))
        renderer = QSvgRenderer((drawing.replace(before, after) if before else drawing).encode())
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        picture.save(str(folder / f"{size}.png"))


def gather(folder: Path) -> None:
    """Write the files in which Windows and macOS want all sizes together."""
    small = [one for one in OF_SYSTEMS if one <= LARGEST_OF_WINDOWS]
    with Image.open(folder / f"{OF_SYSTEMS[-1]}.png") as largest:
        drawn = [Image.open(folder / f"{size}.png") for size in small]
        sizes = [(size, size) for size in small]
        drawn[-1].save(folder / "veille.ico", sizes=sizes, append_images=drawn[:-1])
        largest.save(folder / "veille.icns")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--to"]:
        draw(Path(sys.argv[2]), OF_SYSTEMS)
        gather(Path(sys.argv[2]))
    else:
        draw(RESOURCES / "extension" / "icons", OF_EXTENSION)
