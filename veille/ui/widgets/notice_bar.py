"""A sentence at the bottom of the window, with the few things to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from veille.ui.design.measures import px
from veille.ui.widgets.flow import Flow

_STAY_MS: Final = 8_000
MOST: Final = 3
# Beside its buttons a sentence takes so many lines; one that wants more has them below.
_LINES: Final = 2
# As far as the words of a button stand from its edge: those of the sentence stand above them.
_SIDE: Final = 8


class NoticeBar(QFrame):
    """Says something, and goes away by itself unless it is an error, or is to stay.

    What is said while another window is before the eyes stays until this one was; what has the keys
    stays as long as it has them.

    Signals:
        action_requested(int): a button was pressed, counted from 0.
        closed(): the person read it and closed it.
        left(): it is gone and had the keys, which are to be given.
    """

    action_requested = Signal(object)
    closed = Signal()
    left = Signal()

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
        self._text.setContentsMargins(_SIDE, 0, 0, 0)
        self._acts = Flow(space=4)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(_SIDE, 6, _SIDE, 6)
        self._layout.setColumnStretch(0, 1)
        self._layout.addWidget(self._text, 0, 0)
        self._layout.addWidget(self._close, 0, 2)
        for number, button in enumerate(self._buttons):
            button.setObjectName("quiet")
            button.clicked.connect(partial(self._on_clicked, number))
            self._acts.add(button)
        for button in (*self._buttons, self._close):
            # A click leaves the keys where they are: what is read or listed goes on.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
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
        self._go()
        self.closed.emit()

    def fit(self, width: int) -> None:
        """Take a width (pixels), and the height that its words and buttons need in it."""
        wanted, close = self._acts.sizeHint().width(), self._close.width()
        room = width - wanted - close - 2 * (_SIDE + self._layout.horizontalSpacing())
        high = self._text.heightForWidth(max(room, 1))
        several = sum(not one.isHidden() for one in self._buttons) > 1
        below = several and high > _LINES * self._text.fontMetrics().lineSpacing()
        self._layout.removeWidget(self._acts)
        self._acts.setMinimumWidth(0 if below else wanted)
        if below:
            self._layout.addWidget(self._acts, 1, 0, 1, 3)
        else:
            self._layout.addWidget(self._acts, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(width)
        # What Qt takes for its size is that of a narrower one: as high again.
        self.resize(width, self.heightForWidth(width))

    def say(
        self, text: str, *, tone: str = "info", actions: Sequence[str] = (), stays: bool = False
    ) -> None:
        """Say a sentence; ``actions`` label the buttons."""
        self._text.setText(text)
        for number, button in enumerate(self._buttons):
            label = actions[number] if number < len(actions) else ""
            button.setText(label)
            button.setVisible(bool(label))
        self._acts.setVisible(bool(actions))
        self.setFocusProxy(self._action if actions else self._close)
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

    def _has_keys(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _go(self) -> None:
        had = self._has_keys()
        self.hide()
        if had:
            self.left.emit()

    def _on_timeout(self) -> None:
        if self._has_keys():
            self._count_down()
        else:
            self.hide()

    def _on_clicked(self, number: int, _checked: bool = False) -> None:
        self._go()
        self.action_requested.emit(number)
