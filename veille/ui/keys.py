"""The keys of the screen that is shown: what can be done here, now, and by which key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from veille.domain.text import key
from veille.sentences.catalogue import _
from veille.ui import actions, theme

_WIDE, _HIGH = 760, 600
_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong together: a title, then keys, each with what it does."""

    title: str
    keys: Sequence[tuple[str, str]]


def groups(
    made: Mapping[str, QAction], first: Sequence[str], own: Sequence[tuple[str, str]]
) -> list[Group]:
    """Give the keys that do something now, those of the screen itself first.

    Args:
        made: the actions of the window.
        first: the actions that the screen is there for.
        own: the keys that the screen has of its own, in words.
    """
    told = [(actions.menu_name(menu).replace("&", ""), [one for one in names if one not in first])
            for menu, names in actions.MENUS]  # fmt: skip
    found = [Group(title, _acting(made, names)) for title, names in told]
    return [one for one in (Group(_("Here"), [*_acting(made, first), *own]), *found) if one.keys]


def _acting(made: Mapping[str, QAction], names: Sequence[str]) -> list[tuple[str, str]]:
    shown = [made[name] for name in names if name and made[name].isEnabled()]
    return [(_keys(one), _label(one)) for one in shown if _keys(one)]


def _label(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(one.toString(native) for one in action.shortcuts()[:2])


class KeySheet(QDialog):
    """Shows the keys, narrowed as one types.

    Signals:
        change_requested(): other keys are wanted.
        guide_requested(): the page of the guide about this screen is wanted.
    """

    change_requested = Signal()
    guide_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(_("Keys of this screen"))
        self.resize(_WIDE, _HIGH)
        self._groups: Sequence[Group] = ()
        self._title, self.field = QLabel(), QLineEdit()
        self._title.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.Bold))
        self.field.setPlaceholderText(_("Type to narrow the list"))
        self.field.setAccessibleName(_("Type to narrow the list"))
        self.field.textChanged.connect(self._on_field_changed)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(_("Keys of this screen"))
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self.field)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        guide, change = QPushButton(_("Read the guide")), QPushButton(_("Change the keys…"))
        close = QPushButton(_("Close"))
        guide.clicked.connect(self.guide_requested)
        change.clicked.connect(self.change_requested)
        close.clicked.connect(self.close)
        close.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (guide, change):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def show_keys(self, screen: str, found: Sequence[Group]) -> None:
        """Show the keys of a screen."""
        self._groups = found
        self._title.setText(_("Keys of this screen: {screen}").format(screen=screen))
        self.field.clear()
        self._on_field_changed("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def _on_field_changed(self, _typed: str) -> None:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 4, 12, 4)
        columns.setSpacing(28)
        halves = _halves(self._narrowed())
        for half in halves:
            column = QVBoxLayout()
            column.setSpacing(16)
            for group in half:
                column.addWidget(_shown(group))
            column.addStretch(1)
            columns.addLayout(column, 1)
        if not any(halves):
            columns.addWidget(QLabel(_("No key does that here. Ctrl+K finds every action.")))
        self._scroll.setWidget(page)

    def _narrowed(self) -> list[Group]:
        typed = key(self.field.text())
        narrowed = [
            Group(one.title, [pair for pair in one.keys if typed in key(" ".join(pair))])
            for one in self._groups
        ]
        return [one for one in narrowed if one.keys]


def _halves(found: Sequence[Group]) -> list[list[Group]]:
    """Share groups between columns of nearly the same height, in their order."""
    whole = sum(len(one.keys) + 2 for one in found)
    halves: list[list[Group]] = [[] for _each in range(_COLUMNS)]
    taken = 0
    for one in found:
        halves[min(taken * _COLUMNS // max(whole, 1), _COLUMNS - 1)].append(one)
        taken += len(one.keys) + 2
    return halves


def _shown(group: Group) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    title = QLabel(group.title)
    title.setFont(theme.ui_font(weight=QFont.Weight.DemiBold))
    grid.addWidget(title, 0, 0, 1, 2)
    for number, (keys, what) in enumerate(group.keys, start=1):
        shown, told = QLabel(keys), QLabel(what)
        shown.setObjectName("keyCap")
        shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        told.setWordWrap(True)
        for label in (shown, told):
            label.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(shown, number, 0)
        grid.addWidget(told, number, 1)
    return held
