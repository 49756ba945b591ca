"""What is read at length: captures, revisions, history. Texts come from the operations' lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from veille.domain.captures import findings, text_of
from veille.domain.errors import StoreDamaged
from veille.domain.operation import Operation
from veille.domain.views import Capture, HistoryItem, Revision
from veille.journal import line as lines
from veille.journal.line import LineError
from veille.store import arrivals
from veille.store.connection import Rows
from veille.wiki.weave import body

# How far a memory was looked at: the last operation, the last arrival.
Mark: TypeAlias = tuple[int, int]


def captures(db: Rows, article: str) -> list[Capture]:
    """Give the captures of an article, the one to read first, then newest first."""
    query = (
        "SELECT c.*, o.line, o.space FROM captures c LEFT JOIN operations o ON o.id = c.operation"
        " AND o.entity = c.article AND o.by = c.by AND o.kind = 'article.capture'"
        " WHERE c.article = ? ORDER BY c.chosen DESC, c.at DESC, c.operation"
    )
    found = []
    passing: dict[str, Operation] = {}
    for one in db.execute(query, (article,)).fetchall():
        if one["line"] is None:
            passing = passing or {each.id: each for each in arrivals.standing(db, article)}
        operation = passing.get(one["operation"]) or _operation(one)
        found.append(
            Capture(
                name=one["name"],
                at=one["at"],
                by=one["by"],
                verdict=one["verdict"],
                words=one["words"],
                page=one["page"],
                clean=one["clean"],
                text=text_of(operation),
                html=_text(operation, "html"),
                images=_images(operation),
                missing=_missing(operation),
                reason=_text(operation, "reason"),
                excerpt=operation.data.get("excerpt") is True,
                url=_text(operation, "url"),
                door=_text(operation, "door"),
                found=findings(operation.data),
                state=_state(operation),
                inside=_inside(operation),
            )
        )
    return found


def _operation(row: sqlite3.Row) -> Operation:
    if row["line"] is None:
        raise StoreDamaged(detail="captures")
    try:
        return lines.read(row["line"], space=row["space"])
    except LineError as problem:
        raise StoreDamaged(detail="operations") from problem


def _text(operation: Operation, name: str) -> str:
    value = operation.data.get(name)
    return value if isinstance(value, str) else ""


def _images(operation: Operation) -> Mapping[str, str]:
    value = operation.data.get("images")
    if not isinstance(value, dict):
        return {}
    return {url: blob for url, blob in value.items() if isinstance(blob, str)}


def _missing(operation: Operation) -> tuple[str, ...]:
    value = operation.data.get("missing")
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _state(operation: Operation) -> Mapping[str, str]:
    return {name: _text(operation, name) for name in ("etag", "modified")}


def _inside(operation: Operation) -> tuple[tuple[str, str], ...]:
    value = operation.data.get("inside")
    if not isinstance(value, list):
        return ()
    return tuple(
        (str(one[0]), str(one[1])) for one in value if isinstance(one, list) and len(one) == 2
    )


def revisions(db: Rows, note: str) -> list[Revision]:
    """Give the states of a note, newest first."""
    query = (
        "SELECT r.*, o.line, o.space FROM revisions r JOIN operations o ON o.id = r.operation"
        " AND o.entity = r.note AND o.by = r.by AND o.kind = 'note.rev'"
        " WHERE r.note = ? ORDER BY o.stamp DESC, o.id DESC"
    )
    return [
        Revision(
            id=one["operation"],
            parents=tuple(one["parents"].split()),
            by=one["by"],
            at=one["at"],
            text=body(_operation(one)),
        )
        for one in db.execute(query, (note,))
    ]


def changed_at(db: Rows, article: str) -> int:
    """Tell when a page was last seen to say something else than at first; 0 when it never was.

    Only whole pages are compared: a summary, an excerpt, what a wall leaves of a page or what a
    person made of it differ from the page, which did not change for all that.
    """
    query = (
        "SELECT c.text_hash, c.at FROM captures c LEFT JOIN operations o ON o.id = c.operation"
        " AND o.entity = c.article AND o.by = c.by AND o.kind = 'article.capture'"
        " WHERE c.article = ? AND c.text_hash <> '' AND c.verdict IN ('complete', 'not_article')"
        " AND coalesce(json_extract(o.line, '$.d.excerpt'), 0) = 0"
        " AND coalesce(json_extract(o.line, '$.d.door'), '') NOT IN ('feed', 'hand', 'paste')"
        " ORDER BY c.at, c.operation"
    )
    found = db.execute(query, (article,)).fetchall()
    return next((int(at) for text, at in reversed(found) if text != found[0][0]), 0)


def heads(db: Rows, note: str) -> tuple[str, ...]:
    """Give the revisions that today's text of a note is woven from; their texts are not read."""
    query = "SELECT operation, parents FROM revisions WHERE note = ? ORDER BY at, operation"
    found = db.execute(query, (note,)).fetchall()
    superseded = {parent for one in found for parent in one["parents"].split()}
    return tuple(one["operation"] for one in found if one["operation"] not in superseded)


def history(db: Rows, *, entity: str = "", limit: int = 200) -> list[HistoryItem]:
    """Give what was recorded, newest first; everything, or on one thing."""
    condition = "WHERE o.entity = ?" if entity else ""
    query = (
        "SELECT o.*, coalesce(t.title, '') AS title FROM operations o"  # noqa: S608
        f" LEFT JOIN things t ON t.id = o.entity {condition}"
        " ORDER BY o.stamp DESC, o.id DESC LIMIT ?"
    )
    values: tuple[str | int, ...] = (entity, limit) if entity else (limit,)
    return [
        HistoryItem(
            operation=one["id"],
            gesture=one["gesture"],
            undoes=one["undoes"],
            by=one["by"],
            at=int(one["stamp"][:13]),
            kind=one["kind"],
            entity=one["entity"],
            title=one["title"],
            space=one["space"],
            data=_operation(one).data,
        )
        for one in db.execute(query, values)
    ]


def last_gestures(db: Rows, *, by: str, devices: Sequence[str], limit: int) -> list[str]:
    """Give the latest gestures of this person here that stand: no undoing, nothing undone."""
    marks = ", ".join("?" * len(devices))
    # Walked from the newest on: what a person takes back is near, however large the memory is.
    query = f"""
        SELECT o.gesture FROM operations o
        WHERE o.by = ? AND o.device IN ({marks}) AND o.undoes = ''
          AND o.n > coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'undo_from'), 0)
          AND o.kind NOT IN ('person.set', 'space.set', 'read.add', 'read.rm')
          AND NOT EXISTS (SELECT 1 FROM operations u
                          WHERE u.undoes <> '' AND u.undoes = o.gesture AND u.by = o.by)
        ORDER BY o.n DESC"""  # noqa: S608 - only marks
    found: dict[str, None] = {}
    for one in db.execute(query, (by, *devices)):
        found[one["gesture"]] = None
        if len(found) == limit:
            break
    return list(found)


def mark(db: Rows) -> Mark:
    """Tell how far the memory goes now: another value once anything was recorded or arrived."""
    newest = (
        "SELECT (SELECT coalesce(max(n), 0) FROM operations),"
        " (SELECT coalesce(max(n), 0) FROM arrivals)"
    )
    row = db.execute(newest).fetchone()
    return int(row[0]), int(row[1])


def changed_since(db: Rows, before: Mark | None) -> tuple[Mark, frozenset[str]]:
    """Give what was recorded or arrived since a mark, whoever did it, and the mark of now."""
    now = mark(db)
    if before is None or now == before:
        return now, frozenset()
    query = (
        "SELECT entity FROM operations WHERE n > ? UNION SELECT article FROM arrivals WHERE n > ?"
    )
    return now, frozenset(one[0] for one in db.execute(query, before))


def has_full_text(db: Rows, article: str, space: str) -> bool:
    """Tell whether the whole text of an article was put in a space, not only an excerpt."""
    query = (
        "SELECT 1 FROM operations WHERE entity = ? AND space = ? AND kind = 'article.capture'"
        " AND coalesce(json_extract(line, '$.d.excerpt'), 0) = 0"
        " AND length(coalesce(json_extract(line, '$.d.text'), '')) > 0 LIMIT 1"
    )
    return db.execute(query, (article, space)).fetchone() is not None
