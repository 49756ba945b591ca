"""Sets that people change at once: an addition that who removed had not seen stays."""

from __future__ import annotations

from collections.abc import Sequence

from veille.domain import operation as op
from veille.domain.fields import MAX_LINE
from veille.domain.operation import Operation
from veille.domain.text import key


def fold_set(
    operations: Sequence[Operation], add: str, remove: str, name: str
) -> tuple[dict[str, tuple[str, str]], dict[tuple[str, str], tuple[str, ...]]]:
    """Give ``{key: (label, order)}`` of what is in the set, and the additions that put it there."""
    removed = {old for one in operations if one.kind == remove for old in one.over}
    inside: dict[str, tuple[str, str]] = {}
    heads: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in operations:
        label = one.data.get(name)
        if one.kind != add or one.id in removed or not isinstance(label, str):
            continue
        if not 0 < len(label) <= MAX_LINE:
            continue
        item = key(label) if name == "tag" else label
        place = one.data.get("place")
        placed = isinstance(place, str) and len(place) <= MAX_LINE
        inside.setdefault(item, (label, str(place) if placed else one.stamp))
        heads[name, item] = (*heads.get((name, item), ()), one.id)
    return inside, heads


def fold_reads(
    operations: Sequence[Operation],
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], tuple[str, ...]]]:
    """Give ``{(person, item): when}`` of what people say they read, and what said so."""
    authors = {one.id: one.by for one in operations if one.kind == op.READ_ADD}
    removed = {
        old
        for one in operations
        if one.kind == op.READ_RM
        for old in one.over
        if authors.get(old) == one.by
    }
    reads: dict[tuple[str, str], int] = {}
    heads: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in operations:
        item = one.data.get("item")
        if one.kind != op.READ_ADD or one.id in removed or not isinstance(item, str):
            continue
        if 0 < len(item) <= MAX_LINE:
            reads.setdefault((one.by, item), one.at)
            heads[one.by, item] = (*heads.get((one.by, item), ()), one.id)
    return reads, heads
