"""The blocks of a note, and which lines of it they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from veille.wiki.references import References


@dataclass(slots=True, eq=False)
class Block:
    """A block and its lines.

    Attributes:
        kind: document, quote, list, item, terms, term, meaning, admonition or note (which hold
            blocks); paragraph, heading, rule, code, fence, html, embed, definition or abbreviation.
        first, last: its lines in the source, from 0.
        lines: text of what holds no blocks, without the marks of what it stands in.
        inside: the blocks it holds.
        mark: bullet, delimiter, fence, name of a footnote, kind of an admonition, end of raw HTML.
        title: of an admonition, or the language of a fence.
        level: of a heading; the first number of a list, -1 without numbers.
        indent: columns that its further lines leave out.
    """

    kind: str
    first: int
    last: int
    lines: list[str] = field(default_factory=list)
    inside: list[Block] = field(default_factory=list)
    mark: str = ""
    title: str = ""
    level: int = -1
    indent: int = 0

    @property
    def text(self) -> str:
        """Give its lines as one text."""
        return "\n".join(self.lines)

    @property
    def has_gaps(self) -> bool:
        """Tell whether empty lines stand between the blocks it holds."""
        return any(b.first > a.last + 1 for a, b in pairwise(self.inside))


@dataclass(frozen=True, slots=True)
class Outline:
    """The blocks of a text, and the addresses it tells apart."""

    root: Block
    references: References
