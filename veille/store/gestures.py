"""What people did, gesture by gesture: counted by the tables, never read operation by operation."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from veille.store.connection import Rows

_SLICE: Final = 400
# Of an operation that says one thing, what it says: a state, a theme, whether it is for later, the
# space something was shared into.
_SAID: Final = """
    CASE WHEN o.kind = 'move'
    THEN coalesce((SELECT name FROM spaces WHERE id = json_extract(o.line, '$.d.space')), '')
    WHEN o.kind IN ('article.set', 'rule.set', 'feed.set', 'tag.add', 'tag.rm')
    THEN coalesce(json_extract(o.line, '$.d.state'), json_extract(o.line, '$.d.paused'),
                  json_extract(o.line, '$.d.tag'), '')
    ELSE '' END"""


@dataclass(frozen=True, slots=True)
class Part:
    """What a gesture did of one kind.

    Attributes:
        kind: of the operations.
        of: the kind of the things, as the first letter of their ids.
        said: a state, a theme, the name of a space, "1" or "0" for what is paused or taken up again;
            "" for the rest.
        things: how many.
        thing: one of them.
        title: what it is called today.
        is_new: whether this gesture began it.
    """

    kind: str
    of: str
    said: str
    things: int
    thing: str
    title: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A gesture as it was recorded; ``at``: milliseconds; ``last``: its latest operation here."""

    id: str
    by: str
    at: int
    device: str
    undoes: str
    last: int
    parts: tuple[Part, ...]


def newest(db: Rows, *, limit: int) -> list[Done]:
    """Give the latest gestures, newest first."""
    query = (
        "SELECT gesture, max(n) AS last FROM operations GROUP BY gesture ORDER BY last DESC LIMIT ?"
    )
    found = {one[0]: int(one[1]) for one in db.execute(query, (limit,))}
    names = list(found)
    done: list[Done] = []
    for start in range(0, len(names), _SLICE):
        done += _read(db, names[start : start + _SLICE], found)
    return sorted(done, key=lambda one: (one.at, one.last), reverse=True)


def named(db: Rows, gesture: str) -> Done | None:
    """Give one gesture."""
    query = "SELECT max(n) FROM operations WHERE gesture = ?"
    last = db.execute(query, (gesture,)).fetchone()[0]
    return _read(db, [gesture], {gesture: int(last)})[0] if last is not None else None


def _read(db: Rows, names: Sequence[str], last: dict[str, int]) -> list[Done]:
    marks = ", ".join("?" * len(names))
    query = f"""
        SELECT o.gesture, o.kind, substr(o.entity, 1, 1) AS of, CAST({_SAID} AS TEXT) AS said,
               count(DISTINCT o.entity) AS things, min(o.n) AS first, max(o.by) AS by,
               max(o.stamp) AS stamp, max(o.device) AS device, max(o.undoes) AS undoes
        FROM operations o WHERE o.gesture IN ({marks})
        GROUP BY o.gesture, o.kind, of, said ORDER BY first"""  # noqa: S608 - our words, and marks
    rows = db.execute(query, names).fetchall()
    firsts = _firsts(db, [one["first"] for one in rows])
    grouped: dict[str, list[Part]] = {}
    heads: dict[str, sqlite3.Row] = {}
    for one in rows:
        thing, title, is_new = firsts[one["first"]]
        part = Part(one["kind"], one["of"], one["said"], one["things"], thing, title, is_new)
        grouped.setdefault(one["gesture"], []).append(part)
        heads.setdefault(one["gesture"], one)
    return [
        Done(
            name, head["by"], int(head["stamp"][:13]), head["device"], head["undoes"],
            last[name], tuple(grouped[name]),
        )
        for name, head in heads.items()
    ]  # fmt: skip


def _firsts(db: Rows, numbers: Sequence[int]) -> dict[int, tuple[str, str, bool]]:
    found: dict[int, tuple[str, str, bool]] = {}
    for start in range(0, len(numbers), _SLICE):
        part = numbers[start : start + _SLICE]
        marks = ", ".join("?" * len(part))
        query = (
            "SELECT o.n, o.entity, coalesce(t.title, ''), NOT EXISTS (SELECT 1 FROM operations p"  # noqa: S608
            " WHERE p.entity = o.entity AND p.n < o.n) FROM operations o"
            f" LEFT JOIN things t ON t.id = o.entity WHERE o.n IN ({marks})"
        )
        found.update((one[0], (one[1], one[2], bool(one[3]))) for one in db.execute(query, part))
    return found
