"""Dates in words and figures, French and English: « lundi 1er mars 2024 », "3 March 2024".

Only what is written is read: a date without its year, or "yesterday", is none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from veille.domain.text import fold

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars march mar",
            "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul",
            "aout august aug", "septembre sept sep september", "octobre oct october",
            "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?P<y>(?:19|20)\d\d)"
_NTH: Final = r"(?:er|st|nd|rd|th)?"
# From the most precise form to the least: what one has taken, the next leaves alone.
_FORMS: Final = (
    re.compile(rf"(?<![\d-]){_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])"),
    re.compile(rf"(?<![\d/.]){_YEAR}[/.](?P<m>\d\d)[/.](?P<d>\d\d)(?![\d/])"),
    re.compile(rf"\b(?P<d>\d{{1,2}}){_NTH}\.?[ -]?(?:of )?(?P<w>{_MONTH})\b\.?,?[ -]{_YEAR}\b"),
    re.compile(rf"\b(?P<w>{_MONTH})\b\.? (?P<d>\d{{1,2}}){_NTH},? {_YEAR}\b"),
    re.compile(rf"(?<![\d/.-])(?P<d>\d{{1,2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s){_YEAR}(?![\d/-])"),
    re.compile(rf"\b(?P<w>{_MONTH})\b\.?,? {_YEAR}\b"),
)
_MACHINE: Final = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_MONTH_OF_MACHINE: Final = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])\Z")
_LONGEST: Final = 100_000
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\t\n\r", " "))


class Dated(NamedTuple):
    """A date of the calendar, with the precision it is written with, and where it stands."""

    iso: str
    start: int
    end: int


def find_dates(text: str) -> list[Dated]:
    """Give the dates of a text, in order; days before months where both could be read."""
    plain = _same_length(text[:_LONGEST])
    found: list[Dated] = []
    taken = bytearray(len(plain))
    for form in _FORMS:
        for match in form.finditer(plain):
            start, end = match.span()
            if not any(taken[start:end]) and (iso := _iso(match.groupdict())):
                found.append(Dated(iso, start, end))
                taken[start:end] = b"1" * (end - start)
    return sorted(found, key=lambda one: one.start)


def day_of(text: str) -> str:
    """Give the date that a machine wrote (ISO 8601, RFC 822) or a person; "" for none."""
    text = text.strip()[:300]
    if match := _MACHINE.match(text):
        return _iso({"y": match[1], "m": match[2], "d": match[3]})
    if _MONTH_OF_MACHINE.match(text):
        return text
    return next((one.iso for one in find_dates(text)), "")


def days_apart(one: str, other: str) -> int | None:
    """Count the days between two dates; None when one of them is no whole date."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return None


def _same_length(text: str) -> str:
    """Fold a text letter by letter, so that positions stay."""
    if text.isascii():
        return text.lower().translate(_SPACES)
    return "".join(map(_plain, text)).translate(_SPACES)


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    plain = fold(letter)
    return plain if len(plain) == 1 else letter


def _iso(parts: dict[str, str | None]) -> str:
    year = int(parts.get("y") or 0)
    word = parts.get("w")
    month = _MONTHS.get(word, 0) if word else int(parts.get("m") or 0)
    if parts.get("d") is None:
        return f"{year:04}-{month:02}"
    day = int(parts["d"] or 0)
    if parts.get("s") and month > 12 >= day:
        # Written the American way: no other reading makes a date.
        day, month = month, day
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
