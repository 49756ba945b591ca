"""What is said of dossiers: what they hold, how far people have read, what telling means."""

from __future__ import annotations

from collections.abc import Sequence

from veille.desk.dossiers import LIVE, Parcours, Step
from veille.domain.views import Row
from veille.sentences import dates, marking, names, sorting
from veille.sentences.catalogue import _, n_, number


def opened(row: Row, who: str, where: str) -> str:
    """Say who opened a dossier, when, and in which space ("" for the personal one)."""
    form = _("Opened by {who} on {day}") if who else _("Opened on {day}")
    told = form.format(who=who, day=dates.of_moment(row.created_at))
    return " · ".join((told, where or names.space("", personal=True)))


def size(steps: Sequence[Step]) -> str:
    """Say how many things there are to read, and how long it takes."""
    told = n_("{n} thing to read", "{n} things to read", len(steps))
    return " · ".join(part for part in (told, _time(steps)) if part)


def _time(steps: Sequence[Step]) -> str:
    return marking.reading_time(sum(one.row.words for one in steps))


# --- one member ----------------------------------------------------------------------------------


def title(row: Row) -> str:
    """Write the title of a member; a quote between its marks."""
    return _("“{words}”").format(words=row.title) if row.kind == "quote" else row.title


def detail(row: Row, about: Row | None, now: int, *, alone: bool) -> str:
    """Say where a member comes from and when; ``alone``: that colleagues do not have it."""
    return " · ".join(part for part in (_where(row, about, now), _alone(alone=alone)) if part)


def _where(row: Row, about: Row | None, now: int) -> str:
    if row.kind == "article":
        return _joined(row.source, sorting.dated(row, now))
    source = about.source if about is not None else ""
    if row.kind == "quote":
        who = row.text("speaker") or names.unknown_speaker()
        return _joined(", ".join(one for one in (who, row.text("role")) if one), source)
    if row.kind == "annotation":
        return _joined(about.title if about is not None else "", source)
    return dates.short(row.updated_at, now)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _alone(*, alone: bool) -> str:
    return _("only you have it") if alone else ""


def spoken(step: Step, told: str, *, place: int) -> str:
    """Say a member to a screen reader; ``place``: from 1, 0 for what a search finds."""
    parts = [number(place) if place else "", title(step.row), names.kind(step.row.kind), told]
    parts += [_("read") if step.read else ""]
    parts += [_("found by the search") if step.part == LIVE else ""]
    return ", ".join(part for part in parts if part)


def found_by_search(count: int) -> str:
    """Head what the search of a dossier finds."""
    return _("Found by the search ({n})").format(n=number(count))


# --- what is done --------------------------------------------------------------------------------


def moved(rows: Sequence[Row]) -> str:
    """Say that members were moved."""
    return _("Moved: {what}").format(what=_what(rows))


def taken_out(rows: Sequence[Row]) -> str:
    """Say that members were taken out of the dossier, and are nowhere deleted."""
    return _("Taken out of the dossier, kept in the memory: {what}").format(what=_what(rows))


def _what(rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return title(rows[0])
    return n_("{n} thing", "{n} things", len(rows))


# --- who has read what ---------------------------------------------------------------------------


def progress(done: int, of: int) -> str:
    """Write how far somebody is: « 3 / 12 »."""
    return _("{done}\u00a0/\u00a0{of}").format(done=number(done), of=number(of))


def mine(found: Parcours) -> str:
    """Say how far who is at the desk is, and who sees it."""
    form = (
        _("You: {progress} — your colleagues see it")
        if found.tells
        else _("You: {progress} — only you see it")
    )
    return form.format(progress=progress(found.read, len(found.steps)))


def reader(name: str, done: int, of: int) -> str:
    """Say how far a colleague is."""
    return _("{name}: {progress}").format(name=name, progress=progress(done, of))


def others(count: int) -> str:
    """Say that more people told than are shown."""
    return n_("and {n} other", "and {n} others", count)


def step(place: int, of: int) -> str:
    """Say to a screen reader which step is read."""
    return _("step {place} of {of}").format(place=number(place), of=number(of))


def finished(people: Sequence[str]) -> str:
    """Say who else has read everything, "" for nobody."""
    return _("Read to the end as well: {names}").format(names=", ".join(people)) if people else ""


# --- telling -------------------------------------------------------------------------------------


def telling() -> str:
    """Explain what telling colleagues means, before one does."""
    return _(
        "Your colleagues see which steps of this dossier you have read, those you read before"
        " included. Uncheck it, and all of it is taken back. Nobody sees anything of other"
        " dossiers."
    )


def cannot_tell(where: str) -> str:
    """Say why who may only read a space cannot tell."""
    return _(
        "In the space “{name}” you read only: nothing of yours is written there. What you read"
        " is kept on this computer, for you."
    ).format(name=where)


def nobody_to_tell() -> str:
    """Say that a dossier of one's own has nobody to be told to."""
    return _("This dossier is not shared: there is nobody to tell.")
