"""A text of a feed that may hold elements: one text of HTML is made of both."""

from __future__ import annotations

import html
from typing import Final

_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"}
    | {"track", "wbr"}
)


class MarkedText:
    """One text of a feed, piece by piece.

    Args:
        literal: what looks like a tag in its words is a word: XHTML, or plain text.
        wrapped: a first div is no part of it, as in Atom.
    """

    def __init__(self, *, literal: bool, wrapped: bool) -> None:
        self.literal, self.wrapped = literal, wrapped
        self.is_marked = self.is_unwrapped = False
        self.has_only_divs = True
        self.pieces: list[tuple[bool, str]] = []

    def say(self, text: str, *, inside: bool) -> None:
        """Add words, inside an element of the text or not."""
        # A div around escaped HTML is one mistake; any other tag means that nothing is escaped.
        is_html = not self.literal and (self.has_only_divs or not inside)
        self.pieces.append((is_html, text))

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Add the beginning of an element."""
        # Atom wraps XHTML in a div that is no part of it.
        if self.wrapped and not self.is_marked and name == "div":
            self.is_unwrapped = True
        else:
            values = "".join(
                f' {key}="{html.escape(value)}"'
                for key, value in attributes.items()
                if not key.startswith("xmlns") and ":" not in key
            )
            self.pieces.append((True, f"<{name}{values}>"))
        self.is_marked = True
        self.has_only_divs = self.has_only_divs and name == "div"

    def end(self, name: str, *, is_last: bool) -> None:
        """Add the end of an element, which may be the last that is open."""
        if is_last and self.is_unwrapped:
            self.is_unwrapped = False
        elif name not in _VOID:
            self.pieces.append((True, f"</{name}>"))

    def told(self) -> str:
        """Give the text: HTML when there was an element in it, else as the feed declares it."""
        if not self.is_marked:
            return "".join(text for _, text in self.pieces)
        return "".join(
            text if is_html else html.escape(text, quote=False) for is_html, text in self.pieces
        )
