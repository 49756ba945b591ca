"""Scenario D.3: Anne on site, Bruno through a synchronised folder, Chloé for a few months.

Each step is what a person does and what she must then see; real profiles on one real folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Clock
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.desk.round import Round
from veille.domain import operation as op
from veille.domain.errors import NotUndoable, OnlyReads, OnlyReferents
from veille.domain.facts import Fact
from veille.domain.ids import encode
from veille.domain.views import Event, Filter
from veille.journal import line as lines
from veille.sentences import doctor, history, names, rounds

Open = Callable[..., Desk]
HOUR = 3_600_000


class Team:
    """Three people, one folder."""

    def __init__(self, open_desk: Open, share: Path) -> None:
        self.share = share
        self.clocks = {name: Clock() for name in ("anne", "bruno", "chloe")}
        self.anne, self.bruno, self.chloe = (
            open_desk(name, clock) for name, clock in self.clocks.items()
        )
        for desk, name in zip(self.all, ("Anne", "Bruno", "Chloé"), strict=True):
            desk.introduce(name)
        self.space = self.anne.create_space("Veille com", str(share), full_text=True).id
        for desk in (self.bruno, self.chloe):
            desk.join_space(str(share))
        self.meet()

    @property
    def all(self) -> tuple[Desk, Desk, Desk]:
        return self.anne, self.bruno, self.chloe

    def meet(self, *desks: Desk, turns: int = 2) -> list[Round]:
        done = []
        for _turn in range(turns):
            for desk in desks or self.all:
                done += desk.sync()
        return done

    def note(self, text: str) -> str:
        note = self.anne.new_note("Plan vélo", text, space=self.space)
        self.meet()
        return note

    def later(self, ms: int) -> None:
        for clock in self.clocks.values():
            clock.ms += ms


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> Team:
    return Team(open_desk, share_folder)


def codes(events: list[Event]) -> list[str]:
    return [one.code for one in events]


def titles(desk: Desk) -> list[str]:
    return sorted(row.title for row in desk.rows(desk.ids(Filter(kinds=("note", "article")))))


def test_1_the_doctor_tries_the_folder_before_anybody_relies_on_it(
    desk: Desk, share_folder: Path
) -> None:
    found = desk.examine_folder(str(share_folder))
    assert found.verdict in {"good", "watch"}
    tried = {one.what for one in found.findings}
    assert {"create", "exclusive", "delete", "case", "delay", "clock", "free", "path"} <= tried
    assert all(doctor.finding(one) for one in found.findings)
    assert not [one for one in share_folder.rglob("*") if one.is_file()], "nothing is left behind"
    away = desk.examine_folder(str(share_folder / "nowhere"))
    assert away.verdict == "bad"
    assert str(share_folder) in doctor.message(away)


def test_2_each_sees_the_others_and_their_roles(team: Team) -> None:
    for desk in team.all:
        told = {one.name: one.role for one in desk.members("Veille com")}
        assert told == {"Anne": "referent", "Bruno": "writer", "Chloé": "writer"}
    with pytest.raises(OnlyReferents):
        team.bruno.give_role("Veille com", team.chloe.person, "reader")
    team.anne.give_role("Veille com", team.chloe.person, "reader")
    team.anne.sync()
    team.chloe.new_note("Avant de le savoir", "texte", space=team.space)
    files = sorted(team.share.rglob("*"))
    (told,) = team.chloe.sync()
    assert [one.code for one in told.problems] == ["reader_waits"]
    with pytest.raises(OnlyReads):
        team.chloe.new_note("Interdit", "texte", space=team.space)
    team.chloe.sync()
    assert sorted(team.share.rglob("*")) == files, "a reader's program writes nothing"
    team.anne.give_role("Veille com", team.chloe.person, "writer")
    team.meet()
    team.chloe.new_note("Permis", "texte", space=team.space)
    team.meet()
    assert sorted(titles(team.anne)) == ["Avant de le savoir", "Permis"]


def test_3_and_4_two_people_in_one_note(team: Team) -> None:
    note = team.note("Le plan coûte 2 millions.\n\nLa concertation ouvre en mai.")
    team.anne.edit_note(note, "Le plan coûte 3 millions.\n\nLa concertation ouvre en mai.")
    team.bruno.edit_note(note, "Le plan coûte 2 millions.\n\nLa concertation ouvre en juin.")
    team.meet()
    for desk in team.all:
        assert "3 millions" in desk.read(note).text
        assert "juin" in desk.read(note).text
        assert desk.choices(note) == []
    text = team.anne.read(note).text
    team.anne.edit_note(note, text.replace("3 millions", "3,2 millions d’euros"))
    team.bruno.edit_note(note, text.replace("3 millions", "2,8 millions"))
    team.meet()
    (choice,) = team.chloe.choices(note)
    people = team.chloe.people()
    assert {people[choice.a.by], people[choice.b.by]} == {"Anne", "Bruno"}
    team.chloe.settle(note, 1, "b")
    team.meet()
    assert all(desk.choices(note) == [] for desk in team.all)
    texts = " ".join(one.text for one in team.anne.revisions(note))
    assert "3,2 millions" in texts
    assert "2,8 millions" in texts


def test_5_who_is_writing_is_seen_and_expires_by_itself(team: Team) -> None:
    note = team.note("texte")
    team.anne.present("Veille com", thing=note)
    (seen,) = team.chloe.present("Veille com")
    assert team.chloe.people()[seen.person] == "Anne"
    assert seen.thing == note
    assert seen.since_ms < 60_000
    team.chloe.edit_note(note, "texte de Chloé")
    assert team.chloe.read(note).text == "texte de Chloé", "never a lock"
    team.clocks["chloe"].ms += 10 * 60_000
    assert team.chloe.present("Veille com") == [], "a computer that died is not there for ever"
    team.anne.present("Veille com", here=False)
    assert not [one for one in (team.share / "presence").iterdir() if note in one.name]
    wrong = 40 * 365 * 24 * HOUR
    team.clocks["anne"].ms -= wrong
    team.anne.present("Veille com", thing=note)
    team.clocks["anne"].ms += 61_000
    team.chloe.present("Veille com")
    team.anne.present("Veille com", thing=note)
    assert [one.thing for one in team.chloe.present("Veille com")] == [note], "whatever its clock"


def test_6_the_drive_dies_and_nobody_loses_anything(team: Team) -> None:
    note = team.note("texte")
    away = team.share.with_name("away")
    team.share.rename(away)
    for desk in team.all:
        (done,) = desk.sync()
        assert done.failed
        desk.edit_note(note, f"texte de {desk.name()}\n\n{desk.read(note).text}")
        desk.drain()
        assert desk.search("texte").items
    assert not team.share.exists()
    away.rename(team.share)
    team.meet()
    assert len({desk.read(note).text for desk in team.all}) == 1
    for name in ("Anne", "Bruno", "Chloé"):
        assert name in team.anne.read(note).text


def test_7_a_backup_of_yesterday_is_put_back(team: Team, open_desk: Open) -> None:
    team.note("hier")
    backup = team.share.with_name("backup")
    shutil.copytree(team.share, backup)
    team.later(22 * HOUR)
    for desk in team.all:
        desk.new_note(f"aujourd’hui {desk.name()}", "texte", space=team.space)
    team.meet()
    before = titles(team.anne)
    shutil.rmtree(team.share)
    backup.rename(team.share)
    (done,) = team.anne.sync()
    (told,) = [one for one in done.notices if one.code == "went_back"]
    assert told.count == 2
    assert "change" in rounds.event(told)
    team.meet()
    assert [titles(desk) for desk in team.all] == [before] * 3
    newcomer = open_desk("nouvelle")
    newcomer.join_space(str(team.share))
    newcomer.sync()
    assert titles(newcomer) == before


def test_8_conflicted_copies_are_absorbed(team: Team) -> None:
    team.note("texte")
    team.bruno.new_note("de Bruno", "texte", space=team.space)
    team.bruno.sync()
    device = team.bruno.space("Veille com").device
    folder = team.share / "journal" / device
    newest = max(folder.glob("*.jsonl"))
    newest.rename(folder / f"{newest.stem} (conflicted copy 2026-11-23).jsonl")
    head = next(iter((team.share / "heads").glob(f"{device}*")))
    shutil.copy(head, head.with_name(head.stem + ".sync-conflict-20261123-101010-ABCDEFG.json"))
    (done,) = team.anne.sync()
    assert [(one.code, one.count) for one in done.notices] == [("absorbed", 1)]
    assert "de Bruno" in titles(team.anne)
    assert "absorbed" not in codes(team.anne.sync()[0].notices), "said once"
    team.meet()
    assert (folder / newest.name).exists(), "and its owner put its own back"


def test_9_half_of_the_folder_is_deleted_by_hand(team: Team, open_desk: Open) -> None:
    for number in range(6):
        team.bruno.new_note(f"note {number}", "texte", space=team.space)
        team.bruno.sync()
    team.meet()
    before = titles(team.anne)
    device = team.bruno.space("Veille com").device
    for path in sorted((team.share / "journal" / device).iterdir())[1:5]:
        path.unlink()
    (done,) = team.anne.sync()
    (told,) = [one for one in done.problems if one.code == "files_missing"]
    assert told.count == 4
    assert "without having been deleted" in rounds.event(told)
    assert titles(team.anne) == before, "nothing is deleted on any computer"
    (done,) = team.anne.sync()
    assert [(one.code, one.count) for one in done.notices] == [("rescued", 4)]
    newcomer = open_desk("nouvelle")
    newcomer.join_space(str(team.share))
    newcomer.sync()
    assert titles(newcomer) == before, "even while Bruno is away"
    team.meet()
    rescued = [one for one in (team.share / "rescue").rglob("*") if one.is_file()]
    assert rescued == [], "Bruno put his own back, the spare copies went"


def test_10_proposals_wait_for_a_referent(team: Team) -> None:
    team.anne.agree("Veille com", proposals=True)
    team.meet()
    for number in range(3):
        page = f"Titre {number}\n\nUn texte de presse numéro {number} sur la ville.".encode()
        options = ClipOptions(url=f"https://site.example/{number}", space=team.space)
        team.chloe.clip("-", options, stdin=page)
    team.meet()
    waiting = team.anne.ids(Filter(kinds=("article",), states=("proposed",)))
    assert len(waiting) == 3
    with pytest.raises(OnlyReferents):
        team.chloe.triage(waiting[:1], "kept")
    team.anne.triage(waiting[:2], "kept")
    team.anne.triage(waiting[2:], "discarded")
    team.meet()
    row = team.bruno.rows(waiting[:1])[0]
    people = team.bruno.people()
    assert people[row.created_by] == "Chloé"
    assert people[row.text("_state_by")] == "Anne"


def test_10_what_a_referent_decided_is_not_taken_back_by_who_proposed_it(team: Team) -> None:
    team.anne.agree("Veille com", proposals=True)
    team.meet()
    proposed = []
    for number in range(3):
        options = ClipOptions(url=f"https://site.example/{number}", space=team.space)
        page = f"Titre {number}\n\nUn texte de presse numéro {number}.".encode()
        proposed.append(team.chloe.clip("-", options, stdin=page).id)
    kept, away, withdrawn = proposed
    last, _before, first = (one.id for one in team.chloe.gestures() if one.mine)
    team.chloe.undo_gesture(last)
    assert team.chloe.rows([withdrawn])[0].hidden, "one’s own proposal is withdrawn freely"
    team.meet()
    team.anne.triage([kept], "kept")
    team.anne.triage([away], "discarded")
    team.meet()
    for taken_back in (
        lambda: team.chloe.triage([kept], "discarded"),
        lambda: team.chloe.triage([kept], "inbox"),
        lambda: team.chloe.triage([away], "kept"),
        lambda: team.chloe.delete([kept]),
        lambda: team.chloe.undo_gesture(first),
    ):
        with pytest.raises(OnlyReferents):
            taken_back()
    team.chloe.triage([kept], "published")
    team.meet()
    assert [row.state for row in team.anne.rows([kept, away])] == ["published", "discarded"]
    team.anne.agree("Veille com", proposals=False)
    team.meet()
    team.chloe.triage([away], "kept")
    assert team.chloe.rows([away])[0].state == "kept", "where nothing waits, everybody sorts"


def test_what_was_shared_is_told_as_such_and_not_to_be_taken_back(team: Team) -> None:
    page = "Le plan vélo\n\nUn texte de presse.".encode()
    article = team.anne.clip("-", ClipOptions(url="https://site.example/velo"), stdin=page).id
    team.anne.share([article], "Veille com")
    newest = team.anne.gestures()[0]
    assert history.gesture(newest) == "Shared into “Veille com”: “Le plan vélo”"
    assert not newest.mine
    kept = team.anne.clip("-", stdin=b"La digue\n\nUn autre texte.").id
    note = team.anne.new_note("Point presse", f"![[{team.anne.quote(kept, 'Un autre texte')}]]")
    team.anne.share([note], "Veille com")
    told = history.gesture(team.anne.gestures()[0])
    assert told == "Shared into “Veille com”: “Point presse”, 2 things"
    with pytest.raises(NotUndoable):
        team.anne.undo_gesture(newest.id)


def test_11_an_older_veille_keeps_what_it_does_not_know(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = f"n-{encode(bytes(10), length=16)}"
    with monkeypatch.context() as newer:
        newer.setattr("veille.desk.sync.__version__", "9.6")
        from veille.desk.record import record

        record(
            team.bruno._house,
            [Fact(entity, op.NOTE_SET, {"title": "Connue"}, team.space),
             Fact(entity, "note.sing", {"air": "do ré mi"}, team.space)],
        )  # fmt: skip
        team.bruno.sync()
    (done,) = team.anne.sync()
    (told,) = [one for one in done.problems if one.code == "newer_kinds"]
    assert "9.6" in rounds.event(told)
    assert "Connue" in titles(team.anne)
    with team.anne._house.database.reading() as db:
        kept = db.execute("SELECT line FROM operations WHERE kind = 'note.sing'").fetchone()
    assert lines.read(kept[0], space=team.space).data == {"air": "do ré mi"}


def test_12_a_contract_ends(team: Team, tmp_path: Path) -> None:
    page = b"Titre\n\nUn texte de presse sur la ville et ses habitants."
    options = ClipOptions(url="https://site.example/1", space=team.space)
    article = team.chloe.clip("-", options, stdin=page).id
    team.chloe.annotate(article, "la ville", Remark("Pour moi seule"))
    team.chloe.drain()
    team.chloe.back_up()
    team.meet()
    file = tmp_path / "mes-commentaires.md"
    told = names.comments(team.chloe.private_comments("Veille com"))
    team.chloe.hand_over("Veille com", file, written=told, name="Ancien membre")
    team.meet()
    assert "Pour moi seule" in file.read_text(encoding="utf-8")
    assert team.chloe.private_comments("Veille com") == []
    row = team.anne.rows([article])[0]
    assert team.anne.people()[row.created_by] == "Ancien membre"
    assert team.chloe.requests.mentions("Pour moi seule") == [], "erased, not hidden"
    root = team.chloe.paths.root
    assert [one for one in root.rglob("*.sqlite*") if b"moi seule" in one.read_bytes()] == []
    team.anne.give_role("Veille com", team.chloe.person, "former")
    team.meet()
    chloe = team.bruno.members("Veille com")[-1]
    assert (chloe.name, chloe.here) == ("Ancien membre", False)
    assert team.bruno.meter("Veille com")[0].readers == 2
    with pytest.raises(OnlyReads):
        team.chloe.new_note("Encore là", "texte", space=team.space)
    team.anne.give_role("Veille com", team.chloe.person, "writer")
    team.meet()
    team.chloe.new_note("De retour", "texte", space=team.space)


def test_13_what_was_shared_of_the_press_is_counted(team: Team) -> None:
    page = b"Titre\n\nUn texte de presse sur la ville et ses habitants, assez long."
    options = ClipOptions(url="https://site.example/1", space=team.space, source="Le Courrier")
    article = team.anne.clip("-", options, stdin=page).id
    team.anne.quote(article, "la ville et ses habitants", speaker="")
    team.anne.clip("-", ClipOptions(url="https://site.example/2", space=team.space), stdin=b"Court")
    team.meet()
    (month,) = team.bruno.meter("Veille com")
    assert (month.quotes, month.readers) == (1, 3)
    assert month.full_texts >= 1
    assert month.full_texts + month.links == 2


def test_13_what_was_proposed_or_discarded_is_no_link_and_no_quote(team: Team) -> None:
    team.anne.agree("Veille com", proposals=True)
    team.meet()
    wanted = {}
    for name in ("kept", "proposed", "discarded"):
        page = f"Titre {name}\n\nUn texte de presse sur la ville, {name}.".encode()
        options = ClipOptions(url=f"https://site.example/{name}", space=team.space)
        wanted[name] = team.chloe.clip("-", options, stdin=page).id
        team.chloe.quote(wanted[name], "presse sur la ville", speaker="")
    team.meet()
    team.anne.triage([wanted["kept"]], "kept")
    team.anne.triage([wanted["discarded"]], "discarded")
    team.meet()
    (month,) = team.bruno.meter("Veille com")
    assert (month.quotes, month.links) == (1, 0)
    assert month.full_texts == 3, "colleagues could read them"


def test_a_capture_keeps_its_moment_when_it_is_shared(team: Team) -> None:
    page = b"Titre\n\nUn texte de presse sur la ville et ses habitants, assez long."
    article = team.anne.clip("-", ClipOptions(url="https://site.example/1"), stdin=page).id
    (captured,) = team.anne.intake.captures(article)
    team.later(5 * HOUR)
    (moved,) = team.anne.share([article], team.space)
    team.later(5 * HOUR)
    team.meet()
    assert [one.at for one in team.bruno.intake.captures(moved)] == [captured.at]
    assert {one.at for one in team.anne.intake.captures(moved)} == {captured.at}


def test_what_went_and_what_came_is_said_with_whose_it_is(team: Team) -> None:
    team.bruno.new_note("De Bruno", "Texte.", space=team.space)
    team.chloe.new_note("De Chloé", "Texte.", space=team.space)
    team.meet(team.bruno, team.chloe, turns=1)
    (done,) = team.anne.sync()
    assert done.received == sum(done.by.values()) == 4
    told = rounds.passed(6, done.by, team.anne.people())
    assert told == "6 changes sent, 4 received (Bruno 2, Chloé 2)."
    assert rounds.passed(1, {}, {}) == "1 change sent."


def test_14_a_newcomer_reads_a_large_space_slice_by_slice(team: Team, open_desk: Open) -> None:
    for number in range(30):
        team.anne.new_note(f"note {number:02d}", f"texte {number} sur la ville", space=team.space)
        team.anne.sync(whole=False)
    newcomer = open_desk("nouvelle")
    newcomer.join_space(str(team.share))
    (done,) = newcomer.sync(most=8)
    assert done.more
    assert newcomer.space("Veille com").remaining == done.remaining > 15
    newcomer.drain()
    some = newcomer.search("ville").total
    assert 0 < some < 30, "what has arrived is found already"
    turns = 0
    while newcomer.sync(most=8)[0].more:
        turns += 1
        assert turns < 10
    assert newcomer.space("Veille com").remaining == 0
    newcomer.drain()
    assert newcomer.search("ville").total == 30


def test_the_folder_can_be_read_without_the_program(team: Team) -> None:
    for number in range(3):
        team.anne.new_note(f"Note {number} « été »", "texte", space=team.space)
        team.anne.sync()
    for name in ("lisez-moi.txt", "lire_espace.py", "veille-espace.json"):
        assert (team.share / name).read_bytes()
    done = subprocess.run(
        [sys.executable, str(team.share / "lire_espace.py")],
        capture_output=True, text=True, check=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert "Note 2 « été »" in done.stdout
    assert done.stderr == ""
