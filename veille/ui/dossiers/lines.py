"""What the page of a dossier shows, looked up at once and away from the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from veille.desk.desk import Desk
from veille.desk.dossiers import COVER, LIVE, Parcours, Step
from veille.domain.views import Filter
from veille.sentences import dossiers


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a member, what the search finds, or a head between the two.

    Attributes:
        place: of a member, from 1; 0 for what the search finds.
        head: the text of a head, which holds no step.
        detail: where the step comes from, and when.
    """

    step: Step | None = None
    place: int = 0
    detail: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A dossier as its page shows it.

    Attributes:
        cover: the step of the cover note, None when there is none.
        people: names of everybody, by id.
        where: the name of the space, "" for the personal one.
    """

    found: Parcours
    lines: tuple[Line, ...]
    cover: Step | None
    people: Mapping[str, str]
    where: str

    @property
    def ids(self) -> frozenset[str]:
        """Give everything that is shown."""
        return frozenset(one.row.id for one in self.found.steps)


def look(desk: Desk, dossier: str, *, now: int) -> Shown:
    """Look a dossier up. Raises NotFound."""
    found = desk.dossiers.parcours(dossier)
    steps = {one.row.id: one for one in found.steps}
    inside = [steps[one] for one in desk.ids(Filter(dossier=dossier)) if one in steps]
    live = [one for one in found.steps if one.part == LIVE]
    about = list({one.row.about for one in found.steps if one.row.about})
    abouts = {row.id: row for row in desk.rows(about)}

    def line(step: Step, place: int) -> Line:
        # Of a shared dossier, what stayed in the personal space is in nobody else's.
        alone = found.may_tell and step.row.space != found.dossier.space
        told = dossiers.detail(step.row, abouts.get(step.row.about), now, alone=alone)
        return Line(step, place, told)

    lines = [line(one, place) for place, one in enumerate(inside, start=1)]
    if live:
        lines.append(Line(head=dossiers.found_by_search(len(live))))
        lines += [line(one, 0) for one in live]
    cover = next((one for one in found.steps if one.part == COVER), None)
    where = next((one.name for one in desk.spaces() if one.id == found.dossier.space), "")
    return Shown(found, tuple(lines), cover, desk.people(), where)
