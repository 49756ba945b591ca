"""What the page says where there is nothing: a calm line, or what the page is for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.widgets.empty_state import EmptyState


class CalmLine(QWidget):
    """Says that nothing waits."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("home_calm")
        self._tick, told = QLabel(), QLabel(_("Nothing waits for you."))
        told.setObjectName("muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self._tick)
        row.addWidget(told, 1)

    def dress(self) -> None:
        """Take the colours in force."""
        c, ratio = theme.colours(), self.devicePixelRatioF()
        self._tick.setPixmap(theme.pixmap("circle-check", c.accent, 18, ratio))


def tell(empty: EmptyState, *, shares: bool) -> None:
    """Say what the page is for, and what to do, when nothing is new."""
    c, ratio = theme.colours(), empty.devicePixelRatioF()
    if shares:
        empty.tell(
            theme.pixmap("circle-check", c.accent, 36, ratio),
            _("Nothing new"),
            _("What colleagues write, clip, comment and file arrives here, the newest first."),
            _("Show what is to be sorted"),
        )
        return
    empty.tell(
        theme.pixmap("users", c.accent, 36, ratio),
        _("Share a space to see colleagues here"),
        _("This page tells what colleagues did while you were away, and what waits for you. A"
          " space is a plain folder on a shared drive: create one, or join that of your team."),
        _("Show the spaces"),
    )  # fmt: skip
