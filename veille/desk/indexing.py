"""Draining the outbox into the index, in slices, idempotent: a cut between two steps is harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from veille.desk.house import House
from veille.domain.errors import IndexBusy, IndexError_, NotFound
from veille.domain.views import Row
from veille.search.document import Document
from veille.store import local, reading, things
from veille.store.connection import Rows
from veille.wiki.plain import plain

SLICE: Final = 500
_INDEXED: Final = frozenset({"article", "quote", "annotation", "note", "dossier"})


def drain(house: House, *, most: int = 1_000_000) -> int:
    """Index what changed. Returns how many things were told; 0 when there was nothing.

    A damaged index is replaced, and everything told again. Raises IndexBusy.
    """
    # Opening it tells whether it is whole; a new one is told of everything.
    _ = house.index
    done, renewed = 0, False
    while done < most:
        try:
            step = _step(house)
        except IndexBusy:
            raise
        except IndexError_:
            if renewed:
                raise
            house.renew_index()
            renewed = True
            continue
        if step == 0:
            break
        done += step
    return done


def waiting(house: House) -> int:
    """Count what the index has still to hear of."""
    with house.database.reading() as db:
        return local.outbox_length(db)


def _step(house: House) -> int:
    index = house.index
    with house.database.reading() as db:
        told = local.outbox(db, limit=SLICE)
        documents = [one for _, thing in told if (one := document(db, thing)) is not None]
    if not told:
        return 0
    present = {one.id for one in documents}
    index.update(documents, [thing for _, thing in told if thing not in present])
    with house.database.writing() as db:
        local.drain(db, [number for number, _ in told])
    return len(told)


def document(db: Rows, thing: str) -> Document | None:
    """Give what the index is told of a thing; None when it is not to be found."""
    try:
        row = things.row(db, thing)
    except NotFound:
        return None
    # A wall is never indexed as an article: its title stays findable, its text is none.
    if row.hidden or row.kind not in _INDEXED:
        return None
    return Document(
        id=row.id,
        kind=row.kind,
        title=row.title if row.kind not in {"quote", "annotation"} else "",
        text=readable(db, row),
        who=_who(row),
        space=row.space,
        state=row.state,
        source=row.source,
        tags=things.tag_keys(db, thing),
        by=row.created_by,
        day=day_of(row),
    )


def readable(db: Rows, row: Row) -> str:
    """Give the words of a thing: what is searched, and what snippets are cut from."""
    if row.kind == "article":
        captured = reading.captures(db, row.id)
        usable = row.verdict not in {"wall", "unreadable", "pending"}
        return captured[0].text if captured and usable else row.text("lead")
    if row.kind in {"quote", "annotation"}:
        return "\n".join(part for part in (row.text("exact"), row.text("comment")) if part)
    if row.kind == "note":
        return plain(things.note_text(db, row.id))
    return row.text("description")


def day_of(row: Row) -> int:
    """Give the day a thing is dated by, as YYYYMMDD: published if known, else filed."""
    digits = row.published.replace("-", "")
    if digits.isdecimal() and digits.isascii() and len(digits) in {4, 6, 8}:
        return int(digits + "0101"[len(digits) - 4 :])
    return int(datetime.fromtimestamp(row.created_at / 1000, UTC).strftime("%Y%m%d"))


def _who(row: Row) -> str:
    return "\n".join((row.text("speaker"), row.text("role"), *row.authors))
