"""Notes that hang together: a link follows the thing, whatever it is called and wherever it goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veille.cli import linking as command
from veille.desk.desk import Desk
from veille.desk.linking import Lead
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import NotFound
from veille.domain.facts import Fact
from veille.domain.operation import Json
from veille.domain.text import key
from veille.sentences import embedding
from veille.wiki import links, mentions

Open = Callable[..., Desk]


def leads(desk: Desk, note: str) -> list[str]:
    """Give where a note leads: titles of today, those nobody wrote with a ``?``."""
    return [one.title if one.row else f"?{one.title}" for one in desk.wiki.around(note).leads]


def page(desk: Desk, note: str) -> str:
    read = desk.read(note)
    return desk.wiki.html(read.row.title, read.text, voice=embedding, note=note)


def linked_from(desk: Desk, thing: str) -> list[str]:
    return [one.title for one in desk.read(thing).backlinks]


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> tuple[Desk, Desk, str]:
    anne, bruno = open_desk("anne"), open_desk("bruno")
    anne.create_space("Com", str(share_folder), full_text=True)
    bruno.join_space(str(share_folder))
    meet(anne, bruno)
    return anne, bruno, anne.space("Com").id


def meet(*desks: Desk) -> None:
    for _turn in range(2):
        for desk in desks:
            desk.sync()


# --- titles that change --------------------------------------------------------------------------


def test_a_link_follows_a_note_renamed_twice_even_when_another_takes_its_title(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    brief = desk.new_note("Point presse", "Voir [[Plan vélo]].")
    desk.rename_note(plan, "Plan mobilités")
    assert leads(desk, brief) == ["Plan mobilités"]
    desk.rename_note(plan, "Plan de mobilité 2027")
    other = desk.new_note("Plan vélo", "Un autre.")
    assert leads(desk, brief) == ["Plan de mobilité 2027"]
    assert linked_from(desk, plan) == ["Point presse"]
    assert linked_from(desk, other) == []
    assert f'href="veille:{plan}"' in page(desk, brief)
    assert "Plan de mobilité 2027" in page(desk, brief), "the title of today"
    desk.edit_note(brief, "Voir [[Plan vélo]] demain.")
    assert leads(desk, brief) == ["Plan de mobilité 2027"], "what was bound stays so"
    later = desk.new_note("Revue", "Et [[Plan vélo]].")
    assert leads(desk, later) == ["Plan vélo"], "written today, it means who bears the title today"


def test_a_red_link_becomes_a_link_when_its_note_is_written(desk: Desk) -> None:
    brief = desk.new_note("Point presse", "Voir [[Budget 2027]] et [[budget  2027|le budget]].")
    assert leads(desk, brief) == ["?Budget 2027"]
    assert 'class="red"' in page(desk, brief)
    (want,) = desk.wiki.wanted()
    assert (want.title, [one.id for one in want.notes]) == ("Budget 2027", [brief])
    budget = desk.new_note("Budget 2027", "")
    assert leads(desk, brief) == ["Budget 2027"]
    assert linked_from(desk, budget) == ["Point presse"], "each sentence once"
    assert 'class="red"' not in page(desk, brief)
    assert desk.wiki.wanted() == []


def test_a_dossier_and_an_article_come_to_be_linked_by_their_titles(desk: Desk) -> None:
    brief = desk.new_note("Point presse", "Voir [[Mobilités]].")
    assert [one.title for one in desk.wiki.wanted()] == ["Mobilités"]
    dossier = desk.new_dossier("Mobilités")
    assert leads(desk, brief) == ["Mobilités"]
    assert linked_from(desk, dossier) == ["Point presse"]
    assert desk.wiki.wanted() == []


def test_another_title_leads_to_the_note_and_stays_its_own(desk: Desk) -> None:
    plan = desk.new_note("Plan de déplacements urbains", "")
    brief = desk.new_note("Point presse", "Le [[PDU]] avance.")
    assert leads(desk, brief) == ["?PDU"]
    desk.wiki.set_aliases(plan, ["PDU", "  pdu ", "", "Plan Déplacements"])
    around = desk.wiki.around(plan)
    assert around.aliases == ("PDU", "Plan Déplacements")
    assert leads(desk, brief) == ["Plan de déplacements urbains"]
    assert [(one.before, one.words, one.after) for one in around.linked] == [
        ("Le ", "PDU", " avance.")
    ]
    found = desk.wiki.complete("link", "pdu")
    assert [one.thing for one in found][:1] == [plan]
    desk.wiki.set_aliases(plan, [])
    assert leads(desk, brief) == ["?PDU"], "it was written when nothing bore it"


def test_an_old_title_still_arrives_unless_somebody_bears_it_today(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    desk.rename_note(plan, "Plan mobilités")
    brief = desk.new_note("Point presse", "Voir [[Plan vélo]].")
    assert leads(desk, brief) == ["Plan mobilités"]
    red = desk.new_note("Revue", "Voir [[Budget]].")
    old = desk.new_note("Budget", "")
    desk.rename_note(old, "Budget 2026")
    assert leads(desk, red) == ["Budget 2026"]
    new = desk.new_note("Budget", "")
    assert [one.row.id for one in desk.wiki.around(red).leads if one.row] == [new]
    assert f"veille:{new}" in page(desk, red)
    assert (linked_from(desk, old), linked_from(desk, new)) == ([], ["Revue"])


def test_what_a_title_never_led_to_is_no_backlink(desk: Desk) -> None:
    """The first bearer wins: the other one is not said to be linked."""
    first = desk.new_note("Agenda", "")
    second = desk.new_note("Agenda", "")
    red = desk.new_note("Point", "Voir [[Agenda 2]].")
    assert leads(desk, red) == ["?Agenda 2"]
    for note in (first, second):
        desk.wiki.set_aliases(note, ["Agenda 2"])
    assert linked_from(desk, first) == ["Point"]
    assert linked_from(desk, second) == []


# --- what is deleted -----------------------------------------------------------------------------


def test_a_link_to_what_was_deleted_is_red_and_comes_back_with_undo(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    brief = desk.new_note("Point presse", "Voir [[Plan vélo]].")
    desk.delete([plan])
    assert leads(desk, brief) == ["?Plan vélo"]
    assert 'class="red"' in page(desk, brief)
    assert [one.title for one in desk.wiki.wanted()] == ["Plan vélo"]
    assert [one.id for one in desk.wiki.orphans()] == [brief]
    desk.undo()
    assert leads(desk, brief) == ["Plan vélo"]
    assert 'class="red"' not in page(desk, brief)
    assert desk.wiki.wanted() == []
    assert desk.wiki.orphans() == []


def test_what_is_written_again_after_a_deletion_is_led_to_until_the_first_is_back(
    desk: Desk,
) -> None:
    plan = desk.new_note("Plan vélo", "Ancien.")
    brief = desk.new_note("Point presse", "Voir [[Plan vélo]].")
    gone = desk.delete([plan]).gesture
    again = desk.new_note("Plan vélo", "Nouveau.")
    assert [one.row.id for one in desk.wiki.around(brief).leads if one.row] == [again]
    assert f"veille:{again}" in page(desk, brief)
    assert linked_from(desk, again) == ["Point presse"]
    desk.undo_gesture(gone)
    assert [one.row.id for one in desk.wiki.around(brief).leads if one.row] == [plan]
    assert f"veille:{plan}" in page(desk, brief)
    assert linked_from(desk, again) == []


# --- together ------------------------------------------------------------------------------------


def test_links_of_a_note_moved_to_a_shared_space_are_right_for_the_colleague(
    team: tuple[Desk, Desk, str],
) -> None:
    anne, bruno, space = team
    plan = anne.new_note("Plan vélo", "")
    private = anne.new_note("Mes idées", "")
    brief = anne.new_note("Point presse", "Voir [[Plan vélo]] et [[Mes idées]].")
    anne.rename_note(plan, "Plan mobilités")
    bruno_plan = bruno.new_note("Plan vélo", "Le mien.")
    shared = anne.share([plan, brief], "Com")
    meet(anne, bruno)
    assert leads(anne, shared[1]) == ["Plan mobilités", "Mes idées"]
    assert linked_from(anne, private) == ["Point presse"]
    assert leads(bruno, shared[1]) == ["Plan mobilités", "?Mes idées"], "not his own of that title"
    assert linked_from(bruno, shared[0]) == ["Point presse"]
    assert linked_from(bruno, bruno_plan) == []
    his = bruno.new_note("Mes idées", "")
    assert his in {one.row.id for one in bruno.wiki.around(shared[1]).leads if one.row}
    assert space == bruno.space("Com").id


def test_two_people_who_bind_one_title_to_two_things_see_the_same(
    team: tuple[Desk, Desk, str],
) -> None:
    anne, bruno, space = team
    brief = anne.new_note("Point presse", "Début.\n\nFin.", space=space)
    meet(anne, bruno)
    one = anne.new_note("Agenda", "", space=space)
    other = bruno.new_note("Agenda", "", space=space)
    anne.edit_note(brief, "Début, voir [[Agenda]].\n\nFin.")
    bruno.edit_note(brief, "Début.\n\nFin, voir [[Agenda]].")
    assert [lead.row.id for lead in anne.wiki.around(brief).leads if lead.row] == [one]
    assert [lead.row.id for lead in bruno.wiki.around(brief).leads if lead.row] == [other]
    meet(anne, bruno)
    said = [[lead.row.id for lead in desk.wiki.around(brief).leads if lead.row]
            for desk in (anne, bruno)]  # fmt: skip
    assert said[0] == said[1]
    assert len(said[0]) == 1, "one title leads to one thing"
    for desk in (anne, bruno):
        assert sorted(len(linked_from(desk, note)) for note in (one, other)) == [0, 2]
        assert f"veille:{said[0][0]}" in page(desk, brief)


HOSTILE: list[Json] = [
    7,
    "n-0000000000000000",
    ["n-0000000000000000"],
    {"plan velo": 3},
    {"plan velo": ["n-0000000000000000"]},
    {"plan velo": {"plan velo": "n-0000000000000000"}},
    {"plan velo": "../../etc/passwd"},
    {"plan velo": "N-0000000000000000"},
    {"plan velo": "n-0000000000000000"},
    {"plan velo": "n-0000000000000000\n"},
    {f"t{number}": "n-0000000000000000" for number in range(10_000)},
]


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: str(said)[:40])
def test_what_a_revision_says_of_its_links_is_believed_only_when_it_makes_sense(
    desk: Desk, said: Json
) -> None:
    plan = desk.new_note("Plan vélo", "")
    brief = desk.new_note("Point presse", "")
    revision: dict[str, Json] = {"x": "Voir [[Plan vélo]].", "p": [], "l": said}
    record(desk._house, [Fact(brief, op.NOTE_REV, revision)])
    assert leads(desk, brief) == ["Plan vélo"], "what makes no sense is as if it were not said"
    assert linked_from(desk, plan) == ["Point presse"]
    assert f"veille:{plan}" in page(desk, brief)
    desk.edit_note(brief, "Voir [[Plan vélo]] encore.")
    desk.rename_note(plan, "Plan mobilités")
    assert leads(desk, brief) == ["Plan mobilités"]


# --- what is said without a link -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Le PLAN VELO, puis le plan  vélo.", ["PLAN VELO", "plan  vélo"]),
        ("Le plan\u00a0vélo et le plan ve\u0301lo.", ["plan\u00a0vélo", "plan ve\u0301lo"]),
        ("**Plan vélo**, _plan vélo_ et “plan vélo”.", ["Plan vélo", "plan vélo", "plan vélo"]),
        ("Voir [[Plan vélo]] ou [[autre|le plan vélo]] ou ![[Plan vélo]].", []),
        ("`plan vélo`, ``le plan vélo`` et\n```\nplan vélo\n```\n", []),
        ("~~~\nplan vélo\n~~~\nplan vélo", ["plan vélo"]),
        ("[le plan vélo](https://x.example/plan vélo) [le plan vélo][1]\n\n[1]: plan vélo", []),
        ("https://x.example/plan vélo", []),
        ("<https://x.example/plan vélo>", []),
        ("plan.vélo@ville.example, plan-vélo, planvélo, plan vélos, le plan, vélo", []),
        ("Le plan.\n\nVélo. Le plan\nvélo. Le plan. Vélo. Le plan | vélo.", []),
        ("Il a dit :plan vélo", ["plan vélo"]),
    ],
)
def test_a_mention_is_found_in_prose_and_nowhere_else(text: str, said: list[str]) -> None:
    found = [text[start:end] for start, end in mentions.places(text, "Plan vélo")]
    assert found == said


def test_titles_with_apostrophes_ligatures_and_signs_are_found() -> None:
    assert mentions.places("Le plan d'eau.", "Plan d’eau") == [(3, 13)]
    assert mentions.places("Les OEUVRES sociales.", "Œuvres sociales") == [(4, 20)]
    assert mentions.places("Le (projet 2027) avance.", "Projet 2027 ?") == [(4, 15)]
    assert mentions.places("a a a a", "a a") == [(0, 3), (4, 7)]
    assert mentions.places("rien", "?!") == []


def test_mentions_are_told_with_their_sentence_and_not_from_what_links_already(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "Le plan vélo lui-même.")
    desk.wiki.set_aliases(plan, ["Schéma cyclable"])
    desk.new_note("Lié", "Un [[Plan vélo]], puis le plan vélo.")
    said = desk.new_note("Dit", "Contexte.\nHier, le PLAN VELO a été voté.\nFin.")
    other = desk.new_note("Autre", "Le schéma cyclable suit.")
    gone = desk.new_note("Parti", "Le plan vélo.")
    desk.delete([gone])
    desk.drain()
    found = desk.wiki.mentions(plan)
    assert [(one.note, one.before, one.words, one.after) for one in found] == [
        (other, "Le ", "schéma cyclable", " suit."),
        (said, "Hier, le ", "PLAN VELO", " a été voté."),
    ]


TEXT = "  Avant\u00a0: le plan vélo…\n\n- un\t[[Autre]] \n- `plan vélo`\n\n| Plan VÉLO | b |\n|---|---|"


def test_linking_a_mention_changes_nothing_else_of_the_text(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    said = desk.new_note("Dit", TEXT)
    desk.drain()
    first, second = desk.wiki.mentions(plan)
    desk.wiki.link_mentions(plan, [second])
    assert desk.read(said).text == TEXT.replace("Plan VÉLO", "[[Plan VÉLO]]")
    desk.wiki.link_mentions(plan, [first])
    assert desk.read(said).text == TEXT.replace("Plan VÉLO", "[[Plan VÉLO]]").replace(
        "le plan vélo", "le [[plan vélo]]"
    )
    assert "Plan vélo" in leads(desk, said)
    with pytest.raises(NotFound):
        desk.wiki.link_mentions(plan, [first])
    assert desk.read(said).text.count("[[") == 3, "a link is not linked again"


def test_linking_all_is_one_gesture_across_notes(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    texts = {desk.new_note(f"Note {n}", "Plan vélo ! " * n): "Plan vélo ! " * n for n in (1, 3)}
    desk.drain()
    found = desk.wiki.mentions(plan)
    assert len(found) == 4
    changes = desk.wiki.link_mentions(plan, found)
    for note, text in texts.items():
        assert desk.read(note).text == text.replace("Plan vélo", "[[Plan vélo]]")
    assert len(linked_from(desk, plan)) == 2
    desk.undo_gesture(changes.gesture)
    for note, text in texts.items():
        assert desk.read(note).text == text
    with pytest.raises(NotFound):
        desk.wiki.link_mentions(plan, [])


def test_words_that_would_lead_elsewhere_are_linked_by_id(desk: Desk) -> None:
    first = desk.new_note("Agenda", "")
    second = desk.new_note("Agenda", "")
    odd = desk.new_note("Eau / énergie", "")
    text = "Voir l’agenda.\n\n| agenda | eau / énergie |\n|---|---|"
    said = desk.new_note("Dit", text)
    desk.drain()
    found = desk.wiki.mentions(second)
    desk.wiki.link_mentions(second, found)
    desk.wiki.link_mentions(odd, desk.wiki.mentions(odd))
    assert desk.read(said).text == (
        f"Voir l’[[{second}|agenda]].\n\n| [[{second}\\|agenda]] | {{}} |\n|---|---|".format(
            "[[eau / énergie]]"
        )
    )
    assert {lead.row.id for lead in desk.wiki.around(said).leads if lead.row} == {second, odd}
    assert linked_from(desk, first) == []
    assert page(desk, said).count("<th>") == 2, "the table still has two columns"


def test_a_mention_of_what_the_note_bound_otherwise_is_linked_by_id(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    said = desk.new_note("Dit", "[[Plan vélo]].")
    desk.rename_note(plan, "Plan mobilités")
    other = desk.new_note("Plan vélo", "")
    desk.edit_note(said, "[[Plan vélo]]. Le nouveau plan vélo.")
    desk.drain()
    (found,) = desk.wiki.mentions(other)
    desk.wiki.link_mentions(other, [found])
    assert desk.read(said).text == f"[[Plan vélo]]. Le nouveau [[{other}|plan vélo]]."
    assert leads(desk, said) == ["Plan mobilités", "Plan vélo"]
    suggested = {one.thing: one.alone for one in desk.wiki.complete("link", "plan vélo", note=said)}
    assert suggested[other] is False, "its title means another note there"


def test_a_mention_written_over_since_is_passed_over(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    one, two = desk.new_note("Un", "Le plan vélo."), desk.new_note("Deux", "Le plan vélo.")
    desk.drain()
    found = desk.wiki.mentions(plan)
    desk.edit_note(one, "Tout autre chose, ici.")
    desk.wiki.link_mentions(plan, found)
    assert desk.read(one).text == "Tout autre chose, ici."
    assert desk.read(two).text == "Le [[plan vélo]]."


WORDS = st.sampled_from(
    ["plan vélo", "Plan VELO", "plan\u00a0vélo", "le", "`plan vélo`", "[[plan vélo]]", "\n", "**",
     "https://a.example/plan", "vélo", "é", "|", "[", "]", "(", "plan vélo.", "\t", "œuf"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_a_mention_stands_where_it_is_said_to_and_outside_of_links(text: str) -> None:
    found = mentions.places(text, "Plan vélo")
    assert all(key(text[start:end]) == "plan velo" for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    before = links.links(text)
    after = text
    for start, end in reversed(found):
        after = f"{after[:start]}[[{after[start:end]}]]{after[end:]}"
    assert len(links.links(after)) == len(before) + len(found)
    assert mentions.places(after, "Plan vélo") == []
    assert re.sub(r"\[\[|\]\]", "", after) == re.sub(r"\[\[|\]\]", "", text)


# --- on their own --------------------------------------------------------------------------------


def test_a_note_is_on_its_own_until_it_is_linked_links_or_is_filed(desk: Desk) -> None:
    alone = desk.new_note("Seule", "Voir [[Seule]] et [[Rien encore]].")
    filed = desk.new_note("Rangée", "")
    desk.new_note("Source", "Voir [[Cible]].")
    desk.new_note("Cible", "")
    late = desk.new_note("Tardive", "Voir [[Plus tard]].")
    assert {one.id for one in desk.wiki.orphans()} == {alone, filed, late}
    dossier = desk.new_dossier("Mobilités")
    desk.add_to_dossier(dossier, [filed])
    later = desk.new_note("Plus tard", "")
    assert {one.id for one in desk.wiki.orphans()} == {alone}
    desk.delete([dossier])
    desk.delete([later])
    assert {one.id for one in desk.wiki.orphans()} == {alone, filed, late}


def test_a_search_shown_in_place_and_people_are_no_titles_to_be_written(desk: Desk) -> None:
    crue = desk.new_note("crue", "")
    note = desk.new_note(
        "Point", "![[?crue]]\n\n[[@Anne Martin]] [[#Mobilités]] ![[q-0000000000000000]]"
    )
    assert linked_from(desk, crue) == []
    assert desk.wiki.wanted() == []
    assert desk.wiki.around(note).leads == ()


def test_a_person_is_led_to_by_name(desk: Desk) -> None:
    desk.introduce("Anne Martin")
    note = desk.new_note("Point", "Vu avec [[@Anne Martin]].")
    assert leads(desk, note) == ["Anne Martin"]
    assert linked_from(desk, desk.person) == ["Point"]


def test_leads_are_told_kind_by_kind_and_each_once(desk: Desk) -> None:
    desk.new_dossier("Mobilités")
    desk.new_note("Plan", "")
    note = desk.new_note(
        "Point", "[[Rien]] [[Mobilités]] [[Plan]] [[plan|le plan]] ![[Plan]] [[Point]] [[rien#bas]]"
    )
    found = desk.wiki.around(note).leads
    assert [(one.title, one.row.kind if one.row else "") for one in found] == [
        ("Plan", "note"), ("Mobilités", "dossier"), ("Rien", ""),
    ]  # fmt: skip
    assert found[-1] == Lead("Rien")


def test_letters_and_what_is_shown_in_place_are_told_apart(desk: Desk) -> None:
    plan = desk.new_note("Plan vélo", "")
    desk.new_note("Lettre de mai", "Le [[Plan vélo|grand plan]] avance.", template="letter")
    desk.new_note("Point", "![[Plan vélo]]")
    found = desk.wiki.around(plan).linked
    assert [(one.title, one.words, one.embed, one.letter) for one in found] == [
        ("Lettre de mai", "grand plan", False, True), ("Point", "Plan vélo", True, False),
    ]  # fmt: skip


def test_what_is_near_says_which_way(desk: Desk) -> None:
    centre = desk.new_note("Centre", "")
    desk.new_note("Amont", "[[Centre]]")
    both = desk.new_note("Échange", "[[Centre]]")
    desk.new_note("Aval", "")
    desk.edit_note(centre, "[[Échange]] [[Aval]] [[À écrire]]")
    found = [(one.row.title, one.to, one.back) for one in desk.wiki.around(centre).near]
    assert found == [("Échange", True, True), ("Amont", False, True), ("Aval", True, False)]
    assert desk.wiki.around(both).near[0].row.id == centre


def test_a_note_of_ten_thousand_links_is_looked_around_at_once(desk: Desk) -> None:
    text = " ".join(f"[[t{number}]]" for number in range(10_000))
    note = desk.new_note("Énorme", text)
    around = desk.wiki.around(note)
    assert len(around.leads) == 300
    assert len(desk.wiki.wanted()) == 1_000
    assert around.near == ()


# --- the command line ----------------------------------------------------------------------------


def test_the_command_line_says_what_hangs_around_a_note(
    tmp_path: Path, open_desk: Open, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    import json

    import typer

    monkeypatch.setenv("VEILLE_PROFILE", str(tmp_path / "cli"))
    desk = open_desk("cli")
    plan = desk.new_note("Plan vélo", "Voir [[Budget 2027]].")
    brief = desk.new_note("Point presse", "Voir [[Plan vélo]] demain.")
    said = desk.new_note("Revue", "Le plan vélo est dit ici.")
    app = typer.Typer()
    command.register(app)

    def run(*words: str) -> str:
        app(list(words), standalone_mode=False)
        return capsys.readouterr().out

    desk.drain()
    told = json.loads(run("links", plan, "--json"))
    assert told["id"] == plan
    assert [(one["id"], one["words"], one["embed"]) for one in told["linked_from"]] == [
        (brief, "Plan vélo", False)
    ]
    assert [(one["id"], one["words"]) for one in told["mentions"]] == [(said, "plan vélo")]
    assert told["leads_to"] == [
        {"id": None, "kind": None, "title": "Budget 2027", "embed": False, "written": False}
    ]
    lines = run("links", "Plan vélo")
    for wanted in (brief, "Voir Plan vélo demain.", said, "Budget 2027"):
        assert wanted in lines
    loose = json.loads(run("loose", "--json"))
    assert [one["id"] for one in loose["alone"]] == [said]
    assert [(one["title"], [n["id"] for n in one["notes"]]) for one in loose["wanted"]] == [
        ("Budget 2027", [plan])
    ]
    lines = run("loose")
    assert said in lines
    assert "Budget 2027" in lines


# --- completion ----------------------------------------------------------------------------------


def test_titles_that_begin_with_what_is_typed_come_first_and_others_follow(desk: Desk) -> None:
    desk.new_note("Le plan de mobilité", "")
    desk.new_note("Plan vélo", "")
    renamed = desk.new_note("Plan piéton", "")
    desk.rename_note(renamed, "Marcher en ville")
    desk.new_dossier("Planification")
    desk.new_note("Autre", "")

    def found(typed: str) -> list[str]:
        return [one.title for one in desk.wiki.complete("link", typed)]

    assert found("plan") == [
        "Planification", "Plan vélo", "Marcher en ville", "Le plan de mobilité",
    ]  # fmt: skip
    assert found("VELO plan") == ["Plan vélo"], "words may stand apart"
    assert found("p") == ["Planification", "Plan vélo", "Marcher en ville"]
    assert set(found("")) >= {"Autre", "Plan vélo"}
    assert found("100 %_") == []


def test_a_title_that_two_bear_is_not_alone(desk: Desk) -> None:
    desk.new_note("Agenda", "")
    desk.new_note("Plan", "")
    assert [one.alone for one in desk.wiki.complete("link", "agenda")] == [True]
    desk.new_note("AGENDA", "")
    assert [one.alone for one in desk.wiki.complete("link", "agenda")] == [False, False]
    assert [one.alone for one in desk.wiki.complete("link", "agenda", limit=1)] == [False]
