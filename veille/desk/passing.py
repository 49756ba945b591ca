"""The second way into the tables: what feeds bring passes by, and is no memory until acted upon.

Recorded facts have their own door (``record``). This one keeps arrivals beside them, derives the
same tables from both, and lets go of what nobody wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from veille.desk.house import House
from veille.desk.subscribing import as_data
from veille.feeds.schedule import State
from veille.store import arrivals, following, operations, project
from veille.store.arrivals import Arrival

_SLICE: Final = 200
_AT_ONCE: Final = 2_000


def receive(
    house: House,
    feed: str,
    state: State,
    *,
    new: Sequence[tuple[Arrival, Sequence[int]]] = (),
    again: Sequence[tuple[str, Sequence[int]]] = (),
) -> frozenset[str]:
    """Keep what a feed brought, what it is recognised by, and how the feed is. All, or nothing.

    Args:
        house: the profile.
        feed: the subscription.
        state: of it from now on.
        new: arrivals, or their new state, with their keys.
        again: keys of what was seen before, with the article they lead to or "".

    Returns:
        The articles concerned.
    """
    with house.database.writing() as db:
        for one, keys in new:
            arrivals.keep(db, one)
            arrivals.see(db, keys, one.article)
        for article, keys in again:
            arrivals.see(db, keys, article)
        following.keep_state(db, feed, as_data(state), next_at=0 if state.gone else state.next_at)
        concerned = [one.article for one, _keys in new]
        project.project(db, concerned, personal=house.personal)
    return frozenset(concerned)


def rule(house: House, decided: Mapping[str, str]) -> frozenset[str]:
    """Note which rule discards each of these arrivals now, "" for none."""
    articles = list(decided)
    for start in range(0, len(articles), _SLICE):
        part = articles[start : start + _SLICE]
        with house.database.writing() as db:
            for one in part:
                arrivals.set_rule(db, one, decided[one])
            project.project(db, part, personal=house.personal)
    return frozenset(articles)


def forget(house: House, *, before: int) -> int:
    """Forget what arrived before a moment and nobody acted upon. Returns how many things.

    What was discarded stays known as such; what was kept is in the memory by now.
    """
    with house.database.writing() as db:
        old = arrivals.before(db, before, limit=_AT_ONCE)
        gone = [one for one in old if arrivals.passing(db, one, operations.of_entity(db, one))]
        arrivals.forget(db, old)
        project.project(db, gone, personal=house.personal)
        project.drop_gone(db, gone)
    return len(gone)
