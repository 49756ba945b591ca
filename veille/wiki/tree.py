"""From the blocks of a note to the tree that Python-Markdown writes as HTML."""

from __future__ import annotations

import re
from typing import Final, cast
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString, code_escape

from veille.wiki import embeds, links
from veille.wiki.context import Context
from veille.wiki.inline import shown_in_place
from veille.wiki.outline import Block

# They show elsewhere, or in what they say of other words.
_UNSEEN: Final = frozenset({"note", "definition", "abbreviation"})
_TASK: Final = re.compile(r"\[([ xX])\](?=\s|\Z)[ \t]*")
_BOXES: Final = {" ": "☐ ", "x": "☑ ", "X": "☑ "}
_BELOW_HEADS: Final = re.compile(
    r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z"
)
_MOST_COLUMNS: Final = 100
_SPARE_CELLS: Final = 5_000
# Beyond, tags are shown as typed: nested ones cost their square.
_MOST_TAGS: Final = 10_000
# A bar inside a link is no border of a cell.
_BAR_IN_LINK: Final = re.compile(r"(\[\[[^\[\]|\\\n]+)\|(?=[^\[\]\n]*\]\])")


class Gardener:
    """Grows the tree of a text: one element for each block."""

    def __init__(self, md: markdown.Markdown, context: Context) -> None:
        self._md, self._context = md, context
        self._tables = cast("TableProcessor", md.parser.blockprocessors["table"])

    def grow(self, parent: Element, block: Block, *, tight: bool = False) -> None:
        """Add what a block holds to its element; in a tight list text stands without paragraph."""
        for one in block.inside:
            if one.kind not in _UNSEEN:
                self._add(parent, one, tight=tight)

    def _add(self, parent: Element, block: Block, *, tight: bool) -> None:
        if block.kind == "paragraph":
            self._paragraph(parent, block.lines, tight=tight)
        elif block.kind in _PLAIN:
            _PLAIN[block.kind](parent, block)
        else:
            {
                "html": self._html,
                "embed": self._embed,
                "quote": self._quote,
                "list": self._list,
                "terms": self._terms,
                "admonition": self._admonition,
            }[block.kind](parent, block)

    def _quote(self, parent: Element, block: Block) -> None:
        self.grow(SubElement(parent, "blockquote"), block)

    def _paragraph(self, parent: Element, lines: list[str], *, tight: bool) -> None:
        heads = self._heads(lines)
        if heads >= 0:
            if heads:
                self._paragraph(parent, lines[:heads], tight=tight)
            self._tables.run(parent, [_table_source(lines[heads:])])
        elif tight:
            _add_text(parent, "\n".join(lines).rstrip())
        else:
            SubElement(parent, "p").text = "\n".join(lines).rstrip()

    def _heads(self, lines: list[str]) -> int:
        """Give the line that holds the heads of a table, -1 for no table."""
        for at, line in enumerate(lines[1:]):
            if "-" in line and _BELOW_HEADS.match(line):
                rows = lines[at:]
                cells = len(rows) * (line.count("|") + 1)
                fits = line.count("|") <= _MOST_COLUMNS
                fits = fits and cells <= sum(map(len, rows)) + _SPARE_CELLS
                is_table = "|" in line + lines[at] and fits
                return (
                    at if is_table and self._tables.test(Element("p"), _table_source(rows)) else -1
                )
        return -1

    def _html(self, parent: Element, block: Block) -> None:
        source = block.text.strip()
        if source.count("<") <= _MOST_TAGS:
            self._raw(parent, source)
        else:
            SubElement(parent, "p").text = AtomicString(source)

    def _raw(self, parent: Element, source: str) -> None:
        """Put raw HTML aside: it stands by itself, in no paragraph."""
        holder = SubElement(parent, "p")
        holder.tag = cast("str", None)
        holder.text = AtomicString(self._md.htmlStash.store(source))

    def _embed(self, parent: Element, block: Block) -> None:
        written = block.text
        match = links.LINK.match(written)
        if match is None:
            SubElement(parent, "p").text = written
            return
        link = links.read(match[2], match[3], embed=True)
        found = shown_in_place(link, self._context)
        self._raw(parent, embeds.block(found) if found else embeds.gone(link.name, alone=True))

    def _list(self, parent: Element, block: Block) -> None:
        listed = SubElement(parent, "ul" if block.level < 0 else "ol")
        if block.level not in (-1, 1):
            listed.set("start", str(block.level))
        tight = not (block.has_gaps or any(one.has_gaps for one in block.inside))
        boxes = [_box(one) for one in block.inside]
        if boxes and all(boxes):
            listed.set("class", "tasks")
        for one, box in zip(block.inside, boxes, strict=True):
            item = SubElement(listed, "li")
            self.grow(item, one, tight=tight)
            if box:
                _mark_done(item, box)

    def _terms(self, parent: Element, block: Block) -> None:
        terms = SubElement(parent, "dl")
        for before, one in zip([block, *block.inside], block.inside, strict=False):
            if one.kind == "term":
                SubElement(terms, "dt").text = one.text
            else:
                tight = one.first <= before.last + 1 and not one.has_gaps
                self.grow(SubElement(terms, "dd"), one, tight=tight)

    def _admonition(self, parent: Element, block: Block) -> None:
        box = SubElement(parent, "div", {"class": f"admonition {block.mark}"})
        if block.title:
            SubElement(box, "p", {"class": "admonition-title"}).text = block.title
        self.grow(box, block)


def _heading(parent: Element, block: Block) -> None:
    SubElement(parent, f"h{block.level}").text = block.text


def _rule(parent: Element, _block: Block) -> None:
    SubElement(parent, "hr")


def _code(parent: Element, block: Block) -> None:
    code = SubElement(SubElement(parent, "pre"), "code")
    if language := block.title.split(" ")[0] if block.kind == "fence" else "":
        code.set("class", f"language-{language}")
    code.text = AtomicString(code_escape("".join(f"{line}\n" for line in block.lines)))


def _add_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = f"{parent[-1].tail or ''}\n{text}"
    else:
        parent.text = f"{parent.text}\n{text}" if parent.text else text


def _table_source(rows: list[str]) -> str:
    return _BAR_IN_LINK.sub(r"\1\\|", "\n".join(rows))


def _box(item: Block) -> str:
    """Take the box off an item that is a task; "" when it is none."""
    first = item.inside[0] if item.inside else None
    if first is None or first.kind != "paragraph":
        return ""
    found = _TASK.match(first.lines[0])
    if found is None:
        return ""
    first.lines[0] = first.lines[0][found.end() :]
    return _BOXES[found[1]]


def _mark_done(item: Element, box: str) -> None:
    """Show the box before the words of a task; of a task that is done they are told apart."""
    holder = item[0] if len(item) and item[0].tag == "p" and not item.text else item
    if box == _BOXES[" "]:
        holder.text = box + (holder.text or "")
        return
    words = Element("span", {"class": "done"})
    words.text, holder.text = holder.text, box
    holder.insert(0, words)


_PLAIN: Final = {"heading": _heading, "rule": _rule, "fence": _code, "code": _code}
