"""Leaving a team: what was hers stays, and her private comments come with her, in a file.

Her things stay under her name, or under that of a former member when she asks.
"""

from __future__ import annotations

from pathlib import Path

from veille.desk import roles
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import FileUnreadable
from veille.domain.facts import Changes, Fact
from veille.domain.operation import Json
from veille.domain.views import Filter, Row, Space
from veille.store import things


def private_comments(house: House, space: Space) -> list[tuple[Row, Row | None]]:
    """Give the private annotations on things of a space, with what they are about."""
    with house.database.reading() as db:
        mine = things.rows(db, things.listed(db, Filter(kinds=("annotation",))))
        found: list[tuple[Row, Row | None]] = []
        for one in mine:
            about = next(iter(things.rows(db, [things.moved_to(db, one.about) or one.about])), None)
            if one.space == house.personal and about is not None and about.space == space.id:
                found.append((one, about))
    return found


def hand_over(house: House, space: Space, file: Path, *, written: str, name: str = "") -> Changes:
    """Write the private comments to a file, then take them out of here, as one gesture.

    Args:
        house: the profile of who leaves.
        space: the space she leaves.
        file: where her comments go; it must not exist.
        written: the comments, as she will read them.
        name: the name that colleagues read from now on, "" for her own.

    Raises FileUnreadable (the file exists or cannot be written); nothing is taken out then.
    """
    try:
        with file.open("x", encoding="utf-8") as made:
            made.write(written)
    except OSError as problem:
        raise FileUnreadable(path=str(file)) from problem
    gone = [Fact(one.id, op.DELETE, {}) for one, _about in private_comments(house, space)]
    said: dict[str, Json] = {"name": name, "service": ""}
    renamed = [Fact(house.person, op.PERSON_SET, said, space.id)]
    may_write = name and not roles.only_reads(house, space.id)
    return record(house, [*gone, *(renamed if may_write else ())])
