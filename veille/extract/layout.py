"""Runs of a page, laid out again as plain HTML: paragraphs, headings, lists, tables, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from veille.extract.tree import Run, ancestors

_HEADINGS: Final = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}
_AROUND: Final = ("ul", "ol", "table", "blockquote", "pre", "figcaption")


def lay_out(shown: Sequence[Run]) -> str:
    """Write runs in order; neighbours of one list, table or quotation stay together."""
    parts: list[str] = []
    current: etree._Element | None = None
    inside: list[Run] = []
    for one in [*shown, None]:
        around = _around(one) if one is not None else None
        if inside and (one is None or around is not current or around is None):
            parts.append(_group(current, inside))
            inside = []
        if one is None:
            break
        current = around
        inside.append(one)
    return "".join(parts)


def _around(one: Run) -> etree._Element | None:
    """Give the outermost list, table or quotation around a run."""
    found = None
    for node in ancestors(one.owner, most=30):
        if node.tag in _AROUND:
            found = node
    return found


def _group(around: etree._Element | None, inside: Sequence[Run]) -> str:
    tag = str(around.tag) if around is not None else ""
    if tag in {"ul", "ol"}:
        items = "".join(f"<li>{one.html}</li>" for one in inside)
        return f"<{tag}>{items}</{tag}>"
    if tag == "table":
        return _table(inside)
    if tag == "blockquote":
        return f"<blockquote>{''.join(_plain(one) for one in inside)}</blockquote>"
    if tag == "pre":
        return "".join(f"<pre>{one.html}</pre>" for one in inside)
    if tag == "figcaption":
        return "".join(f"<figcaption>{one.html}</figcaption>" for one in inside)
    return "".join(_plain(one) for one in inside)


def _plain(one: Run) -> str:
    tag = _HEADINGS.get(str(one.owner.tag), "p")
    return f"<{tag}>{one.html}</{tag}>"


def _table(inside: Sequence[Run]) -> str:
    """Write a table by its rows; one that only lays out a page is written as paragraphs."""
    rows: dict[etree._Element | None, list[Run]] = {}
    for one in inside:
        row = next((node for node in ancestors(one.owner, most=12) if node.tag == "tr"), None)
        rows.setdefault(row, []).append(one)
    if len(rows) < 2 or None in rows or max(len(some) for some in rows.values()) > 12:
        return "".join(_plain(one) for one in inside)
    written = (
        "<tr>" + "".join(f"<{_cell(one)}>{one.html}</{_cell(one)}>" for one in some) + "</tr>"
        for some in rows.values()
    )
    return f"<table>{''.join(written)}</table>"


def _cell(one: Run) -> str:
    return "th" if any(node.tag == "th" for node in ancestors(one.owner, most=6)) else "td"
