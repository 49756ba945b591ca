"""Dates as people write them: ``mars 2024``, ``hier``, ``2024-01``, ``3 mois``, ``lundi``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from veille.search.french import MONTHS

_ENGLISH: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH_DAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_YESTERDAYS: Final = {
    "aujourd'hui": 0, "today": 0, "hier": 1, "yesterday": 1, "avant-hier": 2,
}  # fmt: skip
_UNITS: Final = {"j": 1, "d": 1, "s": 7, "w": 7, "m": 30, "a": 365, "y": 365}
_ISO: Final = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?\Z")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)?\Z")
_FRENCH: Final = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4}|\d\d)\Z")
_LAST: Final = "|".join(f"(?<={month}) dernier" for month in MONTHS)
# "ce mois-ci" is this month, "lundi dernier" and "mars dernier" the last ones.
_TRIMMED: Final = re.compile(rf"(?:[ -]ci|(?<=di) dernier|(?<=dimanche) dernier|{_LAST})\Z")
_WORDS: Final = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([a-z]{3,})\.?(?:\s+(\d{4}))?\Z")
_AGO: Final = re.compile(
    r"(?:il y a\s+|last\s+)?(\d{1,4})\s*(j|jours?|d|days?|s|sem|semaines?|w|weeks?|m|mois|months?"
    r"|a|ans?|annees?|y|years?)(?:\s+ago)?\Z"
)
_PERIOD: Final = re.compile(
    r"(?:ce|cette|this)\s+(?P<this>\w+)\Z|(?:la\s+|le\s+|l')?(?P<last>\w+)\s+derni[\w]+\Z"
    r"|last\s+(?P<last2>\w+)\Z"
)

Span = tuple[date, date]


def span(value: str, *, today: date) -> Span | None:
    """Read a folded date. Returns its first and last day, None when it is no date.

    A month without a year, or a day of the week, is the last one that has begun.
    """
    value = _TRIMMED.sub("", value.strip().replace("’", "'"))
    for read in (_relative, _period, _iso, _french, _words):
        try:
            found = read(value, today)
        except (ValueError, OverflowError):
            continue
        if found is not None:
            return found
    return None


def number(day: date) -> int:
    """Give a day as YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


def _relative(value: str, today: date) -> Span | None:
    value = value.replace("avant hier", "avant-hier")
    if value in _YESTERDAYS:
        day = today - timedelta(days=_YESTERDAYS[value])
        return day, day
    for names in (_DAYS, _ENGLISH_DAYS):
        if value in names:
            day = today - timedelta(days=(today.weekday() - names.index(value)) % 7)
            return day, day
    ago = _AGO.match(value)
    if ago is None:
        return None
    unit = "m" if ago[2].startswith("mo") else ago[2][0]
    day = today - timedelta(days=int(ago[1]) * _UNITS[unit])
    return day, day


def _period(value: str, today: date) -> Span | None:
    match = _PERIOD.match(value)
    if match is None:
        return None
    name, back = (match["this"], 0) if match["this"] else (match["last"] or match["last2"], 1)
    periods: dict[str, Callable[[date, int], Span]] = {
        "semaine": _week, "week": _week, "mois": _month_back, "month": _month_back,
        "annee": _year_back, "an": _year_back, "year": _year_back,
    }  # fmt: skip
    return periods[name](today, back) if name in periods else None


def _week(today: date, back: int) -> Span:
    first = today - timedelta(days=today.weekday() + 7 * back)
    return first, first + timedelta(days=6)


def _month_back(today: date, back: int) -> Span:
    months = today.year * 12 + today.month - 1 - back
    return _month(months // 12, months % 12 + 1)


def _year_back(today: date, back: int) -> Span:
    return date(today.year - back, 1, 1), date(today.year - back, 12, 31)


def _iso(value: str, _today: date) -> Span | None:
    match = _ISO.match(value)
    compact = _COMPACT.match(value)
    if compact is not None and compact[3]:
        day = date(int(compact[1]), int(compact[2]), int(compact[3]))
        return day, day
    if compact is not None:
        return _month(int(compact[1]), int(compact[2]))
    if match is None:
        return None
    if match[3]:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match[2]:
        return _month(int(match[1]), int(match[2]))
    return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)


def _french(value: str, _today: date) -> Span | None:
    match = _FRENCH.match(value)
    if match is None:
        return None
    year = int(match[3]) + (2_000 if len(match[3]) == 2 else 0)
    if not match[1]:
        return _month(year, int(match[2])) if len(match[3]) == 4 else None
    day = date(year, int(match[2]), int(match[1]))
    return day, day


def _words(value: str, today: date) -> Span | None:
    match = _WORDS.match(value)
    month = _month_named(match[2]) if match else 0
    if match is None or not month:
        return None
    year = int(match[3]) if match[3] else today.year - (month > today.month)
    if not match[1]:
        return _month(year, month)
    day = date(year, month, int(match[1]))
    if not match[3] and day > today:
        day = date(year - 1, month, int(match[1]))
    return day, day


def _month_named(name: str) -> int:
    for names in (MONTHS, _ENGLISH):
        found = [number for number, one in enumerate(names, 1) if one.startswith(name)]
        if len(found) == 1:
            return found[0]
    return 0


def _month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
