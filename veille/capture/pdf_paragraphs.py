"""Lines put together again: paragraphs that margins, columns and pages cut, and words with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from veille.capture.pdf_layout import Line
from veille.domain.text import collapse

_SOFT: Final = "\u00ad"
_ENDS: Final = re.compile(r"[.!?…:;»”\")]\s*\Z")
_BULLET: Final = re.compile(r"(?:[•▪◦‣–—-]|\d{1,2}[.)])\s")
_COMPOUND: Final = re.compile(r"(?=\b(\w{1,30}-\w{1,30})\b)")
# Words that keep their hyphen at the end of a line, where no other line of the document tells.
_HEADS: Final = frozenset(
    {
        "centre", "vice", "ex", "demi", "mi", "non", "peut", "celui", "celle", "ceux", "rond",
        "chef", "rendez",
    }
)  # fmt: skip
_TAILS: Final = frozenset(
    {
        "il", "elle", "on", "ils", "elles", "ci", "là", "ce", "je", "tu", "nous", "vous", "même",
        "mêmes", "être", "uns", "unes",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    is_even: bool


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being put together, and the last line of it."""

    text: str
    size: float
    last: Line


def paragraphs(pages: Sequence[Sequence[Line]], body: float) -> list[Paragraph]:
    """Put together lines that were cut at the margin, words that were cut in two."""
    found: list[Paragraph] = []
    compounds = _compounds(pages)
    for lines in pages:
        edges = _margins(lines)
        leading = _leading(lines, body)
        for line in lines:
            before = found[-1] if found else None
            step = leading * max(line.size / max(body, 1.0), 1.0)
            if before is not None and _goes_on(before, line, edges, step):
                before.text, before.last = _joined(before.text, line.text, compounds), line
            else:
                found.append(Paragraph(line.text, line.size, line))
    for one in found:
        one.text = collapse(one.text.replace(_SOFT, ""))
    return [one for one in found if one.text]


def _margins(lines: Sequence[Line]) -> dict[int, _Margins]:
    """Give where each column begins and ends, and whether its lines end there."""
    columns: dict[int, list[Line]] = {}
    for one in lines:
        columns.setdefault(one.column, []).append(one)
    found = {}
    for number, column in columns.items():
        left, right = min(x.left for x in column), max(x.right for x in column)
        full = sum(x.right > right - 0.02 * (right - left) for x in column)
        found[number] = _Margins(left, right, is_even=2 * full >= len(column))
    return found


def _leading(lines: Sequence[Line], body: float) -> float:
    """Give the usual way from one line to the next."""
    steps = [
        above.bottom - one.bottom
        for above, one in pairwise(lines)
        if above.column == one.column and 0 < above.bottom - one.bottom < 3 * max(body, 1.0)
    ]
    return median(steps) if steps else 1.2 * body


def _goes_on(before: Paragraph, line: Line, edges: Mapping[int, _Margins], leading: float) -> bool:
    """Tell whether a line continues the paragraph above it."""
    last = before.last
    if abs(last.size - line.size) > 0.1 * max(last.size, 1.0) or _BULLET.match(line.text):
        return False
    step = last.bottom - line.bottom
    if last.column != line.column or step <= 0:
        # At the top of the next column or page: only what was not finished goes on.
        return not _ENDS.search(last.text) and (line.text[:1].islower() or is_cut(last.text))
    if step > 1.2 * leading + 0.5:
        return False
    edge = edges[line.column]
    is_indented = min(line.left - edge.left, line.left - last.left) > 0.5 * line.size
    # Lines that are not justified end where a word does: only a very short one says something.
    room = (0.15 if edge.is_even else 0.35) * (edge.right - edge.left)
    is_short = last.right < edge.right - room
    if is_indented or (is_short and _ENDS.search(last.text)):
        return False
    return not (is_short and line.text[:1].isupper())


def is_cut(text: str) -> bool:
    """Tell whether a word is cut at the end, whatever the length of what is before it."""
    return text.endswith(_SOFT) or (text.endswith(("-", "\u2010")) and text[-2:-1].isalpha())


def _joined(before: str, line: str, compounds: frozenset[str]) -> str:
    if not is_cut(before) or not line[:1].islower():
        return before[:-1] + line if before.endswith(_SOFT) else f"{before} {line}"
    head, tail = before[-40:-1].rpartition(" ")[2], re.match(r"\w*", line)
    first = re.split(r"\W", head)[-1].lower()
    last = tail[0].lower() if tail else ""
    if f"{first}-{last}" in compounds or first in _HEADS or last in _TAILS:
        return f"{before[:-1]}-{line}"
    return before[:-1] + line


def _compounds(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Give the words that the document writes with a hyphen in the middle of a line."""
    found = (_COMPOUND.findall(one.text) for page in pages for one in page)
    return frozenset(word.lower() for words in found for word in words)
