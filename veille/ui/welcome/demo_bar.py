"""What stands above a window of the demo memory: what it is, and how it goes away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolBar

from veille.sentences.catalogue import _
from veille.ui import theme


class DemoBar(QToolBar):
    """A slim bar.

    Signals:
        remove_requested(): the person wants the demo memory to go away.
    """

    remove_requested = Signal()

    def __init__(self) -> None:
        super().__init__(_("Demo memory"))
        self.setObjectName("demoBar")
        self.setMovable(False)
        self._icon = QLabel()
        told = QLabel(_("Demo memory: nothing done here touches yours."))
        told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.remove = QPushButton(_("Remove it"))
        self.remove.setObjectName("quiet")
        self.remove.setToolTip(_("Closes this window and deletes the demo memory, whole."))
        self.remove.clicked.connect(self.remove_requested)
        for one in (self._icon, told, self.remove):
            self.addWidget(one)
        self.dress()

    def dress(self) -> None:
        """Take the colours in force."""
        c = theme.colours()
        self._icon.setPixmap(theme.pixmap("sparkles", c.accent, 16, self.devicePixelRatioF()))
        self._icon.setContentsMargins(8, 0, 8, 0)
