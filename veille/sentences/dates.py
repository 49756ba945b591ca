"""Dates as people read them, in the language spoken, at the place where they are."""

from __future__ import annotations

from datetime import UTC, datetime

from veille.sentences.catalogue import _, language


def months() -> tuple[str, ...]:
    """Give the names of the months."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"),
        _("August"), _("September"), _("October"), _("November"), _("December"),
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


def day(year: int, month: int, of_month: int) -> str:
    """Write a day: « 3 novembre 2026 », « 1er mai 2026 », "November 3, 2026"."""
    name = months()[month - 1]
    if language() == "fr":
        return f"{'1er' if of_month == 1 else of_month}\u00a0{name} {year}"
    return f"{name} {of_month}, {year}"


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
        name = months()[local.month - 1]
        return f"{local.day}\u00a0{name}" if language() == "fr" else f"{name} {local.day}"
    return day(local.year, local.month, local.day)


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
    """Write an hour: « 9 h 12 » in French, "9:12" in English."""
    if language() == "fr":
        return f"{local.hour}\u00a0h\u00a0{local.minute:02d}"
    return f"{local.hour}:{local.minute:02d}"
