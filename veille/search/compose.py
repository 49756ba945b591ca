"""From an understood query to Whoosh's query tree, inflections added, exact form first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from whoosh import query

from veille.domain.text import key
from veille.search.french import tokens
from veille.search.language import KINDS, STATES, Item, Query, Restriction, day

_FIELDS: Final = (("title", 2.5), ("text", 1.0), ("who", 1.5))
_VARIANT: Final = 0.7
_FAR_AWAY: Final = 99_999_999

Variants = Callable[[str], Sequence[str]]
Resolve = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Composed:
    """Whoosh's query, what to keep of its answer and what to refuse, and the words to mark."""

    query: Any
    keep: Any
    refuse: Any
    forms: frozenset[str]


def compose(
    asked: Query,
    *,
    variants: Variants,
    starting: Variants,
    resolve: Resolve,
    only: Mapping[str, Sequence[str]],
) -> Composed:
    """Build the tree. ``variants`` and ``starting`` come from the lexicon."""
    forms: set[str] = set()
    groups = [
        query.And([_item(item, variants, starting, forms) for item in group])
        for group in asked.alternatives
    ]
    wanted = query.Or(groups) if len(groups) > 1 else groups[0] if groups else query.Every()
    required = [query.Or([query.Term(field, one) for one in ids]) for field, ids in only.items()]
    required += [_restriction(one, resolve) for one in asked.restrictions if not one.negative]
    refused = [_item(item, variants, starting, set()) for item in asked.excluded]
    refused += [_restriction(one, resolve) for one in asked.restrictions if one.negative]
    return Composed(
        wanted,
        query.And(required) if required else None,
        query.Or(refused) if refused else None,
        frozenset(forms),
    )


def _item(item: Item, variants: Variants, starting: Variants, forms: set[str]) -> Any:
    forms.update(item.words)
    if item.phrase:
        glued = "".join(item.words)
        forms.add(glued)
        return query.Or(
            [
                one
                for field, boost in _FIELDS
                for one in (
                    query.Phrase(field, list(item.words), boost=boost),
                    query.Term(field, glued, boost=boost),
                )
            ]
        )
    word = item.words[0]
    weights = {word: 1.0}
    for other in (*variants(word), *(starting(word) if item.prefix else ())):
        weights.setdefault(other, _VARIANT)
    forms.update(weights)
    return query.Or(
        [
            query.Term(field, one, boost=boost * weight)
            for field, boost in _FIELDS
            for one, weight in weights.items()
        ]
    )


def _restriction(one: Restriction, resolve: Resolve) -> Any:
    if one.field in {"since", "until"}:
        since = day(one.value, end=False) if one.field == "since" else 1
        until = day(one.value, end=True) if one.field == "until" else _FAR_AWAY
        return query.NumericRange("day", since, until)
    known = {"kind": KINDS, "state": STATES}
    if one.field in known:
        return query.Term(one.field, known[one.field].get(one.value, one.value))
    if one.field == "tag":
        return query.Term("tag", key(one.value).replace(",", " "))
    if one.field in {"source", "title", "who", "author"}:
        field = "who" if one.field == "author" else one.field
        words = [token.term for token in tokens(one.value)]
        return query.And([query.Term(field, word) for word in words]) if words else query.Every()
    ids = resolve(one.field, one.value)
    field = "id" if one.field == "dossier" else one.field
    return query.Or([query.Term(field, found) for found in ids]) if ids else query.NullQuery
