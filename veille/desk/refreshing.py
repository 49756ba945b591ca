"""Asking the subscriptions that are due: many wait for an answer at once, one is read at a time.

Threads only wait for the network. What came is read, decided and kept in the thread that called,
a transaction a feed: a stop at any instant loses nothing but the answers that were under way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from veille.desk import clock, dispatch, passing, ruling, subscribing, telling, watching
from veille.desk.house import House
from veille.desk.options import MOST_DAYS, RETENTION_DAYS
from veille.desk.ruling import Decider
from veille.desk.subscribing import PAGE, Subscription
from veille.domain.errors import BadSetting, PageSuspicious, ServerSaid, VeilleError
from veille.domain.fields import MAX_LINE
from veille.domain.text import clip
from veille.extract import address
from veille.feeds import decide, identity, schedule
from veille.feeds.identity import Known
from veille.feeds.schedule import DAY_MS, State
from veille.store import arrivals, local, things
from veille.store.arrivals import Arrival

if TYPE_CHECKING:
    from veille.fetch.client import Answer, Client

# What was never kept is forgotten after so many days.
_RETENTION: Final = "retention"
_AT_ONCE: Final = 12
_OK: Final = 200
_SAME: Final = 304
# A new home that does not answer so many times in a row was none.
_LOST: Final = 3

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one subscription: how many new things, or the problem it had."""

    feed: str
    title: str
    new: int = 0
    updated: int = 0
    problem: str = ""
    status: int = 0


@dataclass(slots=True)
class Report:
    """What a refresh did.

    Attributes:
        entities: everything that changed.
        forgotten: what had passed by for too long.
    """

    feeds: list[Refreshed] = field(default_factory=list)
    entities: set[str] = field(default_factory=set)
    forgotten: int = 0

    @property
    def new(self) -> int:
        """Count what is new."""
        return sum(one.new for one in self.feeds)


def silent(_done: int, _total: int, _title: str) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


def retention(house: House) -> int:
    """Tell after how many days what was never kept is forgotten."""
    with house.database.reading() as db:
        told = local.meta(db, _RETENTION)
    return int(told) if told.isdecimal() else RETENTION_DAYS


def set_retention(house: House, days: int) -> None:
    """Forget what was never kept after so many days. Raises BadSetting."""
    if not 1 <= days <= MOST_DAYS:
        raise BadSetting(answers=f"1–{MOST_DAYS}")
    with house.database.writing() as db:
        local.set_meta(db, _RETENTION, str(days))


def _oldest(house: House) -> int:
    return house.now() - retention(house) * DAY_MS


def due(house: House) -> list[Subscription]:
    """Give the subscriptions that it is time to ask."""
    now = house.now()
    return [
        one
        for one in subscribing.listed(house)
        if not one.paused and schedule.is_due(one.state, now=now)
    ]


def refresh(
    house: House,
    feeds: Sequence[Subscription],
    *,
    progress: Progress = silent,
    stopped: Callable[[], bool] = never,
) -> Report:
    """Ask subscriptions, keep what is new, tell it in stories, forget what is old.

    Args:
        house: the profile.
        feeds: whom to ask.
        progress: is told ``(done, total, title)`` after each.
        stopped: tells whether to give up what was not asked yet.
    """
    report = Report()
    taker = _Taker(house)
    for number, (feed, answer) in enumerate(_answers(house, feeds, stopped), start=1):
        done = taker.take(feed, answer)
        report.feeds.append(done)
        progress(number, len(feeds), feed.title)
    report.entities = taker.entities
    if feeds:
        report.entities |= telling.gather(house)
        report.entities |= ruling.judge_stories(house)
        report.forgotten = passing.forget(house, before=_oldest(house))
    return report


def _answers(
    house: House, feeds: Sequence[Subscription], stopped: Callable[[], bool]
) -> Iterator[tuple[Subscription, Answer | VeilleError]]:
    """Ask all, a dozen at a time, hosts in turns; give each answer as it comes."""
    client = house.client()
    waiting = _in_turns(feeds)
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="feeds") as pool:
        asked: dict[Future[Answer | VeilleError], Subscription] = {}
        while asked or waiting:
            if stopped():
                waiting.clear()
            while waiting and len(asked) < _AT_ONCE:
                feed = waiting.pop(0)
                asked[pool.submit(_ask, client, feed)] = feed
            done, _still = wait(asked, return_when=FIRST_COMPLETED)
            for one in done:
                yield asked.pop(one), one.result()


def _ask(client: Client, feed: Subscription) -> Answer | VeilleError:
    try:
        return client.feed(feed.asked, state=watching.version(feed))
    except VeilleError as problem:
        return problem


def _in_turns(feeds: Sequence[Subscription]) -> list[Subscription]:
    """Order feeds so that those of one host are far apart: nobody waits behind a host's pace."""
    turns: dict[str, int] = {}
    placed = []
    for one in feeds:
        host = address.canonical(one.asked).partition("/")[0]
        turns[host] = turns.get(host, -1) + 1
        placed.append((turns[host], one))
    return [one for _turn, one in sorted(placed, key=lambda pair: pair[0])]


class _Taker:
    """Takes answers one by one."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._deciders: dict[str, Decider] = {}
        self.entities: set[str] = set()

    def take(self, feed: Subscription, answer: Answer | VeilleError) -> Refreshed:
        """Read an answer and keep what it brings; a failure is noted, and is a value."""
        try:
            if isinstance(answer, VeilleError):
                raise answer
            if answer.status not in {_OK, _SAME}:
                raise ServerSaid(url=feed.asked, status=answer.status, wait=answer.wait)
            return self._heard(feed, answer)
        except VeilleError as problem:
            return self._failed(feed, problem)

    def _failed(self, feed: Subscription, problem: VeilleError) -> Refreshed:
        status, pause = problem.data.get("status", 0), problem.data.get("wait", 0)
        before = feed.state
        if isinstance(problem, PageSuspicious):
            before = watching.doubted(before, problem)
        state = schedule.failed(
            before, now=self._house.now(), problem=problem.code,
            status=status if isinstance(status, int) else 0,
            wait=pause if isinstance(pause, int) else 0,
        )  # fmt: skip
        if state.moved and state.failures >= _LOST:
            state = replace(state, moved="")
        passing.receive(self._house, feed.id, state)
        return Refreshed(feed.id, feed.title, problem=problem.code, status=state.status)

    def _heard(self, feed: Subscription, answer: Answer) -> Refreshed:
        now = self._house.now()
        state = feed.state
        if answer.moved:
            state = replace(state, moved=answer.moved)
        if answer.status == _SAME:
            state = schedule.heard(state, now=now, moments=(), new=0, days=())
            passing.receive(self._house, feed.id, state)
            return Refreshed(feed.id, feed.title)
        state = replace(state, version=dict(answer.state))
        if feed.watched == PAGE:
            return self._page(feed, answer, state)
        from veille.feeds.parse import parse

        parsed = parse(answer.body, url=answer.url, content_type=answer.content_type, received=now)
        title, site = clip(parsed.title, length=MAX_LINE), parsed.site[:4_000]
        state = replace(state, title=title, site=site, minutes=parsed.minutes)
        feed = replace(feed, title=subscribing.named(feed, title))
        entries = identity.recognise(
            parsed.entries, feed=feed.id, space=feed.space, canonical=address.canonical
        )
        moments = [decide.moment(one, now=now) for one in entries]
        return self._entries(feed, state, entries, moments)

    def _page(self, feed: Subscription, answer: Answer, state: State) -> Refreshed:
        seen = watching.look(feed, answer, state, now=self._house.now())
        entries = [seen.known] if seen.known is not None else []
        return self._entries(feed, seen.state, entries, ())

    def _entries(
        self, feed: Subscription, state: State, entries: Sequence[Known], moments: Sequence[int]
    ) -> Refreshed:
        now = self._house.now()
        keys = [key for one in entries for key in one.keys]
        with self._house.database.reading() as db:
            seen = arrivals.seen(db, keys)
            here = things.with_canonicals(db, [one.canonical for one in entries if one.canonical])
        decided = decide.decide(
            entries, seen=seen, here=here, now=now, oldest=_oldest(self._house),
            is_first=not feed.state.heard_at,
        )  # fmt: skip
        new = [self._ruled(dispatch.arrival(feed, one, now=now)) for one in decided.new]
        changed = self._changed(feed, decided.updated, now=now)
        days = {clock.today(decide.moment(one, now=now)).isoformat() for one in decided.new}
        state = schedule.heard(state, now=now, moments=moments, new=len(new), days=sorted(days))
        kept = [(one, known.keys) for one, known in zip(new, decided.new, strict=True)]
        self.entities |= passing.receive(
            self._house, feed.id, state,
            new=[*kept, *((one, ()) for one in changed)],
            again=[(article, one.keys) for article, one in (*decided.again, *decided.updated)],
        )  # fmt: skip
        return Refreshed(feed.id, feed.title, new=len(new), updated=len(changed))

    def _changed(
        self, feed: Subscription, updated: Sequence[tuple[str, Known]], *, now: int
    ) -> list[Arrival]:
        found: dict[str, Arrival] = {}
        for article, known in updated:
            with self._house.database.reading() as db:
                before = arrivals.arrival(db, article)
            # Another feed of the site may tell it otherwise: the first that brought it is its voice.
            if before is None or before.feed != feed.id:
                continue
            after = dispatch.updated(before, feed, known, now=now)
            if after is not None:
                found[article] = after
        return list(found.values())

    def _ruled(self, one: Arrival) -> Arrival:
        decider = self._deciders.get(one.space)
        if decider is None:
            decider = self._deciders[one.space] = ruling.decider(self._house, one.space)
        return replace(one, rule=decider(dispatch.item(one)))
