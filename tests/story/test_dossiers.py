"""A dossier that two people order, and read from end to end: who tells, who does not, who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tests.conftest import Clock
from veille.cli import context, dossiers
from veille.desk.desk import Desk
from veille.desk.dossiers import COVER, LIVE, MEMBER
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import BadName, NotFound, OnlyReads, TooLong
from veille.domain.facts import Fact
from veille.domain.ids import random_entity
from veille.domain.views import Filter
from veille.sentences import history

Open = Callable[..., Desk]


class Team:
    """Anne and Bruno on one folder, with a dossier of three notes."""

    def __init__(self, open_desk: Open, share: Path) -> None:
        self.clocks = {"anne": Clock(), "bruno": Clock()}
        self.anne = open_desk("anne", self.clocks["anne"])
        self.bruno = open_desk("bruno", self.clocks["bruno"])
        self.anne.introduce("Anne")
        self.bruno.introduce("Bruno")
        self.space = self.anne.create_space("Veille com", str(share), full_text=True).id
        self.bruno.join_space(str(share))
        self.notes = [self.anne.new_note(f"Note {one}", f"Texte {one}.") for one in "ABC"]
        self.dossier = self.anne.new_dossier("Berges", description="Le récit du projet.")
        self.anne.add_to_dossier(self.dossier, self.notes)

    def share(self) -> None:
        self.anne.share([self.dossier], "Veille com")
        self.meet()

    def meet(self) -> None:
        for desk in (self.anne, self.bruno) * 2:
            desk.sync()

    def told(self, desk: Desk) -> dict[str, int]:
        people = desk.people()
        found = desk.dossiers.parcours(self.dossier).people
        return {people[person]: len(read) for person, read in found.items()}


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> Team:
    return Team(open_desk, share_folder)


def order(desk: Desk, dossier: str) -> str:
    """Give the last letters of the titles of what a dossier holds."""
    rows = desk.rows(desk.ids(Filter(dossier=dossier)))
    return "".join(row.title[-1] for row in rows)


def read(desk: Desk, dossier: str) -> str:
    steps = desk.dossiers.parcours(dossier).steps
    return "".join(one.row.title[-1] for one in steps if one.read)


# --- order ---------------------------------------------------------------------------------------


def filled(desk: Desk, letters: str) -> tuple[str, dict[str, str]]:
    notes = {one: desk.new_note(f"Note {one}", "x") for one in letters}
    dossier = desk.new_dossier("Berges")
    desk.add_to_dossier(dossier, list(notes.values()))
    return dossier, notes


def test_members_move_together_and_stop_at_both_ends(desk: Desk) -> None:
    dossier, notes = filled(desk, "ABCDE")
    desk.dossiers.move(dossier, [notes["D"]], by=-1)
    assert order(desk, dossier) == "ABDCE"
    desk.dossiers.move(dossier, [notes["A"], notes["C"]], by=1)
    assert order(desk, dossier) == "BACDE", "they come together, below the one they passed"
    desk.dossiers.move(dossier, [notes["B"], notes["A"]], by=-1)
    assert order(desk, dossier) == "BACDE"
    changes = desk.dossiers.move(dossier, [notes["E"]], by=1)
    assert (order(desk, dossier), changes.gesture) == ("BACDE", ""), "nothing is recorded"
    desk.dossiers.move(dossier, [notes["B"]], by=99)
    assert order(desk, dossier) == "ACDEB"


def test_a_member_is_put_after_another_or_first(desk: Desk) -> None:
    dossier, notes = filled(desk, "ABC")
    desk.dossiers.place(dossier, [notes["C"]], after="")
    assert order(desk, dossier) == "CAB"
    desk.dossiers.place(dossier, [notes["C"], notes["A"]], after=notes["B"])
    assert order(desk, dossier) == "BCA"
    with pytest.raises(NotFound):
        desk.dossiers.place(dossier, [notes["A"]], after="n-" + "0" * 16)
    assert not desk.dossiers.place(dossier, [notes["A"]], after=notes["A"]).entities
    assert not desk.dossiers.place(dossier, ["n-" + "0" * 16], after="").entities


def test_what_is_put_in_later_comes_last_whatever_was_moved_to_the_end(desk: Desk) -> None:
    dossier, notes = filled(desk, "ABC")
    for turn in "ABCABCAB":
        desk.dossiers.place(dossier, [notes[turn]], after=notes[order(desk, dossier)[-1]])
    desk.add_to_dossier(dossier, [desk.new_note("Note D", "x")])
    assert order(desk, dossier) == "CABD"


def test_a_move_is_taken_back_whole(desk: Desk) -> None:
    dossier, notes = filled(desk, "ABCD")
    desk.dossiers.place(dossier, [notes["C"], notes["D"]], after="")
    changes = desk.dossiers.move(dossier, [notes["C"], notes["D"]], by=1)
    assert order(desk, dossier) == "ACDB"
    desk.undo_gesture(changes.gesture)
    assert order(desk, dossier) == "CDAB"


def test_the_history_says_a_move_once_and_counts_dossiers(desk: Desk) -> None:
    dossier, notes = filled(desk, "ABC")
    title = desk.title(dossier)
    desk.dossiers.move(dossier, [notes["B"]], by=1)
    assert history.gesture(desk.gestures()[0]) == f"Moved within the dossier: “{title}”"
    taken_out = desk.remove_from_dossier(dossier, [notes["B"]])
    assert history.gesture(desk.gestures()[0]) == f"Taken out of a dossier: “{title}”"
    undone = desk.undo_gesture(taken_out.gesture)
    told = history.undone(desk.taken_back(undone.gesture))
    assert told == f"Taken back — Taken out of a dossier: “{title}”"
    names = [str(random_entity("dossier", bytes([n] * 10))) for n in (1, 2)]
    record(desk._house, [Fact(one, op.DOSSIER_SET, {"title": one}) for one in names])
    assert history.gesture(desk.gestures()[0]) == "2 new dossiers"


def test_a_member_that_was_never_moved_comes_back_to_its_place(desk: Desk) -> None:
    dossier, notes = filled(desk, "ABCD")
    taken_out = desk.remove_from_dossier(dossier, [notes["B"]])
    desk.undo_gesture(taken_out.gesture)
    assert order(desk, dossier) == "ABCD"
    moved = desk.dossiers.move(dossier, [notes["B"]], by=1)
    desk.undo_gesture(moved.gesture)
    assert order(desk, dossier) == "ABCD"


@pytest.mark.parametrize("place", ["", "~", "z" * 400, "\u00e9", " ", "-", "0", "9" * 13])
def test_places_that_a_stranger_wrote_are_sorted_all_the_same(desk: Desk, place: str) -> None:
    dossier, notes = filled(desk, "ABC")
    data = {"item": notes["B"], "place": place}
    record(desk._house, [Fact(dossier, op.MEMBER_RM, {"item": notes["B"]}),
                         Fact(dossier, op.MEMBER_ADD, data)])  # fmt: skip
    record(desk._house, [Fact(dossier, op.MEMBER_RM, {"item": notes["C"]}),
                         Fact(dossier, op.MEMBER_ADD, {"item": notes["C"], "place": place})])  # fmt: skip
    for wanted in ("ABC", "CBA", "BAC", "ACB", "CAB"):
        for before, one in zip(" " + wanted, wanted, strict=False):
            desk.dossiers.place(dossier, [notes[one]], after=notes.get(before, ""))
        assert order(desk, dossier) == wanted


def test_two_people_change_the_order_at_once(team: Team) -> None:
    team.share()
    team.anne.dossiers.place(team.dossier, [team.notes[2]], after="")
    team.bruno.dossiers.place(team.dossier, [team.notes[0]], after=team.notes[1])
    team.meet()
    assert order(team.anne, team.dossier) == order(team.bruno, team.dossier) == "CBA"
    team.anne.dossiers.move(team.dossier, [team.notes[1]], by=-1)
    team.bruno.dossiers.move(team.dossier, [team.notes[1]], by=1)
    team.meet()
    assert order(team.anne, team.dossier) == order(team.bruno, team.dossier)
    assert sorted(order(team.anne, team.dossier)) == ["A", "B", "C"]
    team.anne.remove_from_dossier(team.dossier, [team.notes[1]])
    team.bruno.dossiers.place(team.dossier, [team.notes[1]], after="")
    team.meet()
    assert order(team.anne, team.dossier)[0] == "B", "who moved it had not seen it taken out"


# --- what is said of it --------------------------------------------------------------------------


def test_a_dossier_is_described(desk: Desk) -> None:
    dossier, notes = filled(desk, "AB")
    row = desk.rows([dossier])[0]
    said = {"title": "  Les  berges ", "description": "Un récit.", "cover": "Note A", "query": "x"}
    desk.dossiers.describe(dossier, said, seen=row)
    row = desk.rows([dossier])[0]
    assert (row.title, row.text("description")) == ("Les berges", "Un récit.")
    assert (row.text("cover"), row.text("query")) == (notes["A"], "")
    assert not desk.dossiers.describe(dossier, {"title": "Les berges"}, seen=row).gesture
    for wrong, error in (({"title": " "}, BadName), ({"description": "x" * 20_001}, TooLong),
                         ({"cover": dossier}, NotFound)):  # fmt: skip
        with pytest.raises(error):
            desk.dossiers.describe(dossier, wrong, seen=row)
    assert [one.part for one in desk.dossiers.parcours(dossier).steps] == [COVER, MEMBER]
    desk.dossiers.describe(dossier, {"cover": ""}, seen=row)
    assert [one.part for one in desk.dossiers.parcours(dossier).steps] == [MEMBER, MEMBER]


def test_two_descriptions_at_once_both_stay_readable(team: Team) -> None:
    team.share()
    for desk, words in ((team.anne, "Pour les élus."), (team.bruno, "Pour la presse.")):
        seen = desk.rows([team.dossier])[0]
        desk.dossiers.describe(team.dossier, {"description": words}, seen=seen)
    team.meet()
    (choice,) = team.anne.choices(team.dossier)
    assert {choice.a.text, choice.b.text} == {"Pour les élus.", "Pour la presse."}


def test_what_the_search_finds_is_read_after_what_was_put_in(desk: Desk) -> None:
    dossier, notes = filled(desk, "AB")
    found = desk.new_note("Crue Z", "La crue de la Loire.")
    desk.drain()
    desk.set_live(dossier, "crue")
    steps = desk.dossiers.parcours(dossier).steps
    assert [(one.row.id, one.part) for one in steps] == [
        (notes["A"], MEMBER), (notes["B"], MEMBER), (found, LIVE),
    ]  # fmt: skip
    desk.delete([notes["A"]])
    assert [one.row.title[-1] for one in desk.dossiers.parcours(dossier).steps] == ["B", "Z"]


# --- parcours ------------------------------------------------------------------------------------


def test_anne_tells_what_she_read_and_bruno_sees_it(team: Team) -> None:
    team.share()
    team.anne.dossiers.mark(team.dossier, team.notes[0], read=True)
    team.meet()
    assert team.told(team.bruno) == {}, "off by default"
    team.anne.dossiers.tell(team.dossier, tells=True)
    team.anne.dossiers.mark(team.dossier, team.notes[1], read=True)
    team.meet()
    assert team.told(team.bruno) == {"Anne": 2}
    seen = team.bruno.dossiers.parcours(team.dossier)
    assert (seen.read, len(seen.steps), len(seen.common)) == (0, 3, 3)
    assert seen.people[team.anne.person] == set(team.notes[:2])
    assert not seen.tells
    team.anne.dossiers.mark(team.dossier, team.notes[0], read=False)
    team.meet()
    assert team.told(team.bruno) == {"Anne": 1}


def test_what_was_told_is_taken_back_whole(team: Team) -> None:
    team.share()
    team.anne.dossiers.tell(team.dossier, tells=True)
    for note in team.notes:
        team.anne.dossiers.mark(team.dossier, note, read=True)
    team.bruno.dossiers.tell(team.dossier, tells=True)
    team.bruno.dossiers.mark(team.dossier, team.notes[0], read=True)
    team.meet()
    assert team.told(team.bruno) == {"Anne": 3, "Bruno": 1}
    team.anne.dossiers.tell(team.dossier, tells=False)
    team.meet()
    assert team.told(team.bruno) == team.told(team.anne) == {"Bruno": 1}
    with team.bruno._house.database.reading() as db:
        left = {one[0] for one in db.execute("SELECT person FROM progress")}
    assert left == {team.bruno.person}, "nothing of hers is left"
    assert read(team.anne, team.dossier) == "ABC", "she still knows what she read"
    team.anne.dossiers.mark(team.dossier, team.notes[0], read=False)
    team.anne.dossiers.mark(team.dossier, team.notes[0], read=True)
    team.meet()
    assert team.told(team.bruno) == {"Bruno": 1}


def test_nobody_marks_for_somebody_else(team: Team) -> None:
    team.share()
    team.anne.dossiers.tell(team.dossier, tells=True)
    team.anne.dossiers.mark(team.dossier, team.notes[0], read=True)
    team.meet()
    record(team.bruno._house, [Fact(team.dossier, op.READ_RM, {"item": team.notes[0]})])
    team.meet()
    assert team.told(team.anne) == team.told(team.bruno) == {"Anne": 1}


def test_a_reader_cannot_tell_and_still_reads_in_order(team: Team) -> None:
    team.share()
    team.anne.give_role("Veille com", team.bruno.person, "reader")
    team.meet()
    with pytest.raises(OnlyReads, match="Veille com"):
        team.bruno.dossiers.tell(team.dossier, tells=True)
    for note in team.notes[:2]:
        team.bruno.dossiers.mark(team.dossier, note, read=True)
    found = team.bruno.dossiers.parcours(team.dossier)
    assert (found.tells, found.may_tell, found.only_reads) == (False, True, True)
    assert read(team.bruno, team.dossier) == "AB"
    assert found.next is not None
    assert found.next.title == "Note C"
    team.meet()
    assert team.told(team.anne) == {}


def test_who_told_and_may_only_read_since_goes_on_for_herself(team: Team) -> None:
    team.share()
    team.bruno.dossiers.tell(team.dossier, tells=True)
    team.bruno.dossiers.mark(team.dossier, team.notes[0], read=True)
    team.meet()
    team.anne.give_role("Veille com", team.bruno.person, "reader")
    team.meet()
    team.bruno.dossiers.mark(team.dossier, team.notes[1], read=True)
    team.meet()
    assert read(team.bruno, team.dossier) == "AB"
    assert team.told(team.anne) == {"Bruno": 1}
    with pytest.raises(OnlyReads):
        team.bruno.dossiers.tell(team.dossier, tells=False)


def test_what_was_read_is_known_after_a_restart(open_desk: Open) -> None:
    desk = open_desk("a")
    dossier, notes = filled(desk, "ABC")
    desk.dossiers.mark(dossier, notes["B"], read=True)
    desk.close()
    assert read(open_desk("a"), dossier) == "B"


def test_what_was_read_before_it_was_shared_stays_read(team: Team, article_html: str) -> None:
    article = team.anne.clip("-", stdin=article_html.encode()).id
    team.anne.add_to_dossier(team.dossier, [article])
    team.anne.dossiers.mark(team.dossier, article, read=True)
    team.share()
    found = team.anne.dossiers.parcours(team.dossier)
    moved = found.steps[-1]
    assert moved.row.id != article, "an article bears another name where it is shared"
    assert moved.read
    team.anne.dossiers.tell(team.dossier, tells=True)
    team.meet()
    assert team.told(team.bruno) == {"Anne": 1}
    team.anne.dossiers.mark(team.dossier, moved.row.id, read=False)
    assert not team.anne.dossiers.parcours(team.dossier).steps[-1].read


def test_what_colleagues_do_not_have_is_not_told(team: Team) -> None:
    team.share()
    private = team.bruno.new_note("Note P", "pour moi")
    team.bruno.add_to_dossier(team.dossier, [private])
    team.bruno.dossiers.mark(team.dossier, private, read=True)
    team.bruno.dossiers.tell(team.dossier, tells=True)
    team.bruno.dossiers.mark(team.dossier, private, read=True)
    team.meet()
    found = team.bruno.dossiers.parcours(team.dossier)
    assert (found.read, len(found.steps), len(found.common)) == (1, 4, 3)
    assert team.told(team.anne) == {}


def test_of_a_personal_dossier_there_is_nobody_to_tell(team: Team) -> None:
    team.anne.dossiers.mark(team.dossier, team.notes[0], read=True)
    team.anne.dossiers.tell(team.dossier, tells=True)
    assert not team.anne.dossiers.parcours(team.dossier).tells
    team.share()
    assert not team.anne.dossiers.parcours(team.dossier).tells, "sharing is not telling"
    assert team.told(team.bruno) == {}


def test_a_dossier_is_shared_with_its_cover_note(team: Team) -> None:
    cover = team.anne.dossiers.new_cover(team.dossier, "Pourquoi ce dossier")
    team.anne.edit_note(cover, "Lisez d’abord la note A.")
    team.share()
    steps = team.bruno.dossiers.parcours(team.dossier).steps
    assert [one.row.title for one in steps] == ["Pourquoi ce dossier", "Note A", "Note B", "Note C"]
    assert steps[0].part == COVER
    assert team.bruno.read(steps[0].row.id).text == "Lisez d’abord la note A."
    another = team.anne.dossiers.new_cover(team.dossier, "Autre")
    team.meet()
    assert team.bruno.dossiers.parcours(team.dossier).steps[0].row.id == another
    assert team.anne.rows([another])[0].space == team.space


def test_the_order_and_the_cover_travel_into_a_second_space(
    team: Team, open_desk: Open, tmp_path: Path
) -> None:
    team.anne.dossiers.new_cover(team.dossier, "Accueil O")
    team.anne.dossiers.place(team.dossier, [team.notes[2]], after="")
    team.share()
    second = tmp_path / "second"
    second.mkdir()
    space = team.anne.create_space("Élus", str(second), full_text=True)
    (copied,) = team.anne.share([team.dossier], space.name)
    chloe = open_desk("chloe", Clock())
    chloe.join_space(str(second))
    team.anne.sync()
    chloe.sync()
    titles = [one.row.title for one in chloe.dossiers.parcours(copied).steps]
    assert titles == ["Accueil O", "Note C", "Note A", "Note B"]


# --- the command line ----------------------------------------------------------------------------


def command(desk: Desk, monkeypatch: pytest.MonkeyPatch, *words: str) -> Any:
    """Run a command on the profile of a desk; gives its document, or the status of a failure."""
    monkeypatch.setattr(context.settings, "profile", str(desk.paths.root))
    app = typer.Typer()
    dossiers.register(app)
    done = CliRunner().invoke(app, [*words, "--json"])
    return json.loads(done.stdout) if done.exit_code == 0 else done.exit_code


def test_scripts_put_a_dossier_in_order_and_describe_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, notes = filled(desk, "ABC")
    said = command(desk, monkeypatch, "order", "Berges", "Note C", notes["B"], "--after", "first")
    assert [one["title"] for one in said["members"]] == ["Note C", "Note B", "Note A"]
    said = command(desk, monkeypatch, "order", dossier, notes["C"], "--after", "Note A")
    assert [one["title"] for one in said["members"]] == ["Note B", "Note A", "Note C"]
    stranger = desk.new_note("Ailleurs", "x")
    for words in ((stranger, "--after", "first"), (notes["A"], "--after", stranger)):
        assert command(desk, monkeypatch, "order", dossier, *words) == 1
    said = command(desk, monkeypatch, "describe", dossier, "--title", "Quais", "--cover", "Note A")
    assert (said["title"], said["cover"], said["description"]) == ("Quais", notes["A"], "")
    said = command(desk, monkeypatch, "describe", dossier, "--cover", "", "--description", "Récit")
    assert (said["cover"], said["description"]) == ("", "Récit")
    assert command(desk, monkeypatch, "describe", dossier) == 2
    assert command(desk, monkeypatch, "describe", dossier, "--cover", "Nulle part") == 1


def test_scripts_read_a_dossier(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    said = command(team.anne, monkeypatch, "read", team.dossier, "Note A", "--tell")
    assert (said["read"], said["of"], said["tells"], said["may_tell"]) == (1, 3, False, False)
    team.share()
    said = command(team.anne, monkeypatch, "read", team.dossier, "--tell")
    assert [one["read"] for one in said["steps"]] == [True, False, False]
    assert (said["next"], said["tells"]) == (team.notes[1], True)
    assert said["people"] == [
        {"person": team.anne.person, "name": "Anne", "read": 1, "of": 3},
    ]
    said = command(team.anne, monkeypatch, "read", team.dossier, "Note B", "--keep-to-myself")
    assert (said["read"], said["people"]) == (2, [])
    said = command(team.anne, monkeypatch, "read", team.dossier, "Note B", "--undo")
    assert said["read"] == 1
    stranger = team.anne.new_note("Ailleurs", "x")
    assert command(team.anne, monkeypatch, "read", team.dossier, stranger) == 1
    assert command(team.anne, monkeypatch, "read", team.dossier, "--undo") == 2
    team.meet()
    assert team.told(team.bruno) == {}


def test_people_read_lines(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier, notes = filled(desk, "AB")
    desk.dossiers.mark(dossier, notes["B"], read=True)
    monkeypatch.setattr(context.settings, "profile", str(desk.paths.root))
    app = typer.Typer()
    dossiers.register(app)
    shown = CliRunner().invoke(app, ["read", dossier]).stdout.splitlines()
    assert shown[0].split() == ["1", notes["A"], "Note", "A"]
    assert shown[1].split() == ["✓", "2", notes["B"], "Note", "B"]
    assert shown[2] == "You: 1\u00a0/\u00a02 — only you see it"
    told = CliRunner().invoke(app, ["order", dossier, notes["B"], "--after", "first"]).stdout
    assert told.index("Note B") < told.index("Note A")
