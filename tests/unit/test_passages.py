"""Where, in this text, is this quote."""

from __future__ import annotations

from veille.annotate.anchor import anchor
from veille.annotate.selectors import CONTEXT, describe, find_typed

TEXT = (
    "Premier paragraphe de l’article, sans intérêt particulier.\n\n"
    "Elle dit «\u00a0la ville change, et nous avec elle\u00a0» avant de partir 🙂.\n\n"
    "Plus loin, on répète que la ville change. Rien d’autre à signaler ici."
)


def test_a_passage_is_described_with_what_stands_around_it() -> None:
    start = TEXT.index("la ville change, et")
    found = describe(TEXT, start - 1, start + 34)
    assert found.exact == "la ville change, et nous avec elle"
    assert found.prefix.endswith("«\u00a0")
    assert len(found.prefix) <= CONTEXT


def test_words_typed_at_a_keyboard_are_found() -> None:
    for typed in ("« la ville change, et nous avec elle »", "de l'article, sans interet",
                  "LA VILLE change, et nous", "avant de\npartir 🙂"):  # fmt: skip
        place = find_typed(TEXT, typed)
        assert place is not None, typed
    assert find_typed(TEXT, "pas là") is None
    assert find_typed(TEXT, "  ") is None


def test_the_same_place_is_exact() -> None:
    start = TEXT.index("la ville change, et")
    found = anchor(TEXT, describe(TEXT, start, start + 34))
    assert (found.start, found.end, found.status) == (start, start + 34, "exact")


def test_what_stands_around_decides_between_two_occurrences() -> None:
    second = TEXT.rindex("la ville change")
    selector = describe(TEXT, second, second + 15)
    moved = "Un chapeau ajouté depuis.\n\n" + TEXT
    assert anchor(moved, selector).start == second + 27


def test_an_edited_passage_is_near_or_doubtful_never_silently_exact() -> None:
    start = TEXT.index("la ville change, et")
    selector = describe(TEXT, start, start + 34)
    edited = TEXT.replace(
        "la ville change, et nous avec elle", "la ville change et nous aussi avec elle"
    )
    found = anchor(edited, selector)
    assert found.status in {"near", "doubtful"}
    assert edited[found.start : found.end].startswith("la ville change")


def test_a_passage_that_is_gone_is_an_orphan() -> None:
    selector = describe(TEXT, TEXT.index("Elle dit"), TEXT.index("Plus loin"))
    assert (
        anchor("Tout autre chose a été écrit depuis sur cette page.", selector).status == "orphan"
    )
