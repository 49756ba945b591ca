"""Which of the things that feedparser found is the address, the title, the date of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from veille.feeds.dates import moment
from veille.feeds.parsed import Entry
from veille.feeds.plain import absolute, as_html, clean, language, lines, one_line, with_addresses

Found = Mapping[str, Any]
LONGEST_TITLE: Final = 500
LONGEST_BODY: Final = 400_000
_LONGEST_GUID: Final = 4_000
_LONGEST_NAME: Final = 200
_MOST_NAMES: Final = 20
_MOST_SECTIONS: Final = 50
_LONGEST_DATE: Final = 200
_MARKUP: Final = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN: Final = "text/plain"
_MAIL: Final = re.compile(
    r"[(<\[]?\s?(?:mailto:)?[^\s<>()\[\]@:]{1,99}@[^\s<>()\[\]@]{1,99}\s?[)>\]]?"
)
_AROUND: Final = re.compile(r"\A[\s,;:-]*\((?P<name>[^()]*)\)[\s,;:-]*\Z")


@dataclass(frozen=True, slots=True)
class Around:
    """What an article takes from its feed.

    Attributes:
        base: what a relative address is seen from.
        authors: of the feed, for an article of Atom that names none.
    """

    form: str
    base: str
    language: str
    authors: tuple[str, ...]
    received: int


def entry_of(found: Found, around: Around) -> Entry:
    """Make an entry of what feedparser found."""
    address = url_of(found, around.base)
    summary, content = _texts(found, address or around.base)
    published, updated, dated = _dates(found, around.received)
    return Entry(
        guid=clean(_text(found, "id"), longest=_LONGEST_GUID),
        url=address,
        title=title_of(found, around.form),
        authors=authors_of(found) or _inherited(found, around),
        published=published,
        updated=updated,
        dated=dated,
        summary=summary,
        content=content,
        sections=_sections(found),
        language=_language(found) or around.language,
    )


def title_of(found: Found, form: str, *, name: str = "title") -> str:
    """Give a title, or another line, as plain text."""
    kind = _mapping(found, f"{name}_detail").get("type", "")
    # Atom says when a "<" is a word of the title; elsewhere, a tag is a tag.
    is_html = kind in _MARKUP or not form.startswith("atom")
    text = _text(found, name) or _text(found, f"media{name}")
    return one_line(text, is_html=is_html, longest=LONGEST_TITLE)


def url_of(found: Found, base: str) -> str:
    """Give the address of an article: the page itself, rather than a counter or a sound file."""
    told = [
        _text(found, "feedburner_origlink"),
        *(href for kind in (True, False) for href in _alternates(found, is_page=kind)),
        _text(found, "id") if _is_link(found) else "",
        *(_text(one, "href") for one in _list(found, "links") if one.get("rel") == "enclosure"),
    ]
    return next((address for one in told if one and (address := absolute(base, one))), "")


def authors_of(found: Found) -> tuple[str, ...]:
    """Give the names of authors, without their mail addresses."""
    # Under the name that the sieve gives them.
    names = (_text(one, "name") for one in _list(found, "contributors"))
    return lines((_person(name) for name in names), longest=_LONGEST_NAME, most=_MOST_NAMES)


def _inherited(found: Found, around: Around) -> tuple[str, ...]:
    """Give the authors that Atom lets an entry have from where it came, or from its feed."""
    if not around.form.startswith("atom"):
        return ()
    return authors_of(_mapping(found, "source")) or around.authors


def _person(text: str) -> str:
    """Give the name of « mail (Name) » or « Name <mail> »; a mail address alone is no name."""
    rest = _MAIL.sub(" ", text) if "@" in text else text
    inside = _AROUND.match(rest) if rest != text else None
    return inside["name"] if inside else rest


def _alternates(found: Found, *, is_page: bool) -> Iterator[str]:
    for one in _list(found, "links"):
        if one.get("rel") == "alternate" and (one.get("type") in _MARKUP) == is_page:
            yield _text(one, "href")


def _is_link(found: Found) -> bool:
    """Say whether the guid is an address. RSS takes it for one when the feed does not say."""
    guid = _text(found, "id").lower()
    return "notalink" not in found and guid.startswith(("http://", "https://", "/"))


def _texts(found: Found, base: str) -> tuple[str, str]:
    """Give the summary and the article, as HTML with absolute addresses."""
    told_whole = [(one.get("type") in _MARKUP, _html(one, base)) for one in _list(found, "content")]
    whole = max(told_whole, key=lambda one: (bool(one[1]), one[0], len(one[1])), default=(0, ""))[1]
    detail = _mapping(found, "summary_detail")
    told = {**detail, "value": _text(found, "summary")}
    summary = _html(told, base)
    if not summary:
        value = _text(found, "dcabstract") or _text(found, "mediatext")
        summary = _html({"type": _guess(value), "value": value}, base)
    # Where there is only one text, feedparser gives it twice.
    return ("" if summary == whole else summary), whole


def _html(detail: Found, base: str) -> str:
    kind = detail.get("type") or "text/html"
    if kind not in _MARKUP and kind != _PLAIN:
        return ""
    text = clean(_text(detail, "value"), longest=LONGEST_BODY)
    if kind == _PLAIN:
        return as_html(text)[:LONGEST_BODY]
    # An xml:base of the feed counts; without one, pictures are beside the article.
    return with_addresses(text, base=_text(detail, "base") or base)[:LONGEST_BODY]


def _guess(text: str) -> str:
    return (
        "text/html"
        if re.search(r"</?[a-z][^<>]{0,500}>|&#?\w{2,8};", text, re.IGNORECASE)
        else _PLAIN
    )


def _dates(found: Found, received: int) -> tuple[int, int, str]:
    published, dated = _first(found, ("published", "created"), received)
    updated, dated_too = _first(found, ("updated",), received)
    return published or updated, updated, (dated if published or not updated else "") or dated_too


def _first(found: Found, names: tuple[str, ...], received: int) -> tuple[int, str]:
    """Give the first date that says something, with how it is written."""
    told = [(name, clean(_text(found, name), longest=_LONGEST_DATE)) for name in names]
    for _, text in told:
        if when := moment(text, received=received):
            return when, text
    for name, text in told:
        if when := _struct(_plainly(found, f"{name}_parsed")):
            return when, text
    return 0, next((text for _, text in told if text), "")


def _struct(told: Any) -> int:
    """Give the moment that feedparser read: it knows Greek, Korean and Hungarian dates too."""
    try:
        year, month, day, hour, minute, second = told[:6]
        when = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (TypeError, ValueError):
        return 0
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _sections(found: Found) -> tuple[str, ...]:
    tags = (_text(one, "label") or _text(one, "term") for one in _list(found, "tags"))
    return lines(tags, longest=_LONGEST_NAME, most=_MOST_SECTIONS)


def _language(found: Found) -> str:
    told = (_text(found, "language"), _text(_mapping(found, "title_detail"), "language"))
    return next((name for one in told if (name := language(one))), "")


def _plainly(found: Found, name: str) -> Any:
    # The keys as they are: feedparser's own look-up gives one date for another.
    return dict.get(found, name) if isinstance(found, dict) else found.get(name)


def _text(found: Found, name: str) -> str:
    value = _plainly(found, name)
    return value if isinstance(value, str) else ""


def _list(found: Found, name: str) -> list[Found]:
    value = _plainly(found, name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _mapping(found: Found, name: str) -> Found:
    value = _plainly(found, name)
    return value if isinstance(value, dict) else {}
