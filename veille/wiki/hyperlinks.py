"""Links and images of Markdown, by address or by reference, as CommonMark reads them.

The processors of Python-Markdown look for the end of each bracket again and again: thousands of
open brackets took minutes. These patterns try nothing twice.
"""

from __future__ import annotations

import html
import re
from typing import Final, cast
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import InlineProcessor as Inline
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE
from typing_extensions import override

from veille.wiki.context import Context
from veille.wiki.inline import NOT_HANDLED, Handled, attribute, href, written
from veille.wiki.references import label


def _nested(depth: int) -> str:
    inner = r"[^\[\]]*+"
    for _ in range(depth):
        inner = rf"(?:[^\[\]]++|\[{inner}\])*+"
    return inner


_TEXT: Final = re.compile(_nested(5))
_WHERE: Final = re.compile(
    r"""\(\s*+
    (?:<([^<>\n]*+)>|(?!<)((?:[^\s()]|\((?:[^\s()]|\((?:[^\s()]|\([^\s()]*+\))*+\))*+\))*+))
    (?:\s++(?:"((?:[^"]|"(?!\s*\)))*+)"|'((?:[^']|'(?!\s*\)))*+)'|\(([^()]*+)\)))?
    \s*+\)""",
    re.VERBOSE,
)
_NAME: Final = re.compile(r"\[([^\[\]]*+)\]")
_NAME_APART: Final = re.compile(r"[ \n]\[([^\[\]]++)\]")
_OPENING: Final = re.compile(r"(?<!!)\[")
_EMPHASIS: Final = re.compile(r"(?<![*_])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![*_])")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


class Links(InlineProcessor):
    """``[words](address "title")``, ``[words][name]``, ``[name][]`` and ``[name]``."""

    context: Context

    def __init__(self, md: markdown.Markdown, pattern: str = r"(?<!!)\[") -> None:
        super().__init__(pattern, md)

    @override
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> Handled:
        found = self._read(data, m.end())
        if found is None or self._has_link(found[0]):
            return NOT_HANDLED
        words, address, title, end = found
        link = Element("a", href=href(self.unescape(address)))
        if title:
            link.set("title", attribute(self.unescape(title)))
        link.text = words
        return link, m.start(), end

    def _read(self, data: str, at: int) -> tuple[str, str, str, int] | None:
        """Read from behind the opening bracket: words, address, title, and where it ends."""
        text = _TEXT.match(data, at)
        if text is None or data[text.end() : text.end() + 1] != "]":
            return None
        after = text.end() + 1
        where = _WHERE.match(data, after)
        groups = where.groups() if where else ()
        address = next((one for one in groups[:2] if one is not None), "")
        if where and not HTML_PLACEHOLDER_RE.search(self.unescape(address)):
            return text[0], address, next((one for one in groups[2:] if one), ""), where.end()
        known, end = self._known(data, after, text[0])
        return None if known is None else (text[0], _plain(known[0]), _plain(known[1]), end)

    def _known(self, data: str, at: int, words: str) -> tuple[tuple[str, str] | None, int]:
        """Look a reference up: by the name that follows, else by the words themselves."""
        named = self.context.references.get
        name = _NAME.match(data, at)
        if name and name[1]:
            return named(self._label(name[1])), name.end()
        by_words = named(self._label(words))
        if by_words is not None or name is not None:
            return by_words, name.end() if name else at
        # As Markdown was first written: a space before the name.
        apart = _NAME_APART.match(data, at)
        return (named(self._label(apart[1])), apart.end()) if apart else (None, at)

    def _label(self, name: str) -> str:
        return label(written(self.unescape(name)))

    def _has_link(self, words: str) -> bool:
        """Tell whether the words hold a link themselves, which goes before."""
        stash = cast("Inline", self.md.treeprocessors["inline"]).stashed_nodes
        for one in INLINE_PLACEHOLDER_RE.finditer(words):
            node = stash.get(one[1])
            if isinstance(node, Element) and node.tag == "a":
                return True
        return any(self._read(words, one.end()) for one in _OPENING.finditer(words))

    @override
    def unescape(self, text: str) -> str:
        # Of an element only the words, which may hold further places.
        while (before := text) != (text := super().unescape(text)):
            pass
        return before


class Images(Links):
    """``![words](address "title")``; who shows them decides which addresses are good."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md, r"!\[")

    @override
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> Handled:
        found = self._read(data, m.end())
        if found is None:
            return NOT_HANDLED
        words, address, title, end = found
        image = Element("img", src=href(self.unescape(address)))
        image.set("alt", attribute(self._words(words)))
        if title:
            image.set("title", attribute(self.unescape(title)))
        return image, m.start(), end

    def _words(self, words: str) -> str:
        inner = _OPENING.search(words.replace("![", " ["))
        if inner and (found := self._read(words, inner.end())):
            start = inner.start() - (words[inner.start() - 1 : inner.start()] == "!")
            words = words[:start] + found[0] + words[found[3] :]
        return _EMPHASIS.sub("", self.unescape(words))


def _plain(written: str) -> str:
    """Take a part of a definition, where nothing was read yet, as it is meant."""
    return html.unescape(_ESCAPED.sub(r"\1", written))
