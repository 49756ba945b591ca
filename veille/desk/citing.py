"""What stands behind a quote: its passport, how much of the article it takes, how the house cites.

A part of the Desk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from veille.annotate.meter import Meter, meter
from veille.desk import passages, spelling
from veille.desk.house import House
from veille.desk.passages import Placed
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE
from veille.domain.ids import space_entity
from veille.domain.views import Backlink, Capture, Row
from veille.store import reading, things


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything that makes a quote believable.

    Attributes:
        row: the quote.
        about: the article that it comes from, None when it is not here.
        capture: the capture in which it was found, None when it is not here.
        used: the notes in which it stands.
        meter: how much of the article it takes.
        placed: where it stands in the capture that is read now; None without an article.
    """

    row: Row
    about: Row | None
    capture: Capture | None
    used: tuple[Backlink, ...]
    meter: Meter
    placed: Placed | None


class Citing:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def passport(self, quoted: str) -> Passport:
        """Give what stands behind a quote. Raises NotFound."""
        with self._house.database.reading() as db:
            row = things.row(db, quoted)
            article = (things.moved_to(db, row.about) or row.about) if row.about else ""
            about = next(iter(things.rows(db, [article])), None)
            captured = reading.captures(db, article)
            used = tuple(spelling.backlinks(db, quoted))
        capture = next((one for one in captured if one.name == row.text("capture")), None)
        shown = next(iter(captured), None)
        placed = passages.placed(self._house, article, shown) if about else []
        mine = next((one for one in placed if one.row.id == quoted), None)
        return Passport(row, about, capture, used, _meter(row, captured, placed), mine)

    def style(self, space: str = "") -> str:
        """Give how a space cites: the name of a style or a pattern; "" when it never said."""
        return self._said(space or self._house.personal) or self._said(self._house.personal)

    def _said(self, space: str) -> str:
        with self._house.database.reading() as db:
            described = next(iter(things.rows(db, [space_entity(space)])), None)
        return described.text("citation") if described is not None else ""

    def set_style(self, style: str, space: str = "") -> Changes:
        """Say how a space cites, for everybody in it. Raises TooLong, OnlyReads."""
        if len(style) > MAX_LINE:
            raise TooLong(limit=MAX_LINE)
        space = space or self._house.personal
        return record(
            self._house, [Fact(space_entity(space), op.SPACE_SET, {"citation": style}, space)]
        )


def _meter(row: Row, captured: list[Capture], placed: list[Placed]) -> Meter:
    """Measure a quote in the article that is read; where it is lost, count its own words alone."""
    text, partial = _measured(captured)
    mine = next((one.anchor for one in placed if one.row.id == row.id), None)
    if mine is None or mine.status == "orphan":
        lost = row.text("exact")
        alone = meter(lost, (0, len(lost)), (), partial=True)
        others = meter(text, (0, 0), _quoted(placed), partial=partial)
        return replace(others, words=alone.words)
    return meter(text, (mine.start, mine.end), _quoted(placed), partial=partial)


def _measured(captured: list[Capture]) -> tuple[str, bool]:
    if not captured:
        return "", True
    shown = captured[0]
    return shown.text, shown.excerpt or shown.verdict in {"truncated", "summary"}


def _quoted(placed: list[Placed]) -> list[tuple[int, int]]:
    return [
        (one.anchor.start, one.anchor.end)
        for one in placed
        if one.row.kind == "quote" and one.anchor.status != "orphan"
    ]
