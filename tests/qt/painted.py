"""Contrast and focus, measured on what is painted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from tests.qt.walked import Wrong, focusable, place, shown, told

Looks = set[tuple[object, ...]]
Shades = npt.NDArray[np.float64]
READ, SEEN = 4.5, 3.0
# Of a ring around the smallest of targets.
_DOTS: Final = 24
# How deep an edge may be, in dots, and what is told from the page only by who looks for it.
_EDGE, _ALIKE = 6, 1.5

# --- contrast as it is painted (WCAG 1.4.3) -------------------------------------------------------

_LINEAR: Final = np.array([
    one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
    for one in (number / 255 for number in range(256))
])  # fmt: skip


def luminances(picture: QImage, box: QRect | None = None) -> Shades:
    """Give the relative luminance of each dot of a picture, or of a part of it."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    dots = np.frombuffer(picture.constBits(), np.uint8)
    dots = dots.reshape(picture.height(), picture.bytesPerLine() // 4, 4)[:, : picture.width(), :3]
    if box is not None:
        box = box.intersected(picture.rect())
        dots = dots[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
    blue, green, red = (_LINEAR[dots[..., part]] for part in range(3))
    return np.asarray(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: QColor, other: QColor) -> float:
    """Give the contrast of two opaque colours."""
    parts = [[_LINEAR[part] for part in colour.getRgb()[:3]] for colour in (one, other)]
    low, high = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in parts)
    return float((high + 0.05) / (low + 0.05))


def rendered(window: QWidget, read: float) -> list[Wrong]:
    """Measure labels and buttons as they are painted: the ink farthest from the ground."""
    picture = window.grab().toImage()
    scale = picture.devicePixelRatio()
    found = []
    for one in shown(window):
        if not _is_text(one) or not one.isEnabled():
            continue
        clip = one.visibleRegion().boundingRect()
        box = QRect(one.mapTo(window, clip.topLeft()), clip.size())
        if box.width() < 8 or box.height() < 8 or _covered(one, window, box):
            continue
        at = QRect(box.topLeft() * scale, box.size() * scale).adjusted(4, 4, -4, -4)
        measured = ink(picture, at)
        if measured and measured < read - 0.05:
            found.append(Wrong("contrast", told(one), f"{measured:.1f} to 1 as painted"))
    return found


def _is_text(one: QWidget) -> bool:
    if isinstance(one, QLabel):
        return bool(one.text().strip()) and one.pixmap().isNull()
    if isinstance(one, QLineEdit):
        return bool(one.text() or one.placeholderText()) and not isinstance(
            one.parentWidget(), QComboBox
        )
    return isinstance(one, QPushButton) and bool(one.text().strip())


def _covered(one: QWidget, window: QWidget, box: QRect) -> bool:
    top = window.childAt(box.center())
    return top is not None and top is not one and not one.isAncestorOf(top)


def ink(picture: QImage, box: QRect) -> float:
    """Give the contrast of the ground of a box with what is farthest from it; 0 for nothing drawn.

    Letters are drawn in shades of their colour: the strongest of them is the colour itself.
    """
    shades = luminances(picture, box)
    if not shades.size:
        return 0.0
    values, counts = np.unique(shades.round(6), return_counts=True)
    if len(values) < 2:
        return 0.0
    ground = values[counts.argmax()]
    return float(
        max((values.max() + 0.05) / (ground + 0.05), (ground + 0.05) / (values.min() + 0.05))
    )


# --- focus (WCAG 2.4.7, 1.4.11) ------------------------------------------------------------------------


def focus(window: QWidget, known: Looks | None = None) -> list[Wrong]:
    """Give the keyboard to each thing in turn: what changes on the screen is to be seen."""
    window.activateWindow()
    before = window.focusWidget()
    found = []
    there = [one for one in focusable(window) if not one.visibleRegion().isEmpty()]
    for one in list(_one_of_each(there, set() if known is None else known)):
        _bring_into_view(one)
        changed = focus_contrast(one)
        if changed < SEEN - 0.05:
            found.append(Wrong("focus", told(one), f"what changes differs by {changed:.1f} to 1"))
    if before is not None:
        before.setFocus()
    return found


def _bring_into_view(widget: QWidget) -> None:
    """Do what the tabulator does: a page scrolls to what has the keyboard."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def _one_of_each(some: Iterable[QWidget], known: Looks) -> Iterator[QWidget]:
    """Give one widget of each look: a hundred buttons of one kind are dressed by one rule."""
    for one in some:
        look = (type(one), one.objectName(), one.property("tone"),
                isinstance(one, QPushButton) and (one.isDefault(), one.isChecked()))  # fmt: skip
        if look not in known:
            known.add(look)
            yield one


def focus_contrast(widget: QWidget) -> float:
    """Give by how much what changes when a widget gets the keyboard differs from what was there.

    A caret, or a dot, is not what people look for: some dozens change, or it does not count. Nor
    does an edge that takes the colour of the page: the control looks smaller, and that is all.
    """
    # From the window: what stands behind a widget that has no ground of its own is seen too.
    window = widget.window()
    inside = place(widget, window)
    box = inside.adjusted(-1, -1, 1, 1).intersected(window.rect())
    widget.clearFocus()
    without = luminances(window.grab(box).toImage())
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    now = luminances(window.grab(box).toImage())
    if now.shape != without.shape:
        return 0.0
    ratio = _ratios(without, now)[~_melted(now, inside.translated(-box.topLeft()))]
    strong = np.sort(ratio[ratio > 1.05])[::-1]
    return float(strong[_DOTS - 1]) if strong.size >= _DOTS else 1.0


def _ratios(one: Shades, other: Shades | float) -> Shades:
    return np.asarray((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05))


def _melted(shades: Shades, inside: QRect) -> npt.NDArray[np.bool_]:
    """Find what, at the edge of a control, is of the colour of the page around it."""
    melted = np.ones(shades.shape, bool)
    melted[inside.top() : inside.bottom() + 1, inside.left() : inside.right() + 1] = False
    values, counts = np.unique(shades[melted].round(6), return_counts=True)
    if not values.size:
        return melted
    page = _ratios(shades, float(values[counts.argmax()])) < _ALIKE
    for _step in range(_EDGE):
        near = np.pad(melted, 1)
        melted |= page & (near[:-2, 1:-1] | near[2:, 1:-1] | near[1:-1, :-2] | near[1:-1, 2:])
    return melted
