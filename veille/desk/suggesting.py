"""What is meant by the few letters typed: a link, an embed, a person, a theme, or anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from veille.desk import finding
from veille.desk.finding import SearchOptions
from veille.desk.house import House
from veille.domain.errors import VeilleError
from veille.domain.text import key, order
from veille.domain.views import Filter, Row
from veille.store import themes, things, wiki

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that completes what is typed.

    Attributes:
        thing: its id, "" for a theme.
        kind: of the thing, or "theme".
        title: what it is called.
        alone: whether nothing else that may be linked bears this title.
    """

    thing: str
    kind: str
    title: str
    row: Row | None = None
    alone: bool = True


def complete(
    house: House, kind: str, typed: str, *, note: str = "", limit: int = 12
) -> list[Suggestion]:
    """Give what completes a link, an embed, a person or a theme (``kind``), best first."""
    if kind == "person":
        return _titled(house, "person", typed, limit)
    if kind == "theme":
        return _themes(house, typed, limit)
    with house.database.reading() as db:
        ids = wiki.titled_like(db, typed, limit=limit + 1)
    ids = [one for one in ids if one != note][:limit]
    if kind == "embed":
        # Quotes first: they are what a note is made of; before a letter is typed, the latest.
        dossiers = [one for one in ids if one.startswith("d-")][:2]
        ids = [*_quotes(house, typed, limit // 2), *dossiers]
    if len(typed.strip()) >= 2:
        ids += _found(house, typed, ("article",), limit - len(ids))
    with house.database.reading() as db:
        rows = [row for row in things.rows(db, ids) if not row.hidden]
        shared = wiki.shared_titles(db, [key(row.title) for row in rows])
        bound = wiki.bindings(db, note) if note else {}
    return [
        Suggestion(
            row.id, row.kind, row.title, row,
            key(row.title) not in shared and bound.get(key(row.title), row.id) == row.id,
        )
        for row in rows
    ]  # fmt: skip


def anything(house: House, typed: str, *, each: int = 4) -> list[Suggestion]:
    """Give what one may want to go to: notes and dossiers, articles, people, sources, themes.

    Args:
        house: the profile.
        typed: the beginning of a word, or several.
        each: how many of a kind; notes and dossiers are one, articles have what these leave.
    """
    if not typed.strip():
        return []
    return [
        *complete(house, "link", typed, limit=2 * each),
        *_titled(house, "person", typed, each),
        *_titled(house, "feed", typed, each),
        *_themes(house, typed, each),
    ]


def _found(house: House, typed: str, kinds: tuple[str, ...], limit: int) -> list[str]:
    """Find by the words that are typed; what asks the index in its language is taken as words."""
    words = " ".join(_WORD.findall(typed))
    if limit <= 0 or not words:
        return []
    try:
        return finding.ids(house, words, SearchOptions(limit=limit, typing=True, kinds=kinds))
    except VeilleError:
        return []


def _quotes(house: House, typed: str, limit: int) -> list[str]:
    if typed.strip():
        return _found(house, typed, ("quote",), limit)
    with house.database.reading() as db:
        return things.listed(db, Filter(kinds=("quote",)), limit=limit)


def _titled(house: House, kind: str, typed: str, limit: int) -> list[Suggestion]:
    """Give the things of a kind of which there are few, by any part of what they are called."""
    wanted = key(typed)
    with house.database.reading() as db:
        rows = things.rows(db, things.listed(db, Filter(kinds=(kind,))))
    fits = [row for row in rows if wanted in key(row.title)]
    fits.sort(key=lambda row: (not key(row.title).startswith(wanted), order(row.title)))
    return [Suggestion(row.id, kind, row.title, row) for row in fits[:limit]]


def _themes(house: House, typed: str, limit: int) -> list[Suggestion]:
    """Give themes by any of their words; free ones as well, after those of the vocabulary."""
    wanted = key(typed)
    with house.database.reading() as db:
        named = {
            concept.label: min(
                (key(word).find(wanted) for word in concept.words if wanted in key(word)),
                default=-1,
            )
            for concept in themes.concepts(db)
        }
        free = [label for label in themes.labels(db).values() if label not in named]
    fits = sorted(
        (label for label, at in named.items() if at >= 0), key=lambda one: (named[one], order(one))
    )
    fits += sorted((label for label in free if wanted in key(label)), key=order)
    return [Suggestion("", "theme", label) for label in fits[:limit]]
