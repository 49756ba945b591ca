"""One SQLite file, a connection per thread, and the only place where sqlite3's errors stop."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from veille.domain.errors import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreTooRecent
from veille.domain.text import order
from veille.store import migrate, schema

Rows = sqlite3.Connection
BUSY_SECONDS: Final = 8.0


class Database:
    """The memory's file. WAL: readers never wait; one writer at a time, across processes too."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create. Raises StoreTooRecent, StoreDamaged, StoreBusy, StoreFull."""
        self._path = path
        self._busy = busy_seconds
        # By the number of the thread, which only one that lives has. What ``threading.local`` keeps
        # is lost after each job of a thread that Qt made: a connection was left open by each.
        self._by_thread: dict[int, sqlite3.Connection] = {}
        with self.writing() as db:
            self._prepare(db)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Lend this thread's connection for queries."""
        with _translated():
            yield self._connection()

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """Lend this thread's connection inside one transaction: all of it, or nothing."""
        with _translated():
            db = self._connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                if db.in_transaction:
                    db.rollback()
                raise
            try:
                db.commit()
            except sqlite3.Error:
                if db.in_transaction:
                    db.rollback()
                raise

    def close(self) -> None:
        """Close every connection, whichever thread opened it."""
        known, self._by_thread = self._by_thread, {}
        for one in known.values():
            one.close()

    def _connection(self) -> sqlite3.Connection:
        thread = threading.get_ident()
        known = self._by_thread.get(thread)
        if known is not None:
            return known
        db = sqlite3.connect(
            self._path, timeout=self._busy, isolation_level=None, check_same_thread=False
        )
        try:
            db.row_factory = sqlite3.Row
            db.create_collation("names", _compared)
            db.execute("PRAGMA journal_mode = WAL")
            # FULL in WAL mode: a recorded operation survives a power cut, not only a crash.
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA cache_size = -32000")
        except sqlite3.Error:
            db.close()
            raise
        self._by_thread[thread] = db
        return db

    def _prepare(self, db: Rows) -> None:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version > schema.FORMAT:
            raise StoreTooRecent(version=version)
        if 0 < version < schema.FORMAT:
            migrate.bring(db, version)
        for statement in (schema.FACTS + schema.DERIVED).split(";\n"):
            db.execute(statement)
        if version != schema.FORMAT:
            db.execute(f"PRAGMA user_version = {schema.FORMAT}")


def _compared(one: str, other: str) -> int:
    """Compare two names as people look for them in a list."""
    first, second = order(one), order(other)
    return (first > second) - (first < second)


def integrity(db: Rows) -> list[str]:
    """Ask SQLite to read everything back; an empty list is good news."""
    said = [str(row[0]) for row in db.execute("PRAGMA integrity_check(20)")]
    return [] if said == ["ok"] else said


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as problem:
        raise _meaning(problem) from problem
    except UnicodeDecodeError as problem:
        # What a flipped byte leaves of a name; Python cannot even say SQLite's own complaint.
        raise StoreDamaged(detail=str(problem)) from problem


def _meaning(problem: sqlite3.Error) -> StoreError:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreBusy()
    if code == sqlite3.SQLITE_FULL:
        return StoreFull()
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return StoreDamaged(detail=str(problem))
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
        return StoreDamaged(detail=str(problem))
    return StoreError(detail=str(problem))
