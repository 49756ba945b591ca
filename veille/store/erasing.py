"""Content that must go: from the operations and from the kept segments; a mark stays.

Who is believed does not depend on the order in which things arrive: a line goes when a purge
names it that its own author wrote, or one whose author is, or was once, a référent of the space.
What came back would have to be erased twice; so a right to erase, once given, is not taken back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from veille.domain import operation as op
from veille.domain import roles
from veille.domain.ids import space_entity
from veille.domain.operation import Operation
from veille.journal import line as lines
from veille.journal.line import LineError
from veille.journal.segment import Segment, SegmentError, line_hash, open_segment, redact
from veille.store import guard, local, operations
from veille.store import segments as shelf
from veille.store.connection import Rows

# In place of a segment, for a line that was never sealed: it never will be.
ERASED: Final = "erased"
# Remembered while copies, free pages and the index may still hold what was erased: a count, that
# grows with each erasure, and the one that free pages have forgotten.
_DUE: Final = "erasing"
_SCRUBBED: Final = "scrubbed"
_WHOLE: Final = "whole"


@dataclass(frozen=True, slots=True)
class Line:
    """A line recorded on a thing, as a purge names it."""

    id: str
    digest: str
    hash: str
    by: str
    space: str
    kind: str
    is_tombstone: bool


def written(db: Rows, entity: str) -> list[Line]:
    """Give the lines on an entity whose content can be erased, or was."""
    query = "SELECT id, digest, by, space, kind, line FROM operations WHERE entity = ? ORDER BY n"
    return [
        Line(
            one["id"], one["digest"], line_hash(one["line"]), one["by"], one["space"], one["kind"],
            is_tombstone(one["line"]),
        )
        for one in db.execute(query, (entity,))
        if one["kind"] in op.ERASABLE
    ]  # fmt: skip


def is_tombstone(line: str) -> bool:
    """Tell whether a recorded line is only the mark that something was erased."""
    if '"purged":1' not in line:
        return False
    try:
        return lines.loads(line).get("d") == dict(op.TOMBSTONE)
    except LineError:
        return False


def entities(db: Rows, space: str = "") -> set[str]:
    """Give what purges were said of, in one space or in all."""
    query = "SELECT DISTINCT entity FROM operations WHERE kind = ?1 AND (space = ?2 OR ?2 = '')"
    return {one[0] for one in db.execute(query, (op.PURGE, space))}


def referents(db: Rows, space: str) -> set[str]:
    """Give who may erase what others wrote in a space: who opened it, who was ever given it.

    Only what a référent gave counts, in whatever order it arrived.
    """
    entity = str(space_entity(space))
    said = [one for one in operations.of_entity(db, entity) if one.space == space]
    opened = {
        one.by for one in said if one.kind == op.SPACE_SET and "name" in one.data and not one.over
    }
    found: set[str] = set()
    # Two who claim to have opened it: one of them forged it, and what is erased does not come back.
    more = opened if len(opened) == 1 else set()
    while more:
        found |= more
        more = {
            name.removeprefix(roles.field(""))
            for one in said
            if one.kind == op.SPACE_SET and one.by in found
            for name, value in one.data.items()
            if value == roles.REFERENT and roles.is_field(name)
        } - found
    return found


def commented(db: Rows) -> list[str]:
    """Give everything a comment may ever have been written on, deleted or not."""
    marks = ", ".join("?" * len(op.ERASABLE))
    query = f"SELECT DISTINCT entity FROM operations WHERE kind IN ({marks})"  # noqa: S608 - marks
    return [one[0] for one in db.execute(query, sorted(op.ERASABLE))]


def people_called(db: Rows, name: str) -> set[str]:
    """Give the people of a name, folded by ``domain.text.key``."""
    query = "SELECT id FROM things WHERE kind = 'person' AND title_key = ?"
    return {one[0] for one in db.execute(query, (name,))}


def same_as(db: Rows, thing: str) -> list[str]:
    """Give what a thing was before it was shared, and what it is since."""
    query = "SELECT old FROM aliases WHERE new = ?1 UNION SELECT new FROM aliases WHERE old = ?1"
    return [one[0] for one in db.execute(query, (thing,))]


def settle(db: Rows, touched: Iterable[str], *, segments: Iterable[str] = ()) -> set[str]:
    """Erase what the purges of these entities name. Gives the entities whose content went.

    Repeating it changes nothing. Run in the transaction that recorded them.

    Args:
        db: the memory.
        touched: the entities something was just recorded on.
        segments: those just kept, which may hold again what is erased already.
    """
    gone: set[str] = set()
    believed: dict[str, set[tuple[str, str]]] = {}
    fresh: set[str] = set()
    for entity in touched:
        for space, identity, digest in _believed(db, entity):
            believed.setdefault(space, set()).add((identity, digest))
            if _bury(db, identity, digest):
                gone.add(entity)
                fresh.add(space)
    chosen = set(segments)
    for space, named in believed.items():
        for one in shelf.kept(db, space):
            if space in fresh or one.id in chosen:
                _redact(db, space, one, named)
    if gone:
        note_due(db)
    return gone


def _named(db: Rows, entity: str) -> dict[tuple[str, str, str], set[str]]:
    """Give ``{(space, operation, digest): who wants it gone}``."""
    named: dict[tuple[str, str, str], set[str]] = {}
    for one in operations.of_entity(db, entity):
        if one.kind == op.PURGE:
            for identity, digest, _hash in _lines(one):
                named.setdefault((one.space, identity, digest), set()).add(one.by)
    return named


def _lines(purge: Operation) -> list[tuple[str, str, str]]:
    listed = purge.data.get("lines")
    found = []
    for one in listed if isinstance(listed, list) else ():
        words = [word for word in one if isinstance(word, str)] if isinstance(one, list) else []
        if len(words) in {2, 3}:
            found.append((words[0], words[1], words[2] if len(words) == 3 else ""))
    return found


def _believed(db: Rows, entity: str) -> list[tuple[str, str, str]]:
    named = _named(db, entity)
    if not named:
        return []
    may: dict[str, set[str]] = {}
    found = []
    for one in written(db, entity):
        who = named.get((one.space, one.id, one.digest), set())
        if who and one.by not in who and one.space not in may:
            may[one.space] = referents(db, one.space)
        if one.by in who or who & may.get(one.space, set()):
            found.append((one.space, one.id, one.digest))
    return found


def _bury(db: Rows, identity: str, digest: str) -> bool:
    """Leave of a line only its envelope; tells whether there was more."""
    row = db.execute(
        "SELECT n, line, space FROM operations WHERE id = ? AND digest = ?", (identity, digest)
    ).fetchone()
    if is_tombstone(row["line"]):
        return False
    said = lines.read(row["line"], space=row["space"])
    left = lines.write(replace(said, data=op.TOMBSTONE, extra={}))
    db.execute(
        "UPDATE operations SET line = ?, segment = CASE segment WHEN '' THEN ? ELSE segment END"
        " WHERE n = ?",
        (left, ERASED, row["n"]),
    )
    guard.stamp(db, "operations", "n = ?", (row["n"],))
    return True


def _redact(db: Rows, space: str, one: shelf.Kept, named: set[tuple[str, str]]) -> None:
    data = shelf.data(db, space, one.id)
    if not any(identity.encode() in data for identity, _digest in named):
        return
    try:
        read = open_segment(data)
    except SegmentError:
        return
    hashes = {
        line_hash(line)
        for said, line in zip(read.operations, read.lines, strict=True)
        if (said.id, operations.digest(said.by, space, line)) in named
    }
    if not hashes:
        return
    local.set_meta(db, _whole(space, one.id), f"{_sizes(db, space, one.id)} {one.size}".strip())
    note_due(db)
    shelf.replace_data(db, space, one.id, redact(data, hashes))
    if one.mine and one.pack:
        # Not whole any more: the next whole round looks into it and writes it again.
        shelf.drop_pack(db, space, one.device, one.pack)
    elif one.mine:
        shelf.mark(db, space, [one.id], shared=False)


def _whole(space: str, segment: str) -> str:
    return f"{_WHOLE} {space} {segment}"


def _sizes(db: Rows, space: str, segment: str) -> str:
    return local.meta(db, _whole(space, segment))


def older_sizes(db: Rows, space: str) -> Mapping[str, tuple[int, ...]]:
    """Give ``{segment: sizes}`` that redacted segments had before: so they may still stand."""
    start = f"{_WHOLE} {space} "
    query = "SELECT name, value FROM meta WHERE name BETWEEN ? AND ?"
    return {
        one[0].removeprefix(start): tuple(int(size) for size in one[1].split())
        for one in db.execute(query, (start, f"{start}~"))
    }


def is_explained(db: Rows, one: Segment) -> bool:
    """Tell whether every line taken out of a segment was erased by somebody who may."""
    if not one.taken:
        return True
    space, author = one.header.space, one.header.author
    who: dict[str, set[str]] = {}
    for entity in entities(db, space):
        for said in operations.of_entity(db, entity):
            if said.kind == op.PURGE and said.space == space:
                for _id, _digest, stood in _lines(said):
                    who.setdefault(stood, set()).add(said.by)
    may = {author, *referents(db, space)}
    return all(who.get(stood, set()) & may for stood in one.taken)


def keep_tombstone(db: Rows, row: Mapping[str, str | int]) -> None:
    """Keep the mark of something erased, read from another memory, under its own digest."""
    names = guard.GUARDED["operations"]
    values = tuple(row[name] for name in names)
    db.execute(
        f"INSERT OR IGNORE INTO operations ({', '.join(names)}, sum)"  # noqa: S608 - our names
        f" VALUES ({', '.join('?' * len(values))}, ?)",
        (*values, guard.sum_of(values)),
    )


def note_due(db: Rows) -> None:
    """Remember that what is beside the tables has something to forget."""
    local.set_meta(db, _DUE, str(int(local.meta(db, _DUE) or 0) + 1))


def due(db: Rows) -> str:
    """Give what tells this erasure from the next, "" when nothing is to be forgotten."""
    return local.meta(db, _DUE)


def note_scrubbed(db: Rows, noted: str) -> None:
    """Remember up to which erasure the free pages have forgotten: copies taken since have too."""
    local.set_meta(db, _SCRUBBED, noted)


def note_done(db: Rows, noted: str) -> None:
    """Forget that something was due, unless another process has erased more meanwhile."""
    if due(db) == noted:
        local.drop_meta(db, _DUE)
        local.drop_meta(db, _SCRUBBED)


def scrub(db: Rows) -> bool:
    """Have free pages and the journal of the database forget; tells whether they all did."""
    db.execute("VACUUM")
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy[0]


def erased(db: Rows) -> set[tuple[str, str]]:
    """Give the lines that were erased here: ``(operation, digest)``."""
    query = "SELECT id, digest, line FROM operations WHERE line LIKE '%\"purged\":1%'"
    return {(one[0], one[1]) for one in db.execute(query) if is_tombstone(one[2])}


def holds(copy: Path, lines_erased: Iterable[tuple[str, str]], *, unreadable: bool = False) -> bool:
    """Tell whether a copy of the memory still has the content of lines that were erased.

    One taken before free pages had forgotten has it there, whatever its rows say.

    Args:
        copy: a file.
        lines_erased: those, as ``erased`` gives them.
        unreadable: what to say of a copy that cannot be read. It is not ours to throw away, and
            nothing is known of it.
    """
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as db:
            if due(db) != local.meta(db, _SCRUBBED):
                return True
            query = "SELECT line FROM operations WHERE id = ? AND digest = ?"
            found = (db.execute(query, one).fetchone() for one in lines_erased)
            return any(one is not None and not is_tombstone(one[0]) for one in found)
    except (sqlite3.Error, UnicodeDecodeError):
        return unreadable
