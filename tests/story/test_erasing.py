"""A person asks that comments about her be erased: the words go everywhere, a mark stays."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from veille.desk import backups, chance, mending
from veille.desk.desk import Desk
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import ErasedForGood, NothingToUndo
from veille.domain.facts import Fact
from veille.domain.ids import space_entity
from veille.domain.operation import Operation
from veille.journal import line as lines
from veille.journal import segment as segments
from veille.sentences import requests
from veille.share import plan
from veille.store import append, erasing, verify

Open = Callable[..., Desk]
SECRET = "Zanzibarine"
COMMENT = f"Madame {SECRET} Dupont ment souvent."


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> tuple[Desk, Desk, Path]:
    one, two = open_desk("one"), open_desk("two")
    one.create_space("Com", str(share_folder), full_text=True)
    two.join_space(str(share_folder))
    rounds(one, two)
    return one, two, share_folder


def rounds(*desks: Desk, times: int = 2) -> None:
    for _turn in range(times):
        for desk in desks:
            desk.sync()


def comment(desk: Desk, text: str = COMMENT, *, space: str = "", kind: str = "annotation") -> str:
    thing = chance.entity(kind)
    where = space or next(one.id for one in desk.spaces() if one.personal)
    said = {"article": "a-" + "0" * 16, "exact": "un passage", "comment": text}
    if kind == "annotation":
        said["visibility"] = "team" if space else "private"
    record(desk._house, [Fact(thing, op.QUOTE_ADD if kind == "quote" else op.COMMENT_ADD, said,
                              where)])  # fmt: skip
    return thing


def unsaid(place: Path, word: str = SECRET) -> list[str]:
    """Name the files under a place that hold a word, whatever they are compressed with."""
    needle = word.encode()
    return [str(path) for path in place.rglob("*") if path.is_file() and _holds(path, needle)]


def _holds(path: Path, needle: bytes) -> bool:
    data = path.read_bytes()
    if needle in data or needle.lower() in data:
        return True
    if path.suffix == ".gz":
        return needle in gzip.decompress(data)
    if path.suffix == ".sqlite":
        import sqlite3

        db = sqlite3.connect(path)
        try:
            blobs = [row[0] for row in db.execute("SELECT data FROM segments")]
        finally:
            db.close()
        return any(needle in zlib.decompress(one) for one in blobs)
    return False


def tables(desk: Desk) -> list[object]:
    with desk._house.database.reading() as db:
        return [verify.dump(db, "things"), verify.dump(db, "tags")]


def is_sound(desk: Desk) -> None:
    assert desk.verify().problems == ()


def said_in_team(desk: Desk, **options: str) -> str:
    return comment(desk, space=desk.space("Com").id, **options)


def test_private_words_leave_no_trace(desk: Desk) -> None:
    thing = comment(desk)
    desk.drain()
    desk.back_up()
    assert unsaid(desk.paths.root)
    done = desk.requests.erase([thing])
    desk.drain()
    assert (done.refused, done.waiting_spaces, done.cleaned) == ((), (), True)
    assert unsaid(desk.paths.root) == []
    assert desk.requests.mentions("Dupont") == []
    is_sound(desk)
    desk.rebuild_tables()
    assert desk.rows([thing]) == []
    with pytest.raises(ErasedForGood):
        desk.undo_gesture(done.changes.gesture)
    with desk._house.database.reading() as db:
        (first,) = [
            row[0]
            for row in db.execute(
                "SELECT gesture FROM operations WHERE entity = ? AND kind = 'comment.add'", (thing,)
            )
        ]
    with pytest.raises(NothingToUndo):
        desk.undo_gesture(first)
    assert next(one.kind for one in desk.history(thing=thing)) == op.PURGE


def test_a_long_comment_among_many_leaves_no_trace(desk: Desk) -> None:
    with desk._house.database.reading() as db:
        # Some builds of SQLite overwrite what they free; others do not.
        db.execute("PRAGMA secure_delete = OFF")
    others = [comment(desk, f"Commentaire {number}, bien innocent.") for number in range(40)]
    thing = comment(desk, f"{COMMENT} " * 400)
    desk.drain()
    desk.requests.erase([thing])
    desk.drain()
    assert unsaid(desk.paths.root) == []
    assert len(desk.rows(others)) == 40
    is_sound(desk)


def test_a_quick_round_is_enough_for_a_file_of_ones_own(team: tuple[Desk, Desk, Path]) -> None:
    _one, two, share = team
    thing = said_in_team(two)
    rounds(two)
    assert unsaid(share)
    two.requests.erase([thing])
    two.sync(whole=False)
    assert unsaid(share) == []


def test_names_are_found_whatever_their_order_and_accents(desk: Desk) -> None:
    thing = comment(desk, "Selon DUPONT, Éléonore, rien.")
    comment(desk, "Éléonore n’est pas Dupontel.")
    desk.delete([thing])
    (found,) = desk.requests.mentions("eleonore dupont")
    assert (found.row.id, found.where) == (thing, "comment")


def test_a_quote_loses_its_comment_and_stays(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    thing = said_in_team(one, kind="quote")
    rounds(one, two)
    one.requests.erase([thing])
    rounds(one, two)
    for desk in (one, two):
        (row,) = desk.rows([thing])
        assert (row.text("exact"), row.text("comment")) == ("un passage", "")
        is_sound(desk)
    assert unsaid(share) == []
    assert tables(one) == tables(two)


def test_a_deleted_quote_does_not_come_back(desk: Desk) -> None:
    thing = comment(desk, kind="quote")
    desk.delete([thing])
    desk.requests.erase([thing])
    (row,) = desk.rows([thing])
    assert row.hidden


def test_the_team_forgets_and_a_newcomer_never_knew(
    team: tuple[Desk, Desk, Path], open_desk: Open
) -> None:
    one, two, share = team
    thing = said_in_team(two)
    kept = said_in_team(two, text="Un autre commentaire.")
    rounds(two, one)
    two.requests.erase([thing])
    rounds(two, one)
    fresh = open_desk("fresh")
    fresh.join_space(str(share))
    rounds(fresh, two, one)
    for desk in (one, two, fresh):
        desk.drain()
        is_sound(desk)
        assert desk.rows([kept])
        assert unsaid(desk.paths.root) == []
        assert tables(desk) == tables(one)
    space = one.space("Com").id
    # What was taken out is accounted for: the newcomer keeps, and may put back, what others do.
    assert mending.standing(fresh._house, space) == mending.standing(one._house, space)
    assert unsaid(share) == []
    before = sorted(path for path in share.rglob("*") if path.is_file())
    rounds(one, two, fresh)
    assert sorted(path for path in share.rglob("*") if path.is_file()) == before


def test_a_referent_erases_while_the_author_is_away(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    thing = said_in_team(two)
    rounds(two, one)
    done = one.requests.erase([thing])
    assert done.waiting_spaces == ("Com",)
    for _turn in range(3):
        # As long as she is away her file stands as it was: nothing is missing, nothing put back.
        (done_round,) = one.sync()
        assert "files_missing" not in {each.code for each in done_round.problems}
    assert not list((share / "rescue").rglob("*.jsonl"))
    rounds(two, one)
    assert unsaid(share) == []
    for desk in (one, two):
        assert unsaid(desk.paths.root) == []
        is_sound(desk)


def test_a_colleague_may_not_erase_and_a_forged_purge_does_nothing(
    team: tuple[Desk, Desk, Path],
) -> None:
    one, two, _share = team
    thing = said_in_team(one)
    rounds(one, two)
    done = two.requests.erase([thing])
    assert (done.refused, done.changes.entities) == ((thing,), frozenset())
    with two._house.database.reading() as db:
        query = "SELECT id, digest FROM operations WHERE entity = ?"
        named = [list(row) for row in db.execute(query, (thing,))]
    purge = Fact(thing, op.PURGE, {"lines": named}, two.space("Com").id)
    record(two._house, [purge])
    rounds(two, one)
    for desk in (one, two):
        assert desk.rows([thing])[0].text("comment") == COMMENT


def test_a_purge_that_comes_before_its_line(team: tuple[Desk, Desk, Path], open_desk: Open) -> None:
    one, two, share = team
    late = open_desk("late")
    late.join_space(str(share))
    thing = said_in_team(two)
    rounds(two)
    newest = max((share / "journal" / two.space("Com").device).iterdir())
    whole = newest.read_bytes()
    rounds(one)
    one.requests.erase([thing])
    one.sync()
    newest.unlink()
    late.sync()
    newest.write_bytes(whole)
    rounds(late, times=2)
    assert unsaid(late.paths.root) == []
    is_sound(late)
    rounds(two, late, one)
    assert tables(one) == tables(two) == tables(late)
    assert unsaid(share) == []


def test_a_pack_is_written_again(
    team: tuple[Desk, Desk, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, share = team
    monkeypatch.setattr(plan, "LOOSE", 2)
    thing = said_in_team(two)
    for number in range(5):
        said_in_team(two, text=f"Commentaire {number}.")
        two.sync()
    rounds(two, one)
    assert any(path.endswith(".gz") for path in unsaid(share))
    two.requests.erase([thing])
    is_sound(two)
    rounds(two, one, times=3)
    assert unsaid(share) == []
    assert not list((share / "rescue").rglob("*.jsonl"))
    for desk in (one, two):
        assert unsaid(desk.paths.root) == []
        is_sound(desk)
    assert not any(each.problems or each.notices for each in (*one.sync(), *two.sync()))


def test_a_cut_while_a_pack_is_written_again(
    team: tuple[Desk, Desk, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, share = team
    monkeypatch.setattr(plan, "LOOSE", 2)
    thing = said_in_team(two)
    kept = [said_in_team(two, text=f"Commentaire {number}.") for number in range(2)]
    rounds(two)
    for number in range(3):
        kept.append(said_in_team(two, text=f"Suite {number}."))
        two.sync()
    rounds(two, one)
    two.requests.erase([thing])

    def cut(*_words: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(mending.packs, "packed", cut)
        with pytest.raises(KeyboardInterrupt):
            two.sync()
    for pack in (share / "journal").rglob("*.gz"):
        pack.unlink()
    rounds(two, one, times=3)
    assert unsaid(share) == []
    assert all(one.rows([each]) and two.rows([each]) for each in kept)


def test_what_was_put_back_for_a_colleague_is_renewed(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    thing = said_in_team(two)
    rounds(two, one)
    for path in (share / "journal" / two.space("Com").device).iterdir():
        path.unlink()
    rounds(one, times=3)
    assert any("rescue" in path for path in unsaid(share))
    one.requests.erase([thing])
    rounds(one)
    assert unsaid(share) == []
    rounds(two, one)
    assert unsaid(share) == []
    for desk in (one, two):
        is_sound(desk)


def test_an_old_copy_brought_back_is_erased_again(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk("one")
    thing = comment(desk)
    copied = desk.back_up(str(tmp_path / "elsewhere"))
    desk.requests.erase([thing])
    paths = desk.paths
    desk.close()
    backups.restore(paths, now=lambda: 1_795_000_900_000, folder=copied.path.parent)
    again = open_desk("one")
    again.drain()
    assert again.requests.mentions(SECRET) == []
    assert again.rows([thing]) == []
    with again._house.database.reading() as db:
        assert [each.is_tombstone for each in erasing.written(db, thing)] == [True]
    assert again.verify().problems == ()


def test_a_copy_taken_before_free_pages_forgot_goes_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk._house.database.reading() as db:
        # Some builds of SQLite overwrite what they free; others do not.
        db.execute("PRAGMA secure_delete = OFF")
    for number in range(40):
        comment(desk, f"Commentaire {number}, bien innocent.")
    thing = comment(desk, f"{COMMENT} " * 400)
    desk.drain()
    with monkeypatch.context() as patch:
        # Another window reads.
        patch.setattr(erasing, "scrub", lambda _db: False)
        assert not desk.requests.erase([thing]).cleaned
        copied = desk.back_up()
    assert _holds(copied.path, SECRET.encode())
    desk.back_up_if_due()
    desk.drain()
    assert unsaid(desk.paths.root) == []
    assert [one.path.exists() for one in backups.listed(desk.paths.backups)] == [True]
    with desk._house.database.reading() as db:
        assert erasing.due(db) == ""
    is_sound(desk)


def test_what_another_window_erases_meanwhile_stays_due(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing = comment(desk)
    renewed = backups.renew

    def meanwhile(house: House) -> bool:
        with house.database.writing() as db:
            erasing.note_due(db)
        return renewed(house)

    with monkeypatch.context() as patch:
        patch.setattr(backups, "renew", meanwhile)
        desk.requests.erase([thing])
    with desk._house.database.reading() as db:
        assert erasing.due(db)
    desk.sync()
    with desk._house.database.reading() as db:
        assert not erasing.due(db)


def test_a_clock_that_was_set_back_hides_no_copy(desk: Desk) -> None:
    thing = comment(desk)
    first = desk.back_up()
    later = first.path.with_name("2026-12-31-235900.sqlite")
    first.path.rename(later)
    # A copy of the same day, by a clock that is ahead: the new one is older by its name.
    held = first.path.with_name(f"{first.name[:10]}-235959.sqlite")
    held.write_bytes(later.read_bytes())
    done = desk.requests.erase([thing])
    assert done.cleaned
    (left,) = backups.listed(desk.paths.backups)
    assert not erasing.holds(left.path, _gone(desk), unreadable=True)


def _gone(desk: Desk) -> set[tuple[str, str]]:
    with desk._house.database.reading() as db:
        return erasing.erased(db)


def test_a_memory_set_aside_is_told_and_not_thrown_away(open_desk: Open) -> None:
    desk = open_desk("one")
    thing, other = comment(desk), comment(desk, "Rien sur personne.")
    desk.back_up()
    paths = desk.paths
    desk.close()
    aside = backups.restore(paths, now=lambda: 1_795_000_900_000).aside / paths.database.name
    again = open_desk("one")
    done = again.requests.erase([thing])
    again.drain()
    assert (done.cleaned, done.kept) == (True, (aside,))
    assert str(aside) in requests.erased(done)
    # Told, and everything else of this computer has forgotten.
    assert {Path(one).parent for one in unsaid(paths.root)} == {aside.parent}
    aside.unlink()
    assert again.requests.erase([other]).kept == ()


def test_a_copy_that_cannot_be_read_is_told(desk: Desk) -> None:
    thing = comment(desk)
    copied = desk.back_up().path
    copied.write_bytes(b"no memory at all" * 100)
    done = desk.requests.erase([thing])
    assert done.kept == (copied,)
    assert copied.exists()


def test_who_takes_lines_out_of_a_colleagues_file_takes_nothing_away(
    team: tuple[Desk, Desk, Path],
) -> None:
    one, two, share = team
    thing = said_in_team(two)
    rounds(two)
    newest = max((share / "journal" / two.space("Com").device).iterdir())
    whole = newest.read_bytes()
    hashes = [segments.line_hash(each) for each in segments.open_segment(whole).lines]
    newest.write_bytes(segments.redact(whole, hashes))
    one.sync()
    rounds(two, one)
    assert newest.read_bytes() == whole
    for desk in (one, two):
        assert desk.rows([thing])[0].text("comment") == COMMENT
        is_sound(desk)


def test_who_claims_to_have_opened_the_space_erases_nothing(
    team: tuple[Desk, Desk, Path],
) -> None:
    one, two, _share = team
    thing, space = said_in_team(one), one.space("Com").id
    rounds(one, two)
    claim = Operation(
        chance.operation(), "1000000000000-0000", two.person, space, str(space_entity(space)),
        op.SPACE_SET, {"name": "Com"},
    )  # fmt: skip
    with two._house.database.writing() as db:
        append.append(
            db, [claim], [lines.write(claim)], device=two.space("Com").device, segment="",
            received=1,
        )  # fmt: skip
        named = [[each.id, each.digest, each.hash] for each in erasing.written(db, thing)]
    record(two._house, [Fact(thing, op.PURGE, {"lines": named}, space)])
    rounds(two, one)
    assert one.rows([thing])[0].text("comment") == COMMENT


def test_a_right_that_arrives_after_the_purge_counts(
    team: tuple[Desk, Desk, Path], open_desk: Open
) -> None:
    one, two, share = team
    three = open_desk("three")
    three.join_space(str(share))
    thing = said_in_team(three)
    rounds(three, one, two)
    device = one.space("Com").device
    one.give_role("Com", two.person, "referent")
    one.sync()
    two.sync()
    two.requests.erase([thing])
    two.sync()
    held = {path: path.read_bytes() for path in (share / "journal" / device).iterdir()}
    newest = max(held)
    newest.unlink()
    three.sync()
    assert three.rows([thing])[0].text("comment") == COMMENT
    newest.write_bytes(held[newest])
    rounds(three, two, one)
    assert unsaid(share) == []
    assert unsaid(three.paths.root) == []
    assert tables(one) == tables(two) == tables(three)


def test_what_was_rewritten_meanwhile_is_still_found(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    thing = said_in_team(one)
    rounds(one, two)
    record(two._house, [Fact(thing, op.COMMENT_REV, {"comment": f"{COMMENT} Encore."})])
    one.requests.erase([thing])
    rounds(one, two)
    for desk in (one, two):
        assert [each.row.id for each in desk.requests.mentions(SECRET)] == [thing]
    one.requests.erase([thing])
    rounds(one, two)
    for desk in (one, two):
        desk.drain()
        assert desk.requests.mentions(SECRET) == []
        assert unsaid(desk.paths.root) == []
    assert unsaid(share) == []


def test_a_comment_that_was_shared_goes_in_both_places(
    team: tuple[Desk, Desk, Path], article_html: str, tmp_path: Path
) -> None:
    one, two, share = team
    page = tmp_path / "page.html"
    page.write_text(article_html, encoding="utf-8")
    article = one.clip(str(page)).id
    thing = chance.entity("annotation")
    said = {"article": article, "comment": COMMENT, "visibility": "team"}
    record(one._house, [Fact(thing, op.COMMENT_ADD, said)])
    (there,) = one.share([thing], "Com")
    rounds(one, two)
    assert two.requests.mentions(SECRET)
    one.requests.erase([there])
    rounds(one, two)
    one.drain()
    for place in (one.paths.root, two.paths.root, share):
        assert unsaid(place) == []
    assert two.verify().problems == one.verify().problems == ()
