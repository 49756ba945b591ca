"""Whatever concepts claim of one another, a vocabulary answers, and always the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st

from veille.themes.vocabulary import Concept, Vocabulary

IDS = [f"t-{n}" for n in range(6)]
WORDS = ["Vélo", "velo", "Bus", "Tram", "Marche", " ", "Œuvre", "oeuvre"]
CONCEPTS = st.lists(
    st.builds(
        Concept,
        id=st.sampled_from(IDS),
        label=st.sampled_from(WORDS),
        alts=st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
        broader=st.sampled_from(["", "t-9", *IDS]),
        began=st.sampled_from(["", "01", "02"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


def below(themes: Vocabulary, concept: str) -> list[str]:
    """Give the ids of all narrower concepts."""
    found = [one.id for one in themes.children(concept)]
    return [*found, *(low for one in found for low in below(themes, one))]


def parents(themes: Vocabulary) -> dict[str, str]:
    return {one: themes.parent(one) for one in themes.concepts}


@given(CONCEPTS)
def test_every_concept_is_walked_once_and_no_way_up_is_endless(concepts: list[Concept]) -> None:
    themes = Vocabulary(concepts)
    walked = [one.id for _, one in themes.walk()]
    assert sorted(walked) == sorted(one.id for one in concepts)
    for depth, one in themes.walk():
        assert depth == len(themes.above(one.id)) == len(themes.path(one.id)) - 1
        assert one.id not in themes.above(one.id)
        assert all(one.id in themes.above(low) for low in below(themes, one.id))


@given(CONCEPTS)
def test_only_circles_and_the_unknown_lose_their_broader_concept(concepts: list[Concept]) -> None:
    themes = Vocabulary(concepts)
    said = {one.id: one.broader if one.broader in themes.concepts else "" for one in concepts}
    cut = [one for one in said if said[one] != themes.parent(one)]
    event(f"circles: {len(cut)}")
    for one in cut:
        assert themes.parent(one) == ""
        assert said[one] == one or one in themes.above(said[one])


@given(CONCEPTS, st.randoms())
def test_the_order_in_which_facts_come_changes_nothing(concepts: list[Concept], chance) -> None:
    shuffled = list(concepts)
    chance.shuffle(shuffled)
    one, other = Vocabulary(concepts), Vocabulary(shuffled)
    assert [one.find(word) for word in WORDS] == [other.find(word) for word in WORDS]
    assert parents(one) == parents(other)


@given(CONCEPTS)
def test_a_word_belongs_to_a_concept_that_bears_it_by_preference(concepts: list[Concept]) -> None:
    themes = Vocabulary(concepts)
    for word in WORDS:
        folded = fold(word)
        bearers = [one for one in concepts if folded and folded in map(fold, one.words)]
        preferred = [one for one in bearers if fold(one.label) == folded]
        found = themes.find(word)
        assert (found is None) == (not bearers)
        if found:
            assert found in (preferred or bearers)
            assert all(found.began <= one.began for one in preferred or bearers)


def fold(word: str) -> str:
    return word.lower().replace("é", "e").replace("œ", "oe").strip()


@given(CONCEPTS, st.sampled_from(IDS), st.sampled_from(IDS))
def test_a_broader_concept_that_makes_no_circle_is_kept(
    concepts: list[Concept], one: str, above: str
) -> None:
    themes = Vocabulary(concepts)
    if not {one, above} <= set(themes.concepts):
        return
    sound = [replace(two, broader=themes.parent(two.id)) for two in concepts]
    moved = Vocabulary([replace(two, broader=above) if two.id == one else two for two in sound])
    if themes.circles(one, broader=above):
        assert moved.parent(one) == "" or moved.parent(one) == above
    else:
        assert moved.parent(one) == above
