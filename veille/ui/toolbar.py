"""The tool bar: the few actions of every day, and the search field, which is never pushed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolBar, QToolButton, QWidget
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import fields, theme

SHOWN: Final = ("clip", "new_note", "", "keep", "discard", "", "quote", "annotate", "tag",
                "dossier", "share")  # fmt: skip
_ALWAYS_TOLD: Final = frozenset({"clip", "new_note", "keep", "discard", "quote"})
_ROOM_FOR_WORDS: Final = 1_440
_ROOM_FOR_SOME: Final = 1_200


class ToolBar(QToolBar):
    """Actions with words where there is room, with their icon alone where there is not."""

    def __init__(self, actions: Mapping[str, QAction], search: QLineEdit) -> None:
        super().__init__(_("Tools"))
        self._actions = actions
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in SHOWN:
            if not name:
                self.addSeparator()
                continue
            action = actions[name]
            action.setIconText(f" {action.text().rstrip('…')}")
            self.addAction(action)
        primary = self.widgetForAction(actions["clip"])
        primary.setObjectName("primary")
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(room)
        search.setObjectName("search")
        search.setAccessibleName(_("Search"))
        search.setMinimumWidth(theme.px(140))
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search = search
        fields.clearable(search, picture="search")
        search.installEventFilter(self)
        self.addWidget(search)
        # An action that changes gives its button its icon again.
        actions["clip"].changed.connect(self._dress_first)
        self.dress()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the window the first of two strokes: a line of text has Ctrl+E for its end."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            keys = (one for action in self._actions.values() for one in action.shortcuts())
            begins = QKeySequence.SequenceMatch.PartialMatch
            if any(pressed.matches(one) is begins for one in keys):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def dress(self) -> None:
        """Take the colours in force."""
        self._dress_first()

    def _dress_first(self) -> None:
        """Give the first button its own colour."""
        primary = self.widgetForAction(self._actions["clip"])
        if isinstance(primary, QToolButton):
            primary.setIcon(theme.icon("plus", theme.colours().on_accent))

    def fit(self, width: int) -> None:
        """Keep the search field whole: the narrower the window, the fewer the words."""
        self._search.setMinimumWidth(min(width // 4, theme.px(300)))
        self._search.setMaximumWidth(min(max(width // 3, theme.px(320)), theme.px(640)))
        style = Qt.ToolButtonStyle
        for name in SHOWN:
            button = self.widgetForAction(self._actions[name]) if name else None
            if isinstance(button, QToolButton):
                told = width >= theme.px(_ROOM_FOR_WORDS) or (
                    name in _ALWAYS_TOLD and width >= theme.px(_ROOM_FOR_SOME)
                )
                button.setToolButtonStyle(
                    style.ToolButtonTextBesideIcon if told else style.ToolButtonIconOnly
                )
