"""The line that says that texts may hold more quotes than those that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from veille.sentences import saying
from veille.sentences.catalogue import _

if TYPE_CHECKING:
    from veille.desk.saying import Said


class Unkept(QWidget):
    """Says how many articles speak of it, beside a button that searches them."""

    def __init__(self) -> None:
        super().__init__()
        self.told, self.search = QLabel(), QPushButton(_("Search the articles"))
        self.told.setObjectName("muted")
        self.search.setObjectName("quiet")
        self.told.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told, 1)
        row.addWidget(self.search)
        self.hide()

    def tell(self, said: Said | None) -> None:
        """Say it of an answer; None, or one that no article gives, hides the line."""
        told = saying.unkept(said) if said is not None else ""
        self.told.setText(told)
        self.setVisible(bool(told))
