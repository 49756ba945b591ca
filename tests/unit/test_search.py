"""How words find documents, in French."""

from __future__ import annotations

from pathlib import Path

import pytest

from veille.domain.errors import IndexError_
from veille.search import french, snippets
from veille.search.document import Document
from veille.search.index import open_index
from veille.search.language import parse


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
    assert french.stem(one) == french.stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("commune", "communication"), ("commune", "communique"), ("maire", "mairie"),
     ("concert", "concertation"), ("conseil", "conseiller")],
)  # fmt: skip
def test_words_that_snowball_confuses_stay_apart(one: str, other: str) -> None:
    assert french.stem(one) != french.stem(other)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        '"',
        "((",
        "a OR",
        "-",
        "source:",
        ":",
        "OU OU",
        "-source:x",
        "«",
        "x" * 5_000,
        "soucre:y",
    ],
)
def test_nothing_typed_is_an_error(typed: str) -> None:
    parse(typed)
    parse(typed, typing=True)


def test_what_is_typed_is_understood() -> None:
    query = parse('crue "plan vélo" -bus source:"Le Courrier" depuis:2024-06 soucre:x etat:retenu')
    assert [item.words for item in query.alternatives[0]] == [("crue",), ("plan", "velo"), ("x",)]
    assert [item.words for item in query.excluded] == [("bus",)]
    assert [(r.field, r.value) for r in query.restrictions] == [
        ("source", "le courrier"), ("since", "2024-06"), ("state", "retenu"),
    ]  # fmt: skip
    assert query.problems == (("unknown_filter", "soucre:source"),)
    assert [item.words for item in parse("le plan de la ville").alternatives[0]] == [
        ("plan",),
        ("ville",),
    ]
    assert len(parse("crue OU canicule").alternatives) == 2
    assert parse("https://site.example/a").restrictions == ()


DOCUMENTS = [
    Document("a-1", "article", "La crue de janvier", "Les élus de la commune ont été inondés de questions.",
             source="Le Courrier", state="kept", tags=("crue",), day=20250114),
    Document("a-2", "article", "Un communiqué maladroit", "La communication de crise s'apprend.", day=20260301),
    Document("n-1", "note", "Note de veille", "Voir la crue : ce que la presse a retenu.", day=20260302),
    Document("q-1", "quote", "", "il faut parler tôt", who="Anne Lebrun\nmaire de Valmont", day=20260303),
]  # fmt: skip


def found(folder: Path, *queries: str, **options: object) -> list[set[str]]:
    index, is_new = open_index(folder)
    if is_new:
        index.update(DOCUMENTS, [])
    answers = [{hit.id for hit in index.search(q, **options).hits} for q in queries]  # type: ignore[arg-type]
    index.close()
    return answers


def test_people_find_what_they_mean(tmp_path: Path) -> None:
    assert found(
        tmp_path / "i", "CRUES", "elu", "inonde", "communiqué", '"communication de crise"',
        "maire", "crue -presse", "source:courrier crue", "theme:crue", "type:note crue",
        "depuis:2026 crue", "jusqu'à:2025 crue", "crue OU maladroit", "état:kept", "qui:lebrun",
    ) == [
        {"a-1", "n-1"}, {"a-1"}, {"a-1"}, {"a-2"}, {"a-2"},
        {"q-1"}, {"a-1"}, {"a-1"}, {"a-1"}, {"n-1"},
        {"n-1"}, {"a-1"}, {"a-1", "a-2", "n-1"}, {"a-1"}, {"q-1"},
    ]  # fmt: skip


def test_the_last_word_may_be_unfinished_while_typing(tmp_path: Path) -> None:
    assert found(tmp_path / "i", "communi") == [set()]
    assert found(tmp_path / "i", "communi", typing=True) == [{"a-2"}]


def test_a_word_that_stands_nowhere_gets_a_suggestion(tmp_path: Path) -> None:
    index, _ = open_index(tmp_path / "i")
    index.update(DOCUMENTS, [])
    assert index.search("comune").did_you_mean == "commune"
    assert index.search("crue").did_you_mean == ""
    index.close()


def test_documents_are_replaced_and_removed(tmp_path: Path) -> None:
    index, _ = open_index(tmp_path / "i")
    index.update(DOCUMENTS, [])
    index.update([Document("a-1", "article", "Sécheresse", "plus d'eau")], ["a-2"])
    assert index.search("crue").total == 1
    assert index.ids() == {"a-1", "n-1", "q-1"}
    index.close()


@pytest.mark.parametrize("damage", ["version", "toc", "segment", "file", "bytes"])
def test_a_damaged_index_is_noticed(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "i"
    found(folder, "crue")
    if damage == "version":
        (folder / "version.json").write_text('{"format": 999}')
    elif damage == "toc":
        for path in folder.glob("*.toc"):
            path.write_bytes(b"garbage")
    elif damage == "file":
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        folder.write_text("not a folder")
    else:
        for path in folder.glob("*.seg"):
            data = bytearray(path.read_bytes())
            data[::7] = b"\xff" * len(data[::7])
            path.write_bytes(bytes(data) if damage == "bytes" else b"")
    index, is_new = open_index(folder)
    if not is_new:
        with pytest.raises(IndexError_):
            (index.search("crue commune presse"), index.search("élus", facets=True), index.ids())
    index.close()


def test_a_snippet_shows_the_words_where_they_stand() -> None:
    text = "Début. " * 80 + "La crue a surpris les élus de la commune. " + "Fin. " * 80
    cut = snippets.snippet(text, {"crue", "elus"})
    assert [cut.text[a:b] for a, b in cut.marks] == ["crue", "élus"]
    assert cut.text.startswith("… ")
    assert len(cut.text) < 260
    assert snippets.snippet("Rien ici", {"crue"}).marks == ()
