"""How the panes stand beside each other: sidebar, list, what is read; and the menus above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from veille.ui import actions, theme

# Units: the sidebar with its words, its pictures alone, and from which width it has words.
_SIDE, _STRIP, _ROOM_FOR_WORDS = 200, 64, 960
# What a desktop draws around a window, at each side.
_BORDER = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds the panes.

    Attributes:
        outer: the sidebar, and ``pages`` beside it.
        pages: ``inner``, or a page of another kind.
        inner: facets, list, and what is read.
        detail: what is read or written.
        above: the column that ``detail`` stands in; what is told of it goes above.
    """

    outer: QSplitter
    pages: QStackedWidget
    inner: QSplitter
    detail: QStackedWidget
    above: QVBoxLayout


@dataclass(frozen=True, slots=True)
class Panes:
    """What is framed, from left to right, and ``over`` and ``under`` what is read."""

    sidebar: QWidget
    foot: QWidget
    facets: QWidget
    listed: QWidget
    read: tuple[QWidget, ...]
    over: QWidget
    under: QWidget


def frame(panes: Panes) -> Frame:
    """Frame the panes of a window."""
    side, column = _column((0, 6, 0, 0))
    side.setObjectName("sidebar")
    column.addWidget(panes.sidebar, 1)
    column.addWidget(panes.foot)
    side.setMinimumWidth(theme.px(_STRIP))
    detail = QStackedWidget()
    for one in panes.read:
        detail.addWidget(one)
    read, above = _column((0, 0, 0, 0))
    above.addWidget(panes.over)
    above.addWidget(detail, 1)
    above.addWidget(panes.under)
    inner = _splitter(
        (panes.facets, 0, theme.px(220)), (panes.listed, 1, theme.px(348)), (read, 3, theme.px(712))
    )
    pages = QStackedWidget()
    pages.addWidget(inner)
    return Frame(
        _splitter((side, 0, theme.px(_SIDE)), (pages, 1, theme.px(1080))),
        pages,
        inner,
        detail,
        above,
    )


def fit(outer: QSplitter, width: int) -> None:
    """Give the sidebar the room of its words, or of its pictures alone in a narrow window."""
    compact = width < theme.px(_ROOM_FOR_WORDS)
    if bool(outer.property("compact")) == compact:
        return
    outer.setProperty("compact", compact)
    side = theme.px(_STRIP if compact else _SIDE)
    outer.setSizes([side, max(width - side, 1)])


def fit_screen(window: QMainWindow, room: QSize) -> None:
    """Keep a first window in the room of its screen, whole: the frame and its foot included."""
    frame = QSize(2 * _BORDER, window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight))
    left = room - frame
    if window.width() > left.width() or window.height() > left.height():
        window.resize(window.size().boundedTo(left))
        window.setWindowState(Qt.WindowState.WindowMaximized)


def _column(margins: tuple[int, int, int, int]) -> tuple[QWidget, QVBoxLayout]:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(*margins)
    column.setSpacing(0)
    return held, column


def _splitter(*panes: tuple[QWidget, int, int]) -> QSplitter:
    """Put panes side by side, each with its share of what is left and its first width."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for number, (pane, share, _width) in enumerate(panes):
        splitter.addWidget(pane)
        splitter.setStretchFactor(number, share)
    splitter.setSizes([width for _pane, _share, width in panes])
    return splitter


def fill_menus(window: QMainWindow, made: Mapping[str, QAction]) -> None:
    """Put every action in the menus: the buttons of the tool bar are not in the tab order."""
    colours = QActionGroup(window)
    for menu, names in actions.MENUS:
        shown = window.menuBar().addMenu(actions.menu_name(menu))
        within: dict[str, QMenu] = {}
        for name in names:
            if not name:
                shown.addSeparator()
                continue
            if name.startswith("theme_"):
                made[name].setCheckable(True)
                colours.addAction(made[name])
            inner = actions.WITHIN.get(name)
            if inner and inner not in within:
                within[inner] = shown.addMenu(actions.menu_name(inner))
            (within[inner] if inner else shown).addAction(made[name])
    made["letters"].setCheckable(True)
