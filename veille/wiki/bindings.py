"""What each title of a note led to when it was written: a link follows the thing, not the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from veille.domain.ids import ENTITY
from veille.domain.operation import Json, Operation

# The field of a revision that holds them: ``{folded title: id}``.
FIELD: Final = "l"
_MOST: Final = 5_000


def bound(heads: Iterable[Operation]) -> dict[str, str]:
    """Give ``{folded title: id}`` of the revisions a text is woven from; the latest says which."""
    found: dict[str, str] = {}
    for one in sorted(heads, key=lambda head: head.order):
        found.update(read(one.data))
    return found


def read(data: Mapping[str, Json]) -> dict[str, str]:
    """Read what a revision says its titles lead to; what makes no sense is passed over."""
    said = data.get(FIELD)
    if not isinstance(said, dict) or len(said) > _MOST:
        return {}
    return {title: one for title, one in said.items() if isinstance(one, str) and ENTITY.match(one)}


def written(found: Mapping[str, str]) -> dict[str, Json]:
    """Write them as a revision bears them; nothing when there are none."""
    return {FIELD: dict(sorted(found.items())[:_MOST])} if found else {}
