"""When to ask a feed again: as often as it speaks, less and less when it does not answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS
# Whoever speaks often is asked often, within these bounds.
_SHORTEST: Final = 15 * MINUTE_MS
_LONGEST: Final = 12 * HOUR_MS
_WEEK: Final = 7 * DAY_MS
# Half the usual pause: news wait a quarter of it on average.
_ASKS_A_PAUSE: Final = 2
# A feed may ask for patience; more than a day is a mistake of its settings.
_MOST_PATIENCE: Final = DAY_MS
# In quarters: by one more, each time that nothing changed.
_LONGER: Final = 5
_FIRST_BACK_OFF: Final = 10 * MINUTE_MS
_LONGEST_BACK_OFF: Final = DAY_MS
_DAYS: Final = 90
_GONE: Final = 410
_BUSY: Final = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a subscription here. Times are milliseconds since 1970; 0 for never.

    Attributes:
        version: how the site names what it sent last: ``etag``, ``modified``.
        title, site: as the feed names itself.
        moved: where the site says that it lives for good, "" when it did not move.
        tried_at: when it was last asked.
        heard_at: when it last answered well.
        news_at: when it last brought something new.
        next_at: when to ask again.
        failures: in a row.
        problem: code of the last failure, "" after an answer.
        status: of HTTP, when that was the failure.
        failing_since: when the row of failures began.
        gone: whether the site said that it exists no more.
        days: on which it brought something, ``YYYY-MM-DD``, oldest first.
        brought: how many new things, ever.
        minutes: how long the feed asks to be left alone between two looks.
        page: of a watched page, what was seen last (``feeds/watching``), None before.
    """

    version: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    site: str = ""
    moved: str = ""
    tried_at: int = 0
    heard_at: int = 0
    news_at: int = 0
    next_at: int = 0
    failures: int = 0
    problem: str = ""
    status: int = 0
    failing_since: int = 0
    gone: bool = False
    days: tuple[str, ...] = ()
    brought: int = 0
    minutes: int = 0
    page: Mapping[str, Any] | None = None


def heard(
    state: State, *, now: int, moments: Sequence[int], new: int, days: Sequence[str]
) -> State:
    """Note a good answer.

    Args:
        state: before.
        now: milliseconds.
        moments: when what the feed holds was published; empty when nothing changed since, and for
            a page, which tells no dates.
        new: how many entries were new.
        days: on which these were published, ``YYYY-MM-DD``.
    """
    pause = interval(moments, now=now, minutes=state.minutes) if moments else _again(state)
    return replace(
        state,
        tried_at=now,
        heard_at=now,
        news_at=now if new else state.news_at,
        next_at=now + pause,
        failures=0,
        problem="",
        status=0,
        failing_since=0,
        gone=False,
        days=tuple(sorted({*state.days, *days}))[-_DAYS:],
        brought=state.brought + new,
    )


def failed(state: State, *, now: int, problem: str, status: int = 0, wait: int = 0) -> State:
    """Note a failure; ``wait``: the seconds that the site asks for."""
    failures = state.failures + 1
    pause = min(_FIRST_BACK_OFF * 2 ** min(failures - 1, 12), _LONGEST_BACK_OFF)
    if status in _BUSY:
        pause = max(pause, HOUR_MS)
    return replace(
        state,
        tried_at=now,
        next_at=now + max(pause, wait * 1_000),
        failures=failures,
        problem=problem,
        status=status,
        failing_since=state.failing_since or now,
        gone=state.gone or status == _GONE,
    )


def interval(moments: Sequence[int], *, now: int, minutes: int = 0) -> int:
    """Tell how long to wait, milliseconds, from when the last entries were published."""
    recent = sorted(one for one in moments if now - _WEEK <= one <= now)
    usual = _WEEK // (len(recent) + 1)
    wished = min(minutes * MINUTE_MS, _MOST_PATIENCE)
    return max(min(max(usual // _ASKS_A_PAUSE, _SHORTEST), _LONGEST), wished)


def _again(state: State) -> int:
    """Wait a little longer than the last time: what does not change is asked less and less.

    A page has no rhythm to learn: it is looked at once an hour.
    """
    last = state.next_at - state.tried_at
    wished = min(state.minutes * MINUTE_MS, _MOST_PATIENCE)
    if state.page is not None or state.failures or not _SHORTEST <= last <= _MOST_PATIENCE:
        return max(HOUR_MS, wished)
    return max(min(last * _LONGER // 4, _LONGEST), wished)


def is_due(state: State, *, now: int) -> bool:
    """Tell whether it is time to ask. A clock that was set back does not silence a feed."""
    return not state.gone and (state.next_at <= now or state.tried_at > now + HOUR_MS)
