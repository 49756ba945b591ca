"""Bringing the tables that cannot be derived to today's format. One step a format, none skipped."""

from __future__ import annotations

import hashlib
import sqlite3

from veille.store import guard, schema


def bring(db: sqlite3.Connection, version: int) -> None:
    """Bring a profile of an earlier format to today's."""
    if version == 1:
        _from_1(db)


def _from_1(db: sqlite3.Connection) -> None:
    """Format 2 keeps a sum beside each row, when it was received, and more on each segment."""
    for table in ("operations", "meta", "spaces", "segments", "fetches"):
        db.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for name in ("operations_entity", "operations_gesture", "operations_loose"):
        db.execute(f"DROP INDEX IF EXISTS {name}")
    for statement in schema.FACTS.split(";\n"):
        db.execute(statement)
    for one in db.execute("SELECT * FROM old_operations ORDER BY n").fetchall():
        told = f"{one['by']}\n{one['space']}\n{one['line']}"
        db.execute(
            "INSERT INTO operations VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,'')",
            (
                one["n"], one["id"], hashlib.sha256(told.encode()).hexdigest()[:16], one["space"],
                one["device"], one["stamp"], int(one["stamp"][:13]), one["by"], one["entity"],
                one["kind"], one["gesture"], one["undoes"], one["line"], one["segment"],
            ),
        )  # fmt: skip
    db.execute("INSERT INTO meta (name, value) SELECT name, value FROM old_meta")
    columns = "id, name, folder, device, personal, synced_at, problem"
    db.execute(f"INSERT INTO spaces ({columns}) SELECT {columns} FROM old_spaces")  # noqa: S608
    db.execute(
        "INSERT INTO segments (space, device, sequence, id, size, count, stamp, mine, shared, data)"
        " SELECT s.space, s.device, s.sequence, s.id, s.size, coalesce(o.count, 0), 0, s.mine,"
        " s.shared, s.data FROM old_segments s LEFT JOIN"
        " (SELECT segment, count(*) AS count FROM operations GROUP BY segment) o"
        " ON o.segment = s.id"
    )
    db.execute(
        "INSERT INTO posts SELECT space, device, '', max(sequence), count(*), '', 0, '{}'"
        " FROM segments GROUP BY space, device"
    )
    db.execute("INSERT INTO fetches SELECT *, '' FROM old_fetches")
    for table in ("operations", "meta", "spaces", "segments", "fetches"):
        db.execute(f"DROP TABLE old_{table}")
        guard.stamp(db, table, "1")
