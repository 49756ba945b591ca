"""The settings: sections at the left, a field that narrows them all, each choice in force at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
        self._lines: dict[str, list[Line]] = {}
        self._heads: dict[str, QLabel] = {}
        self.field, self.sections = QLineEdit(), QListWidget()
        self.field.setPlaceholderText(_("Type to find a setting, or the keys of an action"))
        self.field.setAccessibleName(self.field.placeholderText())
        fields.clearable(self.field)
        self.field.textChanged.connect(lambda _text: self._narrow())
        self.sections.setAccessibleName(_("Parts of the settings"))
        self.sections.setFixedWidth(theme.px(_SIDE))
        self.sections.currentRowChanged.connect(self._on_section_chosen)
        self.sections.itemClicked.connect(lambda _item: self._on_section_chosen(0))
        self.keys = KeysPage(keymap, made)
        self._nothing = QLabel(_("No setting is called so. Ctrl+K finds every action."))
        self._nothing.setObjectName("muted")
        self._nothing.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._scroll(kept))
        self._pages.addWidget(self.keys)
        self._lay_out()
        kept.chosen.connect(self._on_chosen)
        keymap.changed.connect(lambda: self._on_chosen("letters"))
        self.sections.setCurrentRow(0)

    def _lay_out(self) -> None:
        close = QPushButton(_("Close"))
        close.clicked.connect(self.close)
        close.setAutoDefault(False)
        foot = QHBoxLayout()
        told = QLabel(_("Each choice holds at once."))
        told.setObjectName("muted")
        foot.addWidget(told, 1)
        foot.addWidget(close)
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

    def _scroll(self, kept: Kept) -> QScrollArea:
        page = QWidget()
        page.setObjectName("settingsPage")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(0)
        for section in (*SECTIONS, "care"):
            head = QLabel(settings.section(section))
            head.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.Bold))
            self._heads[section] = head
            column.addWidget(head)
            self._lines[section] = list(self._made(section, kept))
            for line in self._lines[section]:
                column.addWidget(line)
            self.sections.addItem(settings.section(section))
        column.addWidget(self._nothing)
        column.addStretch(1)
        return scrolled(page)

    def _made(self, section: str, kept: Kept) -> Iterator[Line]:
        for option in OPTIONS:
            if option.section == section:
                line = OptionLine(option, kept)
                line.asked.connect(self.asked)
                yield line
        acts = {
            "keys": (("all_keys", _("See the keys…")),),
            "arrivals": (("connect_browsers", _("Connect the browsers…")),),
            "care": (("back_up", _("Copy the memory now")), ("support", _("Prepare a support file…"))),
        }  # fmt: skip
        for name, button in acts.get(section, ()):
            act = ActLine(name, button)
            act.wanted.connect(self._on_wanted)
            yield act

    # --- showing -------------------------------------------------------------------------------

    def open_at(self, name: str = "") -> None:
        """Show the settings; a choice by its name, or the section by its own."""
        self.field.clear()
        section = next((one for one, lines in self._lines.items()
                        if name == one or name in {line.name for line in lines}), "")  # fmt: skip
        if section:
            self.sections.setCurrentRow([*self._lines].index(section))
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
        return [*self._lines][max(self.sections.currentRow(), 0)]

    def shown(self) -> list[str]:
        """Give the choices that are shown, from the top."""
        return [one.name for lines in self._lines.values() for one in lines if not one.isHidden()]

    def _narrow(self) -> None:
        typed, section = self.field.text().strip(), self.section
        has_keys = self.keys.narrow(typed)
        found = 0
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
