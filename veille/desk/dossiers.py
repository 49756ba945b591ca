"""Dossiers: their order, their cover note, and *parcours*: a dossier read from end to end.

A part of the Desk. What one has read is one's own affair: it stays on this computer until one
chooses to tell colleagues, dossier by dossier, and comes back when one changes one's mind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from veille.desk import noting, roles, saved
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import BadName, NotFound, OnlyReads, TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE, MAX_PASSAGE
from veille.domain.ids import kind_of
from veille.domain.operation import Json
from veille.domain.order import placed
from veille.domain.text import collapse
from veille.domain.views import Filter, Row
from veille.store import dossiers as store
from veille.store import following, local, operations, things
from veille.store.connection import Rows

_TELLS: Final = "tells:"
_DESCRIBES: Final = ("title", "description", "cover")
# Where a step comes from: the cover note, who put it in, the search that the dossier follows.
COVER, MEMBER, LIVE = "cover", "member", "live"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to read; ``read``: whether who is at the desk did, whether she tells or not.

    Attributes:
        part: one of COVER, MEMBER, LIVE.
    """

    row: Row
    read: bool
    part: str = MEMBER


@dataclass(frozen=True, slots=True)
class Parcours:
    """A dossier as it is read, from its cover note to its last member.

    Attributes:
        steps: what there is to read, in order; the cover note first.
        tells: whether who is at the desk tells colleagues what she reads.
        may_tell: whether there are colleagues to tell: the dossier is shared.
        people: of those who tell, ``{person: ids of the steps she read}``.
        only_reads: whether who is at the desk agreed to write nothing there: she cannot tell.
    """

    dossier: Row
    steps: tuple[Step, ...]
    tells: bool
    may_tell: bool
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only_reads: bool = False

    @property
    def next(self) -> Row | None:
        """Give the first thing that is still to be read, None when all is."""
        return next((one.row for one in self.steps if not one.read), None)

    @property
    def read(self) -> int:
        """Count the steps that who is at the desk has read."""
        return sum(one.read for one in self.steps)

    @property
    def common(self) -> frozenset[str]:
        """Give the ids of the steps that colleagues have as well: what may be told."""
        return frozenset(one.row.id for one in self.steps if one.row.space == self.dossier.space)


class Dossiers:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def describe(self, dossier: str, fields: Mapping[str, Json], *, seen: Row) -> Changes:
        """Change the title, the description or the cover note ("" for none), as they were ``seen``.

        Raises BadName, TooLong, NotFound (a cover that is no note).
        """
        said = {name: value for name, value in fields.items() if name in _DESCRIBES}
        if "title" in said:
            said["title"] = collapse(str(said["title"]))[:MAX_LINE]
            if not said["title"]:
                raise BadName(name="")
        if len(str(said.get("description", ""))) > MAX_PASSAGE:
            raise TooLong(limit=MAX_PASSAGE)
        if said.get("cover"):
            with self._house.database.reading() as db:
                said["cover"] = things.resolve(db, str(said["cover"]), kind="note")
        said = {name: one for name, one in said.items() if one != seen.fields.get(name, "")}
        if not said:
            return Changes()
        return record(self._house, [Fact(dossier, op.DOSSIER_SET, said, seen=seen.fields)])

    def new_cover(self, dossier: str, title: str) -> str:
        """Begin a note where the dossier is, make it the cover, and give its id. Raises NotFound."""
        with self._house.database.reading() as db:
            row = things.row(db, dossier)
        note = noting.new(self._house, title, "", space=row.space)
        self.describe(dossier, {"cover": note}, seen=row)
        return note

    # --- order ---------------------------------------------------------------------------------

    def move(self, dossier: str, items: Sequence[str], *, by: int) -> Changes:
        """Move members up (``by`` < 0) or down by so many places, together, as one gesture."""
        with self._house.database.reading() as db:
            listed = things.listed(db, Filter(dossier=dossier))
        wanted = set(items)
        moving = [one for one in listed if one in wanted]
        if not moving:
            return Changes()
        stays = [one for one in listed if one not in wanted]
        above = listed.index(moving[0])
        at = max(0, min(above + by, len(stays)))
        return self.place(dossier, moving, after=stays[at - 1] if at else "")

    def place(self, dossier: str, items: Sequence[str], *, after: str) -> Changes:
        """Put members right after another one, or first (""). Raises NotFound."""
        with self._house.database.reading() as db:
            known = store.places(db, dossier)
            end = str(operations.last_stamp(db).next(self._house.now()))
        places: dict[str, str] = {}
        for today, _item, place in known:
            places.setdefault(today, place)
        moving = [one for one in dict.fromkeys(items) if one in places]
        if not moving or after in moving:
            return Changes()
        if after and after not in places:
            raise NotFound(what=after)
        stays = [one for one in places if one not in set(moving)]
        at = stays.index(after) + 1 if after else 0
        if [*stays[:at], *moving, *stays[at:]] == list(places):
            return Changes()
        facts: list[Fact] = []
        for one, place in placed(moving, stays, at=at, places=places, end=end).items():
            named = [item for today, item, _place in known if today == one]
            facts += [Fact(dossier, op.MEMBER_RM, {"item": item}) for item in named]
            facts.append(Fact(dossier, op.MEMBER_ADD, {"item": one, "place": place}))
        return record(self._house, facts)

    # --- parcours ------------------------------------------------------------------------------

    def parcours(self, dossier: str) -> Parcours:
        """Open a dossier to be read in order. Raises NotFound."""
        live = self._live(dossier)
        me = self._house.person
        with self._house.database.reading() as db:
            row = things.row(db, dossier)
            steps = _steps(db, row, live)
            mine = _read_here(db, [one.id for one, _part in steps])
            said = store.progress(db, dossier)
            tells = self._tells(db, row, said)
        mine |= {today for person, today, _item in said if person == me}
        shared = row.space != self._house.personal
        found = tuple(Step(one, one.id in mine, part) for one, part in steps)
        only_reads = shared and roles.only_reads(self._house, row.space)
        common = Parcours(row, found, tells, shared).common
        people: dict[str, set[str]] = {}
        for person, today, _item in said:
            if today in common:
                people.setdefault(person, set()).add(today)
        told = {person: frozenset(read) for person, read in people.items()}
        return Parcours(row, found, tells, shared, told, only_reads)

    def mark(self, dossier: str, item: str, *, read: bool) -> Changes:
        """Note that one has read a step, or is to read it again; tell so if one tells."""
        with self._house.database.writing() as db:
            earlier = store.earlier(db, [item])
            if read:
                following.mark_read(db, [item], at=self._house.now())
            else:
                following.mark_unread(db, [item, *earlier])
            row = things.row(db, dossier)
            said = store.progress(db, dossier)
            tells = self._tells(db, row, said)
            # What colleagues do not have is none of their business.
            common = any(one.space == row.space for one in things.rows(db, [item]))
        told = self._told(said, item)
        facts = [Fact(dossier, op.READ_RM, {"item": one}) for one in told]
        if read:
            facts = [] if told or not common else [Fact(dossier, op.READ_ADD, {"item": item})]
        if not tells or roles.only_reads(self._house, row.space):
            facts = []
        changes = record(self._house, facts)
        return Changes(changes.entities | {dossier}, changes.gesture)

    def tell(self, dossier: str, *, tells: bool) -> Changes:
        """Tell colleagues what one reads of a dossier, or take back all that was told.

        Of a dossier that is not shared there is nobody to tell. Raises OnlyReads for who may only
        read the space, NotFound.
        """
        found = self.parcours(dossier)
        with self._house.database.reading() as db:
            said = store.progress(db, dossier)
        told = self._told(said)
        if found.only_reads and (tells or told):
            raise OnlyReads(name=self._name(found.dossier.space))
        if tells:
            known = {today for person, today, _item in said if person == self._house.person}
            mine = [one.row.id for one in found.steps if one.read and one.row.id not in known]
            facts = [Fact(dossier, op.READ_ADD, {"item": one}) for one in mine
                     if one in found.common]  # fmt: skip
        else:
            facts = [Fact(dossier, op.READ_RM, {"item": one}) for one in told]
        changes = record(self._house, facts) if found.may_tell else Changes()
        with self._house.database.writing() as db:
            # What was told from another computer stays read here.
            here = _read_here(db, told)
            following.mark_read(db, [one for one in told if one not in here], at=self._house.now())
            if tells and found.may_tell:
                local.set_meta(db, _TELLS + dossier, "1")
            else:
                local.drop_meta(db, _TELLS + dossier)
        return Changes(changes.entities | {dossier}, changes.gesture)

    def _tells(self, db: Rows, row: Row, said: Sequence[tuple[str, str, str]]) -> bool:
        """Tell whether one tells: because one chose so here, or did from another computer."""
        chosen = bool(local.meta(db, _TELLS + row.id)) or bool(self._told(said))
        return chosen and row.space != self._house.personal

    def _told(self, said: Sequence[tuple[str, str, str]], item: str = "") -> list[str]:
        """Give what one told, under the ids one told it by; of one ``item``, or of all."""
        me = self._house.person
        return [one for person, today, one in said if person == me and item in {"", today}]

    def _name(self, space: str) -> str:
        return next((one.name for one in self._house.spaces() if one.id == space), "")

    def _live(self, dossier: str) -> Sequence[str]:
        with self._house.database.reading() as db:
            follows = things.row(db, dossier).text("query")
        return saved.live_members(self._house, dossier) if follows else ()


def _read_here(db: Rows, ids: Sequence[str]) -> set[str]:
    """Give those of these things that were read on this computer, before or after they moved."""
    earlier = store.earlier(db, ids)
    return {earlier.get(one, one) for one in following.read(db, [*ids, *earlier])}


def _steps(db: Rows, row: Row, live: Sequence[str]) -> list[tuple[Row, str]]:
    """Give ``(thing, part)`` of what there is to read, in order."""
    cover = row.text("cover")
    parts: dict[str, str] = {}
    if kind_of(cover) == "note":
        parts[things.moved_to(db, cover) or cover] = COVER
    for part, ids in ((MEMBER, things.listed(db, Filter(dossier=row.id))), (LIVE, live)):
        for one in ids:
            parts.setdefault(one, part)
    found = things.rows(db, list(parts))
    return [(one, parts[one.id]) for one in found if one.hidden == things.VISIBLE]
