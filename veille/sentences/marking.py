"""What is said of passages: meanings, who reads, places that are only likely, how much is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from veille.domain.views import Row
from veille.sentences import clipping, dates, names
from veille.sentences.catalogue import _, n_, number

# Words a minute; measures of silent reading of prose go from 200 to 260.
_PACE = 220

if TYPE_CHECKING:
    from veille.annotate.meter import Meter
    from veille.desk.citing import Passport


def meaning(name: str) -> str:
    """Name what a highlight means."""
    return {
        "key": _("Key point"),
        "fact": _("Figure or fact"),
        "check": _("To be checked"),
        "use": _("To be used"),
    }.get(name, _("Plain highlight"))


def shape(name: str) -> str:
    """Give the shape that stands for a meaning: colour alone would not be seen by everybody."""
    return {"key": "■", "fact": "▲", "check": "◆", "use": "●"}.get(name, "")


def quoted() -> str:
    """Name a passage that was quoted."""
    return _("Quote")


def reminder() -> str:
    """Remind, gently, that comments are read by whom they are about."""
    return _("Stay factual: the person quoted may ask to read this comment.")


def readers(row: Row) -> str:
    """Say who reads a comment."""
    return _("private") if row.text("visibility") == "private" else _("team")


def lead(row: Row) -> str:
    """Say what stands under a title in a list; what is said of a passage is told from its words."""
    if row.kind == "quote" or (row.kind == "annotation" and row.text("exact")):
        return comment(row)
    return row.lead


def comment(row: Row) -> str:
    """Say what is said of a passage, so that nobody takes it for the passage; "" for nothing."""
    said = row.text("comment")
    return _("Comment: {text}").format(text=said) if said else ""


def kept(row: Row) -> str:
    """Say that a passage was marked, and who sees it."""
    if row.text("motivation") == "questioning":
        told = _("Question asked.")
    elif row.text("comment"):
        told = _("Comment kept.")
    else:
        told = _("Highlighted: {meaning}.").format(meaning=meaning(row.text("meaning")))
    private = row.text("visibility") == "private"
    seen = _("Only you see it.") if private else _("The team sees it.")
    return f"{told} {seen}"


def waits() -> str:
    """Say that a question has no answer yet."""
    return _("waits for an answer")


def reading_time(words: int) -> str:
    """Say how long a text takes to read, at the usual pace; "" for a few lines."""
    minutes = round(words / _PACE)
    return n_("{n} min read", "{n} min read", minutes) if minutes else ""


def place(status: str) -> str:
    """Say how sure the place of a passage is, "" when it is certain."""
    return {
        "near": _("the page has changed a little here"),
        "doubtful": _("place to be confirmed: Y"),
        "orphan": _("not in this text"),
        "beyond": _("in what is left out of this excerpt"),
    }.get(status, "")


def meter(told: Meter) -> str:
    """Say how much a quote takes; it informs, and judges nothing."""
    parts = [names.words(told.words)]
    if told.article:
        parts.append(_("{share} of the article").format(share=_percent(told.share)))
        if told.quoted > told.words:
            share = _percent(told.quoted_share)
            parts.append(_("all our quotes of it: {share}").format(share=share))
    return " · ".join(parts)


def _percent(share: float) -> str:
    """Write a share; what is not nothing is never shown as zero."""
    if 0 < share < 0.01:
        return _("less than 1%")
    return _("{n}%").format(n=number(round(share * 100)))


def capture(passport: Passport) -> str:
    """Say in which capture a quote was found, and what proves it."""
    if passport.capture is None:
        return _("The capture it was found in is not on this computer.")
    mark = passport.capture.page or passport.capture.clean
    parts = (
        _("Capture of {moment}").format(moment=dates.moment(passport.capture.at)),
        clipping.door(passport.capture.door),
    )
    told = " · ".join(part for part in parts if part)
    return f"{told} · SHA-256 {mark[:16]}" if mark else told


def gone(since: int) -> str:
    """Say that the site has no such page any more."""
    return _("Original page not found since {day}").format(day=dates.of_moment(since))


def of_capture(at: int) -> str:
    """Name a capture by its day."""
    return _("Capture of {day}").format(day=dates.of_moment(at))


def thread(rows: Sequence[Row], people: dict[str, str]) -> tuple[str, ...]:
    """Write a conversation: who, and what."""
    return tuple(
        _("{who}: {what}").format(who=people.get(one.created_by, ""), what=one.text("comment"))
        for one in rows
        if one.text("comment")
    )
