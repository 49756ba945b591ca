"""What a step of the welcome is, for who leads through them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from veille.ui.welcome import shapes


class Step(QWidget):
    """One page: it says what its main button does, and does it.

    Signals:
        changed(): what the button would do, or whether it may, is no longer the same.
        done(): what was asked for is done: on to the next step.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        shapes.head(self.column, title, text)

    @property
    def label(self) -> str:
        """Say what the main button does, "" for going on."""
        return ""

    @property
    def ready(self) -> bool:
        """Tell whether the main button may be pressed."""
        return True

    def go(self) -> None:
        """Do what the main button says; ``done`` follows."""
        self.done.emit()

    def first(self) -> QWidget:
        """Give what has the keys when the step is shown."""
        return self
