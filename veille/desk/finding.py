"""Searching everything one may read, with the sentence that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from veille.desk import clock, indexing
from veille.desk.house import House
from veille.desk.indexing import readable
from veille.domain.errors import IndexError_, NotFound, Refused
from veille.domain.text import key
from veille.domain.views import Filter, Row
from veille.search import snippets
from veille.search.document import Answer
from veille.store import local, things


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A thing found, the words around the answer, and the places to mark in them."""

    row: Row
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    matched_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave. ``waiting``: things the index has still to hear of."""

    total: int
    took_ms: float
    items: tuple[FoundItem, ...]
    forms: frozenset[str]
    facets: Mapping[str, Mapping[str, int]]
    did_you_mean: str
    problems: tuple[tuple[str, str], ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How to search; see ``search.index.Index.search``. ``space`` is an id."""

    limit: int = 50
    offset: int = 0
    typing: bool = False
    newest_first: bool = False
    facets: bool = False
    kinds: tuple[str, ...] = ()
    space: str = ""


def search(house: House, query: str, options: SearchOptions) -> Found:
    """Search. A damaged index is renewed, and the search says that it is being filled."""
    started = clock.seconds()
    answer = _ask(house, query, options)
    items = _items(house, answer)
    with house.database.reading() as db:
        waiting = local.outbox_length(db)
    return Found(
        total=answer.total,
        took_ms=round((clock.seconds() - started) * 1000, 2),
        items=tuple(items),
        forms=answer.forms,
        facets=answer.facets,
        did_you_mean=answer.did_you_mean,
        problems=answer.problems,
        waiting=waiting,
    )


def _ask(house: House, query: str, options: SearchOptions) -> Answer:
    """Ask the index; renew it only when it proves unreadable, not for a query it stumbled on."""
    try:
        return _ask_once(house, query, options)
    except IndexError_:
        house.close_index()
    try:
        return _ask_once(house, query, options)
    except IndexError_:
        house.renew_index()
        indexing.drain(house)
        return _ask_once(house, query, options)


def _ask_once(house: House, query: str, options: SearchOptions) -> Answer:
    only: dict[str, Sequence[str]] = {}
    if options.kinds:
        only["kind"] = options.kinds
    if options.space:
        only["space"] = (options.space,)
    return house.index.search(
        query,
        limit=options.limit,
        offset=options.offset,
        typing=options.typing,
        newest_first=options.newest_first,
        facets=options.facets,
        only=only,
        resolve=lambda field, value: _named(house, field, value),
    )


def _named(house: House, field: str, value: str) -> Sequence[str]:
    """Give the ids that a typed name stands for."""
    if field == "space":
        return [
            one.id
            for one in house.spaces()
            if key(value) in key(one.name) or (one.personal and value in {"personnel", "personal"})
        ]
    with house.database.reading() as db:
        if field == "by":
            people = things.rows(db, things.listed(db, Filter(kinds=("person",))))
            return [one.id for one in people if key(value) in key(one.title)]
        try:
            dossier = things.resolve(db, value, kind="dossier")
        except (NotFound, Refused):
            return []
        return things.listed(db, Filter(dossier=dossier))


def _items(house: House, answer: Answer) -> list[FoundItem]:
    items = []
    with house.database.reading() as db:
        rows = {one.id: one for one in things.rows(db, [hit.id for hit in answer.hits])}
        for hit in answer.hits:
            row = rows.get(hit.id)
            if row is None or row.hidden:
                continue
            cut = snippets.snippet(readable(db, row), answer.forms)
            items.append(
                FoundItem(row, hit.score, cut.text, cut.marks, _matched(row, cut.marks, answer))
            )
    return items


def _matched(row: Row, marks: Sequence[tuple[int, int]], answer: Answer) -> tuple[str, ...]:
    fields = {
        "title": row.title if row.kind not in {"quote", "annotation"} else "",
        "speaker": f"{row.text('speaker')} {row.text('role')}",
        "authors": " ".join(row.authors),
    }
    found = [name for name, text in fields.items() if snippets.marks(text, answer.forms)]
    return (*found, *(("text",) if marks else ()))
