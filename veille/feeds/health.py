"""How a subscription is: speaking, silent, failing or gone, since when, and what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from veille.domain.rhythm import silences
from veille.feeds.schedule import DAY_MS, State

# A failure that lasts less is a passing one: the next try mends most of them.
_WORRIES: Final = DAY_MS
_PASSING: Final = frozenset({"Unreachable", "TooSlow", "PageSuspicious"})
_BUSY: Final = 429


@dataclass(frozen=True, slots=True)
class Health:
    """What a person should know of a subscription.

    Attributes:
        code: "new", "good", "passing" (fails since less than a day), "failing", "silent", "gone" or
            "paused".
        problem: code of the failure.
        status: of HTTP.
        since: when that began, milliseconds.
        heard_at: the last good answer.
        news_at: the last news.
        days: of silence.
        usual: how many days usually pass between two news.
    """

    code: str
    problem: str = ""
    status: int = 0
    since: int = 0
    heard_at: int = 0
    news_at: int = 0
    days: int = 0
    usual: int = 0

    @property
    def misleads(self) -> bool:
        """Tell whether finding nothing could come from this."""
        return self.code in {"failing", "silent", "gone"}


def _may_pass(state: State) -> bool:
    """Tell a failure that the next try often mends from one that a person has to see to."""
    if state.problem == "ServerSaid":
        return state.status >= 500 or state.status == _BUSY
    return state.problem in _PASSING


def health(state: State, *, now: int, today: date, paused: bool) -> Health:
    """Judge a subscription."""
    code, since = "good", 0
    silent = next(iter(silences({"": state.days}, today=today)), None)
    if paused:
        code = "paused"
    elif state.gone:
        code, since = "gone", state.failing_since
    elif state.problem:
        since = state.failing_since
        is_brief = now - since < _WORRIES and _may_pass(state)
        code = "passing" if is_brief else "failing"
    elif not state.heard_at:
        code = "new"
    elif silent is not None:
        code = "silent"
    return Health(
        code, state.problem, state.status, since, state.heard_at, state.news_at,
        silent.days if silent else 0, silent.usual if silent else 0,
    )  # fmt: skip
