"""The sidebar: the views of the memory, with what waits in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from veille.sentences.catalogue import _, number
from veille.ui import theme

VIEWS: Final = (
    ("inbox", "inbox"),
    ("proposed", "sparkles"),
    ("articles", "newspaper"),
    ("quotes", "text-quote"),
    ("notes", "notebook-text"),
    ("dossiers", "folder"),
    ("search", "search"),
    ("sources", "rss"),
    ("spaces", "users"),
)
_ROW: Final = 38


def view_name(view: str) -> str:
    """Name a view."""
    return {
        "inbox": _("To sort"),
        "proposed": _("Proposals"),
        "articles": _("Articles"),
        "quotes": _("Quotes"),
        "notes": _("Notes"),
        "dossiers": _("Dossiers"),
        "search": _("Search"),
        "sources": _("Sources"),
        "spaces": _("Spaces"),
    }[view]


class Sidebar(QListWidget):
    """Chooses a view.

    Signals:
        view_chosen(str): the name of a view.
    """

    view_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("views")
        self.setAccessibleName(_("Views"))
        self.setItemDelegate(_ViewDelegate())
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for view, picture in VIEWS:
            item = QListWidgetItem(view_name(view))
            item.setData(Qt.ItemDataRole.UserRole, view)
            item.setData(Qt.ItemDataRole.UserRole + 1, picture)
            self.addItem(item)
        self.currentItemChanged.connect(self._on_current_item_changed)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many things are in each view; 0 shows nothing."""
        for row in range(self.count()):
            item = self.item(row)
            view = item.data(Qt.ItemDataRole.UserRole)
            count = counts.get(view, 0)
            item.setData(Qt.ItemDataRole.UserRole + 2, count)
            told = f"{view_name(view)}, {number(count)}" if count else view_name(view)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            # A view that most teams never need shows itself when something waits there.
            item.setHidden(view == "proposed" and not count and view != self.chosen)

    def choose(self, view: str) -> None:
        """Choose a view, as a click would."""
        names = [name for name, _picture in VIEWS]
        row = names.index(view) if view in names else 0
        self.item(row).setHidden(False)
        self.setCurrentRow(row)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the actions: a view is chosen with the arrows."""

    @property
    def chosen(self) -> str:
        """Give the view chosen."""
        return VIEWS[max(self.currentRow(), 0)][0]

    def _on_current_item_changed(self, item: QListWidgetItem | None, _old: object) -> None:
        if item is not None:
            self.view_chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class _ViewDelegate(QStyledItemDelegate):
    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(160, _ROW)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        c = theme.colours()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent if chosen else c.hover))
            painter.drawRoundedRect(QRectF(rect.adjusted(0, 1, 0, -1)), 8, 8)
        colour = c.on_accent if chosen else c.text
        ratio = painter.device().devicePixelRatio()
        picture = theme.pixmap(index.data(Qt.ItemDataRole.UserRole + 1), colour, 18, ratio)
        painter.drawPixmap(rect.left() + 12, rect.center().y() - 8, picture)
        font = theme.ui_font(weight=QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        painter.setPen(QColor(colour))
        base = rect.center().y() + metrics.ascent() / 2 - 1
        painter.drawText(QPointF(rect.left() + 42, base), str(index.data()))
        count = index.data(Qt.ItemDataRole.UserRole + 2)
        if count:
            small = theme.ui_font(0.88)
            told = number(count)
            painter.setFont(small)
            painter.setPen(QColor(colour if chosen else c.muted))
            width = QFontMetrics(small).horizontalAdvance(told)
            painter.drawText(QPointF(rect.right() - 12 - width, base), told)
        painter.restore()
