"""A sum beside each row that cannot be derived again: a flipped bit on a disk is found, and named.

SQLite checks the shape of its pages, not what is written in them. What is derived from the
operations is checked by deriving it again (``verify``); the rest carries this sum.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

# Every column that means something, per table; the sum covers them in this order.
GUARDED: Final = {
    "operations": (
        "id", "digest", "space", "device", "stamp", "received", "by", "entity", "kind", "gesture",
        "undoes", "line", "segment",
    ),
    "meta": ("name", "value"),
    "spaces": (
        "id", "name", "folder", "device", "personal", "synced_at", "looked_at", "audited_at",
        "problem", "remaining",
    ),
    "segments": (
        "space", "device", "sequence", "id", "size", "count", "stamp", "mine", "shared", "pack",
        "missed", "data",
    ),
    "arrivals": ("article", "feed", "space", "received", "rule", "data"),
    "feed_states": ("feed", "next_at", "data"),
    "fetches": ("article", "url", "problem", "data", "tried_at"),
}  # fmt: skip


def sum_of(values: Sequence[str | int | bytes]) -> str:
    """Sum up the values of a row: 64 bits of SHA-256."""
    digest = hashlib.sha256()
    for one in values:
        data = one if isinstance(one, bytes) else str(one).encode()
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()[:16]


def stamp(db: sqlite3.Connection, table: str, where: str, values: Sequence[str | int] = ()) -> None:
    """Write the sum of the rows that were just changed."""
    columns = ", ".join(GUARDED[table])
    query = f"SELECT rowid, {columns} FROM {table} WHERE {where}"  # noqa: S608 - our names
    rows = db.execute(query, values).fetchall()
    db.executemany(
        f"UPDATE {table} SET sum = ? WHERE rowid = ?",  # noqa: S608 - our names
        [(sum_of(tuple(one)[1:]), one[0]) for one in rows],
    )


def is_altered(db: sqlite3.Connection, table: str, where: str) -> bool:
    """Tell whether one of some rows is not what was written."""
    columns = ", ".join(GUARDED[table])
    query = f"SELECT sum, {columns} FROM {table} WHERE {where}"  # noqa: S608 - our names
    return any(one[0] != sum_of(tuple(one)[1:]) for one in db.execute(query))


def altered(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Give ``(table, what)`` of the rows that are not what was written."""
    for table, columns in GUARDED.items():
        names = ", ".join(columns)
        for row in db.execute(f"SELECT sum, {names} FROM {table}"):  # noqa: S608 - our names
            sums, *values = tuple(row)
            if sums != sum_of(values):
                yield table, str(values[0])[:60]
