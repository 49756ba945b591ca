"""Bookmarks of browsers and of services that keep pages, as the HTML list they all export.

The list is older than any rule: tags that are never closed, folders told by a heading before the
list that they hold. It is read as a stream of tags, so that no tree is built of what a stranger
may have written; nothing in it is followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from veille.capture import pages
from veille.domain import text
from veille.domain.errors import TooLarge
from veille.extract import address
from veille.extract.decode import decode

# Browsers write the icon of each site in the list: a few thousand pages make megabytes.
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_LINES: Final = 20_000
_MOST_TAGS: Final = 16 * MOST_LINES
_HEAD: Final = 4_096
_DEEPEST: Final = 10
_MOST_TAGS_OF_ONE: Final = 20
_LONGEST: Final = 300
# What a browser calls its own places is nobody's folder.
_PLACES: Final = frozenset({"personal_toolbar_folder", "unfiled_bookmarks_folder"})


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One line of a list.

    Attributes:
        number: its place among the bookmarks of the file, from 1.
        title: "" when the list gives none.
        url: as written, shortened when it is no address of the web.
        folders: from the outside in, at most ten.
        tags: the words that some browsers and services let people add.
        problem: "" or "no_address", "not_web" (a script, a search of the browser, a file),
            "repeated".
    """

    number: int
    title: str
    url: str
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    problem: str = ""


def is_list(data: bytes) -> bool:
    """Tell a list of bookmarks from any other page."""
    head = data[:_HEAD].lower()
    return b"netscape-bookmark-file" in head or b"<title>pocket export" in head


def read(data: bytes, *, path: str = "") -> list[Bookmark]:
    """Give the bookmarks of a list, in its order. Raises TooLarge, never anything else."""
    if len(data) > MOST_BYTES or data.count(b"<") > _MOST_TAGS:
        raise TooLarge(url=path, limit=MOST_BYTES)
    page = decode(data).encode("utf-8", "replace")
    reader = _Lines()
    if page.strip():
        etree.fromstring(page, etree.HTMLParser(target=reader, encoding="utf-8", no_network=True))
    return reader.lines[:MOST_LINES]


class _Lines:
    """What is collected while the tags go by."""

    def __init__(self) -> None:
        self.lines: list[Bookmark] = []
        self._folders: list[str] = []
        # The heading that was read last names the list that comes next.
        self._named = ""
        self._place = False
        self._told: Mapping[str, str] | None = None
        self._words: list[str] | None = None
        self._seen: set[str] = set()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "dl":
            self._folders.append(self._named)
            self._named = ""
        elif tag == "h3":
            self._place = bool(_PLACES & attributes.keys())
            self._words = []
        elif tag == "a":
            self._told, self._words = dict(attributes), []

    def data(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def end(self, tag: str) -> None:
        if tag == "dl" and self._folders:
            self._folders.pop()
        elif tag == "h3" and self._words is not None:
            self._named = "" if self._place else _tidy("".join(self._words))
            self._words = None
        elif tag == "a" and self._told is not None:
            self._add(self._told, "".join(self._words or ()))
            self._told = self._words = None

    def close(self) -> None:
        """Nothing is left open: the parser closes what the file does not."""

    def _add(self, told: Mapping[str, str], title: str) -> None:
        url = told.get("href", "").strip()
        problem = self._problem(url)
        self.lines.append(
            Bookmark(
                number=len(self.lines) + 1,
                title=_tidy(title),
                url=_tidy(url) if problem in {"no_address", "not_web"} else url,
                folders=tuple(filter(None, self._folders))[:_DEEPEST],
                tags=_tags(told.get("tags", "")),
                problem=problem,
            )
        )

    def _problem(self, url: str) -> str:
        canonical = address.canonical(url) if pages.from_web(url) else ""
        if not url or not canonical:
            return "not_web" if url else "no_address"
        if canonical in self._seen:
            return "repeated"
        self._seen.add(canonical)
        return ""


def _tidy(written: str) -> str:
    return text.clip(written.translate(text.CONTROLS), length=_LONGEST)


def _tags(written: str) -> tuple[str, ...]:
    told = (_tidy(one) for one in written.split(","))
    return tuple(dict.fromkeys(filter(None, told)))[:_MOST_TAGS_OF_ONE]
