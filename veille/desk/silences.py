"""When sources were not heard: gaps in their own rhythm, feeds that are dead."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from veille.desk import clock, fresh, indexing, subscribing
from veille.desk.house import House
from veille.desk.subscribing import Subscription
from veille.domain import rhythm
from veille.domain.errors import IndexBusy, IndexError_
from veille.domain.rhythm import Silence
from veille.domain.text import key
from veille.store import saying as store

_MOST_SOURCES: Final = 12
_MOST_GAPS: Final = 24
# A rhythm is judged on what was heard in so many days, as a search judges it.
_WATCHED: Final = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A time in which a source was not heard.

    Attributes:
        first, last: the first and the last of its days, ``YYYY-MM-DD``; ``last`` is "" while it
            goes on.
        code: "gap" (it spoke again), "silent", "failing" or "gone".
        followed: whether it is subscribed to; of another one, nothing was clipped.
        usual: how many days usually pass between two news, 0 when that is not known.
    """

    source: str
    first: str
    last: str
    code: str
    followed: bool
    days: int
    usual: int


def silences(house: House, sources: Sequence[str], period: tuple[str, str]) -> tuple[Quiet, ...]:
    """Tell the gaps of sources in a period, and what is followed and not heard; oldest first.

    Of many sources, the first are looked at; of many gaps, the longest are given.
    """
    today = clock.today(house.now())
    begin, end = _date(period[0]) or today, min(_date(period[1]) or today, today)
    followed = {key(one.title): one for one in subscribing.listed(house)}
    heard = _heard(house, sources[:_MOST_SOURCES], followed, since=begin - _WATCHED, today=today)
    dead = [_dead(one, today) for one in followed.values() if one.health.misleads]
    told = {key(one.source) for one in dead}
    gaps = [
        gap
        for source, days in heard.items()
        for gap in _gaps(source, days, (begin, end, today), _heard_since(followed.get(key(source))))
        if gap.last or key(source) not in told
    ]
    dead = [one for one in dead if one.first <= end.isoformat()]
    longest = sorted(gaps, key=lambda one: -one.days)[:_MOST_GAPS]
    lately = sorted(dead, key=lambda one: one.first)[-_MOST_SOURCES:]
    return tuple(sorted((*longest, *lately), key=lambda one: (one.first, key(one.source))))


def _heard(
    house: House,
    sources: Sequence[str],
    followed: Mapping[str, Subscription],
    *,
    since: date,
    today: date,
) -> dict[str, list[str]]:
    """Give the days on which sources were heard: by what is here, and by what their feeds said.

    What was discarded counts. What a feed brought and nobody kept is forgotten after a while; its
    days are not.
    """
    first, last = since.isoformat(), today.isoformat()
    indexed = _indexed(house, sources, first, last)
    with house.database.reading() as db:
        discarded = store.days_discarded(db, first=first, last=last)
    heard = {}
    for source in (one for one in sources if one):
        feed = followed.get(key(source))
        days = {day for day in (feed.state.days if feed else ()) if first <= day <= last}
        days |= indexed.get(source, set()) | discarded.get(key(source), set())
        heard[source] = sorted(days)
    return heard


def _indexed(house: House, sources: Sequence[str], first: str, last: str) -> dict[str, set[str]]:
    """Ask the index for the days of sources; nothing when it cannot answer now."""
    numbers = [int(one.replace("-", "")) for one in (first, last)]
    try:
        found = house.index.days_of(sources, first=numbers[0], last=numbers[1])
    except IndexBusy:
        return {}
    except IndexError_ as problem:
        indexing.mend(house, problem)
        return {}
    return {
        source: {f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}" for day in days}
        for source, days in found.items()
    }


def _heard_since(feed: Subscription | None) -> str:
    """Give the first day on which a feed is known to have spoken; "~", after every day, for none."""
    return feed.state.days[0] if feed is not None and feed.state.days else "~"


def _gaps(
    source: str, days: Sequence[str], period: tuple[date, date, date], heard_since: str
) -> list[Quiet]:
    """Find when a source broke its own rhythm: it was silent on the eve of being heard again.

    ``period``: the first and the last day looked at, and today.
    """
    begin, end, today = period
    found: list[Quiet] = []
    read = [(one, day) for one in days if (day := _date(one)) is not None]
    days, dates = [one for one, _day in read], [day for _one, day in read]
    # The longest first: of many, no others are given.
    pauses = ((later - day).days for day, later in pairwise([*dates, today]))
    for pause, place in sorted(((one, place) for place, one in enumerate(pauses)), reverse=True):
        if pause < 2 or len(found) == _MOST_GAPS:
            break
        again = dates[place + 1] if place + 1 < len(dates) else None
        if (again or today) <= begin or dates[place] >= end:
            continue
        known = days[bisect_left(dates, dates[place] - _WATCHED) : place + 1]
        silent = next(iter(rhythm.silences({source: known}, today=again or today)), None)
        if silent is not None:
            found.append(_gap(silent, again, followed=days[place] >= heard_since))
    return found


def _gap(silent: Silence, again: date | None, *, followed: bool) -> Quiet:
    first = (silent.last + timedelta(days=1)).isoformat()
    last = (again - timedelta(days=1)).isoformat() if again else ""
    days = silent.days - (1 if again else 0)
    code = "gap" if again else "silent"
    return Quiet(silent.source, first, last, code, followed, days, silent.usual)


def _dead(one: Subscription, today: date) -> Quiet:
    health = one.health
    silent = today - timedelta(days=health.days - 1)
    begun = clock.today(health.since) if health.since else silent
    days = (today - begun).days + 1
    return Quiet(one.title, begun.isoformat(), "", health.code, True, days, health.usual)


def mute(house: House) -> tuple[Quiet, ...]:
    """Tell who is not heard now, as a search that finds nothing does."""
    now, today = fresh.look(house), clock.today(house.now())
    dead = [_dead(one, today) for one in subscribing.listed(house) if one.health.misleads]
    silent = [_gap(one, None, followed=False) for one in now.silent]
    return tuple(sorted((*dead, *silent), key=lambda one: (one.first, key(one.source))))


def _date(day: str) -> date | None:
    """Read a day; None for the 31st of June that a page gave itself."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
