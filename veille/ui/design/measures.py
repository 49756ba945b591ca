"""Measures: the steps of space and of type, the least size of a target, and how large all that is.

A *unit* is a pixel at 100 %. What is drawn by hand is drawn in units and enlarged as a whole
(``units``); the size of what Qt lays out is ``px`` of units. Space between things stays what it
is at any size: there is less room, and what is read needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

SPACES: Final = (0, 2, 4, 6, 8, 12, 16, 20, 28, 36)
# Steps of type: notes in a chart, what is secondary, text, a title in a list, heads.
TINY, SMALL, BODY, LEAD, HEAD, TITLE, DISPLAY = 0.85, 0.92, 1.0, 1.08, 1.25, 1.45, 1.7
STEPS: Final = (TINY, SMALL, BODY, LEAD, HEAD, TITLE, DISPLAY)
# What is clicked is at least so high and wide (WCAG 2.5.8), and rather this.
TARGET: Final = 24
BUTTON: Final = 30
ICON: Final = 18
# What a person may choose, in per cent.
SIZES: Final = (100, 110, 125, 150, 175, 200)
_POINTS: Final = 10.0
_DOTS: Final = 96.0


@dataclass(slots=True)
class _Scale:
    """How large things are now; ``inside`` counts who draws in units."""

    size: float = 1.0
    dots: float = _DOTS
    inside: int = 0

    @property
    def base(self) -> float:
        """Give the points of text at 100 %: a point is a pixel where there are 72 to the inch."""
        return _POINTS * max(_DOTS / self.dots, 1.0)

    @property
    def zoom(self) -> float:
        """Give how many pixels a unit has."""
        return self.size * self.base * self.dots / (_POINTS * _DOTS)


_scale = _Scale()


def set_size(percent: int, dots: float) -> None:
    """Choose how large things are: a size in per cent, and the dots of the screen to the inch."""
    _scale.size = min(max(percent, SIZES[0]), SIZES[-1]) / 100
    _scale.dots = dots


def zoom() -> float:
    """Give how many pixels a unit has."""
    return _scale.zoom


def px(units: float) -> int:
    """Give the pixels of so many units."""
    return round(units if _scale.inside else units * _scale.zoom)


def in_units(pixels: float) -> float:
    """Give the units of so many pixels."""
    return pixels / _scale.zoom


def points(step: float, *, base: float = 0.0) -> float:
    """Give the size of letters: a step of the type scale, or of texts of ``base`` points."""
    size = (base * _scale.base / _POINTS if base else _scale.base) * step * _scale.size
    return size / _scale.zoom if _scale.inside else size


def ratio(device: float) -> float:
    """Give how many dots a picture has for one step of what is laid out, or drawn, now."""
    return device * _scale.zoom if _scale.inside else device


@contextmanager
def measuring() -> Iterator[None]:
    """Measure letters in units, not in pixels."""
    _scale.inside += 1
    try:
        yield
    finally:
        _scale.inside -= 1


@contextmanager
def units(painter: QPainter, rect: QRect) -> Iterator[QRect]:
    """Draw in units: gives the rectangle in units; letters and pictures follow."""
    at = _scale.zoom
    painter.save()
    if at != 1.0:
        painter.translate(rect.topLeft())
        painter.scale(at, at)
        rect = QRect(0, 0, round(rect.width() / at), round(rect.height() / at))
    try:
        with measuring():
            yield rect
    finally:
        painter.restore()
