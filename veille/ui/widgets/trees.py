"""Lists of several columns, some lines below others: what they all have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from veille.ui.design.measures import px
from veille.ui.design.states import BAR

RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROWS: Final = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)


def dress(tree: QTreeWidget, heads: Mapping[str, int], *, indentation: int, icon: int) -> None:
    """Give a list its columns, and the ways all lists have.

    Args:
        tree: the list.
        heads: what is in each column, and its width in pixels; the first takes what is left, the
            last holds numbers.
        indentation: of a line below another, in pixels.
        icon: the side of an icon, in units.
    """
    tree.setHeaderLabels(list(heads))
    tree.setUniformRowHeights(True)
    tree.setIndentation(indentation)
    tree.setIconSize(QSize(px(icon), px(icon)))
    tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.setExpandsOnDoubleClick(False)
    tree.setAllColumnsShowFocus(True)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionsMovable(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column, width in enumerate(heads.values()):
        if column:
            header.resizeSection(column, width)
    header.setDefaultAlignment(_LEFT)
    tree.headerItem().setTextAlignment(len(heads) - 1, RIGHT)


def choose(tree: QTreeWidget, item: QTreeWidgetItem) -> None:
    """Make a line current and alone selected."""
    tree.setCurrentItem(item, 0, _ROWS)


def mark_chosen(
    tree: QTreeWidget,
    painter: QPainter,
    option: QStyleOptionViewItem,
    index: QModelIndex | QPersistentModelIndex,
    colour: str,
) -> None:
    """Draw the bar of a line that is selected, once the line is painted."""
    if tree.selectionModel().isSelected(index):
        rect = option.rect
        painter.fillRect(QRect(0, rect.top(), BAR, rect.height()), QColor(colour))
