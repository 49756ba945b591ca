"""How results stand in the list: what a row says of each, and which stand under which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from veille.sentences import searching
from veille.ui.browse.row_delegate import Extract

if TYPE_CHECKING:
    from veille.desk.finding import FoundItem


def extract(item: FoundItem, people: Mapping[str, str]) -> Extract:
    """Give what a row shows of a thing found."""
    who = people.get(item.row.created_by, "")
    return Extract(
        item.snippet, item.marks, item.title_marks, searching.detail(item, who, kind=False)
    )


def grouped(items: tuple[FoundItem, ...]) -> tuple[FoundItem, ...]:
    """Bring what is about one article together, at the place of the first."""
    order: dict[str, list[FoundItem]] = {}
    for one in items:
        order.setdefault(one.about.id if one.about is not None else one.row.id, []).append(one)
    return tuple(
        one
        for some in order.values()
        for one in sorted(some, key=lambda item: item.about is not None)
    )


def with_articles(items: tuple[FoundItem, ...]) -> list[str]:
    """Put each article above what is about it, even when it does not answer itself."""
    ids: dict[str, None] = {}
    for one in items:
        if one.about is not None:
            ids.setdefault(one.about.id)
        ids.setdefault(one.row.id)
    return list(ids)
