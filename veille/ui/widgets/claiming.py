"""Keys that a widget has for itself while it has the focus, whatever the window has them for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def claimed(event: QEvent, wanted: Callable[[QKeyEvent], object]) -> bool:
    """Take a key that is wanted before the window acts upon it; it comes again as a press."""
    overrides = event.type() == QEvent.Type.ShortcutOverride
    if overrides and isinstance(event, QKeyEvent) and wanted(event):
        event.accept()
        return True
    return False


def is_alone(event: QKeyEvent) -> bool:
    """Tell whether no key is held with it; the keypad's are keys like others."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
