"""The conventions of a space: who decides, who writes, who only reads; who is in it.

A convention, kept by the program of who agreed to it: nothing but the rights of the folder
itself keeps somebody from writing (the help says so). The one who opened a space is its first
*référent*; a *veilleur* writes; the program of a *lecteur* writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain import roles
from veille.domain.errors import AmbiguousPrefix, NotFound, OnlyReferents
from veille.domain.facts import Changes, Fact
from veille.domain.ids import space_entity
from veille.domain.operation import Json
from veille.domain.text import key
from veille.domain.views import Filter, Row
from veille.store import segments, things


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a space.

    Attributes:
        role: one of ``domain.roles.GIVEN``.
        opened: whether she opened the space: she stays its référent.
        posts: the devices she writes with.
        at: when she last shared something, by her clock; 0 for never.
        has_all: whether she said she had read everything of ours; None when we shared nothing.
    """

    person: str
    name: str
    role: str
    posts: tuple[str, ...]
    at: int
    has_all: bool | None
    opened: bool = False

    @property
    def here(self) -> bool:
        """Tell whether she is in the space today."""
        return self.role != roles.FORMER


def of(house: House, space: str) -> str:
    """Give one's own role in a space; who has left it still reads."""
    role = _role(_described(house, space), house.person)
    return roles.READER if role == roles.FORMER else role


def only_reads(house: House, space: str) -> bool:
    """Tell whether this person agreed to read only."""
    return of(house, space) == roles.READER


def asks_proposals(house: House, space: str) -> bool:
    """Tell whether what veilleurs bring waits for a référent."""
    found = _described(house, space)
    return found is not None and found.fields.get("proposals") is True


def proposes(house: House, space: str) -> bool:
    """Tell whether what this person brings waits for a référent."""
    return asks_proposals(house, space) and of(house, space) == roles.WRITER


def may_decide(house: House, row: Row, wanted: str) -> bool:
    """Tell whether this person may give an article another state."""
    if row.space == house.personal or row.state == "inbox":
        return True
    found = _described(house, row.space)
    if found is None:
        return row.state != "proposed"
    return roles.decides(
        found.fields, found.created_by, house.person, state=row.state,
        by=row.text("_state_by"), wanted=wanted,
    )  # fmt: skip


def arriving(house: House, space: str, state: str) -> str:
    """Give the state of what this person brings: proposed, where that was agreed."""
    waits = state in {"inbox", "kept"} and space != house.personal and proposes(house, space)
    return "proposed" if waits else state


def give(house: House, space: str, person: str, role: str) -> Changes:
    """Give somebody a role, ``FORMER`` when she has left. Raises OnlyReferents, NotFound."""
    if role not in roles.GIVEN:
        raise NotFound(what=role)
    everybody = members(house, space)
    found = [one.person for one in everybody if person == one.person]
    found = found or [one.person for one in everybody if key(person) == key(one.name)]
    if len(found) > 1:
        raise AmbiguousPrefix(what=person, candidates=tuple(found))
    if not found:
        raise NotFound(what=person)
    return _say(house, space, {roles.field(found[0]): role})


def agree(
    house: House, space: str, *, newcomers: str = "", proposals: bool | None = None
) -> Changes:
    """Agree on the role of newcomers, and on whether what veilleurs bring waits for a référent.

    Raises OnlyReferents, NotFound.
    """
    said: dict[str, Json] = {}
    if newcomers:
        if newcomers not in roles.ROLES:
            raise NotFound(what=newcomers)
        said["newcomers"] = newcomers
    if proposals is not None:
        said["proposals"] = proposals
    return _say(house, space, said)


def _say(house: House, space: str, said: dict[str, Json]) -> Changes:
    if of(house, space) != roles.REFERENT:
        raise OnlyReferents
    return record(house, [Fact(str(space_entity(space)), op.SPACE_SET, said, space)])


def members(house: House, space: str) -> list[Member]:
    """Give who is in a space, the latest to share first; who has left comes last."""
    with house.database.reading() as db:
        posts = segments.posts(db, space)
        mine = {one.device: one.newest for one in posts if one.person == house.person}
        people = things.rows(db, things.listed(db, Filter(kinds=("person",))))
        introduced = things.introduced(db, space)
    described = _described(house, space)
    names = {row.id: row.title for row in people}
    found = []
    for person in sorted({one.person for one in posts if one.person} | set(introduced)):
        own = [one for one in posts if one.person == person]
        has_all = all(
            any(one.seen.get(device, 0) >= newest for one in own) for device, newest in mine.items()
        )
        found.append(
            Member(
                person=person,
                name=names.get(person, ""),
                role=_role(described, person),
                posts=tuple(one.device for one in own),
                at=max((one.at for one in own), default=0),
                has_all=(has_all or person == house.person) if mine else None,
                opened=described is not None and described.created_by == person,
            )
        )
    return sorted(found, key=lambda one: (not one.here, -one.at, one.person))


def _role(described: Row | None, person: str) -> str:
    """Read a role; a space whose description has not arrived asks nothing of anybody."""
    if described is None:
        return roles.WRITER
    return roles.of(described.fields, described.created_by, person)


def _described(house: House, space: str) -> Row | None:
    with house.database.reading() as db:
        return next(iter(things.rows(db, [space_entity(space)])), None)
