"""When a feed is asked again: as often as it speaks, less when it does not."""

from __future__ import annotations

from dataclasses import replace

from veille.feeds import schedule
from veille.feeds.schedule import DAY_MS, HOUR_MS, MINUTE_MS, State

NOW = 1_795_000_000_000


def pause(state: State) -> int:
    return state.next_at - state.tried_at


def heard(state: State, *moments: int, now: int = NOW) -> State:
    return schedule.heard(state, now=now, moments=moments, new=0, days=())


def test_who_speaks_often_is_asked_often_within_bounds() -> None:
    often = heard(State(), *(NOW - n * MINUTE_MS for n in range(500)))
    daily = heard(State(), *(NOW - n * DAY_MS for n in range(7)))
    never = heard(State(), NOW - 400 * DAY_MS)
    assert pause(often) == 15 * MINUTE_MS
    assert pause(often) < pause(daily) <= pause(never) == 12 * HOUR_MS


def test_what_does_not_change_is_asked_less_and_less() -> None:
    state = heard(State(), *(NOW - n * MINUTE_MS for n in range(500)))
    pauses = [pause(state)]
    for _turn in range(40):
        state = heard(state, now=state.next_at)
        pauses.append(pause(state))
    assert pauses == sorted(pauses)
    assert pauses[1] > pauses[0]
    assert pauses[-1] == 12 * HOUR_MS
    # It speaks again: what it holds tells its rhythm.
    assert pause(heard(state, *(NOW - n * MINUTE_MS for n in range(500)))) == 15 * MINUTE_MS


def test_a_page_is_looked_at_every_hour_whether_it_changed_or_not() -> None:
    state = State(page={"lines": ["a"]})
    for _turn in range(5):
        state = heard(state, now=state.next_at or NOW)
        assert pause(state) == HOUR_MS


def test_a_feed_that_asks_for_patience_gets_it() -> None:
    state = heard(State(minutes=180), *(NOW - n * MINUTE_MS for n in range(500)))
    assert pause(state) == 180 * MINUTE_MS
    assert pause(heard(state)) >= 180 * MINUTE_MS
    assert pause(heard(replace(state, minutes=10_000_000))) == DAY_MS


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    state = heard(State(), NOW, now=NOW + 400 * DAY_MS)
    assert schedule.is_due(state, now=NOW)
