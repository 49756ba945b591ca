"""A list that is gone through from the field that narrows it: the focus stays where one types."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget
from typing_extensions import override

from veille.ui.widgets.claiming import is_alone

_STEPS: Final = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class Stepping(QObject):
    """Hands the list the keys that move in it, and has a screen reader say where they lead."""

    def __init__(self, field: QLineEdit, shown: QListWidget) -> None:
        super().__init__(field)
        self._field, self._list = field, shown
        field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _STEPS and is_alone(event):
            QApplication.sendEvent(self._list, event)
            self._announce()
            return True
        return super().eventFilter(watched, event)

    def _announce(self) -> None:
        if self._list.currentRow() >= 0 and QAccessible.isActive():
            said = QAccessibleAnnouncementEvent(self._field, self._list.currentItem().text())
            QAccessible.updateAccessibility(said)
