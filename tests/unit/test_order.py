"""Lists are in the order in which people look for a name."""

from __future__ import annotations

from veille.domain.text import order

DICTIONARY = (
    "", "9", "10", "2024, bilan", "2024-2026", "A", "à", "cote", "coté", "côte", "« Dire »", "donner",
    "Été", "étude", "ile", "Île", "n°", "n° 9", "n° 9 bis", "N° 10", "œuvre", "office", "opéra", "Zoo",
)  # fmt: skip


def test_names_are_in_the_order_of_a_dictionary_and_numbers_of_their_worth() -> None:
    for mixed in (DICTIONARY[::-1], DICTIONARY[1::2] + DICTIONARY[::2], sorted(DICTIONARY)):
        assert sorted(mixed, key=order) == list(DICTIONARY)


def test_a_number_longer_than_python_reads_has_its_place() -> None:
    long = "1" * 9_000
    assert sorted([f"n° {long}", "n° 007", "n° 8"], key=order) == ["n° 007", "n° 8", f"n° {long}"]
