"""What comments hold about a person: found, given to her in a file, erased.

A part of the Desk. *Deleting* hides; this removes the content, and leaves a mark.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from veille.desk import backups, rebuild
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import merge
from veille.domain import operation as op
from veille.domain.errors import FileUnreadable
from veille.domain.facts import Changes, Fact
from veille.domain.ids import kind_of
from veille.domain.operation import Json, Operation
from veille.domain.text import fold, key
from veille.domain.views import Row
from veille.store import erasing as eraser
from veille.store import operations, things
from veille.store.connection import Rows

# Words that may stand between those of a name: "Dupont, sa collègue Anne".
NEAR: Final = 3
COMMENT, AUTHOR, SPEAKER = "comment", "author", "speaker"


@dataclass(frozen=True, slots=True)
class Mention:
    """A comment that concerns a person.

    Attributes:
        row: the annotation or the quote, deleted ones too.
        about: the article, None when it is not here.
        where: ``comment`` (named in it), ``author`` (written by her), ``speaker`` (on her words).
        texts: everything the comment ever said here, the oldest first.
    """

    row: Row
    about: Row | None
    where: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        changes: what changed here.
        waiting_spaces: the names of shared spaces whose folder hears of it at the next round.
        refused: what somebody else wrote, in a space where one is no référent.
        cleaned: whether copies and the index have forgotten; else the next round sees to it.
        kept: the files of memories set aside, or unreadable, that hold the content or may.
    """

    changes: Changes
    waiting_spaces: tuple[str, ...]
    refused: tuple[str, ...]
    cleaned: bool = True
    kept: tuple[Path, ...] = ()


class Requests:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def now(self) -> int:
        """Give the moment, milliseconds since 1970."""
        return self._house.now()

    def mentions(self, name: str) -> list[Mention]:
        """Find what comments hold about a person, hidden ones too, newest first."""
        return mentions(self._house, name)

    def export(self, file: Path, *, written: str) -> None:
        """Write the answer to an access request. Raises FileUnreadable (it exists already)."""
        export(file, written=written)

    def erase(self, targets: Sequence[str]) -> Erased:
        """Remove the content of comments for good."""
        return erase(self._house, targets)


def mentions(house: House, name: str) -> list[Mention]:
    """Find the comments that name a person, that she wrote, or that are on her words."""
    words = _words(name)
    if not words:
        return []
    found: list[Mention] = []
    with house.database.reading() as db:
        people = eraser.people_called(db, key(name))
        every = eraser.commented(db)
        for one in every:
            said = operations.of_entity(db, one)
            row = _row(db, one, said, personal=house.personal)
            texts = _texts(said)
            where = _where(row, said, texts, words, people) if row else ""
            if row and where:
                about = things.rows(db, [things.moved_to(db, row.about) or row.about])
                found.append(Mention(row, next(iter(about), None), where, texts))
    return sorted(found, key=lambda one: (-one.row.updated_at, one.row.id))


def _row(db: Rows, entity: str, said: Sequence[Operation], *, personal: str) -> Row | None:
    """Give the row of a thing, or what can be said of one that no list shows.

    A comment that somebody rewrote while it was being erased has no beginning any more: its new
    words stand in the memory all the same.
    """
    if known := things.rows(db, [entity]):
        return known[0]
    thing = merge.fold(said, personal=personal)
    if thing is None:
        return None
    return Row(
        id=entity, kind=thing.kind, space=thing.space, title="", about=thing.text_field("article"),
        state="", source="", published="", verdict="", words=0, lead="", conflicts=0,
        created_by=thing.created_by, created_at=thing.created_at, updated_by=thing.updated_by,
        updated_at=thing.updated_at, hidden=things.DELETED, fields=thing.fields,
    )  # fmt: skip


def _texts(said: Sequence[Operation]) -> tuple[str, ...]:
    ordered = sorted(said, key=lambda one: one.order)
    spoken = [one.data.get("comment") for one in ordered if one.kind in op.ERASABLE]
    return tuple(dict.fromkeys(one for one in spoken if isinstance(one, str) and one.strip()))


def _where(
    row: Row, said: Sequence[Operation], texts: Sequence[str], words: Sequence[str],
    people: set[str],
) -> str:  # fmt: skip
    """Tell why a comment concerns somebody; ``""`` when it does not."""
    if not texts:
        return ""
    if any(is_named(one, words) for one in texts):
        return COMMENT
    wrote = {one.by for one in said if one.kind in op.ERASABLE and one.data.get("comment")}
    if people & {row.created_by, *wrote}:
        return AUTHOR
    return SPEAKER if is_named(row.text("speaker"), words) else ""


def _words(text: str) -> list[str]:
    return "".join(one if one.isalnum() else " " for one in fold(text)).split()


def is_named(text: str, words: Sequence[str]) -> bool:
    """Tell whether all words of a name stand in a text, in any order, close together."""
    there = _words(text)
    wide = len(words) + NEAR
    starts = [at for at, one in enumerate(there) if one in words]
    return any(set(words) <= set(there[at : at + wide]) for at in starts)


def export(file: Path, *, written: str) -> None:
    """Write a file that must not exist yet. Raises FileUnreadable."""
    try:
        with file.open("x", encoding="utf-8") as made:
            made.write(written)
            made.flush()
            with suppress(OSError):
                # What it holds may be erased next. Some drives cannot say that they have it.
                os.fsync(made.fileno())
    except OSError as problem:
        raise FileUnreadable(path=str(file)) from problem


def erase(house: House, targets: Sequence[str]) -> Erased:
    """Erase comments here, and have the spaces they stand in do it.

    An annotation goes whole; a quote loses its comment and stays. All lines of a thing, or none:
    what the person at the desk may not erase is refused and left as it is.
    """
    facts: list[Fact] = []
    refused: list[str] = []
    with house.database.reading() as db:
        for one in dict.fromkeys(each for target in targets for each in _all_names(db, target)):
            purges = _purges(house, db, one)
            if purges is None:
                refused.append(one)
                continue
            facts += purges
    if not facts:
        return Erased(Changes(), (), tuple(refused))
    spaces = {one.space for one in facts}
    with house.database.writing() as db:
        # A stop from here on is made good at the next round, or the next erasure.
        eraser.note_due(db)
    changes = record(house, facts)
    gone = rebuild.settle_erasures(house, {one.entity for one in facts})
    cleaned = backups.clean_if_due(house)
    waiting = [one.name for one in house.spaces() if one.id in spaces and one.folder]
    whole = Changes(changes.entities | gone, changes.gesture)
    kept = tuple(backups.still_holding(house))
    return Erased(whole, tuple(sorted(waiting)), tuple(refused), cleaned, kept)


def _all_names(db: Rows, target: str) -> list[str]:
    """Give a thing and what it was before it was shared, or is since."""
    found = [target]
    for one in found:
        found += [other for other in eraser.same_as(db, one) if other not in found]
    return [one for one in found if kind_of(one) in {"annotation", "quote"}]


def _purges(house: House, db: Rows, entity: str) -> list[Fact] | None:
    """Give what erases a thing in each space it was said in; None when one may not."""
    standing = [one for one in eraser.written(db, entity) if not one.is_tombstone]
    said = operations.of_entity(db, entity)
    if kind_of(entity) == "quote" and not _texts(said):
        return []
    facts: list[Fact] = []
    for space in sorted({one.space for one in standing}):
        there = [one for one in standing if one.space == space]
        others = any(one.by != house.person for one in there)
        if others and house.person not in eraser.referents(db, space):
            return None
        named: list[Json] = [[one.id, one.digest, one.hash] for one in there]
        if kind_of(entity) == "quote" and any(one.kind == op.QUOTE_ADD for one in there):
            facts.append(Fact(entity, op.QUOTE_ADD, _but_comment(said, space), space))
            if things.row(db, entity).hidden == things.DELETED:
                facts.append(Fact(entity, op.DELETE, {}, space))
        facts.append(Fact(entity, op.PURGE, {"lines": named}, space))
    return facts


def _but_comment(said: Sequence[Operation], space: str) -> dict[str, Json]:
    """State a quote again without its comment: its passage and its speaker are not in question."""
    thing = merge.fold([one for one in said if one.space == space], personal=space)
    fields = dict(thing.fields) if thing else {}
    return {name: value for name, value in fields.items() if name != "comment"}
