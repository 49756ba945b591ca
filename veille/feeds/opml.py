"""Subscriptions from and to other readers: OPML, line by line, so that nothing is lost in silence.

Lists are read as a stream of tags by an HTML parser, which lets pass what an XML parser would
lose: a bare “&” or quotes in a title, a list cut short, two lists in one file, outlines that are
never closed. It declares no entities and follows no address; no tree is built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from veille.domain import text
from veille.domain.errors import NotOpml
from veille.feeds.decoded import decode
from veille.feeds.discover import absolute

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_OUTLINES: Final = 50_000
DEEPEST: Final = 10
# Opened, closed, and three times as many for what else a list holds: more would take minutes.
_MOST_TAGS: Final = 8 * MOST_OUTLINES
_LONGEST: Final = 500
# A list inside a list: Liferea says "source".
_LISTS: Final = frozenset({"link", "include", "source"})
_FOLDERS: Final = frozenset({"", "folder", "group", "category"})
_PEOPLE: Final = frozenset({"agent", "person", "group"})


@dataclass(frozen=True, slots=True)
class Line:
    """One outline of a list that is not a mere folder.

    Attributes:
        number: its place in the file among such outlines, from 1.
        title: "" when the list gives none.
        url: of the feed, as written; "" when there is none.
        site: of the page that people read, or "".
        folders: from the outside in, at most ``DEEPEST``.
        problem: "" or "no_address", "bad_address", "repeated", "not_followed" (a list inside
            the list).
    """

    number: int
    title: str
    url: str
    site: str
    folders: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed to write in a list; ``folders`` from the outside in."""

    title: str
    url: str
    site: str
    folders: tuple[str, ...] = ()


def read(data: bytes, *, path: str = "") -> list[Line]:
    """Read a list of subscriptions: OPML of any version, well formed or not, or FOAF.

    Args:
        data: the file, at most ``MOST_BYTES`` and ``MOST_OUTLINES``.
        path: what to call the file in an error.

    Raises:
        NotOpml: something else, or a larger list.
    """
    page = decode(data).encode("utf-8", "replace") if len(data) <= MOST_BYTES else b""
    if not 0 < page.count(b"<") <= _MOST_TAGS:
        raise NotOpml(path=path)
    for reader in (_Outlines(), _People()):
        etree.fromstring(page, etree.HTMLParser(target=reader, encoding="utf-8", no_network=True))
        if reader.recognised and reader.outlines <= MOST_OUTLINES:
            return reader.lines
    raise NotOpml(path=path)


def write(subscriptions: Sequence[Subscription], *, title: str, made: str) -> bytes:
    """Write a list as OPML 2.0, folders and titles in the order of a French dictionary.

    What ``read`` gives of it is what was written, but for controls, repeated spaces, and what is
    longer or deeper than a list holds.

    Args:
        subscriptions: in any order.
        title: of the list.
        made: the date, as RFC 822 writes it.
    """
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = _words(title)
    etree.SubElement(head, "dateCreated").text = _words(made)
    places: dict[tuple[str, ...], etree._Element] = {(): body}
    for one in sorted((_tidy(one) for one in subscriptions), key=_french):
        written = {"text": one.title or one.url, "title": one.title or one.url, "type": "rss"}
        written |= {"xmlUrl": one.url} | ({"htmlUrl": one.site} if one.site else {})
        etree.SubElement(_place(one.folders, places), "outline", written)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


@dataclass(slots=True)
class _Open:
    """An outline that is not closed yet; ``folders`` are those of what stands in it."""

    attributes: dict[str, str]
    around: tuple[str, ...]
    folders: tuple[str, ...]
    waits: bool
    has_children: bool = False


class _Outlines:
    """What is collected while the tags of an OPML file go by."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.recognised = False
        self.outlines = 0
        self._open: list[_Open] = []
        self._seen: set[str] = set()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        self.recognised = self.recognised or name in {"opml", "outline"}
        self.outlines += name == "outline"
        if name != "outline" or self.outlines > MOST_OUTLINES:
            return
        told = {_local(key): value for key, value in attributes.items()}
        around = self._open[-1].folders if self._open else ()
        if self._open:
            self._open[-1].has_children = True
        url = _address(told)
        folders = around if url else _inside(around, _title(told))
        self._open.append(_Open(told, around, folders, waits=not url))
        if url:
            self._add(told, around)

    def end(self, tag: str) -> None:
        if _local(tag) != "outline" or not self._open:
            return
        one = self._open.pop()
        # Only now is it known whether something without an address holds something.
        if one.waits and not one.has_children and not _is_empty_folder(one.attributes):
            self._add(one.attributes, one.around)

    def close(self) -> None:
        """Nothing is left open: the parser closes what the file does not."""

    def _add(self, told: dict[str, str], around: tuple[str, ...]) -> None:
        url, title = _address(told), _title(told)
        address = absolute("", url)
        problem = _problem(told, url, address, self._seen)
        self.lines.append(
            Line(
                number=len(self.lines) + 1,
                title="" if title == _words(address) else title,
                url=address or _words(url),
                site=absolute("", told.get("htmlurl", "")),
                folders=around or _category(told.get("category", "")),
                problem=problem,
            )
        )


@dataclass(slots=True)
class _Who:
    """Somebody, or a group of people, and the places of their feeds in the list."""

    kind: str
    name: str = ""
    lines: list[int] = field(default_factory=list)


class _People:
    """What is collected of a blogroll in FOAF (RDF): people, in groups, with their feeds."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._open: list[_Who] = []
        self._seen: set[str] = set()
        self._naming = False
        self._site = ""

    @property
    def recognised(self) -> bool:
        return bool(self.lines)

    @property
    def outlines(self) -> int:
        return len(self.lines)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        told = {_local(key): value for key, value in attributes.items()}
        self._naming = name == "name" and bool(self._open)
        if name in _PEOPLE:
            self._open.append(_Who(name))
        elif name == "document":
            self._site = absolute("", told.get("about", ""))
        elif name in {"channel", "feed"} and self._open:
            self._add(told.get("about") or told.get("resource") or "")

    def data(self, words: str) -> None:
        if self._naming:
            self._open[-1].name = _words(self._open[-1].name + words)

    def end(self, tag: str) -> None:
        name = _local(tag)
        self._naming = False
        if name == "document":
            self._site = ""
        if not self._open or name != self._open[-1].kind:
            return
        who = self._open.pop()
        for at in who.lines:
            self.lines[at] = _said_of(self.lines[at], who)
        if name != "group" and self._open and self._open[-1].kind == "group":
            self._open[-1].lines.extend(who.lines)

    def close(self) -> None:
        """Nothing is left open: the parser closes what the file does not."""

    def _add(self, url: str) -> None:
        address = absolute("", url)
        problem = _problem({}, url.strip(), address, self._seen)
        self._open[-1].lines.append(len(self.lines))
        one = Line(len(self.lines) + 1, "", address or _words(url), self._site, (), problem)
        self.lines.append(one)


def _said_of(line: Line, who: _Who) -> Line:
    if who.kind == "group":
        return replace(line, folders=_inside((), who.name))
    return replace(line, title=who.name)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _words(written: str) -> str:
    return text.clip(written.translate(text.CONTROLS), length=_LONGEST)


def _title(told: Mapping[str, str]) -> str:
    return _words(told.get("text", "")) or _words(told.get("title", ""))


def _address(told: Mapping[str, str]) -> str:
    return told.get("xmlurl", "").strip() or told.get("url", "").strip()


def _inside(around: tuple[str, ...], name: str) -> tuple[str, ...]:
    return (*around, name)[:DEEPEST] if name else around


def _category(written: str) -> tuple[str, ...]:
    """Give the first category ("/Presse/Locale,Elus") as folders."""
    first = next(filter(None, written.split(",")), "")
    return tuple(filter(None, map(_words, first.split("/"))))[:DEEPEST]


def _is_empty_folder(told: Mapping[str, str]) -> bool:
    return _kind(told) in _FOLDERS and not told.keys() & {"xmlurl", "url", "htmlurl"}


def _kind(told: Mapping[str, str]) -> str:
    return told.get("type", "").strip().lower()


def _problem(told: Mapping[str, str], url: str, address: str, seen: set[str]) -> str:
    """Tell what is wrong with a line; its address, when nothing is, counts as seen."""
    if not url:
        return "no_address"
    if _kind(told) == "source" or (_kind(told) in _LISTS and not told.get("xmlurl", "").strip()):
        return "not_followed"
    if not address:
        return "bad_address"
    if address in seen:
        return "repeated"
    seen.add(address)
    return ""


def _tidy(one: Subscription) -> Subscription:
    folders = tuple(filter(None, map(_words, one.folders)))[:DEEPEST]
    url = absolute("", one.url) or _words(one.url)
    return Subscription(_words(one.title), url, absolute("", one.site), folders)


def _french(one: Subscription) -> tuple[object, ...]:
    folders = tuple(text.order(name) for name in one.folders)
    return folders, text.order(one.title or one.url), one.url


def _place(
    folders: tuple[str, ...], places: dict[tuple[str, ...], etree._Element]
) -> etree._Element:
    if folders not in places:
        around = _place(folders[:-1], places)
        named = {"text": folders[-1], "title": folders[-1]}
        places[folders] = etree.SubElement(around, "outline", named)
    return places[folders]
