"""Of the XML of a feed, only what Veille reads, flat and within limits, for feedparser to read.

feedparser is generous: it knows a hundred modules, compares each keyword with all the others, and
believes closing tags inside an article's XHTML. Here an element that is not in the tables goes
with all that is in it, prefixes are the usual ones, XHTML becomes the HTML text it stands for,
and every list and text has an end: what comes out is well-formed and of known shape.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from veille.feeds import elements, lenient
from veille.feeds.marked import MarkedText
from veille.feeds.plain import absolute

ENTRIES: Final = 2_000
_DEEPEST: Final = 200
# Types under which what looks like a tag is a word of the text.
_WORDS: Final = frozenset(
    {"", "text", "text/plain", "plain", "xhtml", "application/xhtml+xml", "text/xhtml"}
)


class _Enough(Exception):
    """As many articles as are kept: what follows is not looked at."""


class Sieve:
    """Elements in, flat XML out.

    Attributes:
        root: the usual name of the outermost element kept; "" when none is.
        is_rss: the root declares a vocabulary of RSS.
        seen: how many elements of a name stand in a frame.
    """

    def __init__(self, *, url: str) -> None:
        self.root = ""
        self.is_rss = False
        self.seen: Counter[str] = Counter()
        self._out: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        # How deep we are in something that goes, or in the markup of a text.
        self._dropped = self._inner = 0
        self._bases = [url]
        self._prefixes: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._room = 0
        self._byline = ""
        self._text = MarkedText(literal=False, wrapped=False)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element in.

        Raises:
            ExpatError: it stands too deep.
            _Enough: it is an article too many.
        """
        if len(self._open) + self._inner + self._dropped >= _DEEPEST:
            raise expat.ExpatError
        if self._dropped:
            self._dropped += 1
        elif self._inner or self._within() in elements.RICH:
            self._inner += 1
            if self._room > 0:
                self._room -= sum(map(len, attributes.values()), len(name))
                self._text.begin(_local(name), attributes)
        else:
            self._begin(name, attributes)

    def end(self, name: str) -> None:
        """Take the end of the last element begun in."""
        if self._dropped:
            self._dropped -= 1
        elif self._inner:
            self._inner -= 1
            self._text.end(_local(name), is_last=not self._inner)
        elif self._open:
            self._close()

    def data(self, text: str) -> None:
        """Take a piece of text in."""
        if self._dropped or self._room <= 0:
            return
        piece = text[: self._room]
        self._room -= len(piece)
        within = self._within()
        if within in elements.RICH:
            self._text.say(piece, inside=bool(self._inner))
        elif within in elements.BYLINES:
            self._byline += piece
        else:
            self._out.append(escape(piece))

    def xml(self) -> bytes:
        """Give what was kept, as well-formed XML."""
        while self._open:
            self._close()
        return f"<?xml version='1.0' encoding='utf-8'?>{''.join(self._out)}".encode()

    def _within(self) -> str:
        return self._open[-1][0] if self._open else ""

    def _begin(self, written: str, attributes: dict[str, str]) -> None:
        for key, uri in attributes.items():
            if key.startswith("xmlns:") and len(self._prefixes) < elements.MANY:
                self._prefixes[key[6:]] = elements.prefix_of(uri, written=key[6:])
        name = self._plain_name(written, attributes)
        if not self._is_wanted(name):
            self._dropped = 1
            return
        told = {key.lower(): value for key, value in attributes.items()}
        kept = self._kept(name, told)
        if not self._open:
            self.root = name
            self.is_rss = any("rss/1.0" in one or "rdf/simple" in one for one in told.values())
            kept |= _declarations(name, written, told)
        self._open.append((name, kept))
        self._room = elements.RICH.get(name, elements.SHORT.get(name, 0))
        if name in elements.RICH:
            kind = kept.get("type", "").strip().lower()
            atom = self.root in {"feed", "entry"} or name == "body"
            is_words = atom and kind in _WORDS and kept.get("mode", "") != "escaped"
            self._text = MarkedText(literal=is_words, wrapped="xhtml" in kind)
        else:
            self._out.append(f"<{_tag(name, kept)}>")

    def _close(self) -> None:
        name, kept = self._open.pop()
        self._bases.pop()
        self._room = 0
        if name in elements.RICH:
            if self._text.is_marked and name not in elements.BARE:
                kept = {**kept, "type": "text/html", "mode": "escaped"}
            self._out.append(f"<{_tag(name, kept)}>{_verbatim(self._text.told())}")
        if name in elements.BYLINES:
            byline, self._byline = self._byline.strip(), ""
            self._out.append(f"<name>{escape(byline)}</name>" if byline else "")
        self._out.append(f"</{elements.RENAMED.get(name, name)}>")
        if name == "guid" and kept.get("ispermalink") == "false":
            # feedparser does not tell this from a guid that comes after a link.
            self._out.append("<notalink></notalink>")

    def _plain_name(self, name: str, attributes: dict[str, str]) -> str:
        prefix, _, local = name.rpartition(":")
        if not prefix:
            usual = elements.prefix_of(attributes.get("xmlns", ""), written="")
        elif prefix in self._prefixes:
            usual = self._prefixes[prefix]
        else:
            usual = elements.prefix_of("", written=prefix)
        return f"{usual}:{local.lower()}" if usual else local.lower()

    def _is_wanted(self, name: str) -> bool:
        """Say whether an element is kept where it stands."""
        within = self._within()
        self.seen[name] += within in elements.FRAMES
        if not within or name in elements.FRAMES | elements.ARTICLES:
            self._counts.clear()
            if sum(self.seen[one] for one in elements.ARTICLES) > ENTRIES:
                raise _Enough
            known = name in elements.FRAMES | elements.ARTICLES
            return known and (not within or within in elements.FRAMES)
        self._counts[name] += 1
        if self._counts[name] > elements.FEW.get(name, elements.MANY):
            return False
        return self._belongs(name, within)

    def _belongs(self, name: str, within: str) -> bool:
        is_text = name in elements.SHORT or name in elements.RICH
        if within in elements.GROUPS:
            caption = within == "media:content" and name in elements.CAPTIONS
            return (is_text and not caption) or (within, name) == ("media:group", "media:content")
        inside = within in elements.FRAMES or within in elements.ARTICLES
        return inside and (is_text or name in elements.GROUPS)

    def _kept(self, name: str, told: dict[str, str]) -> dict[str, str]:
        """Give the attributes that are kept; an address that the feed states becomes absolute."""
        stated = told.get("xml:base", "")
        base = absolute(self._bases[-1], stated)[: elements.BASE] if stated else ""
        self._bases.append(base or self._bases[-1])
        if name in elements.BARE:
            return {}
        kept = {
            key: value[: elements.ADDRESS]
            for key, value in told.items()
            if key in elements.ATTRIBUTES
        }
        if base:
            kept["xml:base"] = base
        if "ispermalink" in kept:
            kept["ispermalink"] = kept["ispermalink"].strip().lower()
        return kept


def sift(text: str, *, url: str) -> Sieve:
    """Read a feed, well-formed or not. Never fails.

    Args:
        text: the feed from its root element on, without a document type.
        url: where it was fetched.
    """
    sieve = Sieve(url=url)
    with contextlib.suppress(_Enough):
        try:
            _read_strictly(text, sieve)
        except expat.ExpatError:
            sieve = Sieve(url=url)
            lenient.read(text, lenient.Sink(sieve.start, sieve.end, sieve.data))
    return sieve


def _read_strictly(text: str, sieve: Sieve) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = sieve.start
    parser.EndElementHandler = sieve.end
    parser.CharacterDataHandler = sieve.data
    parser.Parse(text.encode(), True)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _verbatim(text: str) -> str:
    # Without references, feedparser is called once a line rather than at each of them.
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def _tag(name: str, kept: dict[str, str]) -> str:
    values = "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
    return f"{elements.RENAMED.get(name, name)}{values}"


def _declarations(name: str, written: str, told: dict[str, str]) -> dict[str, str]:
    """Give the namespaces to declare: the root's own first, by which feedparser knows a form."""
    prefix = written.rpartition(":")[0].lower()
    uri = told.get(f"xmlns:{prefix}" if prefix else "xmlns", "").lower()
    plain = {}
    if name == "rdf:rdf":
        is_old = any("netscape.com/rdf/simple/0.9" in value.lower() for value in told.values())
        old, new = "http://my.netscape.com/rdf/simple/0.9/", "http://purl.org/rss/1.0/"
        plain = {"xmlns": old if is_old else new}
    elif name in {"feed", "entry"} and "2005/atom" in uri:
        plain = {"xmlns": elements.ATOM}
    return plain | {f"xmlns:{one}": value for one, value in elements.USUAL.items()}
