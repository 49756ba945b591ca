"""The settings: sections at the left, a field that narrows them all, each choice in force at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.options import OPTIONS, SECTIONS
from veille.sentences import settings
from veille.sentences.catalogue import _
from veille.ui import fields, theme
from veille.ui.keymap import Keymap
from veille.ui.settings.kept import Kept
from veille.ui.settings.keys import KeysPage
from veille.ui.settings.lines import ActLine, Line, OptionLine
from veille.ui.widgets.pages import scrolled

_WIDE, _HIGH, _SIDE = 880, 620, 200
_KEYS: Final = "keys"
_SECTIONS: Final = (*SECTIONS, "care")


class SettingsDialog(QDialog):
    """Shows every choice.

    Signals:
        asked(str): a choice whose value needs a question: a folder, a pattern.
        wanted(str): something to do: ``back_up``, ``connect_browsers``, ``support``.
    """

    asked = Signal(object)
    wanted = Signal(object)

    def __init__(
        self, kept: Kept, keymap: Keymap, made: Mapping[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.setWindowTitle(_("Settings"))
        theme.make_room(self, _WIDE, _HIGH)
        self._kept, self._keymap, self._made = kept, keymap, made
        self._lines: dict[str, list[Line]] = {one: [] for one in _SECTIONS}
        self._heads: dict[str, QLabel] = {}
        self._columns: dict[str, QVBoxLayout] = {}
        self.field, self.sections = QLineEdit(), QListWidget()
        self.field.setPlaceholderText(_("Type to find a setting, or the keys of an action"))
        self.field.setAccessibleName(self.field.placeholderText())
        fields.clearable(self.field)
        self.field.textChanged.connect(lambda _text: self._narrow())
        self.sections.setAccessibleName(_("Parts of the settings"))
        self.sections.setFixedWidth(theme.px(_SIDE))
        self.sections.currentRowChanged.connect(self._on_section_chosen)
        self.sections.itemClicked.connect(lambda _item: self._on_section_chosen(0))
        self._nothing = QLabel(_("No setting is called so. Ctrl+K finds every action."))
        self._nothing.setObjectName("muted")
        self._nothing.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._scroll())
        self._lay_out()
        kept.chosen.connect(self._on_chosen)
        keymap.changed.connect(lambda: self._on_chosen("letters"))
        self.sections.setCurrentRow(0)

    def _lay_out(self) -> None:
        self._close = QPushButton(_("Close"))
        self._close.clicked.connect(self.close)
        self._close.setAutoDefault(False)
        foot = QHBoxLayout()
        told = QLabel(_("Each choice takes effect at once."))
        told.setObjectName("muted")
        foot.addWidget(told, 1)
        foot.addWidget(self._close)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(self.sections)
        middle.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    @cached_property
    def keys(self) -> KeysPage:
        """Give the page of the keys, made when it is first looked at."""
        page = KeysPage(self._keymap, self._made)
        self._pages.addWidget(page)
        self._order()
        return page

    def _scroll(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("settingsPage")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(0)
        for section in _SECTIONS:
            head = QLabel(settings.section(section))
            head.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.Bold))
            self._heads[section] = head
            column.addWidget(head)
            self._columns[section] = QVBoxLayout()
            self._columns[section].setSpacing(0)
            column.addLayout(self._columns[section])
            self.sections.addItem(settings.section(section))
        column.addWidget(self._nothing)
        column.addStretch(1)
        return scrolled(page)

    def _fill(self, section: str) -> None:
        """Make the lines of a section, unless they are: each costs a few milliseconds."""
        if not self._lines[section]:
            self._lines[section] = list(self._lines_of(section))
            for line in self._lines[section]:
                self._columns[section].addWidget(line)
            self._order()

    def _order(self) -> None:
        """Have Tab go from the sections through what is beside them to the foot, as it is read."""
        lines: Iterator[QWidget] = (line for lines in self._lines.values() for line in lines)
        beside = [*lines, *self.findChildren(KeysPage)]
        stops = [one for each in beside for one in each.findChildren(QWidget)
                 if one.focusPolicy() and not one.focusProxy() and one.window() is self]  # fmt: skip
        for before, after in pairwise((self.sections, *stops, self._close)):
            self.setTabOrder(before, after)

    def _lines_of(self, section: str) -> Iterator[Line]:
        for option in OPTIONS:
            if option.section == section:
                line = OptionLine(option, self._kept)
                line.asked.connect(self.asked)
                yield line
        for name, button in _acts().get(section, ()):
            act = ActLine(name, button)
            act.wanted.connect(self._on_wanted)
            yield act

    # --- showing -------------------------------------------------------------------------------

    def open_at(self, name: str = "") -> None:
        """Show the settings; a choice by its name, or the section by its own."""
        self.field.clear()
        section = name if name in _SECTIONS else _section_of(name)
        if section:
            self.sections.setCurrentRow(_SECTIONS.index(section))
        self._narrow()
        self.show()
        self.raise_()
        self.activateWindow()
        # The lines were measured before they were dressed.
        self.sections.doItemsLayout()
        line = next((one for one in self._lines.get(section, ()) if one.name == name), None)
        control = getattr(line, "control", None)
        (control if isinstance(control, QWidget) else self.field).setFocus()

    @property
    def section(self) -> str:
        """Give the section that is chosen."""
        return _SECTIONS[max(self.sections.currentRow(), 0)]

    def shown(self) -> list[str]:
        """Give the choices that are shown, from the top."""
        return [one.name for lines in self._lines.values() for one in lines if not one.isHidden()]

    def _narrow(self) -> None:
        typed, section = self.field.text().strip(), self.section
        has_keys = bool(typed or section == _KEYS) and self.keys.narrow(typed)
        found = 0
        for one in _SECTIONS if typed else (section,):
            self._fill(one)
        for one, lines in self._lines.items():
            shown = [
                line
                for line in lines
                if (settings.matches(line.name, typed) if typed else one == section)
            ]
            for line in lines:
                line.setVisible(line in shown)
            self._heads[one].setVisible(bool(shown))
            found += len(shown)
        self._nothing.setVisible(not found)
        # What is found comes from every section: none of them is the one that is shown.
        current = self.sections.currentItem()
        if current is not None:
            current.setSelected(not typed)
        # What is no setting may be an action: its keys are found here as well.
        self._pages.setCurrentIndex(int(has_keys and (section == _KEYS or not found)))

    def _on_section_chosen(self, _row: int) -> None:
        if self.field.text():
            self.field.clear()
        else:
            self._narrow()

    def _on_chosen(self, name: str) -> None:
        for lines in self._lines.values():
            for line in lines:
                if isinstance(line, OptionLine) and line.name == name:
                    line.refresh()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            # Some choices are made elsewhere as well: in the menus, over a text.
            for name in self.shown():
                self._on_chosen(name)
        return super().event(event)

    def _on_wanted(self, name: str) -> None:
        if name == "all_keys":
            self.open_at(_KEYS)
            self.keys.tree.setFocus()
        else:
            self.wanted.emit(name)


def _acts() -> dict[str, tuple[tuple[str, str], ...]]:
    """Give what can be done from each section, and the words of its button."""
    return {
        "keys": (("all_keys", _("See the keys…")),),
        "arrivals": (("connect_browsers", _("Connect the browsers…")),),
        "care": (("back_up", _("Copy the memory now")), ("support", _("Prepare a support file…"))),
    }


def _section_of(name: str) -> str:
    """Give the section where a choice or something to do is, "" for none."""
    acts = ((one, act) for one, acts in _acts().items() for act, _button in acts)
    options = ((one.section, one.name) for one in OPTIONS)
    return next((section for section, one in (*options, *acts) if one == name), "")
