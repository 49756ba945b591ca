"""There is always a place between two others, however often one goes there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from veille.domain.order import between

STAMPS = st.integers(0, 9_999_999_999_999).map(lambda ms: f"{ms:013d}-0000")


@given(
    st.lists(STAMPS, min_size=2, max_size=6, unique=True), st.lists(st.integers(0, 8), max_size=60)
)
def test_any_number_of_things_go_anywhere(begun: list[str], moves: list[int]) -> None:
    places = sorted(begun)
    for where in moves:
        at = where % (len(places) + 1)
        low = places[at - 1] if at else ""
        high = places[at] if at < len(places) else ""
        new = between(low, high)
        assert low < new
        assert not high or new < high
        places.insert(at, new)
    assert places == sorted(places)
    assert len(set(places)) == len(places)


@given(st.text(max_size=30), st.text(max_size=30))
def test_places_of_strangers_end_too(low: str, high: str) -> None:
    assert len(between(low, high)) <= max(len(low), len(high)) + 2


def test_going_to_the_same_spot_again_and_again_stays_short() -> None:
    low, high = "0000000000001-0000", "0000000000002-0000"
    for _turn in range(200):
        high = between(low, high)
    assert len(high) < 80
