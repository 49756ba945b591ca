"""Between the canonical text (code points) and Qt's document (UTF-16 units), both ways.

Qt adds characters of its own (U+FDD0 and U+FDD1 around table cells, U+FFFC for images, U+2029
between paragraphs) and counts an emoji as two. Everything that is not space is the same on both
sides and in the same order: that is what the two are aligned on.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import Final

_QT_ONLY: Final = frozenset("\ufdd0\ufdd1\ufffc\u2029\u2028")


class TextMap:
    """Positions of the same visible characters on both sides.

    Args:
        canonical: the canonical text.
        raw: Qt's text of the part of the document that shows it (``toRawText``).
        offset: where that part begins in the document, in UTF-16 units.
    """

    def __init__(self, canonical: str, raw: str, offset: int) -> None:
        self._canonical = array("q", (i for i, c in enumerate(canonical) if not c.isspace()))
        self._document = array("q")
        # Where characters end that take two units: a passage may end on an emoji.
        self._wide: set[int] = set()
        at = offset
        for character in raw:
            if not character.isspace() and character not in _QT_ONLY:
                self._document.append(at)
            if character > "\uffff":
                self._wide.add(at)
                at += 1
            at += 1
        self._same = min(len(self._canonical), len(self._document))

    @property
    def whole(self) -> bool:
        """Tell whether both sides have as many visible characters."""
        return len(self._canonical) == len(self._document)

    def to_document(self, start: int, end: int) -> tuple[int, int] | None:
        """Give where a passage of the canonical text stands in the document; None if nowhere."""
        place = self._carry(self._canonical, self._document, start, end)
        if place is None:
            return None
        return place[0], place[1] + (place[1] - 1 in self._wide)

    def to_canonical(self, start: int, end: int) -> tuple[int, int] | None:
        """Give where a selection of the document stands in the canonical text; None if nowhere."""
        return self._carry(self._document, self._canonical, start, end)

    def _carry(
        self, source: array[int], target: array[int], start: int, end: int
    ) -> tuple[int, int] | None:
        first = bisect_left(source, start, 0, self._same)
        last = bisect_left(source, end, 0, self._same) - 1
        if first >= self._same or last < first:
            return None
        return target[first], target[last] + 1
