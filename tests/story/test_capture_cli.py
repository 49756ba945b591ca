"""D1.5 to D1.7 by the command line: the folder, the verdict and its repair, the page known already."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.story.test_capture import SENTENCE, WALL, story

Veille = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def veille(tmp_path: Path) -> Veille:
    def call(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "veille", "--lang", "fr", "--profile", str(tmp_path / "p"), *words],
            input=stdin, capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, "HOME": str(tmp_path), "PYTHONUTF8": "1"},
        )  # fmt: skip

    return call


def read(done: subprocess.CompletedProcess[str], *, status: int = 0) -> Any:
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


def test_d1_5_to_7_by_the_command_line(veille: Veille, tmp_path: Path) -> None:
    watched = tmp_path / "À clipper"
    watched.mkdir()
    page = story(3, extra=WALL)
    (watched / "budget.html").write_text(
        f"<!-- saved from url=(0028)https://courrier.example/b -->{page}", "utf-8"
    )
    (watched / "tableau.xlsx").write_bytes(b"PK\x03\x04")
    found = read(veille("collect", "--folder", str(watched), "--json"), status=3)
    clipped, refused = sorted(found["items"], key=lambda one: "error" in one)
    assert (clipped["verdict"], clipped["reason"]) == ("truncated", "subscribers_wording")
    assert refused["error"]["code"] == "UnknownFormat"
    assert sorted(one.name for one in watched.iterdir()) == ["Clippés", "Non lus"]

    article = clipped["id"]
    told = veille("complete", article)
    assert told.stdout.startswith("1  ")
    whole = "\n\n".join(SENTENCE.format(n) for n in range(30))
    done = read(veille("complete", article, "--file", "-", "--json", stdin=whole))
    assert (done["items"][0]["verdict"], done["items"][0]["door"]) == ("complete", "hand")
    diff = veille("captures", article, "--diff")
    assert "{+" in diff.stdout

    read(veille("dossier", "new", "Mobilités", "--json"))
    again = veille("clip", "https://www.courrier.example/b?utm_source=x", "--dossier", "Mobilités")
    assert again.returncode == 0
    assert "Déjà clippé" in again.stdout
    assert "Mobilités" in again.stdout

    card = read(veille("correct", article, "--author", "Odile Rambert", "--json"))["fields"]
    assert (card["authors"]["value"], card["authors"]["origin"]) == (["Odile Rambert"], "person")
    assert card["title"]["origin"] == "page"
    bad = veille("correct", article, "--published", "hier")
    assert bad.returncode == 1
    assert "hier" in bad.stderr


def test_the_queue_is_seen_retried_and_given_up(veille: Veille) -> None:
    assert veille("clip", "http://no-such-host.invalid/a").returncode == 1
    (waiting,) = read(veille("queue", "--json"))["items"]
    assert waiting["problem"] == "Unreachable"
    assert "1\u00a0page reste" in veille("queue", "--retry").stderr
    assert read(veille("queue", "--forget", waiting["id"], "--json")) == {"items": []}
    assert veille("clip", "http://127.0.0.1:9/", "--json").returncode == 1
    assert "réseau" in veille("clip", "http://127.0.0.1:9/").stderr


def test_browsers_are_connected_and_let_go(veille: Veille, tmp_path: Path) -> None:
    told = read(veille("browser", "connect", "--json"))
    manifest = tmp_path / ".mozilla/native-messaging-hosts/org.veille.capture.json"
    assert str(manifest) in told["files"]
    assert (Path(told["extension"]) / "manifest.json").exists()
    host = json.loads(manifest.read_text())["path"]
    assert os.access(host, os.X_OK)
    read(veille("browser", "disconnect", "--json"))
    assert not manifest.exists()
    assert veille("browser", "marry").returncode == 2


def test_a_newsletter_names_its_articles_and_a_mailbox_is_one_entry(
    veille: Veille, tmp_path: Path
) -> None:
    letter = (
        "From: Lettre <l@x.fr>\nSubject: La lettre\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n"
        "List-Unsubscribe: <https://x.fr/u>\nContent-Type: text/html; charset=utf-8\n\n"
        + "".join(f'<h2><a href="https://a.example/{n}">Un article sur les écoles, le {n}e</a></h2>'
                  f"<p>{SENTENCE.format(n)}</p>" for n in range(3))
    )  # fmt: skip
    (tmp_path / "l.eml").write_text(letter, "utf-8")
    (item,) = read(veille("clip", str(tmp_path / "l.eml"), "--json"))["items"]
    assert (item["title"], item["source"], item["published"]) == (
        "La lettre",
        "Lettre",
        "2026-03-03",
    )
    assert [one["url"] for one in item["inside"]] == [f"https://a.example/{n}" for n in range(3)]
    box = "".join(
        f"From x@y Tue Mar  3 10:00:00 2026\nFrom: A <a@b>\nSubject: N° {n}\nTo: z\n\n"
        f"{SENTENCE.format(n) * (n + 1)}\n\n"
        for n in range(3)
    )
    (tmp_path / "b.mbox").write_text(box, "utf-8")
    items = read(veille("clip", str(tmp_path / "b.mbox"), str(tmp_path / "l.eml"), "--json"))[
        "items"
    ]
    assert len(items) == 2, "one entry for each input"
    assert [items[0]["title"], *(one["title"] for one in items[0]["items"])] == [
        "N° 0",
        "N° 1",
        "N° 2",
    ]
    assert items[1]["duplicate_of"] == item["id"]
