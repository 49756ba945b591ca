"""What screens tell one another without knowing each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the notice bar, with the few things to do about it.

    Attributes:
        undo: the gesture that *Undo* would take back.
        acts: what else can be done: labels, and what does it.
        seen: what to do once the person closed it or acted; it stays until then.
        aside: nobody asked: an error that is still to be read is not replaced by it.
    """

    text: str
    tone: str = "info"
    undo: str = ""
    acts: tuple[tuple[str, Callable[[], object]], ...] = ()
    seen: Callable[[], object] | None = None
    aside: bool = False


class Bus(QObject):
    """The one signal of changes, and wishes.

    Signals:
        changed(Changes): something was recorded or learned; screens decide if it concerns them.
        noticed(Notice): say this to the person.
        open_requested(str): show the thing with this id (or ``new/Title``).
        differences_found((str, list)): what changed between two captures of an article.
    """

    changed = Signal(object)
    noticed = Signal(object)
    open_requested = Signal(object)
    differences_found = Signal(object)

    def say(  # noqa: PLR0913 - a notice, its parts given by name
        self, text: str, *, tone: str = "info", undo: str = "", action: str = "",
        act: Callable[[], object] | None = None,
        more: tuple[tuple[str, Callable[[], object]], ...] = (),
        seen: Callable[[], object] | None = None, aside: bool = False,
    ) -> None:  # fmt: skip
        """Ask the notice bar to say something."""
        first = ((action, act),) if action and act is not None else ()
        self.noticed.emit(Notice(text, tone, undo, (*first, *more), seen, aside))
