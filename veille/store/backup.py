"""Copies of the memory on this computer, and what can still be read of a damaged one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from veille.domain.errors import StoreDamaged, StoreFull
from veille.store import guard, schema
from veille.store.connection import Rows, integrity

_STEP: Final = 256


def copy(db: Rows, target: Path) -> None:
    """Copy the memory while it is in use. Raises StoreFull, StoreDamaged; leaves no half copy."""
    draft = target.with_suffix(".new")
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as made:
            db.backup(made)
            made.execute("PRAGMA journal_mode = DELETE")
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    except (sqlite3.Error, OSError) as problem:
        draft.unlink(missing_ok=True)
        full = getattr(problem, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise (StoreFull() if full else StoreDamaged(detail=str(problem))) from problem


def is_good(path: Path) -> bool:
    """Tell whether a copy can be read whole, every row as it was written."""
    try:
        with closing(_opened(path)) as db:
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > schema.FORMAT:
                return False
            return not integrity(db) and (version < 2 or not any(guard.altered(db)))
    except (sqlite3.Error, StoreDamaged):
        return False


def readable(path: Path, table: str) -> Iterator[dict[str, Any]]:
    """Give the rows of a damaged memory that are still as they were written."""
    try:
        db = _opened(path)
        last = int(
            db.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0]  # noqa: S608
        )
    except sqlite3.Error:
        return
    with closing(db):
        for first in range(1, last + 1, _STEP):
            yield from _between(db, table, first, min(first + _STEP - 1, last))


def _between(db: Rows, table: str, first: int, last: int) -> Iterator[dict[str, Any]]:
    query = f"SELECT * FROM {table} WHERE rowid BETWEEN ? AND ?"  # noqa: S608 - our names
    try:
        found = [dict(one) for one in db.execute(query, (first, last))]
    except sqlite3.Error:
        # Some page in there cannot be read: look for it by halves.
        if first < last:
            middle = (first + last) // 2
            yield from _between(db, table, first, middle)
            yield from _between(db, table, middle + 1, last)
        return
    columns = guard.GUARDED[table]
    for one in found:
        if one.get("sum") == guard.sum_of([one[name] for name in columns]):
            yield one


def is_free(path: Path) -> bool:
    """Tell whether no other process has a memory open; one that cannot be read is nobody's."""
    try:
        with closing(sqlite3.connect(path, timeout=0.5, isolation_level=None)) as db:
            # In WAL mode every open connection holds a shared lock, which this one forbids.
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        return problem.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    except sqlite3.Error:
        return True
    return True


def _opened(path: Path) -> Rows:
    db = sqlite3.connect(path, isolation_level=None)
    db.row_factory = sqlite3.Row
    return db
