"""The pieces of the finder: marks, verbs, rules, and what no text may do to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from veille.desk.words import grammar as known
from veille.extract.quotes.find import find_quotes
from veille.extract.quotes.grammar import parse_grammar
from veille.extract.quotes.verbs import english, french

grammar = known()


def exacts(text: str) -> list[str]:
    return [one.exact for one in find_quotes(text, grammar)]


def speakers(text: str) -> list[str]:
    return [one.speaker for one in find_quotes(text, grammar)]


@pytest.mark.parametrize(
    ("entry", "name", "forms"),
    [
        ("annoncer", "SAY", {"annonce", "annonçait", "annonça", "annoncera", "annoncèrent"}),
        ("juger", "SAY", {"juge", "jugeait", "jugeaient"}),
        ("répéter", "SAY", {"répète", "répétait", "répètent"}),
        ("avertir", "SAY", {"avertit", "avertissait"}),
        ("dire : dit disait | dit dite | disant", "SAID", {"dit", "dite"}),
        ("juger", "SAYING", {"jugeant"}),
    ],
)
def test_verbs_are_conjugated(entry: str, name: str, forms: set[str]) -> None:
    assert forms <= {form for one, form in french(entry) if one == name}


def test_english_verbs() -> None:
    assert {"argues", "argued"} <= {form for one, form in english("argue") if one == "SAY"}
    assert ("SAY", "said") in set(english("say : says said saying"))


def test_a_rule_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="NOBODY"):
        parse_grammar({"fr/rules.txt": "after : NOBODY >"})
    with pytest.raises(ValueError, match="%"):
        parse_grammar({"fr/rules.txt": "after : % >"})


def test_without_any_file_quotes_are_found_without_names() -> None:
    bare = parse_grammar({})
    found = find_quotes("« Nous ferons mieux demain. » a dit Anne.", bare)
    assert [(one.exact, one.speaker) for one in found] == [("Nous ferons mieux demain.", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il dit : « Elle m’a crié “reviens donc” hier soir ».", ["Elle m’a crié “reviens donc” hier soir"]),
        ("Il dit : « Elle m’a crié « reviens donc » hier soir ».", ["Elle m’a crié « reviens donc » hier soir"]),
        ('Anne Roux estime : "nous ferons mieux demain".', ["nous ferons mieux demain"]),
        ('Le 5" et le 7" de Paul Roux sont là.', []),
        ("« Nous ferons mieux demain, dit Anne Roux.", ["Nous ferons mieux demain, dit Anne Roux."]),
        ("Le film « Les lampes du grand port » sort mercredi.", []),
        ("Le programme « Action rivières propres » démarre.", []),
        ("Une affiche : « Ici on répare tout ».", []),
        ("« Vendu aux enchères », peut-on lire sur la grille.", []),
        ("Avec son « bricolage » la ville s’en sort.", []),
    ],
)  # fmt: skip
def test_what_is_a_quote(text: str, expected: list[str]) -> None:
    assert exacts(text) == expected


def test_a_speech_over_several_paragraphs() -> None:
    text = "« Il pleuvait fort ce jour-là.\n\n« Personne n’est venu nous voir.\n\n« On a attendu », raconte Léa Roux."
    assert speakers(text) == ["Léa Roux"] * 3


def test_split_and_inner_incises() -> None:
    assert (
        speakers("« Nous irons », dit Léa Roux, « et nous gagnerons la partie ».")
        == ["Léa Roux"] * 2
    )
    assert speakers("« Au début, avoue Léa Roux, personne n’y croyait vraiment. »") == ["Léa Roux"]


def test_an_interview() -> None:
    text = "Trois questions à Léa Roux, potière.\n\nPourquoi ici ?\n\n« Parce que la terre y est bonne. »"
    (found,) = find_quotes(text, grammar)
    assert (found.speaker, found.role) == ("Léa Roux", "potière")
    initials = "Entretien avec Léa Roux, potière.\n\nL. R. : « Parce que la terre y est bonne. »"
    assert speakers(initials) == ["Léa Roux"]


def test_two_people_and_their_ranks() -> None:
    text = "Léa Roux et Paul Brun se font face. « Je reste ici », dit la première. « Je pars demain », répond le second."
    assert speakers(text) == ["Léa Roux", "Paul Brun"]


def test_better_nobody_than_the_wrong_one() -> None:
    text = "« Nous irons », dit Léa Roux. « Vous n’irez pas », lance un habitant."
    assert speakers(text) == ["Léa Roux", ""]
    assert speakers("« Nous irons loin », dit Léa Roux. « Et nous gagnerons », dit-il.") == [
        "Léa Roux",
        "",
    ]


def test_no_name_in_a_language_it_does_not_speak() -> None:
    text = "Der Rat hat am Montag lange getagt und nichts beschlossen. " * 12
    assert set(speakers(text + "„Wir werden es morgen besser machen“, sagt Anna Braun.")) <= {""}


def test_the_page_of_the_mission(assets: Path) -> None:
    text = (assets / "mission" / "claque-numerique.txt").read_text(encoding="utf-8")
    named = [one for one in find_quotes(text, grammar) if one.speaker]
    assert [one.speaker for one in named] == [
        "Corine Gros", "Jean-Luc Touzé", "Jean Viard", "Franck Confino",
        "Séverine Alfaiate", "Séverine Alfaiate", "Camille Roux-Grave",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["«" * 50_000, '"' * 50_000, "« a b c d »" * 20_000, "A" * 500_000, "A " * 100_000, "le " * 80_000,
     "Anne Lebrun, " * 15_000, "maire de " * 25_000, "« " + "bla, dit Anne, " * 10_000],
    ids=["open", "straight", "pairs", "capital", "capitals", "articles", "names", "roles", "incises"],
)  # fmt: skip
def test_no_text_holds_it_up(text: str) -> None:
    assert len(find_quotes(text, grammar)) <= 2_000


@pytest.mark.parametrize(
    ("half", "found", "right", "wrong"), [("dev", 0.97, 0.94, 0.02), ("held", 0.93, 0.72, 0.07)]
)
def test_the_corpus_is_read_as_well_as_it_was(
    half: str, found: float, right: float, wrong: float
) -> None:
    """Floors a little under what was measured: a wrong name is worse than none."""
    folder = Path(__file__).parents[1] / "data" / "quotes"
    rows = [json.loads(line) for line in (folder / f"{half}.jsonl").read_text("utf-8").splitlines()]
    gold = [
        (row["id"], one) for row in rows for one in row["quotes"]
        if not (one.get("optional") or one.get("institution") or one.get("group"))
    ]  # fmt: skip
    told = {
        (row["id"], " ".join(one.exact.split())): one.speaker
        for row in rows for one in find_quotes(row["text"], grammar)
    }  # fmt: skip
    met = [
        (one, told[key])
        for row, one in gold
        if (key := (row, " ".join(one["exact"].split()))) in told
    ]
    names = [(speaker, {one["speaker"], *one.get("speaker_alt", [])}) for one, speaker in met]
    assert len(met) >= found * len(gold)
    assert sum(speaker in may for speaker, may in names) >= right * len(met)
    assert sum(bool(speaker) and speaker not in may for speaker, may in names) <= wrong * len(met)
