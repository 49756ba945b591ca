"""How what hangs around a note is said: its links, one by one and all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from veille.domain.views import Row
from veille.sentences import dates, embedding, names
from veille.sentences.catalogue import _, n_, quoted

if TYPE_CHECKING:
    from veille.desk.linking import Lead, Linked, Mention, Near, Wanted

_FEW = 3


def counted(count: int) -> str:
    """Count what a heading stands over, as it is read aloud."""
    return n_("{n} item", "{n} items", count) if count else _("nothing")


def shown(linked: Linked) -> str:
    """Say that a note does more than link, "" when it does not."""
    return _("shown in place") if linked.embed else ""


def sentence(one: Linked | Mention) -> str:
    """Give the sentence in which a title is linked or said, on one line."""
    return " ".join(f"{one.before}{one.words}{one.after}".split())


def lead(one: Lead) -> str:
    """Say of what kind what is linked is, and where it was published."""
    if one.row is None:
        return _("to be written")
    if one.row.kind == "article":
        return f"{names.kind('article')} · {embedding.article(one.row)}"
    kind = names.kind(one.row.kind)
    return " · ".join((kind, _("shown in place"))) if one.embed else kind


def near(one: Near) -> str:
    """Say what something near is, and which way the links go."""
    way = (
        _("links both ways") if one.to and one.back
        else _("is linked from here") if one.to
        else _("links here")
    )  # fmt: skip
    return _("{title}, {kind}: {way}").format(
        title=one.row.title, kind=names.kind(one.row.kind), way=way
    )


def picture(some: Sequence[Near]) -> str:
    """Say what a picture of links shows."""
    to = ", ".join(one.row.title for one in some if one.to)
    back = ", ".join(one.row.title for one in some if one.back)
    parts = []
    if to:
        parts.append(_("Leads to: {titles}.").format(titles=to))
    if back:
        parts.append(_("Linked from: {titles}.").format(titles=back))
    return " ".join(parts) or _("Nothing is linked to this note yet.")


def wanting(one: Wanted) -> str:
    """Name the notes that want a title: a few, and how many more."""
    few = ", ".join(_quoted(row) for row in one.notes[:_FEW])
    more = len(one.notes) - _FEW
    return " ".join((few, n_("and {n} more", "and {n} more", more))) if more > 0 else few


def _quoted(row: Row) -> str:
    return quoted(row.title)


def linked(count: int) -> str:
    """Say that mentions became links."""
    return n_("{n} mention is a link now.", "{n} mentions are links now.", count)


def alone(count: int) -> str:
    """Head the notes that hang on nothing."""
    if not count:
        return _("No note on its own")
    return n_("{n} note on its own", "{n} notes on their own", count)


def to_write(count: int) -> str:
    """Head the titles that nobody wrote yet."""
    if not count:
        return _("No note to be written")
    return n_("{n} note to be written", "{n} notes to be written", count)


def namesake(row: Row) -> str:
    """Tell a note from another one of its title: by when it was last written."""
    return _("Written {when}").format(when=dates.moment(row.updated_at))


# What heads each part of what hangs around a note.
HEADINGS: dict[str, Callable[[], str]] = {
    "namesakes": lambda: _("Same title"),
    "linked": lambda: _("Linked from"),
    "letters": lambda: _("Used in letters"),
    "mentions": lambda: _("Mentions without a link"),
    "leads": lambda: _("Leads to"),
    "aliases": lambda: _("Other titles"),
    "dossiers": lambda: _("In dossiers"),
    "picture": lambda: _("Picture"),
}
EMPTY: dict[str, Callable[[], str]] = {
    "namesakes": lambda: _("No other note bears this title."),
    "linked": lambda: _("No note links here yet."),
    "letters": lambda: _("No letter used it yet."),
    "mentions": lambda: _("No other note says this title without a link."),
    "leads": lambda: _("This note links to nothing yet. Type [[ to link."),
    "aliases": lambda: _("Under these, it is found and linked as well."),
    "dossiers": lambda: _("In no dossier yet."),
    "picture": lambda: _("Nothing is linked to this note yet."),
}
