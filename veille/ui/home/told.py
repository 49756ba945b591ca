"""What the page shows, looked up aside."""

from __future__ import annotations

from dataclasses import dataclass, replace

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.homing import Home
from veille.domain.views import Filter
from veille.ui.home.lines import Around


@dataclass(frozen=True, slots=True)
class Told:
    """What the page shows.

    Attributes:
        name: of who is at the desk.
        shares: whether she is in a shared space.
        to_sort: how many articles are to be sorted.
    """

    home: Home
    around: Around
    name: str
    shares: bool
    to_sort: int


def read(desk: Desk) -> Told:
    """Look up what the page shows, but for what takes longer."""
    home = desk.home.look(full=False)
    wanted = {held for one in home.news for held in one.dossiers}
    wanted |= {one.row.id for one in home.news if one.row.kind == "dossier"}
    titles = {row.id: row.title for row in desk.rows(sorted(wanted))}
    shares = any(not one.personal and one.folder for one in desk.spaces())
    to_sort = desk.count(Filter(kinds=("article",), states=("inbox",)))
    around = Around(desk.people(), titles, clock.now_ms())
    return Told(home, around, desk.name(), shares, to_sort)


def with_before(told: Told, before: Told | None) -> Told:
    """Keep what takes longer to know as it was, until it is known again."""
    if before is None:
        return told
    was = before.home.waiting
    waiting = replace(told.home.waiting, astray=was.astray, searches=was.searches)
    return replace(told, home=replace(told.home, waiting=waiting))


def is_same_news(one: Told, other: Told) -> bool:
    """Tell whether what is new is written the same in both."""
    same = one.home.news == other.home.news and one.shares == other.shares
    names = one.around.people == other.around.people
    titles = one.around.dossiers == other.around.dossiers
    days = clock.today(one.around.now) == clock.today(other.around.now)
    return same and names and titles and days
