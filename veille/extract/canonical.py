"""The canonical text: the one text that index, quotes and anchors agree on.

It is a function of the clean HTML alone: blocks apart by an empty line, items and line breaks on
lines, cells by tabs, spaces collapsed. French spaces before « ; : ! ? » become no-break ones at
import, so that positions never move afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree, html

_BLOCKS: Final = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table",
        "pre", "figure", "figcaption", "caption", "hr",
    }
)  # fmt: skip
_LINES: Final = frozenset({"li", "dt", "dd", "tr", "br"})
_CELLS: Final = frozenset({"td", "th"})
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_BREAKS: Final = re.compile(r"[ \t]*\n[ \t\n]*")
_FRENCH: Final = (
    (re.compile(r"« ?(?=\S)"), "«\u00a0"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]»"), "\u00a0»"),
    (re.compile(r"(?<=[\w»)\]%’'\"”]) (?=[;!?](?!\w))"), "\u202f"),
    (re.compile(r"(?<=[\w»)\]%’'\"”]) (?=:(?:\s|$))"), "\u00a0"),
    (re.compile(r"(?<=\d) (?=(?:%|€|\d{3}\b))"), "\u202f"),
)


def french_spaces(text: str) -> str:
    """Make the spaces of French punctuation no-break ones."""
    for pattern, replacement in _FRENCH:
        text = pattern.sub(replacement, text)
    return text


def with_french_spaces(fragment: str) -> str:
    """Apply ``french_spaces`` to the text of an HTML fragment, not to its markup."""
    root = _parsed(fragment)
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag not in {"pre", "code"} and node.text:
            node.text = french_spaces(node.text)
        if node.tail:
            node.tail = french_spaces(node.tail)
    return inner(root)


def canonical_text(fragment: str) -> str:
    """Give the canonical text of a clean HTML fragment."""
    parts: list[str] = []
    _walk(_parsed(fragment), parts)
    lines = _BREAKS.sub(_one_or_two, "".join(parts))
    return lines.strip("\n\t ")


def inner(root: etree._Element) -> str:
    """Write what is inside an element."""
    parts = [_escaped(root.text or "")]
    parts.extend(html.tostring(child, encoding="unicode") for child in root)
    return "".join(parts)


def _parsed(fragment: str) -> etree._Element:
    return html.fragment_fromstring(fragment, create_parent="div")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _one_or_two(match: re.Match[str]) -> str:
    return "\n\n" if match[0].count("\n") > 1 else "\n"


def _walk(node: etree._Element, parts: list[str]) -> None:
    tag = node.tag if isinstance(node.tag, str) else ""
    around = "\n\n" if tag in _BLOCKS else "\n" if tag in _LINES else ""
    parts.append(around)
    if tag:
        parts.append(_flat(node.text, keep=tag == "pre"))
        for child in node:
            _walk(child, parts)
            parts.append(_flat(child.tail, keep=tag == "pre"))
    parts.append("\t" if tag in _CELLS else "" if tag in _LINES else around)


def _flat(text: str | None, *, keep: bool) -> str:
    if not text:
        return ""
    return text if keep else _SPACES.sub(" ", text)


def paragraphs(text: str) -> str:
    """Make the HTML of plain text: empty lines part paragraphs, lines stay lines."""
    blocks = (block.strip("\n") for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")))
    return "".join(f"<p>{_lines(block.split(chr(10)))}</p>" for block in blocks if block.strip())


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(_escaped(line.strip()) for line in lines)
