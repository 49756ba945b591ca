"""A sentence at the bottom of the window, with at most one thing to do about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

_STAY_MS: Final = 8_000


class NoticeBar(QFrame):
    """Says something, and goes away by itself unless it is an error.

    Signals:
        action_requested(): the button was pressed.
    """

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.setObjectName("quiet")
        self._close = QPushButton("✕")
        self._close.setObjectName("quiet")
        self._close.setFixedSize(30, 30)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.hide)
        self.hide()

    def set_close_name(self, name: str) -> None:
        """Name the closing button for screen readers."""
        self._close.setAccessibleName(name)
        self._close.setToolTip(name)

    @property
    def text(self) -> str:
        """Give what is said now, "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, *, tone: str = "info", action: str = "") -> None:
        """Say a sentence; ``action`` labels the button, "" for none."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        if tone == "error":
            self._timer.stop()
        else:
            self._timer.start(_STAY_MS)
        self._text.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def _on_action_clicked(self) -> None:
        self.hide()
        self.action_requested.emit()
