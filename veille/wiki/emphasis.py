"""``*this*``, ``**this**``, ``***this***``, ``_this_`` and ``~~that~~``, as CommonMark pairs them.

Python-Markdown pairs its own way, which differs next to punctuation and changes from one version to
the next. This runs on the finished tree: a link or a word in code is one character of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString
from typing_extensions import override

_RUN: Final = re.compile(r"(\*+|_+|(?<!~)~~(?!~))")
_BEFORE: Final = re.compile(rf"(?:{STX}([0-9]+){ETX}|(.))\Z", re.DOTALL)
_AFTER: Final = re.compile(rf"(?:{STX}([0-9]+){ETX}|(.))", re.DOTALL)
# What an element counts for: of a break a space, of anything else a mark.
_ELEMENT: Final = "."


@dataclass(slots=True, eq=False)
class _Run:
    """Marks in a row.

    Attributes:
        left: how many are not paired yet.
        closes, opens: the elements that end and begin here, from the first to the last.
    """

    mark: str
    size: int
    can_open: bool
    can_close: bool
    left: int
    closes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)


_Part = str | Element | _Run


class Emphasis(Treeprocessor):
    """Turns marks of emphasis into elements."""

    @override
    def run(self, root: Element) -> None:
        for one in list(root.iter()):
            if one.tag not in (None, "code", "pre") and _has_marks(one):
                parts = list(_parts(one))
                _pair([part for part in parts if isinstance(part, _Run)])
                _fill(one, parts)


def _has_marks(element: Element) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    return any(_is_read(text) and _RUN.search(text or "") for text in texts)


def _is_read(text: str | None) -> bool:
    return bool(text) and not isinstance(text, AtomicString)


def _parts(element: Element) -> Iterator[_Part]:
    """Take what an element holds apart: texts, elements, runs of marks."""
    holds: list[str | Element] = [element.text or ""]
    for child in element:
        holds += [child, child.tail or ""]
    for at, one in enumerate(holds):
        if isinstance(one, Element) or not _is_read(one):
            yield one
        else:
            yield from _split(one, _neighbour(holds, at - 1), _neighbour(holds, at + 1))


def _neighbour(holds: list[str | Element], at: int) -> str:
    if not 0 <= at < len(holds):
        return "\n"
    one = holds[at]
    return "\n" if isinstance(one, Element) and one.tag == "br" else _ELEMENT


def _split(text: str, before: str, after: str) -> Iterator[_Part]:
    at = 0
    for found in _RUN.finditer(text):
        yield text[at : found.start()]
        left = _character(_BEFORE.search(text, max(found.start() - 12, 0), found.start()), before)
        right = _character(_AFTER.match(text, found.end()), after)
        yield _run(found[0], left, right)
        at = found.end()
    yield text[at:]


def _character(found: re.Match[str] | None, otherwise: str) -> str:
    if found is None:
        return otherwise
    return chr(int(found[1])) if found[1] else found[2]


def _run(marks: str, before: str, after: str) -> _Run:
    opens = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
    closes = not before.isspace() and (not _is_mark(before) or after.isspace() or _is_mark(after))
    size = len(marks)
    if marks[0] != "_":
        return _Run(marks[0], size, opens, closes, size)
    # Not inside words: nom_de_fichier.
    can_open = opens and (not closes or _is_mark(before))
    can_close = closes and (not opens or _is_mark(after))
    return _Run(marks[0], size, can_open, can_close, size)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PSC"


def _pair(runs: list[_Run]) -> None:
    """Pair closing marks with the nearest opening ones; what stands between is closed to them."""
    opened: list[_Run] = []
    hopeless: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.can_close and run.left:
            kind = (run.mark, run.can_open, run.size % 3)
            at = _opener(opened, run, hopeless.get(kind, 0))
            if at < 0:
                # Nothing below can ever pair with such a run: not looked at again.
                hopeless[kind] = len(opened)
                break
            _join(opened[at], run)
            del opened[at + (opened[at].left > 0) :]
            hopeless = {one: min(bottom, len(opened)) for one, bottom in hopeless.items()}
        if run.can_open and run.left:
            opened.append(run)


def _opener(opened: list[_Run], run: _Run, bottom: int) -> int:
    for at in range(len(opened) - 1, bottom - 1, -1):
        one = opened[at]
        if one.mark == run.mark and _may_pair(one, run):
            return at
    return -1


def _may_pair(one: _Run, other: _Run) -> bool:
    """Apply the rule of three: ``*foo**bar*`` is one emphasis."""
    if not (one.can_close or other.can_open):
        return True
    return (one.size + other.size) % 3 != 0 or (one.size % 3 == 0 and other.size % 3 == 0)


def _join(one: _Run, other: _Run) -> None:
    count = 2 if one.left >= 2 and other.left >= 2 else 1
    tag = "del" if one.mark == "~" else "strong" if count == 2 else "em"
    one.left -= count
    other.left -= count
    one.opens.insert(0, tag)
    other.closes.append(tag)


def _fill(element: Element, parts: list[_Part]) -> None:
    """Put the parts back, with the elements that the marks make."""
    for child in list(element):
        element.remove(child)
        child.tail = None
    element.text = None
    inside = [element]
    for part in parts:
        if isinstance(part, Element):
            inside[-1].append(part)
        elif isinstance(part, str):
            _add(inside[-1], part)
        else:
            del inside[len(inside) - len(part.closes) :]
            _add(inside[-1], part.mark * part.left)
            for tag in part.opens:
                made = Element(tag)
                inside[-1].append(made)
                inside.append(made)


def _add(element: Element, text: str) -> None:
    if not text:
        return
    if len(element):
        last = element[-1]
        last.tail = (
            AtomicString(text) if isinstance(text, AtomicString) else (last.tail or "") + text
        )
    else:
        element.text = (
            AtomicString(text) if isinstance(text, AtomicString) else (element.text or "") + text
        )
