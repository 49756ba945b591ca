"""Leaving a team: what was hers stays, and her private comments come with her, in a file.

Her things stay under her name, or under that of a former member when she asks.
"""

from __future__ import annotations

from pathlib import Path

from veille.desk import requests, roles
from veille.desk.house import House
from veille.desk.record import record
from veille.desk.requests import Erased
from veille.domain import operation as op
from veille.domain.facts import Fact
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


def hand_over(house: House, space: Space, file: Path, *, written: str, name: str = "") -> Erased:
    """Write the private comments to a file, then erase them here: the file alone has them.

    Args:
        house: the profile of who leaves.
        space: the space she leaves.
        file: where her comments go; it must not exist.
        written: the comments, as she will read them.
        name: the name that colleagues read from now on, "" for her own.

    Raises FileUnreadable (the file exists or cannot be written); nothing is taken out then.
    """
    requests.export(file, written=written)
    done = requests.erase(house, [one.id for one, _about in private_comments(house, space)])
    if name and not roles.only_reads(house, space.id):
        said: dict[str, Json] = {"name": name, "service": ""}
        record(house, [Fact(house.person, op.PERSON_SET, said, space.id)])
    return done
