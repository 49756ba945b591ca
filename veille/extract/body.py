"""From trafilatura's tree to clean HTML: its tags are those of TEI, ours are those of the web."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from veille.extract.canonical import inner
from veille.extract.sanitise import sanitise

_SIMPLE: Final = {
    "p": "p", "item": "li", "quote": "blockquote", "lb": "br", "code": "code", "del": "del",
    "table": "table", "row": "tr", "fw": "p", "ab": "p", "div": "div",
}  # fmt: skip
_RENDS: Final = {"#b": "strong", "#i": "em", "#u": "u", "#sub": "sub", "#sup": "sup", "#t": "code"}
_HEADING: Final = re.compile(r"h[1-6]\Z")


def clean_html(body: etree._Element, *, url: str, title: str) -> str:
    """Write the extracted body as harmless HTML, without repeating the title."""
    for node in list(body.iter(etree.Element)):
        _rename(node, url)
    first = next((one for one in body.iter("h1", "h2") if "".join(one.itertext()).strip()), None)
    if first is not None and _same("".join(first.itertext()), title):
        _drop(first)
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
        _link(node, "href", attributes.get("target", ""), url)
    elif tag == "graphic":
        node.tag = "img"
        _link(node, "src", attributes.get("src", "").partition(" ")[0], url)
        node.set("alt", attributes.get("alt", "") or attributes.get("title", ""))
    else:
        node.tag = _SIMPLE.get(tag, tag if tag == "body" else "span")


def _link(node: etree._Element, name: str, target: str, url: str) -> None:
    try:
        node.set(name, urljoin(url, target) if url else target)
    except ValueError:
        node.set(name, "")


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold() != ""


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        node.drop_tree() if hasattr(node, "drop_tree") else parent.remove(node)
