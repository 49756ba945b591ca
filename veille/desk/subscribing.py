"""Subscriptions: what is followed, by whom, in which folder, and how each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from veille.desk import clock
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import BadName, NotFound
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE, believable
from veille.domain.operation import Json
from veille.domain.text import clip, collapse, order
from veille.domain.views import Filter, Row
from veille.extract import address
from veille.feeds.health import Health, health
from veille.feeds.schedule import State
from veille.store import arrivals, following, things

PAGE: Final = "page"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Something that is followed.

    Attributes:
        watched: "feed", or "page" for a page that has none.
        url: the address as it was given; ``asked`` is where it lives now.
        folder: "" for none; "/" parts one from those inside.
        block: of a page, the part that is followed, "" for its main text.
        ignore: of a page, changes that do not count.
        least: of a page, the characters below which a change does not count.
        to_sort: how many things that it brought wait to be sorted.
    """

    id: str
    space: str
    title: str
    url: str
    site: str
    folder: str
    watched: str
    paused: bool
    block: str
    ignore: tuple[str, ...]
    least: int
    state: State
    health: Health
    to_sort: int = 0

    @property
    def asked(self) -> str:
        """Give the address that is asked now."""
        return self.state.moved or self.url


def listed(house: House, *, counted: bool = False) -> list[Subscription]:
    """Give the subscriptions by folder and title; with ``counted``, what waits of each."""
    with house.database.reading() as db:
        rows = things.rows(db, things.listed(db, Filter(kinds=("feed",))))
        known = following.states(db)
        counts = following.to_sort(db) if counted else {}
    found = [
        _subscription(house, row, known.get(row.id, {}), counts.get(row.id, 0))
        for row in rows
        if row.text("url")
    ]
    return sorted(found, key=lambda one: (order(one.folder), order(one.title), one.id))


def subscription(house: House, feed: str) -> Subscription:
    """Give one subscription. Raises NotFound."""
    with house.database.reading() as db:
        row = things.row(db, feed)
        known = following.state(db, feed)
    if row.kind != "feed" or row.hidden:
        raise NotFound(what=feed)
    return _subscription(house, row, known, 0)


def _subscription(house: House, row: Row, known: Mapping[str, Any], to_sort: int) -> Subscription:
    now = house.now()
    state, paused = read_state(known), row.fields.get("paused") is True
    ignored, least = row.fields.get("ignore"), row.fields.get("least")
    return Subscription(
        id=row.id,
        space=row.space,
        title=_title(row, state),
        url=row.text("url"),
        site=row.text("site") or state.site,
        folder=row.text("folder"),
        watched=row.text("watched") or "feed",
        paused=paused,
        block=row.text("block"),
        ignore=tuple(map(str, ignored)) if isinstance(ignored, list) else (),
        least=least if isinstance(least, int) else 0,
        state=state,
        health=health(state, now=now, today=clock.today(now), paused=paused),
        to_sort=to_sort,
    )


def _title(row: Row, state: State) -> str:
    """Give what a person called it, else what the feed calls itself."""
    url = row.text("url")
    is_named = row.title and row.title != address.provisional_title(url)
    return row.title if is_named else state.title or row.title or url


def named(feed: Subscription, title: str) -> str:
    """Give what a subscription is called once its feed has named itself."""
    is_named = feed.title not in {address.provisional_title(feed.url), feed.url, feed.state.title}
    return feed.title if is_named else title or feed.title


def read_state(known: Mapping[str, Any]) -> State:
    """Read back what is known of a subscription, fields of other versions passed over."""
    names = {one.name for one in fields(State)}
    told = {name: value for name, value in known.items() if name in names}
    told["days"] = tuple(told.get("days", ()))
    return State(**told)


def subscribe(house: House, url: str, *, space: str = "", said: Mapping[str, Json]) -> str:
    """Follow an address and give the id of the subscription; the same address is the same one.

    ``said``: title, site, folder, watched, block… Raises BadAddress, OnlyReads.
    """
    url = address.web_address(url)
    space = space or house.personal
    name = address.canonical(url) if said.get("watched") != PAGE else f"{PAGE} {url}"
    feed = str(ids.derived_entity("feed", space, name))
    told = _checked({**said, "url": url})
    with house.database.reading() as db:
        known = next(iter(things.rows(db, [feed])), None)
    facts = [Fact(feed, op.UNDELETE, {}, space)] if known is not None and known.hidden else []
    if known is None:
        told = {"title": address.provisional_title(url), **told}
    elif not known.hidden:
        # Who follows it again changes nothing of how it is called and filed.
        told = {name: value for name, value in told.items() if not known.fields.get(name)}
    if told:
        facts.append(Fact(feed, op.FEED_SET, told, space))
    record(house, facts)
    return feed


def change(house: House, feed: str, said: Mapping[str, Json]) -> Changes:
    """Rename a subscription, file it in a folder, pause it. Raises BadName, NotFound."""
    if "title" in said and not collapse(str(said["title"])):
        raise BadName(name="")
    with house.database.reading() as db:
        row = things.row(db, feed)
    told = {n: v for n, v in _checked(said).items() if row.fields.get(n) != v}
    return record(house, [Fact(feed, op.FEED_SET, told)]) if told else Changes()


def unsubscribe(house: House, feeds: Sequence[str]) -> Changes:
    """Follow no more; what is to be sorted stays. Undo follows again, as if never stopped."""
    return record(house, [Fact(one, op.DELETE) for one in feeds])


def paused(house: House, feeds: Sequence[str], *, paused: bool) -> Changes:
    """Stop asking for a while, or ask again."""
    return record(house, [Fact(one, op.FEED_SET, {"paused": paused}) for one in feeds])


def filed(house: House, feeds: Sequence[str], folder: str) -> Changes:
    """File subscriptions in a folder, "" for none, as one gesture."""
    told = _checked({"folder": folder})
    return record(house, [Fact(one, op.FEED_SET, told) for one in feeds])


def brought(house: House, feed: str, *, limit: int) -> list[Row]:
    """Give what a subscription brought last and can still be read, newest first."""
    with house.database.reading() as db:
        found = things.rows(db, arrivals.latest_of_feed(db, feed, limit=limit))
    return [one for one in found if one.hidden == things.VISIBLE]


def revive(house: House, feeds: Sequence[str]) -> None:
    """Have subscriptions asked at once, even those that said they were gone."""
    with house.database.writing() as db:
        for one in feeds:
            state = replace(read_state(following.state(db, one)), gone=False, next_at=0)
            following.keep_state(db, one, as_data(state), next_at=0)


def as_data(state: State) -> dict[str, Any]:
    """Write a state as it is kept."""
    return {one.name: getattr(state, one.name) for one in fields(State)}


def _checked(said: Mapping[str, Json]) -> dict[str, Json]:
    told: dict[str, Json] = {}
    for name, value in said.items():
        if isinstance(value, str) and name in {"title", "folder"}:
            value = clip(value, length=MAX_LINE)
        if believable("feed", name, value):
            told[name] = value
    return told
