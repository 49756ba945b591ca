"""What a page says of itself, and where: title, authors, source, date, section, rights.

Every value comes with its origin, best first; what the page does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from veille.domain.text import collapse, key
from veille.extract import bylines, linked_data, people, published, titles
from veille.extract.linked_data import Node
from veille.extract.tree import Run, runs

_AUTHORS: Final = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "citation_author", "article:author_name", "articleauthor",
    "cxenseparse:author", "twitter:creator:name",
)  # fmt: skip
_MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, and where the page says it."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Names:
    """Some people, and where the page says them."""

    value: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, best first.

    Attributes:
        published: ISO 8601, with the precision that was found, the day as the page writes it.
        modified: ISO 8601, "" when the page does not say.
        free: whether everybody may read it (isAccessibleForFree); None when it does not say.
        closed: CSS selectors of the parts that not everybody may read.
        kind: the type of schema.org of the article, "" for none.
        kinds: the types of schema.org of everything in the page, in small letters.
        expected: how many words it says it has, 0 when it does not.
    """

    title: tuple[Reading, ...] = ()
    authors: tuple[Names, ...] = ()
    source: tuple[Reading, ...] = ()
    published: tuple[Reading, ...] = ()
    modified: str = ""
    section: str = ""
    language: str = ""
    rights: str = ""
    lead: str = ""
    canonical: str = ""
    free: bool | None = None
    closed: tuple[str, ...] = ()
    kind: str = ""
    kinds: frozenset[str] = frozenset()
    expected: int = 0


@dataclass(frozen=True, slots=True)
class _Page:
    tree: etree._Element
    metas: Mapping[str, Sequence[str]]
    nodes: Sequence[Node]


def read(tree: etree._Element, *, page: str, url: str, text: str) -> Metadata:
    """Read what a page says of itself.

    Args:
        tree: the page, parsed.
        page: the page, decoded, for what only its source tells.
        url: where it was had.
        text: the article's text, when it is known: authors sign at its end.
    """
    shown = runs(tree, url=url)
    metas = _metas(tree)
    told = _titles(tree, metas)
    nodes = linked_data.nodes(tree)
    about = linked_data.article(nodes, titles=tuple(one for one, _o in told), url=url) or {}
    source = _source(metas, nodes, about, tree, url)
    # Some pages give the title where the application's name should stand.
    heads = {titles.packed(one) for one, origin in told if origin != "meta"}
    source = tuple(
        one for one in source if one.origin != "meta" or titles.packed(one.value) not in heads
    )
    headline = linked_data.text(about.get("headline"))
    told += [(headline, "jsonld")] if headline else []
    heading = next((one for one, origin in told if origin == "page"), "")
    names = _names_of_site(source, about, url)
    title = titles.ranked(told, sources=names, url=url)
    return Metadata(
        title=tuple(Reading(*one) for one in title),
        authors=_authors(
            _Page(tree, metas, nodes), about, shown, names=names, text=text, heading=heading
        ),
        source=source,
        published=_distinct(
            Reading(*one)
            for one in published.published(metas, about, shown, page=page, url=url, title=heading)
        ),
        modified=published.modified(metas, about, shown),
        section=_first(metas, "article:section") or linked_data.text(about.get("articleSection")),
        language=_language(tree, metas, about),
        rights=linked_data.text(about.get("license")) or _first(metas, "copyright", "dc.rights"),
        lead=_first(metas, "og:description", "description", "twitter:description"),
        canonical=_canonical(tree, metas),
        free=linked_data.free(nodes),
        closed=linked_data.closed(nodes),
        kind=next(iter(sorted(linked_data.kinds(about))), ""),
        kinds=frozenset(kind for one in nodes for kind in linked_data.kinds(one)),
        expected=linked_data.expected(about),
    )


def _metas(tree: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in tree.iter("meta"):
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").lower()
        content = collapse((one.get("content") or "")[:2_000])
        if name and content and len(found) < 500:
            found.setdefault(name, []).append(content)
    return found


def _first(metas: Mapping[str, Sequence[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _titles(tree: etree._Element, metas: Mapping[str, Sequence[str]]) -> list[titles.Told]:
    shown = [(_text(one), "page") for one in list(tree.iter("h1"))[:4]]
    shared = [(text, "opengraph") for text in metas.get("og:title", [])[:1]]
    shared = shared or [(text, "opengraph") for text in metas.get("twitter:title", [])[:1]]
    window = [(_text(one), "meta") for one in list(tree.iter("title"))[:1]]
    return [one for one in (*shown, *shared, *window) if one[0]]


def _text(node: etree._Element) -> str:
    return collapse("".join(str(part) for part in node.itertext())[:2_000])


def _source(
    metas: Mapping[str, Sequence[str]],
    nodes: Sequence[Node],
    about: Node,
    tree: etree._Element,
    url: str,
) -> tuple[Reading, ...]:
    """Name the publication: what it calls itself when shared, else its publisher, else its host."""
    found = [Reading(text, "opengraph") for text in metas.get("og:site_name", [])[:1]]
    publisher = linked_data.text(about.get("publisher"))
    sites = [
        linked_data.text(one.get("name")) for one in nodes if "website" in linked_data.kinds(one)
    ]
    found += [Reading(text, "jsonld") for text in (*sites, publisher) if text]
    found += [Reading(text, "meta") for text in metas.get("application-name", [])[:1]]
    found += [Reading(text, "meta") for text in metas.get("dc.publisher", [])[:1]]
    host = _host(url)
    if not found and host:
        found = [_named_in_title(tree, host)]
    return _distinct(one for one in found if "//" not in one.value)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _names_of_site(source: Sequence[Reading], about: Node, url: str) -> tuple[str, ...]:
    """Give every name the site goes by: none of them is part of a title, or an author."""
    host = _host(url)
    told = (*(one.value for one in source), linked_data.text(about.get("publisher")), host)
    return tuple(dict.fromkeys(one for one in (*told, host.rpartition(".")[0]) if one))


def _named_in_title(tree: etree._Element, host: str) -> Reading:
    """Read the site's name off the window's title, when it is that of its host."""
    bare = titles.packed(host.rpartition(".")[0])
    for one in list(tree.iter("title"))[:1]:
        for part in re.split(r"\s+[|–—•·»:-]\s+|\s*\|\s*", _text(one)):
            if bare and titles.packed(part) == bare:
                return Reading(part, "meta")
    return Reading(host, "address")


def _distinct(found: Iterable[Reading]) -> tuple[Reading, ...]:
    seen: dict[str, Reading] = {}
    for one in found:
        if key(one.value):
            seen.setdefault(key(one.value), one)
    return tuple(seen.values())[:_MOST]


def _authors(
    page: _Page, about: Node, shown: Sequence[Run], *, names: Sequence[str], text: str, heading: str
) -> tuple[Names, ...]:
    told = linked_data.resolved(about.get("author") or about.get("creator"), page.nodes)
    written = linked_data.names(told)
    groups = [
        (people.cleaned(written, sources=names), "jsonld"),
        *(
            (people.cleaned(page.metas[name], sources=names), "meta")
            for name in _AUTHORS
            if name in page.metas
        ),
        (bylines.marked(page.tree, sources=names), "page"),
        (bylines.beside_title(shown, title=heading, sources=names, signed=True), "page"),
        (bylines.signed_in_text(page.tree, text, sources=names), "text"),
    ]
    # Less sure: a name beside a date, a word where authors stand, the site that signs as such.
    weak = [
        (bylines.beside_title(shown, title=heading, sources=names, signed=False), "page"),
        (bylines.nicknames(page.tree, sources=names), "page"),
        (_as_written(written), "jsonld"),
    ]
    persons = linked_data.persons(told)

    def rank(group: tuple[tuple[str, ...], str]) -> bool:
        return not any(
            people.is_person(one) or (one in persons and people.is_name(one)) for one in group[0]
        )

    found: dict[tuple[str, ...], Names] = {}
    for value, origin in (*sorted(groups, key=rank), *weak):
        if value:
            found.setdefault(value, Names(value, origin))
    return tuple(found.values())[:_MOST]


def _as_written(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(one[:200].strip(" ,;") for one in names if not people.is_nobody(one))[:4]


def _language(tree: etree._Element, metas: Mapping[str, Sequence[str]], about: Node) -> str:
    root = tree.getroottree().getroot()
    return (
        root.get("lang")
        or _first(metas, "og:locale", "content-language", "dc.language")
        or linked_data.text(about.get("inLanguage"))
    )


def _canonical(tree: etree._Element, metas: Mapping[str, Sequence[str]]) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href")).strip()[:4_000]
    return _first(metas, "og:url")
