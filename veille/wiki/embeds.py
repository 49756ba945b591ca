"""What is shown in place of an embed: the thing as it is today, where it is from, what became of it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from veille.domain.text import CONTROLS

SCHEME: Final = "veille"
SEARCH_MARK: Final = "?"


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to today."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a dossier or of what a search finds."""

    id: str
    title: str
    reference: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """What an embed shows.

    Attributes:
        id: what it leads to; of a search ``?`` and what is searched.
        words: plain text, of several lines; the title of an article, a dossier or a search.
        reference: where it comes from.
        kind: quote, article, dossier, note or search.
        notices: what changed or vanished at the source, in the reader's language.
        lines: what a dossier holds or a search finds.
        html: of a note, its text as rendered by the caller (one level only), sanitised.
    """

    id: str
    words: str
    reference: str
    kind: str = "quote"
    notices: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    html: str = ""


def block(shown: Embedded) -> str:
    """Write an embed that stands alone on its line; everything leads to the very thing."""
    if shown.kind in {"dossier", "search"}:
        return f'<div class="embed">{_heading(shown)}{_listed(shown.lines)}{_notices(shown)}</div>'
    if shown.kind == "article":
        return f'<div class="embed">{_heading(shown)}{_notices(shown)}</div>'
    if shown.kind == "note" and shown.html:
        inside = f"{_paragraph('title', _link(shown.id, shown.reference))}{_clean(shown.html)}"
        return f'<div class="embed">{inside}{_notices(shown)}</div>'
    words = "<br>".join(_text(line) for line in shown.words.split("\n"))
    said = f"<p>{words}</p>" if shown.words.strip() else ""
    reference = _paragraph("reference", _link(shown.id, shown.reference))
    return f'<blockquote class="quote">{said}{reference}{_notices(shown)}</blockquote>'


def inline(shown: Embedded) -> str:
    """Write an embed in the middle of a sentence: its words and its reference, no block."""
    words = " ".join(shown.words.split())
    if shown.kind != "quote" or not words:
        return _link(shown.id, words or shown.reference)
    noticed = "".join(f' <span class="notice">{_text(one)}</span>' for one in shown.notices)
    return (
        f'<span class="quote">{_text(words)}</span> ({_link(shown.id, shown.reference)}){noticed}'
    )


def gone(written: str, *, alone: bool) -> str:
    """Write an embed of something unknown: what was typed, told from text."""
    tag = "p" if alone else "span"
    return f'<{tag} class="gone">{_text(written)}</{tag}>'


def address(thing: str) -> str:
    """Give the address of a thing in the program: ``veille:`` and its id, or its search."""
    if thing.startswith(SEARCH_MARK):
        return f"{SCHEME}:{SEARCH_MARK}{quote(thing[1:])}"
    return f"{SCHEME}:{thing}"


def theme(name: str) -> str:
    """Give the address of what bears a theme."""
    return f"{SCHEME}:theme/{quoted(name)}"


def quoted(name: str) -> str:
    """Write a name inside an address, whatever is in it."""
    return quote(name, safe="")


def _heading(shown: Embedded) -> str:
    title = _paragraph("title", _link(shown.id, " ".join(shown.words.split()) or shown.reference))
    if not shown.words.strip() or not shown.reference:
        return title
    return title + _paragraph("reference", _text(shown.reference))


def _listed(lines: tuple[Line, ...]) -> str:
    items = "".join(
        f"<li>{_link(one.id, one.title)}"
        + (f' <span class="reference">{_text(one.reference)}</span>' if one.reference else "")
        + "</li>"
        for one in lines
    )
    return f"<ul>{items}</ul>" if items else ""


def _notices(shown: Embedded) -> str:
    return "".join(_paragraph("notice", _text(one)) for one in shown.notices)


def _paragraph(name: str, inside: str) -> str:
    return f'<p class="{name}">{inside}</p>'


def _link(thing: str, words: str) -> str:
    return f'<a class="link" href="{html.escape(address(thing))}">{_text(words)}</a>'


def _text(words: str) -> str:
    return html.escape(_clean(words))


def _clean(words: str) -> str:
    """Take out controls: the converter marks its own places with some of them."""
    return words.translate(CONTROLS)
