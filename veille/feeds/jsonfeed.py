"""JSON Feed 1.0 and 1.1, which feedparser does not know."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from veille.domain.errors import NotAFeed
from veille.feeds.dates import moment
from veille.feeds.parsed import Entry, Feed
from veille.feeds.plain import absolute, as_html, clean, language, lines, one_line, with_addresses

Found = Mapping[str, Any]
_ENTRIES: Final = 2_000
_LONGEST_TITLE: Final = 500
_LONGEST_BODY: Final = 400_000
_LONGEST_GUID: Final = 4_000
_LONGEST_NAME: Final = 200
_LONGEST_DATE: Final = 200
_MOST_NAMES: Final = 20
_MOST_SECTIONS: Final = 50
_ITEMS: Final = re.compile(r'"items"\s{0,99}:\s{0,99}\[')
_NEXT: Final = re.compile(r"\s*+,?\s*+(?=\{)")
_VERSION: Final = re.compile(
    r"\Ahttps?://(?:www\.)?jsonfeed\.org/version/1(?:\.(\d))?", re.IGNORECASE
)


def parse(text: str, *, url: str, received: int) -> Feed:
    """Read a JSON Feed; what is missing or of a wrong kind is left out.

    Args:
        text: the document, decoded.
        url: where it was fetched.
        received: in milliseconds since 1970, UTC.

    Raises:
        NotAFeed: no JSON, or one that lists no articles.
    """
    told = _read(text)
    version = _VERSION.match(_text(told, "version")) if isinstance(told, dict) else None
    if not isinstance(told, dict) or not (version or _looks_like_one(told)):
        raise NotAFeed(url=url)
    site = absolute(url, _text(told, "home_page_url"))
    authors, tongue = _authors(told), language(_text(told, "language"))
    items = [one for one in _list(told, "items") if isinstance(one, dict)]
    return Feed(
        title=_line(told, "title"),
        site=site,
        language=tongue,
        description=_line(told, "description"),
        form=f"json1{(version and version[1]) or 0}",
        entries=tuple(
            _entry(one, base=site or url, authors=authors, tongue=tongue, received=received)
            for one in items[:_ENTRIES]
        ),
        minutes=0,
        moved="",
    )


def _read(text: str) -> Any:
    """Read JSON; of one that is cut short, what is whole. None when there is nothing to read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        begun = _ITEMS.search(text)
    if begun is None:
        return None
    try:
        told = json.loads(f"{text[: begun.end()]}]}}")
    except (ValueError, RecursionError):
        return None
    return {**told, "items": _whole(text, begun.end())} if isinstance(told, dict) else None


def _whole(text: str, at: int) -> list[Any]:
    """Give the values of a list that has no end."""
    found: list[Any] = []
    decoder = json.JSONDecoder()
    while len(found) < _ENTRIES and (begun := _NEXT.match(text, at)):
        try:
            one, at = decoder.raw_decode(text, begun.end())
        except (ValueError, RecursionError):
            break
        found.append(one)
    return found


def _looks_like_one(told: Found) -> bool:
    """Recognise a feed that forgot its version: a title, and a list of things with an id or url."""
    items = told.get("items")
    if not isinstance(items, list) or not isinstance(told.get("title"), str):
        return False
    return all(isinstance(one, dict) and ("id" in one or "url" in one) for one in items)


def _entry(
    told: Found, *, base: str, authors: tuple[str, ...], tongue: str, received: int
) -> Entry:
    guid = _id(told)
    links = (_text(told, "url"), _text(told, "external_url"), guid if "://" in guid else "")
    address = next((found for one in links if one and (found := absolute(base, one))), "")
    published, updated = _text(told, "date_published"), _text(told, "date_modified")
    when, changed = moment(published, received=received), moment(updated, received=received)
    return Entry(
        guid=guid,
        url=address,
        title=_line(told, "title"),
        authors=_authors(told) or authors,
        published=when or changed,
        updated=changed,
        dated=clean((published if when or not changed else "") or updated, longest=_LONGEST_DATE),
        summary=as_html(clean(_text(told, "summary"), longest=_LONGEST_BODY))[:_LONGEST_BODY],
        content=_content(told, address or base),
        sections=lines(
            (one for one in _list(told, "tags") if isinstance(one, str)),
            longest=_LONGEST_NAME,
            most=_MOST_SECTIONS,
        ),
        language=language(_text(told, "language")) or tongue,
    )


def _content(told: Found, base: str) -> str:
    markup = clean(_text(told, "content_html"), longest=_LONGEST_BODY)
    if markup:
        return with_addresses(markup, base=base)[:_LONGEST_BODY]
    return as_html(clean(_text(told, "content_text"), longest=_LONGEST_BODY))[:_LONGEST_BODY]


def _id(told: Found) -> str:
    """Give the id as text: some programs write a number."""
    value = told.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean(_text(told, "id"), longest=_LONGEST_GUID)


def _authors(told: Found) -> tuple[str, ...]:
    """Give the names of 1.1's list, else of 1.0's only author."""
    people = [*_list(told, "authors"), told.get("author")]
    names = [_text(one, "name") if isinstance(one, dict) else one for one in people]
    return lines(
        (one for one in names if isinstance(one, str)), longest=_LONGEST_NAME, most=_MOST_NAMES
    )


def _line(told: Found, name: str) -> str:
    # Plain text by the specification, escaped HTML by habit.
    return one_line(_text(told, name), is_html=False, longest=_LONGEST_TITLE)


def _list(told: Found, name: str) -> list[Any]:
    value = told.get(name)
    return value if isinstance(value, list) else []


def _text(told: Found, name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
