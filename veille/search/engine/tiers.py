"""Which segments to bring together: enough that a search opens few, seldom enough to cost little.

Segments are of a size class by the power of eight of their documents. Eight small ones of a class
are merged within the commit, which takes milliseconds; four large ones aside, by slices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from veille.search.engine.layout import MAX_DOCUMENTS
from veille.search.engine.toc import Entry

_WIDTH: Final = 8
_FEW: Final = 4
_SMALL: Final = 64
# A segment that is mostly holes is written anew.
_HOLES: Final = 0.4


def small(entries: Sequence[Entry]) -> list[Entry]:
    """Give the small segments to merge now, none if they are few."""
    few = [one for one in entries if one.live <= _SMALL]
    return _full_class(few, width=_WIDTH, most=_SMALL * _WIDTH)


def large(entries: Sequence[Entry]) -> list[Entry]:
    """Give the segments to merge aside, none if all is well."""
    chosen = _full_class(
        [one for one in entries if one.live > _SMALL], width=_FEW, most=MAX_DOCUMENTS
    )
    if chosen:
        return chosen
    worn = [one for one in entries if len(one.gone) > one.documents * _HOLES and one.live > _SMALL]
    return worn[:1]


def _full_class(entries: Sequence[Entry], *, width: int, most: int) -> list[Entry]:
    classes: dict[int, list[Entry]] = defaultdict(list)
    for one in entries:
        classes[_size_class(one.live)].append(one)
    for _size, members in sorted(classes.items()):
        if len(members) >= width:
            chosen: list[Entry] = []
            for one in sorted(members, key=lambda entry: entry.live):
                if sum(other.live for other in chosen) + one.live <= most:
                    chosen.append(one)
            if len(chosen) > 1:
                return chosen
    return []


def _size_class(live: int) -> int:
    size = 0
    while live >= _WIDTH:
        live //= _WIDTH
        size += 1
    return size
