"""Dates in words and figures, French and English: « lundi 1er mars 2024 », "3 March 2024".

Only what is written is read: a date without its year, or "yesterday", is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

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
_FORMS: Final = (
    re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?\.? (?:of )?(?P<w>{_MONTH})\.?,? (?P<y>(?:19|20)\d\d)\b"
    ),
    re.compile(rf"\b(?P<w>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)(?![\d/-])"),
    re.compile(rf"\b(?P<w>{_MONTH})\.? (?P<y>(?:19|20)\d\d)\b"),
)
_LONGEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the calendar, with the precision it is written with, and where it stands."""

    iso: str
    start: int
    end: int


def find_dates(text: str) -> list[Dated]:
    """Give the dates of a text, in order; days before months where both could be read."""
    plain = _same_length(text[:_LONGEST])
    found: list[Dated] = []
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if iso := _iso(match.groupdict()):
                found.append(Dated(iso, *match.span()))
                taken.append(match.span())
    return sorted(found, key=lambda one: one.start)


def day_of(text: str) -> str:
    """Give the date that a machine wrote (ISO 8601, RFC 822) or a person; "" for none."""
    text = text.strip()
    if match := re.match(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)", text):
        return _iso({"y": match[1], "m": match[2], "d": match[3]})
    if re.fullmatch(r"(?:19|20)\d\d-\d\d", text):
        return text
    return next((one.iso for one in find_dates(text)), "")


def _same_length(text: str) -> str:
    """Fold a text letter by letter, so that positions stay."""
    folded = "".join(_plain(one) for one in text)
    return re.sub(r"[\u00a0\u202f\t\n]", " ", folded)


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    plain = fold(letter)
    return plain if len(plain) == 1 else letter


def _iso(parts: dict[str, str | None]) -> str:
    year = int(parts.get("y") or 0)
    word = parts.get("w")
    month = _MONTHS.get(word, 0) if word else int(parts.get("m") or 0)
    day = parts.get("d")
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return ""
