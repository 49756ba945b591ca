"""Looking things up: rows, lists, counts. Plain queries on the derived tables.

Over 400 lines on purpose: one short query after the other on the same table, each found by its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from veille.domain.errors import AmbiguousPrefix, NotFound, StoreDamaged
from veille.domain.ids import kind_of
from veille.domain.operation import Json
from veille.domain.text import key
from veille.domain.views import Filter, Row
from veille.store import themes
from veille.store.connection import Rows

_COLUMNS: Final = (
    "t.id, t.kind, t.space, t.title, t.about, t.state, t.source, t.published, t.verdict, t.words,"
    " t.lead, t.conflicts, t.created_by, t.created_at, t.updated_by, t.updated_at, t.hidden,"
    " t.passing, t.fields"
)
_LISTED: Final = ("article", "quote", "annotation", "note", "dossier")
_SLICE: Final = 500
# Articles that may be near-identical to one, to be compared with it.
_MOST_ALIKE: Final = 20
# A member of a dossier, under the id it bears since it was moved.
_ITEM: Final = (
    "coalesce((SELECT a.new FROM aliases a WHERE a.old = m.item AND a.thing = a.old), m.item)"
)
_INSIDE: Final = f"t.id IN (SELECT {_ITEM} FROM members m WHERE m.dossier = ?)"  # noqa: S608
_THEMED: Final = f"t.id IN (SELECT thing FROM tags WHERE tag = ? OR tag IN ({themes.UNDER}))"  # noqa: S608
# ``things.hidden``, as ``project`` writes it.
VISIBLE, DELETED, MOVED, GONE = 0, 1, 2, -1


def _sql(wanted: Filter) -> tuple[str, list[str | int]]:
    """Write the condition and its values."""
    parts = ["t.hidden = 0"]
    values: list[str | int] = []
    kinds = wanted.kinds or _LISTED
    # What is said of one thing is looked up by that thing: by its kind, it took 170 ms of 22,000.
    kind = "+t.kind" if wanted.about else "t.kind"
    for column, allowed in ((kind, kinds), ("t.state", wanted.states)):
        if allowed:
            parts.append(f"{column} IN ({', '.join('?' * len(allowed))})")
            values.extend(allowed)
    single: tuple[tuple[str, str | int], ...] = (
        ("t.space = ?", wanted.space),
        ("t.source_key = ?", key(wanted.source)),
        (_INSIDE, wanted.dossier),
        ("t.created_at >= ?", wanted.since),
        ("t.created_at < ?", wanted.until),
        ("json_extract(t.fields, '$.feed') = ?", wanted.feed),
    )
    for condition, value in single:
        if value:
            parts.append(condition)
            values.append(value)
    if theme := key(wanted.tag):
        # Whatever bears it, by any of its words, or something narrower.
        parts.append(_THEMED)
        values.extend((theme, theme))
    if wanted.passing:
        parts.append(f"t.passing = {int(wanted.passing == 'only')}")
    if wanted.about:
        # What was said of an article before it moved to a shared space names its old id.
        parts.append(
            "t.about <> '' AND t.about IN (SELECT ? UNION SELECT old FROM aliases WHERE new = ? AND thing = old)"
        )
        values.extend((wanted.about, wanted.about))
    return " AND ".join(parts), values


def row(db: Rows, thing: str) -> Row:
    """Give one thing, deleted or not. Raises NotFound."""
    found = rows(db, [thing])
    if not found:
        raise NotFound(what=thing)
    return found[0]


def rows(db: Rows, ids: Sequence[str]) -> list[Row]:
    """Give things in the order asked for; unknown ids are passed over."""
    found: dict[str, Row] = {}
    for start in range(0, len(ids), _SLICE):
        part = ids[start : start + _SLICE]
        marks = ", ".join("?" * len(part))
        tags = _tags(db, part)
        query = f"SELECT {_COLUMNS} FROM things t WHERE t.hidden >= 0 AND t.id IN ({marks})"  # noqa: S608
        for one in db.execute(query, part):
            values = dict(one)
            values["fields"] = _fields(values["fields"])
            found[one["id"]] = Row(**values, tags=tags.get(one["id"], ()))
    return [found[one] for one in ids if one in found]


def _fields(text: str) -> dict[str, Json]:
    try:
        found = json.loads(text)
    except ValueError as problem:
        raise StoreDamaged(detail="things") from problem
    return found if isinstance(found, dict) else {}


def _tags(db: Rows, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    marks = ", ".join("?" * len(ids))
    tags: dict[str, tuple[str, ...]] = {}
    query = f"SELECT DISTINCT thing, label FROM tags WHERE thing IN ({marks}) ORDER BY tag"  # noqa: S608
    for thing, label in db.execute(query, ids):
        tags[thing] = (*tags.get(thing, ()), label)
    return tags


def tag_keys(db: Rows, thing: str) -> tuple[str, ...]:
    """Give the folded themes of a thing."""
    query = "SELECT DISTINCT tag FROM tags WHERE thing = ? ORDER BY tag"
    return tuple(one[0] for one in db.execute(query, (thing,)))


def with_canonicals(db: Rows, canonicals: Sequence[str]) -> dict[str, str]:
    """Give, of these canonical addresses, those of articles that are or were here."""
    found: dict[str, str] = {}
    for start in range(0, len(canonicals), _SLICE):
        part = canonicals[start : start + _SLICE]
        marks = ", ".join("?" * len(part))
        query = (
            "SELECT canonical, id FROM things WHERE kind = 'article' AND hidden >= 0"  # noqa: S608
            f" AND canonical <> '' AND canonical IN ({marks}) ORDER BY hidden DESC, n"
        )
        found.update((one[0], one[1]) for one in db.execute(query, part))
    return found


def days_of_sources(db: Rows, *, since: int) -> dict[str, list[str]]:
    """Give, by source, the days (``YYYY-MM-DD``) of its articles recorded after a moment."""
    query = (
        "SELECT DISTINCT source, published FROM things WHERE kind = 'article' AND hidden = 0"
        " AND source <> '' AND length(published) = 10 AND created_at >= ? ORDER BY published"
    )
    found: dict[str, list[str]] = {}
    for source, day in db.execute(query, (since,)):
        found.setdefault(source, []).append(day)
    return found


def arrived(db: Rows, thing: str) -> int:
    """Tell when this profile first had a thing, milliseconds since 1970; 0 when unknown.

    What is shared, or copied from one space to another, bears another id and is no newer for that.
    """
    query = (
        "WITH RECURSIVE borne (id) AS (VALUES (?1)"
        " UNION SELECT a.old FROM aliases a JOIN borne b ON a.new = b.id)"
        " SELECT min(received) FROM (SELECT o.received FROM borne b JOIN operations o"
        " ON o.entity = b.id UNION ALL SELECT r.received FROM borne b JOIN arrivals r"
        " ON r.article = b.id)"
    )
    return int(db.execute(query, (thing,)).fetchone()[0] or 0)


def visible(db: Rows) -> set[str]:
    """Give the ids of everything that can be found: not what passed by and was discarded."""
    query = (
        "SELECT id FROM things WHERE hidden = 0 AND kind IN (?, ?, ?, ?, ?)"
        " AND NOT (passing AND state = 'discarded')"
    )
    return {one[0] for one in db.execute(query, _LISTED)}


def clean_forms(db: Rows) -> list[tuple[str, str]]:
    """Give the articles with the blob of each clean form they cite."""
    query = (
        "SELECT c.article, c.clean FROM captures c JOIN things t ON t.id = c.article"
        " WHERE t.hidden = 0 AND c.clean <> ''"
    )
    return [(one[0], one[1]) for one in db.execute(query)]


def listed(db: Rows, wanted: Filter, *, limit: int = -1, offset: int = 0) -> list[str]:
    """Give the ids of a list, newest first; a dossier in its own order."""
    condition, values = _sql(wanted)
    if wanted.dossier:
        query = (
            f"SELECT t.id FROM things t JOIN members m ON {_ITEM} = t.id"  # noqa: S608
            f" WHERE {condition} AND m.dossier = ? ORDER BY m.position LIMIT ? OFFSET ?"
        )
        values = [*values, wanted.dossier]
    else:
        query = (
            f"SELECT t.id FROM things t WHERE {condition}"  # noqa: S608
            " ORDER BY t.sort_at DESC, t.n DESC LIMIT ? OFFSET ?"
        )
    return [one[0] for one in db.execute(query, [*values, limit, offset])]


def count(db: Rows, wanted: Filter) -> int:
    """Count what a list holds."""
    condition, values = _sql(wanted)
    return int(db.execute(f"SELECT count(*) FROM things t WHERE {condition}", values).fetchone()[0])  # noqa: S608


def exceeds(db: Rows, wanted: Filter, number: int) -> bool:
    """Tell whether a list holds more than so many, without counting them all."""
    condition, values = _sql(wanted)
    query = f"SELECT 1 FROM things t WHERE {condition} LIMIT 1 OFFSET ?"  # noqa: S608
    return db.execute(query, [*values, number]).fetchone() is not None


def resolve(db: Rows, what: str, *, kind: str = "") -> str:
    """Find an id from an id, the beginning of one, an alias, or a title.

    Raises NotFound, AmbiguousPrefix.
    """
    what = what.strip()
    known = db.execute("SELECT hidden FROM things WHERE id = ? AND hidden >= 0", (what,)).fetchone()
    if known is not None and known[0] != MOVED:
        return _of_kind(what, what, kind)
    # Where it was moved to, else the copy that says it comes from there.
    moved = db.execute(
        "SELECT new FROM aliases WHERE old = ? ORDER BY thing = old DESC, new", (what,)
    ).fetchone()
    if moved is not None or known is not None:
        return _of_kind(str(moved[0]) if moved else what, what, kind)
    near = _starting_with(db, what)
    if len(near) > 1:
        raise AmbiguousPrefix(what=what, candidates=tuple(near))
    found = near[0] if near else titled(db, what, kind=kind)
    if not found:
        raise NotFound(what=what)
    return _of_kind(found, what, kind)


def _of_kind(found: str, what: str, kind: str) -> str:
    if kind and kind_of(found) != kind:
        raise NotFound(what=what)
    return found


def _starting_with(db: Rows, what: str) -> list[str]:
    if len(what) < 4 or what[1:2] != "-":
        return []
    query = "SELECT id FROM things WHERE id >= ? AND id < ? AND hidden = 0 ORDER BY id LIMIT 5"
    return [one[0] for one in db.execute(query, (what, f"{what}~"))]


def titled(db: Rows, title: str, *, kind: str = "note") -> str:
    """Find what bears a title today, else what bore it once; "" for nobody."""
    folded = key(title)
    if kind in {"", "note"}:
        found = db.execute(
            "SELECT titles.thing FROM titles JOIN things t ON t.id = titles.thing AND t.hidden = 0"
            " WHERE titles.title_key = ? ORDER BY titles.today DESC, t.created_at, t.id",
            (folded,),
        ).fetchone()
        if found is not None:
            return str(found[0])
    wanted = (kind,) if kind else ("dossier", "article")
    for one in wanted:
        found = db.execute(
            "SELECT id FROM things WHERE kind = ? AND title_key = ? AND hidden = 0"
            " ORDER BY created_at, id",
            (one, folded),
        ).fetchone()
        if found is not None:
            return str(found[0])
    return ""


def with_canonical(db: Rows, canonical: str) -> list[str]:
    """Give the articles that bear a canonical address, visible ones, oldest first."""
    return [
        one[0]
        for one in db.execute(
            "SELECT id FROM things WHERE canonical = ? AND canonical <> '' AND kind = 'article'"
            " AND hidden = 0 ORDER BY created_at, id",
            (canonical,),
        )
    ]


def with_text(db: Rows, text_hash: str) -> list[str]:
    """Give the visible articles one capture of which has exactly these words."""
    return [
        one[0]
        for one in db.execute(
            "SELECT DISTINCT t.id FROM captures c JOIN things t ON t.id = c.article"
            " WHERE c.text_hash = ? AND c.text_hash <> '' AND t.hidden = 0 ORDER BY t.created_at",
            (text_hash,),
        )
    ]


def sharing_a_band(db: Rows, bands: Sequence[int]) -> list[str]:
    """Give the visible articles whose texts may be near-identical, those that share most first."""
    marks = ", ".join("?" * len(bands))
    query = (
        "SELECT s.article FROM sketches s JOIN things t ON t.id = s.article AND t.hidden = 0"  # noqa: S608
        f" WHERE s.band IN ({marks}) GROUP BY s.article ORDER BY count(*) DESC, t.created_at"
        f" LIMIT {_MOST_ALIKE}"
    )
    return [one[0] for one in db.execute(query, tuple(bands))] if bands else []


def grouped(db: Rows, column: str, wanted: Filter) -> list[tuple[str, int]]:
    """Count a list by one of its columns: kind, state, space, source, month, tag."""
    condition, values = _sql(wanted)
    expression = {
        "kind": "t.kind",
        "state": "t.state",
        "space": "t.space",
        "source": "t.source",
        "month": "strftime('%Y-%m', t.created_at / 1000, 'unixepoch')",
        "tag": "tags.label",
    }[column]
    join = "JOIN tags ON tags.thing = t.id" if column == "tag" else ""
    query = (
        f"SELECT {expression} AS value, count(DISTINCT t.id) AS n FROM things t {join}"  # noqa: S608
        f" WHERE {condition} AND {expression} <> '' GROUP BY value ORDER BY n DESC, value COLLATE names"
    )
    return [(str(one["value"]), int(one["n"])) for one in db.execute(query, values)]


def dossiers_of(db: Rows, thing: str) -> list[str]:
    """Give the dossiers a thing is filed in."""
    query = (
        "SELECT m.dossier FROM members m JOIN things t ON t.id = m.dossier AND t.hidden = 0"
        " WHERE m.item IN (SELECT ? UNION SELECT old FROM aliases WHERE new = ? AND thing = old)"
        " ORDER BY t.title_key COLLATE names"
    )
    return [one[0] for one in db.execute(query, (thing, thing))]


def note_text(db: Rows, note: str) -> str:
    """Give the text of a note, its heads woven."""
    found = db.execute("SELECT body FROM things WHERE id = ?", (note,)).fetchone()
    return str(found[0]) if found else ""


def embedded_in(db: Rows, notes: Iterable[str]) -> list[str]:
    """Give the ids that these notes embed or link by id."""
    found: list[str] = []
    for note in notes:
        rows = db.execute(
            "SELECT DISTINCT target FROM links WHERE source = ? AND target LIKE '_-%'", (note,)
        )
        found.extend(one[0] for one in rows)
    return found


def moved_to(db: Rows, thing: str) -> str:
    """Give where a thing was moved to, "" when it was not."""
    query = "SELECT new FROM aliases WHERE old = ? AND thing = old"
    found = db.execute(query, (thing,)).fetchone()
    return str(found[0]) if found else ""


def earlier_ids(db: Rows, thing: str) -> list[str]:
    """Give the ids a thing bore before it was moved."""
    query = "SELECT old FROM aliases WHERE new = ? AND thing = old ORDER BY old"
    return [one[0] for one in db.execute(query, (thing,))]


def copy_in(db: Rows, thing: str, space: str) -> str:
    """Give the copy of a thing that stands in a space already, "" when there is none."""
    query = (
        "SELECT a.new FROM aliases a JOIN things t ON t.id = a.new AND t.hidden = 0"
        " WHERE a.old = ? AND t.space = ? ORDER BY a.new"
    )
    found = db.execute(query, (thing, space)).fetchone()
    return str(found[0]) if found else ""


def conflicted(db: Rows, space: str) -> int:
    """Count the things of a space that stand in two versions."""
    query = "SELECT count(*) FROM things WHERE space = ? AND conflicts > 0 AND hidden = 0"
    return int(db.execute(query, (space,)).fetchone()[0])


def introduced(db: Rows, space: str) -> list[str]:
    """Give the people who introduced themselves in a space."""
    query = (
        "SELECT DISTINCT entity FROM operations WHERE kind = 'person.set' AND space = ?"
        " AND entity = by AND entity BETWEEN 'p-' AND 'p.' ORDER BY entity"
    )
    return [one[0] for one in db.execute(query, (space,))]


def in_two_versions(db: Rows) -> list[str]:
    """Give the things that stand in two versions, newest first."""
    query = "SELECT id FROM things WHERE conflicts > 0 AND hidden = 0 ORDER BY updated_at DESC, id"
    return [one[0] for one in db.execute(query)]


def same_title(db: Rows, thing: str) -> list[str]:
    """Give the other visible notes that bear the title of a note."""
    query = (
        "SELECT o.id FROM things t JOIN things o ON o.title_key = t.title_key AND o.id <> t.id"
        " WHERE t.id = ? AND t.kind = 'note' AND o.kind = 'note' AND o.hidden = 0"
        " AND t.title_key <> '' ORDER BY o.created_at, o.id"
    )
    return [one[0] for one in db.execute(query, (thing,))]
