"""Searching everything one may read, with the sentence that answers and why it does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from veille.desk import clock, indexing
from veille.desk.house import House
from veille.desk.indexing import readable
from veille.domain.errors import IndexBusy, IndexError_, NotFound, Refused
from veille.domain.text import key
from veille.domain.views import Filter, Row
from veille.extract.address import canonical
from veille.search import snippets
from veille.search.document import Answer, Hit, Options
from veille.store import local, themes, things
from veille.store.connection import Rows

_ADDRESS: Final = re.compile(r"https?://\S+\Z")
_APART: Final = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a thing answers: the word typed, the form found, and where (``title``, ``text``…)."""

    word: str
    form: str
    layer: str


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A thing found, the words around the answer, and the places to mark in them.

    Attributes:
        title_marks: the places to mark in the title.
        detailed: whether its sentence was cut; ``detail`` does it for those that were not.
        about: the article a quote or a comment is about, None for other kinds.
    """

    row: Row
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    why: tuple[Reason, ...]
    title_marks: tuple[tuple[int, int], ...] = ()
    detailed: bool = True
    about: Row | None = None

    @property
    def matched_in(self) -> tuple[str, ...]:
        """Give the layers in which words were found."""
        return tuple(dict.fromkeys(one.layer for one in self.why))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes:
        forms: the words to mark, each with the one that was typed.
        facets: counts by field and value: ids for ``space``, ``by``, ``dossier``.
        partial: whether some of what is listed lacks some of the words.
        waiting: things the index has still to hear of.
    """

    total: int
    took_ms: float
    items: tuple[FoundItem, ...]
    forms: Mapping[str, str]
    facets: Mapping[str, Mapping[str, int]]
    did_you_mean: str
    partial: bool
    problems: tuple[tuple[str, str], ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How to search; see ``search.document.Options``.

    Attributes:
        only: narrows by ids and values.
        detailed: how many of the things listed are given with their sentence.
    """

    limit: int = 50
    offset: int = 0
    typing: bool = False
    newest_first: bool = False
    facets: bool = False
    kinds: tuple[str, ...] = ()
    space: str = ""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: tuple[int, int] = (0, 0)
    arrived_after: int = 0
    detailed: int = 1_000_000


def search(house: House, query: str, options: SearchOptions) -> Found:
    """Search. What a damaged index lost is told again, and the search says that it waits."""
    started = clock.seconds()
    told = _at_address(house, query) or answer(house, query, options)
    with house.database.reading() as db:
        items = _items(db, told, options.detailed)
        waiting = local.outbox_length(db)
    return Found(
        total=told.total,
        took_ms=round((clock.seconds() - started) * 1000, 2),
        items=tuple(items),
        forms=told.forms,
        facets=told.facets,
        did_you_mean=_accented(told.did_you_mean, items),
        partial=told.partial,
        problems=told.problems,
        waiting=waiting,
    )


def detail(house: House, items: Sequence[FoundItem], forms: Mapping[str, str]) -> list[FoundItem]:
    """Cut the sentences of things found, for those that have none yet."""
    with house.database.reading() as db:
        return [
            one if one.detailed else replace(_item(db, one.row, one.score, forms), about=one.about)
            for one in items
        ]


def count(house: House, query: str, options: SearchOptions) -> int:
    """Count what a search finds."""
    return answer(house, query, replace(options, limit=0)).total


def ids(house: House, query: str, options: SearchOptions) -> list[str]:
    """Give the ids of what a search finds."""
    return [hit.id for hit in answer(house, query, options).hits]


def _accented(suggestion: str, items: Sequence[FoundItem]) -> str:
    """Write a suggestion as what was found writes it: the index knows no accents."""
    words: dict[str, str] = {}
    for one in items if suggestion else ():
        for text in (one.row.title, one.snippet):
            words |= {mark.form: text[mark.start : mark.end].lower()
                      for mark in snippets.found(text, suggestion.split())}  # fmt: skip
    return " ".join(words.get(word, word) for word in suggestion.split(" "))


def similar(house: House, thing: str, *, limit: int = 10) -> list[Row]:
    """Give the articles nearest to a thing by their words. Raises NotFound."""
    with house.database.reading() as db:
        row = things.row(db, thing)
        text = f"{row.title}\n{readable(db, row)}"
    but = row.about or row.id
    try:
        hits = house.index.similar(text, but=but, limit=limit)
    except IndexBusy:
        return []
    except IndexError_ as problem:
        indexing.mend(house, problem)
        return []
    with house.database.reading() as db:
        return [one for one in things.rows(db, [hit.id for hit in hits]) if not one.hidden]


def _at_address(house: House, query: str) -> Answer | None:
    """Find the page whose address was pasted: whether it is here already is asked every day."""
    if not _ADDRESS.match(query.strip()):
        return None
    with house.database.reading() as db:
        found = things.with_canonical(db, canonical(query.strip()))
    return Answer(len(found), tuple(Hit(one, 1.0) for one in found), {}) if found else None


def answer(house: House, query: str, options: SearchOptions) -> Answer:
    """Ask the index; mend it when it proves damaged, then ask what is left of it."""
    for _ in range(3):
        try:
            return _ask_once(house, query, options)
        except IndexBusy:
            raise
        except IndexError_ as problem:
            indexing.mend(house, problem)
    return _ask_once(house, query, options)


def _ask_once(house: House, query: str, options: SearchOptions) -> Answer:
    only = {name: values for name, values in options.only.items() if values}
    if options.kinds:
        only["kind"] = options.kinds
    if options.space:
        only["space"] = (options.space,)
    return house.index.search(
        query,
        Options(
            limit=options.limit,
            offset=options.offset,
            typing=options.typing,
            newest_first=options.newest_first,
            facets=options.facets,
            only=only,
            months=options.months,
            arrived_after=options.arrived_after,
            today=clock.today(house.now()),
            resolve=lambda name, value: _named(house, name, value),
        ),
    )


def _named(house: House, name: str, value: str) -> Sequence[str]:
    """Give the ids that a typed name stands for: exactly so called, else so holding.

    For ``live``, give the search that a dossier follows; for ``tag``, the folded themes.
    """
    if name == "tag":
        with house.database.reading() as db:
            return themes.under(db, value)
    if name == "live":
        with house.database.reading() as db:
            return [query for row in things.rows(db, [value]) if (query := row.text("query"))]
    wanted = key(value)
    if name == "space":
        personal = wanted in {"personnel", "personal", "perso"}
        named = [(one.id, one.name) for one in house.spaces()]
        if personal:
            return [one.id for one in house.spaces() if one.personal]
    else:
        kind = "person" if name == "by" else "dossier"
        with house.database.reading() as db:
            if name == "dossier":
                try:
                    return [things.resolve(db, value, kind="dossier")]
                except (NotFound, Refused):
                    pass
            rows = things.rows(db, things.listed(db, Filter(kinds=(kind,))))
        if name == "by" and wanted in {"moi", "me"}:
            return [house.person]
        named = [(one.id, one.title) for one in rows]
    exact = [thing for thing, title in named if key(title) == wanted]
    return exact or [thing for thing, title in named if wanted and wanted in key(title)]


def _items(db: Rows, answer: Answer, detailed: int) -> list[FoundItem]:
    items: list[FoundItem] = []
    rows = {one.id: one for one in things.rows(db, [hit.id for hit in answer.hits])}
    for hit in answer.hits:
        row = rows.get(hit.id)
        if row is None or row.hidden:
            continue
        items.append(
            _item(db, row, hit.score, answer.forms)
            if len(items) < detailed
            else FoundItem(row, hit.score, "", (), (), detailed=False)
        )
    wanted = {one.row.about for one in items if one.row.about}
    abouts = {one: things.moved_to(db, one) or one for one in wanted}
    articles = {one.id: one for one in things.rows(db, list(abouts.values()))}
    return [
        replace(one, about=articles.get(abouts[one.row.about])) if one.row.about else one
        for one in items
    ]


def _item(db: Rows, row: Row, score: float, forms: Mapping[str, str]) -> FoundItem:
    text = readable(db, row)
    cut = snippets.snippet(text, forms)
    layers = [
        ("title", row.title if row.kind not in {"quote", "annotation"} else ""),
        ("speaker", f"{row.text('speaker')} {row.text('role')}"),
        ("authors", " ".join(row.authors)),
        ("source", row.source),
        ("tags", " ".join(row.tags)),
        ("text", cut.text),
    ]
    why = dict.fromkeys(
        Reason(_typed(mark.form, forms), mark.form, layer)
        for layer, shown in layers
        for mark in snippets.found(shown, forms)
    )
    titled = tuple(snippets.marks(row.title, forms)) if layers[0][1] else ()
    return FoundItem(row, score, cut.text, cut.marks, tuple(why), titled)


def _words(form: str) -> set[str]:
    return set(_APART.split(form))


def _typed(form: str, forms: Mapping[str, str]) -> str:
    """Give the word typed for which a form was found."""
    if form in forms:
        return forms[form]
    said = next((one for one in forms if " " in one and set(one.split()) <= _words(form)), "")
    if said:
        return forms[said]
    return next((word for one, word in forms.items()
                 if one.endswith("*") and form.startswith(one[:-1])), form)  # fmt: skip
