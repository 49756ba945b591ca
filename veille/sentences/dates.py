"""Dates as people read them, in the language spoken, at the place where they are.

Both languages put the day first and count twenty-four hours: the English is that of Europe.
"""

from __future__ import annotations

from datetime import UTC, datetime

from veille.sentences.catalogue import _, language


def months() -> tuple[str, ...]:
    """Give the names of the months."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"),
        _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def brief_months() -> tuple[str, ...]:
    """Give the names of the months where there is little room."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"),
        _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip


def published(text: str) -> str:
    """Write a date of publication with the precision it was found with; "" stays ""."""
    parts = [int(one) for one in text.split("-") if one.isdecimal() and one.isascii()]
    if not parts or len(parts) > 3 or (len(parts) > 1 and not 1 <= parts[1] <= 12):
        return text
    if len(parts) == 1:
        return text
    month = months()[parts[1] - 1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return day(parts[0], parts[1], parts[2])


def period(first: int, last: int) -> str:
    """Name months that follow each other, each YYYYMM: a month, years, or from one to another."""
    if (first % 100, last % 100) == (1, 12):
        years = dict.fromkeys((str(first // 100), str(last // 100)))
        return "\u2013".join(years)
    named = dict.fromkeys(published(f"{one // 100:04}-{one % 100:02}") for one in (first, last))
    return " \u2013 ".join(named)


def day(year: int, month: int, of_month: int) -> str:
    """Write a day: « 3 novembre 2026 », « 1er mai 2026 », "3 November 2026"."""
    return f"{day_of_month(month, of_month)} {year}"


def day_of_month(month: int, of_month: int) -> str:
    """Write a day without its year: « 1er mai », "1 May"."""
    return f"{ordinal(of_month)}\u00a0{months()[month - 1]}"


def ordinal(of_month: int) -> str:
    """Write which day of the month it is: French says the first, then counts."""
    return "1er" if of_month == 1 and language() == "fr" else str(of_month)


def moment(ms: int) -> str:
    """Write a moment, in local time: « 3 novembre 2026 à 9 h 12 »."""
    if not ms:
        return _("never")
    local = datetime.fromtimestamp(ms / 1000, UTC).astimezone()
    return _("{day} at {time}").format(
        day=day(local.year, local.month, local.day), time=clock_time(local)
    )


def of_moment(ms: int) -> str:
    """Write the day of a moment, in local time."""
    local = datetime.fromtimestamp(ms / 1000, UTC).astimezone()
    return day(local.year, local.month, local.day)


def short(ms: int, now_ms: int) -> str:
    """Write a moment in a list: the hour today, the day otherwise."""
    local = datetime.fromtimestamp(ms / 1000, UTC).astimezone()
    now = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone()
    if local.date() == now.date():
        return clock_time(local)
    if local.year == now.year:
        return day_of_month(local.month, local.day)
    return day(local.year, local.month, local.day)


def since(ms: int, now_ms: int) -> str:
    """Write a moment as it follows "since": « 9 h 12 » today, « le 3 novembre » otherwise."""
    told = short(ms, now_ms)
    return told if _is_today(ms, now_ms) or language() != "fr" else f"le {told}"


def when(ms: int, now_ms: int) -> str:
    """Write a moment as it follows a verb: "at 9:12" today, "on 3 November" otherwise."""
    told = short(ms, now_ms)
    today = _is_today(ms, now_ms)
    return _("at {time}").format(time=told) if today else _("on {day}").format(day=told)


def _is_today(ms: int, now_ms: int) -> bool:
    now = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone()
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().date() == now.date()


def hour(ms: int) -> str:
    """Write the hour of a moment, in local time."""
    return clock_time(datetime.fromtimestamp(ms / 1000, UTC).astimezone())


def days(ms: int, now_ms: int) -> str:
    """Name the day of a moment: today, yesterday, else in full."""
    local = datetime.fromtimestamp(ms / 1000, UTC).astimezone().date()
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone().date()
    near = {0: _("Today"), 1: _("Yesterday")}
    return near.get((today - local).days) or day(local.year, local.month, local.day)


def clock_time(local: datetime) -> str:
    """Write an hour of twenty-four: « 14 h 05 » in French, "14:05" in English."""
    if language() == "fr":
        return f"{local.hour}\u00a0h\u00a0{local.minute:02d}"
    return f"{local.hour}:{local.minute:02d}"
