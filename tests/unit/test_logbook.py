"""The log says what ran and what failed; no word of the memory can get in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from veille.desk import logbook
from veille.desk.logbook import Logbook
from veille.domain.errors import FileUnreadable, NotFound
from veille.worker.serve import TASKS

SECRET = "Œuvre de Mme Lefèvre-Blanc"


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    return Logbook(tmp_path / "veille.log", lambda: 1_795_000_000_000)


def broken(words: str) -> None:
    held: dict[str, int] = {}
    try:
        held[words]
    except KeyError as problem:
        raise OSError(13, words, words) from problem


def caught(words: str) -> OSError:
    with pytest.raises(OSError, match=r".") as told:
        broken(words)
    return told.value


def test_a_crash_is_told_by_its_types_and_places(log: Logbook) -> None:
    log.failed(caught(SECRET), "window")
    text = log.text()
    assert "crashed window" in text
    assert "PermissionError errno=13" in text
    assert "KeyError" in text
    assert "test_logbook.py broken" in text
    assert SECRET not in text
    assert str(Path.home()) not in text
    assert "/tests/" not in text


def test_places_of_the_program_are_told_from_its_own_folder(log: Logbook) -> None:
    with pytest.raises(AttributeError) as inside:
        logbook.figures({"rounds": [SECRET]})
    log.failed(inside.value)
    assert "veille/desk/logbook.py figures:" in log.text()
    assert SECRET not in log.text()


def test_an_expected_failure_takes_one_line(log: Logbook) -> None:
    log.failed(NotFound(what=SECRET), "drain")
    log.failed(FileUnreadable(path=SECRET))
    lines = log.text().splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == [
        "failed drain NotFound",
        "failed FileUnreadable",
    ]


words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=5, max_size=40)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(said=words.map(lambda one: f"Zq{one}"))
def test_no_word_gets_in_by_any_way(log: Logbook, said: str) -> None:
    log.note(said, said)
    log.note("ran", "drain", **{said: 1})
    log.ran(said, 9.0, {said: 1, "done": [said], "rounds": [{said: said, "sent": 2}]})
    log.failed(caught(said), said)
    log.failed(NotFound(what=said), said)
    log.failed(type(f"{said} {said}", (Exception,), {})(said))
    log.qt("warning", f"{said}: {said}")
    log.qt(said, f"QFile::open: {said}")
    namespace: dict[str, object] = {}
    exec(compile("def f():\n    raise ValueError", f"/home/{said}/{said}", "exec"), namespace)
    with pytest.raises(ValueError) as told:  # noqa: PT011 - its places are what matters
        namespace["f"]()  # type: ignore[operator]
    log.failed(told.value)
    assert said not in log.text()


def test_figures_are_counted(log: Logbook) -> None:
    log.ran("sync", 0.1, {"rounds": [{"sent": 2, "name": SECRET, "problems": ["a"]}, {"sent": 1}]})
    log.ran("drain", 0.1, {"done": 0, "waiting": 7})
    assert log.text().split(" ", 2)[2] == "ran sync seconds=0.1 sent=3 problems=1\n"


def test_qt_says_which_of_its_functions_complained(log: Logbook) -> None:
    log.qt("warning", "QFile::open: no such thing")
    assert log.text().endswith("qt warning QFile::open\n")


def test_the_log_stays_small(log: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "LARGEST", 2_000)
    for _turn in range(200):
        log.note("ran", "drain", seconds=1)
    assert {one.name for one in tmp_path.iterdir()} == {"veille.log", "veille.1.log"}
    assert all(one.stat().st_size <= 2_000 for one in tmp_path.iterdir())
    assert log.text().count("ran drain") > 30


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    log = Logbook(tmp_path / "nowhere" / "veille.log", lambda: 0)
    log.note("ran", "drain")
    assert log.text() == ""


def test_everything_a_worker_is_asked_has_its_word() -> None:
    asked = {*TASKS, *(task for tasks in TASKS.values() for task in tasks)}
    assert asked <= logbook.WORDS
