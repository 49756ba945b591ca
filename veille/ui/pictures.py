"""The images of a text that is read: as wide as the column at most, and what stands for lost ones."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from veille.ui import theme

_HIGH = 44


def fitted(data: bytes, column: int, ratio: float) -> QImage | None:
    """Give an image no wider than the column, None when these bytes are no image.

    Args:
        data: the bytes of the image.
        column: in logical pixels.
        ratio: pixels of the screen for each of them.
    """
    image = QImage.fromData(data) if data else QImage()
    if image.isNull():
        return None
    widest = round(column * ratio)
    if image.width() > widest:
        image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
    image.setDevicePixelRatio(ratio)
    return image


def missing(told: str, column: int, ratio: float) -> QImage:
    """Give what stands in place of an image that is not kept."""
    c = theme.reading()
    image = QImage(
        round(column * ratio), round(theme.px(_HIGH) * ratio), QImage.Format.Format_ARGB32
    )
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(c.card))
    painter = QPainter(image)
    painter.setFont(theme.ui_font(theme.SMALL))
    painter.setPen(QColor(c.muted))
    painter.drawText(QRectF(0, 0, column, theme.px(_HIGH)), Qt.AlignmentFlag.AlignCenter, told)
    painter.end()
    return image
