"""The one way in: facts become operations, and tables, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from veille.desk import adopting, chance
from veille.desk.house import House
from veille.domain import merge, roles
from veille.domain import operation as op
from veille.domain.clock import Stamp
from veille.domain.errors import OnlyReads, OnlyReferents, TooLong
from veille.domain.facts import Changes, Fact, replaced_by, with_parents
from veille.domain.ids import space_entity
from veille.domain.merge import Thing
from veille.domain.operation import Json, Operation
from veille.domain.text import CONTROLS
from veille.domain.views import Row
from veille.journal import line as lines
from veille.store import append, arrivals, local, operations, project, things
from veille.store.connection import Rows


def record(
    house: House, facts: Sequence[Fact], *, undoes: str = "", by: str = "", gesture: str = ""
) -> Changes:
    """Record facts as one gesture. All of them, or none.

    Args:
        house: the profile.
        facts: what is said, in order. Raises OnlyReads, OnlyReferents, TooLong.
        undoes: the gesture that these facts take back.
        by: the person who did it, when it is not who is at the desk (demo memory).
        gesture: an earlier gesture that these facts go on with; "" for a new one.
    """
    if not facts:
        return Changes()
    facts = [*adopting.adopted(house, facts), *facts]
    with house.database.writing() as db:
        recorder = _Recorder(db, house, undoes=undoes, by=by or house.person, gesture=gesture)
        for fact in facts:
            recorder.add(fact)
        return recorder.close()


class _Recorder:
    def __init__(self, db: Rows, house: House, *, undoes: str, by: str, gesture: str) -> None:
        self._db = db
        self._house = house
        self._undoes = undoes
        self._by = by
        self._clock: Stamp = operations.last_stamp(db)
        self._devices = local.devices(db)
        self._known: dict[str, list[Operation]] = {}
        self._gesture = gesture
        self._described: dict[str, Row | None] = {}

    def add(self, fact: Fact) -> None:
        recorded = self._known.get(fact.entity)
        if recorded is None:
            recorded = self._known[fact.entity] = arrivals.standing(self._db, fact.entity)
        thing = merge.fold(recorded, personal=self._house.personal)
        fact = with_parents(fact, thing)
        space = fact.space or (thing.space if thing else self._house.personal)
        if thing is not None and space != thing.space:
            # What it replaces is what stands in the space it is said in.
            there = [one for one in recorded if one.space == space]
            thing = merge.fold(there, personal=self._house.personal)
        self._check_role(space)
        self._check_decision(fact, thing, space)
        self._clock = self._clock.next(self._house.now())
        one = Operation(
            id=chance.operation(),
            stamp=str(self._clock),
            by=self._by,
            space=space,
            entity=fact.entity,
            kind=fact.kind,
            data={name: _clean(value) for name, value in fact.data.items()},
            over=replaced_by(fact, thing),
            gesture=self._gesture,
            undoes=self._undoes,
        )
        self._gesture = self._gesture or one.id
        recorded.append(one)
        line = lines.write(one)
        if lines.is_too_long(line):
            raise TooLong(limit=lines.MAX_LINE_BYTES)
        append.append(
            self._db, [one], [line], device=self._devices.get(space, ""), segment="",
            received=self._house.now(),
        )  # fmt: skip

    def _check_role(self, space: str) -> None:
        if space == self._house.personal or space in self._described:
            return
        described = next(iter(things.rows(self._db, [space_entity(space)])), None)
        if described is not None:
            role = roles.of(described.fields, described.created_by, self._house.person)
            if not roles.writes(role):
                raise OnlyReads(name=described.title)
        self._described[space] = described

    def _check_decision(self, fact: Fact, thing: Thing | None, space: str) -> None:
        """Leave to a référent what she decides on; one's own proposal is withdrawn freely."""
        described = self._described.get(space)
        if described is None or thing is None or thing.kind != "article":
            return
        state, (by, _at) = thing.text_field("state"), thing.said.get("state", ("", 0))
        if fact.kind == op.DELETE:
            wanted = state if state == "proposed" else "discarded"
        else:
            wanted = str(fact.data.get("state", state)) if fact.kind == op.ARTICLE_SET else state
        if not roles.decides(
            described.fields, described.created_by, self._house.person, state=state, by=by,
            wanted=wanted,
        ):  # fmt: skip
            raise OnlyReferents

    def close(self) -> Changes:
        append.keep_stamp(self._db, self._clock)
        project.project(self._db, self._known, personal=self._house.personal)
        return Changes(frozenset(self._known), self._gesture)


def _clean(value: Json) -> Json:
    """Drop what no text holds: control characters and half surrogates."""
    if isinstance(value, str):
        return value.translate(CONTROLS)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {name.translate(CONTROLS): _clean(one) for name, one in value.items()}
    return value
