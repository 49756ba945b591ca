"""Footnotes, and what else a note says in one place for all of it: addresses, abbreviations.

Footnotes are numbered in the order they are first called, those that only footnotes call after
them; those that nobody calls come last, so that no words are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from veille.wiki import blocks, starts
from veille.wiki.embeds import SCHEME
from veille.wiki.links import without_code
from veille.wiki.outline import Block
from veille.wiki.references import References

_CALL: Final = re.compile(r"(?<!\\)\[\^([^\[\]\s]{1,100})\]")
_DEFINES: Final = re.compile(r"\]:|\*\[")


@dataclass(frozen=True, slots=True)
class Told:
    """What a piece tells for the whole note.

    Attributes:
        references: addresses by label.
        abbreviations: what they stand for.
        notes: text of its footnotes by name; the first of two counts.
        calls: names of the footnotes it calls outside of them, in order.
    """

    references: References
    abbreviations: Mapping[str, str]
    notes: Mapping[str, str]
    calls: tuple[str, ...]

    @property
    def tells(self) -> bool:
        """Tell whether there is more than calls."""
        return bool(self.references or self.abbreviations or self.notes)


def told(source: str) -> Told:
    """Read what a piece tells for the whole note."""
    if not _DEFINES.search(source):
        return Told({}, {}, {}, calls(source))
    outline = blocks.read(source)
    lines = source.split("\n")
    notes: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    for one in _all(outline.root):
        if one.kind == "note":
            notes.setdefault(one.mark, _text(lines[one.first : one.last + 1]))
            lines[one.first : one.last + 1] = [""] * (one.last + 1 - one.first)
        elif one.kind == "abbreviation":
            abbreviations.setdefault(one.lines[0], one.lines[1])
    return Told(outline.references, abbreviations, notes, calls("\n".join(lines)))


def calls(text: str) -> tuple[str, ...]:
    """Give the names of the footnotes that a text calls, in order, each once."""
    if "[^" not in text:
        return ()
    return tuple(dict.fromkeys(_CALL.findall(without_code(text))))


def numbered(pieces: Iterable[Told], notes: Mapping[str, str]) -> dict[str, int]:
    """Number the footnotes: ``{name: number}``, in the order of the numbers."""
    found: dict[str, int] = {}
    waiting = [name for one in pieces for name in one.calls if name in notes]
    for start in ([*dict.fromkeys(waiting)], list(notes)):
        queue = start
        at = 0
        while at < len(queue):
            name = queue[at]
            at += 1
            if name not in found:
                found[name] = len(found) + 1
                queue += [one for one in calls(notes[name]) if one in notes and one not in found]
    return found


def called(pieces: Iterable[Told], notes: Mapping[str, str]) -> frozenset[str]:
    """Give the names that something calls: there is a way back to it."""
    texts = [one.calls for one in pieces] + [calls(one) for one in notes.values()]
    return frozenset(name for names in texts for name in names)


def listed(items: Sequence[tuple[int, str, bool]], *, ruled: bool = True) -> str:
    """Write footnotes: ``(number, HTML, whether it is called)``, with an arrow back.

    ``ruled``: a rule stands above them, where no heading does.
    """
    if not items:
        return ""
    written = "".join(_item(number, inside, called) for number, inside, called in items)
    rule = "<hr>\n" if ruled else ""
    return f'{rule}<ol class="footnotes">\n{written}</ol>\n'


def _item(number: int, inside: str, called: bool) -> str:
    arrow = f' <a href="{SCHEME}:#fnref-{number}">↩</a>' if called else ""
    inside = inside.rstrip("\n")
    if inside.endswith("</p>"):
        inside = f"{inside.removesuffix('</p>')}{arrow}</p>"
    else:
        inside = f"{inside}<p>{arrow.strip()}</p>" if arrow else inside
    return f'<li id="fn-{number}">{inside}</li>\n'


def _all(block: Block) -> Iterable[Block]:
    for one in block.inside:
        yield one
        yield from _all(one)


def _text(lines: list[str]) -> str:
    """Give the text of a footnote without its name and its indent."""
    begun = starts.NOTE.sub("", lines[0], count=1)
    if starts.NOTE.match(begun):
        begun = f"\\{begun.lstrip()}"
    return "\n".join([begun, *(_outdented(line) for line in lines[1:])])


def _outdented(line: str) -> str:
    bare = line.lstrip(" \t")
    indent = len(line[: len(line) - len(bare)].expandtabs(4))
    return " " * max(indent - 4, 0) + bare
