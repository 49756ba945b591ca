"""Following a page that has no feed: what changed in the part chosen becomes an arrival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from veille.desk.house import House
from veille.desk.subscribing import PAGE, Subscription
from veille.desk.words import wording
from veille.domain.errors import PageSuspicious
from veille.domain.ids import derived_entity
from veille.extract import address
from veille.extract.decode import decode
from veille.feeds import identity, watching
from veille.feeds.difference import difference_html
from veille.feeds.identity import Known
from veille.feeds.parsed import Entry
from veille.feeds.schedule import State
from veille.feeds.watching import Seen, Watch
from veille.fetch import policy

if TYPE_CHECKING:
    from veille.extract.region import Found, Region
    from veille.extract.verdict import Verdict
    from veille.fetch.client import Answer


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a page gave: its state, and the change as an entry, None when none counts."""

    state: State
    known: Known | None


def look(feed: Subscription, answer: Answer, state: State, *, now: int) -> Looked:
    """Look at a page. Raises PageSuspicious for what is not to be believed; the old state stays."""
    from veille.extract import region

    page = decode(answer.body, declared=policy.charset(answer.content_type))
    found = region.find(page, _mark(feed), url=answer.url)
    looked = _look(feed, state, found, now=now)
    if looked.outcome != "same":
        # Whether a page is itself costs more to tell than whether it changed.
        looked = _look(feed, state, found, now=now, told=_told(page, answer.url))
    if looked.outcome == "suspicious":
        raise PageSuspicious(url=feed.asked, reason=looked.reason, seen=looked.seen)
    mark = found.mark if found is not None else ""
    state = replace(state, page=_kept(looked.seen, feed, mark))
    if looked.outcome != "changed":
        return Looked(state, None)
    entry = Entry(
        guid="", url=answer.url, title=_title(feed, looked.title_hint), authors=(),
        published=now, updated=0, dated="", summary="",
        content=difference_html(looked.pieces, links=found.links if found is not None else {}),
        sections=(), language="",
    )  # fmt: skip
    after = "\n".join(looked.seen.lines) if looked.seen is not None else ""
    key = identity.number("page", feed.id, after, str(now))
    name = derived_entity("article", feed.space, f"{feed.id} {key}")
    return Looked(state, Known(entry, "", str(name), (key,)))


def _look(
    feed: Subscription, state: State, found: Found | None, *, now: int, told: Verdict | None = None
) -> watching.Look:
    verdict, reason = (told.name, told.reason) if told is not None else ("complete", "")
    if found is None and verdict not in {"wall", "empty"}:
        verdict = "gone"
    return watching.look(
        _seen(state.page, feed),
        found.lines if found is not None else (),
        verdict=verdict,
        reason=reason,
        watch=Watch(feed.least or 1, feed.ignore),
        now=now,
    )


def _told(page: str, url: str) -> Verdict:
    from veille.extract import article

    return article.from_html(page, url=url, wording=wording()).verdict


def version(feed: Subscription) -> Mapping[str, str]:
    """Give the version that is known of what is followed, {} when all of it is to be had.

    Another part of a page is followed since: that the page did not change is no answer.
    """
    is_known = feed.watched != PAGE or (feed.state.page or {}).get("block") == feed.block
    return feed.state.version if is_known else {}


def doubted(state: State, problem: PageSuspicious) -> State:
    """Remember the state of a page that was not believed, so that one that stays is."""
    seen = problem.data.get("seen")
    if not isinstance(seen, Seen):
        return state
    return replace(state, page={**(state.page or {}), **asdict(seen)})


def regions(house: House, url: str) -> list[Region]:
    """Fetch a page and give the parts of it that can be followed. Raises the errors of FetchError."""
    from veille.extract import region

    page = house.client().page(address.web_address(url))
    if page is None:
        return []
    return region.regions(decode(page.body, declared=page.charset), url=page.url)


def _mark(feed: Subscription) -> str:
    """Give the signs of the block as they stand today: they moved with the page."""
    page = feed.state.page or {}
    is_same = page.get("block") == feed.block
    return str(page.get("mark") or feed.block) if is_same else feed.block


def _kept(seen: Seen | None, feed: Subscription, mark: str) -> dict[str, Any] | None:
    if seen is None:
        return None
    return {**asdict(seen), "mark": mark, "block": feed.block}


def _title(feed: Subscription, hint: str) -> str:
    return f"{feed.title} : {hint}" if hint else feed.title


def _seen(told: Mapping[str, Any] | None, feed: Subscription) -> Seen | None:
    """Read what was seen last; nothing, when another block is followed since."""
    if told is None or told.get("block") != feed.block:
        return None
    return Seen(
        tuple(map(str, told.get("lines", ()))),
        tuple(map(str, told.get("doubted", ()))),
        int(told.get("since", 0)),
        int(told.get("doubts", 0)),
    )
