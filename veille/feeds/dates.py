"""When did a feed say that? Dates as feeds write them, French ones included, to one moment.

feedparser reads neither French words nor days before months, and takes the hours of CEST for
those of Greenwich. What is read here is what is written: no day is made up, an impossible one is
none. A time without a zone is the time of Paris; a day without a time keeps its date wherever it
is looked at between Greenwich and Paris.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from veille.domain.text import collapse, fold

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january januar enero ene gennaio gen janner",
            "fevrier fevr fev february febr feb februar febrero febbraio",
            "mars march mar marz mrz marzo",
            "avril avr april apr abril abr aprile",
            "mai may mayo maggio mag",
            "juin june jun juni junio giugno giu",
            "juillet juill juil jul july juli julio luglio lug",
            "aout aou august aug agosto ago",
            "septembre sept sep september septiembre setiembre settembre set",
            "octobre oct october oktober okt octubre ottobre ott",
            "novembre nov november noviembre",
            "decembre dec december dezember dez diciembre dicembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
# In minutes east of Greenwich, in summer or winter as the name says.
_ZONES: Final = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60,
    "cet": 60, "met": 60, "mez": 60, "cest": 120, "mest": 120, "mesz": 120, "eet": 120,
    "eest": 180, "msk": 180, "ist": 330, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
    "ast": -240, "adt": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
_MONTH: Final = rf"(?P<w>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_DAY: Final = r"(?<![\d:])(?P<d>\d{1,2})"
_YEAR: Final = r"(?P<y>\d{4}|\d\d)(?!\d| ?[:h])"
# The most precise form first: the first that fits is the one that was written.
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<y>\d{4})-w(?P<week>\d\d)-?(?P<weekday>[1-7])(?!\d)",
        r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d:])",
        rf"{_DAY}(?:er|st|nd|rd|th|re)?[ .,º°-]{{0,3}}(?:(?:de|of) )?\b{_MONTH}\b[ .,'-]{{0,3}}(?:del? )?{_YEAR}",
        rf"\b{_MONTH}\b[ .-]{{1,2}}{_DAY}(?:st|nd|rd|th)?(?:, ?| )(?P<y>\d{{4}})(?![\d:])",
        rf"\b{_MONTH} {_DAY},? (?P<clock>\d\d?:\d\d(?::\d\d)?(?: [a-z]{{1,5}}| [+-]\d{{4}})?) (?P<y>\d{{4}})\b",
        rf"{_DAY}(?P<dm>[/.-])(?P<m>\d{{1,2}})(?P=dm){_YEAR}",
        r"\A(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:[t ]?(?P<digits>\d{4}(?:\d\d)?))?(?!\d)",
        r"\A(?P<y>\d{4})-(?P<yearday>\d{3})(?!\d)",
        r"\A(?P<y>\d{4})-(?P<m>\d\d)\Z",
        r"\A(?P<y>(?:19|20)\d\d)\Z",
    )
)
_DAYS_AGO: Final = re.compile(
    r"\b(?P<word>avant-hier|hier|aujourd'? ?hui|yesterday|today|heute|gestern|ayer|hoy|ieri|oggi)\b"
)
_BEFORE: Final = {
    "avant-hier": 2, "hier": 1, "yesterday": 1, "gestern": 1, "ayer": 1, "ieri": 1,
}  # fmt: skip
_AGO: Final = re.compile(
    r"(?:\bil y a (?P<n>\d{1,3}|une?) ?(?P<unit>min|h|j|sem)|"
    r"\b(?P<count>\d{1,3}|an?) ?(?P<of>min|h|d|w)[a-z]* ago\b)"
)
_MINUTES: Final = {"min": 1, "h": 60, "j": 1_440, "d": 1_440, "sem": 10_080, "w": 10_080}
_CLOCK: Final = re.compile(
    r"(?<![\d:+-])(?P<h>\d{1,2})"
    r"(?: ?[:h] ?(?P<m>\d\d?)(?!\d)(?: ?(?::|min|m) ?(?P<s>\d\d?)(?:[.,](?P<f>\d{1,9}))?)?|\.(?P<dot>\d\d)"
    r"| ?(?:h(?:eures?)?|uhr)\b|(?= ?[ap]\.?m\b))"
    r"(?:(?![:\d])|(?=:\d\d\Z))(?: ?(?P<half>[ap])\.?m\b\.?)?"
)
_OFFSET: Final = re.compile(
    r"\A(?:min)? ?(?:z|ut|utc|gmt)? ?(?P<sign>[+-])(?P<h>\d\d?)(?::?(?P<m>\d\d))?(?!\d)"
)
_NAMED: Final = re.compile(r"(?<![a-z])[a-z]{1,4}(?![a-z])")
_TIMESTAMP: Final = re.compile(r"\A\d{9,10}(?:\.\d{1,6})?\Z|\A\d{13}\Z")
_AS_WRITTEN: Final = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "(": " ", ")": " ", "\u00a0": " "}
)
_LONGEST: Final = 200
# Before and after, it is a program that says "none".
_OLDEST_YEAR: Final = 1900
_LAST_YEAR: Final = 9000


def moment(text: str, *, received: int = 0) -> int:
    """Give the moment that a date says.

    Args:
        text: the date as the feed wrote it: RFC 822, ISO 8601, French or European words, figures
            with the day first, seconds since 1970.
        received: when the feed came in, in milliseconds since 1970 UTC: what "yesterday" is
            counted from. 0 when it is not known, and then such words say nothing.

    Returns:
        Milliseconds since 1970 UTC; 0 when no real moment is written. What is written may be
        absurd (1927, or next year): that is for the caller to judge.
    """
    plain = collapse(fold(text[:_LONGEST]).translate(_AS_WRITTEN))
    if _TIMESTAMP.match(plain):
        return int(plain) if len(plain) == 13 else int(float(plain) * 1000)
    for form in _FORMS:
        for found in form.finditer(plain):
            if day := _day(found.groupdict()):
                return _at(day, _clock_text(plain, found))
    return _from_received(plain, received) if received else 0


def _clock_text(plain: str, found: re.Match[str]) -> str:
    """Give what stands beside the date, where a time may be."""
    parts = found.groupdict()
    if digits := parts.get("digits"):
        clock = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
        return f"{clock}{plain[found.end() :]}"
    if as_one_writes := parts.get("clock"):
        return as_one_writes
    # What follows a date is its time; « 18 h 27, le 1er août » is the rarer way.
    after = plain[found.end() :].lstrip("t ,")
    return after if _CLOCK.search(after) else f"{plain[: found.start()]} {after}"


def _day(parts: dict[str, str | None]) -> date | None:
    year = _year(parts["y"] or "")
    if not _OLDEST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        if week := parts.get("week"):
            return date.fromisocalendar(year, int(week), int(parts["weekday"] or 1))
        if yearday := parts.get("yearday"):
            day = date(year, 1, 1) + timedelta(days=int(yearday) - 1)
            return day if day.year == year else None
        return _of_calendar(year, parts)
    except ValueError:
        return None


def _of_calendar(year: int, parts: dict[str, str | None]) -> date | None:
    word = parts.get("w")
    month = _MONTHS[word] if word else int(parts.get("m") or 1)
    day = int(parts.get("d") or 1)
    if parts.get("dm") and month > 12 >= day:
        # Written the American way: no other reading makes a date.
        day, month = month, day
    return date(year, month, day)


def _year(text: str) -> int:
    # RFC 2822: two figures are this century up to 49.
    year = int(text)
    return year + (2000 if year < 50 else 1900) if len(text) == 2 else year


def _at(day: date, text: str) -> int:
    """Give a day at the time that a text says; midnight when it says none, 0 for a wrong one."""
    found = _CLOCK.search(text)
    if found is None:
        return _ms(datetime(day.year, day.month, day.day, tzinfo=UTC))
    seconds = _seconds(found)
    if seconds is None:
        return 0
    local = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds)
    offset = _offset(text[found.end() :])
    if offset is None:
        # Midnight without a zone is how programs write a day alone.
        offset = _paris(local) if seconds else 0
    return _ms(local) - offset * 60_000


def _seconds(found: re.Match[str]) -> float | None:
    """Give the seconds since midnight; None when a clock never shows that."""
    hour, minute, second = (int(found[name] or 0) for name in ("h", "m", "s"))
    minute = int(found["dot"] or minute)
    if (half := found["half"]) and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute + second):
        return None
    # A leap second is the last one of its minute.
    return hour * 3600 + minute * 60 + min(second, 59) + float(f"0.{found['f'] or 0}")


def _offset(text: str) -> int | None:
    """Give the minutes east of Greenwich that follow a time; None when nothing says so."""
    if found := _OFFSET.match(text):
        minutes = int(found["h"]) * 60 + int(found["m"] or 0)
        return (-minutes if found["sign"] == "-" else minutes) if minutes <= 14 * 60 else None
    return next((_ZONES[name] for name in _NAMED.findall(text) if name in _ZONES), None)


def _paris(local: datetime) -> int:
    """Give the minutes that Paris is east of Greenwich at a local time, by the rule of the Union.

    Summer time runs from the last Sunday of March to the last of October (of September before
    1996), 1:00 in Greenwich. The rule is here so that no table of zones is read from a disk.
    """
    begins = _last_sunday(local.year, 3) + timedelta(hours=2)
    ends = _last_sunday(local.year, 10 if local.year >= 1996 else 9) + timedelta(hours=3)
    return 120 if begins <= local < ends and local.year >= 1981 else 60


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31 if month in {3, 10} else 30, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _from_received(plain: str, received: int) -> int:
    """Read what is counted from now: « hier à 8 h 30 », « il y a 2 heures »."""
    if found := _DAYS_AGO.search(plain):
        here = _utc(received) + timedelta(minutes=_paris(_utc(received)))
        day = (here - timedelta(days=_BEFORE.get(found["word"], 0))).date()
        return _at(day, plain[found.end() :])
    if found := _AGO.search(plain):
        number = found["n"] or found["count"]
        unit = _MINUTES[found["unit"] or found["of"]]
        return received - (int(number) if number.isdigit() else 1) * unit * 60_000
    return 0


def _utc(ms: int) -> datetime:
    # The years that a calendar has; what is beyond was no clock's.
    seconds = min(max(ms // 1000, 0), 200_000_000_000)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _ms(when: datetime) -> int:
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
