"""What a page says of itself, and where: title, authors, source, date, section, rights.

Every value comes with its origin, best first; what the page does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from veille.domain.text import collapse, key
from veille.extract import linked_data, people, titles
from veille.extract.dates import day_of, find_dates
from veille.extract.linked_data import Node
from veille.extract.tree import Run, ancestors

_AUTHORS: Final = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "citation_author",
)  # fmt: skip
_PUBLISHED: Final = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date",
    "sailthru.date", "parsely-pub-date", "article.published", "article:published",
    "citation_publication_date", "cxenseparse:recs:publishtime", "publication_date",
    "rnews:datepublished", "date.issued", "originalpublicationdate",
)  # fmt: skip
_IN_ADDRESS: Final = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/_-]|\Z)"
)
_UPDATED: Final = re.compile(r"mis(?:e)? a jour|modifie|updated|modified|edited", re.IGNORECASE)
_DATELINE: Final = re.compile(
    r"\b(?:publi|poste|paru|ecrit|mis en ligne|par |by |published|posted|date)", re.IGNORECASE
)
_UNIVERSAL: Final = ("Z", "+00:00", "+0000", "GMT", "UTC")
_SHORT: Final = 120
_NOT_DATED: Final = frozenset({"aside", "footer", "nav"})
_TALK: Final = re.compile(r"comment|forum|related|sidebar|item|teaser|footer", re.IGNORECASE)
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
        published: ISO 8601, with the precision that was found.
        free: whether everybody may read it (isAccessibleForFree); None when it does not say.
        kinds: the types of schema.org it gives itself, in small letters.
        expected: how many words it says it has, 0 when it does not.
    """

    title: tuple[Reading, ...] = ()
    authors: tuple[Names, ...] = ()
    source: tuple[Reading, ...] = ()
    published: tuple[Reading, ...] = ()
    section: str = ""
    language: str = ""
    rights: str = ""
    lead: str = ""
    canonical: str = ""
    free: bool | None = None
    kinds: frozenset[str] = frozenset()
    expected: int = 0


def read(tree: etree._Element, shown: Sequence[Run], *, page: str, url: str) -> Metadata:
    """Read what a page says of itself. ``shown`` are the runs of its text."""
    metas = _metas(tree)
    told = _titles(tree, metas)
    nodes = linked_data.nodes(tree)
    about = linked_data.article(nodes, titles=tuple(text for text, _o in told), url=url) or {}
    source = _source(metas, nodes, about, tree, url)
    name = source[0].value if source else ""
    headline = linked_data.text(about.get("headline"))
    told += [(headline, "jsonld")] if headline else []
    return Metadata(
        title=tuple(Reading(*one) for one in titles.ranked(told, source=name)),
        authors=_authors(tree, metas, about, nodes, source=name),
        source=source,
        published=_published(metas, about, shown, page=page, url=url),
        section=_first(metas, "article:section") or linked_data.text(about.get("articleSection")),
        language=_language(tree, metas, about),
        rights=linked_data.text(about.get("license")) or _first(metas, "copyright", "dc.rights"),
        lead=_first(metas, "og:description", "description", "twitter:description"),
        canonical=_canonical(tree, metas),
        free=_free(nodes),
        kinds=frozenset(kind for one in nodes for kind in linked_data.kinds(one)),
        expected=_expected(about),
    )


def _metas(tree: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in tree.iter("meta"):
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").lower()
        content = collapse((one.get("content") or "")[:2_000])
        if name and content:
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
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    if not found and host:
        found = [_named_in_title(tree, host)]
    return _distinct(one for one in found if "//" not in one.value)


def _named_in_title(tree: etree._Element, host: str) -> Reading:
    """Read the site's name off the window's title, when it is that of its host."""
    packed = re.sub(r"\W+", "", host.rpartition(".")[0])
    for one in list(tree.iter("title"))[:1]:
        for part in re.split(r"\s+[|–—•·»:-]\s+|\s*\|\s*", _text(one)):
            if packed and re.sub(r"\W+", "", key(part)) == packed:
                return Reading(part, "meta")
    return Reading(host, "address")


def _distinct(found: Iterator[Reading]) -> tuple[Reading, ...]:
    seen: dict[str, Reading] = {}
    for one in found:
        if key(one.value):
            seen.setdefault(key(one.value), one)
    return tuple(seen.values())[:_MOST]


def _authors(
    tree: etree._Element,
    metas: Mapping[str, Sequence[str]],
    about: Node,
    nodes: Sequence[Node],
    *,
    source: str,
) -> tuple[Names, ...]:
    told = linked_data.names(_resolved(about.get("author"), nodes))
    groups = [
        (people.cleaned(told, source=source), "jsonld"),
        *(
            (people.cleaned(metas[name], source=source), "meta")
            for name in _AUTHORS
            if name in metas
        ),
        (people.cleaned([_supposed(tree)], source=source), "page"),
        (people.byline(tree, source=source), "page"),
        # An organisation that signs as such: the page says so, and nobody else does.
        (tuple(one[:200] for one in told if "//" not in one)[:4], "jsonld"),
    ]
    found: dict[tuple[str, ...], Names] = {}
    for names, origin in people.first_people(groups):
        found.setdefault(names, Names(names, origin))
    return tuple(found.values())[:_MOST]


def _supposed(tree: etree._Element) -> str:
    """Ask trafilatura, which knows more ways of signing."""
    from trafilatura.metadata import extract_metadata

    try:
        return str(getattr(extract_metadata(tree), "author", "") or "")
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, KeyError):
        return ""


def _resolved(value: object, nodes: Sequence[Node]) -> object:
    """Follow ``{"@id": …}`` to the object that bears the name."""
    some = value if isinstance(value, list) else [value]
    by_id = {one.get("@id"): one for one in nodes if isinstance(one.get("@id"), str)}
    return [
        by_id.get(one.get("@id"), one) if isinstance(one, Mapping) and not one.get("name") else one
        for one in some[:30]
    ]


def _published(
    metas: Mapping[str, Sequence[str]], about: Node, shown: Sequence[Run], *, page: str, url: str
) -> tuple[Reading, ...]:
    found = [(linked_data.text(about.get("datePublished")), "jsonld")]
    found += [(metas[name][0], "meta") for name in _PUBLISHED if name in metas]
    read_ = [Reading(day, origin) for text, origin in found if (day := day_of(text))]
    visible = [Reading(day, "page") for day in _dateline(shown)]
    address = _IN_ADDRESS.search(url)
    local = [Reading("-".join(address.groups()), "address")] if address else []
    guessed = [] if read_ or visible or local else _guessed(page, url)
    universal = any(text.endswith(_UNIVERSAL) for text, _origin in found[:2])
    if universal and local and read_ and _are_neighbours(read_[0].value, local[0].value):
        # A moment in universal time may fall on the eve, or on the morrow, of the day it is here.
        return _distinct(iter([*local, *read_, *visible]))
    return _distinct(iter([*read_, *local, *visible, *guessed]))


def _are_neighbours(one: str, other: str) -> bool:
    from datetime import date

    with suppress(ValueError):
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1
    return False


def _dateline(shown: Sequence[Run]) -> Iterator[str]:
    """Give the dates that the page shows as its own: in a short line, with who or "published"."""
    for one in shown[:2_000]:
        if len(one.text) > _SHORT or not any(letter.isdigit() for letter in one.text):
            continue
        dated = find_dates(one.text)
        folded = key(one.text)
        if not dated or _UPDATED.search(folded) or _is_elsewhere(one):
            continue
        alone = dated[0].end - dated[0].start > 0.6 * len(one.text)
        if len(dated[0].iso) == 10 and (alone or _DATELINE.search(folded)):
            yield dated[0].iso
            return


def _is_elsewhere(one: Run) -> bool:
    return any(
        node.tag in _NOT_DATED or _TALK.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        for node in ancestors(one.owner, most=8)
        if node.tag not in {"body", "html"}
    )


def _guessed(page: str, url: str) -> list[Reading]:
    """Ask htmldate, which reads what is left: times in the markup, dates in the text."""
    import htmldate

    if len(page) > 3_000_000:
        return []
    try:
        found = htmldate.find_date(page, original_date=True, extensive_search=True, url=url or None)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError, OverflowError):
        return []
    if not found or found.endswith("-01-01"):
        # A year alone, most often that of the copyright: not a day of publication.
        return []
    return [Reading(found, "text")]


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
            return str(link.get("href")).strip()
    return _first(metas, "og:url")


def _free(nodes: Sequence[Node]) -> bool | None:
    told = [one["isAccessibleForFree"] for one in nodes if "isAccessibleForFree" in one]
    flat = [str(value[0] if isinstance(value, list) and value else value).lower() for value in told]
    if any(value in {"false", "no", "0"} for value in flat):
        return False
    return True if flat else None


def _expected(about: Node) -> int:
    told = about.get("wordCount")
    if isinstance(told, int | str) and str(told).isdecimal():
        return min(int(told), 200_000)
    body = about.get("articleBody")
    return len(body.split()) if isinstance(body, str) else 0
