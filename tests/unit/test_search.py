"""How words find documents, in French."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from veille.search import families, french, moments, snippets, stems
from veille.search.document import Document, Options
from veille.search.index import Index, open_index
from veille.search.language import Group, Not, Restriction, Word, parse

WORDS = Path(__file__).parents[2] / "resources" / "words"
TODAY = date(2026, 11, 24)
OPTIONS = Options(today=TODAY)


def terms(text: str) -> list[str]:
    return [token.term for token in french.tokens(text)]


def test_elisions_go_and_other_joined_words_are_found_both_ways() -> None:
    assert terms("L’inondation d'Orsay") == ["inondation", "orsay"]
    assert terms("Cap’Com") == ["cap", "com", "capcom"]
    assert terms("un e-mail") == ["un", "e", "mail", "email"]
    assert "aujourdhui" in terms("aujourd'hui")
    assert terms("la C.N.I.L. dit") == ["la", "cnil", "dit"]
    assert terms("Œuvre à l'État") == ["oeuvre", "a", "etat"]


def test_places_are_those_of_the_text() -> None:
    text = "L’été, à l'école 🙂 municipale"
    assert [text[t.start : t.end] for t in french.tokens(text)] == [
        "été",
        "à",
        "école",
        "municipale",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("elu", "elus"), ("elu", "elue"), ("public", "publique"), ("inonde", "inondees"),
     ("municipal", "municipaux"), ("communique", "communiques"), ("reseau", "reseaux")],
)  # fmt: skip
def test_inflections_meet(one: str, other: str) -> None:
    assert stems.stem(one) == stems.stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("commune", "communication"), ("commune", "communique"), ("maire", "mairie"),
     ("concert", "concertation"), ("conseil", "conseiller")],
)  # fmt: skip
def test_words_that_snowball_confuses_stay_apart(one: str, other: str) -> None:
    assert stems.stem(one) != stems.stem(other)


@pytest.mark.parametrize("typed", ["", '"', "((", "-", "source:", ":", "OU OU", "«"])
@pytest.mark.parametrize("typing", [False, True])
def test_what_asks_nothing_yet_is_no_error(typed: str, typing: bool) -> None:
    query = parse(typed, today=TODAY, typing=typing)
    assert query.is_empty
    assert query.problems == ()


@pytest.mark.parametrize("typed", ["a OR", "-source:x", "x" * 5_000, "soucre:y"])
@pytest.mark.parametrize("typing", [False, True])
def test_what_is_half_typed_asks_already(typed: str, typing: bool) -> None:
    assert not parse(typed, today=TODAY, typing=typing).is_empty


def leaves(typed: str) -> list[object]:
    return [node for group in parse(typed, today=TODAY).root.alternatives for node in group]


def words(typed: str) -> list[tuple[str, ...]]:
    return [node.words for node in leaves(typed) if isinstance(node, Word)]


def test_what_is_typed_is_understood() -> None:
    typed = 'crue "plan vélo" -bus source:"Le Courrier" depuis:2024-06 soucre:x etat:retenu'
    query = parse(typed, today=TODAY)
    assert words(typed) == [("crue",), ("plan", "velo"), ("x",)]
    assert [node.node.words for node in leaves(typed) if isinstance(node, Not)] == [("bus",)]  # type: ignore[union-attr]
    assert [(r.name, r.value, r.days) for r in leaves(typed) if isinstance(r, Restriction)] == [
        ("source", "le courrier", (0, 0)), ("since", "2024-06", (20240601, 0)),
        ("state", "retenu", (0, 0)),
    ]  # fmt: skip
    assert query.problems == (("unknown_filter", "soucre:source"),)
    assert words("le plan de la ville") == [("plan",), ("ville",)]
    assert len(parse("crue OU canicule", today=TODAY).root.alternatives) == 2
    assert not [one for one in leaves("https://site.example/a") if isinstance(one, Restriction)]


def test_parentheses_hold_choices_or_are_those_of_a_sentence() -> None:
    crue, choice = leaves("crue (digue OU pont")
    assert crue == Word(("crue",))
    assert isinstance(choice, Group)
    assert len(choice.alternatives) == 2
    assert words("la commission (CADA) : quel délai ?") == [
        ("commission",), ("cada",), ("quel",), ("delai",),
    ]  # fmt: skip
    assert words("crue) digue") == []
    assert not parse("crue) digue", today=TODAY).is_empty
    assert parse("(" * 500 + "crue", today=TODAY)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("mars 2024", (2024, 3, 1), (2024, 3, 31)),
        ("mars", (2026, 3, 1), (2026, 3, 31)),
        ("decembre", (2025, 12, 1), (2025, 12, 31)),
        ("12/03/2024", (2024, 3, 12), (2024, 3, 12)),
        ("03/2024", (2024, 3, 1), (2024, 3, 31)),
        ("1er mai 2024", (2024, 5, 1), (2024, 5, 1)),
        ("hier", (2026, 11, 23), (2026, 11, 23)),
        ("yesterday", (2026, 11, 23), (2026, 11, 23)),
        ("lundi", (2026, 11, 23), (2026, 11, 23)),
        ("mercredi", (2026, 11, 18), (2026, 11, 18)),
        ("il y a 3 mois", (2026, 8, 26), (2026, 8, 26)),
        ("2 weeks ago", (2026, 11, 10), (2026, 11, 10)),
        ("7j", (2026, 11, 17), (2026, 11, 17)),
        ("lundi dernier", (2026, 11, 23), (2026, 11, 23)),
        ("mars dernier", (2026, 3, 1), (2026, 3, 31)),
        ("ce mois-ci", (2026, 11, 1), (2026, 11, 30)),
        ("12/03/24", (2024, 3, 12), (2024, 3, 12)),
        ("202403", (2024, 3, 1), (2024, 3, 31)),
        ("28 novembre", (2025, 11, 28), (2025, 11, 28)),
        ("cette semaine", (2026, 11, 23), (2026, 11, 29)),
        ("mois dernier", (2026, 10, 1), (2026, 10, 31)),
        ("last year", (2025, 1, 1), (2025, 12, 31)),
    ],
)
def test_dates_are_read_as_people_write_them(
    typed: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert moments.span(typed, today=TODAY) == (date(*first), date(*last))


@pytest.mark.parametrize("typed", ["", "2024-13", "31/02/2024", "jamais", "9999 ans", "ma"])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert moments.span(typed, today=TODAY) is None


DOCUMENTS = [
    Document("a-1", "article", "La crue de janvier", "Les élus de la commune ont été inondés de questions.",
             names="Le Courrier", source="Le Courrier", state="kept", tag=("Crue",), day=20250114),
    Document("a-2", "article", "Un communiqué maladroit", "La communication de crise s'apprend. La CNIL est saisie.", day=20260301),
    Document("n-1", "note", "Note de veille", "Voir la crue : ce que la presse a retenu.", day=20260302),
    Document("q-1", "quote", "", "il faut parler tôt", names="Anne Lebrun\nmaire de Valmont", speaker="Anne Lebrun", day=20260303),
    Document("a-3", "article", "Flood plans", "Two towns planned their meetings.", language="en", day=20260101),
    Document("a-4", "article", "L'été à 15 000 euros", "Réunion le 12 mars 2024 à Saint-Étienne, dit Cap’Com.", day=20240313),
]  # fmt: skip


def opened(folder: Path) -> Index:
    index = open_index(folder, words=WORDS)
    if not index.count():
        index.update(DOCUMENTS, [])
    return index


def found(folder: Path, *queries: str, **options: object) -> list[set[str]]:
    index = opened(folder)
    wanted = Options(today=TODAY, **options)  # type: ignore[arg-type]
    answers = [{hit.id for hit in index.search(q, wanted).hits} for q in queries]
    index.close()
    return answers


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("CRUES", "a-1 n-1"), ("elu", "a-1"), ("inonde", "a-1"), ("communiqué", "a-2"),
        ('"communication de crise"', "a-2"), ("maire", "q-1"), ("mairie", ""),
        ("crue -presse", "a-1"), ("source:courrier crue", "a-1"), ("theme:crue", "a-1"),
        ("source:lecourrier", "a-1"), ("source:lecour", "a-1"), ("type:note crue", "n-1"), ("depuis:2026 crue", "n-1"), ("jusqu'à:2025 crue", "a-1"),
        ("crue OU maladroit", "a-1 a-2 n-1"), ("état:kept", "a-1"), ("qui:lebrun", "q-1"),
        ("date:2025-01", "a-1"), ("depuis:hier", ""), ("C.N.I.L.", "a-2"), ("cnil", "a-2"),
        ("commission nationale informatique et libertés", "a-2"), ("ete", "a-1 a-4"),
        ("15000", "a-4"), ("15 000", "a-4"), ("12/03/2024", "a-4"), ("2024-03-12", "a-4"),
        ("saint-etienne", "a-4"), ("saint etienne", "a-4"), ("capcom", "a-4"),
        ("cap com", "a-4"), ("=elus", "a-1"), ("=elu", ""), ("plan", "a-3"), ("meeting", "a-3"),
        ("(crue OU communiqué) depuis:2026", "a-2 n-1"), ("type:citation -crue", "q-1"),
        ("titre:flood", "a-3"), ("langue:en", "a-3"), ("flood plans towns", "a-3"),
        ("source:courrier OU type:note", "a-1 n-1"), ("soucre:courrier", "a-1"),
        ("depuis:1 mars 2026 crue", "n-1"), ("jusqu'à:il y a 8 mois crue", "a-1 n-1"),
        ("JUSQU'À:2025 crue", "a-1"), ("crue OU maladroit ?", "a-1 a-2 n-1"),
        ("(crue OU maladroit) ?", "a-1 a-2 n-1"), ("zzzqy xxxqw -crue", ""),
        ("Note : ce que la presse a retenu", "n-1"), ("crue source:", "a-1 n-1"),
        ("saisie de la commission nationale de l'informatique et des libertés", "a-2"),
        ("planning", "a-3"), ("theme:inconnu crue", ""),
        ("maladroit OU crue depuis:2026", "a-2 n-1"), ("crue OU maladroit -presse", "a-1 a-2"),
        ("crue NON presse", "a-1"), ("15 000 euros", "a-4"), ("12 mars 2024", "a-4"),
        ("bugdet", ""), ("comune", "a-1"), ("source:courrier,gazette", "a-1"),
        ("crue depuis:banane", "a-1 n-1"), ('soucre:"Le Courrier" crue', "a-1"),
    ],
)  # fmt: skip
def test_people_find_what_they_mean(tmp_path: Path, typed: str, expected: str) -> None:
    assert found(tmp_path / "i", typed) == [set(expected.split())]


def test_a_whole_question_finds_what_holds_most_of_its_words(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    answer = index.search("Quand faut-il parler de la crue aux élus de la commune ?", OPTIONS)
    assert answer.hits[0].id == "a-1"
    assert answer.partial
    answer = index.search("crue zygomatique", OPTIONS)
    assert answer.partial
    assert {hit.id for hit in answer.hits} == {"a-1", "n-1"}
    index.close()


def test_the_last_word_may_be_unfinished_while_typing(tmp_path: Path) -> None:
    assert found(tmp_path / "i", "communi") == [{"a-1"}], "it looks like commune"
    assert found(tmp_path / "i", "communi", typing=True) == [{"a-2"}]
    assert found(tmp_path / "i", "crue pres", typing=True) == [{"n-1"}]
    assert found(tmp_path / "i", "saint-eti", typing=True) == [{"a-4"}]
    assert found(tmp_path / "i", '"de la comm', typing=True) == [{"a-1"}]


def test_an_unfinished_word_finds_inflections_where_nobody_wrote_it_so(tmp_path: Path) -> None:
    index = indexed(
        tmp_path / "i", ("", "La ville est inondée"), ("", "Les inondations de mars"),
        ("", "Un risque inondé d'eau"),
    )  # fmt: skip
    typing = Options(today=TODAY, typing=True)
    assert {hit.id for hit in index.search("inondation", typing).hits} == {"a-0", "a-1", "a-2"}
    assert {hit.id for hit in index.search("inondat", typing).hits} == {"a-1"}, "it begins so"
    assert {hit.id for hit in index.search('"risque inondation', typing).hits} == {"a-2"}
    index.close()


def test_the_word_as_it_is_typed_comes_before_what_completes_it(tmp_path: Path) -> None:
    index = open_index(tmp_path / "i", words=WORDS)
    longer = Document("a-1", "article", "", "Le planétarium du parc ouvre.", day=20260302)
    index.update(
        [longer, Document("a-2", "article", "", "Le plan du parc ouvre.", day=20260301)], []
    )
    hits = index.search("plan", Options(today=TODAY, typing=True)).hits
    assert [hit.id for hit in hits] == ["a-2", "a-1"]
    assert hits[0].score > hits[1].score
    index.close()


def test_what_nothing_is_called_is_said(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    assert index.search("theme:inconnu crue", OPTIONS).problems == (
        ("unknown_value", "tag:inconnu"),
    )
    assert index.search("type:zzz", OPTIONS).problems == (("unknown_value", "kind:zzz"),)
    index.close()


def test_an_acronym_has_no_inflections(tmp_path: Path) -> None:
    index = indexed(
        tmp_path / "i", ("", "Il y en a plus"), ("", "Le P.L.U. est revu"),
        ("", "le plan local d'urbanisme est revu"),
    )  # fmt: skip
    assert order(index, "PLU") == ["a-1", "a-2"]
    assert set(order(index, "plan local d'urbanisme révisé")) >= {"a-1", "a-2"}
    forms = index.search("PLU", OPTIONS).forms
    text = "le plan de la rue ; le plan local d'urbanisme ; plus"
    assert [text[a:b] for a, b in snippets.marks(text, forms)] == ["plan local d'urbanisme"]
    index.close()


def test_phrases_and_exact_words_are_never_optional(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    for strict in ('"communication de crise"', "=maladroit"):
        answer = index.search(f"{strict} crue élus commune janvier", OPTIONS)
        assert {hit.id for hit in answer.hits} <= {"a-2"}, strict
    assert not index.search("parler tôt", OPTIONS).partial
    index.close()


def test_english_inflections_are_those_of_english_documents(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    index.update([Document("a-8", "article", "", "Le planning des equipes", language="fr")], [])
    assert {hit.id for hit in index.search("planned", OPTIONS).hits} == {"a-3"}
    index.close()


def test_a_word_that_stands_nowhere_gets_a_suggestion(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    assert index.search("comune", OPTIONS).did_you_mean == "commune"
    assert index.search("crue", OPTIONS).did_you_mean == ""
    asked = index.search("qui:lebrun comune -maladroit", OPTIONS)
    assert asked.did_you_mean == "qui:lebrun commune -maladroit"
    typing = Options(today=TODAY, typing=True)
    assert index.search("comune", typing).did_you_mean == "commune", "what is found is not it"
    assert index.search("commu", typing).did_you_mean == "", "a word in the making is no slip"
    index.update([], ["a-1"])
    assert index.search("comune", OPTIONS).did_you_mean == ""
    index.close()


def test_facets_count_and_a_choice_leaves_its_own_column_open(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    wanted = replace(OPTIONS, facets=True)
    answer = index.search("crue", wanted)
    assert answer.facets["kind"] == {"article": 1, "note": 1}
    assert answer.facets["month"] == {"202501": 1, "202603": 1}
    chosen = index.search("crue", replace(wanted, only={"kind": ("note",)}))
    assert {hit.id for hit in chosen.hits} == {"n-1"}
    assert chosen.facets["kind"] == {"article": 1, "note": 1}
    assert chosen.facets["month"] == {"202603": 1}
    month = index.search("crue", replace(wanted, months=(202501, 202501)))
    assert {hit.id for hit in month.hits} == {"a-1"}
    assert month.facets["month"] == {"202501": 1, "202603": 1}
    assert index.search("", replace(wanted, only={"tag": ("Crue",)})).total == 1
    index.close()


def test_newest_first_and_pages(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    newest = replace(OPTIONS, newest_first=True)
    assert [hit.id for hit in index.search("crue", newest).hits] == ["n-1", "a-1"]
    second = index.search("crue", replace(newest, limit=1, offset=1))
    assert ([hit.id for hit in second.hits], second.total) == (["a-1"], 2)
    index.close()


def test_similar_articles_share_telling_words(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    index.update(
        [Document("a-9", "article", "Crue et commune", "Des élus inondés par la crue")], []
    )
    near = index.similar("La crue inonde la commune et ses élus", but="a-1")
    assert [hit.id for hit in near] == ["a-9"]
    index.close()


def test_documents_are_replaced_and_removed(tmp_path: Path) -> None:
    index = opened(tmp_path / "i")
    index.update([Document("a-1", "article", "Sécheresse", "plus d'eau")], ["a-2"])
    assert index.search("crue", OPTIONS).total == 1
    assert index.ids() == {"a-1", "n-1", "q-1", "a-3", "a-4"}
    index.update([Document("a-1", "article", "Un", ""), Document("a-1", "article", "Deux", "")], [])
    assert index.search("deux", OPTIONS).total == 1
    assert index.search("un", OPTIONS).total == 0
    assert index.count() == 5
    index.close()


def test_the_word_lists_say_each_thing_once() -> None:
    lists = families.read(WORDS)
    assert len(lists.forms) > 400
    assert lists.meanings["plu",] == (("plan", "local", "urbanisme"),)
    assert lists.meanings["plan", "local", "urbanisme"] == (("plu",),)
    seen: dict[str, str] = {}
    for line in (WORDS / "familles.txt").read_text(encoding="utf-8").splitlines():
        for word in line.partition("~")[0].split() if line[:1] != "#" else ():
            assert seen.setdefault(word, line) == line, word


def test_a_snippet_shows_the_words_where_they_stand() -> None:
    text = "Début. " * 80 + "La crue a surpris les élus de la commune. " + "Fin. " * 80
    cut = snippets.snippet(text, {"crue", "elus"})
    assert [cut.text[a:b] for a, b in cut.marks] == ["crue", "élus"]
    assert cut.text.startswith("… ")
    assert len(cut.text) < 260
    assert snippets.snippet("Rien ici", {"crue"}).marks == ()


def test_every_dress_of_a_word_is_marked() -> None:
    text = "L’Œuvre des ÉLUS et de la C.N.I.L., inondations"
    marked = [text[a:b] for a, b in snippets.marks(text, {"oeuvre", "elus", "inond*"})]
    assert marked == ["Œuvre", "ÉLUS", "inondations"]
    assert [text[a:b] for a, b in snippets.marks(text, {"cnil"})] == ["C.N.I.L."]


def indexed(folder: Path, *texts: tuple[str, str]) -> Index:
    index = open_index(folder, words=WORDS)
    index.update(
        [Document(f"a-{n}", "article", title, text) for n, (title, text) in enumerate(texts)], []
    )
    return index


def order(index: Index, typed: str) -> list[str]:
    return [hit.id for hit in index.search(typed, OPTIONS).hits]


def test_a_word_in_the_title_counts_more(tmp_path: Path) -> None:
    padding = "autre chose encore " * 30
    index = indexed(
        tmp_path / "i", ("Rien", f"péage {padding}"), ("Le péage", padding), ("Rien", padding)
    )
    assert order(index, "péage") == ["a-1", "a-0"]
    index.close()


def test_the_exact_form_comes_first(tmp_path: Path) -> None:
    index = indexed(tmp_path / "i", ("", "les péages fermés"), ("", "le péage fermé"))
    assert order(index, "péage") == ["a-1", "a-0"]
    assert order(index, "péages") == ["a-0", "a-1"]
    index.close()


def test_a_question_also_finds_words_of_the_same_origin_and_not_everything(tmp_path: Path) -> None:
    index = indexed(
        tmp_path / "i",
        ("", "La ville anime une soirée lecture pour enfants"),
        ("", "Une soirée sans rapport avec le reste"),
        *[("", f"soirée numéro {n}") for n in range(30)],
    )
    question = "Quelle animation lecture pour les enfants en soirée ?"
    assert order(index, question) == ["a-0"]
    assert order(index, "animation") == [], "one word is not widened so far"
    index.close()


def test_a_rare_word_is_corrected_only_by_a_much_more_frequent_one(tmp_path: Path) -> None:
    names = [("", "Durant")] * 2 + [("", "Durand parle")] * 30 + [("", "Dupontel")]
    index = indexed(tmp_path / "i", *names)
    assert index.search("durant", OPTIONS).did_you_mean == "", "two are a name, not a slip"
    index.close()
    index = indexed(tmp_path / "j", *names[1:])
    assert index.search("durant", OPTIONS).did_you_mean == "durand"
    index.close()
