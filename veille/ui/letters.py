"""Whether single letters act: asked by every list that gives some a meaning (WCAG 2.1.4)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_now: dict[str, bool] = {"act": True}


def allow(*, allowed: bool) -> None:
    """Switch single letters on or off."""
    _now["act"] = allowed


def silenced(event: QKeyEvent) -> bool:
    """Tell whether a key is a letter alone, or with Shift, while these are switched off."""
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    )
    return not _now["act"] and not held and event.text().isalpha()
