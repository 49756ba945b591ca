"""Where the words of a PDF stand on its pages, and in which order a person reads them.

A document only says where each character is drawn. Lines come from PDFium; columns are found by
what leaves a strip free from top to bottom, but for what runs across (a title, a picture's words).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from veille.domain.text import CONTROLS

# Wider than the space between two words, however a line is justified.
_GAP: Final = 1.6
# From above its accents to below its tails, a font is a little higher than its size.
_BOX: Final = 1.17
_MOST_CANDIDATES: Final = 80
_MOST_COLUMNS: Final = 4
_FEWEST_LINES: Final = 3
# A page of a newspaper has some 600 lines; a hostile one as many as characters.
_MOST_LINES: Final = 5_000
_NARROWEST: Final = 6.0
_CROSSING: Final = 0.3
_BREAKS: Final = frozenset({0x0A, 0x0D})
_HYPHENS: Final = frozenset({0x02, 0xFFFE, 0xAD})
_HYPHEN: Final = "\u00ad"
_MAY_CUT: Final = _HYPHENS | {0x2D, 0x2010}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: its words, their size, where they stand (points, from the bottom left).

    ``column`` numbers the columns of a page in the order of reading: a line is followed by the
    next of its own, so that what ends one is known.
    """

    text: str
    size: float
    left: float
    right: float
    bottom: float
    top: float
    column: int = 0


def lines(text_page: Any, *, most: int) -> list[Line]:
    """Give the lines of a page, in the order of reading; at most so many characters."""
    found = list(_fragments(text_page, most=most))
    groups = _columns(found, depth=_MOST_COLUMNS)
    return [
        Line(one.text, one.size, one.left, one.right, one.bottom, one.top, number)
        for number, group in enumerate(groups)
        for one in _rows(group)
    ]


def _fragments(text_page: Any, *, most: int) -> Iterator[Line]:
    """Give what PDFium takes for lines, cut where a gap is too wide for one column."""
    from pypdfium2 import raw

    page = text_page.raw
    count = min(text_page.count_chars(), most)
    start = 0
    words: list[str] = []
    for place in range(count + 1):
        code = raw.FPDFText_GetUnicode(page, place) if place < count else 0x0A
        if code not in _BREAKS and not (code == 0x20 and _is_break(text_page, place, count)):
            words.append(_HYPHEN if code in _HYPHENS else chr(min(code, 0x10FFFF)))
            # PDFium puts the halves of a word together, and their lines with them.
            if code not in _MAY_CUT or not _is_last(text_page, place, count):
                continue
        if shown := "".join(words).translate(CONTROLS).strip():
            yield _fragment(text_page, shown, _ends(words, start))
        start, words = place + 1, []


def _is_last(text_page: Any, place: int, count: int) -> bool:
    """Tell whether a character is the last of its row."""
    if place + 1 >= count:
        return True
    here, after = (
        text_page.get_charbox(place, loose=True),
        text_page.get_charbox(place + 1, loose=True),
    )
    return bool(after[3] < here[3] - 0.5 * (here[3] - here[1]) or after[0] < here[0])


def _ends(words: Sequence[str], start: int) -> tuple[int, int]:
    """Give the places of the first and the last character that is drawn."""
    drawn = [number for number, one in enumerate(words) if not one.isspace()]
    return start + drawn[0], start + drawn[-1]


def _is_break(text_page: Any, place: int, count: int) -> bool:
    """Tell whether a space parts columns, or rows: PDFium does not always say where a row ends."""
    if not 0 < place < count - 1:
        return False
    before, after = text_page.get_charbox(place - 1), text_page.get_charbox(place + 1)
    size = _size(text_page, place - 1)
    is_far = after[0] - before[2] > _GAP * size or after[0] < before[0] - size
    return bool(is_far or after[3] < before[1] - 0.1 * size)


def _size(text_page: Any, place: int) -> float:
    """Give how large a character is on the page: what its font says is scaled by what draws it."""
    box = text_page.get_charbox(place, loose=True)
    return max(abs(float(box[3]) - float(box[1])) / _BOX, 1.0)


def _fragment(text_page: Any, text: str, ends: tuple[int, int]) -> Line:
    first = text_page.get_charbox(ends[0], loose=True)
    last = text_page.get_charbox(ends[1], loose=True)
    return Line(
        text,
        round(_size(text_page, ends[0]), 1),
        min(first[0], last[0]),
        max(first[2], last[2]),
        min(first[1], last[1]),
        max(first[3], last[3]),
    )


def _columns(found: list[Line], *, depth: int) -> list[list[Line]]:
    """Part lines in groups, in the order of reading."""
    gutter = _gutter(found) if depth else None
    if gutter is None:
        return [found] if found else []
    groups: list[list[Line]] = []
    band: list[Line] = []
    for one in [*sorted(found, key=lambda x: -x.top), None]:
        if one is not None and not one.left < gutter < one.right:
            band.append(one)
            continue
        for side in (
            [x for x in band if x.right <= gutter],
            [x for x in band if x.left >= gutter],
        ):
            groups += _columns(side, depth=depth - 1)
        band = []
        if one is not None:
            _across(groups, one)
    return groups


def _across(groups: list[list[Line]], one: Line) -> None:
    """Add a line that runs across the columns to the one above it, when that does so too."""
    if groups and groups[-1]:
        above = groups[-1][-1]
        overlaps = min(above.right, one.right) - max(above.left, one.left)
        near = 0 <= above.bottom - one.bottom < 2.5 * max(above.size, one.size)
        if near and overlaps > 0.9 * (above.right - above.left) and len(groups[-1]) < 8:
            groups[-1].append(one)
            return
    groups.append([one])


def _gutter(found: Sequence[Line]) -> float | None:
    """Find where two columns part, None when there is one only."""
    if not 2 * _FEWEST_LINES <= len(found) <= _MOST_LINES:
        return None
    best, score = None, 0.0
    starts = sorted({round(one.left) for one in found})
    for start in starts[1:][:_MOST_CANDIDATES]:
        place = start - 1.5
        left = [one for one in found if one.right <= place]
        right = [one for one in found if one.left >= place]
        crossing = len(found) - len(left) - len(right)
        if min(len(left), len(right)) < _FEWEST_LINES or crossing > _CROSSING * len(found):
            continue
        told = min(len(left), len(right)) - crossing
        if told > score and _are_columns(left, right):
            best, score = place, told
    return best


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell columns from the cells of a table: both are made of words, and stand side by side."""
    for side in (left, right):
        if median((one.right - one.left) / max(one.size, 1.0) for one in side) < _NARROWEST:
            return False
    top = min(max(x.top for x in left), max(x.top for x in right))
    bottom = max(min(x.bottom for x in left), min(x.bottom for x in right))
    return top > bottom


def _rows(group: Sequence[Line]) -> list[Line]:
    """Put what stands on the same row in one line, from the top down."""
    rows: list[list[Line]] = []
    for one in sorted(group, key=lambda x: -x.bottom):
        if rows and abs(rows[-1][0].bottom - one.bottom) < 0.35 * max(one.size, 1.0):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [_joined(sorted(row, key=lambda x: x.left)) for row in rows]


def _joined(row: Sequence[Line]) -> Line:
    return Line(
        " ".join(one.text for one in row),
        max(one.size for one in row),
        row[0].left,
        max(one.right for one in row),
        min(one.bottom for one in row),
        max(one.top for one in row),
    )
