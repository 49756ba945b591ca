"""The command line's contract, as scripts rely on it: its output, its status, its processes."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from veille.__main__ import main
from veille.desk.clock import pause

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process: one of its own takes a second to start."""

    def call(
        *words: str, stdin: str = "", profile: str = "p", lang: str = "en"
    ) -> subprocess.CompletedProcess[str]:
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        monkeypatch.setattr(sys, "stdin", given)
        with redirect_stdout(out), redirect_stderr(err):
            status = main(["--profile", str(tmp_path / profile), "--lang", lang, *words])
        told = (out.detach().getvalue().decode(), err.detach().getvalue().decode())  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(words, status, *told)

    return call


@pytest.fixture
def program(tmp_path: Path) -> Run:
    """Run a command as scripts do, in a process of its own."""

    def call(
        *words: str, stdin: str = "", profile: str = "p", lang: str = "en"
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
        return subprocess.run(
            [sys.executable, "-m", "veille", "--profile", str(tmp_path / profile), "--lang", lang, *words],
            input=stdin, capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
            cwd=Path(__file__).resolve().parents[2], timeout=90,
        )  # fmt: skip

    return call


def document(done: subprocess.CompletedProcess[str], status: int = 0) -> dict[str, Any]:
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_the_main_job_through_the_command_line(
    program: Run, tmp_path: Path, article_html: str
) -> None:
    run = program
    page = tmp_path / "berges.html"
    page.write_text(article_html, encoding="utf-8")
    clipped = document(run("clip", str(page), "--tag", "Mobilité", "--dossier", "Berges", "--json"))
    (item,) = clipped["items"]
    assert set(item) >= {
        "id", "title", "url", "source", "authors", "published", "language", "verdict", "words", "duplicate_of",
    }  # fmt: skip
    assert (item["title"], item["verdict"], item["duplicate_of"]) == (
        "Les berges rendues aux piétons",
        "complete",
        None,
    )
    (again,) = document(run("clip", str(page), "--json"))["items"]
    assert again["duplicate_of"] == item["id"]

    found = document(run("search", "piétons berges", "--json", "--facets"))
    assert found["total"] >= 1
    assert set(found) >= {"total", "took_ms", "items", "facets", "did_you_mean", "problems"}
    assert set(found["items"][0]) >= {
        "id",
        "kind",
        "title",
        "score",
        "snippet",
        "source",
        "published",
        "matched_in",
    }
    assert found["facets"]["kind"]["article"] == 1

    quote = document(run("quote", item["id"], "--exact", "montrer avant d'expliquer", "--json"))
    assert (quote["speaker"], quote["kind"]) == ("Odile Rambert", "quote")
    proposed = document(run("quotes", item["id"], "--found", "--json"))["items"]
    assert set(proposed[0]) >= {"exact", "speaker", "role", "start", "end"}
    noted = document(
        run("annotate", item["id"], "--exact", "4 200 cartes", "--comment", "à vérifier", "--json")
    )
    assert noted["visibility"] == "private"
    assert [one["type"] for one in noted["selectors"]] == [
        "TextQuoteSelector",
        "TextPositionSelector",
    ]

    note = document(
        run("note", "new", "Aménager", "--file", "-", "--json", stdin=f"![[{quote['id']}]]")
    )
    assert note["text"] == f"![[{quote['id']}]]"
    assert "berges" in run("show", note["id"], "--html").stdout
    assert run("show", note["id"], "--markdown").stdout == f"![[{quote['id']}]]\n"

    share = tmp_path / "share"
    share.mkdir()
    assert run("space", "create", "Com", str(share)).returncode == 2, "full texts are never assumed"
    space = document(run("space", "create", "Com", str(share), "--full-text", "no", "--json"))
    assert (space["name"], space["full_text"]) == ("Com", False)
    assert (
        document(run("share", note["id"], "--space", "Com", "--json"))["items"][0]["space"] == "Com"
    )
    (sent,) = document(run("sync", "--json"))["spaces"]
    assert set(sent) >= {"name", "sent", "received", "problems", "conflicts"}
    assert sent["sent"] > 0
    document(run("space", "join", str(share), "--json", profile="q"))
    theirs = document(run("search", "aménager", "--json", profile="q"))
    assert theirs["items"][0]["id"] == note["id"]
    shown = document(run("show", note["id"], "--json", profile="q"))
    assert set(shown) >= {
        "text",
        "annotations",
        "quotes",
        "backlinks",
        "space",
        "created_by",
        "created_at",
        "updated_by",
        "updated_at",
    }
    for profile in "pq":
        assert document(run("verify", "--json", profile=profile))["ok"] is True
        assert document(run("rebuild", "--json", profile=profile))["things"] > 0
        assert document(run("verify", "--json", profile=profile))["ok"] is True


def test_filing_history_and_undo(run: Run) -> None:
    (item,) = document(run("clip", "-", "--json", stdin="Titre\n\nUn texte assez court."))["items"]
    article = item["id"]
    kept = document(run("triage", article, "kept", "--json"))
    assert kept["items"][0]["state"] == "kept"
    document(run("triage", article, "discarded", "--json"))
    tagged = document(run("tag", article, "+Crue", "+été", "--json"))
    assert tagged["items"][0]["tags"] == ["Crue", "été"]
    assert document(run("tag", article, "-ÉTÉ", "--json"))["items"][0]["tags"] == ["Crue"]
    for tags, state in (
        (["Crue", "été"], "discarded"), ([], "discarded"), ([], "kept"), ([], "inbox"),
    ):  # fmt: skip
        document(run("undo", "--json"))
        (row,) = document(run("list", "--kind", "article", "--json"))["items"]
        assert (row["tags"], row["state"]) == (tags, state)
    what = [one["what"] for one in document(run("history", article, "--json"))["items"]]
    assert "article.clip" in what
    dossier = document(run("dossier", "new", "Plan", "--json"))["id"]
    assert (
        document(run("dossier", "add", dossier, article, "--json"))["members"][0]["id"] == article
    )
    assert document(run("list", "--dossier", "plan", "--json"))["total"] == 1
    for since, until, total in (
        ("2024", "2999", 1), ("2024-02-29", "2024", 0), ("2999-12", "2999", 0), ("", "2024-12-31", 0),
    ):  # fmt: skip
        said = run("list", "--dossier", "plan", "--since", since, "--until", until, "--json")
        assert document(said)["total"] == total, (since, until)
    assert run("list", "--until", "2024-6").returncode == 2
    assert document(run("dossier", "remove", dossier, article, "--json"))["members"] == []


def test_notes_and_their_states(run: Run) -> None:
    note = document(run("note", "new", "Un", "--file", "-", "--json", stdin="a\n"))["id"]
    document(run("note", "edit", note, "-", "--json", stdin="b\n"))
    renamed = document(run("note", "rename", note, "Deux", "--json"))
    assert (renamed["title"], renamed["text"]) == ("Deux", "b")
    revisions = document(run("note", "history", note, "--json"))["revisions"]
    assert set(revisions[0]) >= {"id", "parents", "by", "at", "title"}
    assert revisions[0]["parents"] == [revisions[1]["id"]]
    lines = document(run("note", "diff", note, revisions[1]["id"], revisions[0]["id"], "--json"))[
        "lines"
    ]
    assert "-a" in lines
    assert "+b" in lines
    assert document(run("note", "restore", note, revisions[1]["id"], "--json"))["text"] == "a"
    assert document(run("show", "Un", "--json"))["id"] == note, (
        "a link to the old title still arrives"
    )


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("show", "nothing"), 1), (("clip", "/no/such/file.html"), 1), (("clip", "http://127.0.0.1/"), 1),
        (("triage", "x"), 2), (("triage", "nothing", "kept"), 1), (("nonsense",), 2), (("list", "--limit", "x"), 2),
        (("list", "--state", "bof"), 1), (("list", "--kind", "bof"), 2), (("note", "edit", "x"), 2),
        (("sync", "--space", "nowhere"), 1), (("space", "join", ""), 1), (("undo",), 1),
        (("quote", "nothing", "--exact", "x"), 1), (("list", "--limit", "9" * 30), 2),
        (("clip", "-", "--published", "hier"), 1), (("clip", "-", "--tag", ""), 1),
    ],
)  # fmt: skip
def test_failures_have_a_sentence_and_a_status(
    run: Run, words: tuple[str, ...], status: int
) -> None:
    done = run(*words, stdin="Titre\n\nUn texte.")
    assert done.returncode == status
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    if status == 1:
        told = json.loads(run(*words, "--json", stdin="Titre\n\nUn texte.").stdout)
        error = told.get("error") or told["items"][0]["error"]
        assert set(error) == {"code", "message"}


def test_a_batch_says_which_failed(run: Run, tmp_path: Path, article_html: str) -> None:
    page = tmp_path / "a.html"
    page.write_text(article_html, encoding="utf-8")
    items = document(run("clip", "/absent.html", str(page), "--json"), status=3)["items"]
    assert items[0]["error"]["code"] == "FileUnreadable"
    assert items[1]["verdict"] == "complete"
    moved = document(run("triage", "nothing", items[1]["id"], "kept", "--json"), status=3)["items"]
    assert moved[0]["error"]["code"] == "NotFound"
    assert moved[1]["state"] == "kept"


def test_both_languages_and_a_name(run: Run) -> None:
    assert "Nothing here" in run("show", "rien").stderr
    assert "Rien" in run("show", "rien", lang="fr").stderr
    assert document(run("me", "Claire", "--json"))["name"] == "Claire"


def test_output_that_nobody_reads_and_terminals_that_are_lied_to(run: Run, tmp_path: Path) -> None:
    run("clip", "-", stdin="\x1b[2JTitre\n\nUn texte \x07 sonore.")
    assert "\x1b" not in run("list").stdout
    if os.name == "posix":
        command = f"'{sys.executable}' -m veille --profile '{tmp_path / 'p'}' list"
        done = subprocess.run(
            ["bash", "-c", f"{command} > /dev/full"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        done = subprocess.run(
            ["bash", "-c", f"{command} | head -0"], capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr


def test_a_database_that_is_lost_or_garbage_is_said(run: Run, tmp_path: Path) -> None:
    run("clip", "-", stdin="Titre\n\nUn texte.")
    base = tmp_path / "p" / "veille.sqlite"
    whole = base.read_bytes()
    for damage in (b"", b"garbage" * 1_000):
        base.write_bytes(damage)
        done = run("list")
        assert done.returncode == 1
        assert "Do not delete anything" in done.stderr
    base.write_bytes(whole)
    assert document(run("list", "--json"))["total"] == 1


def test_two_processes_write_at_once(run: Run, tmp_path: Path) -> None:
    run("list")
    words = [
        sys.executable,
        "-m",
        "veille",
        "--profile",
        str(tmp_path / "p"),
        "clip",
        "-",
        "--json",
    ]
    running = [
        subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _number in range(4)
    ]
    for number, one in enumerate(running):
        out, err = one.communicate(f"Titre {number}\n\nTexte {number}.".encode(), timeout=90)
        assert one.returncode == 0, err
        assert json.loads(out)["items"][0]["words"] > 0
    assert document(run("list", "--json"))["total"] == 4
    assert document(run("search", "texte", "--json"))["total"] == 4


def recorded(profile: Path) -> int:
    """Count what another process has recorded so far; nothing while it has yet to begin."""
    try:
        place = f"{(profile / 'veille.sqlite').as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM things").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_in_the_middle_nothing_recorded_is_lost(run: Run, tmp_path: Path) -> None:
    pages = []
    for number in range(40):
        page = tmp_path / f"{number}.txt"
        page.write_text(
            f"Titre {number}\n\nLe texte numéro {number} est là. {'Encore un mot. ' * 9}",
            encoding="utf-8",
        )
        pages.append(str(page))
    words = [sys.executable, "-m", "veille", "--profile", str(tmp_path / "p"), "clip", *pages]
    seen = []
    for enough in (1, 15, 30):
        killed = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while killed.poll() is None and recorded(tmp_path / "p") < enough:
            pause(0.005)
        seen.append(recorded(tmp_path / "p"))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert any(0 < count < 40 for count in seen), "never in the middle"
    assert document(run("verify", "--json"))["ok"] is True
    document(run("clip", *pages, "--json"))
    assert document(run("list", "--json", "--limit", "0"))["total"] == 40
    assert document(run("verify", "--json"))["ok"] is True
