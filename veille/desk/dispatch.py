"""From an entry of a feed to an arrival: clean words, a title, a date that can be believed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from veille.desk import clock
from veille.desk.subscribing import Subscription
from veille.domain.captures import text_hash
from veille.domain.fields import MAX_LINE
from veille.domain.operation import Json
from veille.domain.text import clip, collapse, key
from veille.extract import address
from veille.feeds import decide
from veille.feeds.identity import Known
from veille.feeds.item import Item
from veille.store.arrivals import Arrival

if TYPE_CHECKING:
    from veille.extract.article import Extraction

# A feed that gives so many words in its content gives the article, not its first sentences.
_WHOLE: Final = 250
_MOST_HTML: Final = 300_000
_MOST_VERSIONS: Final = 10
_SEEN_BY_RULES: Final = 5_000


def arrival(feed: Subscription, known: Known, *, now: int) -> Arrival:
    """Make an arrival of a new entry; ``now``: milliseconds."""
    extraction = _read(known)
    return Arrival(
        article=known.article,
        feed=feed.id,
        space=feed.space,
        received=now,
        rule="",
        fields=_fields(feed, known, extraction, now=now),
        captures=(_capture(feed, known, extraction, now=now),),
    )


def updated(one: Arrival, feed: Subscription, known: Known, *, now: int) -> Arrival | None:
    """Give an arrival its newer version; None when its words are those known."""
    if one.captures[-1].get("said") == _said(known):
        return None
    extraction = _read(known)
    fields = _fields(feed, known, extraction, now=now)
    last = one.captures[-1]
    was, title = str(last.get("text", "")), str(one.fields.get("title", ""))
    if text_hash(was) == text_hash(extraction.text) and key(title) == key(str(fields["title"])):
        return None
    kept = {name: one.fields[name] for name in ("moment", "url", "canonical") if name in one.fields}
    captures = (*one.captures, _capture(feed, known, extraction, now=now))[-_MOST_VERSIONS:]
    return Arrival(
        one.article, one.feed, one.space, one.received, one.rule, {**fields, **kept}, captures
    )


def item(one: Arrival) -> Item:
    """Give what rules and stories see of an arrival."""
    fields, last = one.fields, one.captures[-1]
    authors, section = fields.get("authors"), str(fields.get("section", ""))
    moment = fields.get("moment")
    return Item(
        id=one.article,
        title=str(fields.get("title", "")),
        text=str(last.get("text", ""))[:_SEEN_BY_RULES],
        source=str(fields.get("source", "")),
        feed=one.feed,
        sections=tuple(part.strip() for part in section.split(",") if part.strip()),
        authors=tuple(map(str, authors)) if isinstance(authors, list) else (),
        language=str(fields.get("language", ""))[:2].lower(),
        url=str(fields.get("url", "")),
        at=moment if isinstance(moment, int) else one.received,
    )


def _read(known: Known) -> Extraction:
    from veille.extract import article
    from veille.extract.sanitise import whole

    entry = known.entry
    said = max(entry.content, entry.summary, key=len)
    fragment = whole(said, url=entry.url) if said else ""
    return article.from_document(fragment[:_MOST_HTML], title=entry.title)


def _said(known: Known) -> str:
    """Name what an entry says as it came, to tell at once that it says the same."""
    entry = known.entry
    told = f"{entry.title}\0{entry.summary}\0{entry.content}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def _fields(
    feed: Subscription, known: Known, extraction: Extraction, *, now: int
) -> dict[str, Json]:
    entry = known.entry
    at = decide.moment(known, now=now)
    title = collapse(entry.title) or clip(extraction.text, length=120)
    told: dict[str, Json] = {
        "title": clip(title or address.provisional_title(entry.url), length=MAX_LINE),
        "url": entry.url,
        "canonical": known.canonical,
        "source": clip(feed.title, length=MAX_LINE),
        "authors": [clip(one, length=MAX_LINE) for one in entry.authors[:20]],
        "published": clock.today(at).isoformat() if entry.published or entry.updated else "",
        "language": extraction.language or entry.language[:20],
        "lead": clip(extraction.text, length=400),
        "section": clip(", ".join(entry.sections[:8]), length=MAX_LINE),
        "moment": at,
        "feed": feed.id,
    }
    if known.canonical:
        told["rule"] = address.RULE
    return {name: value for name, value in told.items() if value}


def _capture(
    feed: Subscription, known: Known, extraction: Extraction, *, now: int
) -> dict[str, Json]:
    from veille.extract import likeness

    entry = known.entry
    whole = extraction.words >= _WHOLE
    found: dict[str, Json] = {
        name: [[value, "feed"]]
        for name, value in _fields(feed, known, extraction, now=now).items()
        if name in {"title", "source", "authors", "published", "language", "section"}
    }
    return {
        "verdict": "complete" if whole else "summary" if extraction.text else "empty",
        "reason": "feed",
        "words": extraction.words,
        "text": extraction.text,
        "html": extraction.html,
        "alike": list(likeness.sketch(extraction.text)),
        "missing": list(extraction.images),
        "url": entry.url,
        "door": "feed",
        "dated": entry.dated[:100],
        "said": _said(known),
        "found": found,
        "at": now,
    }
