"""A field that takes keys as they are pressed: one stroke, or two one after the other.

Tab and Esc keep their meaning, so that nobody is caught in it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

_HELD: Final = {
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
}  # fmt: skip
_LEAVES: Final = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}
# How long a second stroke is waited for.
_SECOND_MS: Final = 900


class KeyField(QLineEdit):
    """Shows keys, and takes those that are pressed in it.

    Signals:
        pressed(str): these keys, as Qt writes them in English.
    """

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._strokes: list[str] = []
        self._shown = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SECOND_MS)
        self._wait.timeout.connect(self._end)

    def show_keys(self, keys: str) -> None:
        """Show the keys in force."""
        self._shown = keys
        self._strokes.clear()
        self._wait.stop()
        self.setText(keys)

    def _end(self) -> None:
        taken = ", ".join(self._strokes)
        self.show_keys(self._shown)
        if taken:
            self.pressed.emit(taken)

    @override
    def event(self, event: QEvent) -> bool:
        # What is pressed here is taken as keys: it does nothing else.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) not in _LEAVES
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = Qt.Key(event.key())
        if pressed in _LEAVES:
            super().keyPressEvent(event)
            return
        if pressed in _HELD or event.isAutoRepeat():
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        self._strokes.append(QKeySequence(QKeyCombination(held, pressed)).toString())
        self.setText(
            QKeySequence(", ".join(self._strokes)).toString(QKeySequence.SequenceFormat.NativeText)
        )
        if len(self._strokes) == 2:
            self._end()
        else:
            self._wait.start()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._end()
        super().focusOutEvent(event)
