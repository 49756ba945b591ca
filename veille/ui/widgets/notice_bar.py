"""A sentence at the bottom of the window, with the few things to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from veille.ui.design.measures import px

_STAY_MS: Final = 8_000
MOST: Final = 3


class NoticeBar(QFrame):
    """Says something, and goes away by itself unless it is an error, or is to stay.

    What is said while another window is before the eyes stays until this one was.

    Signals:
        action_requested(int): a button was pressed, counted from 0.
        closed(): the person read it and closed it.
    """

    action_requested = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = [QPushButton() for _number in range(MOST)]
        self._action = self._buttons[0]
        self._close = QPushButton("✕")
        self._close.setObjectName("quiet")
        self._close.setFixedSize(px(30), px(30))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self._text, 1)
        for number, button in enumerate(self._buttons):
            button.setObjectName("quiet")
            button.clicked.connect(partial(self._on_clicked, number))
            layout.addWidget(button)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        # Milliseconds, 0 for as long as it is not closed.
        self._stay = 0
        self._close.clicked.connect(self.dismiss)
        self.hide()

    def set_close_name(self, name: str) -> None:
        """Name the closing button for screen readers."""
        self._close.setAccessibleName(name)
        self._close.setToolTip(name)

    @property
    def text(self) -> str:
        """Give what is said now, "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def dismiss(self) -> None:
        """Close what was read."""
        self.hide()
        self.closed.emit()

    def say(
        self, text: str, *, tone: str = "info", actions: Sequence[str] = (), stays: bool = False
    ) -> None:
        """Say a sentence; ``actions`` label the buttons."""
        self._text.setText(text)
        for number, button in enumerate(self._buttons):
            label = actions[number] if number < len(actions) else ""
            button.setText(label)
            button.setVisible(bool(label))
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        # What asks for an answer stays a little longer.
        self._stay = 2 * _STAY_MS if len(actions) > 1 else _STAY_MS
        if stays or tone == "error":
            self._stay = 0
        self._timer.stop()
        self._count_down()
        self._text.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def _count_down(self) -> None:
        if self._stay and self.isVisible() and self.isActiveWindow():
            self._timer.start(self._stay)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and not self._timer.isActive():
            self._count_down()
        return super().event(event)

    def _on_clicked(self, number: int, _checked: bool = False) -> None:
        self.hide()
        self.action_requested.emit(number)
