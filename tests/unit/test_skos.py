"""What the files of themes tell, of libraries (SKOS) and of teams (tables)."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.domain.text import key
from veille.themes import rdf, skos, table, told
from veille.themes.told import Told, ToldConcept
from veille.themes.vocabulary import Concept

DATA = Path(__file__).resolve().parents[1] / "data" / "themes"
PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
MOBILITY = Concept("t-1", "Mobilités", alts=("Déplacements",), began="1")
BIKE = Concept(
    "t-2",
    "Vélo & compagnie",
    alts=("Bicyclette", "<petite> reine"),
    broader="t-1",
    note="À deux roues ;\npas de « sport ».",
    uri="https://themes.exemple.fr/velo",
    began="2",
)
LANE = Concept("t-3", 'Piste "cyclable"', broader="t-2", began="3")
ALL = (LANE, MOBILITY, BIKE)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def reached(*_where: object) -> None:
        pytest.fail("a file of themes made Veille reach for the network")

    monkeypatch.setattr(socket.socket, "connect", reached)
    monkeypatch.setattr(socket, "getaddrinfo", reached)


def named(told: Told) -> dict[str, ToldConcept]:
    return {one.label: one for one in told.concepts}


def codes(told: Told) -> list[tuple[str, str]]:
    return sorted((one.code, one.detail) for one in told.problems)


def test_a_published_vocabulary_is_read_in_french_first() -> None:
    found = skos.read((DATA / "mobilites.rdf").read_bytes())
    concepts = named(found)
    assert list(concepts) == ["Mobilités", "Vélo", "Piste cyclable", "Voirie", "Tramway"]
    assert concepts["Mobilités"].alts == ("Déplacements",)
    assert concepts["Mobilités"].uri == "https://themes.exemple.fr/mobilites"
    assert concepts["Vélo"].alts == ("Bicyclette", "Deux-roues non motorisé")
    assert concepts["Vélo"].broader == "Mobilités"  # said by its narrower only
    assert concepts["Vélo"].note == "Aménagements, services et usages.\nPas le cyclisme sportif."
    assert concepts["Voirie"].note == "Ce sur quoi on roule."
    assert concepts["Tramway"].broader == "Mobilités"


def test_what_a_published_vocabulary_loses_is_told() -> None:
    assert codes(skos.read((DATA / "mobilites.rdf").read_bytes())) == [
        ("deprecated", "Minitel"),
        ("no_label", "https://themes.exemple.fr/sans-nom"),
        ("other_broader", "Piste cyclable < Voirie"),
        ("unknown_broader", "Voirie"),
    ]


def test_circles_are_cut_and_homonyms_are_joined() -> None:
    found = skos.read((DATA / "rondes.ttl").read_bytes())
    concepts = named(found)
    assert (concepts["Eau"].broader, concepts["Climat"].broader, concepts["Pluie"].broader) == (
        "",
        "Pluie",
        "Eau",
    )
    assert concepts["Pluie"].alts == ("Pluies",)
    assert concepts["Canard"].alts == ("Journal", "Colvert")
    assert concepts["Anonyme"].uri == concepts["Relatif"].uri == ""
    assert ("circle", "Eau < Climat") in codes(found)
    assert ("same_label", "canard") in codes(found)
    assert concepts["Seul"].broader == ""


@pytest.mark.parametrize("form", ["rdfxml", "turtle"])
def test_what_is_written_is_read_the_same(form: skos.Form) -> None:
    data = skos.write(ALL, name="Thèmes", form=form)
    found = skos.read(data)
    assert not found.problems
    assert named(found) == {
        "Mobilités": ToldConcept("Mobilités", alts=("Déplacements",), uri="urn:veille:theme:t-1"),
        BIKE.label: ToldConcept(
            BIKE.label,
            alts=BIKE.alts,
            broader="Mobilités",
            note=BIKE.note,
            uri="https://themes.exemple.fr/velo",
        ),
        LANE.label: ToldConcept(LANE.label, broader=BIKE.label, uri="urn:veille:theme:t-3"),
    }
    assert rdf.is_rdf(data)


@pytest.mark.parametrize("form", ["rdfxml", "turtle"])
def test_the_same_themes_give_the_same_file_in_any_process(form: skos.Form) -> None:
    code = (
        "import sys; from tests.unit.test_skos import ALL, skos;"
        f"sys.stdout.buffer.write(skos.write(ALL[::-1], name='Thèmes', form='{form}'))"
    )
    root = str(DATA.parents[2])
    made = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": root},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert made == {skos.write(ALL, name="Thèmes", form=form)}


def test_two_concepts_from_one_address_are_written_under_two() -> None:
    twins = [Concept("t-1", "Un", uri="urn:x:a"), Concept("t-2", "Deux", uri="urn:x:a")]
    uris = {one.uri for one in skos.read(skos.write(twins, name="x")).concepts}
    assert uris == {"urn:x:a", "urn:veille:theme:t-1"}


@pytest.mark.parametrize(
    "uri", ["javascript:alert(1)", "http://a b", "x> <y", "", "urn:veille:themes"]
)
def test_an_address_that_is_none_is_replaced(uri: str) -> None:
    found = skos.read(skos.write([Concept("t-1", "Un", uri=uri)], name="x", form="turtle"))
    assert [one.uri for one in found.concepts] == ["urn:veille:theme:t-1"]


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(told.word)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(LINES.filter(key), st.lists(LINES, max_size=3), LINES),
        max_size=5,
        unique_by=lambda one: key(one[0]),
    ),
    st.sampled_from(["rdfxml", "turtle"]),
)
def test_any_words_come_back_exactly(said: list[tuple[str, list[str], str]], form: str) -> None:
    """Each concept is below the one before."""
    concepts = [
        Concept(f"t-{at}", label, alts=tuple(alts), broader=f"t-{at - 1}", note=note, began=f"{at}")
        for at, (label, alts, note) in enumerate(said)
    ]
    found = named(skos.read(skos.write(concepts, name="x", form=form)))  # type: ignore[arg-type]
    assert set(found) == {label for label, _, _ in said}
    for at, (label, alts, note) in enumerate(said):
        folded = dict.fromkeys(key(one) for one in alts if key(one) not in {"", key(label)})
        assert [key(one) for one in found[label].alts] == list(folded)
        assert set(found[label].alts) <= set(alts)
        assert found[label].broader == (said[at - 1][0] if at else "")
        assert found[label].note == told.passage(note)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "nothing"),
        (b'{"@context": "https://ailleurs.exemple.fr/"}', "json_ld"),
        (b'[{"@id": "a"}]', "json_ld"),
        (b"<?xml version='1.0'?><rdf:RDF", "unreadable"),
        (b"<html><body>Un article</body></html>", "unreadable"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "unreadable"),
        (PREFIX.encode() + b'<a> skos:prefLabel "x', "unreadable"),
        (PREFIX.encode() + b"<a> skos:prefLabel " + b"[ " * 30_000, "unreadable"),
        (b"<x>" * 5_000, "unreadable"),
        (b"<?xml version='1.0'?>" + b"<x>" * 5_000, "unreadable"),
        (b" " * (told.MOST_BYTES + 1), "too_big"),
    ],
)
def test_what_is_no_vocabulary_gives_nothing_and_says_so(data: bytes, code: str) -> None:
    found = skos.read(data)
    assert found.concepts == ()
    assert [one.code for one in found.problems] == [code]


def test_a_document_type_is_refused_before_anything_swells() -> None:
    data = (DATA / "swelling.rdf").read_bytes()
    for written in (
        data,
        data.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
    ):
        found = skos.read(written)
        assert [(one.code, one.line) for one in found.problems] == [("doctype", 2)]


def test_a_swelling_document_inside_a_literal_stays_a_literal() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a \\"aaaa\\"><!ENTITY b \\"&a;&a;&a;\\">]><x>&b;</x>'
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>"
    text = f'{PREFIX}<urn:x:a> skos:prefLabel "Eau"@fr ; skos:altLabel "{bomb}"^^{kind} .'
    assert [one.alts for one in skos.read(text.encode()).concepts] == [()]


def test_where_a_torn_file_stops_is_told() -> None:
    text = f'{PREFIX}<urn:x:a> skos:prefLabel "Eau"@fr .\n<urn:x:b> skos:prefLabel ; .\n'
    (problem,) = skos.read(text.encode()).problems
    assert (problem.code, problem.line) == ("unreadable", 3)


def test_a_file_of_windows_is_read() -> None:
    text = f'{PREFIX}<urn:x:a> skos:prefLabel "Été"@fr .'
    for encoding in ("cp1252", "utf-8-sig", "utf-16"):
        assert list(named(skos.read(text.encode(encoding)))) == ["Été"]


def test_absurd_words_are_cut_or_left_out() -> None:
    found = told.settled(
        [
            (ToldConcept("x" * 501), 3),
            (ToldConcept("Eau", alts=tuple(f"eau {n}" for n in range(300)), note="n" * 30_000), 4),
            (ToldConcept("\u200b\x00"), 5),
        ]
    )
    (water,) = found.concepts
    assert (len(water.alts), len(water.note)) == (told.MOST_ALTS, 20_000)
    assert [(one.code, one.line) for one in found.problems] == [
        ("too_long", 3),
        ("shortened", 4),
        ("no_label", 5),
    ]


def test_beyond_the_most_concepts_the_rest_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST_CONCEPTS", 2)
    found = told.settled([(ToldConcept(one), 0) for one in "abcd"])
    assert [one.label for one in found.concepts] == ["a", "b"]
    assert [one.code for one in found.problems] == ["too_many"]


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda one: (PREFIX + one).encode("utf-8", "replace"))
)
def test_no_file_breaks_a_reader(data: bytes) -> None:
    for found in (skos.read(data), table.read(data.decode("utf-8", "replace"))):
        labels = {one.label for one in found.concepts}
        assert all(one.broader in labels | {""} for one in found.concepts)
        assert found.concepts or found.problems


# Tables


def test_a_table_of_a_team_is_read_by_the_names_of_its_columns() -> None:
    found = table.read((DATA / "equipe.csv").read_text("utf-8"))
    concepts = named(found)
    assert list(concepts) == ["Mobilités", "Vélo", "Piste cyclable", "Eau", "Climat"]
    assert concepts["Mobilités"].alts == ("Déplacements", "transports")
    assert concepts["Vélo"] == ToldConcept(
        "Vélo",
        alts=("Bicyclette", "petite reine", "Cycle"),
        broader="Mobilités",
        note="Usages et services ;\npas le sport",
    )
    assert concepts["Piste cyclable"].broader == "Vélo"
    assert concepts["Eau"].broader == "Climat"


def test_a_table_tells_line_by_line_what_it_lost() -> None:
    found = table.read((DATA / "equipe.csv").read_text("utf-8"))
    assert [(one.code, one.line) for one in found.problems] == [
        ("no_label", 6),
        ("same_label", 7),
        ("other_broader", 8),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Vélo;Bicyclette,Cycle;Mobilités\n",
        "sep=;\nVélo;Bicyclette|Cycle;Mobilités\n",
        "Vélo\tBicyclette, Cycle\tMobilités",
        "Vélo,Bicyclette | Cycle,Mobilités",
        'Vélo,"Bicyclette;Cycle",Mobilités\r\n\r\n',
        "\ufeffParent;Label@fr;Use for\nMobilités;Vélo;Bicyclette,Cycle",
        "Note;THÈME (obligatoire);Synonymes\n;Mobilités > Vélo;Bicyclette|Cycle",
    ],
)
def test_separators_headers_and_paths_say_the_same(text: str) -> None:
    found = table.read(text)
    assert not found.problems
    assert set(found.concepts) == {
        ToldConcept("Mobilités"),
        ToldConcept("Vélo", alts=("Bicyclette", "Cycle"), broader="Mobilités"),
    }


def test_a_list_of_words_is_a_table() -> None:
    found = table.read("Vélo\nEau, air et sol\nBus\n")
    assert [one.label for one in found.concepts] == ["Vélo", "Eau, air et sol", "Bus"]


def test_a_broader_theme_may_be_named_by_its_synonym() -> None:
    found = table.read("thème;synonymes;plus large\nPiste;;Bicyclette\nVélo;bicyclette;\n")
    assert named(found)["Piste"].broader == "Vélo"
    assert len(found.concepts) == 2


def test_a_table_is_read_as_it_was_written_and_starts_no_formula() -> None:
    risky = Concept("t-4", "=SUM(A1)", alts=("+33", "'quoi"), began="4")
    text = table.write([*ALL, risky])
    assert text.startswith("thème;synonymes;plus large;note\r\n")
    assert all(
        cell[:1] not in "=+-@" for line in text.split("\r\n") for cell in line.split(";") if cell
    )
    found = named(table.read(text))
    assert found["=SUM(A1)"].alts == ("+33", "'quoi")
    assert found[BIKE.label] == ToldConcept(
        BIKE.label, alts=BIKE.alts, broader="Mobilités", note=BIKE.note
    )
    assert found[LANE.label].broader == BIKE.label


def test_an_arrow_inside_a_label_is_no_path_when_it_comes_back() -> None:
    found = table.read(table.write([Concept("t-1", "Ville > campagne")]))
    assert [one.label for one in found.concepts] == ["Ville / campagne"]


def test_a_cell_that_never_ends_is_one_problem() -> None:
    found = table.read('thème;note\n"' + "x" * 200_000 + "\nEau;\n")
    assert {one.code for one in found.problems} == {"unreadable"}
