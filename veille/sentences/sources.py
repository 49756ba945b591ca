"""What the screen of the sources says: how many, how each is, how often it speaks, what is missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from veille.desk.subscribing import PAGE, Subscription
from veille.domain.text import clip
from veille.feeds.health import Health
from veille.sentences import dates, following
from veille.sentences.catalogue import _, n_, number

_DAYS = 90
_NAMED = 3
_SHOWN = 120


def summary(total: int, bad: int) -> str:
    """Say how many sources there are, and how many of them need somebody to look."""
    told = n_("{n} source", "{n} sources", total)
    return ", ".join(part for part in (told, to_look_at(bad)) if part)


def to_look_at(bad: int) -> str:
    """Say how many sources need somebody to look, "" for none."""
    return n_("{n} to look at", "{n} to look at", bad) if bad else ""


def last_news(one: Subscription, now: int) -> str:
    """Say when a source last brought something, in a list; "" for never."""
    return dates.short(one.state.news_at, now) if one.state.news_at else ""


def line(one: Subscription, *, space: str, news: str) -> str:
    """Say a source to a screen reader: what its line shows."""
    parts = [
        one.title,
        space,
        following.status(one.health),
        _("last news: {when}").format(when=news) if news else _("no news yet"),
        n_("{n} to sort", "{n} to sort", one.to_sort) if one.to_sort else "",
    ]
    return ", ".join(part for part in parts if part)


def folder(name: str) -> str:
    """Name a folder of sources."""
    return name or _("Without a folder")


def kind(one: Subscription) -> str:
    """Say what is followed."""
    return _("Watched page") if one.watched == PAGE else _("Feed")


def rhythm(one: Subscription, today: date) -> str:
    """Say how often a source spoke lately: what the strip of its days shows."""
    first = (today - timedelta(days=_DAYS - 1)).isoformat()
    days = [day for day in one.state.days if first <= day <= today.isoformat()]
    if not days:
        return _("No news in the last 90 days.")
    return n_("News on {n} of the last 90 days.", "News on {n} of the last 90 days.", len(days))


def next_time(one: Subscription, now: int) -> str:
    """Say when a source is asked again."""
    if one.paused or one.health.code == "gone":
        return _("not by itself")
    if one.state.next_at <= now:
        return _("at the next reading")
    return dates.short(one.state.next_at, now)


def part(one: Subscription) -> str:
    """Say which part of a page is followed, by how it begins."""
    seen = (one.state.page or {}).get("lines", ())
    begins = clip(str(seen[0]), length=_SHOWN) if seen else ""
    if not one.block:
        return _("The whole text")
    return _("“{words}”").format(words=begins) if begins else _("A part of the page")


def dead(title: str, told: Health, now: int) -> str:
    """Say in a few words that a source followed is not heard, and since when."""
    if told.code == "gone":
        what = _("exists no more")
    elif told.code == "silent":
        what = n_("silent for {n} day", "silent for {n} days", told.days)
    else:
        what = _("failing since {when}").format(when=dates.since(told.since, now))
    return f"{title} {what}"


def not_heard(titles: Sequence[str]) -> str:
    """Say, where nothing was found, which sources could have brought it; "" for none."""
    if not titles:
        return ""
    named = list(titles[:_NAMED])
    if len(titles) > _NAMED:
        named.append(n_("{n} more", "{n} more", len(titles) - _NAMED))
    return _("Not heard at the moment: {names}.").format(names=", ".join(named))


def worries(some: Sequence[Subscription], now: int) -> list[str]:
    """Say, a line each, how the sources are that are not heard."""
    return [
        _("{label}: {what}").format(label=one.title, what=following.health(one, now))
        for one in some
        if one.health.misleads
    ]


def reading() -> str:
    """Say that sources are being read."""
    return _("Reading the sources")


def how_far(done: int, total: int, title: str) -> str:
    """Say how far that is, and what was read last; "" at the beginning."""
    if not total:
        return ""
    told = _("{done}/{total}").format(done=number(done), total=number(total))
    return f"{told} — {title}" if title else told


# --- what of a page is ignored -------------------------------------------------------------------

KINDS = ("dates", "times", "numbers")


def ignored(rules: Sequence[str]) -> str:
    """Write the rules of a page as a person writes them."""
    words = _kinds()
    return " ; ".join(words.get(one, one) for one in rules)


def ignored_codes(text: str) -> list[str]:
    """Read what a person wrote: phrases, and the words for all dates, times or numbers."""
    codes = {word.casefold(): code for code, word in _kinds().items()}
    written = (one.strip() for one in text.split(";"))
    return [codes.get(one.casefold(), one) for one in written if one]


def ignoring() -> str:
    """Say how rules are written."""
    return _("Phrases between semicolons; also: {kinds}.").format(
        kinds=", ".join(_kinds().values())
    )


def _kinds() -> dict[str, str]:
    return {"dates": _("dates"), "times": _("times"), "numbers": _("numbers")}
