"""Passages of an article: described so that they can be found again, found again, put right.

What was marked in one capture is looked for in the one that is read. Where it is only likely a
person confirms it, and where it is lost she attaches it by hand: both record how the passage
stands in that capture, beside the words as they were first marked, which nothing replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from veille.annotate.anchor import ORPHAN, Anchor, anchor_all, anchor_best
from veille.annotate.selectors import Selector, describe, find_typed, whole_words
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import PassageNotFound, TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_PASSAGE
from veille.domain.operation import Json
from veille.domain.views import Capture, Filter, Row
from veille.store import margin, reading, things
from veille.store.connection import Rows
from veille.store.margin import Marked

_CHANGES = {"quote": op.QUOTE_SET, "annotation": op.COMMENT_REV}


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote or annotation, where it stands in the text that is read, and its answers.

    Attributes:
        beyond: only an excerpt is read here, and it may well stand in what is left out of it.
    """

    row: Row
    anchor: Anchor
    replies: tuple[Row, ...] = ()
    beyond: bool = False


def read(house: House, article: str, capture: str = "") -> Capture | None:
    """Give a capture, that which is read first unless named; None where nothing was captured."""
    with house.database.reading() as db:
        captured = reading.captures(db, article)
    chosen = next((one for one in captured if one.name == capture), None)
    return chosen or next(iter(captured), None)


def text_of(house: House, article: str, capture: str = "") -> tuple[str, str]:
    """Give the canonical text of a capture, that which is read first unless named, and its name."""
    chosen = read(house, article, capture)
    return (chosen.text, chosen.name) if chosen else ("", "")


def passage(house: House, article: str, exact: str) -> dict[str, Json]:
    """Describe words of an article by W3C selectors. Raises PassageNotFound, TooLong."""
    text, capture = text_of(house, article)
    place = find_typed(text, exact)
    if place is None:
        raise PassageNotFound(exact=exact)
    return _fields(article, capture, describe(text, *place))


def passage_at(
    house: House, article: str, start: int, end: int, *, capture: str = ""
) -> dict[str, Json]:
    """Describe the words between two positions of a capture. Raises PassageNotFound, TooLong."""
    text, capture = text_of(house, article, capture)
    selector = describe(text, *whole_words(text, start, end))
    if not selector.exact:
        raise PassageNotFound(exact="")
    return _fields(article, capture, selector)


def _fields(article: str, capture: str, selector: Selector) -> dict[str, Json]:
    if len(selector.exact) > MAX_PASSAGE:
        raise TooLong(limit=MAX_PASSAGE)
    return {"article": article, "capture": capture, **selector.fields()}


def selectors_of(row: Row) -> tuple[Selector, ...]:
    """Read how a passage was described: first marked, then as it was last confirmed, if it was."""
    confirmed = row.fields.get("confirmed")
    again = _selector(confirmed) if isinstance(confirmed, dict) else None
    first = _selector(row.fields)
    return (first, again) if again is not None and again.exact else (first,)


def _selector(fields: Mapping[str, Json]) -> Selector:
    def text(name: str) -> str:
        value = fields.get(name)
        return value if isinstance(value, str) else ""

    def number(name: str) -> int:
        value = fields.get(name)
        return value if isinstance(value, int) and 0 <= value < 2**53 else 0

    return Selector(text("exact"), text("prefix"), text("suffix"), number("start"), number("end"))


def placed(house: House, article: str, capture: Capture | None) -> list[Placed]:
    """Give what was marked in an article where it stands in a capture, what is lost last."""
    with house.database.reading() as db:
        rows, replies = _said(db, article)
    text = capture.text if capture else ""
    first = anchor_all(text, [selectors_of(row)[0] for row in rows])
    found = []
    for row, at in zip(rows, first, strict=True):
        best = _best(text, row, at)
        # Of an excerpt, only what stands in it word for word is sure: the rest is not lost.
        beyond = capture is not None and capture.excerpt and best.status != "exact"
        place = ORPHAN if beyond else best
        found.append(Placed(row, place, tuple(replies.get(row.id, ())), beyond=beyond))
    return sorted(found, key=lambda one: (one.anchor.status == "orphan", one.anchor.start))


def _best(text: str, row: Row, first: Anchor) -> Anchor:
    described = selectors_of(row)
    if len(described) == 1 or first.status == "exact":
        return first
    return anchor_best(text, described)


def _said(db: Rows, article: str) -> tuple[list[Row], dict[str, list[Row]]]:
    """Give what was said of an article, and its answers by what they answer, oldest first.

    An answer to what is gone stands by itself: it is never lost with it.
    """
    ids = things.listed(db, Filter(kinds=("quote", "annotation"), about=article))
    rows = {row.id: row for row in things.rows(db, ids)}
    replies: dict[str, list[Row]] = {}
    for row in sorted(rows.values(), key=lambda one: one.text("_began")):
        if (root := _today(db, row.text("reply_to"))) in rows:
            replies.setdefault(root, []).append(row)
    answers = {one.id for some in replies.values() for one in some}
    return [row for row in rows.values() if row.id not in answers], replies


def _today(db: Rows, thing: str) -> str:
    return (things.moved_to(db, thing) or thing) if thing else ""


def confirm(house: House, thing: str) -> Changes:
    """Say that a passage stands where it was only likely to stand. Raises NotFound."""
    row, article = _of(house, thing)
    shown = read(house, article)
    at = anchor_best(shown.text, selectors_of(row)) if shown else ORPHAN
    if shown is None or at == ORPHAN or (shown.excerpt and at.status != "exact"):
        raise PassageNotFound(exact=row.text("exact"))
    return _record(house, row, shown.name, describe(shown.text, at.start, at.end))


def attach(house: House, thing: str, start: int, end: int, *, capture: str = "") -> Changes:
    """Say that a passage stands between two positions of a capture. Raises PassageNotFound."""
    row, article = _of(house, thing)
    text, capture = text_of(house, article, capture)
    selector = describe(text, *whole_words(text, start, end))
    if not selector.exact:
        raise PassageNotFound(exact="")
    return _record(house, row, capture, selector)


def _of(house: House, thing: str) -> tuple[Row, str]:
    with house.database.reading() as db:
        row = things.row(db, thing)
        return row, _today(db, row.about)


def _record(house: House, row: Row, capture: str, selector: Selector) -> Changes:
    said: Json = {"capture": capture, **selector.fields()}
    return record(house, [Fact(row.id, _CHANGES[row.kind], {"confirmed": said}, seen=row.fields)])


def astray(house: House, seen: Mapping[Marked, Sequence[Placed]]) -> dict[Marked, Sequence[Placed]]:
    """Give, by article, the passages that are only likely where they stand, or lost.

    Only what was marked in another capture than the one that is read can be. ``seen`` is what was
    found before: reading every text again at each change would take seconds.
    """
    with house.database.reading() as db:
        marked = margin.marked_elsewhere(db)
    return {one: seen[one] if one in seen else _astray_in(house, one.article) for one in marked}


def _astray_in(house: House, article: str) -> list[Placed]:
    return [one for one in placed(house, article, read(house, article)) if _is_astray(one)]


def _is_astray(one: Placed) -> bool:
    unsure = one.anchor.status in {"doubtful", "orphan"} and not one.beyond
    return unsure and bool(one.row.text("exact"))
