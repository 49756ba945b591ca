"""What a feed says, whatever form it says it in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as its feed announces it; "", () or 0 for what the feed does not say.

    Attributes:
        guid: the name that the feed gives it, as written: an address or anything else.
        url: where it is read, absolute, http or https.
        title: one line of plain text.
        authors: names, each once, without their mail addresses.
        published: in milliseconds since 1970, UTC. For a feed that only tells its updates, this
            one.
        updated: the same.
        dated: the date of ``published`` exactly as the feed writes it, also when no moment could
            be read from it.
        summary: HTML that nobody has sanitised.
        content: the article itself, where the feed gives it: HTML that nobody has sanitised.
        sections: what the site files it under.
        language: as in ``fr`` or ``fr-ca``.
    """

    guid: str
    url: str
    title: str
    authors: tuple[str, ...]
    published: int
    updated: int
    dated: str
    summary: str
    content: str
    sections: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and what it announces, in its own order.

    Attributes:
        title: one line of plain text.
        site: the address of the site, absolute.
        language: as in ``fr`` or ``fr-ca``.
        description: one line of plain text.
        form: as in ``rss20``, ``atom10``, ``rss10``, ``json11``.
        minutes: how long it asks to be left alone between two visits; 0 when it does not ask.
        moved: the address where it says it lives from now on, absolute.
    """

    title: str
    site: str
    language: str
    description: str
    form: str
    entries: tuple[Entry, ...]
    minutes: int
    moved: str
