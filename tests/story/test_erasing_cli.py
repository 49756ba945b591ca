"""``comments`` on the command line, as scripts rely on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.story.test_cli import Run, document, run
from tests.story.test_erasing import SECRET, comment
from veille.desk.desk import Desk

__all__ = ["run"]


def test_find_export_erase(run: Run, open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk("p")
    thing = comment(desk)
    desk.close()
    (found,) = document(run("comments", "find", f"dupont {SECRET}", "--json"))["items"]
    assert (found["id"], found["where"], found["deleted"]) == (thing, "comment", False)
    file = tmp_path / "demande.md"
    assert run("comments", "export", SECRET, str(file)).returncode == 0
    assert SECRET in file.read_text(encoding="utf-8")
    assert run("comments", "export", SECRET, str(file)).returncode == 1
    warned = run("comments", "erase", thing)
    assert warned.returncode == 1
    assert "cannot be undone" in warned.stderr
    assert document(run("comments", "find", SECRET, "--json"))["items"] != []
    assert document(run("comments", "erase", thing, "--yes", "--json"))["erased"] == [thing]
    assert document(run("comments", "find", SECRET, "--json"))["items"] == []
    assert run("verify").returncode == 0
