"""The operations as they were recorded or received, read back."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass, replace

from veille.domain.clock import Stamp
from veille.domain.errors import StoreDamaged
from veille.domain.operation import Operation
from veille.journal import line as lines
from veille.journal.line import LineError
from veille.store.connection import Rows


@dataclass(frozen=True, slots=True)
class Loose:
    """A line recorded here and not yet sealed into a segment."""

    n: int
    line: str


def digest(by: str, space: str, line: str) -> str:
    """Sum up what tells two operations of one id apart: who, where, and the very line."""
    return hashlib.sha256(f"{by}\n{space}\n{line}".encode()).hexdigest()[:16]


def of_entity(db: Rows, entity: str) -> list[Operation]:
    """Give all operations on one entity, in no particular order."""
    rows = db.execute(
        "SELECT id, line, space, by, received FROM operations WHERE entity = ?", (entity,)
    )
    return [_read(row) for row in rows]


def of_gesture(db: Rows, gesture: str) -> list[Operation]:
    """Give the operations of one gesture, in the order they were recorded."""
    rows = db.execute(
        "SELECT id, line, space, by, received FROM operations WHERE gesture = ? ORDER BY n",
        (gesture,),
    )
    return [_read(row) for row in rows]


def _read(row: sqlite3.Row) -> Operation:
    try:
        one = lines.read(row["line"], space=row["space"])
        # Who answers for it was decided when it came in: the line alone proves nothing.
        return replace(one, by=row["by"], received=row["received"])
    except LineError as problem:
        raise StoreDamaged(detail=f"operation {row['id']}") from problem


def entities(db: Rows) -> list[str]:
    """Give every entity anything was ever said about."""
    return [row[0] for row in db.execute("SELECT DISTINCT entity FROM operations ORDER BY entity")]


def count(db: Rows) -> int:
    """Count the operations."""
    return int(db.execute("SELECT count(*) FROM operations").fetchone()[0])


def newest(db: Rows) -> int:
    """Give the number of the last operation."""
    return int(db.execute("SELECT coalesce(max(n), 0) FROM operations").fetchone()[0])


def last_stamp(db: Rows) -> Stamp:
    """Give the clock as it was after the last operation recorded or taken into account here."""
    row = db.execute("SELECT value FROM meta WHERE name = 'clock'").fetchone()
    return Stamp.parse(row[0]) if row else Stamp(0)


def loose(db: Rows, space: str) -> list[Loose]:
    """Give what was recorded here for a space and not sealed yet, in order."""
    rows = db.execute(
        "SELECT n, line FROM operations WHERE space = ? AND segment = '' ORDER BY n", (space,)
    )
    return [Loose(row["n"], row["line"]) for row in rows]


def has_segment(db: Rows, segment: str) -> bool:
    """Tell whether a segment is kept here, "" for none."""
    if not segment:
        return False
    found = db.execute("SELECT 1 FROM segments WHERE id = ?", (segment,)).fetchone()
    return found is not None
