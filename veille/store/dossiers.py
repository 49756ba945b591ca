"""Looking up dossiers: the places of what they hold, and who says to have read what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from veille.store.connection import Rows

_SLICE: Final = 500


def places(db: Rows, dossier: str) -> list[tuple[str, str, str]]:
    """Give ``(today's id, item, place)`` of what a dossier holds, in its order.

    ``item`` is the id under which it was put in, before it was moved.
    """
    query = """
        SELECT coalesce((SELECT a.new FROM aliases a WHERE a.old = m.item AND a.thing = a.old),
            m.item), m.item, m.place
        FROM members m WHERE m.dossier = ? ORDER BY m.position"""
    return [(one[0], one[1], one[2]) for one in db.execute(query, (dossier,))]


def progress(db: Rows, dossier: str) -> list[tuple[str, str, str]]:
    """Give ``(person, today's id, item)`` of what people say to have read, the first time first.

    ``item`` is the id under which she said so.
    """
    query = """
        SELECT p.person, coalesce((SELECT a.new FROM aliases a WHERE a.old = p.item
            AND a.thing = a.old), p.item), p.item
        FROM progress p WHERE p.dossier = ? ORDER BY p.at, p.person, p.item"""
    return [(one[0], one[1], one[2]) for one in db.execute(query, (dossier,))]


def earlier(db: Rows, ids: Sequence[str]) -> dict[str, str]:
    """Give ``{id of before: today's id}`` of those of these things that were moved."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), _SLICE):
        part = ids[start : start + _SLICE]
        marks = ", ".join("?" * len(part))
        query = f"SELECT old, new FROM aliases WHERE thing = old AND new IN ({marks})"  # noqa: S608
        found.update((one[0], one[1]) for one in db.execute(query, part))
    return found
