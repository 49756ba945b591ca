"""The list of what is followed: a line a source, by folder; how each is, as an icon and a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from veille.sentences import following, sources
from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.sources import looks
from veille.ui.widgets import trees
from veille.ui.widgets.claiming import claimed, is_alone

if TYPE_CHECKING:
    from veille.desk.subscribing import Subscription

TITLE, SPACE, STATUS, NEWS, TO_SORT = range(5)
_ID: Final = Qt.ItemDataRole.UserRole
_FOLDER: Final = Qt.ItemDataRole.UserRole + 1
# What a line shows: it is touched again only when that differs.
_SHOWN: Final = Qt.ItemDataRole.UserRole + 2
_ICON: Final = 16
_ROOM_FOR_NEWS: Final = 560
_NARROW: Final = 132
# What a key asks for while the list or the detail has the focus.
KEYS: Final = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Delete: "unfollow",
    Qt.Key.Key_Space: "pause",
    Qt.Key.Key_F5: "refresh",
}


class SourceTree(QTreeWidget):
    """Shows sources.

    Signals:
        chosen_changed(): other lines are selected.
        key_asked(str): what a key asks to be done with them: a value of KEYS.
    """

    chosen_changed = Signal()
    key_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sources")
        self.setAccessibleName(_("Sources"))
        # The words of the language spoken, whole.
        metrics = QFontMetrics(theme.ui_font(weight=QFont.Weight.DemiBold))
        widest = max(metrics.horizontalAdvance(one) for one in following.statuses().values())
        self._status = widest + _ICON + 30
        heads = {
            _("Source"): 0,
            _("Space"): theme.px(110),
            _("Status"): self._status,
            _("Last news"): theme.px(112),
            _("To sort"): theme.px(76),
        }
        trees.dress(self, heads, indentation=18, icon=_ICON)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._order: list[tuple[str, str]] = []
        self._closed: set[str] = set()
        self.itemSelectionChanged.connect(self.chosen_changed)
        self.itemDoubleClicked.connect(lambda _item, _column: self._open())
        self.itemCollapsed.connect(lambda item: self._closed.add(self._name(item)))
        self.itemExpanded.connect(lambda item: self._closed.discard(self._name(item)))

    # --- what is chosen ------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """Give the id of the current source, "" for none or a folder."""
        item = self.currentItem()
        return str(item.data(TITLE, _ID) or "") if item is not None else ""

    @property
    def chosen(self) -> list[str]:
        """Give the ids selected, in the order of the list; a folder stands for what is in it."""
        found: dict[str, None] = {}
        for one in self.selectedItems():
            inside = [one.child(place) for place in range(one.childCount())]
            for item in filter(None, inside or [one]):
                found[str(item.data(TITLE, _ID))] = None
        return [feed for _folder, feed in self._order if feed in found]

    def select(self, feed: str) -> bool:
        """Make a source current and alone selected. False when it is not in the list."""
        item = self._items.get(feed)
        if item is None:
            return False
        trees.choose(self, item)
        self.scrollToItem(item)
        return True

    # --- showing -------------------------------------------------------------------------------

    def show_sources(
        self, listed: Sequence[Subscription], *, spaces: Mapping[str, str], now: int
    ) -> None:
        """Show sources; the selection, the current line and the scroll stay where they were.

        Args:
            listed: by folder and title.
            spaces: the names of the spaces, by id; the column shows when there are several.
            now: milliseconds.
        """
        self.setColumnHidden(SPACE, len(spaces) < 2)
        icons = {code: _icon(code) for code in {one.health.code for one in listed}}
        order = [(one.folder, one.id) for one in listed]
        # A line that is filled before it is in the list costs a tenth.
        again = order == self._order
        items = self._items if again else {one.id: _item(one.id) for one in listed}
        for one in listed:
            icon, space = icons[one.health.code], spaces.get(one.space, "")
            self._fill(items[one.id], one, icon, space=space, now=now)
        if not again:
            self._rebuild(order, items)
        for folder, some in groupby(listed, key=lambda one: one.folder):
            if folder in self._groups:
                self._fill_group(folder, list(some))

    def _rebuild(self, order: list[tuple[str, str]], items: Mapping[str, QTreeWidgetItem]) -> None:
        chosen, current = set(self.chosen), self.current
        item = self.currentItem()
        row = self.indexOfTopLevelItem(item) if item is not None else -1
        near = [feed for _folder, feed in self._order]
        scroll = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._items, self._groups, self._order = dict(items), {}, order
        self._place(order)
        self._choose_again(chosen, current, near, row)
        self.verticalScrollBar().setValue(scroll)
        self.blockSignals(False)
        self.chosen_changed.emit()

    def _place(self, order: Sequence[tuple[str, str]]) -> None:
        """Put the lines in their folders; where there is no folder, there is no heading."""
        grouped = any(folder for folder, _feed in order)
        if not grouped:
            self.addTopLevelItems([self._items[feed] for _folder, feed in order])
            return
        for folder, some in groupby(order, key=lambda pair: pair[0]):
            group = self._groups[folder] = QTreeWidgetItem()
            group.setData(TITLE, _FOLDER, folder)
            group.addChildren([self._items[feed] for _folder, feed in some])
        self.addTopLevelItems(list(self._groups.values()))
        for folder, group in self._groups.items():
            group.setExpanded(folder not in self._closed)

    def _choose_again(self, chosen: set[str], current: str, near: Sequence[str], row: int) -> None:
        """Choose what was chosen; what left the list leaves its place to what followed it."""
        here = near.index(current) if current in near else 0
        candidates = [current, *near[here:], *reversed(near[:here])]
        place = next((one for one in candidates if one in self._items), "")
        place = place or next((feed for _folder, feed in self._order), "")
        heading = self.topLevelItem(row) if row >= 0 and not current else None
        if heading is not None:
            self.setCurrentItem(heading)
        elif place:
            trees.choose(self, self._items[place])
        for feed in chosen & set(self._items):
            self._items[feed].setSelected(True)

    @staticmethod
    def _fill(
        item: QTreeWidgetItem, one: Subscription, icon: QIcon, *, space: str, now: int
    ) -> None:
        told, news = following.status(one.health), sources.last_news(one, now)
        waiting = number(one.to_sort) if one.to_sort else ""
        texts = (one.title, space, told, news, waiting)
        c = theme.colours()
        looks_like = "|".join((*texts, one.health.code, c.text))
        if item.data(TITLE, _SHOWN) == looks_like:
            return
        item.setData(TITLE, _SHOWN, looks_like)
        for column, text in enumerate(texts):
            item.setText(column, text)
        item.setIcon(STATUS, icon)
        item.setToolTip(TITLE, one.title)
        muted, bad = QBrush(QColor(c.muted)), one.health.misleads
        for column in (SPACE, NEWS):
            item.setForeground(column, muted)
        item.setForeground(STATUS, QBrush(QColor(c.text)) if bad else muted)
        weight = QFont.Weight.DemiBold if bad else QFont.Weight.Normal
        item.setFont(STATUS, theme.ui_font(weight=weight))
        item.setTextAlignment(TO_SORT, trees.RIGHT)
        said = sources.line(one, space=space, news=news)
        item.setData(TITLE, Qt.ItemDataRole.AccessibleTextRole, said)

    def _fill_group(self, folder: str, some: Sequence[Subscription]) -> None:
        group = self._groups[folder]
        waiting = sum(one.to_sort for one in some)
        bad = sum(1 for one in some if one.health.misleads)
        name = sources.folder(folder)
        group.setText(TITLE, name)
        group.setText(STATUS, sources.to_look_at(bad))
        group.setText(TO_SORT, number(waiting) if waiting else "")
        font = theme.ui_font(weight=QFont.Weight.DemiBold)
        for column in (TITLE, TO_SORT):
            group.setFont(column, font)
        group.setTextAlignment(TO_SORT, trees.RIGHT)
        said = ", ".join((name, sources.summary(len(some), bad)))
        group.setData(TITLE, Qt.ItemDataRole.AccessibleTextRole, said)

    @staticmethod
    def _name(item: QTreeWidgetItem) -> str:
        return str(item.data(TITLE, _FOLDER) or "")

    @override
    def drawRow(
        self,
        painter: QPainter,
        options: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().drawRow(painter, options, index)
        trees.mark_chosen(self, painter, options, index, theme.colours().accent)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Titles first: the rest is in the detail too.
        narrow = self.width() < theme.px(_ROOM_FOR_NEWS)
        self.setColumnHidden(NEWS, narrow)
        self.header().resizeSection(STATUS, theme.px(_NARROW) if narrow else self._status)

    # --- keys ----------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        # The window has other uses for F2 and F5: here they are the list's.
        return claimed(event, asked) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        what = asked(event)
        if what == "open":
            self._open()
        elif what:
            self.key_asked.emit(what)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        item = self.currentItem()
        if item is not None and item.childCount():
            item.setExpanded(not item.isExpanded())
        elif item is not None:
            self.key_asked.emit("open")


def asked(event: QKeyEvent) -> str:
    """Give what a key asks for, "" for nothing of ours."""
    return KEYS.get(Qt.Key(event.key()), "") if is_alone(event) else ""


def _item(feed: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem()
    item.setData(TITLE, _ID, feed)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemNeverHasChildren)
    return item


def _icon(code: str) -> QIcon:
    picture, colour = looks.status(code)
    return theme.icon(picture, colour)
