"""The layouts that several pages have: a head over what is shown, two panes side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from veille.ui.design.measures import BUTTON, px

# The widest that lines are read; the first widths of a list and of its detail, and its least.
_READABLE: Final = 620
_LIST, _DETAIL, _LEAST_DETAIL = 680, 400, 376


def stacked(
    page: QWidget,
    above: Iterable[QWidget],
    shown: Iterable[QWidget],
    *,
    below: QWidget | None = None,
) -> QStackedLayout:
    """Lay a page out from edge to edge: what stands above, one of what may be shown, what is below."""
    stack = QStackedLayout()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for one in above:
        column.addWidget(one)
    column.addLayout(stack, 1)
    # A stack shows its first page at once: in its place, not as a window of its own.
    for one in shown:
        stack.addWidget(one)
    if below is not None:
        column.addWidget(below)
    return stack


def head(title: QLabel, told: QLabel, beside: Iterable[QWidget], below: QWidget) -> QFrame:
    """Make the head of a page: its title, what it holds, what narrows it, and what can be done."""
    made = QFrame()
    made.setObjectName("paneHead")
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 12, 20, 12)
    column.setSpacing(12)
    told.setObjectName("muted")
    told.setMinimumHeight(px(BUTTON))
    above = QHBoxLayout()
    above.setSpacing(12)
    above.addWidget(title)
    above.addWidget(told, 1)
    for one in beside:
        above.addWidget(one)
    column.addLayout(above)
    column.addWidget(below)
    return made


def side_by_side(listed: QWidget, detail: QWidget) -> QSplitter:
    """Put a list and what is chosen in it side by side."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(listed)
    splitter.addWidget(detail)
    splitter.setStretchFactor(0, 3)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes([_LIST, _DETAIL])
    detail.setMinimumWidth(px(_LEAST_DETAIL))
    return splitter


def readable(said: QWidget) -> QWidget:
    """Keep what is said in lines that can be read, however wide the window."""
    page = QWidget()
    for one in (page, said):
        one.setObjectName("blank")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    said.setMaximumWidth(px(_READABLE))
    row = QHBoxLayout(page)
    row.addStretch(1)
    row.addWidget(said, 100)
    row.addStretch(1)
    return page


def scrolled(page: QWidget) -> QScrollArea:
    """Let a page scroll downwards when it is too high; what is in it takes the keys, not this."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
