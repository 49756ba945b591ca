"""What the page says where there is nothing: a calm line, or what the page is for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from veille.sentences.catalogue import _, n_
from veille.ui import theme
from veille.ui.widgets.empty_state import EmptyState


class CalmLine(QWidget):
    """Says that nothing waits, or nothing but articles to sort."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("home_calm")
        self._tick, self.told = QLabel(), QLabel()
        self.told.setObjectName("muted")
        self._to_sort = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self._tick)
        row.addWidget(self.told, 1)

    def tell(self, to_sort: int) -> None:
        """Say how many articles there are to sort."""
        self._to_sort = to_sort
        articles = n_("Nothing waits for you but {n} article to sort.",
                      "Nothing waits for you but {n} articles to sort.", to_sort)  # fmt: skip
        self.told.setText(articles if to_sort else _("Nothing waits for you."))
        self.dress()

    def dress(self) -> None:
        """Take the colours in force."""
        c, ratio = theme.colours(), self.devicePixelRatioF()
        picture, colour = ("inbox", c.muted) if self._to_sort else ("circle-check", c.accent)
        self._tick.setPixmap(theme.pixmap(picture, colour, 18, ratio))


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
