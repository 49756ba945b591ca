"""Do the tables say what was recorded, and what passes by? Derive them again beside, and compare."""

from __future__ import annotations

import sqlite3
from collections import Counter

from veille.store import project, schema, things
from veille.store.connection import Rows, integrity


def differences(db: Rows, *, personal: str) -> list[str]:
    """Name what differs between the tables and the operations; an empty list is good news.

    The second derivation is made in a temporary database, so that nothing is touched.
    """
    problems = integrity(db)
    beside = sqlite3.connect("", isolation_level=None)
    beside.row_factory = sqlite3.Row
    try:
        for statement in (schema.FACTS + schema.DERIVED).split(";\n"):
            beside.execute(statement)
        problems.extend(_schema(db, beside))
        beside.execute("BEGIN")
        for table in ("operations", "arrivals"):
            names = [one[1] for one in db.execute(f"PRAGMA table_info({table})")]
            marks = ", ".join("?" * len(names))
            beside.executemany(
                f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608 - our names
                (tuple(one) for one in db.execute(f"SELECT * FROM {table}")),  # noqa: S608
            )
        project.rebuild(beside, personal=personal)
        for table in schema.TABLES:
            problems.extend(_compare(db, beside, table))
    finally:
        beside.close()
    return problems


def _schema(db: Rows, beside: Rows) -> list[str]:
    """Compare the definitions of the tables themselves."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    have, should = ({tuple(one) for one in each.execute(query)} for each in (db, beside))
    return sorted({f"schema: {one[1]}" for one in have ^ should})


def dump(db: Rows, table: str) -> Counter[tuple[object, ...]]:
    """Give the rows of a derived table as a bag, without row numbers and forgotten rows."""
    names = [one[1] for one in db.execute(f"PRAGMA table_info({table})") if one[1] != "n"]
    where = f"WHERE hidden <> {things.GONE}" if table == "things" else ""
    query = f"SELECT {', '.join(names)} FROM {table} {where}"  # noqa: S608 - our names
    return Counter(tuple(one) for one in db.execute(query))


def _compare(db: Rows, beside: Rows, table: str) -> list[str]:
    have, should = dump(db, table), dump(beside, table)
    problems = [f"{table}: in excess: {one[0]}" for one in have - should]
    problems.extend(f"{table}: missing: {one[0]}" for one in should - have)
    return problems
