"""What people did, gesture by gesture, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from veille.desk.gestures import READ, Gesture
from veille.domain import operation as op
from veille.domain.ids import KIND_OF_PREFIX
from veille.sentences import names
from veille.sentences.catalogue import _, labelled, n_, number, quoted
from veille.store.gestures import Part

# What is recorded along with something that says more.
_ALONG: Final = frozenset({op.ARRIVE, op.CAPTURE, op.MOVE})
# The first letters of ids, by kind: nothing that another holds comes before it.
_HOLDING: Final = "dna"


def gesture(one: Gesture) -> str:
    """Say what a gesture did."""
    # What goes into a space is stated there again, as if it were done anew.
    if shared := [part for part in one.parts if part.kind == op.MOVE and part.said]:
        return _shared(shared)
    telling = [part for part in one.parts if part.kind not in _ALONG] or list(one.parts)
    if any(part.kind == op.CAPTURE for part in one.parts) and all(map(_is_record, telling)):
        # What a page says of itself comes with it: nobody corrected anything.
        telling = [part for part in one.parts if part.kind == op.CAPTURE]
    moved = [part for part in telling if part.kind == op.MEMBER_ADD and _is_moved(part, telling)]
    if moved:
        return _("{label}: {what}").format(label=_("Moved within the dossier"), what=what(moved[0]))
    # A new note is titled and written, a rule is described and applied: one thing was done.
    begun = [part for part in telling if part.is_new]
    if begun and all(part.thing == begun[0].thing for part in telling):
        telling = begun[:1]
    return " — ".join(_part(part) for part in telling[:3])


def _shared(parts: Sequence[Part]) -> str:
    """Say what went into a space: what holds the rest, and how much went with it."""
    head, *rest = sorted(parts, key=lambda part: (_HOLDING + part.of).index(part.of))
    label = _("Shared into “{name}”").format(name=head.said)
    along = sum(part.things for part in rest)
    if head.things == 1:
        told = [what(head), *([_things(along)] if along else [])]
        return labelled(label, ", ".join(told))
    return labelled(label, _things(head.things + along) if along else what(head))


def undone(one: Gesture | None) -> str:
    """Say what was taken back."""
    if one is None:
        return _("Taken back.")
    return _("Taken back — {what}").format(what=gesture(one))


def _is_record(part: Part) -> bool:
    return part.kind == op.ARTICLE_SET and not part.said


def _is_moved(put_in: Part, parts: Sequence[Part]) -> bool:
    """Tell whether what was put in a dossier was taken out of it at once: it changed places."""
    return any(one.kind == op.MEMBER_RM and one.thing == put_in.thing for one in parts)


def _part(part: Part) -> str:
    if part.is_new and part.kind == op.DOSSIER_SET and part.things > 1:
        return n_("{n} new dossier", "{n} new dossiers", part.things)
    if part.kind == op.ARTICLE_SET and part.said:
        label = names.state(part.said)
    elif part.kind in {op.TAG_ADD, op.TAG_RM}:
        form = _("Theme “{name}” added") if part.kind == op.TAG_ADD else _("Theme “{name}” removed")
        label = form.format(name=part.said)
    else:
        label = _label(part)
    return _("{label}: {what}").format(label=label, what=what(part))


def what(part: Part) -> str:
    """Say what a part of a gesture is about: its title, or how many things."""
    if part.things == 1 and part.title:
        return quoted(part.title)
    count: Callable[[int], str] | None = {
        "article": lambda n: n_("{n} article", "{n} articles", n),
        "feed": lambda n: n_("{n} source", "{n} sources", n),
    }.get(KIND_OF_PREFIX.get(part.of, ""))
    return (count or _things)(part.things)


def _things(count: int) -> str:
    return n_("{n} thing", "{n} things", count)


def _label(part: Part) -> str:
    kind = KIND_OF_PREFIX.get(part.of, "")
    if part.kind in {op.RULE_SET, op.FEED_SET} and part.said:
        return _("Paused") if part.said == "1" else _("Taken up again")
    if part.kind == op.DELETE:
        return {"rule": _("Rule given up"), "feed": _("Unfollowed")}.get(kind, _("Deleted"))
    if part.kind == op.RULE_SET:
        return _("Rule agreed") if part.is_new else _("Rule changed")
    if part.kind == op.FEED_SET:
        return _("Followed") if part.is_new else _("Source changed")
    if part.is_new and part.kind in _BEGINS:
        begun = {
            "note": _("New note"),
            "dossier": _("New dossier"),
            "search": _("New saved search"),
            "concept": _("New theme"),
        }
        return begun.get(kind, names.kind(kind))
    return _others().get(part.kind, names.operation(part.kind))


_BEGINS: Final = frozenset(
    {op.NOTE_REV, op.NOTE_SET, op.DOSSIER_SET, op.SEARCH_SET, op.CONCEPT_SET}
)


def _others() -> dict[str, str]:
    return {
        READ: _("Marked as read"),
        op.CLIP: _("Article clipped"),
        op.ARRIVE: _("Received"),
        op.CAPTURE: _("Page captured"),
        op.ARTICLE_SET: _("Record corrected"),
        op.QUOTE_ADD: _("Quoted"),
        op.QUOTE_SET: _("Quote corrected"),
        op.COMMENT_ADD: _("Annotated"),
        op.COMMENT_REV: _("Comment rewritten"),
        op.NOTE_REV: _("Note written"),
        op.NOTE_SET: _("Note titled"),
        op.DOSSIER_SET: _("Dossier described"),
        op.MEMBER_ADD: _("Filed in a dossier"),
        op.MEMBER_RM: _("Taken out of a dossier"),
        op.SEARCH_SET: _("Saved search changed"),
        op.CONCEPT_SET: _("Theme described"),
        op.READ_ADD: _("Read in a dossier"),
        op.READ_RM: _("To be read again in a dossier"),
        op.PERSON_SET: _("Name given"),
        op.SPACE_SET: _("Space described"),
        op.MOVE: _("Shared"),
        op.UNDELETE: _("Brought back"),
    }


def found(shown: int, among: Sequence[Gesture]) -> str:
    """Say how many gestures a filter lets through."""
    told = n_("{n} action", "{n} actions", shown)
    if shown == len(among):
        return told
    return _("{shown} of the last {n}").format(shown=told, n=number(len(among)))
