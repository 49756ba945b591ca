"""The bytes of a feed in, what it says out: RSS, Atom and JSON Feed, well-formed or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from veille.domain.errors import NotAFeed
from veille.feeds import decoded, jsonfeed
from veille.feeds.fields import Around, authors_of, entry_of, title_of
from veille.feeds.parsed import Feed
from veille.feeds.plain import absolute, language
from veille.feeds.sieve import ENTRIES, Sieve, sift

# What two thousand long articles have: beyond, somebody wants to keep us busy.
_MOST_TAGS: Final = 400_000
_MINUTES: Final = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200,
                   "yearly": 525_600}  # fmt: skip
# What feedparser may stumble on, in a document of a shape that its authors did not think of.
_STUMBLES: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def parse(data: bytes, *, url: str, content_type: str = "", received: int) -> Feed:
    """Read a feed.

    Args:
        data: the answer as it came, at most some 20 MiB.
        url: where it was fetched in the end: what relative addresses are seen from.
        content_type: the header of the answer. It never decides whether this is a feed.
        received: when it came in, in milliseconds since 1970, UTC: "yesterday" is seen from there.

    Returns:
        What the feed says, at most 2,000 entries, in its order. Broken input is read as far as
        it goes.

    Raises:
        NotAFeed: a page, or anything else that is no feed.
    """
    text = decoded.decode(data, content_type=content_type)
    if text.startswith("{"):
        return jsonfeed.parse(text, url=url, received=received)
    text = _cut(decoded.from_root(text))
    sieve = sift(text, url=url)
    if not text or not _is_feed(sieve):
        raise NotAFeed(url=url)
    return _feed(_parsed(sieve, url), sieve, url=url, received=received)


class _Given:
    """Bytes to be read: feedparser takes bytes alone for the name of a file, and opens it."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self) -> bytes:
        return self._data


def _cut(text: str) -> str:
    """Keep the beginning of a feed that has no end; what is cut is read like a broken download."""
    if text.count("<") <= _MOST_TAGS:
        return text
    return "<".join(text.split("<", _MOST_TAGS)[:_MOST_TAGS])


def _is_feed(sieve: Sieve) -> bool:
    # Any vocabulary may stand in RDF.
    is_rss = sieve.is_rss or sieve.seen["channel"] or sieve.seen["item"]
    return bool(sieve.root) and bool(sieve.root != "rdf:rdf" or is_rss)


def _parsed(sieve: Sieve, url: str) -> Mapping[str, Any]:
    import feedparser

    try:
        # Sanitising is one room's work, done on what is kept. Addresses are resolved in fields,
        # where an article's own is known. What is given here is ours: a stream, no header.
        found: Mapping[str, Any] = feedparser.parse(
            _Given(sieve.xml()), sanitize_html=False, resolve_relative_uris=False
        )
    except _STUMBLES as problem:
        raise NotAFeed(url=url) from problem
    return found


def _feed(found: Mapping[str, Any], sieve: Sieve, *, url: str, received: int) -> Feed:
    about = found.get("feed") or {}
    form = found.get("version") or ("atom" if sieve.root in {"feed", "entry"} else "rss")
    site = _site(about, url)
    around = Around(
        form=form,
        # Atom says what a relative address is seen from; in RSS, people mean their site.
        base=url if form.startswith("atom") else site or url,
        language=language(_text(about, "language")),
        authors=authors_of(about),
        received=received,
    )
    return Feed(
        title=title_of(about, form),
        site=site,
        language=around.language,
        description=title_of(about, form, name="subtitle"),
        form=form,
        entries=tuple(entry_of(one, around) for one in found["entries"][:ENTRIES]),
        minutes=_minutes(about),
        moved=absolute(url, _text(about, "itunes_new-feed-url") or _text(about, "newlocation")),
    )


def _site(about: Mapping[str, Any], url: str) -> str:
    links = about.get("links") or []
    pages = [one.get("href", "") for one in links if one.get("rel") == "alternate"]
    return next((site for one in pages if one and (site := absolute(url, one))), "")


def _minutes(about: Mapping[str, Any]) -> int:
    """Give the pause that a feed wishes, of a minute to a year."""
    ttl = _text(about, "ttl").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 7:
        return min(int(ttl), 525_600)
    period = _MINUTES.get(_text(about, "sy_updateperiod").strip().lower(), 0)
    times = _text(about, "sy_updatefrequency").strip()
    often = int(times) if times.isascii() and times.isdigit() and len(times) < 7 else 1
    return max(period // max(often, 1), 1) if period else 0


def _text(about: Mapping[str, Any], name: str) -> str:
    value = about.get(name)
    return value if isinstance(value, str) else ""
