"""The same story in its sources: what each says first, whom it quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from veille.desk import quoting
from veille.desk.house import House
from veille.desk.indexing import iso_day, readable
from veille.domain.text import clip
from veille.domain.views import Filter, Row
from veille.store import following, things
from veille.store.connection import Rows

_LEAD: Final = 300
_FOUND: Final = 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of an article. ``id`` is the quote that keeps them, "" for words that were found."""

    id: str
    exact: str
    speaker: str
    role: str
    start: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Angle:
    """A story as one source tells it. ``verdict`` is that of its capture."""

    row: Row
    day: str
    dated: bool
    source: str
    authors: tuple[str, ...]
    lead: str
    quotes: tuple[Spoken, ...]
    verdict: str


def angles(house: House, ids: Sequence[str]) -> tuple[Angle, ...]:
    """Give the story of one article in its sources, or these articles. Raises NotFound."""
    with house.database.reading() as db:
        rows = _articles(db, ids)
    found = [_angle(house, row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.day, _moment(one.row), one.row.id)))


def _articles(db: Rows, ids: Sequence[str]) -> list[Row]:
    """Give the articles that some things are, or are about; all that tell the story of one."""
    found: dict[str, None] = {}
    for one in ids:
        row = things.row(db, things.resolve(db, one))
        about = (things.moved_to(db, row.about) or row.about) if row.about else row.id
        found[about] = None
    if len(found) == 1:
        (article,) = found
        story = following.stories(db, [article]).get(article, article)
        found = dict.fromkeys(following.tellers(db, [story]).get(story, [article]))
    return [one for one in things.rows(db, list(found)) if one.kind == "article"]


def _angle(house: House, row: Row) -> Angle:
    with house.database.reading() as db:
        text = readable(db, row)
        ids = things.listed(db, Filter(kinds=("quote",), about=row.id))
        kept = sorted(things.rows(db, ids), key=start_of)
    spoken = [
        Spoken(one.id, one.text("exact"), one.text("speaker"), one.text("role"), start_of(one),
               kept=True)
        for one in kept
    ]  # fmt: skip
    if not spoken:
        spoken = [
            Spoken("", one.exact, one.speaker, one.role, one.start, kept=False)
            for one in quoting.found_in(house, row.id)[:_FOUND]
        ]
    return Angle(
        row=row,
        day=iso_day(row.published, row.created_at),
        dated=bool(row.published),
        source=row.source,
        authors=row.authors,
        lead=clip(text, length=_LEAD),
        quotes=tuple(spoken),
        verdict=row.verdict,
    )


def _moment(row: Row) -> int:
    moment = row.fields.get("moment")
    return moment if isinstance(moment, int) else row.created_at


def start_of(row: Row) -> int:
    """Give where a quote was marked, in characters of its capture."""
    start = row.fields.get("start")
    return start if isinstance(start, int) else 0
