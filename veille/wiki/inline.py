"""What stands inside a line and is no emphasis: code, escapes, tags, wiki links, bare addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString, code_escape
from typing_extensions import override

from veille.domain.text import CONTROLS, key
from veille.wiki import embeds, links
from veille.wiki.context import Context
from veille.wiki.embeds import SCHEME, SEARCH_MARK
from veille.wiki.starts import CLOSING_TAG, OPENING_TAG

# What a processor gives: an element or a text and where it stood, or three times nothing.
Handled = tuple[Element | str | None, int | None, int | None]
NOT_HANDLED: Final[Handled] = (None, None, None)

PUNCTUATION: Final = r"[!-/:-@\[-`{-~]"
# The leftmost of these wins: a mark of one inside another is a plain character.
_ATOMS: Final = rf"""(?P<escape>\\{PUNCTUATION})
|(?P<code>(?<!`)`++)
|(?P<wiki>{links.LINK.pattern})
|(?P<mark>\[\^[^\[\]\s]{{1,100}}\])
|(?P<mail><[A-Za-z0-9.!\#$%&'*+/=?^_`{{|}}~-]++@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?>)
|(?P<web><[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*+>)
|(?P<tag>(?:{OPENING_TAG}|{CLOSING_TAG}|<!---?>|<!--.*?-->|<\?.*?\?>|<![A-Za-z][^>]*+>
    |<!\[CDATA\[.*?\]\]>))
|(?P<entity>&\#?[A-Za-z0-9]{{1,40}};)"""
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# The address of a link in angles is no tag.
_ANGLES: Final = re.compile(r"<[^<>\n]*>\s*(?:[\"'(].*)?\)")
_MARK: Final = re.compile(f"{STX}([0-9]+){ETX}")
AMPERSAND: Final = f"{AMP_SUBSTITUTE}amp;"
_SAFE: Final = "!#$%&'()*+,-./:;=?@_~"
_ADDRESS: Final = rf"(?<![\w@/:=&?#%-])https?://[^\s<>\"«»“”{STX}{ETX}]+"
_AFTER_ADDRESS: Final = ".,;:!?'’*_~…"


class Atoms(InlineProcessor):
    """Code, escapes, tags, entities, addresses in angles, wiki links, calls of footnotes."""

    context: Context
    # Footnotes that were called: the way back leads to the first call.
    called: set[str]

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__("", md)
        self.compiled_re = re.compile(_ATOMS, re.DOTALL | re.VERBOSE)

    @override
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> Handled:
        kind = next(name for name, value in m.groupdict().items() if value is not None)
        if kind == "code":
            return _code(m, data)
        if kind == "tag" and data.endswith("](", 0, m.start()) and _ANGLES.match(data, m.start()):
            return NOT_HANDLED
        makers: dict[str, Callable[[str], Element | str | None]] = {
            "escape": lambda one: protected(one[1]),
            "entity": _entity,
            "tag": self._tag,
            "web": lambda one: _autolink(one[1:-1], one[1:-1]),
            "mail": lambda one: _autolink(f"mailto:{one[1:-1]}", one[1:-1]),
            "mark": self._mark,
            "wiki": self._wiki,
        }
        made = makers[kind](m[0])
        return NOT_HANDLED if made is None else (made, m.start(), m.end())

    def _tag(self, tag: str) -> str:
        return str(self.md.htmlStash.store(tag))

    def _mark(self, call: str) -> Element | None:
        name = call[2:-1]
        number = self.context.numbers.get(name)
        if number is None:
            return None
        mark = Element("sup")
        link = SubElement(mark, "a", href=f"{SCHEME}:#fn-{number}")
        link.text = AtomicString(str(number))
        if name in self.context.first_uses - self.called:
            self.called.add(name)
            link.set("id", f"fnref-{number}")
        return mark

    def _wiki(self, written: str) -> Element | str | None:
        match = links.LINK.match(written)
        link = links.read(match[2], match[3], embed=bool(match[1])) if match else None
        if match is None or link is None or not link.name:
            return None
        if not match[1]:
            return _leading(link, self.context)
        found = shown_in_place(link, self.context)
        shown = embeds.inline(found) if found else embeds.gone(link.name, alone=False)
        return self._tag(shown)


class Addresses(InlineProcessor):
    """Bare addresses of the web; the punctuation that follows one is left out."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(_ADDRESS, md)

    @override
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> Handled:
        address = _without_tail(m[0])
        if address.endswith("//"):
            return NOT_HANDLED
        return _autolink(address, address), m.start(), m.start() + len(address)


class Breaks(InlineProcessor):
    """A line that ends with two spaces or a backslash is cut there."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(r"(?: {2,}|\\)(?=\n)", md)

    @override
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> Handled:
        return Element("br"), m.start(), m.end()


def shown_in_place(link: links.Written, context: Context) -> embeds.Embedded | None:
    """Give what an embed shows, None for what is unknown."""
    return context.embed(f"{SEARCH_MARK}{link.name}" if link.kind == links.SEARCH else link.target)


def protected(character: str) -> str:
    """Write a character so that it is only that; it is put back at the end."""
    return AMPERSAND if character == "&" else f"{STX}{ord(character)}{ETX}"


def unprotected(text: str) -> str:
    """Put back what was protected."""
    return _MARK.sub(lambda one: chr(int(one[1])), text.replace(AMPERSAND, "&"))


def written(text: str) -> str:
    """Give what was typed: names are compared with their backslashes."""
    return _MARK.sub(lambda one: f"\\{chr(int(one[1]))}", text.replace(AMPERSAND, "&"))


def attribute(text: str) -> str:
    """Write the text of an attribute."""
    return unprotected(text).replace("&", AMPERSAND)


def href(address: str) -> str:
    """Write an address as an attribute, what it may not hold in per cent."""
    return quote(unprotected(address), safe=_SAFE).replace("&", AMPERSAND)


def _code(m: re.Match[str], data: str) -> Handled:
    """Give the code between two runs of as many backticks."""
    run, at = m[0], m.end()
    while (end := data.find(run, at)) >= 0:
        at = end + len(run)
        while data[at : at + 1] == "`":
            at += 1
        if at == end + len(run):
            break
    if end < 0:
        return NOT_HANDLED
    words = data[m.end() : end].replace("\n", " ")
    if words.strip() and words[0] == words[-1] == " ":
        words = words[1:-1]
    code = Element("code")
    code.text = AtomicString(code_escape(words))
    return code, m.start(), at


def _entity(entity: str) -> str:
    character = html.unescape(entity).translate(CONTROLS) if _ENTITY.match(entity) else entity
    if character == entity or not character:
        return AMPERSAND + entity[1:]
    return protected(character) if len(character) == 1 else character


def _autolink(address: str, words: str) -> Element:
    link = Element("a", href=href(address))
    link.text = AtomicString(words.replace("&", AMPERSAND))
    return link


def _without_tail(address: str) -> str:
    while address:
        last = address[-1]
        unpaired = last in ")]}" and address.count(last) > address.count("([{"[")]}".index(last)])
        if not unpaired and last not in _AFTER_ADDRESS:
            break
        address = address[:-1]
    return address


def _leading(link: links.Written, context: Context) -> Element:
    """Write a wiki link: to a thing of today, a theme, or a note yet to be written."""
    if link.kind == links.THEME:
        return _anchor(link, embeds.theme(link.name), "theme")
    found = _found(link, context)
    if found is None:
        return _anchor(link, f"{SCHEME}:new/{link.name}", "red")
    section = f"#{embeds.quoted(link.section)}" if link.section else ""
    is_person = link.kind == links.PERSON and found.id.startswith("p-")
    kind = "person" if is_person else "link"
    return _anchor(link, f"{SCHEME}:{found.id}{section}", kind, title=found.title)


def _found(link: links.Written, context: Context) -> embeds.Target | None:
    if (found := context.resolve(link.target)) is not None:
        return found
    if link.full and (found := context.resolve(key(link.full))) is not None:
        return found
    if link.target.startswith("@"):
        found = context.resolve(link.target[1:])
        return found if found is not None and found.id.startswith("p-") else None
    return None


def _anchor(link: links.Written, address: str, kind: str, title: str = "") -> Element:
    anchor = Element("a", {"class": kind, "href": attribute(address)})
    words = links.shown(link, title)
    anchor.text = words if link.words else AtomicString(words.replace("&", AMPERSAND))
    return anchor
