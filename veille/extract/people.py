"""Who signed an article: names as the page gives them, less what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lxml import etree

from veille.domain.text import collapse, key
from veille.extract.tree import ancestors

_AROUND: Final = re.compile(
    r"^(?:(?:un )?(?:article|texte|photos?|reportage|interview|propos(?: recueillis)?|dossier|enquete"
    r"|enquête|r[ée]dig[ée]|[ée]crit|publi[ée]|post[ée]|sign[ée]|written|posted|published|reported"
    r"|story|words|view all posts|zum profil|artikel|text|redaktion|auteur|autrice|author|autor(?:in)?)"
    r"\s*:?\s+)?(?:(?:par|by|von|di|por|de la part de)\s*:?\s+)?",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"\s*(?:[(|•·–—]|\bpublished\b|\bpubli[ée]\b|\bupdated\b|\bmis à jour\b|\bavec\b|\bwith\b"
    r"|\ble \d|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)|\d{1,2}[./ ]).*$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*(?:;|\||/|,?\s+(?:et|and|und|y|&)\s+|,\s+)\s*")
# What a site writes where a name should stand.
_NOBODY: Final = re.compile(
    r"https?:|www\.|@|\[at\]|\d|\b(?:admin(?:istrat\w*)?|webmaster|newsroom|staff|editors?|editorial"
    r"|r[ée]daction|redaktion|team|desk|contributors?|agencies|facebook|twitter|linkedin|comments?"
    r"|contact|newsletter|read|lire|abonn\w*|subscribe|suivre|follow|share|partager|minutes?|menu"
    r"|search|recherche|author|auteurs?|article|published|profile|biographie|voir|plus|all|posts?)\b",
    re.IGNORECASE,
)
_PARTICLE: Final = frozenset(
    {
        "de",
        "du",
        "des",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "al",
        "el",
        "ben",
    }
)
_BYLINE: Final = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|auteurs?|autor|writer|signature|journalist\w*|post-author"
    r"|author-?name|entry-author|article-author)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_OURS: Final = re.compile(
    r"comment|related|sidebar|footer|recommend|teaser|popular", re.IGNORECASE
)
_SIGNED: Final = re.compile(
    r"^(?:par|by|propos recueillis par|texte\s*:|[ée]crit par|written by)\s+(.{3,80})$",
    re.IGNORECASE,
)
_LONGEST: Final = 60


def cleaned(names: Iterable[str], *, source: str = "") -> tuple[str, ...]:
    """Give the names in some texts, one by one, without labels, functions and the site's own."""
    found: dict[str, None] = {}
    for text in names:
        if "://" in text:
            continue
        bare = _AFTER.sub("", _AROUND.sub("", collapse(text)[:300]))
        for part in _BETWEEN.split(bare)[:20]:
            name = part.strip(" .,:-–—|•")
            if 1 < len(name) <= _LONGEST and not _NOBODY.search(name) and key(name) != key(source):
                found[name] = None
    return tuple(found)


def is_person(name: str) -> bool:
    """Tell a person's name by its shape: two to five words, capitals but for particles."""
    words = re.split(r"[\s\u00a0]+", name)
    return 2 <= len(words) <= 5 and all(
        word.lower() in _PARTICLE or word[:1].isupper() or word[:2].lower() in {"d'", "d’"}
        for word in words
    )


def byline(tree: etree._Element, *, source: str) -> tuple[str, ...]:
    """Give the people a page says it is by: its marked bylines, else a line "Par …"."""
    for text in _marked(tree):
        people = [one for one in cleaned([text], source=source) if is_person(one)]
        if people:
            return tuple(people[:8])
    return ()


def _marked(tree: etree._Element) -> Iterator[str]:
    marked: list[tuple[int, str]] = []
    for number, node in enumerate(tree.iter()):
        if number > 60_000 or not isinstance(node.tag, str):
            continue
        rank = _rank(node)
        if rank is None or _is_elsewhere(node):
            continue
        text = collapse(" ".join(node.itertext()))[:200]
        if 3 < len(text) < 160:
            marked.append((rank, text))
    yield from (text for _rank_, text in sorted(marked, key=lambda one: one[0])[:40])


def _rank(node: etree._Element) -> int | None:
    """Tell how clearly an element says that it names the author; None when it does not."""
    if (node.get("itemprop") or "") == "author" or "author" in (node.get("rel") or "").split():
        return 0
    told = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    if told.strip() and _BYLINE.search(told):
        return 1
    if node.tag in {"p", "div", "span", "address"} and len(node) < 4:
        text = collapse("".join(node.itertext())[:120]) if node.text else ""
        if _SIGNED.match(text):
            return 2
    return None


def _is_elsewhere(node: etree._Element) -> bool:
    return any(
        one.tag in {"aside", "footer", "nav"}
        or _NOT_OURS.search(f"{one.get('class') or ''} {one.get('id') or ''}"[:300])
        for one in ancestors(node, most=8)
        if one.tag not in {"body", "html"}
    )


def first_people(
    groups: Sequence[tuple[tuple[str, ...], str]],
) -> list[tuple[tuple[str, ...], str]]:
    """Order groups of names: those with somebody in them before organisations."""
    return sorted(
        (one for one in groups if one[0]), key=lambda one: not any(is_person(n) for n in one[0])
    )
