"""Draining the outbox into the index, in slices, idempotent: a cut between two steps is harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from veille.desk.house import House
from veille.domain.errors import IndexBusy, IndexDamaged, IndexError_, NotFound
from veille.domain.views import Row
from veille.search.document import Document
from veille.store import local, reading, things, wiki
from veille.store.connection import Rows
from veille.wiki.plain import plain

SLICE: Final = 500
_MOST_MENDS: Final = 3
_INDEXED: Final = frozenset({"article", "quote", "annotation", "note", "dossier"})


def drain(house: House, *, most: int = 1_000_000) -> int:
    """Index what changed. Returns how many things were told; 0 when there was nothing.

    An index that cannot be used is replaced, and everything told again. Raises IndexBusy.
    """
    # Opening it tells whether it is whole; a new one is told of everything.
    _ = house.index
    done, mended = 0, 0
    while done < most:
        try:
            step = _step(house)
        except IndexBusy:
            raise
        except IndexError_ as problem:
            mended += 1
            if mended > _MOST_MENDS:
                raise
            mend(house, problem)
            continue
        if step == 0:
            break
        done += step
    return done


def mend(house: House, problem: IndexError_) -> None:
    """Have what a damaged index lost told again: the part that was left out, or everything."""
    if isinstance(problem, IndexDamaged):
        house.close_index()
        _ = house.index
    else:
        house.renew_index()


def tidy(house: House, *, slices: int) -> bool:
    """Bring large parts of the index together, a little at a time. Tells whether more is to do."""
    try:
        return house.index.tidy(slices=slices)
    except IndexBusy:
        return False
    except IndexError_ as problem:
        mend(house, problem)
        return False


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
    # What passed by and was discarded is not found either: nobody put it in the memory.
    if row.passing and row.state == "discarded":
        return None
    about = things.rows(db, [things.moved_to(db, row.about) or row.about] if row.about else [])
    return Document(
        id=row.id,
        kind=row.kind,
        title=row.title if row.kind not in {"quote", "annotation"} else "",
        text=readable(db, row),
        names=names(row),
        space=row.space,
        state=row.state,
        source=row.source or (about[0].source if about else ""),
        by="" if row.passing else row.created_by,
        speaker=row.text("speaker"),
        language=row.text("language")[:2].lower(),
        tag=row.tags,
        dossier=tuple(things.dossiers_of(db, thing)),
        author=row.authors,
        day=day_of(row, about[0] if about else None),
        arrived=things.arrived(db, thing),
    )


def readable(db: Rows, row: Row) -> str:
    """Give the words of a thing: what is searched, and what snippets are cut from."""
    if row.kind == "article":
        captured = reading.captures(db, row.id)
        usable = row.verdict not in {"wall", "unreadable", "pending"}
        return captured[0].text if captured and usable else row.text("lead")
    if row.kind in {"quote", "annotation"}:
        words, comment = row.text("exact"), row.text("comment")
        # What is said of a passage is not taken for what the passage says.
        return f"«\u00a0{words}\u00a0»\n{comment}" if words and comment else words or comment
    if row.kind == "note":
        # Who remembers words that a note shows finds the note, not only the quote.
        return "\n\n".join([plain(things.note_text(db, row.id)), *_shown(db, row.id)])
    return row.text("description")


def _shown(db: Rows, note: str) -> list[str]:
    """Give the words of the quotes that a note shows."""
    rows = things.rows(db, wiki.quotes_shown(db, note))
    return [f"«\u00a0{row.text('exact')}\u00a0»" for row in rows if not row.hidden]


def day_of(row: Row, about: Row | None) -> int:
    """Give the day a thing is dated by, as YYYYMMDD: published if known, else filed.

    What is said of an article is of its day.
    """
    published = row.published or (about.published if about is not None else "")
    return day_number(published, row.created_at)


def day_number(published: str, filed: int) -> int:
    """Give the day of a date of publication, of any precision, as YYYYMMDD; else of the filing."""
    digits = published.replace("-", "")
    if digits.isdecimal() and digits.isascii() and len(digits) in {4, 6, 8}:
        return int(digits + "0101"[len(digits) - 4 :])
    return int(datetime.fromtimestamp(filed / 1000, UTC).strftime("%Y%m%d"))


def iso_day(published: str, filed: int) -> str:
    """Give the same day as ``YYYY-MM-DD``."""
    digits = f"{day_number(published, filed):08}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def names(row: Row) -> str:
    """Give what stands around a thing and is searched as words."""
    return "\n".join((row.text("speaker"), row.text("role"), *row.authors, row.source, *row.tags))
