"""From operations to tables: the only writer of what the app looks up.

A thing is folded whole (``domain/merge``) and its rows replaced, so that a rebuild and years of
small changes give the same tables; a property test holds it to that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Final

from veille.domain import captures, merge
from veille.domain.ids import kind_of
from veille.domain.merge import KINDS, Thing
from veille.domain.operation import ARRIVE, CLIP, NOTE_SET, Json, Operation
from veille.domain.text import clip, key, word_count
from veille.store import arrivals, local, operations, schema, themes, wiki
from veille.store.connection import Rows
from veille.store.things import DELETED, GONE, MOVED, VISIBLE
from veille.wiki import bindings, links, weave
from veille.wiki.plain import plain

_LEAD: Final = 220


def project(db: Rows, entities: Iterable[str], *, personal: str) -> None:
    """Derive again the rows of these entities, and tell the index about them."""
    for entity in entities:
        recorded = arrivals.standing(db, entity)
        thing = merge.fold(recorded, personal=personal)
        members, words = _members(db, entity), themes.words(db, entity)
        _forget(db, entity)
        if thing is not None and thing.known:
            _write(db, thing, recorded)
        themes.settle(db, words | themes.words(db, entity))
        # What enters or leaves a dossier is found by it, or no more; a note by what it shows.
        local.tell(db, [entity, *sorted(members ^ _members(db, entity)), *_showing(db, entity)])


def _members(db: Rows, dossier: str) -> set[str]:
    if kind_of(dossier) != "dossier":
        return set()
    query = "SELECT item FROM members WHERE dossier = ?"
    return {one[0] for one in db.execute(query, (dossier,))}


def _showing(db: Rows, quote: str) -> list[str]:
    return wiki.notes_showing(db, quote) if kind_of(quote) == "quote" else []


def rebuild(db: Rows, *, personal: str) -> int:
    """Throw the derived tables away and derive everything again. Returns how many things."""
    for statement in (schema.DROP_DERIVED + schema.DERIVED).split(";\n"):
        db.execute(statement)
    every = sorted({*operations.entities(db), *arrivals.articles(db)})
    project(db, every, personal=personal)
    local.set_meta(db, "projection", _version())
    return len(every)


def is_stale(db: Rows) -> bool:
    """Tell whether the derived tables were made by another version of this module."""
    return local.meta(db, "projection") != _version()


def _version() -> str:
    """Name what the tables were derived with: kinds kept from newer colleagues count once known."""
    kinds = hashlib.sha256(" ".join(sorted(KINDS)).encode()).hexdigest()[:8]
    return f"{schema.PROJECTION}-{kinds}"


def _forget(db: Rows, entity: str) -> None:
    for table, owner in schema.OWNER.items():
        if table != "things":
            db.execute(f"DELETE FROM {table} WHERE {owner} = ?", (entity,))  # noqa: S608 - our names
    # The row number of a thing stays its own, so that a list on screen does not jump.
    db.execute("UPDATE things SET hidden = ? WHERE id = ?", (GONE, entity))


def _write(db: Rows, thing: Thing, recorded: list[Operation]) -> None:
    captured = captures.once(thing.captures)
    chosen = captures.best([one for _name, one in captured], thing.text_field("chosen"))
    by_id = {one.id: one for one in thing.revisions}
    woven = weave.weave(thing.revision_heads, by_id)
    row = {**_common(thing), **_article(thing, chosen), "body": woven.text}
    row["passing"] = int(_only_passes(thing, recorded))
    # A person names herself: of two names said at once there is nothing for others to settle.
    alternatives = 0 if thing.kind == "person" else len(thing.alternatives)
    row["conflicts"] = woven.conflicts + alternatives
    if thing.kind == "note":
        row["words"] = word_count(plain(woven.text))
        row["lead"] = clip(plain(woven.text), length=_LEAD)
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    news = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
    db.execute(
        f"INSERT INTO things ({names}) VALUES ({marks})"  # noqa: S608 - our names
        f" ON CONFLICT (id) DO UPDATE SET {news}",
        tuple(row.values()),
    )
    _write_sets(db, thing)
    _write_captures(db, thing, captured, chosen)
    _write_note(db, thing, woven.text, recorded)


def _common(thing: Thing) -> dict[str, str | int]:
    title = next(filter(None, map(thing.text_field, ("title", "name", "label"))), "")
    about = thing.text_field("article")
    if thing.kind in {"quote", "annotation"}:
        # A reply has no passage of its own: it is known by what it says.
        title = clip(thing.text_field("exact") or thing.text_field("comment"), length=_LEAD)
    return {
        "id": thing.id,
        "kind": thing.kind,
        "space": thing.space,
        "hidden": DELETED if thing.deleted else MOVED if thing.moved_to else VISIBLE,
        "title": title,
        "title_key": key(title),
        "about": about,
        "created_by": thing.created_by,
        "created_at": thing.created_at,
        "updated_by": thing.updated_by,
        "updated_at": thing.updated_at,
        "sort_at": _sort_at(thing),
        "fields": json.dumps(_shown(thing), ensure_ascii=False, sort_keys=True),
    }


def _only_passes(thing: Thing, recorded: Iterable[Operation]) -> bool:
    """Tell whether nobody recorded an article: a feed brought it, that is all."""
    begun = [one for one in recorded if one.kind in {CLIP, ARRIVE}]
    return thing.kind == "article" and all(kind_of(one.by) == "feed" for one in begun)


def _sort_at(thing: Thing) -> int:
    """Tell where a thing stands in a list: a note by its last change, a dispatch by its hour."""
    if thing.kind == "note":
        return thing.updated_at
    moment = thing.fields.get("moment")
    return moment if isinstance(moment, int) else thing.created_at


def _shown(thing: Thing) -> dict[str, Json]:
    shown = dict(thing.fields)
    if thing.kind == "annotation":
        # Answers follow one another in the order they were given.
        shown["_began"] = thing.began
    if "state" in thing.said:
        shown["_state_by"], shown["_state_at"] = thing.said["state"]
    if thing.alternatives:
        shown["_alternatives"] = {
            name: [{"value": one.value, "by": one.by, "at": one.at} for one in some]
            for name, some in thing.alternatives.items()
        }
    return shown


def _article(thing: Thing, chosen: Operation | None) -> dict[str, str | int]:
    is_article = thing.kind == "article"
    text = captures.text_of(chosen) if chosen else ""
    verdict = captures.verdict_of(chosen) if chosen else "pending"
    lead = thing.text_field("lead") or text or thing.text_field("description")
    if thing.kind in {"annotation", "quote"}:
        lead = thing.text_field("comment")
    return {
        "state": (thing.text_field("state") or "inbox") if is_article else "",
        "source": thing.text_field("source"),
        "source_key": key(thing.text_field("source")),
        "canonical": thing.text_field("canonical"),
        "published": thing.text_field("published"),
        "verdict": verdict if is_article else "",
        "words": _words(chosen),
        "lead": clip(lead, length=_LEAD),
    }


def _words(capture: Operation | None) -> int:
    words = capture.data.get("words") if capture else 0
    return words if isinstance(words, int) and 0 <= words < 2**53 else 0


def _write_sets(db: Rows, thing: Thing) -> None:
    db.executemany(
        "INSERT INTO tags VALUES (?,?,?,?,?)",
        [
            (thing.id, *(themes.theme(db, said) or (said, label)), said, label)
            for said, label in sorted(thing.tags.items())
        ],
    )
    db.executemany(
        "INSERT INTO members VALUES (?,?,?,?)",
        [
            (thing.id, item, position, thing.places[item])
            for position, item in enumerate(thing.members)
        ],
    )
    db.executemany(
        "INSERT INTO progress VALUES (?,?,?,?)",
        [(thing.id, person, item, at) for (person, item), at in sorted(thing.reads.items())],
    )
    if thing.kind == "concept":
        themes.write(db, thing)
    if origin := thing.text_field("origin"):
        db.execute("INSERT INTO aliases VALUES (?,?,?)", (thing.id, origin, thing.id))
    if thing.moved_to:
        db.execute("INSERT INTO aliases VALUES (?,?,?)", (thing.id, thing.id, thing.moved_to))


def _write_captures(
    db: Rows, thing: Thing, captured: Sequence[tuple[str, Operation]], chosen: Operation | None
) -> None:
    db.executemany(
        "INSERT INTO captures VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                one.id, name, thing.id, captures.moment_of(one), one.by, int(one is chosen),
                captures.verdict_of(one), _words(one), _hash(one, "page"), _hash(one, "clean"),
                captures.text_hash(captures.text_of(one)),
            )
            for name, one in captured
        ],
    )  # fmt: skip
    bands = {band for one in thing.captures for band in captures.sketch_of(one)}
    db.executemany("INSERT INTO sketches VALUES (?,?)", [(thing.id, one) for one in sorted(bands)])


def _hash(capture: Operation, name: str) -> str:
    value = capture.data.get(name)
    return value if isinstance(value, str) and len(value) <= 64 else ""


def _write_note(db: Rows, thing: Thing, text: str, recorded: list[Operation]) -> None:
    if thing.kind != "note":
        return
    bound = bindings.bound(thing.revision_heads)
    db.executemany(
        "INSERT INTO links VALUES (?,?,?,?,?)",
        [
            (thing.id, one.target, bound.get(one.target, ""), int(one.embed), one.context)
            for one in links.links(text)
            # A search is no title.
            if one.kind != links.SEARCH
        ],
    )
    today = key(thing.text_field("title"))
    others = thing.fields.get("aliases")
    aliases = (
        {key(one) for one in others if isinstance(one, str)} if isinstance(others, list) else set()
    )
    # Titles of the past stay known: a link written before a renaming still arrives.
    past = {
        key(title)
        for one in recorded
        if one.kind == NOTE_SET and isinstance(title := one.data.get("title"), str)
    }
    db.executemany(
        "INSERT INTO titles VALUES (?,?,?)",
        [
            (name, thing.id, int(name == today or name in aliases))
            for name in sorted(past | aliases | {today})
            if name
        ],
    )
    db.executemany(
        "INSERT INTO revisions VALUES (?,?,?,?,?)",
        [
            (one.id, thing.id, " ".join(merge.parents(one)), one.by, one.at)
            for one in thing.revisions
        ],
    )


def drop_gone(db: Rows, entities: Iterable[str]) -> None:
    """Let go of the row numbers of things that will not come back."""
    db.executemany(
        "DELETE FROM things WHERE id = ? AND hidden = ?", [(one, GONE) for one in entities]
    )
