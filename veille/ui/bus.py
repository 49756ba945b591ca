"""What screens tell one another without knowing each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the notice bar, with at most one thing to do about it.

    Attributes:
        undo: the gesture that *Undo* would take back.
        action: the label of another thing to do, "" for none.
        act: does it.
    """

    text: str
    tone: str = "info"
    undo: str = ""
    action: str = ""
    act: Callable[[], None] | None = None


class Bus(QObject):
    """The one signal of changes, and wishes.

    Signals:
        changed(Changes): something was recorded or learned; screens decide if it concerns them.
        noticed(Notice): say this to the person.
        open_requested(str): show the thing with this id (or ``new/Title``).
    """

    changed = Signal(object)
    noticed = Signal(object)
    open_requested = Signal(object)

    def say(
        self, text: str, *, tone: str = "info", undo: str = "", action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Ask the notice bar to say something."""
        self.noticed.emit(Notice(text, tone, undo, action, act))
