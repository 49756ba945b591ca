"""What to read, post, pack and put back, from names and sizes alone."""

from __future__ import annotations

import pytest

from veille.journal import pack as packs
from veille.journal import segment as segments
from veille.journal.segment import Header, SegmentError
from veille.share import layout, plan
from veille.share.layout import Beat, Name, PackName
from veille.share.plan import Known, Survey

DEV, OTHER = "k7m2q9x4ab", "p3m2q9x4ab"
SPACE = "0" * 26


def name(sequence: int, device: str = DEV, digit: str = "a") -> Name:
    return Name(device, sequence, digit * 16)


def known(one: Name, *, mine: bool = True, **more: object) -> Known:
    return Known(one, one.id16 * 4, 100, 1, 0, mine, **more)  # type: ignore[arg-type]


def whole(**seen: object) -> Survey:
    return Survey(whole=True, **seen)  # type: ignore[arg-type]


def test_names_on_a_share_are_plain() -> None:
    beat = Beat(DEV, 1_763_922_000_123, "edits", "n-" + "0" * 16)
    pack = PackName(DEV, 1, 64, "0123456789abcdef")
    paths = [
        name(81).path, name(81).head, pack.path, beat.path, layout.blob_path("a" * 64),
        layout.MARKER, layout.README, layout.READER, layout.rescue_path(DEV, "a" * 16),
    ]  # fmt: skip
    for path in paths:
        assert path == path.lower()
        assert path.isascii()
        assert len(path) <= 80
        assert not set(path) & set('"*:<>?\\|')
        assert layout.is_ours(path)
    assert layout.read_segment(DEV, name(81).path.rpartition("/")[2]) == name(81)
    assert layout.read_head(name(81).head.rpartition("/")[2]) == name(81)
    assert layout.read_pack(DEV, pack.file) == pack
    assert layout.read_beat(beat.path.rpartition("/")[2]) == beat
    for bad in ("x.jsonl", "../00000001-0123456789abcdef.jsonl", name(1).path + ".tmp", "CON"):
        assert layout.read_segment(DEV, bad) is None
        assert not layout.is_ours(f"journal/{DEV}/{bad}")
    assert layout.read_pack(DEV, "p-00000009-00000001-0123456789abcdef.jsonl.gz") is None


def test_what_simply_follows_is_opened_without_a_listing() -> None:
    assert plan.to_look_into([name(8), name(9, OTHER)], {DEV: 7, OTHER: 3}) == [OTHER]
    assert plan.to_look_into([name(8), name(8, digit="b")], {DEV: 7}) == [DEV], "a clone: look"


def test_a_folder_that_announces_less_of_ours_is_set_back() -> None:
    ours = [name(8), name(3, OTHER)]
    assert not plan.is_set_back([name(8), name(5, OTHER), name(1, "x3m2q9x4ab")], ours)
    assert not plan.is_set_back([name(7), name(8)], [name(8)]), "an old one not taken down yet"
    assert plan.is_set_back([name(7), name(3, OTHER)], ours)
    assert plan.is_set_back([name(8)], ours)
    assert not plan.is_set_back([], [])


def test_what_vanished_is_known_by_name_and_size() -> None:
    one = known(name(1))
    assert plan.gone(Survey(), [one], {}) == [], "not everything was looked at"
    assert plan.gone(whole(), [one], {}) == [one]
    assert plan.gone(whole(loose={one.name: 99}), [one], {}) == [one], "it is torn"
    assert plan.gone(whole(loose={one.name: 100}), [one], {}) == []
    assert plan.gone(whole(), [known(name(1), shared=False)], {}) == [], "it never was there"
    theirs = known(name(1, OTHER), mine=False)
    assert plan.gone(whole(rescued={theirs.name.id16: {"x": 100}}), [theirs], {}) == []
    torn = whole(rescued={theirs.name.id16: {"x": 60}})
    assert plan.gone(torn, [theirs], {}) == [theirs], "put back, but torn"


def test_a_pack_stands_for_what_is_in_it_while_it_is_whole() -> None:
    pack = PackName(DEV, 1, 2, "0" * 16)
    inside = [known(name(n), pack=pack.file) for n in (1, 2)]
    assert plan.gone(whole(packs={pack: 50}), inside, {pack: 50}) == []
    assert plan.gone(whole(packs={pack: 49}), inside, {pack: 50}) == inside


def test_a_folder_that_went_back_is_told_from_files_taken_out() -> None:
    all_ = [known(name(n)) for n in range(1, 6)]
    assert plan.went_back(all_[3:], all_)
    assert not plan.went_back(all_[1:3], all_), "newer ones stand"
    assert not plan.went_back(all_, all_), "nothing is left to go back to"
    assert not plan.went_back([], all_)


def test_a_pack_is_known_by_the_ids_it_holds() -> None:
    kept = [known(name(n)) for n in (1, 2, 3)]
    pack = PackName(DEV, 1, 3, packs.sum16([one.id for one in kept]))
    assert plan.packs_known(Survey(packs={pack: 9}), kept) == {pack: kept}
    assert plan.packs_known(Survey(packs={pack: 9}), kept[:2]) == {}
    twin = known(name(2, digit="b"))
    assert plan.packs_known(Survey(packs={pack: 9}), [*kept, twin]) == {}, "read it, to be sure"
    vast = PackName(DEV, 1, 99_999_999, "0" * 16)
    assert plan.packs_known(Survey(packs={vast: 9}), kept) == {}


def test_only_the_owner_packs_and_only_when_it_is_worth_it() -> None:
    mine = [known(name(n)) for n in range(1, plan.LOOSE + 2)]
    seen = whole(loose={one.name: 100 for one in mine})
    (run,) = plan.to_pack(mine, seen, now_ms=0)
    assert run == mine
    assert plan.to_pack(mine[:-1], seen, now_ms=0) == []
    assert plan.to_pack(mine[:20], seen, now_ms=plan.LOOSE_MS + 1) == [mine[:20]], "old enough"
    torn = whole(loose={one.name: 100 for one in mine if one.name.sequence != 5})
    runs = plan.to_pack([*mine, known(name(99))], torn, now_ms=plan.LOOSE_MS + 1)
    assert [(run[0].name.sequence, run[-1].name.sequence) for run in runs] == [(1, 4), (6, 65)]


def sealed(sequence: int) -> bytes:
    return segments.seal(Header(SPACE, DEV, sequence, "", 0, "t"), ["{}"] * sequence)[1]


def test_a_pack_gives_back_its_segments_and_refuses_a_bomb() -> None:
    inside = [sealed(n) for n in (1, 2, 3)]
    data = packs.packed(inside)
    assert packs.unpacked(data) == inside
    assert packs.packed(inside) == data, "equal segments make equal bytes"
    for bad in (data[:-9], b"", b"\x1f\x8b", packs.packed([b"x" * 10]), packs.packed([b"{}\n"])):
        with pytest.raises(SegmentError):
            packs.unpacked(bad)
    with pytest.raises(SegmentError):
        packs.unpacked(packs.packed([b"0" * (2 * packs.MAX_RAW_BYTES + 1)]))
    with pytest.raises(SegmentError):
        packs.unpacked(packs.packed([b'{"n":99999999}\n']))


def test_runs_have_no_gap_and_fit_a_pack() -> None:
    assert packs.runs([(1, 10), (2, 10), (4, 10)]) == [(1, 2), (4, 4)]
    large = packs.MAX_RAW_BYTES // 2
    assert packs.runs([(1, large), (2, 1)]) == [(1, 1), (2, 2)]


def test_our_older_heads_are_taken_down() -> None:
    assert plan.old_heads([name(1), name(2, OTHER)], name(2, digit="0")) == [name(1)]
