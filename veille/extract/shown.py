"""The text a page shows, a line for each block, from one walk of its tree.

Consent dialogs stand apart, and what is named as hiding the rest of an article is noted: vendors'
names for both ship as data (``wording``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from veille.domain.text import fold
from veille.extract.tree import INLINE
from veille.extract.wording import Wording

_SILENT: Final = frozenset({"script", "style", "template", "head", "noscript", "svg", "iframe"})
MOST_SHOWN: Final = 200_000
_MOST_EVENTS: Final = 60_000
MOST_LINKS: Final = 600


@dataclass(slots=True)
class Shown:
    """What one walk gathers."""

    parts: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    length: int = 0
    links: dict[str, None] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    depth: int = 0
    locks: list[int] = field(default_factory=list)
    dialogs: int = 0
    silent: list[str] = field(default_factory=list)
    password: bool = False

    def say(self, text: str | None) -> None:
        """Add some text that is shown."""
        if not text or text.isspace():
            return
        told = text[:MOST_SHOWN]
        flat = " ".join((told.lower() if told.isascii() else fold(told)).split())
        if self.dialogs:
            self.asked.append(flat)
            return
        self.parts.append(flat)
        self.length += len(flat) + 1
        if self.depth and len(self.links) < MOST_LINKS:
            self.links[flat] = None
            self.linked.append(flat)

    def part(self) -> None:
        """Begin a line."""
        if self.parts and self.parts[-1] != "\n" and not self.dialogs:
            self.parts.append("\n")
            self.length += 2
        if self.asked and self.asked[-1] != "\n":
            self.asked.append("\n")


def walked(tree: etree._Element | None, wording: Wording) -> Shown:
    """Walk a page once, without recursion: a hostile page nests deeper than Python's stack."""
    seen = Shown()
    if tree is None:
        return seen
    kinds: dict[str, str] = {}
    events = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    opened: list[tuple[etree._Element, str]] = []
    for number, (event, node) in enumerate(events):
        if number > _MOST_EVENTS or seen.length >= MOST_SHOWN:
            break
        if event == "start":
            if node.tag in _SILENT:
                _pass_over(node, seen)
                events.skip_subtree()
                continue
            if kind := _open(node, seen, kinds, wording):
                opened.append((node, kind))
        else:
            if opened and opened[-1][0] is node:
                _shut(seen, opened.pop()[1])
            if node.tag not in INLINE:
                seen.part()
            seen.say(node.tail)
    return seen


def _pass_over(node: etree._Element, seen: Shown) -> None:
    if node.tag == "noscript" and len(seen.silent) < 20:
        seen.silent.append(fold(" ".join("".join(node.itertext())[:1_000].split())))


def _open(node: etree._Element, seen: Shown, kinds: dict[str, str], wording: Wording) -> str:
    """Begin an element; gives "dialog" or "link" for what must be told when it ends."""
    name = f"{node.get('id') or ''} {node.get('class') or ''}"
    kind = ""
    if len(name) > 1:
        kind = _kind(name[:300].lower(), kinds, wording)
    if kind == "lock" and len(seen.locks) < 100:
        seen.locks.append(seen.length)
    if node.tag == "input" and (node.get("type") or "").lower() == "password":
        seen.password = True
    if node.tag not in INLINE:
        seen.part()
    if kind == "dialog" and node.tag not in {"html", "body"}:
        seen.dialogs += 1
    elif node.tag == "a" and node.get("href"):
        kind = "link"
        seen.depth += 1
    seen.say(node.text)
    return kind if kind in {"dialog", "link"} else ""


def _kind(name: str, kinds: dict[str, str], wording: Wording) -> str:
    if name not in kinds and len(kinds) < 5_000:
        is_dialog = any(wording.dialogs.match(one) for one in name.split())
        kinds[name] = "dialog" if is_dialog else "lock" if wording.locks.search(name) else ""
    return kinds.get(name, "")


def _shut(seen: Shown, kind: str) -> None:
    if kind == "dialog":
        seen.dialogs -= 1
        return
    seen.depth -= 1
    if not seen.depth:
        if len(seen.linked) > 1:
            seen.links[" ".join(seen.linked)[:300]] = None
        seen.linked.clear()
