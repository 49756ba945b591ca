"""Enter presses the button that has the focus, in every window: Qt has Space alone do it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from typing_extensions import override

from veille.ui.widgets.claiming import is_alone

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Pressing(QObject):
    """Goes with the focus: heard by the button that has it, by nothing else.

    In a dialog Qt gives Enter to the default button, whatever the ring stands around.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(now, QPushButton | QToolButton):
            now.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _ENTER and is_alone(event):
            # Held down, it would press again what just came under it.
            if isinstance(watched, QPushButton | QToolButton) and not event.isAutoRepeat():
                watched.click()
            return True
        return super().eventFilter(watched, event)
