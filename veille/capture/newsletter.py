"""The articles that a newsletter or an alert points to: links that read like titles."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from veille.capture.caught import Linked
from veille.domain.text import collapse, fold, word_count
from veille.extract.address import canonical
from veille.extract.tree import ancestors, parsed

_MOST: Final = 100
_FEW_WORDS: Final = 4
_LONGEST: Final = 300
# What stands in every newsletter and is none of its articles.
_SERVICE: Final = re.compile(
    r"desabonn|desinscri|unsubscribe|se desinscrire|preferences|gerer (?:vos|mes)|manage your"
    r"|(?:voir|lire|afficher|consulter|visualis\w+) (?:ce|cet|cette|le|la)?.{0,30}(?:navigateur|en ligne|ligne)"
    r"|view (?:this|in|it).{0,20}browser|politique de confidentialite|privacy|mentions legales"
    r"|(?:suivez|retrouvez|rejoignez)[- ]nous|follow us|facebook|twitter|linkedin|instagram"
    r"|signaler (?:comme|un)|marquer comme non pertinent|flag as irrelevant|modifier cette alerte"
    r"|cree(?:r|z) (?:une|votre)|s'abonner|abonnez-vous|subscribe|transferer a un ami|forward to"
    r"|conditions (?:generales|d'utilisation)|contactez|nous contacter|cliquez ici"
)
_WRAPPED: Final = (
    "url",
    "u",
    "target",
    "redirect",
    "redirect_url",
    "dest",
    "destination",
    "q",
    "link",
)


def links(page: str) -> tuple[Linked, ...]:
    """Give the articles a mail points to, in order, each once."""
    tree = parsed(page)
    if tree is None:
        return ()
    found: dict[str, Linked] = {}
    for node in list(tree.iter("a"))[: 20 * _MOST]:
        title = collapse("".join(node.itertext())[:_LONGEST])
        url = unwrapped((node.get("href") or "").strip())
        if not url or _SERVICE.search(fold(title)) or not _reads_like_a_title(node, title):
            continue
        found.setdefault(canonical(url), Linked(title, url))
        if len(found) == _MOST:
            break
    # One link alone is what a mail is about, not a list of articles.
    return tuple(found.values()) if len(found) > 1 else ()


def _reads_like_a_title(node: etree._Element, title: str) -> bool:
    words = word_count(title)
    in_heading = any(one.tag in {"h1", "h2", "h3", "h4"} for one in ancestors(node, most=4))
    return words >= _FEW_WORDS or (in_heading and words >= 2)


def unwrapped(url: str) -> str:
    """Take an address out of the one that counts clicks, where it can be read; "" for none."""
    for _turn in range(3):
        try:
            parts = urlsplit(url)
            asked = parse_qs(parts.query, max_num_fields=60)
        except ValueError:
            return ""
        if parts.scheme not in {"http", "https"}:
            return ""
        inner = next(
            (
                asked[name][0]
                for name in _WRAPPED
                if name in asked and asked[name][0].startswith(("http://", "https://"))
            ),
            "",
        )
        if not inner:
            return url[:4_000]
        url = inner
    return url[:4_000]
