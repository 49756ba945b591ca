"""``feed``, ``rule``, ``story`` on the command line, as scripts rely on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Site
from tests.fakes.newsroom import Newsroom, pieces
from tests.story.test_cli import Run, document, run
from veille.desk import clock as clocks

__all__ = ["run"]
KEYS = {"id", "url", "title", "status", "last_success", "new", "problem"}
HOUR = 3_600_000


@pytest.fixture(autouse=True)
def _intranet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")


@pytest.fixture
def room(site: Site) -> Newsroom:
    made = Newsroom(site)
    now = clocks.now_ms()
    titles = ["Le marché couvert rouvre", "Deux bus de plus le soir", "La crue est attendue mardi"]
    made.pieces = pieces(titles, at=lambda number: now - (number + 1) * HOUR)
    home = f'<html><head><link rel="alternate" type="application/rss+xml" href="{made.url}"></head>'
    site.page("/", home.encode())
    return made


@pytest.fixture
def answer(run: Run) -> Callable[..., dict[str, Any]]:
    return lambda *words, status=0: document(run(*words, "--json"), status)


def test_from_a_site_to_articles_kept(
    room: Newsroom, site: Site, answer: Callable[..., dict[str, Any]]
) -> None:
    (found,) = answer("feed", "discover", site.url("/"))["items"]
    assert found["url"] == room.url
    (added,) = answer("feed", "add", site.url("/"), "--folder", "Presse")["items"]
    assert set(added) >= KEYS
    assert (added["url"], added["status"], added["folder"]) == (room.url, "new", "Presse")
    done = answer("feed", "refresh")
    assert done["new"] == 3
    (listed,) = answer("feed", "list")["items"]
    assert (listed["status"], listed["new"], listed["title"]) == ("good", 3, "Le Courrier du Val")
    inbox = answer("list", "--state", "inbox", "--kind", "article")
    assert [one["title"] for one in inbox["items"]] == [one.title for one in room.pieces]
    answer("triage", inbox["items"][0]["id"], "kept")
    assert answer("list", "--state", "inbox")["total"] == 2
    assert answer("verify")["ok"] is True


def test_a_failure_is_told_in_plain_words(
    room: Newsroom, answer: Callable[..., dict[str, Any]]
) -> None:
    answer("feed", "add", room.url)
    room.status = 404
    (failed,) = answer("feed", "refresh", "--all", status=3)["items"]
    assert failed["error"]["code"] == "ServerSaid"
    assert "nothing at this address" in failed["problem"]
    (failed,) = answer("feed", "add", room.url.replace("rss", "none"), status=1)["items"]
    assert failed["error"]["code"] == "ServerSaid"


def test_lists_come_in_with_a_report_and_go_out(
    room: Newsroom, tmp_path: Path, run: Run, answer: Callable[..., dict[str, Any]]
) -> None:
    opml = tmp_path / "abonnements.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="Presse"><outline text="Locale">'
        f'<outline type="rss" text="Courrier" xmlUrl="{room.url}"/></outline></outline>'
        '<outline type="rss" text="Sans adresse"/><outline text="Vide"/></body></opml>',
        encoding="utf-8",
    )
    items = answer("feed", "import", str(opml), status=3)["items"]
    good = next(one for one in items if one["url"] == room.url)
    assert (good["folders"], good["added"]) == (["Presse", "Locale"], True)
    assert any(one["problem"] for one in items)
    written = run("feed", "export").stdout
    assert room.url in written
    other = tmp_path / "export.opml"
    other.write_text(written, encoding="utf-8")
    (again,) = answer("feed", "import", str(other))["items"]
    assert (again["added"], again["id"], again["folders"]) == (
        False,
        good["id"],
        ["Presse", "Locale"],
    )


def test_a_source_is_changed_removed_and_brought_back(
    room: Newsroom, answer: Callable[..., dict[str, Any]]
) -> None:
    (one,) = answer("feed", "add", room.url)["items"]
    (paused,) = answer("feed", "change", one["id"], "--title", "Val", "--pause")["items"]
    assert (paused["title"], paused["status"]) == ("Val", "paused")
    assert answer("feed", "refresh")["items"] == []
    answer("feed", "remove", one["id"])
    assert answer("feed", "list")["items"] == []
    answer("undo")
    assert [each["id"] for each in answer("feed", "list")["items"]] == [one["id"]]
