"""One of several answers: Enter chooses it, and the arrows choose as they move."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QRadioButton
from typing_extensions import override

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ARROWS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


class Option(QRadioButton):
    """A round button for the keyboard, even where nothing is chosen beforehand."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not self.isChecked():
            self.click()
            return
        # Enter on what is chosen already goes to the dialog, which goes on.
        super().keyPressEvent(event)
        now = QApplication.focusWidget()
        if event.key() in _ARROWS and isinstance(now, Option) and not now.isChecked():
            now.click()
