"""The article in a page, or in plain text: clean HTML, canonical text, metadata and a verdict."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree, html

from veille.domain.fields import MAX_LINE
from veille.domain.text import clip, collapse, word_count
from veille.extract import boilerplate, metadata
from veille.extract.body import clean_html
from veille.extract.canonical import canonical_text, paragraphs, with_french_spaces
from veille.extract.sanitise import sanitise
from veille.extract.verdict import Verdict, judge

# A long book: beyond this the page itself remains in its blob, and the verdict says so.
MAX_CANONICAL: Final = 400_000
_FEW: Final = 25
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found. Fields that the page does not say are empty, never invented.

    Attributes:
        html: harmless HTML.
        text: the canonical text of ``html``.
        images: addresses of the images in ``html``, in order.
        published: ISO 8601 date with the precision that was found.
        canonical: the address the page gives itself.
    """

    title: str
    authors: tuple[str, ...]
    source: str
    published: str
    language: str
    lead: str
    canonical: str
    html: str
    text: str
    words: int
    images: tuple[str, ...]
    verdict: Verdict


def from_html(page: str, *, url: str = "") -> Extraction:
    """Find the article in a page. Never raises: what cannot be read gets its verdict."""
    tree = _parsed(page)
    if tree is None:
        return from_nothing()
    found = _trafilatura(page, url)
    source = collapse(str(getattr(found, "sitename", "") or ""))
    title = metadata.title(tree, str(getattr(found, "title", "") or ""), source)[:MAX_LINE]
    fragment = clean_html(found.body, url=url, title=title) if found is not None else ""
    text = canonical_text(fragment) if fragment else ""
    if word_count(text) < _FEW:
        fragment, text = _better_of(fragment, text, _whole(tree, url))
    return _extraction(
        fragment,
        page=page,
        title=title,
        authors=_authors(str(getattr(found, "author", "") or "")),
        source=source,
        published=_date(str(getattr(found, "date", "") or "")),
        language=metadata.language(tree, text),
        lead=str(getattr(found, "description", "") or ""),
        canonical=metadata.canonical_link(tree),
    )


def from_text(text: str) -> Extraction:
    """Find the article in text pasted from a screen: its first line is the title."""
    lines = boilerplate.article_lines(text)
    title, rest = boilerplate.headline(lines)
    return _extraction(
        sanitise(paragraphs("\n".join(rest or lines))),
        page="",
        title=title,
        authors=(),
        source="",
        published="",
        language=metadata.language(None, text),
        lead="",
        canonical="",
    )


def from_nothing() -> Extraction:
    """Say honestly that there was nothing to read."""
    return Extraction("", (), "", "", "", "", "", "", "", 0, (), Verdict("empty", "no_text"))


def _extraction(  # noqa: PLR0913 - the fields of one record, given by name
    fragment: str,
    *,
    page: str,
    title: str,
    authors: tuple[str, ...],
    source: str,
    published: str,
    language: str,
    lead: str,
    canonical: str,
) -> Extraction:
    if fragment and language == "fr":
        fragment = with_french_spaces(fragment)
    text = canonical_text(fragment) if fragment else ""
    verdict = judge(text, page, title=title)
    if len(text) > MAX_CANONICAL:
        text, verdict = text[:MAX_CANONICAL], Verdict(verdict.name, "very_long")
    return Extraction(
        title=title,
        authors=authors,
        source=source[:MAX_LINE],
        published=published,
        language=language,
        lead=clip(lead, length=400),
        canonical=canonical,
        html=fragment,
        text=text,
        words=word_count(text),
        images=tuple(dict.fromkeys(_sources(fragment))),
        verdict=verdict,
    )


def _parsed(page: str) -> html.HtmlElement | None:
    try:
        # lxml refuses text that declares an encoding.
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree is not None and len(tree) else None


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", huge_tree=False)


def _trafilatura(page: str, url: str) -> Any:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            page,
            url=url or None,
            include_comments=False,
            include_formatting=True,
            include_images=True,
            include_links=True,
            include_tables=True,
            with_metadata=True,
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, KeyError):
        # A page that breaks the extractor is read whole instead: see _whole.
        return None
    return found if getattr(found, "body", None) is not None else None


def _whole(tree: html.HtmlElement, url: str) -> str:
    """Fall back on the whole page, sanitised: better too much than an empty note."""
    body = tree.find("body")
    root = body if body is not None else tree
    for node in list(root.iter("nav", "header", "footer", "form", "script", "style", "aside")):
        if node is not root and hasattr(node, "drop_tree"):
            node.drop_tree()
    if url:
        with suppress(ValueError):
            root.make_links_absolute(url)
    return sanitise(etree.tostring(root, encoding="unicode", method="html"))


def _better_of(fragment: str, text: str, whole: str) -> tuple[str, str]:
    other = canonical_text(whole) if whole.strip() else ""
    return (whole, other) if word_count(other) > 3 * word_count(text) else (fragment, text)


def _authors(text: str) -> tuple[str, ...]:
    parts = (collapse(one) for one in re.split(r";|\s+et\s+|,\s+(?=[A-ZÉ])", text))
    return tuple(dict.fromkeys(one[:MAX_LINE] for one in parts if one))[:20]


def _date(text: str) -> str:
    return text if _DATE.match(text) else ""


def _sources(fragment: str) -> list[str]:
    if "<img" not in fragment:
        return []
    root = html.fragment_fromstring(fragment, create_parent="div")
    return [source for one in root.iter("img") if (source := one.get("src"))]
