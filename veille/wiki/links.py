r"""Links of a note: ``[[Title]]``, ``[[Title|words]]``, ``[[id]]``, ``![[id]]`` to show in place.

Also as they are written elsewhere: ``[[folder/Title]]``, ``[[Title#Section]]``, ``[[Title#^block]]``
and ``\|`` inside tables. ``[[@Name]]`` names a person, ``[[#Theme]]`` a theme, ``![[?words]]`` a
search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from veille.domain.ids import ENTITY
from veille.domain.text import clip, key

LINK: Final = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300}?)(?:\\?\|([^\[\]\n]{0,300}))?\]\]")
# An id in running text: what a link to it became in the sentence around it.
_ID: Final = re.compile(rf"(?<![\w:/-]){ENTITY.pattern.removesuffix(chr(92) + 'Z')}(?!\w)")
NOTE: Final = "note"
PERSON: Final = "person"
THEME: Final = "theme"
SEARCH: Final = "search"
# Blocks, then spans; bounded, so that thousands of odd marks cost nothing.
_CODE: Final = re.compile(
    r"```.*?(?:```|\Z)|^ {0,3}~~~.*?(?:^ {0,3}~~~|\Z)|(?<!`)(`++)[^\n]{1,2000}?(?<!`)\1(?!`)",
    re.DOTALL | re.MULTILINE,
)
# A folder before a title: not the slash of “24/7” nor of “Eau / énergie”.
_FOLDER: Final = re.compile(r"(?:[^/]*[^/\s]|\.{0,2})/(?=[^\W\d])")
_CONTEXT: Final = 160
# Of more links than anybody writes, the sentences are not worth their time.
_MOST_CONTEXTS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """One link as written.

    Attributes:
        target: an id, or a folded title; of a person ``@`` and the folded name, of a search what
            is searched; "" for a theme, which is no thing.
        label: what the reader sees; of a theme its name as written, after ``#``.
        embed: whether the target's content is to be shown in place.
        context: the sentence around it, for backlinks.
        kind: note (anything with an id or a title), person, theme or search.
        section: the heading of the target that is meant, as written.
        name: what is named, as written, whatever words are shown for it.
        full: the name with what stands before its slash: a folder, or a part of the title.
    """

    target: str
    label: str
    embed: bool
    context: str
    kind: str = NOTE
    section: str = ""
    name: str = ""
    full: str = ""

    @property
    def is_id(self) -> bool:
        """Tell whether the target is an id rather than a title."""
        return ENTITY.match(self.target) is not None


@dataclass(frozen=True, slots=True)
class Written:
    """What stands between the brackets, taken apart.

    Attributes:
        name: an id, a title, a person with ``@``, a theme or a search without its mark.
        section: the heading meant, "" for the whole; a block of Obsidian (``^x``) is no heading.
        words: the words given to the reader, "" for none.
        full: the name with its folder, if it may be one.
    """

    kind: str
    name: str
    section: str = ""
    words: str = ""
    full: str = ""

    @property
    def target(self) -> str:
        """Give the id, or the folded name; a search is kept as written."""
        if self.kind == SEARCH or ENTITY.match(self.name):
            return self.name
        return "" if self.kind == THEME else key(self.name)


def links(markdown: str) -> list[Link]:
    """Find the links of a note, in order; those inside code are text."""
    prose = without_code(markdown)
    found = [
        (match, read(match[2], match[3], embed=match[1] == "!")) for match in LINK.finditer(prose)
    ]
    named = [(match, written) for match, written in found if written.name]
    return [
        _link(match, written, _context(prose, *match.span()) if at < _MOST_CONTEXTS else "")
        for at, (match, written) in enumerate(named)
    ]


def without_code(markdown: str) -> str:
    """Put spaces in place of code, so that positions stay."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), markdown)


def target_of(written: str) -> str:
    """Give the id, or the folded title, that a link names."""
    return read(written).target


def read(written: str, words: str | None = None, *, embed: bool = False) -> Written:
    """Take a link apart: what is before the ``|``, and what is after."""
    name, words = written.strip(), (words or "").strip()
    if embed and name[:1] == "?" and name[1:].strip():
        return Written(SEARCH, name[1:].strip(), words=words)
    if name[:1] == "#" and name[1:2] not in ("", "^") and name[1:].strip():
        return Written(THEME, name[1:].strip(), words=words)
    name, _, section = name.partition("#")
    section = "" if section.startswith("^") else section.strip(" #")
    full = name.strip().removesuffix(".md")
    short = full[_last_folder(full) :]
    is_person = short[:1] == "@" or (short[:2] == "p-" and ENTITY.match(short) is not None)
    kind = PERSON if is_person and short != "@" else NOTE
    return Written(kind, short, section, words, full if full != short else "")


def shown(link: Written, title: str = "") -> str:
    """Say what the reader sees; ``title``: how the target is called today."""
    if link.kind == PERSON:
        return f"@{(link.words or title or link.name).lstrip('@')}"
    if link.words:
        return link.words
    if link.kind in {THEME, SEARCH}:
        return f"#{link.name}" if link.kind == THEME else f"?{link.name}"
    parts = [title or link.name, *(one.strip() for one in link.section.split("#"))]
    return " › ".join(part for part in parts if part)


def spoken(match: re.Match[str]) -> str:
    """Say the words of a link in running text; an embed has none."""
    written = read(match[2], match[3])
    return written.words or (written.name if written.kind == THEME else shown(written))


def ids(text: str) -> set[str]:
    """Give the things that a text names by their ids."""
    return set(_ID.findall(text))


def spelled(text: str, called: Mapping[str, str]) -> str:
    """Say things by their words where they are named by their ids; "…" for one that is not here."""

    def link(match: re.Match[str]) -> str:
        written = read(match[2], match[3], embed=match[1] == "!")
        if not ENTITY.match(written.name):
            return match[0]
        return written.words or called.get(written.name, "…")

    return _ID.sub(lambda one: called.get(one[0], "…"), LINK.sub(link, text))


def _last_folder(name: str) -> int:
    found = [one.end() for one in _FOLDER.finditer(name)]
    return found[-1] if found and "://" not in name else 0


def _link(match: re.Match[str], written: Written, context: str) -> Link:
    return Link(
        target=written.target,
        label=f"#{written.name}" if written.kind == THEME else written.words or shown(written),
        embed=match[1] == "!",
        context=context,
        kind=written.kind,
        section=written.section,
        name=written.name,
        full=written.full,
    )


def _context(text: str, start: int, end: int) -> str:
    low, high = max(start - _CONTEXT, 0), min(end + _CONTEXT, len(text))
    begin = max(text.rfind("\n", low, start) + 1, text.rfind(". ", low, start) + 1, low)
    stops = [at for at in (text.find("\n", end, high), text.find(". ", end, high) + 1) if at > 0]
    sentence = LINK.sub(spoken, text[begin : min([*stops, high])])
    return clip(sentence.lstrip("#>*- "), length=2 * _CONTEXT)
