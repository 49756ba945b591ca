"""What was written is kept: a draft at each pause, a revision when somebody means it.

Each pause keeps a draft on this computer; leaving the note, Ctrl+S, or two minutes of typing
record a revision, so that the history holds states somebody meant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


class Recording(QObject):
    """Records one note; ``state`` is what it was last known to be.

    Signals:
        told(): the state changed, or what was written could not be recorded.
    """

    told = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._saving: tuple[str, str, str] | None = None
        self._has_draft = False
        self.state = State()

    def begin(self, state: State, *, has_draft: bool) -> None:
        """Go on from what was read."""
        self.state, self._has_draft = state, has_draft

    def keep(self, title: str, text: str) -> None:
        """Keep what is being written as a draft, on this computer."""
        state = self.state
        draft = Draft(title, text, state.parents)
        self._has_draft = True
        self._jobs.write(lambda: self._desk.keep_draft(state.note, draft))

    def let_go(self) -> None:
        """Forget a draft of what was typed and taken out again."""
        if self.state.note and self._has_draft:
            note, self._has_draft = self.state.note, False
            self._jobs.write(lambda: self._desk.drop_draft(note))

    def record(self, title: str, text: str) -> None:
        """Record what was written, as one revision; what is being recorded already is not again."""
        state = self.state
        written = (state.note, title, text)
        if self._saving == written:
            return
        self._saving = written
        self._has_draft = False
        kept = Draft(title.strip() or state.title, text, state.parents)

        def done(recorded: tuple[Changes, tuple[str, ...]]) -> None:
            changes, heads = recorded
            self._saving = None
            if self.state.note == state.note:
                self.state = State(state.note, title, text, heads)
                self.told.emit()
            self._bus.changed.emit(changes)

        def failed(problem: VeilleError) -> None:
            # Not recorded: it stays in the editor, and as a draft where that can be written.
            self._saving = None
            self._jobs.write(
                lambda: self._desk.keep_draft(state.note, kept), None, lambda _problem: None
            )
            self._jobs.failed.emit(problem)
            self.told.emit()

        self._jobs.write(self._writer(state, kept), done, failed)

    def _writer(
        self, state: State, kept: Draft
    ) -> Callable[[], tuple[Changes, tuple[str, ...]]]:  # fmt: skip
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
            return Changes(frozenset(entities), initiator="notes"), heads

        return write
