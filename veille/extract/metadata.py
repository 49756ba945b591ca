"""Title, source, language and date: what the page says of itself, never what it does not say."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from lxml import etree

from veille.domain.text import collapse, key

_SEPARATORS: Final = re.compile(r"\s+[|–—•·»:-]\s+|\s*\|\s*")
_LANGUAGE: Final = re.compile(r"([a-zA-Z]{2,3})(?:[-_].*)?\Z")
_FRENCH: Final = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "de",
        "un",
        "une",
        "et",
        "est",
        "dans",
        "pour",
        "que",
        "qui",
        "sur",
        "avec",
        "par",
        "au",
        "aux",
        "pas",
        "plus",
        "ce",
        "cette",
        "il",
        "elle",
        "sont",
        "été",
        "nous",
        "vous",
        "leur",
        "ses",
        "ou",
        "mais",
        "comme",
    ]
)
_ENGLISH: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "that",
        "for",
        "on",
        "with",
        "as",
        "was",
        "by",
        "at",
        "it",
        "from",
        "are",
        "this",
        "be",
        "have",
        "has",
        "an",
        "not",
        "his",
        "her",
        "they",
        "we",
        "you",
        "or",
        "but",
        "which",
        "will",
    ]
)


def title(tree: etree._Element, guess: str, source: str) -> str:
    """Choose the title: what the page shows (h1) when its metadata agree, else the metadata."""
    metas = [*_metas(tree, "og:title"), *_metas(tree, "twitter:title")]
    named = [*metas, *(_text(one) for one in tree.iter("title"))]
    shown = [text for text in (_text(one) for one in tree.iter("h1")) if text]
    for text in shown:
        if any(key(text) in key(one) for one in named) and len(text) > 8:
            return text
    if metas:
        return without_site(metas[0], source)
    return without_site(guess or (named[0] if named else "") or (shown[0] if shown else ""), source)


def without_site(text: str, source: str) -> str:
    """Take the site's name off the end of a title."""
    text = collapse(text)
    last = None
    for match in _SEPARATORS.finditer(text):
        last = match
    if last is None:
        return text
    tail, head = text[last.end() :], text[: last.start()]
    is_site = key(tail).replace(" ", "") == key(source).replace(" ", "") or (
        source and key(source) in key(tail)
    )
    return head if is_site and head else text


def language(tree: etree._Element | None, text: str) -> str:
    """Give the language of a text: what it reads like, else what the page declares."""
    counts = Counter(re.findall(r"[a-zàâçéèêëîïôûùœ]+", text[:20_000].lower()))
    french = sum(counts[word] for word in _FRENCH)
    english = sum(counts[word] for word in _ENGLISH)
    total = sum(counts.values())
    if total >= 20 and max(french, english) * 8 > total:
        return "fr" if french > english else "en"
    root = tree.getroottree().getroot() if tree is not None else None
    declared = _LANGUAGE.match(root.get("lang") or "") if root is not None else None
    return declared[1].lower() if declared else ""


def canonical_link(tree: etree._Element) -> str:
    """Give the address the page gives itself, "" when it does not."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href")).strip()
    return next(iter(_metas(tree, "og:url")), "")


def _metas(tree: etree._Element, name: str) -> list[str]:
    return [
        collapse(one.get("content") or "")
        for one in tree.iter("meta")
        if (one.get("property") or one.get("name") or "").lower() == name
        and (one.get("content") or "").strip()
    ]


def _text(node: etree._Element) -> str:
    return collapse("".join(str(part) for part in node.itertext()))
