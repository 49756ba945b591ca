"""The keys of every action, by menu: changed by pressing others, given back one by one or all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from veille.domain.text import key
from veille.sentences import settings
from veille.sentences.catalogue import _
from veille.ui import actions, theme
from veille.ui.keymap import Keymap, native
from veille.ui.settings.pressing import KeyField

_NAME: Final = Qt.ItemDataRole.UserRole


class KeysPage(QWidget):
    """Lists the keys; those of the action that is chosen are changed below the list."""

    def __init__(
        self, keymap: Keymap, made: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keymap, self._made = keymap, made
        # Of each action, its line and the menu it stands under.
        self._items: dict[str, tuple[QTreeWidgetItem, QTreeWidgetItem]] = {}
        self._tops: list[QTreeWidgetItem] = []
        # What is wanted for the action chosen, and is another's for the moment.
        self._wanted: tuple[str, str, str] = ("", "", "")
        self.letters = QCheckBox(settings.label("letters"))
        self.letters.setAccessibleDescription(settings.effect("letters"))
        self.letters.setToolTip(settings.effect("letters"))
        self.letters.clicked.connect(lambda on: keymap.allow_letters(allowed=on))
        self.tree = QTreeWidget()
        self._fill()
        self._lay_out()
        keymap.changed.connect(self.refresh)
        self.tree.currentItemChanged.connect(lambda _now, _before: self._on_chosen())
        self.refresh()
        self._on_chosen()

    # --- building ------------------------------------------------------------------------------

    def _fill(self) -> None:
        tree = self.tree
        tree.setAccessibleName(settings.label("all_keys"))
        tree.setColumnCount(2)
        tree.setHeaderLabels([_("Action"), _("Keys")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.itemActivated.connect(lambda _item, _column: self.press.setFocus())
        for menu, names in actions.MENUS:
            top = QTreeWidgetItem([actions.menu_name(menu).replace("&", "")])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            top.setFont(0, theme.ui_font(weight=QFont.Weight.DemiBold))
            tree.addTopLevelItem(top)
            self._tops.append(top)
            for name in filter(None, names):
                item = QTreeWidgetItem(top, [_label(self._made[name])])
                item.setData(0, _NAME, name)
                item.setToolTip(0, item.text(0))
                self._items[name] = (item, top)
            top.setExpanded(True)

    def _lay_out(self) -> None:
        self.chosen, self.press = QLabel(), KeyField()
        self.chosen.setWordWrap(True)
        self.press.setPlaceholderText(_("Press the new keys here"))
        self.press.pressed.connect(self.give)
        self.none = QPushButton(_("No key"))
        self.none.clicked.connect(lambda _on=False: self._without())
        self.back = QPushButton(_("Default keys"))
        self.back.clicked.connect(lambda _on=False: self._reset())
        self.all_back = QPushButton(_("All the default keys"))
        self.all_back.clicked.connect(lambda _on=False: self._reset_all())
        self.told, self.take = QLabel(), QPushButton(_("Take it from that action"))
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.take.clicked.connect(lambda _on=False: self._take())
        self.take.hide()
        change, foot = QHBoxLayout(), QHBoxLayout()
        for one in (self.press, self.none, self.back):
            change.addWidget(one, 1 if one is self.press else 0)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.take)
        foot.addWidget(self.all_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.letters)
        column.addWidget(self.tree, 1)
        column.addWidget(self.chosen)
        for row in (change, foot):
            row.setSpacing(8)
            column.addLayout(row)
        for button in (self.none, self.back, self.all_back, self.take):
            button.setAutoDefault(False)

    # --- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the keys in force; those that were changed stand out."""
        self.letters.setChecked(self._keymap.letters)
        for name, (item, _top) in self._items.items():
            changed = self._keymap.is_changed(name)
            item.setText(1, _keys(self._keymap, name))
            weight = QFont.Weight.Bold if changed else QFont.Weight.Normal
            item.setFont(1, theme.ui_font(weight=weight))
            item.setToolTip(1, _("Changed") if changed else "")
        self.all_back.setVisible(any(map(self._keymap.is_changed, self._items)))
        self._on_chosen(keep=True)

    def narrow(self, typed: str) -> bool:
        """Show the actions that are called so, or have such keys; tells whether there are."""
        wanted, tops = key(typed), set()
        for item, top in self._items.values():
            found = wanted in key(f"{item.text(0)}\n{item.text(1)}")
            item.setHidden(not found)
            if found:
                tops.add(top.text(0))
        for top in self._tops:
            top.setHidden(top.text(0) not in tops)
        return bool(tops)

    @property
    def name(self) -> str:
        """Give the action that is chosen, "" for none."""
        item = self.tree.currentItem()
        return str(item.data(0, _NAME) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose an action."""
        self.tree.setCurrentItem(self._items[name][0])

    def _on_chosen(self, *, keep: bool = False) -> None:
        name = self.name
        for one in (self.press, self.none):
            one.setEnabled(bool(name))
        self.back.setEnabled(bool(name) and self._keymap.is_changed(name))
        label = _label(self._made[name]) if name else ""
        told = _("Keys of “{name}”:").format(name=label)
        self.chosen.setText(told if name else _("Choose an action to change its keys."))
        self.press.setAccessibleName(told if name else self.chosen.text())
        self.press.show_keys(_keys(self._keymap, name) if name else "")
        if not keep:
            self._tell("")

    def _tell(self, text: str, *, take: bool = False) -> None:
        self.told.setText(text)
        self.take.setVisible(take)

    # --- changing ------------------------------------------------------------------------------

    def give(self, keys: str) -> None:
        """Give the action chosen these keys, unless they are taken: then say by which."""
        name = self.name
        if not name:
            return
        clash = self._keymap.clash(name, keys)
        if clash is None:
            self._keymap.choose(name, [keys])
            self._tell(_("“{name}” has these keys now: {keys}.").format(
                name=_label(self._made[name]), keys=native(keys)))  # fmt: skip
            return
        self.press.show_keys(_keys(self._keymap, name))
        if not clash.other:
            self._tell(
                _("This letter is typed in texts: press it with Ctrl or Alt, or a key F1 to F12.")
            )
            return
        label = _label(self._made[clash.other])
        if keys in self._keymap.keys(clash.other):
            self._wanted = (name, keys, clash.other)
            self._tell(
                _("{keys} belongs to “{name}”. Press others, or take it: that action then has no"
                  " such key.").format(keys=native(keys), name=label), take=True,
            )  # fmt: skip
        else:
            self._tell(_("{keys} begins the keys of “{name}”, or the other way round. Press others.")
                       .format(keys=native(keys), name=label))  # fmt: skip

    def _take(self) -> None:
        name, keys, other = self._wanted
        left = [one for one in self._keymap.keys(other) if one != keys]
        self._keymap.choose(other, left)
        self.choose(name)
        self.give(keys)

    def _without(self) -> None:
        self._keymap.choose(self.name, [])
        self._tell(_("“{name}” has no key now. Ctrl+K finds it by its name.").format(
            name=_label(self._made[self.name])))  # fmt: skip

    def _reset(self) -> None:
        name = self.name
        taken = list(self._others(name))
        if taken:
            self._tell(_("Its default keys belong to “{name}” now: give that one others first.").format(
                name=_label(self._made[taken[0]])))  # fmt: skip
            return
        self._keymap.reset(name)
        self._tell(_("“{name}” has its default keys again.").format(name=_label(self._made[name])))
        self.press.setFocus()

    def _others(self, name: str) -> Iterator[str]:
        """Give the actions that have the first keys of one by now."""
        for keys in actions.told()[name].keys:
            clash = self._keymap.clash(name, keys)
            if clash is not None and clash.other:
                yield clash.other

    def _reset_all(self) -> None:
        self._keymap.reset()
        self._tell(_("Every action has its default keys."))
        self.tree.setFocus()


def _label(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def _keys(keymap: Keymap, name: str) -> str:
    return "   ".join(map(native, keymap.keys(name)))
