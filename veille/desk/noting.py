"""Notes: revisions with their parents, links by identity, quotes embedded with their reference."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Sequence

from veille.desk import chance, settling
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import NotFound, Refused, TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE, MAX_NOTE
from veille.domain.text import collapse
from veille.domain.views import Draft, Revision, Row
from veille.store import local, reading, things
from veille.store.connection import Rows
from veille.wiki import weave
from veille.wiki.render import Embedded, Target, render

Reference = Callable[[Row, Row | None], str]


def new(house: House, title: str, text: str, *, space: str = "", tags: Sequence[str] = ()) -> str:
    """Begin a note and give its id."""
    note = chance.entity("note")
    facts = [
        Fact(note, op.NOTE_SET, {"title": _title(title)}, space),
        Fact(note, op.NOTE_REV, {"p": [], "x": _body(text)}, space),
    ]
    facts += [Fact(note, op.TAG_ADD, {"tag": one}, space) for one in tags]
    record(house, facts)
    return note


def edit(house: House, note: str, text: str, *, parents: Sequence[str] | None = None) -> Changes:
    """Write a new state of a note; the same text again is no revision.

    Args:
        house: the profile.
        note: its id.
        text: the whole text.
        parents: the revisions the author had before her eyes; None for today's heads.
    """
    with house.database.reading() as db:
        if parents is None and things.note_text(db, note) == _body(text):
            return Changes()
    in_view = None if parents is None else tuple(parents)
    heads_, passages = settling.in_view(house, note, in_view)
    data = weave.with_open({"x": _body(text), "p": list(heads_)}, passages)
    return record(house, [Fact(note, op.NOTE_REV, data)])


def heads(house: House, note: str) -> tuple[str, ...]:
    """Give the revisions that today's text is woven from."""
    with house.database.reading() as db:
        revisions = reading.revisions(db, note)
    superseded = {parent for one in revisions for parent in one.parents}
    return tuple(one.id for one in revisions if one.id not in superseded)


def rename(house: House, note: str, title: str) -> Changes:
    """Give a note another title; links to the old one still arrive."""
    return record(house, [Fact(note, op.NOTE_SET, {"title": _title(title)})])


def history(house: House, note: str) -> list[Revision]:
    """Give the states of a note, newest first."""
    with house.database.reading() as db:
        things.row(db, note)
        return reading.revisions(db, note)


def restore(house: House, note: str, revision: str) -> Changes:
    """Bring back the text of a revision, as a new one. Raises NotFound."""
    return edit(house, note, _revision(house, note, revision).text)


def diff(house: House, note: str, before: str, after: str) -> list[str]:
    """Compare two states of a note, line by line (unified). Raises NotFound."""
    one, other = _revision(house, note, before), _revision(house, note, after)
    return list(
        difflib.unified_diff(
            one.text.split("\n"), other.text.split("\n"), one.id, other.id, lineterm=""
        )
    )


def keep_draft(house: House, note: str, kept: Draft | None) -> None:
    """Keep what is being written on this computer, or forget it (None)."""
    name = f"draft:{note}"
    with house.database.writing() as db:
        if kept is None:
            local.drop_meta(db, name)
        else:
            told = {"title": kept.title, "text": kept.text, "parents": list(kept.parents)}
            local.set_meta(db, name, json.dumps(told, ensure_ascii=False))


def draft(house: House, note: str) -> Draft | None:
    """Give what was being written when the program stopped."""
    with house.database.reading() as db:
        kept = local.meta(db, f"draft:{note}")
    if not kept:
        return None
    told = json.loads(kept)
    return Draft(told["title"], told["text"], tuple(told["parents"]))


def html(house: House, text: str, *, reference: Reference) -> str:
    """Render a note. ``reference`` writes the reference of a quote in the reader's language."""

    def resolve(target: str) -> Target | None:
        with house.database.reading() as db:
            return _target(db, target)

    def embed(target: str) -> Embedded | None:
        with house.database.reading() as db:
            return _embedded(db, target, reference)

    return render(text, resolve=resolve, embed=embed)


def _target(db: Rows, target: str) -> Target | None:
    try:
        found = things.row(db, things.resolve(db, target))
    except (NotFound, Refused):
        return None
    return Target(found.id, found.title) if not found.hidden else None


def _embedded(db: Rows, target: str, reference: Reference) -> Embedded | None:
    try:
        row = things.row(db, things.resolve(db, target))
        about = things.row(db, things.resolve(db, row.about)) if row.about else None
    except (NotFound, Refused):
        return None
    if row.hidden:
        return None
    words = f"«\u00a0{row.text('exact')}\u00a0»" if row.kind == "quote" else row.title
    return Embedded(row.id, words, reference(row, about))


def _revision(house: House, note: str, wanted: str) -> Revision:
    for one in history(house, note):
        if one.id == wanted or (len(wanted) >= 4 and one.id.startswith(wanted)):
            return one
    raise NotFound(what=wanted)


def _title(title: str) -> str:
    title = collapse(title)[:MAX_LINE]
    if not title:
        raise Refused(what="title")
    return title


def _body(text: str) -> str:
    text = text.replace("\r\n", "\n").rstrip("\n")
    if len(text) > MAX_NOTE:
        raise TooLong(limit=MAX_NOTE)
    return text
