"""The article in a page, a text, a document: clean HTML, canonical text, metadata, a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final

from lxml import html

from veille.domain.captures import Finding
from veille.domain.fields import MAX_LINE
from veille.domain.text import clip, word_count
from veille.extract import boilerplate, language, metadata
from veille.extract.body import find_body, sanitised, without_title
from veille.extract.canonical import canonical_text, paragraphs, with_french_spaces
from veille.extract.metadata import Metadata, Reading
from veille.extract.sanitise import sanitise
from veille.extract.signs import signs_of
from veille.extract.tree import parsed
from veille.extract.verdict import Verdict, judge
from veille.extract.wording import Wording

# A long book: beyond this the page itself remains in its blob, and the verdict says so.
MAX_CANONICAL: Final = 400_000
NOTHING: Final = Verdict("empty", "no_text")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found. Fields that the page does not say are empty, never invented.

    Attributes:
        html: harmless HTML.
        text: the canonical text of ``html``.
        images: addresses of the images in ``html``, in order.
        published: ISO 8601 date with the precision that was found.
        canonical: the address the page gives itself.
        found: what the page says of each field, best first, and where it says it.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    published: str = ""
    language: str = ""
    lead: str = ""
    section: str = ""
    rights: str = ""
    canonical: str = ""
    html: str = ""
    text: str = ""
    words: int = 0
    images: tuple[str, ...] = ()
    verdict: Verdict = NOTHING
    found: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def from_html(page: str, *, wording: Wording, url: str = "", chosen: str = "") -> Extraction:
    """Find the article in a page. Never raises: what cannot be read gets its verdict.

    Args:
        page: the page, decoded.
        wording: how walls and subscribers' pages speak.
        url: where it was had.
        chosen: HTML that a person chose as the article: it is the body, whatever else is there.
    """
    tree = parsed(page)
    fragment = sanitised(chosen, url=url) if chosen else find_body(page, url=url)
    text = canonical_text(fragment) if fragment else ""
    told = Metadata()
    if tree is not None:
        told = metadata.read(tree, page=page, url=url, text=text)
    title = told.title[0].value if told.title else ""
    found = _extraction(without_title(fragment, title), told)
    if chosen:
        return _measured(replace(found, verdict=_by_hand(found.text)))
    signs = signs_of(
        tree, page, text=found.text, words=found.words, title=found.title,
        free=told.free, kinds=told.kinds, expected=told.expected, closed=told.closed, wording=wording,
    )  # fmt: skip
    return _measured(replace(found, verdict=judge(signs, wording)))


def from_text(text: str) -> Extraction:
    """Find the article in text pasted from a screen: its first line is the title."""
    lines = boilerplate.article_lines(text)
    title, rest = boilerplate.headline(lines)
    return from_document(paragraphs("\n".join(rest or lines)), title=title)


def from_document(fragment: str, *, title: str, scanned: bool = False) -> Extraction:
    """Take a document that is an article as a whole: a PDF, a text.

    Args:
        fragment: HTML of what it holds.
        title: what it says of itself, "" for nothing.
        scanned: whether it holds pictures of pages in place of text.
    """
    told = Metadata(title=(Reading(title, "file"),) if title else ())
    found = _extraction(sanitise(fragment), told)
    verdict = Verdict("complete", "") if found.text else NOTHING
    return _measured(replace(found, verdict=Verdict("empty", "scanned") if scanned else verdict))


def from_image(address: str, *, title: str) -> Extraction:
    """Keep a picture as an article of its own."""
    fragment = sanitise(f'<p><img src="{escape(address)}" alt="{escape(title)}"></p>')
    found = _extraction(fragment, Metadata(title=(Reading(title, "file"),) if title else ()))
    return replace(found, verdict=Verdict("complete", "image"))


def _extraction(fragment: str, told: Metadata) -> Extraction:
    """Put together what was found, before anything is judged."""
    spoken = language.of(canonical_text(fragment) if fragment else "", declared=told.language)
    if fragment and spoken == "fr":
        fragment = with_french_spaces(fragment)
    text = canonical_text(fragment) if fragment else ""
    found = _findings(told)
    for name, value, where in (
        ("language", spoken, "text"), ("section", told.section, "meta"), ("rights", told.rights, "meta"),
    ):  # fmt: skip
        if value:
            found[name] = (Finding(clip(value, length=MAX_LINE), where),)
    return Extraction(
        title=_first(found, "title"),
        authors=told.authors[0].value if told.authors else (),
        source=_first(found, "source"),
        published=_first(found, "published"),
        language=spoken,
        lead=clip(told.lead, length=400),
        section=clip(told.section, length=MAX_LINE),
        rights=clip(told.rights, length=MAX_LINE),
        canonical=told.canonical,
        html=fragment,
        text=text,
        words=word_count(text),
        images=tuple(dict.fromkeys(_sources(fragment))),
        found=found,
    )


def _findings(told: Metadata) -> dict[str, tuple[Finding, ...]]:
    found = {
        name: tuple(Finding(clip(one.value, length=MAX_LINE), one.origin) for one in some)
        for name, some in (
            ("title", told.title), ("source", told.source), ("published", told.published),
        )
    }  # fmt: skip
    found["authors"] = tuple(Finding(list(one.value), one.origin) for one in told.authors)
    return {name: some for name, some in found.items() if some}


def _first(found: Mapping[str, tuple[Finding, ...]], name: str) -> str:
    some = found.get(name, ())
    return str(some[0].value) if some else ""


def _by_hand(text: str) -> Verdict:
    return Verdict("complete", "by_hand") if text else NOTHING


def _measured(found: Extraction) -> Extraction:
    """Cut what no operation holds: the page itself remains in its blob, and the verdict says so."""
    if len(found.text) <= MAX_CANONICAL:
        return found
    verdict = Verdict(found.verdict.name, "very_long")
    return replace(found, text=found.text[:MAX_CANONICAL], verdict=verdict)


def _sources(fragment: str) -> list[str]:
    if "<img" not in fragment:
        return []
    root = html.fragment_fromstring(fragment, create_parent="div")
    return [source for one in root.iter("img") if (source := one.get("src"))]
