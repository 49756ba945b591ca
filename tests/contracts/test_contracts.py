"""Promises of the house that no type checker knows."""

from __future__ import annotations

import inspect
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from veille.desk.desk import Desk
from veille.domain import errors
from veille.domain.errors import StoreBusy, StoreError, VeilleError
from veille.domain.views import Filter
from veille.sentences import catalogue
from veille.sentences.errors import sentence, table

ROOT = Path(__file__).resolve().parents[2]


def classes() -> list[type[VeilleError]]:
    return [
        one
        for _name, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, VeilleError)
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_error_has_its_sentence(language: str) -> None:
    catalogue.use(language, ROOT / "resources" / "i18n")
    assert set(table()) == set(classes())
    for one in classes():
        told = sentence(one())
        assert told
        assert "{" not in told
    drawn = errors.__doc__ or ""
    for one in classes():
        assert one.__name__ in drawn


def test_starting_the_window_imports_nothing_heavy() -> None:
    code = (
        "import sys; import veille.ui.app, veille.ui.main_window;"
        "heavy = {'trafilatura', 'whoosh', 'urllib3', 'typer', 'dateparser', 'numpy', 'PIL',"
        " 'pypdfium2', 'htmldate'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture
def locked(open_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[Desk]:
    from veille.store.connection import Database

    desk = open_desk("locked")
    desk.close()
    desk._house.database = Database(desk.paths.database, busy_seconds=0.05)
    other = sqlite3.connect(desk.paths.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield desk
    other.rollback()
    other.close()


WRITES: list[Callable[[Desk], object]] = [
    lambda d: d.clip("-", stdin=b"Titre\n\nUn texte."),
    lambda d: d.begin_clip("https://site.example/a"),
    lambda d: d.new_note("t", "x"),
    lambda d: d.new_dossier("t"),
    lambda d: d.introduce("Claire"),
    lambda d: d.rebuild_tables(),
    lambda d: d.triage(["a-1"], "kept"),
    lambda d: d.delete(["a-1"]),
]


@pytest.mark.parametrize("write", WRITES, ids=range(len(WRITES)))
def test_a_database_in_use_is_said_and_reading_goes_on(
    locked: Desk, write: Callable[[Desk], object]
) -> None:
    with pytest.raises(StoreBusy):
        write(locked)
    assert locked.count(Filter()) == 0
    assert locked.spaces()


def test_a_full_disk_loses_nothing_recorded(desk: Desk) -> None:
    desk.new_note("Avant", "texte")
    with desk._house.database.reading() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError):
        [desk.new_note(f"Pendant {number}", "x" * 100_000) for number in range(50)]
    with desk._house.database.reading() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    assert "Avant" in {r.title for r in desk.rows(desk.ids(Filter(kinds=("note",))))}
    desk.new_note("Après", "texte")
    desk.drain()
    assert desk.verify().problems == ()


def test_an_older_or_newer_table_is_rebuilt_or_refused(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk("old")
    desk.new_note("Une", "texte")
    with desk._house.database.writing() as db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'projection'")
        db.execute("DELETE FROM things")
    desk.close()
    again = open_desk("old")
    assert again.count(Filter(kinds=("note",))) == 1
    with again._house.database.writing() as db:
        db.execute("PRAGMA user_version = 999")
    again.close()
    with pytest.raises(errors.StoreTooRecent):
        open_desk("old")


def test_an_altered_operation_is_named(desk: Desk) -> None:
    desk.new_note("Une", "texte")
    with desk._house.database.writing() as db:
        db.execute("UPDATE operations SET line = substr(line, 1, 20) WHERE kind = 'note.rev'")
    desk.drain()
    problems = desk.verify().problems
    assert any("operation" in what for _where, what in problems)


def test_a_thing_of_the_wrong_size_or_kind_is_refused_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(errors.TooLong):
        desk.new_note("t", "x" * 300_000)
    with pytest.raises(errors.Refused):
        desk.new_note("  ", "x")
    with pytest.raises(errors.NotFound):
        desk.resolve(desk.new_note("t", "x"), kind="dossier")
    desk.new_note("contrôle\x00\x1b", "a\x00b\ud800")
    assert desk.read(desk.resolve("contrôle")).text == "ab"
