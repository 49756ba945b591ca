"""Sentences, as somebody who selects them sees them."""

from __future__ import annotations

import pytest

from veille.domain.sentences import sentences


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Un. Deux ! Trois\u202f? Quatre…", ["Un.", "Deux !", "Trois\u202f?", "Quatre…"]),
        ("Selon M. Martin et Mme. Rey, oui. Voilà.",
         ["Selon M. Martin et Mme. Rey, oui.", "Voilà."]),
        ("L’art. 12 al. 3 s’applique. Il suffit.", ["L’art. 12 al. 3 s’applique.", "Il suffit."]),
        ("J. Dupont a parlé à 10.30 h. Fin.", ["J. Dupont a parlé à 10.30 h.", "Fin."]),
        ("« Nous partons.\u00a0» La maire s’en va.", ["« Nous partons.\u00a0»", "La maire s’en va."]),
        ("« Oui ! », dit-elle. Puis rien.", ["« Oui ! », dit-elle.", "Puis rien."]),
        ("Il dit (et répète.) Elle sort.", ["Il dit (et répète.)", "Elle sort."]),
        ("Prix : 3,5 millions. 2026 sera mieux.", ["Prix : 3,5 millions.", "2026 sera mieux."]),
        ("Sans point final", ["Sans point final"]),
        ("   ", []),
        ("etc. et la suite. Élan.", ["etc. et la suite.", "Élan."]),
    ],
)  # fmt: skip
def test_sentences_are_cut_where_a_reader_cuts_them(paragraph: str, expected: list[str]) -> None:
    assert [paragraph[start:end] for start, end in sentences(paragraph)] == expected
