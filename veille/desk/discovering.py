"""From a site's address to its feeds: what the page announces, else the few usual places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from veille.desk.house import House
from veille.domain.errors import NotAFeed, ServerSaid, VeilleError
from veille.extract import address
from veille.extract.decode import decode
from veille.feeds import discover
from veille.feeds.discover import Candidate
from veille.fetch import policy

if TYPE_CHECKING:
    from veille.feeds.parsed import Feed
    from veille.fetch.client import Answer, Client

# A person waits: the likeliest places are tried, not all.
_GUESSES: Final = 6
_OK: Final = 200


def find(house: House, url: str) -> list[Candidate]:
    """Give the feeds of an address: itself when it is one, else those of its site, best first.

    Raises BadAddress and the errors of FetchError when the address itself cannot be had.
    """
    if "://" not in url:
        url = f"https://{url.strip()}"
    url = address.web_address(url.replace("feed://", "https://", 1))
    client = house.client()
    answer = client.feed(url)
    if answer.status != _OK:
        raise ServerSaid(url=url, status=answer.status)
    found = _read(house, answer)
    if found is not None:
        return [Candidate(answer.moved or url, found.title, found.form, "link")]
    page = decode(answer.body, declared=policy.charset(answer.content_type))
    said = discover.candidates(page, url=answer.url)
    told = [one for one in said if one.origin != "guess"]
    if any(not discover.is_of_comments(one) for one in told):
        return told
    places = [one.url for one in said if one.origin == "guess"] + discover.guesses(answer.url)
    return [*_guessed(house, client, places), *told]


def _guessed(house: House, client: Client, places: Sequence[str]) -> list[Candidate]:
    """Try the usual places, one after the other, until one is a feed."""
    for guess in list(dict.fromkeys(places))[:_GUESSES]:
        try:
            answer = client.feed(guess)
        except VeilleError:
            continue
        found = _read(house, answer) if answer.status == _OK else None
        if found is not None:
            return [Candidate(answer.moved or guess, found.title, found.form, "guess")]
    return []


def _read(house: House, answer: Answer) -> Feed | None:
    from veille.feeds.parse import parse

    try:
        return parse(
            answer.body, url=answer.url, content_type=answer.content_type, received=house.now()
        )
    except NotAFeed:
        return None
