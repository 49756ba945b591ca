"""What this profile knows of its subscriptions, of the stories they tell, and what its owner read.

Local to the profile, and none of it the memory: losing it would cost a few requests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

from veille.store import guard
from veille.store.connection import Rows

_SLICE: Final = 500


def states(db: Rows) -> dict[str, dict[str, Any]]:
    """Give what is known of every subscription."""
    return {one[0]: _object(one[1]) for one in db.execute("SELECT feed, data FROM feed_states")}


def state(db: Rows, feed: str) -> dict[str, Any]:
    """Give what is known of a subscription, {} for nothing."""
    row = db.execute("SELECT data FROM feed_states WHERE feed = ?", (feed,)).fetchone()
    return _object(row[0]) if row else {}


def keep_state(db: Rows, feed: str, data: Mapping[str, Any], *, next_at: int) -> None:
    """Remember what is known of a subscription."""
    told = json.dumps(data, ensure_ascii=False)
    db.execute(
        "INSERT OR REPLACE INTO feed_states (feed, next_at, data) VALUES (?,?,?)",
        (feed, next_at, told),
    )
    guard.stamp(db, "feed_states", "feed = ?", (feed,))


def to_sort(db: Rows) -> dict[str, int]:
    """Count, by subscription, what it brought and still waits to be sorted."""
    query = (
        "SELECT json_extract(fields, '$.feed') AS feed, count(*) FROM things"
        " WHERE kind = 'article' AND state = 'inbox' AND hidden = 0 GROUP BY feed"
    )
    return {one[0]: int(one[1]) for one in db.execute(query) if one[0]}


def _object(text: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(text))


# --- stories -------------------------------------------------------------------------------------


def tell(db: Rows, stories: Mapping[str, str], *, at: int) -> None:
    """Remember which story each article tells."""
    db.executemany(
        "INSERT OR REPLACE INTO stories VALUES (?,?,?)",
        [(article, story, at) for article, story in stories.items()],
    )


def follow(db: Rows, moved: Mapping[str, str]) -> None:
    """Have articles that moved tell the story that they told, and stay read by who read them."""
    pairs = [(new, old) for old, new in moved.items()]
    db.executemany(
        "INSERT OR REPLACE INTO stories SELECT ?, story, at FROM stories WHERE article = ?", pairs
    )
    db.executemany("INSERT OR IGNORE INTO reads SELECT ?, at FROM reads WHERE article = ?", pairs)


def stories(db: Rows, articles: Sequence[str]) -> dict[str, str]:
    """Give the story that each of these articles tells, for those that tell one."""
    found: dict[str, str] = {}
    for part in _parts(articles):
        marks = ", ".join("?" * len(part))
        query = f"SELECT article, story FROM stories WHERE article IN ({marks})"  # noqa: S608
        found.update((one[0], one[1]) for one in db.execute(query, part))
    return found


def tellers(db: Rows, stories_: Sequence[str]) -> dict[str, list[str]]:
    """Give the visible articles that tell each of these stories, oldest first."""
    found: dict[str, list[str]] = {}
    for part in _parts(stories_):
        marks = ", ".join("?" * len(part))
        query = (
            "SELECT s.story, s.article FROM stories s"  # noqa: S608 - only marks
            f" JOIN things t ON t.id = s.article AND t.hidden = 0 WHERE s.story IN ({marks})"
            " ORDER BY t.sort_at, t.n"
        )
        for story, article in db.execute(query, part):
            found.setdefault(story, []).append(article)
    return found


def sources(db: Rows, articles: Sequence[str]) -> dict[str, int]:
    """Count the different sources of the story that each of these articles tells."""
    told = stories(db, articles)
    counts: dict[str, int] = {}
    for part in _parts(sorted(set(told.values()))):
        marks = ", ".join("?" * len(part))
        query = (
            "SELECT s.story, count(DISTINCT t.source_key) FROM stories s"  # noqa: S608 - only marks
            f" JOIN things t ON t.id = s.article AND t.hidden = 0 WHERE s.story IN ({marks})"
            " GROUP BY s.story"
        )
        counts.update((one[0], int(one[1])) for one in db.execute(query, part))
    return {article: counts.get(story, 0) for article, story in told.items()}


def gathered(db: Rows, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Give ``(article, story)`` of a list in its order; an article of no story is its own."""
    told = stories(db, ids)
    return [(one, told.get(one, one)) for one in ids]


def untold(db: Rows, *, since: int) -> list[str]:
    """Give the articles that came in since a moment and are in no story yet, oldest first."""
    query = (
        "SELECT t.id FROM things t LEFT JOIN stories s ON s.article = t.id"
        " WHERE t.kind = 'article' AND t.hidden = 0 AND t.created_at >= ? AND s.article IS NULL"
        " ORDER BY t.sort_at, t.n"
    )
    return [one[0] for one in db.execute(query, (since,))]


def told(db: Rows, *, since: int) -> list[tuple[str, str]]:
    """Give ``(article, story)`` of what was told since a moment, oldest first."""
    query = (
        "SELECT s.article, s.story FROM stories s JOIN things t ON t.id = s.article"
        " AND t.hidden = 0 WHERE s.at >= ? ORDER BY s.at, t.sort_at, t.n"
    )
    return [(one[0], one[1]) for one in db.execute(query, (since,))]


# --- what I read ---------------------------------------------------------------------------------


def mark_read(db: Rows, articles: Iterable[str], *, at: int) -> None:
    """Note that the owner of this profile read articles."""
    db.executemany("INSERT OR IGNORE INTO reads VALUES (?,?)", [(one, at) for one in articles])


def mark_unread(db: Rows, articles: Iterable[str]) -> None:
    """Note that the owner of this profile has articles to read."""
    db.executemany("DELETE FROM reads WHERE article = ?", [(one,) for one in articles])


def marked(db: Rows, *, limit: int) -> list[tuple[int, int]]:
    """Give when several articles were marked as read at once, and how many; newest first."""
    query = (
        "SELECT at, count(*) FROM reads GROUP BY at HAVING count(*) > 1 ORDER BY at DESC LIMIT ?"
    )
    return [(int(one[0]), int(one[1])) for one in db.execute(query, (limit,))]


def unmark(db: Rows, at: int) -> None:
    """Note that what was marked as read at once is to be read again."""
    db.execute("DELETE FROM reads WHERE at = ?", (at,))


def read(db: Rows, articles: Sequence[str]) -> set[str]:
    """Give those of these articles that were read."""
    found: set[str] = set()
    for part in _parts(articles):
        marks = ", ".join("?" * len(part))
        query = f"SELECT article FROM reads WHERE article IN ({marks})"  # noqa: S608 - only marks
        found.update(one[0] for one in db.execute(query, part))
    return found


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _SLICE] for start in range(0, len(ids), _SLICE)]
