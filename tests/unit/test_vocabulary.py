"""What a team's themes say of a word, and of what stands above it."""

from __future__ import annotations

from veille.search.stems import stem
from veille.themes.suggest import suggest
from veille.themes.vocabulary import Concept, Vocabulary

MOBILITY = Concept("t-1", "Mobilités", began="01")
BIKE = Concept(
    "t-2", "Vélo", alts=("Bicyclette", "petite reine"), broader="t-1", began="02", note="À deux."
)
LANE = Concept("t-3", "Piste cyclable", broader="t-2", began="03")
BUS = Concept("t-4", "Écobus", broader="t-1", began="04")
CULTURE = Concept("t-5", "Culture", began="05")
ALL = (CULTURE, LANE, BUS, BIKE, MOBILITY)


def test_a_word_is_found_whatever_its_case_accents_and_spaces() -> None:
    themes = Vocabulary(ALL)
    assert themes.find("VELO") == themes.find("bicyclette") == BIKE
    assert themes.find("  petite\u00a0 Reine ") == BIKE
    assert themes.find("mobilites") == MOBILITY
    assert themes.find("Trottinette") is None
    assert themes.find("") is None


def test_a_concept_knows_its_way_from_the_top() -> None:
    themes = Vocabulary(ALL)
    assert themes.path("t-3") == ("Mobilités", "Vélo", "Piste cyclable")
    assert themes.path("t-1") == ("Mobilités",)
    assert themes.above("t-3") == ("t-2", "t-1")
    assert themes.parent("t-3") == "t-2"


def test_an_unknown_id_is_nowhere() -> None:
    themes = Vocabulary(ALL)
    assert themes.path("t-9") == () == themes.above("t-9")
    assert themes.children("t-9") == ()
    assert themes.parent("t-9") == ""


def test_what_stands_below_is_in_the_order_of_the_dictionary() -> None:
    themes = Vocabulary(ALL)
    assert [one.label for one in themes.children()] == ["Culture", "Mobilités"]
    assert [one.label for one in themes.children("t-1")] == ["Écobus", "Vélo"]


def test_a_walk_visits_every_concept_under_its_broader_one() -> None:
    assert [(depth, one.label) for depth, one in Vocabulary(ALL).walk()] == [
        (0, "Culture"),
        (0, "Mobilités"),
        (1, "Écobus"),
        (1, "Vélo"),
        (2, "Piste cyclable"),
    ]


def test_a_preferred_word_beats_an_older_synonym() -> None:
    old = Concept("t-1", "Transports", alts=("Bus",), began="01")
    new = Concept("t-2", "Bus", began="02")
    assert Vocabulary([old, new]).find("bus") == new


def test_of_two_claims_the_older_stands_then_the_id() -> None:
    young = Concept("t-1", "Vélo", space="s-1", began="02")
    old = Concept("t-2", "VELO", space="s-2", began="01")
    twin = Concept("t-3", "vélo", space="s-3", began="01")
    assert Vocabulary([young, twin, old]).find("vélo") == old
    assert Vocabulary([young, twin]).find("vélo") == twin


def test_of_two_concepts_with_one_id_the_older_stands() -> None:
    old, young = Concept("t-1", "Vélo", began="01"), Concept("t-1", "Cycle", began="02")
    themes = Vocabulary([young, old])
    assert len(themes) == 1
    assert themes.find("vélo") == old
    assert themes.find("cycle") is None


def test_a_concept_without_id_is_left_out() -> None:
    assert list(Vocabulary([Concept("", "Vélo")]).walk()) == []


def test_a_broader_concept_that_is_missing_counts_as_none() -> None:
    lost = Concept("t-2", "Vélo", broader="t-1")
    themes = Vocabulary([lost])
    assert themes.path("t-2") == ("Vélo",)
    assert themes.children() == (lost,)


def test_a_circle_is_cut_at_its_oldest_member() -> None:
    one = Concept("t-1", "Un", broader="t-3", began="02")
    two = Concept("t-2", "Deux", broader="t-1", began="01")
    three = Concept("t-3", "Trois", broader="t-2", began="03")
    below = Concept("t-4", "Dessous", broader="t-1", began="00")
    themes = Vocabulary([below, one, two, three])
    assert themes.path("t-4") == ("Deux", "Trois", "Un", "Dessous")
    assert themes.children() == (two,)


def test_a_concept_above_itself_stands_at_the_top() -> None:
    assert Vocabulary([Concept("t-1", "Un", broader="t-1")]).path("t-1") == ("Un",)


def test_a_circle_is_foreseen() -> None:
    themes = Vocabulary(ALL)
    assert themes.circles("t-1", broader="t-3")
    assert themes.circles("t-1", broader="t-1")
    assert not themes.circles("t-3", broader="t-5")
    assert not themes.circles("t-2", broader="")


# What a text is about

SCHOOL = Concept("t-6", "Transport scolaire", alts=("Cars scolaires",), broader="t-1", began="06")
PLAN = Concept("t-7", "PLU", alts=("Plan local d’urbanisme",), began="07")
PORT = Concept("t-8", "Port", began="08")
ALERT = Concept("t-9", "Alerte", began="09")
TEXT_THEMES = Vocabulary([*ALL, SCHOOL, PLAN, PORT, ALERT])


def about(title: str = "", lead: str = "", text: str = "", limit: int = 6) -> list[str]:
    found = suggest(title, lead, text, TEXT_THEMES, stem=stem, limit=limit)
    return [TEXT_THEMES.concepts[one].label for one in found]


def test_words_count_whatever_their_inflection_and_case() -> None:
    assert about(text="Deux PISTES CYCLABLES seront ouvertes.") == ["Piste cyclable"]
    assert about(text="La piste est cyclable.") == []
    assert about(text="Les bicyclettes sont de retour") == ["Vélo"]
    assert about(text="Le vélodrome et la cultureuse") == []


def test_the_title_counts_more_than_the_lead_and_the_lead_more_than_the_text() -> None:
    text = "La culture. " * 3 + "Un port."
    assert about("Le port", "Un vélo", text) == ["Port", "Vélo", "Culture"]
    assert about("Le port", "Un vélo", text, limit=1) == ["Port"]


def test_a_theme_that_is_only_mentioned_is_left_out_beside_the_title() -> None:
    assert about("Le vélo en ville", "", "Il faut aussi de la culture.") == ["Vélo"]
    assert about("En ville", "", "Il faut aussi de la culture.") == ["Culture"]


def test_a_narrower_theme_stands_for_its_broader_one() -> None:
    assert about(text="Mobilités : le vélo avance") == ["Vélo"]
    assert about("Les mobilités", "Les mobilités", "Mobilités : le vélo, le vélo, le vélo.") == [
        "Mobilités",
        "Vélo",
    ]


def test_what_stands_inside_a_longer_label_does_not_count() -> None:
    themes = Vocabulary([Concept("t-1", "Transport"), Concept("t-2", "Transport scolaire")])
    assert suggest("", "", "Les transports scolaires", themes, stem=stem) == ["t-2"]
    assert suggest("", "", "Les transports", themes, stem=stem) == ["t-1"]


def test_an_acronym_is_no_past_participle_and_a_door_is_no_port() -> None:
    assert about(text="Il a plu hier, ce qui m'a plu.") == []
    assert about(text="Le PLU est révisé") == ["PLU"]
    assert about(text="Le plan local d'urbanisme est révisé") == ["PLU"]
    assert about(text="Il porte la porte") == []
    assert about(text="Les ports") == ["Port"]


def test_of_two_labels_of_one_stem_the_very_word_is_taken() -> None:
    themes = Vocabulary([Concept("t-1", "Conseiller"), Concept("t-2", "Conseillère")])
    assert suggest("", "", "Une conseillère", themes, stem=stem) == ["t-2"]
    assert suggest("", "", "Un conseiller", themes, stem=stem) == ["t-1"]


def test_nothing_is_suggested_from_nothing() -> None:
    assert about() == []
    assert suggest("Vélo", "", "", Vocabulary([]), stem=stem) == []
