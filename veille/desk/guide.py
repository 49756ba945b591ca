"""The guide inside the program: its pages, found by their words, and the pictures they show.

Pages are Markdown (``resources/help/LANGUAGE/NN-name.md``) with holes for what may change: the
name and the key of an action are filled in by the window when the page is read, so that no page
says a key that is not in force. It needs no profile: it is read when nothing else can be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from veille.desk import paths
from veille.domain.text import clip, collapse, fold
from veille.wiki.plain import plain

# What a hole asks for, and what stands in it: ``{action:keep}``.
Words = Callable[[str, str], str]
PAGE: Final = "help/"
_FILE: Final = re.compile(r"\d\d-([a-z-]+)\.md")
_HOLE: Final = re.compile(r"\{([a-z]+):([^{}\n]+)\}")
_PICTURE: Final = re.compile(r"(!\[[^\]\n]*\]\()([a-z-]+)(\))")
# What acts when it is chosen says nothing of what the page is about.
_ACT: Final = re.compile(r"\[[^\]\n]*\]\(veille:(?:do/[a-z_]+|copy)\)")
_HEADING: Final = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_SNIPPET: Final = 120
# What a word is worth where it stands.
_IN_TITLE, _IN_HEADING, _IN_TEXT = 8, 3, 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its holes filled."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A part of a page that holds all words asked for.

    Attributes:
        section: its heading, "" before the first one.
        snippet: where the words stand.
    """

    page: str
    title: str
    section: str
    snippet: str


class Guide:
    """The pages in one language.

    Args:
        language: ``fr`` or ``en``.
        words: fills a hole, given what it asks for (``action``) and its name (``keep``).
        folder: of the pages and pictures.
    """

    def __init__(self, language: str, words: Words, folder: Path | None = None) -> None:
        self._folder = folder or paths.resources() / "help"
        self._language = "fr" if language == "fr" else "en"
        self._words = words
        self._pictures: dict[str, str] = {}

    def pages(self) -> list[Page]:
        """Give the pages, in the order in which they are read."""
        return [self._read(file) for file in self._files()]

    def html(self, name: str) -> str:
        """Give a page as harmless HTML; an unknown one is the first."""
        from veille.wiki.render import Renderer, Target

        pages = {one.name: one for one in self.pages()}
        page = pages.get(name) or next(iter(pages.values()))

        def resolve(target: str) -> Target | None:
            found = pages.get(target)
            return Target(f"{PAGE}{found.name}", found.title) if found else None

        renderer = Renderer(
            resolve=resolve, embed=lambda _target: None, french=self._language == "fr"
        )
        pieces = renderer.pieces(_PICTURE.sub(self._named, page.text))
        return "".join(one.html for one in pieces)

    def find(self, typed: str) -> list[Hit]:
        """Find the parts that hold all words typed, or their beginnings; best first."""
        wanted = fold(typed).split()
        if not wanted:
            return []
        found = [
            (-worth, order, Hit(page.name, page.title, heading, _around(text, wanted[0])))
            for order, (page, heading, text) in enumerate(self._parts())
            if (worth := _worth(page.title, heading, text, wanted))
        ]
        return [hit for _worth_, _order, hit in sorted(found, key=lambda one: one[:2])]

    def message(self, name: str) -> str:
        """Give the text that a page offers to copy: what is set in it as a quotation."""
        text = next((one.text for one in self.pages() if one.name == name), "")
        return plain("\n".join(line[1:].strip() for line in text.splitlines() if line[:1] == ">"))

    def picture(self, address: str, *, dark: bool) -> bytes:
        """Give a picture of a page that was asked for, in light or dark; nothing when unknown."""
        name = self._pictures.get(address.removeprefix("blob:"), "")
        if not name:
            return b""
        file = self._folder / self._language / f"{name}-{'dark' if dark else 'light'}.png"
        try:
            return file.read_bytes()
        except OSError:
            return b""

    def _files(self) -> list[Path]:
        found = (self._folder / self._language).glob("*.md")
        return sorted(one for one in found if _FILE.fullmatch(one.name))

    def _read(self, file: Path) -> Page:
        name = file.stem[3:]
        text = file.read_text(encoding="utf-8")
        text = _HOLE.sub(lambda hole: self._words(hole[1], hole[2]), text)
        heading = _HEADING.search(text)
        return Page(name, heading[1] if heading else name, text)

    def _parts(self) -> Iterator[tuple[Page, str, str]]:
        """Cut each page at its headings."""
        for page in self.pages():
            heading = ""
            # What precedes the first heading is empty: a page begins with its title.
            _before, *parts = re.split(r"^(?=#{1,6} )", page.text, flags=re.MULTILINE)
            for number, part in enumerate(parts):
                first, _, body = part.partition("\n")
                heading = "" if number == 0 else plain(first)
                yield page, heading, collapse(plain(_ACT.sub("", body)))

    def _named(self, picture: re.Match[str]) -> str:
        """Give a picture the only kind of address that harmless HTML may load."""
        address = sha256(picture[2].encode()).hexdigest()
        self._pictures[address] = picture[2]
        return f"{picture[1]}blob:{address}{picture[3]}"


def _worth(title: str, heading: str, text: str, wanted: list[str]) -> int:
    """Tell how well a part answers, 0 when a word is missing."""
    places = ((fold(title), _IN_TITLE), (fold(heading), _IN_HEADING), (fold(text), _IN_TEXT))
    total = 0
    for word in wanted:
        at = re.compile(rf"\b{re.escape(word)}")
        worth = sum(value for place, value in places if at.search(place))
        if not worth:
            return 0
        total += worth
    return total


def _around(text: str, word: str) -> str:
    """Give the words around the first place of a word, from the beginning of its sentence."""
    at = fold(text).find(word)
    start = max(text.rfind(". ", 0, max(at, 0)) + 2, 0) if at > 0 else 0
    if at - start > _SNIPPET // 2:
        start = text.rfind(" ", 0, at - _SNIPPET // 2) + 1
        return f"… {clip(text[start:], length=_SNIPPET)}"
    return clip(text[start:], length=_SNIPPET)
