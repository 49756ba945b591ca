"""The history of a note as people lived it: who changed what, paragraph by paragraph; taking back.

A part of the Desk. What is taken back is recorded as an edit or a renaming like any other, so it
can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from veille.desk import noting, spelling
from veille.desk.house import House
from veille.domain import merge
from veille.domain.errors import NotFound
from veille.domain.facts import Changes
from veille.store import operations, things
from veille.wiki import authorship, changes, runs, states
from veille.wiki.states import Past

# What the window is handed by name: it knows the desk, not the rooms below.
Change: TypeAlias = changes.Change
Run: TypeAlias = runs.Run
State: TypeAlias = states.State

_SHORTEST_PREFIX: Final = 4


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changed something, and when (milliseconds)."""

    revision: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Authored:
    """A paragraph of today.

    Attributes:
        line: of its first words, from 0.
        last: who last changed it; None when that is older than the revisions looked at.
        before: who changed it before, newest first.
        earlier: whether it was there before the revisions that were looked at.
    """

    text: str
    line: int
    last: Edit | None
    before: tuple[Edit, ...]
    earlier: bool


class Tracing:
    """One method for each thing that can be asked. All raise NotFound."""

    def __init__(self, house: House) -> None:
        self._house = house

    def states(self, note: str) -> list[State]:
        """Give the states of a note, newest first; what it was at first is always among them."""
        return states.states(self._past(note))

    def compare(self, note: str, state: str) -> tuple[Change, ...]:
        """Tell what a state changed: against the one before, or the nearest that it merged.

        A state is named by its id, by one of its revisions, or by how they begin.
        """
        past = self._past(note)
        found = _named(states.states(past), state)
        if not found.revisions:
            return ()
        return changes.changes(
            states.before(past, found.revisions[0]), past.body(found.revisions[-1])
        )

    def against_today(self, note: str, state: str) -> tuple[Change, ...]:
        """Tell what was changed since a state."""
        past = self._past(note)
        return changes.changes(_text(past, state), past.text)

    def readable(self, found: Sequence[Change]) -> tuple[Change, ...]:
        """Give changes as people read them: quotes by their words, not by their ids."""
        texts = [text for one in found for text in (one.before, one.after)]
        with self._house.database.reading() as db:
            said = spelling.spelled(db, texts)
        pairs = zip(found, said[::2], said[1::2], strict=True)
        return tuple(_reworded(one, before, after) for one, before, after in pairs)

    def paragraphs(self, note: str) -> list[Authored]:
        """Tell who wrote each paragraph of today, as people read it."""
        found = self.authorship(note)
        with self._house.database.reading() as db:
            said = spelling.spelled(db, [one.text for one in found])
        return [replace(one, text=text) for one, text in zip(found, said, strict=True)]

    def authorship(self, note: str) -> list[Authored]:
        """Tell who wrote each paragraph of today, as it is written."""
        past = self._past(note)
        return [
            Authored(
                one.text,
                one.line,
                _edit(past, one.revision_id) if one.revision_id else None,
                tuple(_edit(past, name) for name in one.edits),
                one.earlier,
            )
            for one in authorship.authorship(past.revisions, past.heads)
        ]

    def restore(self, note: str, state: str) -> Changes:
        """Bring back the whole text of a state, its title left alone."""
        past = self._past(note)
        return self._write(past, _text(past, state))

    def restore_title(self, note: str, state: str, *, before: bool = False) -> Changes:
        """Bring back what the note was called in a state, or before it, its text left alone."""
        past = self._past(note)
        found = _named(states.states(past), state)
        title = found.title_before if before else found.title
        return Changes() if title == past.title else noting.rename(self._house, note, title)

    def restore_change(
        self, note: str, state: str, index: int, *, shown: Change | None = None
    ) -> Changes:
        """Have one passage be again what it was in a state, all else left alone.

        Args:
            note: its id.
            state: the state.
            index: of the change, in ``against_today``.
            shown: the change as the person saw it: another one that took its place since, because
                a colleague wrote meanwhile, is not taken back.
        """
        past = self._past(note)
        before = _text(past, state)
        found = changes.changes(before, past.text)
        numbers = [n for n, one in enumerate(found) if shown is None or one.runs == shown.runs]
        # The place of a passage moves when others come and go above it.
        if not numbers or (shown is None and not 0 <= index < len(found)):
            raise NotFound(what=str(index))
        chosen = index if index in numbers else min(numbers, key=lambda n: abs(n - index))
        return self._write(past, changes.restored(before, past.text, found[chosen]))

    def _write(self, past: Past, text: str) -> Changes:
        if text == past.text:
            return Changes()
        # What a colleague writes meanwhile was not in view: it is no parent.
        seen = [one.id for one in past.heads]
        return noting.edit(self._house, past.note, text, parents=seen)

    def _past(self, note: str) -> Past:
        with self._house.database.reading() as db:
            things.row(db, note)
            said = operations.of_entity(db, note)
        thing = merge.fold(said, personal=self._house.personal)
        if thing is None or thing.kind != "note":
            raise NotFound(what=note)
        return Past.of(thing, said)


def _reworded(one: Change, before: str, after: str) -> Change:
    if (before, after) == (one.before, one.after):
        return one
    if one.kind == "rewritten":
        return replace(one, runs=runs.runs(before, after))
    return replace(one, runs=(replace(one.runs[0], text=before or after),))


def _edit(past: Past, name: str) -> Edit:
    return Edit(name, past.revisions[name].by, past.at(name))


def _named(among: Sequence[State], wanted: str) -> State:
    """Find a state by its id, by one of its revisions, or by how they begin. Raises NotFound."""
    names = {name: one for one in among for name in (*one.revisions, one.id)}
    if wanted in names:
        return names[wanted]
    some = {id(one): one for name, one in names.items() if name.startswith(wanted)}
    if len(wanted) < _SHORTEST_PREFIX or len(some) != 1:
        raise NotFound(what=wanted)
    return next(iter(some.values()))


def _text(past: Past, wanted: str) -> str:
    """Give the text of a state; of a title, what the note said when it was given."""
    every = states.states(past)
    older = every[every.index(_named(every, wanted)) :]
    return next((past.body(one.revisions[-1]) for one in older if one.revisions), "")
