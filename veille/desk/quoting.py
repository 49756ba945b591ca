"""Quotes and annotations: passages of a capture, described so that they can be found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from veille.annotate.anchor import Anchor, anchor
from veille.annotate.selectors import Selector, describe, find_typed, whole_words
from veille.desk import chance
from veille.desk.house import House
from veille.desk.record import record
from veille.desk.words import grammar
from veille.domain import operation as op
from veille.domain.errors import BadState, PassageNotFound, TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_PASSAGE, VISIBILITIES
from veille.domain.operation import Json
from veille.domain.text import collapse
from veille.domain.views import Filter, Row
from veille.extract.quotes.find import FoundQuote, find_quotes
from veille.store import reading, things

Found = FoundQuote


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote or annotation, and where it stands in the text that is read."""

    row: Row
    anchor: Anchor


def text_of(house: House, article: str) -> tuple[str, str]:
    """Give the canonical text of the capture that is read, and the capture's operation."""
    with house.database.reading() as db:
        captured = reading.captures(db, article)
    return (captured[0].text, captured[0].operation) if captured else ("", "")


def passage(house: House, article: str, exact: str) -> dict[str, Json]:
    """Describe words of an article by W3C selectors. Raises PassageNotFound."""
    text, capture = text_of(house, article)
    place = find_typed(text, exact)
    if place is None:
        raise PassageNotFound(exact=exact)
    return _fields(article, capture, describe(text, *place))


def passage_at(house: House, article: str, start: int, end: int) -> dict[str, Json]:
    """Describe the words between two positions of the canonical text. Raises PassageNotFound."""
    text, capture = text_of(house, article)
    selector = describe(text, *whole_words(text, start, end))
    if not selector.exact:
        raise PassageNotFound(exact="")
    return _fields(article, capture, selector)


def _fields(article: str, capture: str, selector: Selector) -> dict[str, Json]:
    _sized(selector.exact)
    return {"article": article, "capture": capture, **selector.fields()}


def _sized(text: str) -> None:
    if len(text) > MAX_PASSAGE:
        raise TooLong(limit=MAX_PASSAGE)


def quote(
    house: House,
    selected: dict[str, Json],
    *,
    speaker: str | None = None,
    role: str | None = None,
    comment: str = "",
) -> str:
    """Keep a quote. Speaker and role that are not given are read from the article, if it says."""
    if speaker is None:
        found = _proposed(house, selected)
        speaker = found.speaker if found else ""
        role = (found.role if found else "") if role is None else role
    data: dict[str, Json] = {
        **selected,
        "speaker": collapse(speaker),
        "role": collapse(role or ""),
        "comment": comment,
    }
    quoted = chance.entity("quote")
    record(house, [Fact(quoted, op.QUOTE_ADD, data, _home(house, selected))])
    return quoted


def annotate(
    house: House,
    selected: dict[str, Json],
    *,
    comment: str = "",
    tags: Sequence[str] = (),
    visibility: str = "private",
) -> str:
    """Highlight a passage, with or without a comment. Private by default. Raises BadState."""
    if visibility not in VISIBILITIES:
        raise BadState(state=visibility)
    _sized(comment)
    noted = chance.entity("annotation")
    space = house.personal if visibility == "private" else _home(house, selected)
    data: dict[str, Json] = {**selected, "comment": comment, "visibility": visibility}
    facts = [Fact(noted, op.COMMENT_ADD, data, space)]
    facts += [Fact(noted, op.TAG_ADD, {"tag": one}) for one in tags]
    record(house, facts)
    return noted


def edit_quote(
    house: House, quoted: str, fields: dict[str, Json], *, seen: Mapping[str, Json] | None = None
) -> Changes:
    """Correct the speaker, the role or the comment of a quote, as it was ``seen``."""
    return record(house, [Fact(quoted, op.QUOTE_SET, fields, seen=seen)])


def edit_comment(
    house: House, noted: str, comment: str, *, seen: Mapping[str, Json] | None = None
) -> Changes:
    """Rewrite the comment of an annotation, as it was ``seen``. Raises TooLong."""
    _sized(comment)
    return record(house, [Fact(noted, op.COMMENT_REV, {"comment": comment}, seen=seen)])


def kept_already(house: House, selected: Mapping[str, Json]) -> str:
    """Give the quote that holds these very words of this article, "" when nobody kept it."""
    wanted = Filter(kinds=("quote",), about=str(selected["article"]))
    with house.database.reading() as db:
        rows = things.rows(db, things.listed(db, wanted))
    return next((row.id for row in rows if row.text("exact") == selected["exact"]), "")


def found_in(house: House, article: str) -> list[FoundQuote]:
    """Propose the quotes of an article, with who says them."""
    return find_quotes(text_of(house, article)[0], grammar())


def placed(house: House, article: str) -> list[Placed]:
    """Give the quotes and annotations of an article where they stand, orphans last."""
    text, _ = text_of(house, article)
    with house.database.reading() as db:
        ids = things.listed(db, Filter(kinds=("quote", "annotation"), about=article))
        rows = things.rows(db, ids)
    found = [Placed(row, anchor(text, selector_of(row))) for row in rows]
    return sorted(found, key=lambda one: (one.anchor.status == "orphan", one.anchor.start))


def selector_of(row: Row) -> Selector:
    """Read the selector of a quote or annotation."""
    start, end = row.fields.get("start", 0), row.fields.get("end", 0)
    return Selector(
        row.text("exact"),
        row.text("prefix"),
        row.text("suffix"),
        start if isinstance(start, int) else 0,
        end if isinstance(end, int) else 0,
    )


def _home(house: House, selected: dict[str, Json]) -> str:
    with house.database.reading() as db:
        return things.row(db, str(selected["article"])).space


def _proposed(house: House, selected: dict[str, Json]) -> FoundQuote | None:
    start, end = selected["start"], selected["end"]
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    for one in found_in(house, str(selected["article"])):
        if one.start < end and start < one.end:
            return one
    return None
