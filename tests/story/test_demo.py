"""The demo memory of a profile: whole or not at all, and removed without trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from veille.cli.app import run
from veille.desk import demo, demo_place, paths
from veille.desk.desk import Desk
from veille.domain.views import Filter


def everything(root: Path) -> set[Path]:
    return {one.relative_to(root) for one in root.rglob("*") if "veille.sqlite" not in one.name}


def test_it_opens_whole_beside_the_own_memory(desk: Desk) -> None:
    profile = demo.prepare(desk.paths)
    assert desk.count(Filter()) == 0, "one's own memory knows nothing of it"
    there = Desk.open(str(profile))
    assert there.count(Filter(kinds=("article",))) > 10
    assert there.unindexed() == 0
    assert there.search("eau").total > 0
    assert demo_place.is_demo(there.paths)
    there.close()
    assert not demo_place.is_demo(desk.paths)
    assert demo_place.is_there(desk.paths)


def test_removed_it_leaves_no_trace(desk: Desk) -> None:
    before = everything(desk.paths.root)
    demo.prepare(desk.paths)
    assert demo_place.remove(desk.paths)
    assert everything(desk.paths.root) == before
    assert not demo_place.remove(desk.paths)


def test_one_that_was_cut_short_is_made_again(desk: Desk) -> None:
    begun = desk.paths.root / "demo.begun"
    begun.mkdir()
    (begun / "veille.sqlite").write_bytes(b"cut short")
    assert not demo_place.is_there(desk.paths)
    demo.prepare(desk.paths)
    assert demo_place.is_there(desk.paths)
    assert not begun.exists()


def test_a_folder_that_is_not_the_demo_is_never_removed(desk: Desk) -> None:
    own = desk.paths.root / "demo"
    own.mkdir()
    (own / "mine.txt").write_text("mine")
    assert not demo_place.remove(desk.paths)
    assert not demo_place.remove(paths.ProfilePaths(own))
    assert (own / "mine.txt").read_text() == "mine"


def test_the_command_line_removes_it_too(
    open_desk: Callable[..., Desk], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = open_desk("p")
    profile = str(tmp_path / "p")
    demo.prepare(desk.paths)
    (demo_place.place(desk.paths).lock).touch()
    assert run(["--profile", profile, "demo", "--remove"]) == 1
    assert "open in a window" in capsys.readouterr().err
    demo_place.place(desk.paths).lock.unlink()
    assert run(["--profile", profile, "demo", "--remove", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": True}
    assert not demo_place.is_there(desk.paths)
