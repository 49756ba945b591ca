"""Spaces: opening one in a folder, joining it, and moving things into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from veille.desk import adopting, chance, paths, roles
from veille.desk.house import House, absolute_folder, login_name
from veille.desk.record import record
from veille.domain import captures, ids, merge
from veille.domain import operation as op
from veille.domain.errors import (
    AmbiguousPrefix,
    BadName,
    NotShareable,
    ShareExists,
    ShareNotASpace,
    ShareUnavailable,
    UnknownSpace,
)
from veille.domain.facts import Fact
from veille.domain.merge import Thing
from veille.domain.operation import Json
from veille.domain.text import collapse, key
from veille.domain.views import Filter, Row, Space
from veille.share import carry, layout
from veille.share.layout import Marker
from veille.store import following, local, operations, things
from veille.store.connection import Rows
from veille.wiki import bindings


def create(house: House, name: str, folder: str, *, full_text: bool) -> Space:
    """Make a folder a shared space, and join it. Raises the errors of ShareError."""
    folder = _checked(house, folder)
    space = chance.space()
    created = datetime.fromtimestamp(house.now() / 1000, UTC).isoformat(timespec="seconds")
    name = collapse(name)
    taken = {key(one.name) for one in house.spaces() if not one.personal}
    if not 0 < len(name) <= 200 or key(name) in taken | {"personnel", "personal"}:
        raise BadName(name=name[:80])
    root = house.open_folder(folder)
    root.make()
    try:
        carry.create(root, Marker(space, name), created=created, told=_told())
    except ShareExists:
        # Ours, cut short: a marker that bears this name, and nobody has written yet.
        there = carry.found(root, space="")
        if there.name != name or root.list(layout.JOURNAL):
            raise
        space = there.space
    _attach(house, space, name, folder)
    said: dict[str, Json] = {"name": name, "full_text": full_text}
    record(house, [Fact(str(ids.space_entity(space)), op.SPACE_SET, said, space)])
    return named(house, space)


def join(house: House, folder: str) -> Space:
    """Join the space of a folder. Raises the errors of ShareError."""
    folder = _checked(house, folder)
    marker = carry.found(house.open_folder(folder), space="")
    _attach(house, marker.space, marker.name, folder)
    return named(house, marker.space)


def there(house: House, folder: str) -> str:
    """Name the space that a folder holds, "" for none that can be read. Raises ShareError."""
    try:
        return carry.found(house.open_folder(absolute_folder(folder)), space="").name
    except (ShareNotASpace, ShareUnavailable):
        return ""


def restore(house: House, space: Space, folder: str) -> Space:
    """Open a space again in a folder that was emptied, or in another one: everything is sent again.

    Raises NotShareable for the personal space, and the errors of ShareError.
    """
    if space.personal:
        raise NotShareable(what=space.id)
    where = _checked(house, folder or space.folder)
    root = house.open_folder(where)
    root.make()
    created = datetime.fromtimestamp(house.now() / 1000, UTC).isoformat(timespec="seconds")
    try:
        carry.create(root, Marker(space.id, space.name), created=created, told=_told())
    except ShareExists:
        carry.found(root, space=space.id)
    _attach(house, space.id, space.name, where)
    return named(house, space.id)


def _told() -> dict[str, bytes]:
    """Give what explains the folder to people who do not have the program."""
    shipped = paths.resources() / "share"
    return {name: (shipped / name).read_bytes() for name in (layout.README, layout.READER)}


def _checked(house: House, folder: str) -> str:
    """Refuse no folder at all, and the profile itself."""
    if not folder.strip():
        raise ShareUnavailable(folder=folder)
    whole = absolute_folder(folder)
    if Path(whole) == house.paths.root or house.paths.root in Path(whole).parents:
        raise BadName(name=whole)
    return whole


def leave(house: House, space: Space) -> None:
    """Detach a space: what was read stays here, nothing is removed from the folder."""
    if space.personal:
        raise NotShareable(what=space.id)
    with house.database.writing() as db:
        local.drop_space(db, space.id)


def named(house: House, name: str) -> Space:
    """Find a space by id, name or folder. Raises UnknownSpace, AmbiguousPrefix.

    "personal" is the personal space, whatever colleagues call theirs; a space that was left
    gives way to another of its name.
    """
    every = house.spaces()
    if key(name) in {"personnel", "personal"}:
        return next(one for one in every if one.personal)
    exact = [one for one in every if name and name in {one.id, one.folder}]
    if exact:
        return exact[0]
    called = [one for one in every if name and not one.personal and key(name) == key(one.name)]
    found = [one for one in called if one.folder] or called
    if len(found) > 1:
        raise AmbiguousPrefix(what=name, candidates=tuple(one.id for one in found))
    if not found:
        raise UnknownSpace(name=name)
    return found[0]


def _attach(house: House, space: str, name: str, folder: str) -> None:
    with house.database.writing() as db:
        known = {one.id for one in local.spaces(db)}
        device = chance.device()
        local.add_space(db, space=space, name=name, folder=folder, device=device, personal=False)
    if space not in known:
        introduce(house, space)


def introduce(house: House, space: str) -> None:
    """Tell the members of a space who is who."""
    with house.database.reading() as db:
        me = things.rows(db, [house.person])
    said = {k: v for k, v in (me[0].fields if me else {}).items() if not k.startswith("_")}
    said = said or {"name": login_name()}
    if said.get("name"):
        record(house, [Fact(house.person, op.PERSON_SET, said, space)])


def share(house: House, targets: Sequence[str], space: Space) -> list[str]:
    """Move things into a shared space, with what they quote. Gives their ids there.

    A thing of another shared space is copied and remembers where it comes from. Raises
    NotShareable for the personal space, and for people and spaces.
    """
    if space.personal:
        raise NotShareable(what=space.id)
    if not space.folder:
        raise ShareUnavailable(folder=space.name)
    if passing := adopting.articles(house, targets):
        record(house, passing)
    with house.database.reading() as db:
        company = _company(db, targets)
        mover = _Mover(db, house, space)
        for one in company:
            mover.add(one)
    record(house, mover.facts)
    with house.database.writing() as db:
        following.follow(db, mover.renamed)
    return [mover.renamed.get(one, one) for one in targets]


def _company(db: Rows, targets: Iterable[str]) -> list[str]:
    """Give what goes together: articles first, then what is said of them, then notes, dossiers."""
    waiting, found = list(targets), dict[str, None]()
    while waiting:
        one = waiting.pop(0)
        if one in found:
            continue
        kind = ids.kind_of(one)
        if kind not in _STATES:
            raise NotShareable(what=one)
        found[one] = None
        if kind == "note":
            waiting.extend(_quoted_by(db, one))
        elif kind in {"quote", "annotation"}:
            about = things.row(db, one).about
            about = things.moved_to(db, about) or about
            waiting.extend(row.id for row in things.rows(db, [about]) if row.hidden == 0)
            waiting.extend(_answers_to(db, one, about))
        elif kind == "article":
            waiting.extend(_said_of(db, one))
        elif kind == "concept":
            waiting.extend(_standing(db, things.row(db, one).text("broader")))
        else:
            # A cover is a note: nothing else that a field names follows into a space.
            cover = things.row(db, one).text("cover")
            waiting.extend(_standing(db, cover) if ids.kind_of(cover) == "note" else ())
            waiting.extend(things.listed(db, Filter(dossier=one)))
    order = list(_STATES)
    rows = {one.id: one for one in things.rows(db, list(found))}

    def turn(one: str) -> tuple[int, bool, int, str]:
        answers = bool(rows[one].text("reply_to"))
        return (order.index(ids.kind_of(one)), answers, _depth(rows, one), rows[one].text("_began"))

    return sorted(found, key=turn)


def _depth(rows: Mapping[str, Row], thing: str) -> int:
    """Tell how far below the others a theme stands: what is above it is stated first."""
    seen: list[str] = []
    while (thing := rows[thing].text("broader")) in rows and thing not in seen:
        seen.append(thing)
    return len(seen)


def _standing(db: Rows, named: str) -> list[str]:
    """Give the thing that a field names, if it is here."""
    return [row.id for row in things.rows(db, [named]) if row.hidden == things.VISIBLE]


def _answers_to(db: Rows, thing: str, article: str) -> list[str]:
    """Give what was answered to a comment: a conversation travels whole."""
    said = things.listed(db, Filter(kinds=("annotation",), about=article))
    return [one.id for one in things.rows(db, said) if one.text("reply_to") == thing]


def _quoted_by(db: Rows, note: str) -> list[str]:
    embedded = things.embedded_in(db, [note])
    return [one.id for one in things.rows(db, embedded) if one.kind in {"quote", "article"}]


def _said_of(db: Rows, article: str) -> list[str]:
    said = things.listed(db, Filter(kinds=("quote", "annotation"), about=article))
    return [
        one.id
        for one in things.rows(db, said)
        if one.kind == "quote" or one.text("visibility") == "team"
    ]


class _Mover:
    """States things again in a space, as one gesture."""

    def __init__(self, db: Rows, house: House, space: Space) -> None:
        self._db = db
        self._house = house
        self._space = space
        self.facts: list[Fact] = []
        self.renamed: dict[str, str] = {}

    def add(self, one: str) -> None:
        recorded = operations.of_entity(self._db, one)
        thing = merge.fold(recorded, personal=self._house.personal)
        if thing is None or thing.space == self._space.id:
            return
        if copied := things.copy_in(self._db, one, self._space.id):
            self.renamed[one] = copied
            return
        target = self._name(thing)
        if target != one:
            self.renamed[one] = target
        there = things.rows(self._db, [target]) if target != one else []
        exists = bool(there) and there[0].hidden == things.VISIBLE
        if there and not exists:
            self.facts.append(Fact(target, op.UNDELETE, {}, self._space.id))
        if not exists:
            self._state(thing, target)
        elif thing.kind == "concept":
            self._unite(thing, there[0])
        self._captures(thing, target, exists=exists)
        has = set(things.tag_keys(self._db, target)) if exists else set()
        for label in (label for tag, label in thing.tags.items() if tag not in has):
            self.facts.append(Fact(target, op.TAG_ADD, {"tag": label}, self._space.id))
        if thing.space == self._house.personal:
            # Only this, which nobody else can write, moves the home of what is mine.
            moved: dict[str, Json] = {"to": target, "space": self._space.id}
            self.facts.append(Fact(one, op.MOVE, moved, self._house.personal))

    def _name(self, thing: Thing) -> str:
        canonical = thing.text_field("canonical")
        if thing.kind == "article" and canonical:
            return str(ids.derived_entity("article", self._space.id, canonical))
        if thing.kind == "concept":
            # Two people who share the same theme meet in it.
            label = key(thing.text_field("label"))
            return str(ids.derived_entity("concept", self._space.id, label))
        return thing.id if thing.space == self._house.personal else chance.entity(thing.kind)

    def _state(self, thing: Thing, target: str) -> None:
        fields = dict(thing.fields)
        fields.update(filed_by=thing.created_by, filed_at=thing.created_at)
        if target != thing.id:
            fields["origin"] = thing.id
        if thing.kind == "article":
            state = str(fields.get("state") or "inbox")
            fields["state"] = roles.arriving(self._house, self._space.id, state)
        for name in ("article", "reply_to", "broader", "cover"):
            named = fields.get(name)
            if isinstance(named, str) and named:
                fields[name] = self._today(named)
        if thing.kind == "annotation":
            fields["visibility"] = "team"
        self.facts.append(Fact(target, _STATES[thing.kind], fields, self._space.id))
        if thing.kind == "note":
            text = things.note_text(self._db, thing.id)
            for old, new in self.renamed.items():
                text = text.replace(old, new)
            parents: list[Json] = [one.id for one in thing.revision_heads]
            said: dict[str, Json] = {"p": parents, "x": text, **self._bound(thing)}
            self.facts.append(Fact(target, op.NOTE_REV, said, self._space.id))
        for item in thing.members:
            member: dict[str, Json] = {"item": self._today(item)}
            self.facts.append(Fact(target, op.MEMBER_ADD, member, self._space.id))

    def _unite(self, concept: Thing, there: Row) -> None:
        """Give a theme of the space the words of mine, and what it lacks."""
        said = there.fields.get("alts")
        words = [str(one) for one in said] if isinstance(said, list) else []
        mine = concept.fields.get("alts")
        words += [str(one) for one in mine] if isinstance(mine, list) else []
        distinct = {key(one): one for one in reversed(words)}
        kept: list[Json] = [*reversed(distinct.values())]
        data: dict[str, Json] = {"alts": kept}
        for name in ("note", "broader"):
            if concept.text_field(name) and not there.text(name):
                value = concept.text_field(name)
                data[name] = self._today(value) if name == "broader" else value
        self.facts.append(Fact(there.id, op.CONCEPT_SET, data, self._space.id))

    def _bound(self, note: Thing) -> dict[str, Json]:
        """Bind the titles of a note to where the things are now, or will be after this move."""
        led = bindings.bound(note.revision_heads)
        return bindings.written({title: self._today(one) for title, one in led.items()})

    def _today(self, thing: str) -> str:
        """Give the id that a thing bears where it is now, or will be after this move."""
        return self.renamed.get(thing) or things.moved_to(self._db, thing) or thing

    def _captures(self, thing: Thing, target: str, *, exists: bool) -> None:
        for one in thing.captures:
            whole = captures.said_again(one)
            if not exists:
                short = {**captures.excerpt(whole), "at": whole["at"]}
                data = whole if self._space.full_text else short
                self.facts.append(Fact(target, op.CAPTURE, data, self._space.id))
            if target != thing.id and (exists or not self._space.full_text):
                # The full capture stays the clipper's working copy, in her personal space.
                self.facts.append(Fact(target, op.CAPTURE, whole, self._house.personal))


# What may be shared, in the order in which it is said again there.
_STATES = {
    "concept": op.CONCEPT_SET,
    "article": op.CLIP,
    "quote": op.QUOTE_ADD,
    "annotation": op.COMMENT_ADD,
    "note": op.NOTE_SET,
    "dossier": op.DOSSIER_SET,
}
