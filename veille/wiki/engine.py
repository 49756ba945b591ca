"""Python-Markdown, set up for notes: its tables, abbreviations, emphasis and writing, our blocks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final, cast
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from typing_extensions import override

from veille.domain.text import CONTROLS
from veille.wiki import blocks
from veille.wiki.context import Context
from veille.wiki.emphasis import Emphasis
from veille.wiki.hyperlinks import Images, Links
from veille.wiki.inline import Addresses, Atoms, Breaks
from veille.wiki.tree import Gardener
from veille.wiki.typography import Typography

_REPLACED: Final = (
    "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
    "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "em_strong",
    "em_strong2", "not_strong",
)  # fmt: skip
# Nobody writes a paragraph with that many marks, and each costs a copy of the whole.
_MOST_MARKS: Final = 5_000
_CONTROL: Final = re.compile(f"[{re.escape(''.join(map(chr, CONTROLS)))}]")
_MARK: Final = re.compile(r"[\[\]*_`<&\\~!:]")
_ON_LINES: Final = frozenset(
    {
        "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
        "p", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul", None,
    }
)  # fmt: skip


def cleaned(text: str) -> str:
    """Take out what no text holds; the converter marks its own places with controls."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(CONTROLS) if _CONTROL.search(text) else text


class Engine:
    """Converts one text after the other; what comes out is not harmless yet."""

    def __init__(self, *, french: bool | None = True) -> None:
        """Set the converter up; ``french`` None leaves typography as typed."""
        self._notes = _Notes(french)
        self._md = markdown.Markdown(
            extensions=[TableExtension(use_align_attribute=True), AbbrExtension(), self._notes],
            output_format="html",
        )
        self._terms = cast("AbbrTreeprocessor", self._md.treeprocessors["abbr"])

    def convert(self, source: str, context: Context) -> str:
        """Convert a cleaned text; nested beyond reason, it is shown as it was typed."""
        self._md.reset()
        self._terms.abbrs.update(context.abbreviations)
        self._notes.look(context)
        try:
            return self._md.convert(source)
        except RecursionError:
            return f"<pre>{html.escape(source)}</pre>"


class _Notes(Extension):
    """What notes have and Python-Markdown has not, or reads otherwise than people write it."""

    def __init__(self, french: bool | None) -> None:
        super().__init__()
        self._french = french

    @override
    def extendMarkdown(self, md: markdown.Markdown) -> None:
        self._parser = _Parser(md)
        self._atoms, self._links, self._images = Atoms(md), Links(md), Images(md)
        md.parser = self._parser
        for name in _REPLACED:
            md.inlinePatterns.deregister(name, strict=False)
        md.inlinePatterns.register(self._atoms, "atoms", 190)
        md.inlinePatterns.register(self._images, "images", 180)
        md.inlinePatterns.register(self._links, "links", 170)
        md.inlinePatterns.register(Addresses(md), "addresses", 160)
        md.inlinePatterns.register(Breaks(md), "breaks", 150)
        md.preprocessors.deregister("normalize_whitespace")
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.register(_Limits(md), "limits", 25)
        md.treeprocessors.register(Emphasis(md), "emphasis", 15)
        md.treeprocessors.register(_Lines(md), "lines", 9)
        if self._french is not None:
            typography = Typography(md)
            typography.french = self._french
            md.treeprocessors.register(typography, "typography", 8)

    def look(self, context: Context) -> None:
        """Look at the world as the next text does."""
        for one in (self._parser, self._atoms, self._links, self._images):
            one.context = context
        self._atoms.called = set()


class _Parser(BlockParser):
    """Reads blocks by ``blocks.py``; of the processors of Python-Markdown it asks the tables."""

    context: Context

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.blockprocessors = md.parser.blockprocessors

    @override
    def parseDocument(self, lines: Iterable[str]) -> ET.ElementTree:
        root = Element(self.md.doc_tag)
        outline = blocks.read("\n".join(lines))
        Gardener(self.md, self.context).grow(root, outline.root)
        return ET.ElementTree(root)


class _Limits(Treeprocessor):
    """Leaves as typed what has more marks than anybody writes."""

    @override
    def run(self, root: Element) -> None:
        for one in root.iter():
            if one.text and _is_beyond(one.text):
                one.text = AtomicString(one.text)
            if one.tail and _is_beyond(one.tail):
                one.tail = AtomicString(one.tail)


class _Lines(Treeprocessor):
    """Puts blocks on lines of their own, so that HTML can be read and compared."""

    @override
    def run(self, root: Element) -> None:
        for one in root.iter():
            if one.tag in _ON_LINES:
                one.tail = f"{one.tail or ''}\n" if not (one.tail or "").strip() else one.tail
                if len(one) and one[0].tag in _ON_LINES and not (one.text or "").strip():
                    one.text = "\n"


def _is_beyond(text: str) -> bool:
    return len(text) > _MOST_MARKS and len(_MARK.findall(text)) > _MOST_MARKS
