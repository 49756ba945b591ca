"""What is told of comments about a person, and of their erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veille.desk.requests import AUTHOR, COMMENT, SPEAKER, Erased, Mention
from veille.sentences import names
from veille.sentences.catalogue import _, n_
from veille.sentences.dates import of_moment


def why(where: str) -> str:
    """Say why a comment concerns a person."""
    return {
        COMMENT: _("named in the comment"),
        AUTHOR: _("wrote the comment"),
        SPEAKER: _("comment on their words"),
    }.get(where, where)


def found(count: int) -> str:
    """Count what was found."""
    if not count:
        return _("No comment names this person, was written by them or is on their words.")
    return n_("{n} comment", "{n} comments", count)


def reach(one: Mention, spaces: Mapping[str, str]) -> str:
    """Say who can read a comment, and whether it was deleted."""
    team = spaces.get(one.row.space, "")
    shared = _("shared in {space}").format(space=team) if team else _("private")
    return shared if not one.row.hidden else _("{reach}, deleted").format(reach=shared)


def export(
    name: str, mentions: Sequence[Mention], *, people: Mapping[str, str],
    spaces: Mapping[str, str], at: int,
) -> str:  # fmt: skip
    """Write the answer to an access request, in Markdown.

    Args:
        name: of the person who asks.
        mentions: what was found.
        people: ``{id: name}``.
        spaces: ``{id: name}`` of shared spaces.
        at: the moment of the answer, milliseconds since 1970.
    """
    parts = ["# " + _("Comments about {name}").format(name=name)]
    parts.append(_("On {day}: {found}.").format(day=of_moment(at), found=found(len(mentions))))
    for number, one in enumerate(mentions, start=1):
        parts.append(f"## {number}. {names.kind(one.row.kind)} — {why(one.where)}")
        if passage := one.row.text("exact"):
            parts.append("\n".join(f"> {line}" for line in passage.splitlines()))
        parts += one.texts
        if one.about is not None:
            parts.append(f"— {names.article_reference(one.about)}")
        who = people.get(one.row.created_by, one.row.created_by)
        parts.append(
            _("Written by {who} on {day}; {reach}.").format(
                who=who, day=of_moment(one.row.created_at), reach=reach(one, spaces)
            )
        )
    parts.append(_limits())
    return "\n\n".join(parts) + "\n"


def _limits() -> str:
    return _(
        "This is what is kept on this computer and in the shared folders it has read. Private"
        " comments of colleagues are on their own computers."
    )


def would_erase(count: int) -> str:
    """Say what an erasure does, before it is done."""
    told = n_(
        "The words of {n} comment will be removed for good.",
        "The words of {n} comments will be removed for good.",
        count,
    )
    rest = _(
        "They go from this computer, its search and its dated copies, from the shared folder at"
        " the next sync, and from your colleagues’ computers when they sync. A mark “erased”"
        " stays. A computer that no longer syncs, and copies made elsewhere, keep theirs. This"
        " cannot be undone."
    )
    return f"{told} {rest}"


def left(done: Erased) -> list[str]:
    """Say what is still to be cleaned on this computer after an erasure."""
    told = []
    if not done.cleaned:
        told.append(_("Copies and free space will be cleaned once no other window is open."))
    told += [
        _(
            "A memory set aside on this computer still holds the words, or may: {path}. Delete it once"
            " you no longer need it."
        ).format(path=file)
        for file in done.kept
    ]
    return told


def erased(done: Erased) -> str:
    """Say what an erasure did."""
    told = []
    if done.changes.entities:
        told.append(_("Erased on this computer."))
    told += [
        _("The folder of {space} hears of it at the next sync.").format(space=name)
        for name in done.waiting_spaces
    ]
    if done.refused:
        told.append(
            n_(
                "{n} comment was left: a colleague wrote it. Ask them, or a référent.",
                "{n} comments were left: colleagues wrote them. Ask them, or a référent.",
                len(done.refused),
            )
        )
    told += left(done)
    if done.waiting_spaces:
        told.append(_("Computers that no longer sync keep what they hold."))
    return " ".join(told) or _("Nothing was left to erase.")
