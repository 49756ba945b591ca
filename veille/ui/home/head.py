"""The head of the page: who comes back, since when, how much; and the button that marks it seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from veille.sentences import homing
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.home.told import Told


class HomeHead(QWidget):
    """Greets, and says how much is new."""

    def __init__(self) -> None:
        super().__init__()
        self.greeting, self.summary = QLabel(), QLabel()
        self.all_seen = QPushButton(_("All seen"))
        self.greeting.setObjectName("home_greeting")
        self.greeting.setFont(theme.ui_font(theme.DISPLAY, weight=QFont.Weight.DemiBold))
        self.summary.setObjectName("muted")
        self.all_seen.setObjectName("home_seen")
        self.all_seen.setToolTip(_("What comes from now on will be new at the next visit."))
        texts = QVBoxLayout()
        texts.setSpacing(6)
        for label in (self.greeting, self.summary):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(texts, 1)
        row.addWidget(self.all_seen, 0, Qt.AlignmentFlag.AlignTop)

    def tell(self, told: Told) -> None:
        """Say what is told now."""
        self.greeting.setText(homing.greeting(told.name, told.around.now))
        self.summary.setText(homing.summary(told.home, told.around.now))
        self.all_seen.setEnabled(bool(told.home.news))

    def dress(self) -> None:
        """Take the colours in force."""
        self.all_seen.setIcon(theme.icon("check"))
