"""How far a search can be trusted: what the index waits for, what did not arrive, who is silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from veille.desk import clock, subscribing
from veille.desk.house import House
from veille.domain import rhythm
from veille.domain.rhythm import Silence
from veille.domain.text import key
from veille.domain.views import Space
from veille.feeds.health import Health
from veille.store import local, things

_WATCHED_MS: Final = 120 * 86_400_000


@dataclass(frozen=True, slots=True)
class Freshness:
    """What a person should know before she says "there is nothing".

    Attributes:
        waiting: things the index has still to hear of.
        late: shared spaces from which something is still to come, or that do not answer.
        silent: sources that used to be heard and are not any more.
        dead: what is followed and is not heard, by title: failing, silent or gone.
    """

    waiting: int
    late: tuple[Space, ...]
    silent: tuple[Silence, ...]
    dead: tuple[tuple[str, Health], ...] = ()


def look(house: House) -> Freshness:
    """Look at everything that could be missing from an answer."""
    now = house.now()
    with house.database.reading() as db:
        waiting = local.outbox_length(db)
        heard = things.days_of_sources(db, since=now - _WATCHED_MS)
    late = tuple(
        one
        for one in house.spaces()
        if not one.personal and one.folder and (one.problem or one.remaining or not one.synced_at)
    )
    dead = tuple(
        (one.title, one.health) for one in subscribing.listed(house) if one.health.misleads
    )
    # What is followed is told of as such, and once.
    told = {key(title) for title, _health in dead}
    silent = rhythm.silences(heard, today=clock.today(now))
    return Freshness(
        waiting, late, tuple(one for one in silent if key(one.source) not in told), dead
    )
