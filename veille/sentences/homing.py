"""What is told to who comes back: since when, how much, who did what, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from veille.desk.homing import Home, News
from veille.domain.text import clip
from veille.domain.views import Row
from veille.sentences import dates, names
from veille.sentences.catalogue import _, n_, quoted, series

_TOLD = 2
_LONG = 160


# --- the head ------------------------------------------------------------------------------------


def greeting(name: str, now: int) -> str:
    """Greet who comes back, by the hour it is here."""
    hour = _local(now).hour
    if hour < 12:
        return _("Good morning, {name}").format(name=name) if name else _("Good morning")
    if hour < 18:
        return _("Good afternoon, {name}").format(name=name) if name else _("Good afternoon")
    return _("Good evening, {name}").format(name=name) if name else _("Good evening")


def summary(home: Home, now: int) -> str:
    """Say how much is new, since when."""
    if not home.since:
        if not home.news:
            return _("This is your first visit: what colleagues do from now on is told here.")
        return _("This is your first visit. So far: {what}").format(what=_how_much(home))
    when = moment(home.since, now)
    if not home.news:
        return _("Since {when}: nothing new").format(when=when)
    return _("Since {when}: {what}").format(when=when, what=_how_much(home))


def _how_much(home: Home) -> str:
    count = n_("{n} thing", "{n} things", len({one.row.id for one in home.news}))
    people = n_("{n} colleague", "{n} colleagues", len({one.by for one in home.news}))
    form = _("more than {things} by {people}") if home.more else _("{things} by {people}")
    return form.format(things=count, people=people)


def moment(ms: int, now: int) -> str:
    """Write a moment with the day of the week: « mardi 25 novembre, 17 h 12 »."""
    then, today = _local(ms), _local(now)
    day = dates.day_of_month(then.month, then.day)
    whole = day if then.year == today.year else f"{day} {then.year}"
    return _("{weekday} {day}, {time}").format(
        weekday=weekdays()[then.weekday()], day=whole, time=dates.clock_time(then)
    )


def weekdays() -> tuple[str, ...]:
    """Give the names of the days, from Monday."""
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
        _("Sunday"),
    )  # fmt: skip


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone()


# --- what is new ---------------------------------------------------------------------------------


def deed(name: str) -> str:
    """Say one deed, after the name of who did it."""
    return {
        "deleted": _("deleted"),
        "brought_back": _("brought back"),
        "shared": _("shared"),
        "asked": _("asked a question"),
        "replied": _("answered"),
        "wrote_note": _("wrote the note"),
        "edited_note": _("edited the note"),
        "clipped": _("clipped"),
        "quoted": _("quoted"),
        "commented": _("commented"),
        "opened_dossier": _("opened the dossier"),
        "created_theme": _("began the theme"),
        "followed": _("followed the source"),
        "published": _("marked as published"),
        "proposed": _("proposed"),
        "kept": _("kept"),
        "discarded": _("discarded"),
        "archived": _("archived"),
        "to_sort": _("put back to sort"),
        "filed": _("filed"),
        "took_out": _("took something out of the dossier"),
        "highlighted": _("highlighted"),
        "rewrote_comment": _("rewrote the comment"),
        "corrected_quote": _("corrected the quote"),
        "renamed": _("renamed"),
        "described_dossier": _("described the dossier"),
        "described_theme": _("described the theme"),
        "changed_source": _("changed the source"),
        "corrected": _("corrected the record"),
        "captured": _("captured the page"),
        "added_theme": _("added a theme"),
        "removed_theme": _("removed a theme"),
    }.get(name, _("changed"))


def did(one: News) -> str:
    """Say what a colleague did to a thing: the two deeds that matter most."""
    told = [deed(name) for name in one.deeds[:_TOLD]]
    return series(told) or deed("")


def gone(one: News) -> str:
    """Say that a thing was deleted since, by somebody else; "" when it was not."""
    return _("deleted since") if one.row.hidden and "deleted" not in one.deeds else ""


def title(one: News) -> str:
    """Name a thing: a comment by its words, a quote between quotation marks."""
    return waits(one.row)


def about(one: News) -> str:
    """Name what a quote or a comment is said of, the source of an article; "" for none."""
    if one.about is not None:
        return one.about.title
    return one.row.source if one.row.kind == "article" else ""


def by(people: Mapping[str, str], person: str) -> str:
    """Name a colleague."""
    return people.get(person) or _("A colleague")


def by_and_did(who: str, one: News) -> str:
    """Say who did what."""
    return _("{who} {did}").format(who=who, did=did(one))


def elsewhere() -> str:
    """Name the group of what is in no dossier."""
    return _("Elsewhere")


def how_many(count: int) -> str:
    """Count the things of a group."""
    return n_("{n} thing", "{n} things", count)


def folded(count: int) -> str:
    """Say how many lines are folded under this one."""
    return n_("and {n} more", "and {n} more", count)


def head(title: str, count: int, *, is_open: bool) -> str:
    """Say the head of a group to a screen reader."""
    state = _("unfolded") if is_open else _("folded")
    return ", ".join((title, how_many(count), state))


def line(one: News, *, who: str, dossiers: str, when: str) -> str:
    """Say a line to a screen reader: all that it shows, and the kind, which is a picture."""
    told = by_and_did(who, one)
    kind = names.kind(one.row.kind)
    parts = [told, gone(one), kind, title(one), about(one), dossiers, when]
    return ", ".join(part for part in parts if part)


# --- what waits ----------------------------------------------------------------------------------


def waiting(name: str, count: int) -> str:
    """Say how many things of a kind wait."""
    return {
        "questions": lambda n: n_(
            "{n} question from colleagues", "{n} questions from colleagues", n
        ),
        "proposals": lambda n: n_("{n} proposal to decide", "{n} proposals to decide", n),
        "conflicts": lambda n: n_("{n} thing in two versions", "{n} things in two versions", n),
        "astray": lambda n: n_("{n} passage to confirm", "{n} passages to confirm", n),
        "mentions": lambda n: n_("{n} note names you", "{n} notes name you", n),
        "drafts": lambda n: n_("{n} unfinished note", "{n} unfinished notes", n),
        "searches": lambda n: n_("{n} saved search with news", "{n} saved searches with news", n),
    }[name](count)


def waits(row: Row) -> str:
    """Name something that waits: a question by its words."""
    if row.kind == "annotation" and row.text("comment").strip():
        return clip(row.text("comment"), length=_LONG)
    if row.kind in {"quote", "annotation"} and row.title:
        return quoted(row.title)
    return row.title or names.kind(row.kind)


def search(name: str, new: int) -> str:
    """Name a saved search, and how much is new in it."""
    return ", ".join((name, n_("{n} new", "{n} new", new)))
