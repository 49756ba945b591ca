"""Which articles tell the same news: decided as they come in, remembered, and shown as one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from veille.desk.house import House
from veille.desk.indexing import readable
from veille.desk.terms import terms
from veille.domain.views import Row
from veille.feeds import stories
from veille.feeds.item import Item
from veille.feeds.schedule import DAY_MS
from veille.store import following, things
from veille.store.connection import Rows

# News are told within so many days; later, it is another story.
WINDOW: Final = 4 * DAY_MS
_READ: Final = 5_000


def gather(house: House) -> frozenset[str]:
    """Place what came in and tells no story yet. Returns the articles that join one."""
    since = house.now() - WINDOW
    with house.database.reading() as db:
        new = [item(db, row) for row in things.rows(db, following.untold(db, since=since))]
    if not new:
        return frozenset()
    window = _window(house, since=since)
    placed = {one.id: window.place(one) for one in new}
    house.learned.update(placed)
    with house.database.writing() as db:
        following.tell(db, placed, at=house.now())
    joined = {story for article, story in placed.items() if article != story}
    return frozenset(article for article, story in placed.items() if story in joined)


def _window(house: House, *, since: int) -> stories.Window:
    """Give what is known of the last days; it is learned once, then kept up to date."""
    if house.window is None:
        house.window = stories.Window(terms=terms)
    with house.database.reading() as db:
        told = dict(following.told(db, since=since))
        house.learned.intersection_update(told)
        unknown = [one for one in told if one not in house.learned]
        known = [(item(db, row), told[row.id]) for row in things.rows(db, unknown)]
    house.window.keep(since=since, until=house.now() + DAY_MS)
    for one, story in known:
        house.window.learn(one, story=story)
    house.learned.update(unknown)
    return house.window


def item(db: Rows, row: Row) -> Item:
    """Give what rules and stories see of an article."""
    moment = row.fields.get("moment")
    return Item(
        id=row.id,
        title=row.title,
        text=readable(db, row)[:_READ],
        source=row.source,
        feed=row.text("feed"),
        sections=tuple(one.strip() for one in row.text("section").split(",") if one.strip()),
        authors=row.authors,
        language=row.text("language")[:2].lower(),
        url=row.text("url"),
        at=moment if isinstance(moment, int) else row.created_at,
    )


def heads(
    gathered: Sequence[tuple[str, str]],
) -> tuple[list[str], Mapping[str, tuple[str, ...]]]:
    """Fold a list into one line a story: the lines, and what stands behind each of several.

    A story stands where its first article in the list stands.
    """
    behind: dict[str, list[str]] = {}
    for article, story in gathered:
        behind.setdefault(story, []).append(article)
    lines = [some[0] for some in behind.values()]
    return lines, {some[0]: tuple(some[1:]) for some in behind.values() if len(some) > 1}
