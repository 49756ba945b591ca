"""Quotes: the words somebody said, as a capture gives them, with who says them."""

from __future__ import annotations

from collections.abc import Mapping

from veille.desk import chance, passages
from veille.desk.house import House
from veille.desk.record import record
from veille.desk.words import grammar
from veille.domain import operation as op
from veille.domain.facts import Changes, Fact
from veille.domain.operation import Json
from veille.domain.text import collapse
from veille.domain.views import Filter
from veille.extract.quotes.find import FoundQuote, find_quotes
from veille.store import things

Found = FoundQuote


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


def edit_quote(
    house: House, quoted: str, fields: dict[str, Json], *, seen: Mapping[str, Json] | None = None
) -> Changes:
    """Correct the speaker, the role or the comment of a quote, as it was ``seen``."""
    return record(house, [Fact(quoted, op.QUOTE_SET, fields, seen=seen)])


def kept_already(house: House, selected: Mapping[str, Json]) -> str:
    """Give the quote that holds these very words of this article, "" when nobody kept it."""
    wanted = Filter(kinds=("quote",), about=str(selected["article"]))
    with house.database.reading() as db:
        rows = things.rows(db, things.listed(db, wanted))
    return next((row.id for row in rows if row.text("exact") == selected["exact"]), "")


def found_in(house: House, article: str, *, capture: str = "") -> list[FoundQuote]:
    """Propose the quotes of an article, with who says them."""
    return find_quotes(passages.text_of(house, article, capture)[0], grammar())


def _home(house: House, selected: dict[str, Json]) -> str:
    with house.database.reading() as db:
        return things.row(db, str(selected["article"])).space


def _proposed(house: House, selected: dict[str, Json]) -> FoundQuote | None:
    start, end = selected["start"], selected["end"]
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    found = found_in(house, str(selected["article"]), capture=str(selected["capture"]))
    for one in found:
        if one.start < end and start < one.end:
            return one
    return None
