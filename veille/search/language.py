"""The query language: what a person types, read as a person would mean it. Never an error.

Words, "phrases", -exclusion, OU / OR, and filters in French or English. An unbalanced quotation
mark or an unknown filter is passed over, said, and the rest is searched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from veille.domain.text import fold
from veille.search.french import STOP_WORDS, tokens

FILTERS: Final = {
    "source": "source", "titre": "title", "title": "title", "auteur": "author",
    "author": "author", "qui": "who", "who": "who", "speaker": "who", "theme": "tag",
    "tag": "tag", "dossier": "dossier", "etat": "state", "state": "state", "type": "kind",
    "kind": "kind", "espace": "space", "space": "space", "par": "by", "by": "by",
    "depuis": "since", "since": "since", "jusqu'a": "until", "jusqua": "until", "until": "until",
}  # fmt: skip
KINDS: Final = {
    "article": "article", "articles": "article", "citation": "quote", "citations": "quote",
    "quote": "quote", "annotation": "annotation", "annotations": "annotation",
    "commentaire": "annotation", "note": "note", "notes": "note", "dossier": "dossier",
    "dossiers": "dossier",
}  # fmt: skip
STATES: Final = {
    "a trier": "inbox", "inbox": "inbox", "retenu": "kept", "kept": "kept",
    "ecarte": "discarded", "discarded": "discarded", "diffuse": "published",
    "published": "published", "archive": "archived", "archived": "archived",
}  # fmt: skip

_ITEM: Final = re.compile(
    r"""(?P<not>-|−)?(?:(?P<field>[^\W\d_][\w’'à]*)\s?:(?!//))?"""
    r"""(?:[«"“](?P<phrase>[^»"”]*)(?:[»"”]|\Z)|(?P<word>[^\s«»"“”()]+))|(?P<bare>[^\W\d_][\w’']*):(?=\s|\Z)"""
)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\Z")
_MAX_LENGTH: Final = 1_000
_MAX_ITEMS: Final = 40


@dataclass(frozen=True, slots=True)
class Item:
    """A word (several when glued by a hyphen), or a phrase."""

    words: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """``field`` is a value of FILTERS; ``value`` as typed, folded."""

    field: str
    value: str
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood. ``alternatives`` are joined by OR, their items by AND."""

    alternatives: tuple[tuple[Item, ...], ...]
    excluded: tuple[Item, ...]
    restrictions: tuple[Restriction, ...]
    problems: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was asked."""
        return not (any(self.alternatives) or self.excluded or self.restrictions)


def parse(text: str, *, typing: bool = False) -> Query:
    """Read a query.

    Args:
        text: what was typed.
        typing: whether the last word may be unfinished.
    """
    text = text[:_MAX_LENGTH]
    groups: list[list[Item]] = [[]]
    excluded: list[Item] = []
    restrictions: list[Restriction] = []
    problems: list[tuple[str, str]] = []
    for match in list(_ITEM.finditer(text))[:_MAX_ITEMS]:
        if match["bare"] is not None:
            continue
        if match["word"] in {"OU", "OR"} and not match["field"]:
            groups.append([])
            continue
        content = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["field"] and (restriction := _restriction(match, content, problems)):
            restrictions.append(restriction)
            continue
        ends_here = typing and match.end() == len(text) and match["phrase"] is None
        item = _item(content, phrase=match["phrase"] is not None, prefix=ends_here)
        if item is not None:
            (excluded if match["not"] else groups[-1]).append(item)
    return Query(
        tuple(_significant(group) for group in groups if group),
        tuple(excluded),
        tuple(restrictions),
        tuple(problems),
    )


def day(value: str, *, end: bool) -> int:
    """Read a date as YYYYMMDD; the last day of an incomplete one when ``end``. 0 for none."""
    match = _DATE.match(value)
    if match is None:
        return 0
    month = int(match[2]) if match[2] else (12 if end else 1)
    return int(match[1]) * 10_000 + month * 100 + (int(match[3]) if match[3] else 31 if end else 1)


def _restriction(
    match: re.Match[str], content: str, problems: list[tuple[str, str]]
) -> Restriction | None:
    name = fold(match["field"])
    field = FILTERS.get(name)
    if field is None:
        near = get_close_matches(name, FILTERS, n=1, cutoff=0.6)
        problems.append(("unknown_filter", f"{name}:{near[0] if near else ''}"))
        return None
    value = fold(content).strip()
    if field in {"since", "until"} and not day(value, end=False):
        problems.append(("unknown_date", content))
        return None
    return Restriction(field, value, negative=bool(match["not"])) if value else None


def _item(content: str, *, phrase: bool, prefix: bool) -> Item | None:
    found = list(tokens(content))
    by_place = {token.position: token.term for token in reversed(found)}
    words = tuple(term for _, term in sorted(by_place.items()))
    if not words:
        return None
    return Item(words, phrase=phrase or len(words) > 1, prefix=prefix and len(words) == 1)


def _significant(group: list[Item]) -> tuple[Item, ...]:
    """Let words such as "le" count in phrases, and alone only when there is nothing else."""
    kept = [one for one in group if one.phrase or one.prefix or one.words[0] not in STOP_WORDS]
    return tuple(kept or group)
