"""Looking up what colleagues did since a moment, thing by thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from veille.domain import operation as op
from veille.domain.ids import kind_of
from veille.store.connection import Rows

# What says nothing new to who comes back: how a thing came here, who somebody is, what she read.
_SILENT: Final = (op.PERSON_SET, op.SPACE_SET, op.MOVE, op.PURGE, op.READ_ADD, op.READ_RM)
# What a feed brought is written down along with the first act on it, and is none by itself.
_ALONG: Final = frozenset({op.ARRIVE, op.CAPTURE})
_SHOWN: Final = frozenset({"article", "quote", "annotation", "note", "dossier", "concept", "feed"})
# Of what was recorded since, the newest operations are looked at: all of a large space that was
# joined today is no news.
_LOOKED_AT: Final = 20_000
_SLICE: Final = 500


# Moving a thing within a dossier takes it out and puts it in again: that is no filing.
_REORDERED: Final = f"""
    kind = '{op.MEMBER_ADD}' AND json_extract(line, '$.d.place') IS NOT NULL
    OR kind = '{op.MEMBER_RM}' AND EXISTS (SELECT 1 FROM operations m
        WHERE m.gesture = operations.gesture AND m.kind = '{op.MEMBER_ADD}')"""  # noqa: S608 - our words


@dataclass(frozen=True, slots=True)
class New:
    """What one person did to one thing since a moment.

    Attributes:
        kinds: of the operations.
        states: those she gave to an article.
        at: her last act, milliseconds.
        is_new: whether the thing was not known here before.
    """

    thing: str
    by: str
    kinds: frozenset[str]
    states: frozenset[str]
    at: int
    is_new: bool


class Found(NamedTuple):
    """What is new, and whether that is all of it."""

    news: list[New]
    is_all: bool


class _Act(NamedTuple):
    """Operations of one person, of one kind, on one thing; ``said``: a state, or what was filed."""

    thing: str
    by: str
    kind: str
    said: str
    at: int
    many: int


def newest_operation(db: Rows) -> int:
    """Give the number of the last operation recorded here, whoever said it."""
    return int(db.execute("SELECT coalesce(max(n), 0) FROM operations").fetchone()[0])


def since(db: Rows, number: int, *, person: str, limit: int, until: int = 0) -> Found:
    """Give what others did after an operation of this profile, newest first.

    What feeds brought and discarding it is nobody's doing, private comments are nobody's business:
    they are left out. What was filed in a dossier is told of the thing, not of the dossier.

    Args:
        db: the memory.
        number: the operation.
        person: who looks.
        limit: of the things told.
        until: the last operation looked at, 0 for the last one there is.
    """
    until = until or newest_operation(db)
    acts = _acts(db, number, until, person)
    grouped: dict[tuple[str, str], list[_Act]] = {}
    for one in _told_of_the_thing(db, acts):
        grouped.setdefault((one.thing, one.by), []).append(one)
    some = [one for one in grouped.values() if not _is_arrival(one)]
    some.sort(key=_last, reverse=True)
    told: list[list[_Act]] = []
    for start in range(0, len(some), _SLICE):
        part = some[start : start + _SLICE]
        shown = _shown(db, {acts[0].thing for acts in part})
        told += [acts for acts in part if acts[0].thing in shown]
        if len(told) > limit:
            break
    is_all = len(told) <= limit and sum(one.many for one in acts) < _LOOKED_AT
    return Found(_news(db, told[:limit], number), is_all)


def _last(acts: Iterable[_Act]) -> int:
    return max(one.at for one in acts)


def _acts(db: Rows, number: int, until: int, person: str) -> list[_Act]:
    marks = ", ".join("?" * len(_SILENT))
    # What is said is cut out of the lines first: they are long, and grouping sorts.
    query = f"""
        SELECT entity, by, kind, said, max(stamp) AS stamp, count(*) AS many
        FROM (SELECT entity, by, kind, substr(stamp, 1, 13) AS stamp, CASE kind
                WHEN '{op.ARTICLE_SET}' THEN json_extract(line, '$.d.state')
                WHEN '{op.MEMBER_ADD}' THEN json_extract(line, '$.d.item') END AS said
            FROM operations WHERE n > ? AND n <= ?
            AND by <> ? AND substr(by, 1, 2) NOT IN ('f-', 'g-') AND kind NOT IN ({marks})
            AND NOT ({_REORDERED})
            ORDER BY n DESC LIMIT ?)
        GROUP BY entity, by, kind, said"""  # noqa: S608 - our words, and marks
    found = db.execute(query, (number, until, person, *_SILENT, _LOOKED_AT))
    return [
        _Act(entity, by, kind, str(said or ""), int(stamp), many)
        for entity, by, kind, said, stamp, many in found
    ]


def _told_of_the_thing(db: Rows, acts: Sequence[_Act]) -> list[_Act]:
    """Tell filing of what was filed, as it is called today; of the dossier when it is not here."""
    items = {one.said for one in acts if one.kind == op.MEMBER_ADD}
    today = today_of(db, items)
    here = _shown(db, {today.get(one, one) for one in items})
    return [
        one._replace(thing=today.get(one.said, one.said))
        if one.kind == op.MEMBER_ADD and today.get(one.said, one.said) in here
        else one
        for one in acts
    ]


def _is_arrival(acts: Iterable[_Act]) -> bool:
    kinds = {one.kind for one in acts}
    return op.ARRIVE in kinds and kinds <= _ALONG


def _news(db: Rows, some: Sequence[Sequence[_Act]], number: int) -> list[New]:
    known = _known_before(db, {acts[0].thing for acts in some}, number)
    return [
        New(
            acts[0].thing,
            acts[0].by,
            frozenset(one.kind for one in acts),
            frozenset(one.said for one in acts if one.kind == op.ARTICLE_SET and one.said),
            _last(acts),
            acts[0].thing not in known,
        )
        for acts in some
    ]


def _shown(db: Rows, things: Collection[str]) -> set[str]:
    """Give, of these things, those that are told of: deleted ones too, and are said to be."""
    # The plus keeps SQLite from walking whole kinds: ten times slower.
    query = """
        SELECT id FROM things WHERE id IN ({marks}) AND +hidden IN (0, 1) AND passing = 0
            AND NOT (+kind = 'annotation'
                AND coalesce(json_extract(fields, '$.visibility'), '') = 'private')"""
    return {str(one[0]) for one in _sliced(db, query, [one for one in things if _is_shown(one)])}


def _is_shown(thing: str) -> bool:
    return kind_of(thing) in _SHOWN


def _known_before(db: Rows, things: Collection[str], number: int) -> set[str]:
    query = "SELECT DISTINCT entity FROM operations WHERE entity IN ({marks}) AND n <= ?"
    return {str(one[0]) for one in _sliced(db, query, things, number)}


def today_of(db: Rows, things: Collection[str]) -> Mapping[str, str]:
    """Give the ids that things bear since they were moved; those that were not are left out."""
    query = "SELECT old, new FROM aliases WHERE old IN ({marks}) AND thing = old"
    return {str(old): str(new) for old, new in _sliced(db, query, things)}


def dossiers_of(db: Rows, things: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Give the dossiers that hold each thing, by title; what is in none is left out."""
    older = "SELECT old, new FROM aliases WHERE new IN ({marks}) AND thing = old"
    names = {str(old): str(new) for old, new in _sliced(db, older, things)}
    query = (
        "SELECT m.item, m.dossier FROM members m JOIN things t ON t.id = m.dossier"
        " AND t.hidden = 0 WHERE m.item IN ({marks}) ORDER BY t.title_key COLLATE names, t.id"
    )
    found: dict[str, dict[str, None]] = {}
    for item, dossier in _sliced(db, query, {*things, *names}):
        found.setdefault(names.get(item, item), {})[str(dossier)] = None
    return {item: tuple(some) for item, some in found.items()}


def naming(db: Rows, notes: Collection[str], targets: Sequence[str]) -> set[str]:
    """Give, of these notes, those that link to one of these targets."""
    wanted = ", ".join("?" * len(targets))
    query = (
        f"SELECT DISTINCT source FROM links WHERE source IN ({{marks}}) AND target IN ({wanted})"  # noqa: S608 - only marks
    )
    return {str(one[0]) for one in _sliced(db, query, notes, *targets)}


def _sliced(
    db: Rows, query: str, things: Collection[str], *others: str | int
) -> Iterator[Sequence[str]]:
    """Ask about things, some hundreds at a time; ``{marks}`` of the query are theirs."""
    every = sorted(things)
    for start in range(0, len(every), _SLICE):
        part = every[start : start + _SLICE]
        marks = ", ".join("?" * len(part))
        yield from db.execute(query.format(marks=marks), (*part, *others))
