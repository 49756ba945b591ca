"""What a feed that is not well-formed still says: tags paired again, the rest taken as text.

Truncated downloads, bare ampersands, raw HTML in a description, undeclared prefixes, values without
quotes. One walk from left to right: each character is looked at a few times, whatever it is.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from veille.domain.text import CONTROLS

# A quoted value ends before the next "<": one that lacks its second quote takes no other tag.
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z_][\w.-]{0,60}+(?::[A-Za-z_][\w.-]{0,60}+)?)(?![\w:.-])"
    r"(?P<rest>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
_ROUGH: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]{0,120}+)(?P<rest>[^<>]*+)>")
_ATTRIBUTE: Final = re.compile(
    r"(?<![\w:.-])([A-Za-z_][\w:.-]{0,120}+)\s{0,20}+=\s{0,20}+"
    r"(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))"
)
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ITEMS: Final = frozenset({"item", "entry"})
_AROUND_ITEMS: Final = frozenset({"rss", "rdf", "channel", "feed", "items"})
# HTML that was not escaped: these never close.
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr", "embed", "meta", "param", "col"})
_DEEPEST: Final = 200
# Python gives the last one for a number that no character has.
_NO_CHARACTERS: Final = CONTROLS | {0xFFFD: None}
_LONGEST_TAG: Final = 20_000
_SKIPPED: Final = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))


@dataclass(frozen=True, slots=True)
class Sink:
    """Who is told of what is found: every start has its end, in order."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None]
    data: Callable[[str], None]


class _Walk:
    """One reading: where it is, and what stands open."""

    def __init__(self, text: str, sink: Sink) -> None:
        self.text, self.sink, self.at = text, sink, 0
        self.open: list[str] = []
        self.names: Counter[str] = Counter()
        # Closings that no longer come: looked for once.
        self.never: set[str] = set()

    def run(self) -> None:
        while (found := self.text.find("<", self.at)) >= 0:
            self.say(self.text[self.at : found])
            self.at = found
            self.step()
        self.say(self.text[self.at :])
        while self.open:
            self.close()

    def step(self) -> None:
        if self.text.startswith("<![CDATA[", self.at):
            self.verbatim()
            return
        for opening, closing in _SKIPPED:
            if self.text.startswith(opening, self.at):
                self.at = self.after(closing) or self.at + len(opening)
                return
        tag = _TAG.match(self.text, self.at) or _ROUGH.match(self.text, self.at)
        if tag is None:
            self.sink.data("<")
            self.at += 1
            return
        self.at = tag.end()
        if tag["end"]:
            self.end(tag["name"])
        else:
            self.begin(tag["name"], tag["rest"][:_LONGEST_TAG])

    def after(self, closing: str) -> int:
        """Give the place after the next closing; 0 when there is none."""
        if closing in self.never:
            return 0
        found = self.text.find(closing, self.at)
        if found < 0:
            self.never.add(closing)
            return 0
        return found + len(closing)

    def verbatim(self) -> None:
        begun, self.at = self.at + 9, self.after("]]>") or len(self.text)
        end = self.at - 3 if "]]>" not in self.never else self.at
        self.sink.data(self.text[begun:end].translate(CONTROLS))

    def say(self, text: str) -> None:
        if text:
            self.sink.data(_REFERENCE.sub(_told, text))

    def begin(self, name: str, rest: str) -> None:
        local = _local(name)
        if local in _ITEMS:
            # An article begins: what came before is over, whatever it left open.
            self.close_until(_AROUND_ITEMS)
        if len(self.open) >= _DEEPEST:
            return
        self.sink.start(name, _attributes(rest))
        if rest.endswith("/") or local in _VOID:
            self.sink.end(name)
        else:
            self.open.append(name)
            self.names[local] += 1

    def end(self, name: str) -> None:
        if not self.names[_local(name)]:
            return
        self.close_until({_local(name)})
        self.close()

    def close_until(self, names: frozenset[str] | set[str]) -> None:
        while self.open and _local(self.open[-1]) not in names:
            self.close()

    def close(self) -> None:
        if self.open:
            name = self.open.pop()
            self.names[_local(name)] -= 1
            self.sink.end(name)


def read(text: str, sink: Sink) -> None:
    """Tell a sink what a text says, as well as can be. Never fails."""
    _Walk(text, sink).run()


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        value = next((one for one in match.groups()[1:] if one is not None), "")
        found.setdefault(match[1], _REFERENCE.sub(_told, value))
    return found


def _told(found: re.Match[str]) -> str:
    """Give the character of a reference; what names none stays as it is written."""
    return html.unescape(found[0]).translate(_NO_CHARACTERS)
