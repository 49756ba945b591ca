"""Fields in which one searches: a button empties them."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit

from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.widgets.emptying import Emptying


def clearable(field: QLineEdit, *, picture: str = "") -> None:
    """Give a field a button that empties it, and a picture before its words."""

    def pictures() -> tuple[QIcon, QIcon]:
        colour = theme.colours().muted
        return theme.icon(picture, colour) if picture else QIcon(), theme.icon("x", colour)

    Emptying(field, name=_("Empty this field"), pictures=pictures)
