"""Typography at display only: what was typed is kept, what is read has its quotes and its spaces.

Code, addresses and what was escaped with a backslash stay as typed. Quotes of one sentence may
begin in a word in italics and end outside: a block is looked at as one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString
from typing_extensions import override

_NBSP: Final = "\u00a0"
_INLINE: Final = frozenset({"a", "abbr", "br", "code", "del", "em", "img", "span", "strong", "sup"})
# Of these the words are nobody's prose: they stand for one character of it.
_OPAQUE: Final = frozenset({"br", "code", "img", "sup"})
_CODE: Final = "\x01"
_UNTOUCHED: Final = rf"(?P<untouched>(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{{1,64}}+@[\w-]+(?:\.[\w-]+)+|{STX}[^{ETX}]*{ETX}(?:amp;)?)"
_EVERYWHERE: Final = (
    (r"(?<!\.)\.\.\.(?!\.)", "…"),
    (r"(?<=\s)--(?=\s)", "–"),
    (rf"(?<=[^\W\d_])'(?=[\w{_CODE}{STX}\"«“])", "’"),
)
_ENDS: Final = r"(?=[\s)\]»”\"]|\Z)"
_FRENCH: Final = (
    (rf"(?<=\S) (?=[;!?]+{_ENDS}|:{_ENDS}|[»%€])", _NBSP),
    (rf"(?<=[\w»”\"’)\]%…])(?=[;!?]+{_ENDS})", _NBSP),
    (rf"(?<=[\w»”\"’)\]%…])(?=:{_ENDS})", _NBSP),
    (r"(?<=«) (?=\S)", _NBSP),
    (r"(?<=«)(?=[^\s\u00a0])", _NBSP),
    (r"(?<=[^\s\u00a0])(?=»)", _NBSP),
)
_THOUSANDS: Final = r"(?<![\d,.])(?<!\d[ \u00a0])\d{1,3}(?: \d{3})+(?![ \u00a0]?\d)"
_MAY_CHANGE: Final = re.compile(r"[\"'«»;:!?%€]|\.\.\.|--|\d \d{3}")
_BEFORE_OPENING: Final = frozenset("([{«“—–-/'’ \t\n\u00a0")


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


class Typography(Treeprocessor):
    """Dresses the text of a tree; French asks for « » and for spaces that do not break."""

    french: bool = True

    @override
    def run(self, root: Element) -> None:
        for runs in _blocks(root):
            _dress(runs, french=self.french)


@dataclass(slots=True)
class _Run:
    """A stretch of text, and the element it is the text of, or stands behind."""

    text: str
    element: Element | None = None
    is_tail: bool = False

    def put(self, text: str) -> None:
        """Put another text in its place."""
        if isinstance(self.text, AtomicString):
            text = AtomicString(text)
        if self.element is not None and self.is_tail:
            self.element.tail = text
        elif self.element is not None:
            self.element.text = text


def _blocks(root: Element) -> Iterator[list[_Run]]:
    """Give the stretches of text of each block, in reading order."""
    runs: list[_Run] = []
    for one in _walk(root):
        if one is not None:
            runs.append(one)
        elif runs:
            yield runs
            runs = []
    if runs:
        yield runs


def _walk(element: Element) -> Iterator[_Run | None]:
    if element.text:
        yield _Run(element.text, element)
    for child in element:
        yield from _child(child)
        if child.tail:
            yield _Run(child.tail, child, is_tail=True)


def _child(child: Element) -> Iterator[_Run | None]:
    if child.tag in _OPAQUE:
        yield _Run("\n" if child.tag == "br" else _CODE)
    elif child.tag in _INLINE:
        yield from _walk(child)
    else:
        yield None
        if child.tag not in (None, "pre"):
            yield from _walk(child)
        yield None


def _dress(runs: list[_Run], *, french: bool) -> None:
    text = "".join(one.text for one in runs)
    if not _MAY_CHANGE.search(text):
        return
    edits = sorted(_edits(text, french=french), key=lambda one: (one.start, one.end))
    at = next_edit = 0
    for run in runs:
        end = at + len(run.text)
        here: list[_Edit] = []
        # What begins in one stretch and ends in another is left as typed.
        while next_edit < len(edits) and edits[next_edit].start < at:
            next_edit += 1
        while next_edit < len(edits) and edits[next_edit].start <= end:
            if edits[next_edit].end > end or edits[next_edit].start == end < len(text):
                break
            here.append(edits[next_edit])
            next_edit += 1
        if here:
            run.put(_applied(run.text, here, at))
        at = end


def _applied(text: str, edits: list[_Edit], offset: int) -> str:
    parts: list[str] = []
    at = 0
    for one in edits:
        parts += [text[at : one.start - offset], one.text]
        at = one.end - offset
    return "".join([*parts, text[at:]])


def _edits(text: str, *, french: bool) -> Iterator[_Edit]:
    rules = _RULES[french]
    marks: list[int] = []
    for found in rules.finditer(text):
        kind = found.lastgroup or ""
        if kind == "quote":
            marks.append(found.start())
        elif kind == "thousands":
            yield _Edit(found.start(), found.end(), found[0].replace(" ", _NBSP))
        elif kind != "untouched":
            yield _Edit(found.start(), found.end(), _REPLACEMENTS[kind])
    opening, closing = (f"«{_NBSP}", f"{_NBSP}»") if french else ("“", "”")
    for start, end in _pairs(text, marks):
        yield _Edit(start, start + 1, opening)
        yield _Edit(end, end + 1, closing)


def _pairs(text: str, marks: list[int]) -> Iterator[tuple[int, int]]:
    """Pair straight quotes; those of inches, and those never closed, stay alone."""
    opened = -1
    for at in marks:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if opened < 0:
            if (not before or before in _BEFORE_OPENING) and after.strip():
                opened = at
        elif before.strip() and before != "«":
            yield opened, at
            opened = -1


def _compiled(rules: tuple[tuple[str, str], ...], *, french: bool) -> re.Pattern[str]:
    named = [f"(?P<{_name(rule)}>{rule})" for rule, _text in rules]
    numbers = [f"(?P<thousands>{_THOUSANDS})"] if french else []
    return re.compile("|".join([_UNTOUCHED, *numbers, *named, '(?P<quote>")']))


def _name(rule: str) -> str:
    return f"r{[one for one, _text in (*_EVERYWHERE, *_FRENCH)].index(rule)}"


_REPLACEMENTS: Final = {_name(rule): text for rule, text in (*_EVERYWHERE, *_FRENCH)}
_RULES: Final = {
    True: _compiled((*_EVERYWHERE, *_FRENCH), french=True),
    False: _compiled(_EVERYWHERE, french=False),
}
