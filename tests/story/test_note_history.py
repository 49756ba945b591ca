"""Scenario D2.11: the history of a note, read and used; two real profiles on one real folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.conftest import Clock
from veille.cli import context
from veille.cli import tracing as cli
from veille.desk.desk import Desk
from veille.desk.tracing import State, Tracing
from veille.domain.errors import NotFound

DAY = 24 * 3_600_000
MINUTE = 60_000
TEXT = "# Le plan\n\nIl coûte 2 millions.\n\nLa concertation ouvre en mai.\n\nFin."

PAGE = """<html lang="fr"><head><title>Le conseil</title></head><body><article><h1>Le conseil</h1>
<p>La digue tiendra tout l’hiver, dit la maire. Le pont sera rouvert avant les grandes vacances,
promet le préfet, qui a reçu les riverains hier soir.</p></article></body></html>"""


class Pair:
    """Anne, Bruno, one folder, and the days that pass."""

    def __init__(self, open_desk: Callable[..., Desk], share: Path) -> None:
        # A Monday, in the morning.
        monday = int(datetime(2026, 11, 2, 9, 0, tzinfo=UTC).timestamp() * 1000)
        self.clocks = [Clock(monday), Clock(monday)]
        self.anne = open_desk("anne", self.clocks[0])
        self.bruno = open_desk("bruno", self.clocks[1])
        self.anne.introduce("Anne")
        self.space = self.anne.create_space("Com", str(share), full_text=True).id
        self.bruno.introduce("Bruno")
        self.bruno.join_space(str(share))
        self.meet()

    def meet(self) -> None:
        for desk in (self.anne, self.bruno) * 2:
            desk.sync()

    def later(self, ms: int) -> None:
        for clock in self.clocks:
            clock.ms += ms

    def note(self, text: str = TEXT) -> str:
        note = self.anne.new_note("Plan vélo", text, space=self.space)
        self.meet()
        return note


@pytest.fixture
def pair(open_desk: Callable[..., Desk], share_folder: Path) -> Pair:
    return Pair(open_desk, share_folder)


def tracing(desk: Desk) -> Tracing:
    return desk.tracing


def kinds(states: list[State]) -> list[str]:
    return [one.kind for one in states]


def edit(desk: Desk, note: str, old: str, new: str) -> None:
    desk.edit_note(note, desk.read(note).text.replace(old, new))


def test_tuesdays_title_alone_comes_back(pair: Pair) -> None:
    note = pair.note()
    pair.later(DAY)
    pair.anne.rename_note(note, "Plan vélo 2027")
    edit(pair.anne, note, "2 millions", "3 millions")
    edit(pair.bruno, note, "en mai", "en juin")
    pair.meet()
    pair.later(DAY)
    pair.bruno.rename_note(note, "Le plan vélo, enfin")
    edit(pair.bruno, note, "Fin.", "Fin. La maire dira la suite.")
    pair.meet()

    for desk in (pair.anne, pair.bruno):
        states = tracing(desk).states(note)
        titles = [one for one in states if one.kind == "title"]
        assert [(one.title_before, one.title) for one in titles] == [
            ("Plan vélo 2027", "Le plan vélo, enfin"),
            ("Plan vélo", "Plan vélo 2027"),
        ]
        people = desk.people()
        assert [people[one.by] for one in titles] == ["Bruno", "Anne"]
        assert {datetime.fromtimestamp(one.at / 1000, UTC).weekday() for one in titles} == {1, 2}
        assert states[-1].kind == "born"

    text = pair.anne.read(note).text
    tuesday = next(one for one in tracing(pair.anne).states(note) if one.title == "Plan vélo 2027")
    changed = tracing(pair.anne).restore_title(note, tuesday.id)
    assert changed.entities == {note}
    pair.meet()
    for desk in (pair.anne, pair.bruno):
        assert desk.read(note).row.title == "Plan vélo 2027"
        assert desk.read(note).text == text, "the text is untouched"
    assert kinds(tracing(pair.bruno).states(note))[0] == "title"
    pair.anne.undo_gesture(changed.gesture)
    assert pair.anne.read(note).row.title == "Le plan vélo, enfin"


def test_who_changed_what_is_read_paragraph_by_paragraph(pair: Pair) -> None:
    note = pair.note()
    pair.later(DAY)
    edit(pair.anne, note, "2 millions", "3 millions")
    edit(pair.bruno, note, "en mai", "en juin")
    pair.meet()
    for desk in (pair.anne, pair.bruno):
        people = desk.people()
        found = tracing(desk).authorship(note)
        assert [people[one.last.by] for one in found if one.last] == [
            "Anne", "Anne", "Bruno", "Anne",
        ]  # fmt: skip
        assert [len(one.before) for one in found] == [0, 1, 1, 0]
        assert [one.line for one in found] == [0, 2, 4, 6]
    pair.later(DAY)
    edit(pair.anne, note, "Fin.", "Fin de la note.")
    assert kinds(tracing(pair.anne).states(note))[0] == "merged"
    (_plan, cost, when, last) = tracing(pair.anne).authorship(note)
    assert cost.last
    assert when.last
    assert last.last
    assert last.last.by == pair.anne.person
    assert when.last.by == pair.bruno.person, "who merges takes nothing"


def test_what_one_person_writes_in_a_row_is_one_state(pair: Pair) -> None:
    note = pair.note()
    pair.later(DAY)
    for words in ("3 millions", "3,2 millions", "3,4 millions d’euros"):
        edit(pair.anne, note, pair.anne.read(note).text.split("\n")[2], f"Il coûte {words}.")
        pair.later(10 * MINUTE)
    pair.later(60 * MINUTE)
    edit(pair.anne, note, "Fin.", "")
    states = tracing(pair.anne).states(note)
    assert kinds(states) == ["text", "text", "born"]
    sitting = states[1]
    assert len(sitting.revisions) == 3
    assert 20 * MINUTE <= sitting.at - sitting.began_at < 30 * MINUTE
    assert (sitting.added, sitting.removed) == (4, 1)
    assert (states[0].added, states[0].removed) == (0, 1)
    (change,) = [one for one in tracing(pair.anne).compare(note, sitting.id) if one.kind != "same"]
    assert change.before == "Il coûte 2 millions."
    assert change.after == "Il coûte 3,4 millions d’euros."
    by_revision = tracing(pair.anne).compare(note, sitting.revisions[0])
    assert change in by_revision, "a state is also named by its revisions"
    with pytest.raises(NotFound):
        tracing(pair.anne).compare(note, "nowhere")
    with pytest.raises(NotFound):
        tracing(pair.anne).states("n-nowhere")


def test_one_passage_comes_back_and_the_others_stay(pair: Pair) -> None:
    note = pair.note()
    born = tracing(pair.anne).states(note)[0]
    edit(pair.anne, note, "2 millions", "3 millions")
    edit(pair.anne, note, "# Le plan\n\n", "")
    edit(pair.anne, note, "Fin.", "Fin.\n\nSuite.")
    found = tracing(pair.anne).against_today(note, born.id)
    assert [one.kind for one in found] == ["removed", "rewritten", "same", "same", "added"]
    changed = tracing(pair.anne).restore_change(note, born.id, 1, shown=found[1])
    assert pair.anne.read(note).text == (
        "Il coûte 2 millions.\n\nLa concertation ouvre en mai.\n\nFin.\n\nSuite."
    )
    tracing(pair.anne).restore_change(note, born.id, 0)
    assert pair.anne.read(note).text == f"{TEXT}\n\nSuite."
    tracing(pair.anne).restore_change(note, born.id, 4)
    assert pair.anne.read(note).text == TEXT
    assert not tracing(pair.anne).restore(note, born.id).entities, "nothing is left to bring back"
    assert changed.gesture
    with pytest.raises(NotFound):
        tracing(pair.anne).restore_change(note, born.id, 9)


def test_another_passage_that_took_its_place_meanwhile_is_left_alone(pair: Pair) -> None:
    note = pair.note()
    born = tracing(pair.anne).states(note)[0]
    edit(pair.anne, note, "2 millions", "3 millions")
    shown = tracing(pair.anne).against_today(note, born.id)
    edit(pair.bruno, note, "# Le plan", "# Le plan\n\nChapeau de Bruno.\n\nEt un autre.")
    pair.meet()
    tracing(pair.anne).restore_change(note, born.id, 1, shown=shown[1])
    text = pair.anne.read(note).text
    assert "Il coûte 2 millions." in text
    assert "Chapeau de Bruno." in text
    edit(pair.bruno, note, "3 millions", "9 millions")
    with pytest.raises(NotFound):
        tracing(pair.bruno).restore_change(note, born.id, 1, shown=shown[1])


def test_a_whole_state_comes_back_and_is_said_to_have(pair: Pair) -> None:
    note = pair.note()
    pair.later(DAY)
    edit(pair.bruno, note, "2 millions", "9 millions")
    pair.meet()
    pair.later(DAY)
    (_text, born) = tracing(pair.anne).states(note)
    changed = tracing(pair.anne).restore(note, born.id)
    assert pair.anne.read(note).text == TEXT
    assert kinds(tracing(pair.anne).states(note)) == ["restored", "text", "born"]
    (_plan, cost, *_rest) = tracing(pair.anne).authorship(note)
    assert cost.last
    people = pair.anne.people()
    assert [people[one.by] for one in (cost.last, *cost.before)] == ["Anne", "Bruno", "Anne"]
    pair.anne.undo_gesture(changed.gesture)
    assert "9 millions" in pair.anne.read(note).text
    assert kinds(tracing(pair.anne).states(note))[0] == "restored"


def test_a_title_given_away_from_the_folder_tells_what_was_in_view(pair: Pair) -> None:
    note = pair.note()
    pair.later(DAY)
    pair.anne.rename_note(note, "Titre d’Anne")
    pair.bruno.rename_note(note, "Titre de Bruno")
    pair.meet()
    titles = [one for one in tracing(pair.anne).states(note) if one.kind == "title"]
    assert {(one.title_before, one.title) for one in titles} == {
        ("Plan vélo", "Titre d’Anne"), ("Plan vélo", "Titre de Bruno"),
    }  # fmt: skip


def test_sharing_a_note_is_no_state_of_it(pair: Pair) -> None:
    note = pair.anne.new_note("À moi", "Un.\n\nDeux.")
    edit(pair.anne, note, "Un.", "Un seul.")
    pair.later(DAY)
    pair.anne.share([note], pair.space)
    pair.meet()
    assert kinds(tracing(pair.anne).states(note)) == ["text", "born"]
    (known,) = tracing(pair.bruno).states(note)
    assert known.kind == "born", "what came before was never his to read"
    assert known.by == pair.anne.person
    found = tracing(pair.bruno).authorship(note)
    assert [one.last.by for one in found if one.last] == [pair.anne.person] * 2


def test_a_title_state_knows_the_text_of_its_day(pair: Pair) -> None:
    note = pair.note()
    pair.later(DAY)
    pair.anne.rename_note(note, "Autre titre")
    pair.later(DAY)
    edit(pair.anne, note, "2 millions", "3 millions")
    title = next(one for one in tracing(pair.anne).states(note) if one.kind == "title")
    assert tracing(pair.anne).compare(note, title.id) == ()
    changed = [one for one in tracing(pair.anne).against_today(note, title.id)
               if one.kind != "same"]  # fmt: skip
    assert [one.before for one in changed] == ["Il coûte 2 millions."]


def test_the_command_line_tells_the_same(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = pair.note()
    pair.later(DAY)
    edit(pair.bruno, note, "2 millions", "3 millions")
    pair.meet()
    monkeypatch.setattr(context.settings, "profile", str(tmp_path / "anne"))
    app = typer.Typer()
    cli.register(app)

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code == 0, done.output
        return done.stdout

    (_plan, cost, *_rest) = json.loads(run("blame", note, "--json"))["paragraphs"]
    assert (cost["line"], cost["last"]["by"]) == (3, "Bruno")
    assert [one["by"] for one in cost["before"]] == ["Anne"]
    assert "    3  Bruno" in run("blame", note)
    text, born = json.loads(run("changes", note, "--json"))["states"]
    assert (text["kind"], text["by"], text["added"], born["kind"]) == ("text", "Bruno", 1, "born")
    assert text["id"] in run("changes", note)
    assert "~ Il coûte [-2-]{+3+} millions." in run("changes", note, text["id"][:8])
    (change,) = [
        one
        for one in json.loads(run("changes", note, text["id"], "--json"))["changes"]
        if one["kind"] != "same"
    ]
    assert (change["lines_before"], change["after"]) == ([3, 3], "Il coûte 3 millions.")


def test_quotes_are_read_by_their_words_in_what_changed_and_where_they_are_used(
    desk: Desk,
) -> None:
    page = desk.clip("-", stdin=PAGE.encode()).id
    said = [desk.quote(page, one) for one in ("La digue tiendra", "Le pont sera rouvert")]
    note = desk.new_note("Point", f"Retenu, ![[{said[0]}]] et [[{page}|la page]].")
    (used,) = desk.citing.passport(said[0]).used
    assert used.context == "Retenu, «\u00a0La digue tiendra\u00a0» et la page."
    assert desk.read(said[0]).backlinks == (used,)
    desk.edit_note(note, f"Retenu, ![[{said[1]}]] et [[{page}|la page]].")
    (one,) = desk.tracing.paragraphs(note)
    assert one.text == "Retenu, «\u00a0Le pont sera rouvert\u00a0» et la page."
    (raw,) = desk.tracing.compare(note, desk.tracing.states(note)[0].id)
    (read,) = desk.tracing.readable([raw])
    assert (read.before, read.after) == (used.context, one.text)
    assert said[1] in raw.after, "what is taken back is told by what was written"
    desk.delete([said[1]])
    (one,) = desk.tracing.paragraphs(note)
    assert one.text == "Retenu, … et la page."
