"""An incoming item as rules and stories see it, whatever feed, page or message brought it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """What rules and stories see of something that came in.

    Attributes:
        text: plain words of the summary or article, shortened by the caller (5,000 characters).
        feed: the id of the subscription that brought it.
        at: when it was published as far as known, else received; milliseconds since 1970, UTC.
        sources: how many sources tell the same story, itself included.
    """

    id: str
    title: str
    text: str
    source: str
    feed: str
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    at: int = 0
    sources: int = 1
