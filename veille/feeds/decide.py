"""What a document brings: new entries, updates of those that pass by, and what was seen before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from veille.feeds.identity import Known

DAY_MS: Final = 86_400_000
# A subscription begins with its recent past, not with all that the site ever published.
_FIRST_DAYS: Final = 7
_FIRST_LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be done.

    Attributes:
        new: to be kept, oldest first.
        updated: ``(article, entry)``: arrivals that the site changed since, perhaps.
        again: ``(article, entry)`` of known entries whose keys are to be remembered; "" for an
            article that was forgotten since.
    """

    new: tuple[Known, ...]
    updated: tuple[tuple[str, Known], ...]
    again: tuple[tuple[str, Known], ...]


def decide(
    entries: Sequence[Known],
    *,
    seen: Mapping[int, str],
    here: Mapping[str, str],
    is_first: bool,
    now: int,
    oldest: int,
) -> Decided:
    """Decide what each entry is.

    Args:
        entries: of one document, in its order.
        seen: keys seen before, with the article that still passes by, or "".
        here: canonical addresses of articles that are here already, by any door.
        is_first: whether the feed was never read before.
        now: milliseconds.
        oldest: what was published before that moment is not new any more, milliseconds.
    """
    new: dict[str, Known] = {}
    updated: list[tuple[str, Known]] = []
    again: list[tuple[str, Known]] = []
    for one in entries:
        hits = [seen[each] for each in one.keys if each in seen]
        alive = next(filter(None, hits), "")
        if alive:
            updated.append((alive, one))
        elif hits or one.article in new or one.canonical in here or not one.keys:
            again.append((here.get(one.canonical, ""), one))
        elif 0 < one.entry.published < oldest:
            again.append(("", one))
        else:
            new[one.article] = one
    fresh = sorted(new.values(), key=lambda one: moment(one, now=now))
    if is_first:
        fresh, past = _first(fresh, now=now)
        again += [("", one) for one in past]
    return Decided(tuple(fresh), tuple(updated), tuple(again))


def moment(one: Known, *, now: int) -> int:
    """Tell when an entry was published as far as can be believed: not after it was received."""
    said = one.entry.published or one.entry.updated
    return min(said, now) if said > 0 else now


def _first(entries: list[Known], *, now: int) -> tuple[list[Known], list[Known]]:
    """Split what a new subscription brings: its recent past, at least a few, and the rest."""
    recent = [one for one in entries if moment(one, now=now) >= now - _FIRST_DAYS * DAY_MS]
    kept = recent if len(recent) >= _FIRST_LEAST else entries[-_FIRST_LEAST:]
    chosen = {one.article for one in kept}
    return kept, [one for one in entries if one.article not in chosen]
