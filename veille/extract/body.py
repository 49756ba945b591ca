"""The body of the article: what two readings of trafilatura and our own make of the page.

trafilatura's careful reading is the most exact, its ordinary one the fuller; the careful one is
taken unless it lost most of the text. On pages it does not understand (an article in several
containers, a list taken for the article), the best place of ``places`` is far larger: it is taken
then. Measured on four sets in tests/benchmarks/capture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from lxml import etree

from veille.domain.text import collapse, fold, word_count
from veille.extract import places
from veille.extract.boilerplate import is_aside
from veille.extract.canonical import canonical_text, inner
from veille.extract.layout import lay_out
from veille.extract.sanitise import sanitise
from veille.extract.tree import Run, absolute, parsed, runs

Block = places.Block
blocks = places.found
_SIMPLE: Final = {
    "p": "p", "item": "li", "quote": "blockquote", "lb": "br", "code": "code", "del": "del",
    "table": "table", "row": "tr", "fw": "p", "ab": "p", "div": "div",
}  # fmt: skip
_RENDS: Final = {"#b": "strong", "#i": "em", "#u": "u", "#sub": "sub", "#sup": "sup", "#t": "code"}
_HEADING: Final = re.compile(r"h[1-6]\Z")
# The careful reading is left when it kept less than this share of the ordinary one.
_KEPT: Final = 0.3
# Our own reading is taken when it is so many times longer and holds the other, or another text.
_LONGER: Final = 2.0
_TOO_LONG: Final = 3.5
_HOLDS: Final = 0.6
_FOREIGN: Final = 0.3
_FEW: Final = 25
_LEAVES: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre", "div")
# Pictures between two paragraphs further apart than this are those of something else.
_NEAR: Final = 8
# A paragraph this short, this much of it links, is about another page.
_SHORT: Final = 50
_LINKED: Final = 0.6
# Beyond, a page is read our own way alone: the others' time grows faster than its size.
_LARGE: Final = 3_000_000


def find_body(page: str, *, url: str) -> str:
    """Find the article of a page as harmless HTML, "" when there is none. Never raises."""
    tree = parsed(page)
    if tree is None:
        return ""
    shown = runs(tree, url=url)
    ordinary = careful = ""
    if len(page) <= _LARGE:
        ordinary = _trafilatura(page, url=url, careful=False)
        careful = _trafilatura(page, url=url, careful=True)
    read = careful if _words(careful) >= max(_KEPT * _words(ordinary), 1) else ordinary
    place = next(iter(places.found(page, url=url, most=1)), None)
    if place is not None and _is_better(place.text, canonical_text(read) if read else ""):
        read = place.html
    if _words(read) < _FEW:
        read = _fuller(read, page, url)
    return dressed(without_asides(read), shown)


def sanitised(fragment: str, *, url: str) -> str:
    """Make a fragment harmless that a person chose, its addresses whole."""
    tree = parsed(f"<body>{fragment}</body>")
    return sanitise(lay_out(runs(tree, url=url))) if tree is not None else ""


def without_asides(fragment: str) -> str:
    """Drop the lines that are not the article: what to read next, newsletters, credits."""
    if not fragment:
        return ""
    root = etree.fromstring(f"<div>{_closed(fragment)}</div>")
    for node in list(root.iter("p", "h2", "h3", "h4", "li", "div")):
        text = " ".join("".join(node.itertext()).split())
        if node is not root and text and is_aside(text) and node.find(".//img") is None:
            _drop(node)
    return sanitise(inner(root))


def dressed(fragment: str, shown: Sequence[Run]) -> str:
    """Give the text of an article its links, its emphasis and its pictures again.

    Each paragraph is found among the runs of the page, in order; those that are not stay bare.
    A short one that proves to be mostly links leads elsewhere, and goes.
    """
    if not fragment:
        return ""
    root = etree.fromstring(f"<div>{_closed(fragment)}</div>")
    places_of: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(shown):
        if not one.picture:
            places_of[one.text].append(number)
    at = -1
    for node in list(root.iter(*_LEAVES)):
        if len(node) and any(child.tag != "br" for child in node):
            continue
        text = collapse("".join(node.itertext()))
        known = places_of.get(text, [])
        here = next((number for number in known if number > at), known[-1] if known else None)
        if here is None:
            continue
        if node.tag in {"p", "li", "div"} and _leads_away(shown[here]):
            _drop(node)
            continue
        _put(node, shown[here].html)
        if 0 <= at < here and here - at <= _NEAR:
            _put_pictures(node, [one for one in shown[at:here] if one.picture])
        at = here
    return sanitise(inner(root))


def _leads_away(one: Run) -> bool:
    return one.linked > _LINKED * len(one.text) and word_count(one.text) < _SHORT


def _put(node: etree._Element, markup: str) -> None:
    """Write markup in place of what an element holds."""
    try:
        written = etree.fromstring(f"<div>{_closed(sanitise(markup))}</div>")
    except etree.XMLSyntaxError:
        return
    for child in list(node):
        node.remove(child)
    node.text = written.text
    node.extend(list(written))


def _put_pictures(node: etree._Element, pictures: Sequence[Run]) -> None:
    """Put pictures before an element, on the level of paragraphs."""
    parent = node.getparent()
    while parent is not None and parent.tag in {"ul", "ol", "li", "table", "tr", "blockquote"}:
        node, parent = parent, parent.getparent()
    for one in pictures if parent is not None else ():
        figure = etree.fromstring(f"<p>{_closed(sanitise(one.html))}</p>")
        node.addprevious(figure)


def _closed(fragment: str) -> str:
    """Write a sanitised fragment as XML."""
    tree = parsed(f"<body>{fragment}</body>")
    body = tree.find("body") if tree is not None else None
    if body is None:
        return ""
    written = etree.tostring(body, encoding="unicode", with_tail=False)
    return written[written.index(">") + 1 : -len("</body>")] if "</body>" in written else ""


def _is_better(mine: str, theirs: str) -> bool:
    """Tell whether our own reading shows that the other missed the article, or most of it."""
    ratio = word_count(mine) / max(word_count(theirs), 1)
    if ratio < _LONGER or word_count(mine) < 2 * _FEW:
        return False
    a, b = _threes(theirs), _threes(mine)
    held = len(a & b) / len(a) if a else 0.0
    return held < _FOREIGN or (held >= _HOLDS and ratio < _TOO_LONG)


def _threes(text: str) -> set[tuple[str, str, str]]:
    words = re.findall(r"\w+", fold(text))
    return set(zip(words, words[1:], words[2:], strict=False))


def _words(fragment: str) -> int:
    return word_count(canonical_text(fragment)) if fragment else 0


def _fuller(read: str, page: str, url: str) -> str:
    """Fall back on the whole page: better too much than an empty note."""
    tree = parsed(page)
    if tree is None:
        return read
    for node in list(tree.iter("nav", "header", "footer", "form", "aside")):
        if node is not tree:
            node.drop_tree()
    whole = sanitise(lay_out(runs(tree, url=url)))
    return whole if _words(whole) > 3 * _words(read) else read


def _trafilatura(page: str, *, url: str, careful: bool) -> str:
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(
            page,
            url=url or None,
            favor_precision=careful,
            # Pictures, links and emphasis mislead it; they come back from the page: ``dressed``.
            include_comments=False,
            include_formatting=False,
            include_images=False,
            include_links=False,
            include_tables=True,
            with_metadata=False,
        )
        body = getattr(found, "body", None)
        return _clean(body, url=url) if body is not None else ""
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, KeyError):
        # A page that breaks the extractor is read our own way.
        return ""


def _clean(body: etree._Element, *, url: str) -> str:
    """Write trafilatura's tree, whose tags are those of TEI, as harmless HTML."""
    for node in list(body.iter(etree.Element)):
        _rename(node, url)
    return sanitise(inner(body))


def _rename(node: etree._Element, url: str) -> None:
    attributes = dict(node.attrib)
    node.attrib.clear()
    tag = str(node.tag)
    if tag == "head":
        rend = attributes.get("rend", "h2")
        node.tag = rend if _HEADING.match(rend) else "h2"
    elif tag == "hi":
        node.tag = _RENDS.get(attributes.get("rend", ""), "span")
    elif tag == "list":
        node.tag = "ol" if attributes.get("rend") == "ol" else "ul"
    elif tag == "cell":
        node.tag = "th" if attributes.get("role") == "head" else "td"
    elif tag == "ref":
        node.tag = "a"
        node.set("href", absolute(url, attributes.get("target", "")))
    elif tag == "graphic":
        node.tag = "img"
        source = attributes.get("src", "").partition(" ")[0]
        node.set("src", absolute(url, source) if source else "")
        node.set("alt", attributes.get("alt", "") or attributes.get("title", ""))
    else:
        node.tag = _SIMPLE.get(tag, tag if tag == "body" else "span")


def without_title(fragment: str, title: str) -> str:
    """Take out the first heading of a fragment when it repeats the title."""
    if not fragment or not title:
        return fragment
    root = etree.fromstring(f"<div>{_closed(fragment)}</div>")
    first = next((one for one in root.iter("h1", "h2") if "".join(one.itertext()).strip()), None)
    if first is None or not _same("".join(first.itertext()), title):
        return fragment
    _drop(first)
    return sanitise(inner(root))


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold() != ""


def _drop(node: etree._Element) -> None:
    """Take an element out, what follows it stays."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    tail = node.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)
