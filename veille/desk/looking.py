"""Looking at one thing, with everything around it; and at the whole memory, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from veille.desk import passages, saved, spelling
from veille.desk.house import House
from veille.desk.indexing import readable
from veille.desk.passages import Placed
from veille.domain.errors import BlobDamaged
from veille.domain.views import Backlink, Capture, Filter, HistoryItem, Pending, Row
from veille.extract.canonical import paragraphs
from veille.store import local, reading, things
from veille.store.connection import Rows

# What the window is handed by name: it knows the desk, not the rooms below.
Mark: TypeAlias = reading.Mark


@dataclass(frozen=True, slots=True)
class Reading:
    """A thing as it is read.

    Attributes:
        text: the canonical text of an article, the Markdown of a note.
        html: the clean form of an article, "" for other kinds.
        captures: of an article, the one that is read first.
        shown: the capture that ``text`` and ``html`` are of.
        placed: quotes and annotations, where they stand in ``text``.
        live: of a dossier, what its search finds beside its members.
        about: the article a quote or annotation is about.
        pending: the page is still to be had, or could not be.
    """

    row: Row
    text: str
    html: str
    captures: tuple[Capture, ...]
    placed: tuple[Placed, ...]
    backlinks: tuple[Backlink, ...]
    dossiers: tuple[Row, ...]
    members: tuple[Row, ...]
    live: tuple[Row, ...]
    about: Row | None
    pending: Pending | None
    shown: Capture | None = None


def read(house: House, thing: str, *, capture: str = "") -> Reading:
    """Open a thing; of an article, this capture rather than the best. Raises NotFound."""
    with house.database.reading() as db:
        row = things.row(db, thing)
        captured = reading.captures(db, thing) if row.kind == "article" else []
        shown = next((one for one in captured if one.name == capture), None)
        shown = shown or next(iter(captured), None)
        text = shown.text if shown else _text(db, row)
        about = things.rows(db, [things.moved_to(db, row.about) or row.about] if row.about else [])
        waiting = local.pending(db, article=thing) if row.kind == "article" else []
        backlinks = spelling.backlinks(db, thing)
        dossiers = things.rows(db, things.dossiers_of(db, thing))
        inside = things.listed(db, Filter(dossier=thing)) if row.kind == "dossier" else []
        members = things.rows(db, inside)
    return Reading(
        row=row,
        text=text,
        html=clean_form(house, shown) if shown else "",
        captures=tuple(captured),
        placed=tuple(passages.placed(house, thing, shown)) if row.kind == "article" else (),
        backlinks=tuple(backlinks),
        dossiers=tuple(dossiers),
        members=tuple(members),
        live=_live(house, row),
        about=about[0] if about else None,
        pending=waiting[0] if waiting else None,
        shown=shown,
    )


def _live(house: House, row: Row) -> tuple[Row, ...]:
    if row.kind != "dossier" or not row.text("query"):
        return ()
    found = saved.live_members(house, row.id)
    with house.database.reading() as db:
        return tuple(one for one in things.rows(db, found) if not one.hidden)


def _text(db: Rows, row: Row) -> str:
    """Give the text as it was written: the Markdown of a note, not its bare words."""
    return things.note_text(db, row.id) if row.kind == "note" else readable(db, row)


def clean_form(house: House, capture: Capture) -> str:
    """Give the clean HTML of a capture; its text as paragraphs when the blob is not here.

    What only passes by has no blob: its clean form stands beside its text.
    """
    if not capture.clean and capture.html:
        from veille.extract.sanitise import sanitise

        return sanitise(capture.html)
    try:
        return (
            house.blobs.get(capture.clean).decode() if capture.clean else paragraphs(capture.text)
        )
    except (BlobDamaged, UnicodeDecodeError):
        return paragraphs(capture.text)


def people(house: House) -> dict[str, str]:
    """Give the names of everybody who ever recorded something here."""
    with house.database.reading() as db:
        rows = things.rows(db, things.listed(db, Filter(kinds=("person",))))
    return {row.id: row.title for row in rows}


def history(house: House, *, thing: str = "", limit: int = 200) -> list[HistoryItem]:
    """Give what was recorded, newest first."""
    with house.database.reading() as db:
        return reading.history(db, entity=thing, limit=limit)


def changed_since(house: House, mark: Mark | None) -> tuple[Mark, frozenset[str]]:
    """Give what this window, its workers or the command line changed since, and the next mark."""
    with house.database.reading() as db:
        return reading.changed_since(db, mark)


def stats(house: House) -> Mapping[str, list[tuple[str, int]]]:
    """Count the memory, what only passes by left out, by kind, state, space, month, source and theme."""
    every = Filter(passing="no")
    articles = Filter(kinds=("article",), passing="no")
    with house.database.reading() as db:
        return {
            "kind": things.grouped(db, "kind", every),
            "state": things.grouped(db, "state", articles),
            "space": things.grouped(db, "space", every),
            "month": things.grouped(db, "month", articles),
            "source": things.grouped(db, "source", articles),
            "tag": things.grouped(db, "tag", every),
        }
