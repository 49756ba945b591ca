"""From what passes by to the memory: the first act on an arrival writes it down, with the act.

Discarding is no such act: it records that the thing is discarded, for the team and for ever, and
lets the thing itself be forgotten. Everything else (keeping, a theme, a quote, a dossier) makes it
part of the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from veille.desk.house import House
from veille.desk.placing import placed
from veille.domain import operation as op
from veille.domain.captures import said_again
from veille.domain.facts import Fact
from veille.domain.ids import kind_of
from veille.domain.operation import Json, Operation
from veille.store import arrivals, operations

# What is said of a thing that goes on passing by.
_PASSING: Final = frozenset({"discarded", "inbox"})


def adopted(house: House, facts: Sequence[Fact]) -> list[Fact]:
    """State again, before these facts, the arrivals they act upon."""
    said: list[Fact] = []
    for article in dict.fromkeys(one for fact in facts for one in _acted_upon(fact)):
        said += _written_down(house, article)
    return said


def articles(house: House, those: Iterable[str]) -> list[Fact]:
    """State these articles, those that only pass by."""
    return [fact for one in those for fact in _written_down(house, one)]


def _acted_upon(fact: Fact) -> list[str]:
    if fact.kind == op.ARTICLE_SET and set(fact.data) == {"state"}:
        return [] if fact.data["state"] in _PASSING else [fact.entity]
    if fact.kind in {op.CLIP, op.ARRIVE, op.DELETE, op.UNDELETE}:
        return []
    named = (fact.entity, fact.data.get("article"), fact.data.get("item"))
    return [one for one in named if isinstance(one, str) and kind_of(one) == "article"]


def _written_down(house: House, article: str) -> list[Fact]:
    with house.database.reading() as db:
        said = arrivals.passing(db, article, operations.of_entity(db, article))
    facts: list[Fact] = []
    for one in said:
        if one.kind == op.ARRIVE:
            facts.append(Fact(article, op.ARRIVE, dict(one.data), one.space))
        elif one.kind == op.CAPTURE:
            facts += placed(house, article, one.space, _kept(house, one))
    return facts


def _kept(house: House, one: Operation) -> dict[str, Json]:
    """Give a capture of the memory: its clean form is a file from now on."""
    again = said_again(one)
    data = {name: value for name, value in again.items() if name not in {"html", "at"}}
    html = one.data.get("html")
    if isinstance(html, str) and html:
        data["clean"] = house.blobs.put(html.encode())
    return data
