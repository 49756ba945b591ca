"""What was written is kept: a draft at each pause, a revision when somebody means it.

Each pause keeps a draft on this computer, and so do a few seconds of typing without any; leaving
the note, Ctrl+S, or two minutes of typing record a revision, so that the history holds states
somebody meant. Of one note, one revision is recorded at a time: what is written meanwhile is
recorded after it, on top of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.domain.views import Draft
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs


@dataclass(frozen=True, slots=True)
class State:
    """A note as it was read or recorded last, and the revisions it is woven from."""

    note: str = ""
    title: str = ""
    text: str = ""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A revision being recorded: what it goes on from, what it says, what is to be said next."""

    before: State
    title: str
    text: str
    next: tuple[str, str] | None = None


class Recording(QObject):
    """Records notes; ``state`` is what the one that is shown was last known to be.

    ``has_draft`` tells whether a draft of it is kept.

    Signals:
        told(): the state changed, or what was written could not be recorded.
    """

    told = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._under_way: dict[str, _UnderWay] = {}
        # Of the last revision of each note, what it went on from, and what it is: for the lane.
        self._heads: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.has_draft = False
        self.state = State()

    def begin(self, state: State, *, has_draft: bool) -> None:
        """Go on from what was read."""
        self.state, self.has_draft = state, has_draft

    def awaited(self, note: str) -> State | None:
        """Give a note as it is being recorded: newer than the memory, on the same parents."""
        one = self._under_way.get(note)
        if one is None:
            return None
        title, text = one.next or (one.title, one.text)
        return State(note, title, text, one.before.parents)

    def close(self) -> None:
        """Keep what was to be recorded next as a draft: nobody will be there to record it."""
        for one in self._under_way.values():
            if one.next is not None:
                self._jobs.write(partial(self._keep, one.before, *one.next))

    def keep(self, title: str, text: str) -> None:
        """Keep what is being written as a draft, on this computer."""
        self.has_draft = True
        self._jobs.write(partial(self._keep, self.state, title, text))

    def _keep(self, state: State, title: str, text: str) -> None:
        """Keep a draft, on the lane: a revision recorded there meanwhile is what it goes on from."""
        before, heads = self._heads.get(state.note, ((), ()))
        parents = heads if heads and before == state.parents else state.parents
        self._desk.keep_draft(state.note, Draft(title, text, parents))

    def let_go(self) -> None:
        """Forget a draft of what was typed and taken out again."""
        if self.state.note and self.has_draft:
            note, self.has_draft = self.state.note, False
            self._jobs.write(lambda: self._desk.drop_draft(note))

    def record(self, title: str, text: str) -> None:
        """Record what was written, as one revision; after the one that is being recorded."""
        note = self.state.note
        one = self._under_way.get(note)
        self.has_draft = False
        if one is None:
            self._start(self.state, title, text)
        elif (title, text) != (one.title, one.text):
            self._under_way[note] = replace(one, next=(title, text))
        else:
            self._under_way[note] = replace(one, next=None)
            self._jobs.write(lambda: self._desk.drop_draft(note))

    def _start(self, before: State, title: str, text: str) -> None:
        self._under_way[before.note] = _UnderWay(before, title, text)
        kept = Draft(title.strip() or before.title, text, before.parents)
        self._jobs.write(
            self._writer(before, kept),
            lambda recorded: self._on_recorded(before.note, *recorded),
            lambda problem: self._on_failed(before.note, problem),
        )

    def _on_recorded(self, note: str, changes: Changes, heads: tuple[str, ...]) -> None:
        one = self._under_way.pop(note)
        recorded = State(note, one.title, one.text, heads)
        if one.next is not None:
            self._start(recorded, *one.next)
        if self.state.note == note:
            # What is shown comes from this revision: it was typed on, or opened while it waited.
            self.state = recorded
            self.told.emit()
        self._bus.changed.emit(changes)

    def _on_failed(self, note: str, problem: VeilleError) -> None:
        """Keep what could not be recorded: in the editor, and as a draft where one can be written."""
        one = self._under_way.pop(note)
        title, text = one.next or (one.title, one.text)
        draft = Draft(title.strip() or one.before.title, text, one.before.parents)
        self._jobs.write(lambda: self._desk.keep_draft(note, draft), None, lambda _problem: None)
        self._jobs.failed.emit(problem)
        if self.state.note == note:
            self.state = one.before
            self.told.emit()

    def _writer(self, state: State, kept: Draft) -> Callable[[], tuple[Changes, tuple[str, ...]]]:
        desk = self._desk

        def write() -> tuple[Changes, tuple[str, ...]]:
            entities: set[str] = set()
            heads = state.parents
            if kept.title != state.title:
                entities |= desk.rename_note(state.note, kept.title).entities
            if kept.text != state.text:
                changes = desk.edit_note(state.note, kept.text, parents=state.parents)
                entities |= changes.entities
                # What a colleague wrote meanwhile was not before my eyes: it is no parent.
                heads = (changes.gesture,) if changes.gesture else state.parents
            desk.drop_draft(state.note)
            self._heads[state.note] = state.parents, heads
            return Changes(frozenset(entities), initiator="notes"), heads

        return write
