"""Two people organise at once: nothing that one of them said is lost, and undoing takes back one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veille.desk.desk import Desk
from veille.domain.errors import NothingToUndo, Refused
from veille.domain.views import Filter

Team = tuple[Desk, Desk]


@pytest.fixture
def team(desk: Desk, open_desk: Callable[..., Desk], share_folder: Path) -> Team:
    desk.introduce("Anne")
    desk.create_space("Com", str(share_folder), full_text=True)
    bruno = open_desk("bruno")
    bruno.introduce("Bruno")
    bruno.join_space(str(share_folder))
    meet(desk, bruno)
    return desk, bruno


def meet(anne: Desk, bruno: Desk) -> None:
    for one in (anne, bruno, anne):
        one.sync()


def preferred(desk: Desk, label: str) -> str | None:
    concept = desk.themes.vocabulary().find(label)
    return concept.label if concept else None


def com(desk: Desk) -> str:
    return desk.space("Com").id


def order(desk: Desk, dossier: str) -> list[str]:
    return [desk.title(one) for one in desk.ids(Filter(dossier=dossier))]


def test_two_people_who_merge_into_one_theme_lose_no_word(team: Team) -> None:
    anne, bruno = team
    into = anne.themes.add("Mobilité", space=com(anne))
    for label in ("Vélo", "Marche"):
        anne.themes.add(label, space=com(anne))
    meet(anne, bruno)
    anne.themes.merge(into, ["Vélo"])
    bruno.themes.merge(into, ["Marche"])
    meet(anne, bruno)
    for one in team:
        concept = one.themes.vocabulary().concepts[into]
        assert set(concept.alts) == {"Vélo", "Marche"}
        assert one.choices(into) == [], "nobody is asked anything"
        assert preferred(one, "marche") == "Mobilité"


def test_two_people_who_add_a_title_each_are_both_heard(team: Team) -> None:
    anne, bruno = team
    note = anne.new_note("PLU", "x", space=com(anne))
    meet(anne, bruno)
    anne.wiki.set_aliases(note, ["Plan local"])
    bruno.wiki.set_aliases(note, ["Urbanisme"])
    meet(anne, bruno)
    for one in team:
        assert one.resolve("Plan local", kind="note") == note
        assert one.resolve("Urbanisme", kind="note") == note


def test_a_theme_of_the_team_is_not_merged_into_one_that_it_cannot_see(team: Team) -> None:
    anne, bruno = team
    anne.themes.add("Eau", alts=("flotte",), space=com(anne))
    meet(anne, bruno)
    mine = anne.themes.add("Rivière")
    with pytest.raises(Refused):
        anne.themes.merge(mine, ["Eau"])
    anne.share([mine], "Com")
    anne.themes.merge("Rivière", ["Eau"])
    meet(anne, bruno)
    assert preferred(bruno, "flotte") == "Rivière"


def test_sharing_a_theme_that_the_team_has_brings_its_words(team: Team) -> None:
    anne, bruno = team
    bruno.themes.add("Logement", alts=("habitat",), space=com(bruno))
    meet(anne, bruno)
    mine = anne.themes.add("Ville")
    (there,) = anne.share([mine], "Com")
    child = anne.new_note("HLM rue Basse", "x")
    anne.tag([child], add=["HLM"])
    # The same name, made before the space was known.
    own = anne.themes.add("Logements sociaux", alts=("HLM",))
    anne.share([own], "Com")
    meet(anne, bruno)
    assert preferred(bruno, "HLM") == "Logements sociaux"
    assert there in bruno.themes.vocabulary().concepts


def test_what_is_narrower_is_found_by_a_theme_that_was_moved(team: Team) -> None:
    anne, _bruno = team
    above = anne.themes.add("Transport")
    anne.themes.add("Vélo", broader=above)
    note = anne.new_note("Piste", "x", tags=["Vélo"])
    anne.share([above], "Com")
    assert anne.ids(Filter(kinds=("note",), tag="transport")) == [note]


def test_undoing_a_move_leaves_what_a_colleague_did_since(team: Team) -> None:
    anne, bruno = team
    dossier = anne.new_dossier("Plan")
    notes = {name: anne.new_note(name, "x") for name in "ABCD"}
    anne.add_to_dossier(dossier, list(notes.values()))
    (dossier,) = anne.share([dossier], "Com")
    meet(anne, bruno)
    inside = {anne.title(one): one for one in anne.ids(Filter(dossier=dossier))}
    mine = anne.dossiers.place(dossier, [inside["D"]], after="")
    meet(anne, bruno)
    bruno.dossiers.place(dossier, [inside["D"]], after=inside["B"])
    meet(anne, bruno)
    assert order(anne, dossier) == ["A", "B", "D", "C"]
    with pytest.raises(NothingToUndo):
        anne.undo_gesture(mine.gesture)
    assert order(anne, dossier) == ["A", "B", "D", "C"]
    mine = anne.dossiers.place(dossier, [inside["C"]], after="")
    meet(anne, bruno)
    bruno.remove_from_dossier(dossier, [inside["C"]])
    meet(anne, bruno)
    with pytest.raises(NothingToUndo):
        anne.undo_gesture(mine.gesture)
    assert "C" not in order(anne, dossier)


def test_a_theme_made_again_is_taken_back_again(desk: Desk) -> None:
    first = desk.themes.add("Vélo")
    desk.themes.remove(first)
    desk.themes.add("Vélo")
    desk.undo()
    assert desk.themes.vocabulary().find("Vélo") is None


def test_reading_on_is_no_change_of_a_dossier(team: Team) -> None:
    anne, bruno = team
    dossier = anne.new_dossier("Plan")
    anne.add_to_dossier(dossier, [anne.new_note("A", "x")])
    (dossier,) = anne.share([dossier], "Com")
    meet(anne, bruno)
    before = anne.rows([dossier])[0]
    (item,) = bruno.ids(Filter(dossier=dossier))
    bruno.dossiers.tell(dossier, tells=True)
    bruno.dossiers.mark(dossier, item, read=True)
    meet(anne, bruno)
    after = anne.rows([dossier])[0]
    assert (after.updated_by, after.updated_at) == (before.updated_by, before.updated_at)
    assert anne.dossiers.parcours(dossier).people


def test_undoing_an_edit_of_what_was_deleted_and_brought_back_leaves_it(team: Team) -> None:
    anne, bruno = team
    note = anne.new_note("N", "un", space=com(anne))
    meet(anne, bruno)
    gone = bruno.delete([note])
    mine = anne.edit_note(note, "un deux")
    meet(anne, bruno)
    bruno.undo_gesture(gone.gesture)
    meet(anne, bruno)
    anne.undo_gesture(mine.gesture)
    for one in team:
        assert one.rows([note])[0].hidden == 0
    assert anne.read(note).text == "un"


def test_a_theme_shared_with_the_one_above_it_keeps_its_place(team: Team) -> None:
    anne, bruno = team
    above = bruno.themes.add("Quartier")
    below = bruno.themes.add("Logement", broader=above)
    bruno.share([below], "Com")
    meet(bruno, anne)
    for one in team:
        vocabulary = one.themes.vocabulary()
        concept = vocabulary.find("Logement")
        assert concept is not None
        assert vocabulary.path(concept.id) == ("Quartier", "Logement")
