"""The words of the trade, and what is always true of them."""

from __future__ import annotations

import pytest

from veille.domain import ids, roles, text
from veille.domain.clock import MAX_AHEAD_MS, Stamp
from veille.domain.fields import believable
from veille.domain.operation import Json


def test_ids_never_use_letters_that_are_mistaken_for_others() -> None:
    name = ids.random_entity("note", bytes(range(10)))
    assert name.startswith("n-")
    assert len(name) == 18
    assert not set(name[2:]) & set("ilou")
    assert ids.ENTITY.match(name)
    assert ids.kind_of(name) == "note"
    assert ids.kind_of("nothing") == ""


def test_the_same_page_in_the_same_space_has_the_same_id() -> None:
    one = ids.derived_entity("article", "s" * 26, "site.example/a")
    assert one == ids.derived_entity("article", "s" * 26, "site.example/a")
    assert one != ids.derived_entity("article", "t" * 26, "site.example/a")


def test_encoding_keeps_the_first_bits() -> None:
    assert ids.encode(b"\x00" * 10, length=16) == "0" * 16
    assert ids.encode(b"\xff" * 10, length=16) == "z" * 16
    assert len(ids.encode(b"\x12" * 17, length=26)) == 26


def test_a_clock_never_goes_backwards() -> None:
    first = Stamp(0).next(1_000)
    second = first.next(500)
    assert str(second) > str(first)
    assert second == Stamp(1_000, 1)
    assert Stamp(1_000, 0xFFFF).next(500) == Stamp(1_001)


def test_a_colleague_years_ahead_does_not_move_our_clock() -> None:
    ours = Stamp(1_000)
    assert ours.merged(Stamp(1_000 + MAX_AHEAD_MS), 1_000).ms == 1_000 + MAX_AHEAD_MS
    assert ours.merged(Stamp(1_001 + MAX_AHEAD_MS), 1_000) == ours


@pytest.mark.parametrize("bad", ["", "1", "1763922000123-000G", "x763922000123-0000"])
def test_a_stamp_that_is_none_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Stamp.parse(bad)


def test_stamps_sort_as_text() -> None:
    stamps = [Stamp(5, 2), Stamp(5, 11), Stamp(4, 65_535), Stamp(1_795_000_000_000)]
    assert sorted(stamps) == [Stamp.parse(one) for one in sorted(str(s) for s in stamps)]


def test_folding_forgets_what_nobody_means() -> None:
    assert text.fold("Écœurant") == text.fold("ecoeurant")
    assert text.key("  L’Élu\u00a0\n local ") == "l'elu local"
    assert text.fold("co\u00adm\u200bmune") == "commune"


def test_clipping_cuts_at_a_word() -> None:
    assert text.clip("un deux trois", length=40) == "un deux trois"
    assert text.clip("un deux trois quatre", length=13) == "un deux…"
    assert len(text.clip("x" * 50, length=10)) == 10


def test_words_are_counted_as_people_do() -> None:
    assert text.word_count("L'eau, c'est-à-dire 12 % de l’ensemble.") == 5


def test_fields_from_a_shared_drive_are_believed_only_if_sane() -> None:
    assert believable("article", "title", "Une")
    assert not believable("article", "title", {"a": "dict"})
    assert not believable("article", "title", "x" * 501)
    assert not believable("article", "state", ["kept"])
    assert not believable("article", "filed_at", 2**53 - 1)
    assert not believable("article", "unheard_of", "x")
    assert believable("space", "full_text", True)
    assert not believable("space", "full_text", 1)


@pytest.mark.parametrize(
    ("person", "state", "by", "wanted", "may"),
    [
        ("p-ref", "kept", "p-ref", "discarded", True),
        ("p-writer", "proposed", "p-writer", "kept", False),
        ("p-writer", "proposed", "p-writer", "proposed", True),
        ("p-writer", "inbox", "p-ref", "kept", True),
        ("p-writer", "kept", "p-writer", "discarded", True),
        ("p-writer", "kept", "p-ref", "discarded", False),
        ("p-writer", "kept", "p-ref", "published", True),
        ("p-writer", "discarded", "p-ref", "kept", False),
    ],
)
def test_what_a_referent_decided_stands_where_that_was_agreed(
    person: str, state: str, by: str, wanted: str, may: bool
) -> None:
    for proposals in (True, False):
        fields: dict[str, Json] = {"proposals": proposals, roles.field("p-gone"): roles.FORMER}
        found = roles.decides(fields, "p-ref", person, state=state, by=by, wanted=wanted)
        assert found is (may or (not proposals and state != "proposed"))
    assert [roles.writes(roles.of(fields, "p-ref", one)) for one in ("p-ref", "p-w", "p-gone")] == [
        True, True, False,
    ]  # fmt: skip
