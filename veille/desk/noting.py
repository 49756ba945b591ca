"""Notes: revisions with their parents, and what their links are bound to when they are written."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from typing import Final

from veille.desk import chance, settling
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import NotFound, Refused, TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE, MAX_NOTE
from veille.domain.operation import Json
from veille.domain.text import collapse, key
from veille.domain.views import Draft, Revision
from veille.store import local, reading, themes, things, wiki
from veille.store.connection import Rows
from veille.wiki import bindings, links, weave
from veille.wiki.links import Link

_MOST_ALIASES: Final = 50


def new(
    house: House, title: str, text: str, *, space: str = "", tags: Sequence[str] = (),
    template: str = "",
) -> str:  # fmt: skip
    """Begin a note and give its id; ``template``: what it was begun from."""
    note = chance.entity("note")
    said: dict[str, Json] = {"title": _title(title)}
    if template:
        said["template"] = template
    body = _body(text)
    with house.database.reading() as db:
        data: dict[str, Json] = {"p": [], "x": body, **_bound(db, body, {})}
    facts = [Fact(note, op.NOTE_SET, said, space), Fact(note, op.NOTE_REV, data, space)]
    with_themes = [*tags, *_themes_of(body)]
    facts += [Fact(note, op.TAG_ADD, {"tag": one}, space) for one in _distinct(with_themes)]
    record(house, facts)
    return note


def edit(house: House, note: str, text: str, *, parents: Sequence[str] | None = None) -> Changes:
    """Write a new state of a note; the same text again is no revision.

    Themes that the text newly names are given to the note.

    Args:
        house: the profile.
        note: its id.
        text: the whole text.
        parents: the revisions the author had before her eyes; None for today's heads.
    """
    body = _body(text)
    with house.database.reading() as db:
        before = things.note_text(db, note)
        is_today = parents is None or set(parents) == set(reading.heads(db, note))
        if is_today and before == body:
            return Changes()
        bound = _bound(db, body, wiki.bindings(db, note))
        has = {*things.tag_keys(db, note), *map(key, _themes_of(before))}
        tags = [one for one in _themes_of(body) if _theme(db, one) not in has]
    in_view = None if parents is None else tuple(parents)
    heads_, passages = settling.in_view(house, note, in_view)
    data = weave.with_open({"x": body, "p": list(heads_), **bound}, passages)
    facts = [Fact(note, op.NOTE_REV, data)]
    return record(house, [*facts, *(Fact(note, op.TAG_ADD, {"tag": one}) for one in tags)])


def rename(house: House, note: str, title: str) -> Changes:
    """Give a note another title; links to the old one still arrive."""
    return record(house, [Fact(note, op.NOTE_SET, {"title": _title(title)})])


def set_aliases(house: House, note: str, aliases: Sequence[str]) -> Changes:
    """Say under which other titles a note is found and linked."""
    named = _distinct([collapse(one)[:MAX_LINE] for one in aliases])[:_MOST_ALIASES]
    kept: list[Json] = list(named)
    return record(house, [Fact(note, op.NOTE_SET, {"aliases": kept})])


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


def _bound(db: Rows, text: str, before: Mapping[str, str]) -> dict[str, Json]:
    """Bind the titles that a text links to: to what they led to before, else to what bears them."""
    said = {one.target: one for one in links.links(text) if one.kind == "note" and one.target}
    found: dict[str, str] = {}
    for title, link in sorted(said.items()):
        known = "" if link.is_id else before.get(title, "")
        stands = known and any(row.hidden != things.DELETED for row in things.rows(db, [known]))
        leads = known if stands or link.is_id else _titled(db, link)
        if leads:
            found[title] = leads
    return bindings.written(found)


def _titled(db: Rows, link: Link) -> str:
    """Find what bears a title: “Eau/Énergie” before the “Énergie” of a folder."""
    whole = things.titled(db, link.full, kind="") if link.full else ""
    return whole or things.titled(db, link.target, kind="")


def _themes_of(text: str) -> list[str]:
    """Give the themes that a text names: ``[[#Mobilités]]``."""
    named = [one.label.lstrip("#") for one in links.links(text) if one.kind == "theme"]
    return _distinct([collapse(one.replace(",", " "))[:MAX_LINE] for one in named])


def _theme(db: Rows, label: str) -> str:
    found = themes.theme(db, key(label))
    return found[0] if found else key(label)


def _distinct(names: Sequence[str]) -> list[str]:
    """Leave out what is empty, and what is the same for a person."""
    return list({key(one): one for one in reversed(names) if key(one)}.values())[::-1]


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
