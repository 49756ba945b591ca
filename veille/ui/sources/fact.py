"""A line of what is known of a source: reached and copied from the keyboard, cut to its room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override


class Fact(QLineEdit):
    """Shows what fits of a value; all of it once it has the focus."""

    def __init__(self, name: str, *, is_address: bool = False) -> None:
        super().__init__()
        self._whole = ""
        # Of an address the end counts as much as the beginning.
        mode = Qt.TextElideMode
        self._cut = mode.ElideMiddle if is_address else mode.ElideRight
        self.setObjectName("fact")
        self.setReadOnly(True)
        self.setFrame(False)
        self.setAccessibleName(name)

    def tell(self, value: str) -> None:
        """Show a value."""
        self._whole = value
        self.setToolTip(value)
        self.setAccessibleDescription(value)
        self._fit()

    def _fit(self) -> None:
        shown = self._whole
        if not self.hasFocus():
            room = self.width() - 6
            metrics = QFontMetrics(self.font())
            shown = metrics.elidedText(self._whole, self._cut, room)
        self.setText(shown)
        self.setCursorPosition(0)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._fit()
        self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.hasFocus():
            self._fit()
