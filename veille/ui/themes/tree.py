"""The list of themes: each concept under its broader one, then the labels without concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QIcon, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from veille.desk.theming import Theme
from veille.domain.text import key
from veille.sentences import theming
from veille.sentences.catalogue import _, n_, number
from veille.ui import letters, theme
from veille.ui.widgets import trees
from veille.ui.widgets.claiming import claimed, is_alone

NAME, WORDS, COUNT = range(3)
_NAME: Final = Qt.ItemDataRole.UserRole
_ROOM_FOR_WORDS: Final = 520
# What a key asks for while the list has the focus.
KEYS: Final = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_N: "new",
    Qt.Key.Key_F2: "rename",
    Qt.Key.Key_E: "edit",
    Qt.Key.Key_M: "merge",
    Qt.Key.Key_B: "place",
    Qt.Key.Key_P: "share",
    Qt.Key.Key_Delete: "remove",
}


class ThemeTree(QTreeWidget):
    """Shows themes.

    Signals:
        chosen_changed(): other lines are selected.
        key_asked(str): what a key asks to be done with them: a value of KEYS.
    """

    chosen_changed = Signal()
    key_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("themeTree")
        self.setAccessibleName(_("Themes"))
        heads = {_("Theme"): 0, _("Synonyms"): theme.px(210), _("Used"): theme.px(88)}
        trees.dress(self, heads, indentation=20, icon=16)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._themes: list[Theme] = []
        self._closed: set[str] = set()
        self._sought = ""
        self.itemSelectionChanged.connect(self.chosen_changed)
        self.itemDoubleClicked.connect(lambda _item, _column: self._open())
        self.itemCollapsed.connect(self._on_collapsed)
        self.itemExpanded.connect(self._on_expanded)

    # --- what is chosen ------------------------------------------------------------------------

    @property
    def chosen(self) -> list[str]:
        """Give the names selected, in the order of the list: an id, or a free label."""
        found = {str(one.data(NAME, _NAME) or "") for one in self.selectedItems()}
        return [name for name in self._items if name in found]

    def select(self, name: str) -> bool:
        """Make a theme current and alone selected. False when it is not in the list."""
        item = self._items.get(name)
        if item is None or item.isHidden():
            return False
        trees.choose(self, item)
        self.scrollToItem(item)
        return True

    # --- showing -------------------------------------------------------------------------------

    def show_themes(self, listed: Sequence[Theme]) -> None:
        """Show themes; the selection, the current line and the scroll stay where they were."""
        if list(listed) == self._themes:
            return
        chosen, current = self.chosen, self._current()
        names = list(self._items)
        scroll = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._themes = list(listed)
        self._items = {named(one): _item(one) for one in listed}
        self._place()
        self._narrow()
        self._choose_again(chosen, current, names)
        self.verticalScrollBar().setValue(scroll)
        self.blockSignals(False)
        self.chosen_changed.emit()

    def narrow(self, sought: str) -> int:
        """Show only themes one of whose words holds a text; give how many answer."""
        self._sought = key(sought)
        self.blockSignals(True)
        found = self._narrow()
        self.blockSignals(False)
        self.chosen_changed.emit()
        return found

    def _place(self) -> None:
        tops: list[QTreeWidgetItem] = []
        free: list[QTreeWidgetItem] = []
        for one in self._themes:
            item = self._items[named(one)]
            above = self._items.get(one.broader) if one.broader else None
            if above is not None:
                above.addChild(item)
            else:
                (free if one.is_free else tops).append(item)
        self.addTopLevelItems(tops)
        if free:
            self.addTopLevelItem(_heading(free))
        for name, item in self._items.items():
            item.setExpanded(name not in self._closed)
        last = self.topLevelItem(self.topLevelItemCount() - 1)
        if free and last is not None:
            last.setExpanded(True)
            last.setFirstColumnSpanned(True)

    def _narrow(self) -> int:
        """Hide what does not answer; what stands above an answer stays, to say where it is."""
        answers = {named(one) for one in self._themes if _answers(one, self._sought)}
        kept = set(answers)
        by_name = {named(one): one for one in self._themes}
        for name in answers:
            while (name := by_name[name].broader) and name in by_name:
                kept.add(name)
        for name, item in self._items.items():
            item.setHidden(name not in kept)
            item.setSelected(item.isSelected() and name in kept)
            item.setExpanded(bool(self._sought) or name not in self._closed)
        last = self.topLevelItem(self.topLevelItemCount() - 1)
        if last is not None and not last.data(NAME, _NAME):
            inside = filter(None, (last.child(at) for at in range(last.childCount())))
            last.setHidden(all(one.isHidden() for one in inside))
        return len(answers)

    def _choose_again(self, chosen: Sequence[str], current: str, names: Sequence[str]) -> None:
        """Choose what was chosen; what left the list leaves its place to what followed it."""
        for name in chosen:
            if name in self._items:
                self._items[name].setSelected(True)
        here = names.index(current) if current in names else -1
        after = [current, *names[here:], *reversed(names[:here])] if here >= 0 else []
        place = next((one for one in after if one in self._items), "")
        if place and (place == current or not self.chosen):
            flags = QItemSelectionModel.SelectionFlag
            item = self._items[place]
            self.selectionModel().setCurrentIndex(
                self.indexFromItem(item), flags.Select | flags.Rows
            )

    def _current(self) -> str:
        item = self.currentItem()
        return str(item.data(NAME, _NAME) or "") if item is not None else ""

    def _on_collapsed(self, item: QTreeWidgetItem) -> None:
        if not self._sought:
            self._closed.add(str(item.data(NAME, _NAME)))

    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        if not self._sought:
            self._closed.discard(str(item.data(NAME, _NAME)))

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
        # Names first: synonyms are in the detail too.
        self.setColumnHidden(WORDS, self.width() < theme.px(_ROOM_FOR_WORDS))

    # --- keys ----------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        # The window has other uses for these letters: here they are the list's.
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
        if self._current():
            self.key_asked.emit("open")


def asked(event: QKeyEvent) -> str:
    """Give what a key asks for, "" for nothing of ours."""
    acts = is_alone(event) and not letters.silenced(event)
    return KEYS.get(Qt.Key(event.key()), "") if acts else ""


def named(one: Theme) -> str:
    """Name a theme in the list: its id, or the label that is free."""
    return one.id or one.label


def _answers(one: Theme, sought: str) -> bool:
    return not sought or any(sought in key(word) for word in (one.label, *one.alts))


def _item(one: Theme) -> QTreeWidgetItem:
    words = ", ".join(one.alts)
    item = QTreeWidgetItem([one.label, words, number(one.total) if one.total else ""])
    item.setData(NAME, _NAME, named(one))
    c = theme.colours()
    item.setIcon(NAME, _icon(free=one.is_free))
    item.setForeground(WORDS, QBrush(QColor(c.muted)))
    item.setForeground(COUNT, QBrush(QColor(c.muted)))
    item.setTextAlignment(COUNT, trees.RIGHT)
    item.setToolTip(NAME, theming.path(one.path))
    item.setToolTip(WORDS, words)
    item.setToolTip(COUNT, theming.used(one))
    item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, theming.line(one))
    return item


def _icon(*, free: bool) -> QIcon:
    c = theme.colours()
    return theme.icon("hash", c.muted) if free else theme.icon("tag", c.accent)


def _heading(free: Sequence[QTreeWidgetItem]) -> QTreeWidgetItem:
    """Head the labels without concept; it cannot be chosen."""
    heading = QTreeWidgetItem([n_("{n} free label", "{n} free labels", len(free))])
    heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
    heading.setFont(NAME, theme.ui_font(weight=QFont.Weight.DemiBold))
    heading.setForeground(NAME, QBrush(QColor(theme.colours().muted)))
    heading.addChildren(list(free))
    return heading


def by_name(listed: Sequence[Theme]) -> Mapping[str, Theme]:
    """Give themes by their names in the list."""
    return {named(one): one for one in listed}
