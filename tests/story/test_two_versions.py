"""Two people in one thing at once: what they see, and how one of them settles it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.errors import BadChoice, NotFound
from veille.domain.views import Filter

Open = Callable[..., Desk]
TEXT = "Le plan vélo avance. Il coûte 2 millions.\n\nLa concertation ouvre en mai."


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> tuple[Desk, Desk, str]:
    share = share_folder
    anne, bruno = open_desk("anne"), open_desk("bruno")
    anne.create_space("Com", str(share), full_text=True)
    note = anne.new_note("Plan vélo", TEXT, space=anne.space("Com").id)
    anne.sync()
    bruno.join_space(str(share))
    bruno.sync()
    return anne, bruno, note


def meet(*desks: Desk) -> None:
    for _turn in range(2):
        for desk in desks:
            desk.sync()


def test_other_paragraphs_merge_and_both_are_in_the_history(team: tuple[Desk, Desk, str]) -> None:
    anne, bruno, note = team
    anne.edit_note(note, TEXT.replace("avance", "progresse"))
    bruno.edit_note(note, TEXT.replace("en mai", "en juin"))
    meet(anne, bruno)
    for desk in (anne, bruno):
        assert "progresse" in desk.read(note).text
        assert "en juin" in desk.read(note).text
        assert desk.choices(note) == []
        assert {one.by for one in desk.revisions(note)} == {anne.person, bruno.person}


def conflict(anne: Desk, bruno: Desk, note: str) -> None:
    anne.edit_note(note, TEXT.replace("2 millions", "3 millions"))
    bruno.edit_note(note, TEXT.replace("2 millions", "4 millions"))
    meet(anne, bruno)


@pytest.mark.parametrize(
    ("keep", "shown"),
    [
        ("a", "avance. {a}\n"),
        ("b", "avance. {b}\n"),
        ("both", "avance. {a} {b}\n"),
    ],
)
def test_one_sentence_in_two_versions_is_settled_with_one_choice(
    team: tuple[Desk, Desk, str], keep: str, shown: str
) -> None:
    anne, bruno, note = team
    conflict(anne, bruno, note)
    for desk in (anne, bruno):
        (choice,) = desk.choices(note)
        said = {choice.a.by: choice.a.text, choice.b.by: choice.b.text}
        assert said == {anne.person: "Il coûte 3 millions.", bruno.person: "Il coûte 4 millions."}
        assert desk.in_two_versions() == [note]
    shown = shown.format(a=choice.a.text, b=choice.b.text)
    bruno.settle(note, 1, keep)
    meet(bruno, anne)
    for desk in (anne, bruno):
        assert shown in desk.read(note).text
        assert desk.choices(note) == []
        texts = [one.text for one in desk.revisions(note)]
        assert any("3 millions" in text and "4 millions" not in text for text in texts)
        assert any("4 millions" in text and "3 millions" not in text for text in texts)
    bruno.undo()
    assert len(bruno.choices(note)) == 1, "taking it back asks again"


def test_an_edit_elsewhere_does_not_settle_what_nobody_looked_at(
    team: tuple[Desk, Desk, str],
) -> None:
    anne, bruno, note = team
    conflict(anne, bruno, note)
    anne.edit_note(note, anne.read(note).text + "\n\nUne ligne de plus.")
    meet(anne, bruno)
    for desk in (anne, bruno):
        (choice,) = desk.choices(note)
        assert {choice.a.by, choice.b.by} == {anne.person, bruno.person}
    text = anne.read(note).text.replace(choice.shown, "Il coûte 5 M.")
    anne.edit_note(note, text)
    assert anne.choices(note) == [], "who rewrites the passage has settled it"


def test_a_field_in_two_versions_is_settled_too(team: tuple[Desk, Desk, str]) -> None:
    anne, bruno, note = team
    anne.rename_note(note, "Plan vélo 2027")
    bruno.rename_note(note, "Le plan vélo")
    meet(anne, bruno)
    (choice,) = anne.choices(note)
    assert choice.where == "title"
    assert {choice.a.text, choice.b.text} == {"Plan vélo 2027", "Le plan vélo"}
    with pytest.raises(BadChoice):
        anne.settle(note, 1, "merged")
    with pytest.raises(NotFound):
        anne.settle(note, 2, "a")
    anne.settle(note, 1, "b")
    meet(anne, bruno)
    assert bruno.rows([note])[0].title == choice.b.text
    assert bruno.choices(note) == []


def test_adding_wins_over_removing_and_editing_over_deleting(team: tuple[Desk, Desk, str]) -> None:
    anne, bruno, note = team
    anne.tag([note], add=["Mobilité"])
    bruno.tag([note], add=["Mobilité"])
    anne.tag([note], remove=["Mobilité"])
    anne.delete([note])
    bruno.edit_note(note, TEXT + "\n\nEncore.")
    meet(anne, bruno)
    for desk in (anne, bruno):
        row = desk.rows([note])[0]
        assert row.hidden == 0, "what the deleter had not seen brings it back"
        assert row.tags == ("Mobilité",)


def test_two_notes_with_one_title_both_stay_and_are_told(team: tuple[Desk, Desk, str]) -> None:
    anne, bruno, _note = team
    one = anne.new_note("Crue", "Anne écrit.", space=anne.space("Com").id)
    two = bruno.new_note("Crue", "Bruno écrit.", space=bruno.space("Com").id)
    linking = anne.new_note("Index", "Voir [[Crue]].", space=anne.space("Com").id)
    meet(anne, bruno)
    for desk in (anne, bruno):
        assert [row.id for row in desk.wiki.around(one).namesakes] == [two]
        assert [row.id for row in desk.wiki.around(two).namesakes] == [one]
        titles = [row.title for row in desk.rows(desk.ids(Filter(kinds=("note",))))]
        assert titles.count("Crue") == 2
    chosen = anne.resolve("Crue", kind="note")
    assert bruno.resolve("Crue", kind="note") == chosen, "a title leads to the same one everywhere"
    for desk in (anne, bruno):
        assert linking in [link.note for link in desk.read(one).backlinks], "what Anne linked to"
        assert desk.read(two).backlinks == ()


def test_what_a_colleague_said_while_a_dialog_was_open_is_not_replaced(
    team: tuple[Desk, Desk, str],
) -> None:
    anne, bruno, _note = team
    page = b"Titre\n\nUn texte de presse sur la ville et ses habitants."
    options = ClipOptions(url="https://site.example/1", space=anne.space("Com").id)
    article = anne.clip("-", options, stdin=page).id
    noted = anne.annotate(article, "la ville", Remark("Un", visibility="team"))
    meet(anne, bruno)
    shown = anne.rows([noted])[0].fields
    bruno.margin.change(noted, {"comment": "Le long commentaire de Bruno"})
    meet(bruno, anne)
    anne.margin.change(noted, {"comment": "Deux"}, seen=shown)
    (choice,) = anne.choices(noted)
    assert {choice.a.text, choice.b.text} == {"Le long commentaire de Bruno", "Deux"}
