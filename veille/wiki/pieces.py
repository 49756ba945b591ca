"""Where a note may be cut, so that a change renders again only its own piece.

Every piece rendered alone gives what it gives inside the note. A cut stands before a line that
begins at the margin after an empty one, when nothing that is open can go on there: then lists,
quotes and indented text have ended. Code in fences, raw HTML and definitions are followed to their
end; where it would take reading the whole to be sure, the rest of the text is one piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from veille.wiki import starts

# Raw HTML that is nothing without its end, even where empty lines stand inside.
_PAIRED: Final = re.compile(
    r"<(table|ul|ol|dl|blockquote|div|section|details|figure|center)(?=[\s>])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a note as it is shown.

    Attributes:
        html: sanitised.
        first, last: its lines in the source, from 0.
    """

    html: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of a note as it is written; empty lines belong to the piece before them."""

    text: str
    first: int
    last: int


def split(text: str) -> list[Source]:
    """Cut a text; the pieces joined by line breaks are the text again."""
    lines = text.split("\n")
    cuts = [*_Scan(lines).cuts(), len(lines)]
    return [Source("\n".join(lines[start:end]), start, end - 1) for start, end in pairwise(cuts)]


class _Scan:
    """Goes through lines and knows what is open at the margin.

    A list is followed by how far its items are indented; ``_unsure`` tells that a line may have
    gone on with it or have ended it, so that code further in cannot be told from code beside it.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._until = -1
        self._no_end: set[str] = set()
        self._fence = ""
        self._html: str | None = None
        self._forget()

    def _forget(self) -> None:
        self._has_list = self._has_meaning = self._unsure = self._maybe_html = False
        self._indent = 0

    def cuts(self) -> list[int]:
        """Give the first line of each piece."""
        found = [0]
        is_after_blank = True
        for number, line in enumerate(self._lines):
            if self._fence:
                self._end_fence(line)
                continue
            if not line or line.isspace():
                is_after_blank = True
                self._maybe_html = False
                self._html = None if self._html == "" else self._html
                continue
            if self._html is not None:
                self._end_html(line)
                continue
            if is_after_blank and number and self._may_cut(number, line):
                found.append(number)
                self._forget()
            if not line[0].isalpha() or self._has_list:
                self._look(number, line, after_blank=is_after_blank)
            is_after_blank = False
        return found

    def _may_cut(self, number: int, line: str) -> bool:
        if line[0] in " \t:" or number <= self._until:
            return False
        if self._has_list and starts.ITEM.match(line):
            return False
        return not (self._has_meaning and self._means(number))

    def _means(self, number: int) -> bool:
        """Tell whether the text from here on is a term: its meaning is below."""
        end = number
        while end < len(self._lines) and self._lines[end].strip():
            if starts.MEANING.match(self._lines[end]):
                return True
            end += 1
        while end < len(self._lines) and not self._lines[end].strip():
            end += 1
        return end < len(self._lines) and starts.MEANING.match(self._lines[end]) is not None

    def _look(self, number: int, line: str, *, after_blank: bool) -> None:
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if indent > 3 or bare[0] == "\t":
            return
        if self._item(line, indent, after_blank=after_blank):
            return
        if bare[0] in "`~" and (found := starts.FENCE.match(line)):
            self._open(indent, fence=found[1] or found[3])
        elif bare[0] == "<" and self._tag(number, bare, indent, after_blank=after_blank):
            return
        elif bare[0] == ":" and starts.MEANING.match(line):
            self._has_meaning = self._unsure = True
        elif indent < self._indent:
            self._unsure = True

    def _is_inside(self, indent: int) -> bool:
        return 0 < self._indent <= indent

    def _item(self, line: str, indent: int, *, after_blank: bool) -> bool:
        found = starts.ITEM.match(line)
        if not found:
            return False
        self._has_list = True
        if self._is_inside(indent):
            return True
        text = line[found.end() :]
        is_plain = text.strip() and (after_blank or self._indent or found[2] in (None, "1"))
        if not is_plain or starts.RULE.match(line):
            self._unsure = True
        self._indent = _content(line, found.end())
        return True

    def _open(self, indent: int, *, fence: str = "", html: str | None = None) -> None:
        """Follow code or raw HTML that stands at the margin; not what stands inside an item."""
        if self._maybe_html or (indent and self._unsure):
            self._until = len(self._lines)
        elif not self._is_inside(indent):
            self._fence, self._html = fence, html
            # What was open has ended.
            self._indent, self._unsure = 0, False

    def _tag(self, number: int, bare: str, indent: int, *, after_blank: bool) -> bool:
        """Follow raw HTML; False when the line begins none."""
        end = starts.html_end(bare, in_paragraph=False)
        if end is None:
            return False
        if not end and not after_blank and starts.html_end(bare, in_paragraph=True) is None:
            self._maybe_html = self._unsure = True
            return True
        is_one_line = end and re.search(end, bare, re.IGNORECASE)
        self._open(indent, html=None if is_one_line else end)
        self._find_pair(number, bare)
        return True

    def _find_pair(self, number: int, bare: str) -> None:
        found = _PAIRED.match(bare)
        if found and number > self._until and found[1].lower() not in self._no_end:
            self._find_end(number, found[1].lower())

    def _find_end(self, number: int, tag: str) -> None:
        """Keep together what stands between a tag and its end, if it has one."""
        pattern = re.compile(rf"<(/?){tag}(?=[\s>])", re.IGNORECASE)
        depth = 0
        for at in range(number, len(self._lines)):
            for one in pattern.finditer(self._lines[at]):
                depth += -1 if one[1] else 1
                if depth == 0:
                    self._until = at
                    return
        self._no_end.add(tag)

    def _end_fence(self, line: str) -> None:
        bare = line.strip(" \t")
        if (
            len(bare) >= len(self._fence)
            and bare == self._fence[0] * len(bare)
            and not line.startswith(("    ", "\t", " \t", "  \t", "   \t"))
        ):
            self._fence = ""

    def _end_html(self, line: str) -> None:
        if self._html and re.search(self._html, line, re.IGNORECASE):
            self._html = None


def _content(line: str, end: int) -> int:
    """Give the column where the text of an item begins."""
    marked = len(line[:end].expandtabs(4))
    text = line[end:].lstrip(" \t")
    spaces = len(line[: len(line) - len(text)].expandtabs(4)) - marked
    return marked + (spaces if text and spaces < 5 else 1)
