"""Words made to fit: of a line of several facts, long names are cut, not what comes last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_BETWEEN: Final = " · "
_CUT: Final = "…"
_NUMBER: Final = re.compile(r"\d")
# Fewer letters of a fact than these tell nothing: it is left out.
_LETTERS: Final = 6


def fitted(told: str, metrics: QFontMetrics, room: int) -> str:
    """Give facts with a middle dot between them, in so many pixels.

    Names are cut before dates: half a date is another one. What is still too long loses its end.
    """
    if metrics.horizontalAdvance(told) <= room:
        return told
    facts = told.split(_BETWEEN)
    least = metrics.averageCharWidth() * _LETTERS
    for count in range(len(facts), 0, -1):
        kept = [*facts[:count], *([_CUT] if count < len(facts) else [])]
        free = room - metrics.horizontalAdvance(_BETWEEN) * (len(kept) - 1)
        names = [one for one in kept if not _NUMBER.search(one)]
        free -= sum(metrics.horizontalAdvance(one) for one in kept if one not in names)
        widths = [metrics.horizontalAdvance(one) for one in names]
        share = _share(widths, free)
        if share >= least or sum(widths) <= free:
            return _BETWEEN.join(
                _elided(one, metrics, share) if one in names else one for one in kept
            )
    return _elided(told, metrics, room)


def _elided(text: str, metrics: QFontMetrics, room: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def _share(widths: Sequence[int], free: int) -> int:
    """Give what the widest may have, once those that need less have what they need."""
    share = free
    for number, width in enumerate(sorted(widths)):
        share = free // (len(widths) - number)
        if width > share:
            break
        free -= width
    return share
