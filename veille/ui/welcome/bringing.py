"""Bringing what people have: read and recorded by the worker, a slice at a time, stopped at will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from veille.domain.facts import Changes
from veille.sentences import bringing
from veille.sentences.catalogue import _, n_
from veille.sentences.errors import sentence_of_code
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.incoming import Incoming
from veille.ui.rounds import Rounds

if TYPE_CHECKING:
    from veille.desk.bringing import Into

# Nobody reads further; the rest is counted.
_MOST_LINES: Final = 300
# Things the worker takes at once: about a second on an office PC.
_SLICE: Final = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What bringing a file or a folder came to.

    Attributes:
        lines: what was passed over and why, one sentence each.
        gesture: what takes all of it back, "" when nothing was recorded.
        stopped: whether the person stopped it before its end.
        problem: why nothing could be read, "" when it could.
    """

    name: str
    new: tuple[str, ...] = ()
    known: int = 0
    lines: tuple[str, ...] = ()
    gesture: str = ""
    stopped: bool = False
    problem: str = ""

    @property
    def told(self) -> str:
        """Say it in one sentence."""
        if self.problem:
            return self.problem
        told = bringing.brought(len(self.new), self.known, len(self.lines))
        return _("Stopped: {what}").format(what=told) if self.stopped else told


class Bringing(QObject):
    """One file or folder at a time.

    Signals:
        progressed((int, int)): how many things were taken, of how many.
        ended(Outcome): it is over, well or not.
        feeds_found(str): the file is a list of feeds, which are followed elsewhere.
    """

    progressed = Signal(object)
    ended = Signal(object)
    feeds_found = Signal(object)

    def __init__(self, bus: Bus, rounds: Rounds, incoming: Incoming, *, window: QWidget) -> None:
        super().__init__(window)
        self._bus, self._rounds, self._incoming = bus, rounds, incoming
        self._items: list[dict[str, Any]] = []
        self._taken = 0
        self._into: Into = "dossier"
        self._outcome: Outcome | None = None

    @property
    def busy(self) -> bool:
        """Tell whether something is being brought."""
        return self._outcome is not None

    def begin(self, path: str, *, asker: QWidget) -> None:
        """Bring what a file or a folder holds; ``asker`` stands behind the question it may need."""
        if self.busy:
            return
        self._outcome = Outcome(Path(path).name)
        self._items, self._taken = [], 0

        def held(answer: dict[str, Any]) -> None:
            self._on_held(answer, path, asker)

        self.progressed.emit((0, 0))
        self._rounds.index.ask("holds", held, self._on_failed, path=path)

    def stop(self) -> None:
        """Stop after the slice that is under way; what was taken stays, and can be taken back."""
        if self._outcome is not None:
            self._outcome = replace(self._outcome, stopped=True)

    def _on_held(self, answer: dict[str, Any], path: str, asker: QWidget) -> None:
        if answer["kind"] == "feeds":
            self._outcome = None
            self.feeds_found.emit(path)
            return
        self._items = answer["items"]
        into = _asked_into(asker) if any(one["folders"] for one in self._items) else ""
        if into is None:
            self.stop()
        else:
            self._into = into
        self._go_on()

    def _go_on(self) -> None:
        outcome = self._outcome
        if outcome is None:
            return
        self.progressed.emit((self._taken, len(self._items)))
        if outcome.stopped or self._taken >= len(self._items):
            self._end(outcome)
            return
        slice_ = self._items[self._taken : self._taken + _SLICE]
        self._rounds.index.ask(
            "bring", self._on_brought, self._on_failed,
            items=slice_, into=self._into, gesture=outcome.gesture,
        )  # fmt: skip

    def _on_brought(self, answer: dict[str, Any]) -> None:
        outcome = self._outcome
        if outcome is None:
            return
        self._taken = min(self._taken + _SLICE, len(self._items))
        self._outcome = replace(
            outcome,
            new=(*outcome.new, *answer["new"]),
            known=outcome.known + answer["known"],
            lines=(*outcome.lines, *answer["lines"]),
            gesture=answer["gesture"] or outcome.gesture,
        )
        self._bus.changed.emit(Changes(frozenset(answer["entities"]), initiator="clip"))
        self._go_on()

    def _on_failed(self, code: str, data: dict[str, Any]) -> None:
        if self._outcome is not None:
            self._end(replace(self._outcome, problem=sentence_of_code(code, **data)))

    def _end(self, outcome: Outcome) -> None:
        self._outcome, self._items = None, []
        self._incoming.fetch_behind(outcome.new)
        self.ended.emit(outcome)


def report(parent: QWidget, outcome: Outcome) -> None:
    """Show line by line what became of a file."""
    lines: list[tuple[str, str]] = [("bad" if outcome.problem else "good", outcome.told)]
    lines += [("watch", one) for one in outcome.lines[:_MOST_LINES]]
    left = len(outcome.lines) - _MOST_LINES
    if left > 0:
        lines.append(("watch", n_("and {n} more line", "and {n} more lines", left)))
    ask.report(parent, _("What came in"), outcome.name, lines)


def _asked_into(parent: QWidget) -> Into | None:
    choices: Sequence[tuple[Into, str]] = (
        ("dossier", _("A dossier of the same name")),
        ("theme", _("A theme of the same name")),
        ("", _("Nothing: only the pages")),
    )
    answer = ask.one_of(
        parent,
        _("What shall each folder become?"),
        [Choice(value or "none", label) for value, label in choices],
        _("A dossier gathers what belongs together; a theme says what a page is about."),
    )
    return next((value for value, _label in choices if (value or "none") == answer), None)
