"""What feeds brought and nobody has acted upon yet: beside the memory, not in it.

A memory is what people recorded. Three hundred items a morning are not: they pass by, kept here for
a while, and what nobody wanted is forgotten. Each is written as the operations that would record
it, so that it is folded, listed, read and searched like everything else; the first time somebody
acts upon one, these very operations are written down (``desk/adopting``), and from then on they
count instead.

What was seen once stays known for ever, as one number each: an item that comes back under another
identifier, or years later, is not new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from veille.domain import operation as op
from veille.domain.clock import Stamp
from veille.domain.ids import encode, kind_of
from veille.domain.operation import Json, Operation
from veille.store import guard, operations
from veille.store.connection import Rows

_SLICE: Final = 500


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that a feed brought.

    Attributes:
        article: the id it bears, the one it will keep if somebody keeps it.
        space: where its feed lives.
        received: when it was first had, milliseconds.
        rule: the rule that discards it, "" for none.
        fields: of the article.
        captures: what the feed said of it, oldest first: an update is one more.
    """

    article: str
    feed: str
    space: str
    received: int
    rule: str
    fields: Mapping[str, Json]
    captures: tuple[Mapping[str, Json], ...]


def seen(db: Rows, keys: Sequence[int]) -> dict[int, str]:
    """Give, of these keys, those seen before, with the article that still passes by or ""."""
    found: dict[int, str] = {}
    for start in range(0, len(keys), _SLICE):
        part = keys[start : start + _SLICE]
        marks = ", ".join("?" * len(part))
        query = (
            "SELECT s.key, coalesce(a.article, '') FROM seen s"  # noqa: S608 - only marks
            f" LEFT JOIN arrivals a ON a.n = s.arrival WHERE s.key IN ({marks})"
        )
        found.update((one[0], one[1]) for one in db.execute(query, part))
    return found


def see(db: Rows, keys: Iterable[int], article: str = "") -> None:
    """Remember keys for ever; those of an arrival lead to it while it passes by."""
    row = db.execute("SELECT n FROM arrivals WHERE article = ?", (article,)).fetchone()
    number = int(row[0]) if row else 0
    db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", [(one, number) for one in keys])


def keep(db: Rows, one: Arrival) -> None:
    """Keep an arrival, or its new state."""
    data = {"fields": dict(one.fields), "captures": [dict(each) for each in one.captures]}
    db.execute(
        "INSERT INTO arrivals (article, feed, space, received, rule, data) VALUES (?,?,?,?,?,?)"
        " ON CONFLICT (article) DO UPDATE SET rule = excluded.rule, data = excluded.data",
        (
            one.article, one.feed, one.space, one.received, one.rule,
            json.dumps(data, ensure_ascii=False),
        ),
    )  # fmt: skip
    guard.stamp(db, "arrivals", "article = ?", (one.article,))


def arrival(db: Rows, article: str) -> Arrival | None:
    """Give an arrival, None when it is none or was forgotten."""
    row = db.execute("SELECT * FROM arrivals WHERE article = ?", (article,)).fetchone()
    return _arrival(row) if row else None


def newest(db: Rows, *, space: str, limit: int) -> list[Arrival]:
    """Give the last arrivals of a space, recorded since or not, newest first."""
    query = "SELECT * FROM arrivals WHERE space = ? ORDER BY received DESC, n DESC LIMIT ?"
    return [_arrival(one) for one in db.execute(query, (space, limit))]


def unrecorded(db: Rows, *, since: int = 0) -> list[Arrival]:
    """Give what arrived after a moment and nobody recorded, newest first."""
    query = (
        "SELECT a.* FROM arrivals a JOIN things t ON t.id = a.article AND t.passing = 1"
        " WHERE a.received >= ? ORDER BY a.received DESC, a.n DESC"
    )
    return [_arrival(one) for one in db.execute(query, (since,))]


def discarded_by(db: Rows) -> dict[str, int]:
    """Count, by rule, what it discards of what passes by."""
    query = "SELECT rule, count(*) FROM arrivals WHERE rule <> '' GROUP BY rule"
    return {one[0]: int(one[1]) for one in db.execute(query)}


def set_rule(db: Rows, article: str, rule: str) -> None:
    """Note which rule discards an arrival, "" for none."""
    db.execute("UPDATE arrivals SET rule = ? WHERE article = ?", (rule, article))
    guard.stamp(db, "arrivals", "article = ?", (article,))


def forget(db: Rows, articles: Iterable[str]) -> None:
    """Forget arrivals; that they were seen stays known."""
    for one in articles:
        db.execute("DELETE FROM arrivals WHERE article = ?", (one,))
        db.execute("DELETE FROM reads WHERE article = ?", (one,))


def before(db: Rows, moment: int, *, limit: int) -> list[str]:
    """Give the arrivals had before a moment, oldest first."""
    query = "SELECT article FROM arrivals WHERE received < ? ORDER BY received LIMIT ?"
    return [one[0] for one in db.execute(query, (moment, limit))]


def latest_of_feed(db: Rows, feed: str, *, limit: int) -> list[str]:
    """Give what a feed brought last, whatever became of it, newest first."""
    query = "SELECT article FROM arrivals WHERE feed = ? ORDER BY received DESC, n DESC LIMIT ?"
    return [one[0] for one in db.execute(query, (feed, limit))]


def articles(db: Rows) -> list[str]:
    """Give every arrival."""
    return [one[0] for one in db.execute("SELECT article FROM arrivals ORDER BY article")]


def _arrival(row: Mapping[str, str | int]) -> Arrival:
    data = json.loads(str(row["data"]))
    return Arrival(
        str(row["article"]),
        str(row["feed"]),
        str(row["space"]),
        int(row["received"]),
        str(row["rule"]),
        cast("dict[str, Json]", data["fields"]),
        tuple(cast("list[dict[str, Json]]", data["captures"])),
    )


# --- as operations ---------------------------------------------------------------------------


def standing(db: Rows, entity: str) -> list[Operation]:
    """Give what is to be folded of a thing: what was recorded, and what only passes by.

    A rule yields to what people said of it, before the rule or after; what they took back by
    undoing they did not say.
    """
    recorded = operations.of_entity(db, entity)
    passes = passing(db, entity, recorded)
    rule = next((one for one in passes if one.kind == op.ARTICLE_SET), None)
    said = [one for one in recorded if one.kind == op.ARTICLE_SET and "state" in one.data]
    if rule is None or not said:
        return [*recorded, *passes]
    passes.remove(rule)
    if _taken_back(said):
        # In their place, so that what is said next replaces them: adopted, the rule is gone.
        said_by_rule = [replace(one, by=rule.by, data={**one.data, **rule.data}) for one in said]
        recorded = [*(one for one in recorded if one not in said), *said_by_rule]
    return [*recorded, *passes]


def _taken_back(said: Iterable[Operation]) -> bool:
    """Tell whether nothing is left of what was said, once what undoes is heard."""
    undone: set[str] = set()
    for one in sorted(said, key=lambda one: one.order, reverse=True):
        if (one.gesture or one.id) in undone:
            continue
        if not one.undoes:
            return False
        undone.add(one.undoes)
    return True


def passing(db: Rows, entity: str, recorded: Sequence[Operation]) -> list[Operation]:
    """Give an arrival as operations; nothing once somebody recorded it."""
    if kind_of(entity) != "article" or any(one.kind in _RECORDED for one in recorded):
        return []
    found = arrival(db, entity)
    return written(found) if found is not None else []


_RECORDED: Final = frozenset({op.CLIP, op.ARRIVE})


def written(one: Arrival) -> list[Operation]:
    """Write an arrival as the operations that would record it: the same for all colleagues."""
    fields = dict(one.fields)
    said = [_operation(one, op.ARRIVE, fields, by=one.feed, number=0)]
    if one.rule:
        # The rule says so after the feed, and says that it was her.
        state: dict[str, Json] = {"state": "discarded"}
        said.append(_operation(one, op.ARTICLE_SET, state, by=one.rule, number=1))
    said += [
        _operation(one, op.CAPTURE, each, by=one.feed, number=2 + number)
        for number, each in enumerate(one.captures)
    ]
    return said


def _operation(
    one: Arrival, kind: str, data: Mapping[str, Json], *, by: str, number: int
) -> Operation:
    at = data.get("at") if kind == op.CAPTURE else None
    moment = at if isinstance(at, int) else one.received
    digest = hashlib.sha256(f"veille-arrival\n{one.article}\n{number}".encode()).digest()
    return Operation(
        id=encode(digest[:10], length=16),
        stamp=str(Stamp(moment, number)),
        by=by,
        space=one.space,
        entity=one.article,
        kind=kind,
        data=data,
        received=one.received,
    )
