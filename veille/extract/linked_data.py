"""What a page says of itself in JSON-LD (schema.org), however badly it is written."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lxml import etree

from veille.domain.text import collapse, key

ARTICLES: Final = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
        "backgroundnewsarticle", "reviewnewsarticle", "blogposting", "liveblogposting",
        "socialmediaposting", "techarticle", "scholarlyarticle", "report", "advertisercontentarticle",
        "interview", "discussionforumposting", "satiricalarticle", "newsreport",
    }
)  # fmt: skip
_PAGES: Final = frozenset(
    {"webpage", "itempage", "posting", "videoobject", "recipe", "howto", "review"}
)
_LARGEST: Final = 2_000_000
_MOST: Final = 400
_DEEP: Final = 12
_COMMENT: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING: Final = re.compile(r",(\s*[}\]])")
Node = Mapping[str, Any]


def nodes(tree: etree._Element) -> list[Node]:
    """Give every object of every JSON-LD script of a page, bounded."""
    found: list[Node] = []
    for script in tree.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text:
            found.extend(_walk(_loaded(script.text[:_LARGEST]), _DEEP))
        if len(found) > _MOST:
            break
    return found[:_MOST]


def article(found: list[Node], *, titles: tuple[str, ...], url: str) -> Node | None:
    """Choose the object that speaks of this page: of the right kind, best by title and address."""
    known = {key(one) for one in titles if one}
    rivals = [one for one in found if kinds(one) & ARTICLES and "comment" not in kinds(one)] or [
        one
        for one in found
        if kinds(one) & _PAGES
        and (one.get("headline") or one.get("author") or one.get("datePublished"))
    ]

    def nearness(one: Node) -> int:
        headline = key(text(one.get("headline") or one.get("name")))
        places = (text(one.get("url")), text(one.get("@id")), text(one.get("mainEntityOfPage")))
        same_url = bool(url) and any(url.rstrip("/") in place for place in places if place)
        about = any(headline and (headline in one or one in headline) for one in known)
        return 4 * about + 2 * same_url + bool(one.get("articleBody"))

    return max(rivals, key=nearness, default=None)


def kinds(one: Node) -> set[str]:
    """Give the types of an object, in small letters, without the vocabulary's address."""
    told = one.get("@type")
    some = told if isinstance(told, list) else [told]
    return {str(name).rpartition("/")[2].lower() for name in some if isinstance(name, str)}


def text(value: object) -> str:
    """Give a value as one line of text; of an object, its name, title or address."""
    if isinstance(value, list):
        value = next((one for one in value if one), "")
    if isinstance(value, Mapping):
        value = next(
            (
                value[name]
                for name in ("name", "headline", "@value", "@id", "url")
                if value.get(name)
            ),
            "",
        )
    if not isinstance(value, str):
        return ""
    return collapse(entities.unescape(re.sub(r"<[^<>]{1,200}>", " ", value[:20_000])))


def names(value: object) -> tuple[str, ...]:
    """Give the names of people or organisations in a value."""
    some = value if isinstance(value, list) else [value]
    found = (text(one) for one in some[:30])
    return tuple(dict.fromkeys(one for one in found if one and "//" not in one))


def resolved(value: object, found: Sequence[Node]) -> object:
    """Follow ``{"@id": …}`` to the object that bears the name."""
    some = value if isinstance(value, list) else [value]
    by_id = {
        one.get("@id"): one for one in found if isinstance(one.get("@id"), str) and one.get("name")
    }
    return [
        by_id.get(one.get("@id"), one) if isinstance(one, Mapping) and not one.get("name") else one
        for one in some[:30]
    ]


def persons(value: object) -> frozenset[str]:
    """Give the names in a value that it says are those of persons."""
    some = value if isinstance(value, list) else [value]
    return frozenset(
        text(one) for one in some[:30] if isinstance(one, Mapping) and "person" in kinds(one)
    )


def free(found: Sequence[Node]) -> bool | None:
    """Tell whether everybody may read the page; None when it does not say."""
    told = [one["isAccessibleForFree"] for one in found if "isAccessibleForFree" in one]
    flags = [_flag(value) for value in told]
    return False if False in flags else True if flags else None


def closed(found: Sequence[Node]) -> tuple[str, ...]:
    """Give the CSS selectors of the parts of a page that are not free (hasPart)."""
    told = (
        one.get("cssSelector") for one in found if _flag(one.get("isAccessibleForFree")) is False
    )
    return tuple(one for one in told if isinstance(one, str))[:20]


def _flag(value: object) -> bool | None:
    told = value[0] if isinstance(value, list) and value else value
    if told is None:
        return None
    return str(told).lower().rpartition("/")[2] not in {"false", "no", "0"}


def expected(about: Node) -> int:
    """Give how many words an article says it has, 0 when it does not."""
    told = about.get("wordCount")
    if isinstance(told, int | str) and str(told).isdecimal() and len(str(told)) < 8:
        return min(int(told), 200_000)
    body = about.get("articleBody")
    return len(body[:2_000_000].split()) if isinstance(body, str) else 0


def _loaded(source: str) -> object:
    """Read JSON that was written by hand, or inside a comment. None when it makes no sense."""
    stripped = _COMMENT.sub("", _COMMENT.sub("", source.strip()))
    for attempt in (stripped, _TRAILING.sub(r"\1", stripped), entities.unescape(stripped)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value[:_MOST]:
            yield from _walk(one, depth - 1)
    elif isinstance(value, Mapping):
        if "@type" in value:
            yield value
        for name, one in list(value.items())[:200]:
            if isinstance(one, list | Mapping) and name not in {"comment", "review"}:
                yield from _walk(one, depth - 1)
