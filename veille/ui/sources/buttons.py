"""Buttons that do what an action of the menus does, and are enabled when it is."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from veille.ui import theme


class ActionButton(QPushButton):
    """Follows an action: its icon, its name or another one, its hint."""

    def __init__(self, action: QAction, *, primary: str = "") -> None:
        """Make a button; ``primary``: the icon of the first one of a screen."""
        super().__init__()
        self._action, self._label, self._primary = action, "", primary
        if primary:
            self.setObjectName("primary")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_action_changed)
        self._on_action_changed()

    def tell(self, label: str) -> None:
        """Say something else than the name of the action, "" for that name."""
        self._label = label
        self._on_action_changed()

    def _on_action_changed(self) -> None:
        label = self._label or self._action.text()
        # A button's icon stands close to its text.
        self.setText(f" {label}")
        self.setAccessibleName(label)
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        if self._primary:
            self.setIcon(theme.icon(self._primary, theme.colours().on_accent))
        else:
            self.setIcon(self._action.icon())
