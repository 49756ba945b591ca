"""Looking up what stands in the margin: questions, and passages marked in another capture."""

from __future__ import annotations

from typing import NamedTuple

from veille.store.connection import Rows


class Marked(NamedTuple):
    """An article, the capture that is read, and how many passages of others it has, newest when."""

    article: str
    capture: str
    many: int
    newest: int


def questions(db: Rows) -> list[str]:
    """Give the comments that ask something, newest first."""
    query = (
        "SELECT id FROM things WHERE kind = 'annotation' AND hidden = 0"
        " AND json_extract(fields, '$.motivation') = 'questioning' ORDER BY sort_at DESC, n DESC"
    )
    return [one[0] for one in db.execute(query)]


def marked_elsewhere(db: Rows) -> list[Marked]:
    """Give the articles of which passages were marked in another capture than the one read now."""
    query = """
        SELECT c.article, c.name, count(*), max(t.updated_at) FROM things t
        JOIN captures c ON c.chosen = 1
         AND c.article = coalesce(
             (SELECT a.new FROM aliases a WHERE a.old = t.about AND a.thing = a.old), t.about)
        WHERE t.kind IN ('quote', 'annotation') AND t.hidden = 0 AND t.about <> ''
          AND json_extract(t.fields, '$.capture') <> c.name
        GROUP BY c.article, c.name ORDER BY max(t.sort_at) DESC"""
    return [Marked(*one) for one in db.execute(query)]
