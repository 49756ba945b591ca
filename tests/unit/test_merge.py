"""Who wins when two facts meet."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

from veille.domain import operation as op
from veille.domain.facts import Fact, replaced_by, with_parents
from veille.domain.merge import fold
from veille.domain.operation import Operation
from veille.wiki.weave import merge_text, weave

A = "a-" + "1" * 16
N = "n-" + "1" * 16
D = "d-" + "1" * 16
HOME, SHARED = "h" * 26, "s" * 26


def one(
    number: int, kind: str, entity: str = A, space: str = HOME, over: tuple[str, ...] = (),
    at: int | None = None, by: str = "p-x", **data: Any,
) -> Operation:  # fmt: skip
    return Operation(
        f"{number:016d}", f"{1_700_000_000_000 + (at or number):013d}-0000", by, space, entity,
        kind, data, over,
    )  # fmt: skip


def i(number: int) -> str:
    return f"{number:016d}"


def test_a_later_edit_wins_whatever_the_clocks_say() -> None:
    clip = one(1, op.CLIP, title="first", at=9_000)
    edit = one(2, op.ARTICLE_SET, title="second", over=(i(1),), at=5)
    thing = fold([clip, edit], personal=HOME)
    assert thing is not None
    assert thing.fields["title"] == "second"
    assert not thing.alternatives


def test_of_two_concurrent_titles_the_loser_stays_readable() -> None:
    clip = one(1, op.CLIP, title="t")
    left = one(2, op.ARTICLE_SET, title="left", over=(i(1),), by="p-l")
    right = one(3, op.ARTICLE_SET, title="right", over=(i(1),), by="p-r")
    for order in permutations([clip, left, right, left]):
        thing = fold(order, personal=HOME)
        assert thing is not None
        assert thing.fields["title"] == "right"
        assert [(a.value, a.by) for a in thing.alternatives["title"]] == [("left", "p-l")]
        assert thing.field_heads["title"] == (i(2), i(3))


def test_two_people_who_say_the_same_do_not_disagree() -> None:
    clip = one(1, op.CLIP, state="inbox")
    edits = [one(n, op.ARTICLE_SET, state="kept", over=(i(1),)) for n in (2, 3)]
    thing = fold([clip, *edits], personal=HOME)
    assert thing is not None
    assert not thing.alternatives


def test_different_fields_never_meet() -> None:
    clip = one(1, op.CLIP, title="t", source="s")
    left = one(2, op.ARTICLE_SET, title="left", over=(i(1),))
    right = one(3, op.ARTICLE_SET, source="right", over=(i(1),))
    thing = fold([clip, left, right], personal=HOME)
    assert thing is not None
    assert (thing.fields["title"], thing.fields["source"]) == ("left", "right")
    assert not thing.alternatives


def test_a_forged_cycle_leaves_something_to_read() -> None:
    clip = one(1, op.CLIP, title="a", over=(i(2),))
    edit = one(2, op.ARTICLE_SET, title="b", over=(i(1),))
    thing = fold([clip, edit], personal=HOME)
    assert thing is not None
    assert thing.fields["title"] == "b"


def test_an_addition_that_the_remover_had_not_seen_stays() -> None:
    clip = one(1, op.CLIP, title="t")
    add = one(2, op.TAG_ADD, tag="Crue")
    again = one(3, op.TAG_ADD, tag="crue")
    remove = one(4, op.TAG_RM, tag="CRUE", over=(i(2),))
    assert _tags([clip, add, remove]) == {}
    assert _tags([clip, add, remove, again]) == {"crue": "crue"}


def _tags(operations: list[Operation]) -> dict[str, str]:
    thing = fold(operations, personal=HOME)
    assert thing is not None
    return dict(thing.tags)


def test_deleting_yields_to_what_the_deleter_had_not_seen() -> None:
    clip = one(1, op.CLIP, title="t")
    tag = one(2, op.TAG_ADD, tag="x")
    before = fold([clip, tag], personal=HOME)
    delete = one(3, op.DELETE, over=replaced_by(Fact(A, op.DELETE), before))
    edit = one(4, op.ARTICLE_SET, title="unseen", over=(i(1),))
    untag = one(5, op.TAG_RM, tag="x", over=(i(2),))
    assert _deleted([clip, tag, delete])
    assert _deleted([clip, tag, delete, untag]), "removing a theme is no reason to come back"
    assert not _deleted([clip, tag, delete, edit])
    undelete = one(6, op.UNDELETE, over=(i(3),))
    assert not _deleted([clip, tag, delete, undelete])


def _deleted(operations: list[Operation]) -> bool:
    thing = fold(operations, personal=HOME)
    assert thing is not None
    return thing.deleted


def test_a_shared_thing_follows_its_space_and_keeps_my_own_captures() -> None:
    mine = one(1, op.CLIP, title="mine", source="only mine")
    capture = one(2, op.CAPTURE, text="full")
    theirs = one(3, op.CLIP, space=SHARED, title="theirs")
    later = one(4, op.ARTICLE_SET, title="mine again", over=(i(1),))
    forged = fold([mine, capture, theirs, later], personal=HOME)
    assert forged is not None
    assert (forged.space, forged.fields["title"]) == (HOME, "mine again"), "only its owner moves it"
    moved = replace(one(5, op.MOVE), data={"to": A, "space": SHARED})
    thing = fold([mine, capture, theirs, later, moved], personal=HOME)
    assert thing is not None
    assert thing.space == SHARED
    assert thing.moved_to == ""
    assert thing.fields["title"] == "theirs"
    assert thing.fields["source"] == "only mine"
    assert len(thing.captures) == 1


def test_members_of_a_dossier_keep_their_order() -> None:
    new = one(1, op.DOSSIER_SET, D, title="d")
    adds = [one(n, op.MEMBER_ADD, D, item=f"a-{n}") for n in (3, 2, 4)]
    remove = one(5, op.MEMBER_RM, D, item="a-3", over=(i(3),))
    thing = fold([new, *adds, remove], personal=HOME)
    assert thing is not None
    assert thing.members == ("a-2", "a-4")


def test_unknown_kinds_are_passed_over_and_alone_make_nothing() -> None:
    assert fold([one(1, "article.sing", song="la")], personal=HOME) is None
    assert fold([], personal=HOME) is None
    thing = fold([one(1, op.CLIP, title="t"), one(2, "article.sing")], personal=HOME)
    assert thing is not None
    assert thing.known
    half = fold([one(2, op.TAG_ADD, tag="x")], personal=HOME)
    assert half is not None
    assert not half.known, "its creation has not arrived yet"


def test_who_filed_it_survives_sharing() -> None:
    thing = fold([one(1, op.CLIP, title="t", filed_by="p-x", filed_at=42)], personal=HOME)
    assert thing is not None
    assert (thing.created_by, thing.created_at) == ("p-x", 42)
    forged = fold([one(1, op.CLIP, title="t", filed_by="p-old", filed_at=42)], personal=HOME)
    assert forged is not None
    assert forged.created_by == "p-x", "nobody files in another's name"
    assert forged.created_at > 42


def _rev(number: int, text: str, *parents: int) -> Operation:
    return one(number, op.NOTE_REV, N, p=[i(p) for p in parents], x=text)


def _woven(revisions: list[Operation]) -> tuple[str, int]:
    thing = fold(revisions, personal=HOME)
    assert thing is not None
    woven = weave(thing.revision_heads, {r.id: r for r in thing.revisions})
    return woven.text, woven.conflicts


def test_edits_of_different_paragraphs_merge_silently() -> None:
    base = _rev(1, "un\n\ndeux\n\ntrois")
    left, right = _rev(2, "UN\n\ndeux\n\ntrois", 1), _rev(3, "un\n\ndeux\n\nTROIS", 1)
    for order in permutations([base, left, right]):
        assert _woven(list(order)) == ("UN\n\ndeux\n\nTROIS", 0)


def test_the_same_sentence_keeps_both_versions() -> None:
    base = _rev(1, "intro\n\nla phrase\n\nfin")
    left = _rev(2, "intro\n\nla phrase de gauche\n\nfin", 1)
    right = _rev(3, "intro\n\nla phrase de droite\n\nfin", 1)
    text, conflicts = _woven([base, left, right])
    assert "la phrase de gauche" in text
    assert "la phrase de droite" in text
    assert text.count("fin") == 1
    assert conflicts == 1
    assert _woven([right, base, left]) == (text, conflicts)


def test_the_next_save_settles_it() -> None:
    base, left, right = _rev(1, "a"), _rev(2, "b", 1), _rev(3, "c", 1)
    settled = _rev(4, "b et c", 2, 3)
    assert _woven([base, left, right, settled]) == ("b et c", 0)


def test_a_revision_knows_what_its_author_had_in_view() -> None:
    thing = fold([_rev(1, "a"), _rev(2, "b", 1), _rev(3, "c", 1)], personal=HOME)
    fact = with_parents(Fact(N, op.NOTE_REV, {"x": "d"}), thing)
    assert fact.data["p"] == [i(2), i(3)]


def test_merging_text_without_a_common_ancestor_loses_nothing() -> None:
    merged = merge_text("", "la mairie", "le marché")
    assert "la mairie" in merged.text
    assert "le marché" in merged.text
    assert merge_text("x", "x", "y").text == "y"
    assert merge_text("x", "y", "x").text == "y"
