"""What one line is to the blocks that are open: more of them, or their end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from veille.wiki.outline import Block

# These hold only items, or terms and meanings: what else comes closes them.
KEPT_OPEN: Final = frozenset({"list", "terms"})


@dataclass(slots=True)
class Rest:
    """What is left of a line; spaces at its beginning stand for its tabs."""

    text: str
    column: int = 0

    def __post_init__(self) -> None:
        self._untab()

    @property
    def indent(self) -> int:
        """Count the spaces before the text."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is left to read."""
        return not self.text or self.text.isspace()

    def drop(self, count: int) -> None:
        """Leave out characters."""
        self.text, self.column = self.text[count:], self.column + count
        self._untab()

    def _untab(self) -> None:
        bare = self.text.lstrip(" \t")
        head = self.text[: len(self.text) - len(bare)]
        if "\t" in head:
            width = self.column
            for one in head:
                width += 4 - width % 4 if one == "\t" else 1
            self.text = " " * (width - self.column) + bare


def goes_on(one: Block, rest: Rest) -> bool:
    """Tell whether a line belongs to an open block; the mark or the indent is taken off."""
    if one.kind in KEPT_OPEN:
        return True
    if one.kind == "quote":
        return rest.indent < 4 and rest.text[rest.indent :][:1] == ">" and unquote(rest)
    if rest.is_blank:
        rest.drop(min(one.indent, len(rest.text)))
        return bool(one.inside) or one.kind != "item"
    if rest.indent < one.indent:
        return False
    rest.drop(one.indent)
    return True


def unquote(rest: Rest) -> bool:
    """Take the mark of a quote off, and the space after it."""
    rest.drop(rest.indent + 1)
    if rest.text[:1] == " ":
        rest.drop(1)
    return True


def taken(leaf: Block, rest: Rest) -> bool:
    """Add a line to code or raw HTML; False when it is not for them."""
    if leaf.kind == "code":
        if rest.indent < 4 and not rest.is_blank:
            return False
        leaf.lines.append(rest.text[4:])
    elif leaf.kind == "html":
        if not leaf.mark and rest.is_blank:
            return False
        leaf.lines.append(rest.text)
    elif not ended(leaf, rest):
        leaf.lines.append(rest.text[min(leaf.indent, rest.indent) :])
    return True


def ended(leaf: Block, rest: Rest) -> bool:
    """Tell whether a line ends the code or the raw HTML it stands in."""
    if leaf.kind == "fence":
        bare = rest.text.strip()
        mark = leaf.mark
        return rest.indent < 4 and len(bare) >= len(mark) and bare == mark[0] * len(bare)
    return bool(leaf.mark) and re.search(leaf.mark, rest.text, re.IGNORECASE) is not None
