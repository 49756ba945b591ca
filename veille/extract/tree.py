"""A page as a tree, and as the runs of text that it shows, in order.

A *run* is what stands between two breaks of the page: a paragraph, a heading, an item, a cell.
The tree is walked without recursion: a hostile page nests deeper than Python's stack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final
from urllib.parse import urljoin

from lxml import etree, html

from veille.domain.text import collapse

INLINE: Final = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_KEPT_INLINE: Final = {
    "a": "a", "abbr": "abbr", "b": "strong", "strong": "strong", "cite": "cite", "code": "code",
    "del": "del", "em": "em", "i": "em", "ins": "ins", "kbd": "kbd", "mark": "mark", "q": "q",
    "s": "s", "small": "small", "sub": "sub", "sup": "sup", "u": "u",
}  # fmt: skip
# What shows no words of the page, or those of a machine.
_SILENT: Final = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
        "video", "audio", "map", "head", "select", "button", "textarea", "input", "option",
        "progress", "meter", "math", "title", "link", "meta", "dialog",
    }
)  # fmt: skip
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LAZY: Final = ("data-src", "data-lazy-src", "data-original", "data-url", "data-image", "src")
_TINY: Final = 60
MOST_RUNS: Final = 20_000
MOST_NODES: Final = 300_000
_MOST_SOURCE: Final = 20_000_000


@dataclass(slots=True)
class Run:
    """One run of text, or one picture.

    Attributes:
        owner: the block element it stands in.
        place: the tags around it, outermost first, by which it is laid out again.
        html: its inline markup.
        text: its words, spaces collapsed.
        linked: how many characters of it are links.
        picture: whether it is a picture alone.
    """

    owner: etree._Element
    html: str = ""
    text: str = ""
    linked: int = 0
    picture: bool = False
    parts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def parsed(page: str) -> html.HtmlElement | None:
    """Parse a page; None when there is nothing in it."""
    try:
        # lxml refuses text that declares an encoding.
        data = page[:_MOST_SOURCE].encode("utf-8", "replace")
        tree = html.document_fromstring(
            data, parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree is not None and len(tree) else None


def is_hidden(node: etree._Element) -> bool:
    """Tell whether a reader does not see an element, as far as its attributes say."""
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    style = node.get("style")
    return bool(style and _HIDDEN.search(style))


def runs(root: etree._Element, *, url: str = "") -> list[Run]:
    """Give the runs of a page, in order."""
    return _Walk(url).walk(root)


class _Walk:
    """The state of one walk: the run that is being written, the inline tags that are open."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._found: list[Run] = []
        self._open: list[tuple[etree._Element, str, str]] = []
        self._links = 0
        self._run: Run | None = None
        self._blocks: list[etree._Element] = []

    def walk(self, root: etree._Element) -> list[Run]:
        self._blocks = [root]
        skipped: etree._Element | None = None
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for number, (event, node) in enumerate(events):
            if number > MOST_NODES or len(self._found) > MOST_RUNS:
                break
            if skipped is not None:
                if event != "end" or node is not skipped:
                    continue
                skipped = None
            elif event == "start":
                if node is not root and (node.tag in _SILENT or is_hidden(node)):
                    skipped = node
                    self._pass_over(node)
                else:
                    self._start(node)
                continue
            elif event == "end":
                self._end(node)
            if node is not root:
                self._say(node.tail)
        self._close()
        return self._found

    def _pass_over(self, node: etree._Element) -> None:
        if node.tag == "noscript":
            self._lazy_picture(node)

    def _start(self, node: etree._Element) -> None:
        tag = str(node.tag)
        if tag in INLINE:
            self._open_inline(node, tag)
        elif tag == "br":
            self._break_line()
        elif tag == "img":
            self._picture(node)
        else:
            self._close()
            self._blocks.append(node)
        self._say(node.text)

    def _end(self, node: etree._Element) -> None:
        tag = str(node.tag)
        if tag in INLINE:
            if self._open and self._open[-1][0] is node:
                _node, _start, end = self._open.pop()
                if self._run is not None:
                    self._run.parts.append(end)
            if tag == "a":
                self._links = max(self._links - 1, 0)
        elif tag not in {"br", "img"}:
            self._close()
            if len(self._blocks) > 1 and self._blocks[-1] is node:
                self._blocks.pop()

    def _open_inline(self, node: etree._Element, tag: str) -> None:
        kept = _KEPT_INLINE.get(tag, "")
        start, end = (f"<{kept}>", f"</{kept}>") if kept else ("", "")
        if tag == "a":
            self._links += 1
            start, end = self._link(node)
        self._open.append((node, start, end))
        if self._run is not None:
            self._run.parts.append(start)

    def _link(self, node: etree._Element) -> tuple[str, str]:
        target = absolute(self._url, node.get("href") or "")
        if not target.startswith(("http://", "https://", "mailto:")):
            return "", ""
        return f'<a href="{escape(target)}">', "</a>"

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if self._run is None:
            if not text.strip():
                return
            self._run = Run(self._blocks[-1])
            self._run.parts.extend(start for _node, start, _end in self._open)
        self._run.parts.append(escape(text, quote=False))
        self._run.words.append(text)
        if self._links:
            self._run.linked += len(text.strip())

    def _break_line(self) -> None:
        if self._run is None:
            return
        if self._run.parts and self._run.parts[-1] == "<br>":
            # Two breaks part paragraphs, as pages without <p> do.
            self._run.parts.pop()
            self._close()
            return
        self._run.parts.append("<br>")
        self._run.words.append("\n")

    def _picture(self, node: etree._Element) -> None:
        source = picture_address(node, self._url)
        if not source:
            return
        alt = escape(collapse(node.get("alt") or "")[:300])
        written = f'<img src="{escape(source)}" alt="{alt}">'
        # A picture stands alone even in the middle of a paragraph: texts are laid out around it.
        if self._run is not None and collapse("".join(self._run.words)):
            self._close()
        one = Run(self._blocks[-1], html=written, picture=True)
        self._found.append(one)

    def _lazy_picture(self, node: etree._Element) -> None:
        """Take the picture that a page shows to readers without scripts."""
        if len(node) == 1 and node[0].tag == "img" and not collapse(node.text or ""):
            self._picture(node[0])

    def _close(self) -> None:
        one, self._run = self._run, None
        if one is None:
            return
        one.text = unicodedata.normalize("NFC", collapse("".join(one.words)))
        closing = "".join(end for _node, _start, end in reversed(self._open))
        one.html = "".join(one.parts).strip() + closing
        if one.text:
            self._found.append(one)


def absolute(url: str, target: str) -> str:
    """Give an address as it is meant on a page; "" when it makes no sense."""
    target = target.strip()
    try:
        return urljoin(url, target) if url else target
    except ValueError:
        return ""


def picture_address(node: etree._Element, url: str) -> str:
    """Give where the picture of an <img> is, whatever delays it; "" for spacers and trackers."""
    for size in ("width", "height"):
        told = node.get(size) or ""
        if told.isdecimal() and int(told) < _TINY:
            return ""
    for name in _LAZY:
        told = (node.get(name) or "").strip()
        address = absolute(url, told) if told else ""
        if address.startswith(("http://", "https://")):
            return address
    return _largest(node.get("srcset") or node.get("data-srcset") or "", url)


def _largest(srcset: str, url: str) -> str:
    """Give the widest picture of a ``srcset`` that a screen has use for."""
    best, widest = "", -1
    for one in re.split(r",\s+", srcset)[:30]:
        address, _space, size = one.strip().partition(" ")
        if not address:
            continue
        told = re.match(r"(\d+)", size)
        width = int(told[1]) if told else 0
        found = absolute(url, address)
        if found.startswith(("http://", "https://")) and widest < width <= 2_000:
            best, widest = found, width
    return best


def ancestors(node: etree._Element, *, most: int = 60) -> Iterator[etree._Element]:
    """Give an element and those around it, nearest first."""
    current: etree._Element | None = node
    for _step in range(most):
        if current is None:
            return
        yield current
        current = current.getparent()
