"""How often a source speaks, and since when it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Final

# Fewer different days say nothing of a rhythm.
_ENOUGH: Final = 8
# A source is silent after so many times its usual pause, and at least so many days.
_PAUSES: Final = 4
_LEAST_DAYS: Final = 3
# What speaks less often than that has no rhythm to break.
_LONGEST_PAUSE: Final = 15


@dataclass(frozen=True, slots=True)
class Silence:
    """A source that was heard regularly, and is not any more. ``usual`` is its pause, in days."""

    source: str
    last: date
    days: int
    usual: int


def silences(heard: Mapping[str, Iterable[str]], *, today: date) -> list[Silence]:
    """Give the silent sources, the longest silence first, from the days they were heard."""
    found = [_silence(source, _dates(days), today) for source, days in heard.items()]
    return sorted((one for one in found if one is not None), key=lambda one: -one.days)


def _silence(source: str, days: list[date], today: date) -> Silence | None:
    if len(days) < _ENOUGH:
        return None
    usual = median((later - day).days for day, later in pairwise(days))
    silent = (today - days[-1]).days
    if usual > _LONGEST_PAUSE or silent < max(_PAUSES * usual, _LEAST_DAYS):
        return None
    return Silence(source, days[-1], silent, max(round(usual), 1))


def _dates(days: Iterable[str]) -> list[date]:
    found = set()
    for one in days:
        try:
            found.add(date.fromisoformat(one))
        except ValueError:
            continue
    return sorted(found)
