"""Searching over time: what is saved, what follows, who is silent; and an index that is lost."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Clock
from veille.desk import clock as clock_of_desk
from veille.desk.desk import Desk
from veille.desk.finding import SearchOptions
from veille.desk.margin import Remark
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import BadName, IndexError_, StoreBusy
from veille.domain.facts import Fact
from veille.domain.rhythm import silences
from veille.search.document import Document, Options
from veille.search.index import create_index
from veille.store import local

WORDS = Path(__file__).parents[2] / "resources" / "words"
Open = Callable[..., Desk]


def article(
    desk: Desk, number: int, *, source: str = "", published: str = "", text: str = ""
) -> str:
    space = desk._house.personal
    entity = str(ids.derived_entity("article", space, f"x/{number}"))
    said = {"title": f"Titre {number}", "url": f"https://x.example/{number}", "source": source,
            "canonical": f"x.example/{number}", "published": published}  # fmt: skip
    captured = {"verdict": "complete", "words": 3, "text": text or f"texte {number}"}
    record(desk._house, [Fact(entity, op.CLIP, said), Fact(entity, op.CAPTURE, captured)])
    return entity


def found(desk: Desk, query: str, **options: object) -> list[str]:
    wanted = SearchOptions(**options)  # type: ignore[arg-type]
    return [one.row.id for one in desk.search(query, wanted).items]


# --- saved searches and live dossiers ----------------------------------------------------------


def test_a_saved_search_counts_what_arrived_since_the_last_look(open_desk: Open) -> None:
    desk = open_desk()
    article(desk, 1, text="la crue de janvier")
    desk.drain()
    saved = desk.save_search("Inondations", "crue OU inondation", alert=True)
    assert [(one.title, one.new) for one in desk.saved_searches()] == [("Inondations", 0)]
    late = article(desk, 2, text="une inondation de plus", published="2019-01-01")
    article(desk, 3, text="rien à voir")
    desk.drain()
    assert desk.saved_searches()[0].new == 1, "an old article that arrives today is new"
    assert found(desk, "crue OU inondation", arrived_after=desk.saved_searches()[0].visited) == [
        late
    ]
    desk.visit_search(saved)
    assert desk.saved_searches()[0].new == 0
    desk.change_search(saved, title="Crues", alert=False)
    assert [(one.title, one.alert) for one in desk.saved_searches()] == [("Crues", False)]
    desk.delete([saved])
    assert desk.saved_searches() == []
    desk.undo()
    assert [one.title for one in desk.saved_searches()] == ["Crues"]
    with pytest.raises(BadName):
        desk.save_search("  ", "crue")
    desk.rebuild_tables()
    desk.drain()
    assert desk.saved_searches()[0].new == 0, "a rebuild makes nothing new"


def test_what_is_shared_is_not_new_to_a_saved_search(open_desk: Open, share_folder: Path) -> None:
    desk = open_desk()
    known = article(desk, 1, text="la crue de janvier")
    quote = desk.quote(known, "la crue")
    desk.drain()
    desk.save_search("Inondations", "crue", alert=True)
    team = desk.create_space("Com", str(share_folder), full_text=True)
    moved = desk.share([known], "Com")
    desk.drain()
    assert moved != [known]
    assert desk.saved_searches()[0].new == 0
    (share_folder.parent / "other").mkdir()
    desk.create_space("Presse", str(share_folder.parent / "other"), full_text=True)
    assert desk.share(moved, "Presse") != moved, "it is copied"
    desk.drain()
    assert desk.saved_searches()[0].new == 0
    desk.rebuild_tables()
    desk.drain()
    assert (desk.saved_searches()[0].new, len(found(desk, "crue"))) == (0, 4)
    assert {desk.resolve(known), desk.resolve(quote)} <= set(
        found(desk, f"crue espace:{team.name}")
    )


def test_a_live_dossier_holds_what_its_search_finds(open_desk: Open) -> None:
    desk = open_desk()
    one, two = article(desk, 1, text="le budget participatif"), article(desk, 2, text="le vélo")
    dossier = desk.new_dossier("Budget")
    desk.add_to_dossier(dossier, [two])
    desk.set_live(dossier, "budget")
    desk.drain()
    read = desk.read(dossier)
    assert ([row.id for row in read.members], [row.id for row in read.live]) == ([two], [one])
    assert set(found(desk, "dossier:budget")) == {one, two}
    desk.remove_from_dossier(dossier, [two])
    desk.set_live(dossier, "")
    desk.drain()
    assert found(desk, "dossier:budget") == []
    assert desk.read(dossier).live == ()


def test_all_layers_answer_and_say_why(open_desk: Open) -> None:
    desk = open_desk()
    about = article(
        desk,
        1,
        source="Le Courrier",
        published="2019-05-03",
        text="Selon Anne Lebrun, la digue tiendra.",
    )
    quote = desk.quote(about, "la digue tiendra", speaker="Anne Lebrun", role="maire")
    noted = desk.annotate(about, "Anne Lebrun", Remark("à rappeler pour la digue"))
    note = desk.new_note("Digues", f"Voir ![[{quote}]]")
    desk.drain()
    answer = desk.search("digues")
    assert {one.row.id for one in answer.items} == {about, quote, noted, note}
    by_id = {one.row.id: one for one in answer.items}
    assert by_id[quote].about is not None
    assert by_id[quote].about.id == about
    assert {(one.word, one.form, one.layer) for one in by_id[about].why} == {
        ("digues", "digue", "text")
    }
    assert found(desk, "source:courrier type:citation") == [quote]
    assert found(desk, "qui:lebrun") == [quote]
    assert found(desk, "https://x.example/1?utm_source=lettre") == [about], "a pasted address"
    assert set(found(desk, "date:2019")) == {about, quote, noted}, "of the day of the article"
    assert set(found(desk, "lebrun", only={"kind": ("quote", "annotation")})) == {quote, noted}


def test_a_note_is_found_by_the_words_of_the_quotes_it_shows(open_desk: Open) -> None:
    desk = open_desk()
    about = article(desk, 1, text="Selon Anne Lebrun, la digue tiendra. Le pont aussi rouvrira.")
    quote = desk.quote(about, "la digue tiendra", speaker="Anne Lebrun")
    note = desk.new_note("Ce qui fut dit", f"Voir :\n\n![[{quote}]]")
    mentions = desk.new_note("Autre", f"Voir [[{quote}|ici]]")
    desk.drain()
    (shown,) = [one for one in desk.search("digue").items if one.row.id == note]
    assert "digue" in shown.snippet
    assert mentions not in found(desk, "digue")
    desk.delete([quote])
    desk.drain()
    assert found(desk, "digue") == [about], "a quote that was taken back is shown no more"
    desk.undo()
    desk.drain()
    assert set(found(desk, "digue")) == {about, quote, note}
    desk.rebuild_index()
    assert set(found(desk, "digue")) == {about, quote, note}


def test_a_source_that_falls_silent_is_told(open_desk: Open) -> None:
    clock = Clock()
    desk = open_desk("a", clock)
    today = clock_of_desk.today(clock.ms)
    for number in range(12):
        day = date.fromordinal(today.toordinal() - 20 + number)
        article(desk, number, source="Radio Val", published=day.isoformat())
        article(desk, 100 + number, source="Le Courrier", published=today.isoformat())
    told = desk.freshness()
    assert [(one.source, one.days, one.usual) for one in told.silent] == [("Radio Val", 9, 1)]
    assert told.waiting == 24
    desk.drain()
    assert desk.freshness().waiting == 0


@pytest.mark.parametrize(
    ("days", "silent"),
    [
        ([f"2026-03-{n:02}" for n in range(1, 11)], True),
        ([f"2026-03-{n:02}" for n in range(20, 31)], False),
        (["2026-01-01", "2026-03-01"], False),
        ([f"{year}-01-01" for year in range(2010, 2026)], False),
        (["nothing", "", "2026-99-99"], False),
    ],
)
def test_a_silence_breaks_a_rhythm(days: list[str], silent: bool) -> None:
    assert bool(silences({"s": days}, today=date(2026, 3, 31))) == silent


# --- an index that is lost ---------------------------------------------------------------------


def filled(open_desk: Open) -> Desk:
    desk = open_desk()
    for number in range(20):
        desk.new_note(f"note {number}", "la crue")
    desk.drain()
    assert desk.search("crue").total == 20
    return desk


def damaged(desk: Desk) -> None:
    desk._house.close_index()
    largest = max((desk.paths.index).glob("*.seg"), key=lambda one: one.stat().st_size)
    data = bytearray(largest.read_bytes())
    data[:: len(data) // 40] = b"\xff" * len(data[:: len(data) // 40])
    largest.write_bytes(bytes(data))


def test_what_a_damaged_index_lost_is_told_again(open_desk: Open) -> None:
    desk = filled(open_desk)
    damaged(desk)
    assert desk.search("crue").waiting == 20
    assert desk.drain() == 20
    assert desk.search("crue").total == 20
    assert desk.verify().problems == ()


def test_the_debt_survives_a_database_that_is_busy(
    open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = filled(open_desk)
    damaged(desk)

    def busy(*_args: object) -> None:
        raise StoreBusy

    with monkeypatch.context() as patch:
        patch.setattr(local, "tell", busy)
        with pytest.raises(StoreBusy):
            desk.search("crue")
    desk.close()
    again = open_desk()
    again.drain()
    assert again.search("crue").total == 20


def test_the_debt_survives_a_kill_between_the_index_and_the_database(open_desk: Open) -> None:
    desk = filled(open_desk)
    desk._house.close_index()
    create_index(desk.paths.index, words=WORDS).close()
    desk.close()
    again = open_desk()
    assert again.drain() == 20
    assert again.search("crue").total == 20


def test_an_ordinary_error_destroys_nothing(
    open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = filled(open_desk)
    epoch = desk._house.index.epoch
    assert desk.search("dossier:\ud800 crue").total == 0
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "toc":
            raise PermissionError(path)
        return read(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refused)
        patch.setattr("veille.search.engine.toc._PATIENCE", 0.05)
        desk._house.close_index()
        with pytest.raises(IndexError_):
            desk.search("crue")
    assert desk._house.index.epoch == epoch
    assert desk.search("crue").total == 20


def test_two_processes_write_and_read_one_index(open_desk: Open, tmp_path: Path) -> None:
    desk = filled(open_desk)
    code = (
        "import sys; from veille.desk.desk import Desk; d = Desk.open(sys.argv[1])\n"
        "for n in range(30):\n    d.new_note(f'autre {n}', 'la digue'); d.drain()\n"
        "while d.tidy_index(slices=1): pass\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a")]) as other:
        totals = []
        while other.poll() is None:
            totals.append(desk.search("crue").total)
            desk.drain()
    assert other.returncode == 0
    assert set(totals) == {20}
    desk.drain()
    assert desk.search("digue").total == 30
    assert desk.verify().problems == ()


# --- quality -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "bar"), [("spf", 0.859), ("piaf", 0.831)])
def test_relevance_is_not_below_the_best_measured(
    assets: Path, tmp_path: Path, name: str, bar: float
) -> None:
    folder = assets / "07-search-fr" / name
    index = create_index(tmp_path / "i", words=WORDS)
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    index.update(
        [Document(one["id"], "article", one.get("title") or "", one["text"]) for one in docs], []
    )
    run = tmp_path / "run.jsonl"
    options = replace(Options(limit=10), today=date(2026, 11, 24))
    with run.open("w", encoding="utf-8") as out:
        for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
            asked = json.loads(line)
            hits = [hit.id for hit in index.search(asked["text"], options).hits]
            out.write(json.dumps({"id": asked["id"], "docs": hits}) + "\n")
    index.close()
    scorer = assets / "score" / "score_search.py"
    done = subprocess.run(
        [sys.executable, str(scorer), str(folder / "queries.jsonl"), str(run)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    figures = dict(one.split("=") for one in done.stdout.split())
    assert float(figures["nDCG@10"]) > bar, done.stdout
