"""SQLite FTS5, at its best and as it is used at first."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.search.rivals import FACETS, Analyse, Doc, Found, Q, snippet

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE docs (
    rowid INTEGER PRIMARY KEY, day INTEGER, source INTEGER, kind INTEGER, state INTEGER, by INTEGER,
    tags INTEGER, id TEXT);
CREATE TABLE names (code INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE raws (rowid INTEGER PRIMARY KEY, raw TEXT);
CREATE VIRTUAL TABLE found USING fts5(
    title, text, content='', tokenize='ascii'{prefixes});
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(found, 'row');
INSERT INTO found(found, rank) VALUES ('automerge', 0);
INSERT INTO found(found, rank) VALUES ('hashsize', 67108864);
"""
_BUILT: Final = """
INSERT INTO found(found) VALUES ('optimize');
INSERT INTO found(found, rank) VALUES ('automerge', 4);
INSERT INTO found(found, rank) VALUES ('hashsize', 1048576);
"""
_BEST: Final = "SELECT rowid FROM found WHERE found MATCH ? {and_day} ORDER BY {order} LIMIT 20"
_COUNT: Final = "SELECT count(*) FROM found WHERE found MATCH ? {and_day}"
_VALUES: Final = """
SELECT source, kind, state, by, tags FROM found JOIN docs ON docs.rowid = found.rowid
WHERE found MATCH ?
"""
_JOINED: Final = """
FROM found JOIN docs ON docs.rowid = found.rowid
WHERE found MATCH ? AND day BETWEEN ? AND ?
"""
_PER_DAY: Final = 4096


class Fts5:
    """SQLite FTS5: a contentless table whose rowids follow the days, beside a plain table.

    A rowid is ``day number * 4096 + rank in the day``: FTS5 then limits a search to a range of
    days, and lists the newest first, by itself.
    """

    name = "fts5"
    # Beginnings of two and three letters, indexed as words are.
    prefixes = ", prefix='2 3'"

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._base: sqlite3.Connection

    def build(self, docs: Iterable[Doc], folder: Path) -> None:
        """Docs are expected in the order of their days: others are indexed too, more slowly."""
        base = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        base.executescript(_TABLES.format(prefixes=self.prefixes))
        base.execute("BEGIN")
        names = _Names(base)
        ranks: Counter[int] = Counter()
        for doc in docs:
            first = _first_row(doc.article["day"])
            _insert(base, names, first + ranks[first], doc)
            ranks[first] += 1
        base.executescript(_BUILT)  # commits first
        base.execute("PRAGMA journal_mode = WAL")
        base.close()

    def open(self, folder: Path) -> None:
        """Open the base, mapped in memory."""
        self._base = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self._base.executescript("PRAGMA mmap_size = 4294967296; PRAGMA synchronous = NORMAL;")

    def add(self, doc: Doc) -> None:
        """One transaction."""
        first = _first_row(doc.article["day"])
        self._base.execute("BEGIN IMMEDIATE")
        last = self._base.execute(
            "SELECT max(rowid) FROM docs WHERE rowid BETWEEN ? AND ?", (first, first + _PER_DAY - 1)
        ).fetchone()[0]
        _insert(self._base, self._names, first if last is None else last + 1, doc)
        self._base.execute("COMMIT")

    def run(self, query: Q) -> Found:
        """One statement for the best, one for the count."""
        match = self._match(query)
        if not match:
            return Found(0, [])
        and_day, values = "", list[str | int]([match])
        if query.kind == "dated":
            and_day = "AND rowid BETWEEN ? AND ?"
            values += [_first_row(query.since), _first_row(query.until) + _PER_DAY - 1]
        order = "rowid DESC" if query.kind == "newest" else "bm25(found, 2.5, 1.0)"
        best = self._base.execute(_BEST.format(and_day=and_day, order=order), values).fetchall()
        rows = [row for (row,) in best]
        ids = [self._one("SELECT id FROM docs WHERE rowid = ?", row) for row in rows]
        if query.kind == "facets":
            facets = self._facets(match)
            return Found(sum(facets["kind"].values()), ids, facets)
        total = self._base.execute(_COUNT.format(and_day=and_day), values).fetchone()[0]
        return Found(total, ids, snippets=self._snippets(query, rows))

    def raw_bytes(self, folder: Path) -> int:
        """The pages of the table of the texts (SQLite has to be compiled with DBSTAT)."""
        with closing(sqlite3.connect(folder / "fts5.db")) as base:
            sizes = base.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'raws'")
            return int(sizes.fetchone()[0])

    def _match(self, query: Q) -> str:
        quoted = [f'"{word}"' for word in query.words]
        match query.kind:
            case "phrase":
                return f'"{" ".join(query.words)}"'
            case "prefix" | "typed":
                return " AND ".join([*quoted[:-1], f"{quoted[-1]}*"])
            case "or":
                return " OR ".join(quoted)
            case "fuzzy":
                return " OR ".join(f'"{word}"' for word in self._near(query.words[0]))
            case _:
                return " AND ".join(quoted)

    def _near(self, word: str) -> list[str]:
        """The terms at one edit: FTS5 has no fuzzy search, its vocabulary finds a term fast."""
        asked = sorted(_edits(word))
        marks = ",".join("?" * len(asked))
        found = self._base.execute(f"SELECT term FROM vocabulary WHERE term IN ({marks})", asked)
        return [term for (term,) in found]

    def _facets(self, match: str) -> dict[str, Counter[str]]:
        columns = zip(*self._base.execute(_VALUES, (match,)), strict=True)
        counts = {
            name: self._names.named(Counter(column))
            for name, column in zip(FACETS, columns, strict=True)
        }
        counts["tags"] = by_tag(counts["tags"])
        return counts

    @cached_property
    def _names(self) -> _Names:
        return _Names(self._base)

    def _snippets(self, query: Q, rows: list[int]) -> list[str]:
        if query.kind != "snippets":
            return []
        raws = [self._one("SELECT raw FROM raws WHERE rowid = ?", row) for row in rows]
        return [snippet(raw, query.words, self._analyse) for raw in raws]

    def _one(self, statement: str, row: int) -> Any:
        return self._base.execute(statement, (row,)).fetchone()[0]


class Fts5Plain(Fts5):
    """The same, as it is used at first: no beginnings, days are a column of the table beside."""

    name = "fts5-plain"
    prefixes = ""

    def run(self, query: Q) -> Found:
        """Join for days; for the rest do as well as can be done."""
        if query.kind not in {"newest", "dated"}:
            return super().run(query)
        match = self._match(query)
        order = "day DESC" if query.kind == "newest" else "bm25(found, 2.5, 1.0)"
        values = (match, query.since, query.until)
        best = self._base.execute(f"SELECT docs.id {_JOINED} ORDER BY {order} LIMIT 20", values)
        ids = [one for (one,) in best]
        total = self._base.execute(f"SELECT count(*) {_JOINED}", values).fetchone()[0]
        return Found(total, ids)


class _Names:
    """The values of the columns, under numbers: facets are counted in half the time."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._codes: dict[str, int] = dict(
            base.execute("SELECT name, code FROM names ORDER BY code")
        )
        self._names = list(self._codes)

    def code(self, name: str) -> int:
        """The number of a value, known or new."""
        if name not in self._codes:
            self._codes[name] = len(self._names)
            self._base.execute("INSERT INTO names VALUES (?,?)", (len(self._names), name))
            self._names.append(name)
        return self._codes[name]

    def named(self, counts: Mapping[int, int]) -> Counter[str]:
        """From counts by number to counts by value."""
        return Counter({self._names[code]: count for code, count in counts.items()})


def _first_row(day: int) -> int:
    """The first rowid of a day written YYYYMMDD."""
    year, rest = divmod(day, 10_000)
    return date(year, rest // 100, rest % 100).toordinal() * _PER_DAY


def _insert(base: sqlite3.Connection, names: _Names, row: int, doc: Doc) -> None:
    one = doc.article
    values = (one["source"], one["kind"], one["state"], one["by"], ",".join(one["tags"]))
    codes = map(names.code, values)
    base.execute("INSERT INTO docs VALUES (?,?,?,?,?,?,?,?)", (row, one["day"], *codes, one["id"]))
    base.execute("INSERT INTO raws VALUES (?,?)", (row, one["text"]))
    base.execute("INSERT INTO found(rowid, title, text) VALUES (?,?,?)", (row, doc.title, doc.text))


def _edits(word: str) -> set[str]:
    """Every spelling at one insertion, deletion or substitution, and the word itself."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    put = {f"{left}{letter}{right}" for left, right in cuts for letter in _LETTERS}
    changed = {f"{left}{letter}{right[1:]}" for left, right in cuts[:-1] for letter in _LETTERS}
    return put | changed | {left + right[1:] for left, right in cuts[:-1]} - {""}


def by_tag(combined: Mapping[str, int]) -> Counter[str]:
    """From counts of ``a,b`` to counts of a and of b."""
    counts: Counter[str] = Counter()
    for tags, count in combined.items():
        for tag in filter(None, tags.split(",")):
            counts[tag] += count
    return counts
