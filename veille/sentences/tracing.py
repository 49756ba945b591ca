"""The history of a note, in words: who, when, how much; titles; what became of a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from veille.desk.tracing import Authored, Change, Edit, State
from veille.sentences import dates
from veille.sentences.catalogue import _, n_, number

# Of those who changed a paragraph before.
_MOST_NAMED: Final = 3


def who(person: str, people: Mapping[str, str]) -> str:
    """Name a person."""
    return people.get(person) or _("A colleague")


def line(state: State, people: Mapping[str, str]) -> str:
    """Say a state in a list that names its day: « Anne, 14 h 10–14 h 32 · +42 −7 mots »."""
    name, hours = who(state.by, people), period(state)
    told = _("{who}, {when}").format(who=name, when=hours)
    return " · ".join(part for part in (told, what(state)) if part)


def period(state: State) -> str:
    """Say from which hour to which; one when it is the same, the days when they differ."""
    began, ended = dates.hour(state.began_at), dates.hour(state.at)
    if dates.of_moment(state.began_at) != dates.of_moment(state.at):
        return f"{dates.moment(state.began_at)}–{dates.moment(state.at)}"
    return began if began == ended else f"{began}–{ended}"


def what(state: State) -> str:
    """Say what was done in a state."""
    if state.kind == "title":
        return title(state)
    done = {
        "born": _("first text"),
        "merged": _("two versions brought together"),
        "restored": _("an earlier text brought back"),
    }.get(state.kind, "")
    return " · ".join(part for part in (done, words(state)) if part)


def title(state: State) -> str:
    """Say how a title was changed."""
    return _("Title: “{before}” → “{after}”").format(before=state.title_before, after=state.title)


def words(state: State) -> str:
    """Say how many words came and went: « +42 −7 mots »."""
    added, removed = state.added, state.removed
    if state.kind == "born":
        return n_("{n} word", "{n} words", added)
    if not (added or removed):
        return _("the same words") if state.kind == "text" else ""
    signs = [f"+{number(added)}" if added else "", f"−{number(removed)}" if removed else ""]
    told = " ".join(one for one in signs if one)
    return (_("{count} words") if added + removed > 1 else _("{count} word")).format(count=told)


def head(state: State, people: Mapping[str, str]) -> str:
    """Say in full who left a state, and when."""
    when = _("{day}, {hours}").format(day=dates.of_moment(state.at), hours=period(state))
    if dates.of_moment(state.began_at) != dates.of_moment(state.at):
        when = period(state)
    return _("{who} — {when}").format(who=who(state.by, people), when=when)


def became(kind: str) -> str:
    """Say what became of a paragraph."""
    return {
        "added": _("Added"),
        "removed": _("Removed"),
        "rewritten": _("Rewritten"),
        "same": _("Unchanged"),
        "old_title": _("Old title"),
        "new_title": _("New title"),
    }.get(kind, kind)


def restore(kind: str) -> str:
    """Say what taking a change back does."""
    return _("Restore this title") if kind.endswith("_title") else _("Restore this passage")


def folded(count: int) -> str:
    """Say that paragraphs are not shown because nothing changed there."""
    return n_("{n} paragraph unchanged", "{n} paragraphs unchanged", count)


def last(one: Authored, people: Mapping[str, str], *, now_ms: int) -> str:
    """Say who last changed a paragraph, and when."""
    return (
        edit(one.last, people, now_ms=now_ms) if one.last else _("Earlier than what is looked at")
    )


def edit(one: Edit, people: Mapping[str, str], *, now_ms: int) -> str:
    """Say who changed something, and when: the hour today, else the day."""
    return _("{who}, {when}").format(who=who(one.by, people), when=dates.short(one.at, now_ms))


def before(one: Authored, people: Mapping[str, str], *, now_ms: int) -> str:
    """Say who changed a paragraph before, "" for nobody."""
    told = [edit(each, people, now_ms=now_ms) for each in _people(one)]
    more = len(told) - _MOST_NAMED
    parts = [*told[:_MOST_NAMED], *([n_("{n} other", "{n} others", more)] if more > 0 else [])]
    if one.earlier and one.last:
        parts.append(_("earlier still"))
    return _("before: {who}").format(who=" · ".join(parts)) if parts else ""


def _people(one: Authored) -> list[Edit]:
    """Give who changed a paragraph before: each once for what she changed in a row."""
    found: list[Edit] = []
    by = one.last.by if one.last else ""
    for each in one.before:
        if each.by != by:
            found.append(each)
        by = each.by
    return found


def spoken(one: Change) -> str:
    """Say a change to who does not see it."""
    gone = " … ".join(run.text.strip() for run in one.runs if run.kind == "gone")
    new = " … ".join(run.text.strip() for run in one.runs if run.kind == "new")
    parts = [became(one.kind)]
    if gone:
        parts.append(_("removed: {text}").format(text=gone))
    if new:
        parts.append(_("added: {text}").format(text=new))
    return ". ".join(parts)
