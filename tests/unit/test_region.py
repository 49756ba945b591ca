"""The parts of a page, and each of them again when the page has changed."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.watched import dev, held, late
from tests.watched.follow import Case
from veille.extract import landmarks, region

URL = "https://mairie.example/actes/"
ACTS = (
    "<html><body><nav><ul><li>Accueil</li><li>Contact</li></ul></nav><div id=contenu>"
    "<h1>Publications</h1><h2>Actes administratifs</h2><ul class=liste>"
    "<li><a href='d14.pdf'>Délibération n° 14 : subvention au club de canoë</a></li>"
    "<li><a href='d13.pdf'>Délibération n° 13 : vente du terrain des Aulnes</a></li>"
    "<li>Délibération n° 12 : tarifs de la cantine scolaire</li></ul>"
    "<h2>Bulletin</h2><ul class=liste><li>Numéro 42</li><li>Numéro 41</li></ul></div>"
    "<footer><p>1204 visites</p></footer></body></html>"
)
EVERY = (*dev.CASES, *held.CASES, *late.CASES)
NEWS = (
    "<div class=annonce><h2>À la une</h2><ul class=liste><li>Travaux</li><li>Fête</li></ul></div>"
)


def named(page: str, title: str, *, kind: str = "list") -> region.Region:
    return next(
        one for one in region.regions(page, url=URL) if one.title == title and one.kind == kind
    )


def lines(page: str, mark: str) -> tuple[str, ...]:
    found = region.find(page, mark, url=URL)
    return found.lines if found else ()


def test_the_whole_content_is_the_first_choice_and_lists_come_before_menus() -> None:
    offered = region.regions(ACTS, url=URL)
    assert offered[0].mark == ""
    assert offered[0].kind == "content"
    assert "Délibération n° 12" in offered[0].text
    assert "visites" not in offered[0].text
    assert offered[1].title == "Actes administratifs"
    menu = next(one.number for one in offered if one.text.startswith("Accueil"))
    assert menu > next(one.number for one in offered if one.title == "Bulletin")


def test_choices_are_numbered_few_and_of_different_things() -> None:
    many = "".join(f"<section><h2>Titre {n}</h2><p>{'mot ' * n}</p></section>" for n in range(80))
    offered = region.regions(f"<body>{many}</body>", url=URL)
    assert len(offered) == region.MOST
    assert [one.number for one in offered] == list(range(region.MOST))
    assert len({one.mark for one in offered}) == region.MOST


def test_the_items_of_a_list_are_no_choices_of_their_own() -> None:
    cards = "".join(f"<div class=carte><p>Offre numéro {n}</p></div>" for n in range(9))
    offered = region.regions(f"<body><h1>Offres</h1><div>{cards}</div></body>", url=URL)
    assert all("Offre numéro 8" in one.text for one in offered if one.kind != "section")


def test_what_stands_below_a_heading_is_a_choice() -> None:
    page = "<body><h2>Arrêtés</h2>Arrêté n° 1<br><br>Arrêté n° 2<h2>Divers</h2><p>Marché</p></body>"
    one = named(page, "Arrêtés", kind="section")
    assert lines(page, one.mark) == ("Arrêtés", "Arrêté n° 1", "Arrêté n° 2")


@pytest.mark.parametrize("case", EVERY, ids=lambda one: one.name)
def test_each_region_is_found_on_its_own_page(case: Case) -> None:
    for state in case.states:
        for one in region.regions(state.html, url=case.url):
            found = region.find(state.html, one.mark, url=case.url)
            assert found is not None
            assert found.sure == 1.0
            assert found.mark == one.mark
            assert (
                "".join(found.lines)
                .replace(" ", "")
                .startswith(one.text[:60].rstrip("…").replace(" ", "")[:40])
            )


def test_marks_are_short_and_plain_json() -> None:
    deep = "<div class='une-longue-classe-dont-personne-ne-veut plus-longue-encore'>" * 40
    for page in (ACTS, f"<body>{deep}<p>{ACTS} {'x' * 9_000}</p></body>"):
        for one in region.regions(page, url=URL)[1:]:
            assert len(one.mark) <= landmarks.LONGEST
            assert json.loads(one.mark)["v"] == landmarks.RULE


def test_a_list_is_found_among_new_neighbours_of_the_same_kind() -> None:
    mark = named(ACTS, "Actes administratifs").mark
    before = lines(ACTS, mark)
    after = ACTS.replace("<h2>Actes", f"{NEWS}<h2>Actes").replace(
        "<h2>Bulletin", f"{NEWS}<h2>Bulletin"
    )
    assert lines(after, mark) == before
    gone = ACTS.replace(
        "<h2>Bulletin</h2><ul class=liste><li>Numéro 42</li><li>Numéro 41</li></ul>", ""
    )
    assert lines(gone, mark) == before


def test_a_list_is_found_without_any_name_and_with_other_lines() -> None:
    mark = named(ACTS, "Actes administratifs").mark
    bare = (
        ACTS.replace(" class=liste", "").replace(" id=contenu", "").replace("<div>", "<div><div>")
    )
    assert lines(bare, mark) == lines(ACTS, mark)
    rolled = (
        ACTS.replace("canoë", "kayak").replace("Aulnes", "Saules").replace("cantine", "piscine")
    )
    assert "kayak" in lines(rolled, mark)[0]


def test_a_heading_comes_and_goes_with_the_design_but_not_with_the_lines() -> None:
    mark = named(ACTS, "Actes administratifs").mark
    wrapped = ACTS.replace("<h2>Actes", "<section class=bloc><h2>Actes").replace(
        "</ul><h2>Bulletin", "</ul></section><h2>Bulletin"
    ).replace("<ul class=liste><li><a", "<p></p><li><a")  # fmt: skip
    assert lines(wrapped, mark) == lines(ACTS, mark)


@pytest.mark.parametrize(
    "page", [dev.COOKIES, dev.MOMENT, dev.EMPTY, dev.UPKEEP, dev.LOGIN, held.SCRIPTS, late.LATER, "", "<"]
)  # fmt: skip
def test_a_block_is_not_found_on_a_page_that_stands_in_for_it(page: str) -> None:
    assert region.find(page, named(ACTS, "Actes administratifs").mark, url=URL) is None


def test_a_block_that_was_taken_out_is_not_its_neighbour() -> None:
    mark = named(ACTS, "Actes administratifs").mark
    start, end = ACTS.index("<h2>Actes"), ACTS.index("<h2>Bulletin")
    assert region.find(ACTS[:start] + ACTS[end:], mark, url=URL) is None


def test_a_twin_without_a_heading_is_not_the_block_that_was_taken_out() -> None:
    mine = "<ul class=liste><li>Crue de la Vaubre</li><li>Quais fermés</li><li>Abri ouvert gymnase</li></ul>"
    twin = "<ul class=liste><li>Horaires piscine</li><li>Tarifs cantine</li><li>Menus scolaires</li></ul>"
    page = f"<body><div>{twin}{mine}</div></body>"
    mark = next(one.mark for one in region.regions(page, url=URL) if one.text.startswith("Crue"))
    assert lines(page, mark)[0] == "Crue de la Vaubre"
    assert region.find(f"<body><div>{twin}</div></body>", mark, url=URL) is None


def test_lines_know_where_they_lead() -> None:
    found = region.find(ACTS, named(ACTS, "Actes administratifs").mark, url=URL)
    assert found is not None
    assert found.links == {
        found.lines[0]: "https://mairie.example/actes/d14.pdf",
        found.lines[1]: "https://mairie.example/actes/d13.pdf",
    }
    assert 'href="https://mairie.example/actes/d14.pdf"' in found.html


def test_tokens_scripts_and_hidden_fields_are_no_part_of_a_block() -> None:
    page = "<body><form><input type=hidden value=x1><script>x2</script><p>Une ligne de texte</p><p hidden>x3</p></form></body>"
    assert lines(page, "") == ("Une ligne de texte",)


def test_the_whole_is_the_main_part_or_all_that_is_not_beside() -> None:
    words = "des mots qui font une phrase assez longue pour compter " * 4
    page = f"<body><div>Bandeau</div><main><p>{words}</p></main><footer>Pied</footer></body>"
    assert len(lines(page, "")) == 1
    assert lines(page.replace("main>", "div>"), "")[0] == "Bandeau"
    form = f"<body><form><p>{words}</p></form><footer>Pied</footer></body>"
    assert words.strip() in lines(form, "")


@pytest.mark.parametrize(
    "mark", ["x", "[]", "{}", '{"v":1}', '{"v":1,"p":3,"w":["a"],"n":-1,"h":null}', "[" * 1_999, "9" * 3_000]
)  # fmt: skip
def test_a_mark_that_is_none_finds_nothing(mark: str) -> None:
    assert region.find(ACTS, mark, url=URL) is None


def test_a_mark_moves_with_the_page_as_long_as_it_is_sure() -> None:
    mark = named(ACTS, "Actes administratifs").mark
    after = ACTS.replace("<ul class=liste><li><a", "<ul class=actes><li><a", 1)
    found = region.find(after, mark, url=URL)
    assert found is not None
    assert found.mark != mark
    again = region.find(after, found.mark, url=URL)
    assert again is not None
    assert again.sure == 1.0


words = st.sampled_from(
    [
        "conseil",
        "arrêté",
        "marché",
        "école",
        "rue",
        "canoë",
        "budget",
        "parc",
        "voirie",
        "séance",
        "élus",
    ]
)
text = st.lists(words, min_size=1, max_size=6).map(" ".join)
items = st.lists(text, min_size=1, max_size=6)
block = st.one_of(
    items.map(lambda some: "<ul>" + "".join(f"<li>{one}</li>" for one in some) + "</ul>"),
    items.map(lambda some: "<table>" + "".join(f"<tr><td>{n}<td>{one}" for n, one in enumerate(some)) + "</table>"),
    st.tuples(st.sampled_from(["h2", "h3"]), text).map(lambda one: f"<{one[0]}>{one[1]}</{one[0]}>"),
    st.tuples(st.sampled_from(["", " class=a", " class=b", " id=c"]), items).map(
        lambda one: f"<div{one[0]}>" + "".join(f"<p>{line}</p>" for line in one[1]) + "</div>"
    ),
)  # fmt: skip
page = st.lists(block, min_size=1, max_size=8).map(lambda some: f"<body>{''.join(some)}</body>")


@settings(deadline=None, max_examples=50)
@given(page)
@example("<body><ul><li>conseil</li></ul><div id=c><p>conseil</p><p>conseil</p><p>conseil école</p>"
         "</div><div><p>conseil</p><p>conseil</p><p>conseil école</p></div></body>")  # fmt: skip
def test_every_region_of_any_page_is_found_again(made: str) -> None:
    for one in region.regions(made, url=URL):
        found = region.find(made, one.mark, url=URL)
        assert found is not None
        assert found.sure == 1.0
        assert found.mark == one.mark


@settings(deadline=None, max_examples=50)
@given(st.lists(block, min_size=1, max_size=5), st.lists(block, max_size=3), st.data())
def test_a_named_block_is_found_whatever_comes_and_goes_around(
    others: list[str], new: list[str], data: st.DataObject
) -> None:
    mine = "<section id=mien><h2>Avis de la préfecture</h2><ul><li>Vigilance jaune</li><li>Pêche ouverte</li></ul></section>"
    at = data.draw(st.integers(0, len(others)))
    before = f"<body>{''.join(others[:at])}{mine}{''.join(others[at:])}</body>"
    kept = [one for one in others if data.draw(st.booleans())]
    after = f"<body>{''.join(new)}{mine}{''.join(kept)}</body>"
    mark = next(
        one.mark for one in region.regions(before, url=URL) if "Vigilance" in one.text and one.mark
    )
    if set(lines(before, mark)) <= {"Avis de la préfecture", "Vigilance jaune", "Pêche ouverte"}:
        assert lines(after, mark) == lines(before, mark)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300) | page, st.text(max_size=80))
def test_nothing_raises(made: str, mark: str) -> None:
    region.regions(made, url=URL)
    region.find(made, mark, url="")
    region.find(made, '{"v":1,"k":"part","t":"div","w":[1,2,3]}', url=URL)
