"""The sidebar: the views of the memory, with what waits in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

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

from veille.sentences import sources
from veille.sentences.catalogue import _, n_, number
from veille.ui import theme

if TYPE_CHECKING:
    from veille.desk.saved import SavedSearch

VIEWS: Final = (
    ("home", "house"),
    ("inbox", "inbox"),
    ("waiting", "clock"),
    ("proposed", "sparkles"),
    ("articles", "newspaper"),
    ("discarded", "archive"),
    ("quotes", "text-quote"),
    ("questions", "message-square"),
    ("astray", "triangle-alert"),
    ("conflicts", "copy"),
    ("notes", "notebook-text"),
    ("dossiers", "folder"),
    ("themes", "tags"),
    ("search", "search"),
    ("said", "quote"),
    ("sources", "rss"),
    ("spaces", "users"),
)
_RARE: Final = frozenset({"proposed", "waiting", "questions", "astray", "conflicts"})
# The view of a saved search: this, then its id.
SAVED: Final = "saved:"
# The view of a source, opened from the list of the sources: this, then its id.
FEED: Final = "feed:"
_ROW: Final = 38
# Units: where there is little room, the pictures alone, whose hints are the names.
_STRIP, _WORDS = 44, 110


def view_name(view: str) -> str:
    """Name a view."""
    return {
        "home": _("Home"),
        "themes": _("Themes"),
        "inbox": _("To sort"),
        "waiting": _("Waiting"),
        "proposed": _("Proposals"),
        "articles": _("Articles"),
        "questions": _("Questions"),
        "astray": _("Passages to confirm"),
        "conflicts": _("Two versions"),
        "discarded": _("Discards"),
        "quotes": _("Quotes"),
        "notes": _("Notes"),
        "dossiers": _("Dossiers"),
        "search": _("Search"),
        "said": _("What was said"),
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
            item.setToolTip(view_name(view))
            self.addItem(item)
            item.setHidden(view in _RARE)
        self.currentItemChanged.connect(self._on_current_item_changed)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_STRIP) + 16, theme.px(_ROW) * 3)

    def show_saved(self, saved: Sequence[SavedSearch]) -> None:
        """Show the saved searches under the search, with what is new in each."""
        chosen = self.chosen
        self.blockSignals(True)
        for row in reversed(range(self.count())):
            if self._view(row).startswith(SAVED):
                self.takeItem(row)
        below = [name for name, _picture in VIEWS].index("search") + 1
        for place, one in enumerate(saved):
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, f"{SAVED}{one.id}")
            item.setData(Qt.ItemDataRole.UserRole + 1, "bookmark")
            item.setData(Qt.ItemDataRole.UserRole + 2, one.new)
            item.setToolTip(one.query)
            new = n_("{n} new", "{n} new", one.new)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, {new}")
            self.insertItem(below + place, item)
        self._select(chosen)
        self.blockSignals(False)

    def show_source(self, feed: str, title: str) -> None:
        """Show a source under the sources: the last one that was opened, alone."""
        chosen = self.chosen
        self.blockSignals(True)
        for row in reversed(range(self.count())):
            if self._view(row).startswith(FEED):
                self.takeItem(row)
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, f"{FEED}{feed}")
        item.setData(Qt.ItemDataRole.UserRole + 1, "rss")
        item.setToolTip(title)
        views = [self._view(row) for row in range(self.count())]
        self.insertItem(views.index("sources") + 1, item)
        # The one that was chosen may be the one that left.
        self._select(chosen if chosen in views else "sources")
        self.blockSignals(False)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many things are in each view; 0 shows nothing."""
        views = [self._view(row) for row in range(self.count())]
        whole = dict.fromkeys((one for one in views if not one.startswith((SAVED, FEED))), 0)
        self.change_counts({**whole, **counts})

    def change_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many things are in some views, the others staying as they are."""
        for row in range(self.count()):
            item, view = self.item(row), self._view(row)
            if view not in counts:
                continue
            count = counts[view]
            item.setData(Qt.ItemDataRole.UserRole + 2, count)
            what = sources.to_look_at(count) if view == "sources" else number(count)
            told = f"{view_name(view)}, {what}" if count else view_name(view)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            item.setToolTip(told)
            # A view that most teams never need shows itself when something waits there.
            item.setHidden(view in _RARE and not count and view != self.chosen)

    def choose(self, view: str) -> None:
        """Choose a view, as a click would."""
        self._select(view)

    def _select(self, view: str) -> None:
        views = [self._view(row) for row in range(self.count())]
        row = views.index(view) if view in views else 0
        self.item(row).setHidden(False)
        self.setCurrentRow(row)

    def _view(self, row: int) -> str:
        return str(self.item(row).data(Qt.ItemDataRole.UserRole))

    @override
    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the actions: a view is chosen with the arrows."""

    @property
    def chosen(self) -> str:
        """Give the view chosen."""
        return self._view(max(self.currentRow(), 0))

    def _on_current_item_changed(self, item: QListWidgetItem | None, _old: object) -> None:
        if item is not None:
            self.view_chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class _ViewDelegate(QStyledItemDelegate):
    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.px(_STRIP), theme.px(_ROW))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        with theme.units(painter, option.rect) as rect:
            self._paint(painter, rect, option.state, index)

    @staticmethod
    def _paint(
        painter: QPainter,
        rect: QRect,
        state: QStyle.StateFlag,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        c = theme.colours()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent if chosen else c.hover))
            painter.drawRoundedRect(QRectF(rect.adjusted(0, 1, 0, -1)), 8, 8)
        colour = c.on_accent if chosen else c.text
        ratio = painter.device().devicePixelRatio()
        picture = theme.pixmap(index.data(Qt.ItemDataRole.UserRole + 1), colour, 18, ratio)
        if rect.width() < _WORDS:
            painter.drawPixmap(rect.center().x() - 8, rect.center().y() - 8, picture)
            return
        saved = str(index.data(Qt.ItemDataRole.UserRole)).startswith((SAVED, FEED))
        left = rect.left() + (24 if saved else 0)
        painter.drawPixmap(left + 12, rect.center().y() - 8, picture)
        font = theme.ui_font(weight=QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        painter.setPen(QColor(colour))
        base = rect.center().y() + metrics.ascent() / 2 - 1
        room = rect.right() - left - 42 - (44 if index.data(Qt.ItemDataRole.UserRole + 2) else 8)
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left + 42, base), name)
        count = index.data(Qt.ItemDataRole.UserRole + 2)
        if count:
            small = theme.ui_font(theme.SMALL)
            told = number(count)
            painter.setFont(small)
            painter.setPen(QColor(colour if chosen else c.muted))
            width = QFontMetrics(small).horizontalAdvance(told)
            painter.drawText(QPointF(rect.right() - 12 - width, base), told)
