"""The thesaurus of a team, from one desk and from two: renamed, merged, imported, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from veille.cli import context, theming
from veille.desk.desk import Desk
from veille.desk.theming import Theme
from veille.domain.errors import BadName, BadTheme, FileUnreadable, NotFound, Refused
from veille.domain.views import Filter

DATA = Path(__file__).resolve().parents[1] / "data" / "themes"


def note(desk: Desk, title: str, *tags: str, text: str = "") -> str:
    made = desk.new_note(title, text)
    if tags:
        desk.tag([made], add=tags)
    return made


def tags(desk: Desk, thing: str) -> tuple[str, ...]:
    return desk.rows([thing])[0].tags


def listed(desk: Desk) -> dict[str, Theme]:
    return {one.label: one for one in desk.themes.listed()}


def bearing(desk: Desk, theme: str) -> set[str]:
    return {one.title for one in desk.rows(desk.ids(Filter(tag=theme)))}


def test_a_theme_is_renamed_everywhere_by_one_gesture_and_taken_back_by_one(desk: Desk) -> None:
    one, two = note(desk, "Un", "vélo"), note(desk, "Deux", "Bicyclette")
    desk.themes.add("Vélo", alts=["Bicyclette"])
    assert tags(desk, one) == tags(desk, two) == ("Vélo",)
    desk.themes.rename("Vélo", "Cycles")
    assert tags(desk, one) == tags(desk, two) == ("Cycles",)
    assert listed(desk)["Cycles"].alts == ("Bicyclette", "Vélo")
    assert listed(desk)["Cycles"].count == 2
    desk.undo()
    assert tags(desk, one) == tags(desk, two) == ("Vélo",)
    assert listed(desk)["Vélo"].alts == ("Bicyclette",)


def test_a_free_theme_is_renamed_by_becoming_a_concept(desk: Desk) -> None:
    one = note(desk, "Un", "velos")
    assert listed(desk)["velos"].is_free
    desk.themes.rename("velos", "Vélo")
    assert tags(desk, one) == ("Vélo",)
    assert not listed(desk)["Vélo"].is_free
    desk.undo()
    assert tags(desk, one) == ("velos",)


def test_two_themes_become_one_with_what_was_below_and_come_apart_again(desk: Desk) -> None:
    one, two, three = note(desk, "Un", "Vélo"), note(desk, "Deux", "Cycle"), note(desk, "3", "bike")
    bike = desk.themes.add("Vélo")
    cycle = desk.themes.add("Cycle", alts=["Bicyclette"], note="À deux roues")
    lane = desk.themes.add("Piste", broader="Cycle")
    desk.themes.merge(bike, [cycle, "bike"])
    assert tags(desk, one) == tags(desk, two) == tags(desk, three) == ("Vélo",)
    merged = listed(desk)["Vélo"]
    assert (merged.alts, merged.note) == (("Cycle", "Bicyclette", "bike"), "À deux roues")
    assert listed(desk)["Piste"].broader == bike
    desk.undo()
    assert (tags(desk, one), tags(desk, two), tags(desk, three)) == (
        ("Vélo",),
        ("Cycle",),
        ("bike",),
    )
    assert desk.themes.vocabulary().parent(lane) == cycle


def test_a_theme_is_merged_into_what_was_below_it(desk: Desk) -> None:
    top = desk.themes.add("Ville")
    desk.themes.add("Mobilités", broader=top)
    low = desk.themes.add("Vélo", broader="Mobilités")
    desk.themes.merge(low, ["Mobilités"])
    assert listed(desk)["Vélo"].path == ("Ville", "Vélo")


def test_merging_into_a_free_theme_makes_it_a_concept(desk: Desk) -> None:
    one, two = note(desk, "Un", "Eau"), note(desk, "Deux", "eaux usées")
    desk.themes.merge("Eau", ["eaux usées"])
    assert tags(desk, one) == tags(desk, two) == ("Eau",)


def test_a_theme_that_is_removed_leaves_its_words_free_and_its_children_above(desk: Desk) -> None:
    one = note(desk, "Un", "Bicyclette")
    desk.themes.add("Mobilités")
    desk.themes.add("Vélo", broader="Mobilités", alts=["Bicyclette"])
    desk.themes.add("Piste", broader="Vélo")
    desk.themes.remove("Vélo")
    assert tags(desk, one) == ("Bicyclette",)
    assert listed(desk)["Piste"].path == ("Mobilités", "Piste")
    assert listed(desk)["Bicyclette"].is_free
    desk.themes.add("Vélo")
    assert listed(desk)["Vélo"].alts == ()
    assert listed(desk)["Vélo"].path == ("Vélo",)


def test_several_themes_are_removed_at_once(desk: Desk) -> None:
    desk.themes.add("Ville")
    desk.themes.add("Mobilités", broader="Ville")
    desk.themes.add("Vélo", broader="Mobilités")
    desk.themes.add("Piste", broader="Vélo")
    desk.themes.remove("Vélo", "Mobilités")
    assert {one.path for one in desk.themes.listed()} == {("Ville",), ("Ville", "Piste")}
    desk.undo()
    assert listed(desk)["Piste"].path == ("Ville", "Mobilités", "Vélo", "Piste")


def test_themes_in_use_become_a_thesaurus_and_are_put_in_their_place(desk: Desk) -> None:
    note(desk, "Un", "Vélo", "Tram", "Mobilités", "Eau")
    desk.themes.promote("Vélo", "Mobilités", "vélo")
    assert {one.label for one in desk.themes.listed() if not one.is_free} == {"Vélo", "Mobilités"}
    desk.themes.place(["Vélo", "Tram"], "Mobilités")
    assert listed(desk)["Tram"].path == ("Mobilités", "Tram")
    desk.undo()
    assert listed(desk)["Tram"].is_free
    desk.undo()
    assert all(one.is_free for one in desk.themes.listed())


def test_what_bears_something_narrower_is_found_and_counted_above(desk: Desk) -> None:
    note(desk, "Large", "Mobilités"), note(desk, "Étroit", "Vélo"), note(desk, "Autre", "Eau")
    desk.themes.add("Mobilités")
    desk.themes.add("Vélo", broader="Mobilités")
    assert bearing(desk, "mobilites") == {"Large", "Étroit"}
    assert (listed(desk)["Mobilités"].count, listed(desk)["Mobilités"].total) == (1, 2)


def test_what_makes_no_sense_is_refused_and_changes_nothing(desk: Desk) -> None:
    top = desk.themes.add("Mobilités")
    low = desk.themes.add("Vélo", broader=top, alts=["Bicyclette"])
    before = desk.themes.listed()
    with pytest.raises(Refused) as refused:
        desk.themes.change(top, broader=low)
    assert refused.value.data["what"] == "broader"
    for act in (
        lambda: desk.themes.add("bicyclette"),
        lambda: desk.themes.change(top, label="VÉLO"),
        lambda: desk.themes.change(top, alts=["Bicyclette"]),
        lambda: desk.themes.rename("inconnu", "Vélo"),
    ):
        with pytest.raises(BadName):
            act()
    with pytest.raises(BadTheme):
        desk.themes.add(" ")
    with pytest.raises(NotFound):
        desk.themes.add("Tram", broader="Inconnu")
    with pytest.raises(NotFound):
        desk.themes.remove("inconnu")
    assert desk.themes.listed() == before


def test_a_word_given_up_can_be_another_theme(desk: Desk) -> None:
    first = desk.themes.add("Vélo")
    desk.themes.change(first, label="Cycles", alts=[])
    second = desk.themes.add("Vélo")
    assert first != second
    assert {"Cycles", "Vélo"} <= set(listed(desk))


def test_changing_the_case_or_nothing_is_no_new_synonym(desk: Desk) -> None:
    made = desk.themes.add("velo")
    desk.themes.change(made, label="Vélo", note="  À deux roues\r\n")
    assert (listed(desk)["Vélo"].alts, listed(desk)["Vélo"].note) == ((), "À deux roues")
    assert not desk.themes.change(made, label="Vélo", broader="").entities


def test_a_file_is_taken_as_one_gesture_and_twice_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("veille.desk.thesaurus_file._AT_ONCE", 2)
    one = note(desk, "Un", "bicyclette")
    bike = desk.themes.add("Vélo", note="Notre définition")
    taken = desk.themes.import_file(DATA / "mobilites.rdf")
    assert set(taken.new) == {"Mobilités", "Piste cyclable", "Voirie", "Tramway"}
    assert taken.joined == ("Vélo",)
    assert {one.code for one in taken.problems} >= {"deprecated", "other_broader"}
    assert tags(desk, one) == ("Vélo",)
    here = listed(desk)["Vélo"]
    assert (here.id, here.path, here.note) == (bike, ("Mobilités", "Vélo"), "Notre définition")
    again = desk.themes.import_file((DATA / "mobilites.rdf").read_bytes())
    assert (again.new, again.joined, again.changes.entities) == ((), (), frozenset())
    desk.undo()
    assert set(listed(desk)) == {"Vélo", "bicyclette"}


def test_what_the_team_decided_stays_when_a_file_says_otherwise(desk: Desk) -> None:
    desk.themes.add("Vélo")
    desk.themes.add("Mobilités", broader="Vélo")
    desk.themes.add("Trottinette", alts=["petite reine"])
    desk.themes.add("Piste cyclable", broader=desk.themes.add("Voirie"))
    taken = desk.themes.import_file((DATA / "equipe.csv").read_bytes())
    codes = {(one.code, one.detail) for one in taken.problems}
    assert ("circle", "Vélo < Mobilités") in codes
    assert ("taken", "petite reine") in codes
    assert listed(desk)["Mobilités"].path == ("Vélo", "Mobilités")
    assert listed(desk)["Piste cyclable"].path == ("Voirie", "Piste cyclable")


@pytest.mark.parametrize("form", ["skos", "turtle", "csv"])
def test_a_thesaurus_goes_out_and_comes_in_at_another_desk(
    form: str, desk: Desk, open_desk: Callable[..., Desk]
) -> None:
    desk.themes.add("Mobilités", note="Se déplacer")
    desk.themes.add("Vélo", broader="Mobilités", alts=["Bicyclette"])
    other = open_desk("b")
    other.themes.import_file(desk.themes.export(form))  # type: ignore[arg-type]
    told = [(one.label, one.path, one.alts, one.note) for one in other.themes.listed()]
    assert told == [(one.label, one.path, one.alts, one.note) for one in desk.themes.listed()]


def test_a_file_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        desk.themes.import_file(tmp_path / "nulle-part.ttl")


def test_themes_are_chosen_by_any_of_their_words(desk: Desk) -> None:
    note(desk, "Un", "Cyclisme"), note(desk, "Deux", "Cyclisme"), note(desk, "Trois", "Eau")
    desk.themes.add("Mobilités")
    desk.themes.add("Vélo", broader="Mobilités", alts=["Bicyclette", "Cycle"])
    found = [(one.label, one.said, one.path, one.is_free) for one in desk.themes.choices("cyc")]
    assert found == [
        ("Cyclisme", "", ("Cyclisme",), True),
        ("Vélo", "Cycle", ("Mobilités", "Vélo"), False),
    ]
    assert [one.label for one in desk.themes.choices()] == ["Cyclisme", "Eau", "Mobilités", "Vélo"]
    assert len(desk.themes.choices(limit=1)) == 1


def test_what_a_thing_says_is_suggested_first_but_what_it_bears(desk: Desk) -> None:
    desk.themes.add("Mobilités")
    desk.themes.add("Vélo", broader="Mobilités")
    desk.themes.add("Abeilles")
    desk.themes.add("Eau")
    thing = note(desk, "Le vélo au bord de l'eau", "Eau", text="Des vélos, encore des vélos.")
    assert [one.label for one in desk.themes.suggest(thing)] == ["Vélo"]
    choices = desk.themes.choices(thing=thing)
    assert (choices[0].label, choices[0].is_suggested) == ("Vélo", True)
    assert not any(one.is_suggested for one in choices[1:])


def test_colleagues_share_a_theme_and_its_words(
    open_desk: Callable[..., Desk], share_folder: Path
) -> None:
    one, two = open_desk("a"), open_desk("b")
    space = one.create_space("Équipe", str(share_folder), full_text=False).id
    two.join_space(str(share_folder))
    mine = note(two, "Chez moi", "Bicyclette")
    made = one.themes.add("Vélo", alts=["Bicyclette"], space=space)
    one.sync(), two.sync()
    assert tags(two, mine) == ("Vélo",)
    assert two.themes.add("Piste", broader=made)
    two.themes.rename("Vélo", "Cycles")
    two.sync(), one.sync()
    assert listed(one)["Piste"].path == ("Cycles", "Piste")
    assert listed(one)["Piste"].space == space


def test_two_who_make_the_same_theme_apart_meet_in_it(
    open_desk: Callable[..., Desk], share_folder: Path
) -> None:
    one, two = open_desk("a"), open_desk("b")
    space = one.create_space("Équipe", str(share_folder), full_text=False).id
    two.join_space(str(share_folder))
    assert one.themes.add("Vélo", space=space) == two.themes.add("VÉLO", space=space)
    one.sync(), two.sync(), one.sync()
    assert len(one.themes.listed()) == len(two.themes.listed()) == 1


# On the command line


@pytest.fixture
def answer(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Any]:
    """Run a command on a profile, and give what it printed: JSON, or bytes for ``export``."""
    # Only this group: the others are tried elsewhere.
    app = typer.Typer()
    theming.register(app)
    app.command("other")(lambda: None)

    def run(*words: str, status: int = 0) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(context.settings, "profile", str(tmp_path / "a"))
            patch.setattr(context.settings, "as_json", "--json" in words)
            with pytest.raises(SystemExit) as ended:
                app(["theme", *words], standalone_mode=True)
        out = capsysbinary.readouterr().out
        assert (ended.value.code or 0) == status
        return json.loads(out) if "--json" in words else out

    return run


def test_a_thesaurus_is_kept_from_the_command_line(
    desk: Desk, answer: Callable[..., Any], tmp_path: Path
) -> None:
    thing = note(desk, "Un", "bike", text="Des vélos.")
    top = answer("add", "Mobilités", "--json")
    made = answer("add", "Vélo", "--broader", "Mobilités", "--alt", "bicyclette", "--json")
    assert (made["path"], made["broader"], made["space"]) == (
        ["Mobilités", "Vélo"],
        top["id"],
        "personal",
    )
    assert [one["label"] for one in answer("suggest", thing, "--json")["items"]] == ["Vélo"]
    assert answer("merge", "Vélo", "bike", "--json")["alts"] == ["bicyclette", "bike"]
    assert answer("rename", made["id"], "Cycles", "--json")["alts"] == [
        "bicyclette",
        "bike",
        "Vélo",
    ]
    assert answer("move", "Cycles", "--json")["path"] == ["Cycles"]
    listed = answer("list", "--json")["items"]
    assert [(one["label"], one["count"]) for one in listed] == [("Cycles", 1), ("Mobilités", 0)]
    assert b"Cycles  (bicyclette, bike, V" in answer("list")
    (tmp_path / "b.ttl").write_bytes(answer("export", "--format", "turtle"))
    answer("remove", "Cycles", "--json")
    assert answer("import", str(tmp_path / "b.ttl"), "--json")["new"] == ["Cycles"]


def test_what_cannot_be_done_is_said_to_scripts(answer: Callable[..., Any], desk: Desk) -> None:
    assert answer("rename", "rien", " ", "--json", status=1)["error"]["code"] == "BadTheme"
    assert answer("add", "a", "--broader", "b", "--json", status=1)["error"]["code"] == "NotFound"
    report = answer("import", str(DATA / "swelling.rdf"), "--json", status=3)
    assert [one["code"] for one in report["problems"]] == ["doctype"]
