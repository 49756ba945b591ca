"""What somebody who may write in the folder can do, and a disk that rots: nobody else is stopped."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Clock
from veille.desk import backups, mending
from veille.desk.desk import Desk
from veille.desk.paths import ProfilePaths
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import AmbiguousPrefix, NotFound, ShareUnavailable, StoreDamaged
from veille.domain.facts import Fact
from veille.domain.ids import space_entity
from veille.domain.views import Filter
from veille.journal import line as lines
from veille.journal import segment as segments
from veille.journal import signature
from veille.journal.segment import Header
from veille.share import plan

Open = Callable[..., Desk]
SECRET = bytes(range(32))


class Stranger:
    """Somebody with a key of her own and the right to write in the folder."""

    def __init__(self, share: Path, space: str) -> None:
        self.share, self.space = share, space
        key = signature.written(signature.public_key(SECRET))
        self.person = Header(space, "z" * 10, 1, "", 0, "x", key).author

    def say(self, number: int, entity: str, kind: str, **data: object) -> str:
        said = {"by": self.person, "d": data, "e": entity, "h": "1795000000000-0000",
                "i": f"{number:016d}", "k": kind}  # fmt: skip
        return lines.dumps(said)  # type: ignore[arg-type]

    def write(self, device: str, sequence: int, said: list[str], *, t: int = 1) -> Path:
        header = Header(self.space, device, sequence, "", t, "x")
        identity, data = segments.seal(header, said, secret=SECRET)
        path = self.share / "journal" / device / f"{sequence:08d}-{identity[:16]}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        head = self.share / "heads" / f"{device}.{sequence:08d}.{identity[:16]}.json"
        head.write_bytes(b"{}")
        return path


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> tuple[Desk, Desk, Path]:
    one, two = open_desk("one"), open_desk("two")
    one.create_space("Com", str(share_folder), full_text=True)
    two.join_space(str(share_folder))
    for desk in (one, two, one):
        desk.sync()
    return one, two, share_folder


def note(desk: Desk, title: str) -> str:
    return desk.new_note(title, f"texte {title}", space=desk.space("Com").id)


def titles(desk: Desk) -> list[str]:
    return sorted(row.title for row in desk.rows(desk.ids(Filter(kinds=("note",)))))


def newcomer(open_desk: Open, share: Path) -> Desk:
    desk = open_desk("newcomer")
    desk.join_space(str(share))
    desk.sync()
    return desk


def test_a_great_number_under_our_name_does_not_silence_us(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    stranger = Stranger(share, one.space("Com").id)
    stranger.write(one.space("Com").device, 99_999_999, [stranger.say(1, "n-" + "1" * 16, "x.y")])
    one.sync()
    note(one, "encore là")
    assert one.sync()[0].sent > 0
    two.sync()
    assert titles(two) == ["encore là"]


def test_the_id_of_a_colleagues_operation_gives_nobody_her_voice(
    team: tuple[Desk, Desk, Path],
) -> None:
    one, two, share = team
    mine = note(one, "à moi")
    one.sync()
    (revision,) = one.revisions(mine)
    stranger = Stranger(share, one.space("Com").id)
    forged = stranger.say(0, "n-" + "7" * 16, op.NOTE_REV, x="FAUX", p=[])
    forged = forged.replace("0" * 16, revision.id)
    again = stranger.say(0, mine, op.NOTE_REV, x="FAUX", p=[revision.id]).replace(
        "0" * 16, revision.id
    )
    stranger.write("z" * 10, 1, [forged, again])
    for desk in (one, two):
        desk.sync()
        said = {(state.text, state.by) for state in desk.revisions(mine)}
        assert ("FAUX", one.person) not in said
        assert ("texte à moi", one.person) in said
    assert one.read(mine).text == two.read(mine).text


def test_odd_files_are_named_and_the_round_goes_on(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    with suppress(OSError):
        (share / "heads" / "loop").symlink_to("loop")
        (share / "journal" / ("y" * 10)).symlink_to("y" * 10)
    with suppress(OSError):
        Path(os.fsdecode(os.fsencode(share / "heads") + b"/caf\xe9.txt")).write_bytes(b"x")
    note(two, "honnête")
    assert not two.sync()[0].failed
    (done,) = one.sync()
    assert not done.failed
    assert titles(one) == ["honnête"]
    assert not one.sync()[0].failed


def test_a_date_beyond_the_calendar_breaks_nothing(team: tuple[Desk, Desk, Path]) -> None:
    one, _two, share = team
    stranger = Stranger(share, one.space("Com").id)
    stranger.write("z" * 10, 1, [stranger.say(1, "n-" + "1" * 16, "x.y")], t=2**53)
    one.sync()
    assert all(member.at < 1_900_000_000_000 for member in one.members("Com"))


def test_a_rescue_that_was_torn_is_done_again(
    team: tuple[Desk, Desk, Path], open_desk: Open
) -> None:
    one, two, share = team
    note(two, "de Deux")
    two.sync()
    one.sync()
    device = two.space("Com").device
    for path in (share / "journal" / device).iterdir():
        path.unlink()
    one.sync()
    one.sync()
    for path in (share / "rescue").rglob("*.jsonl"):
        path.write_bytes(path.read_bytes()[:30])
    one.sync()
    one.sync()
    assert "de Deux" in titles(newcomer(open_desk, share))


def test_what_rots_here_is_healed_from_the_share_and_not_the_reverse(
    team: tuple[Desk, Desk, Path], open_desk: Open
) -> None:
    one, _two, share = team
    note(one, "précieuse")
    one.sync()
    with one._house.database.writing() as db:
        db.execute("UPDATE segments SET data = x'00' WHERE mine")
    assert any(where == "segments" for where, _what in one.verify().problems)
    mending.audit(one._house)
    one.sync()
    assert "précieuse" in titles(newcomer(open_desk, share))
    one.drain()
    assert [one_ for one_ in one.verify().problems if one_[0] == "segments"] == []


def test_what_rots_on_the_share_is_sent_again_after_a_verification(
    team: tuple[Desk, Desk, Path], open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _two, share = team
    monkeypatch.setattr(plan, "LOOSE", 2)
    for number in range(6):
        note(one, f"note {number}")
        one.sync()
    device = share / "journal" / one.space("Com").device
    assert any(path.name.startswith("p-") for path in device.iterdir())
    for path in device.iterdir():
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    one.drain()
    assert any(where == "share" for where, _what in one.verify().problems)
    one.sync()
    one.sync()
    assert one.verify().problems == ()
    assert len(titles(newcomer(open_desk, share))) == 6


def test_a_restored_profile_never_signs_what_colleagues_said(
    team: tuple[Desk, Desk, Path], open_desk: Open, tmp_path: Path
) -> None:
    one, two, share = team
    one.back_up()
    note(two, "de Deux")
    two.sync()
    one.sync()
    one.close()
    backups.restore(ProfilePaths(tmp_path / "one"), now=Clock(1_796_000_000_000))
    again = open_desk("one")
    device = two.space("Com").device
    for path in (share / "journal" / device).iterdir():
        path.unlink()
    for _turn in range(3):
        (done,) = again.sync()
    fresh = newcomer(open_desk, share)
    assert "de Deux" in titles(fresh)
    assert not [told for told in fresh.sync()[0].problems if told.code.startswith("line_")]
    assert not [told for told in done.problems if told.code.startswith("line_")]


def test_a_restoration_cut_short_is_finished_and_strands_nothing(
    open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk("one")
    desk.new_note("avant", "texte")
    desk.back_up()
    desk.new_note("après", "texte")
    person = desk.person
    desk.close()
    paths = ProfilePaths(tmp_path / "one")
    with monkeypatch.context() as cut:
        cut.setattr(
            "veille.desk.rebuild.salvage", lambda *_a: (_ for _ in ()).throw(OSError("cut"))
        )
        with pytest.raises(StoreDamaged):
            backups.restore(paths, now=Clock(1_796_000_000_000))
    with pytest.raises(StoreDamaged):
        Desk.open(str(paths.root))
    done = backups.restore(paths, now=Clock(1_797_000_000_000))
    assert done.salvaged > 0
    again = open_desk("one")
    assert titles(again) == ["après", "avant"]
    assert again.person == person


def test_a_newer_segment_in_a_pack_is_read_after_an_update(
    team: tuple[Desk, Desk, Path], open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, _share = team
    monkeypatch.setattr(plan, "LOOSE", 2)
    for number in range(5):
        monkeypatch.setattr(segments, "VERSION", 2 if number == 3 else 1)
        note(two, f"note {number}")
        two.sync(whole=False)
    monkeypatch.setattr(segments, "VERSION", 2)
    two.sync()
    two.sync()
    monkeypatch.setattr(segments, "VERSION", 1)
    codes = {told.code for told in one.sync()[0].problems}
    assert "update_veille" in codes
    assert len(titles(one)) == 4, "the others go on"
    monkeypatch.setattr(segments, "VERSION", 2)
    one.sync()
    assert len(titles(one)) == 5


def test_lines_taken_out_do_not_keep_the_whole_away(
    team: tuple[Desk, Desk, Path], open_desk: Open
) -> None:
    _one, two, share = team
    note(two, "entière")
    two.sync()
    newest = max((share / "journal" / two.space("Com").device).iterdir())
    whole = newest.read_bytes()
    first, *said, trailer = whole.decode().removesuffix("\n").split("\n")
    import hashlib
    import json

    said = [
        lines.dumps({"l": hashlib.sha256(s.encode()).hexdigest(), "x": "redacted"}) for s in said
    ]
    body = "".join(f"{line}\n" for line in (first, *said)).encode()
    end = {**json.loads(trailer), "sha256": hashlib.sha256(body).hexdigest()}
    newest.write_bytes(body + lines.dumps(end).encode() + b"\n")
    fresh = newcomer(open_desk, share)
    assert titles(fresh) == []
    two.sync()
    assert newest.read_bytes() == whole
    fresh.sync()
    assert titles(fresh) == ["entière"]


def test_two_people_settle_one_passage_differently(team: tuple[Desk, Desk, Path]) -> None:
    one, two, _share = team
    mine = one.new_note("Plan", "Il coûte dix.", space=one.space("Com").id)
    one.sync()
    two.sync()
    one.edit_note(mine, "Il coûte onze.")
    two.edit_note(mine, "Il coûte douze.")
    for desk in (one, two, one):
        desk.sync()
    one.settle(mine, 1, "a")
    two.settle(mine, 1, "b")
    for desk in (one, two, one):
        desk.sync()
    for desk in (one, two):
        (choice,) = desk.choices(mine)
        assert {choice.a.text, choice.b.text} == {"Il coûte onze.", "Il coûte douze."}


def test_saying_ones_name_is_no_conflict_for_others(open_desk: Open, share_folder: Path) -> None:
    one, two = open_desk("one"), open_desk("two")
    one.create_space("Com", str(share_folder), full_text=True)
    one.sync()
    two.join_space(str(share_folder))
    two.introduce("Bruno")
    two.sync()
    (done,) = one.sync()
    assert done.conflicts == 0
    assert one.in_two_versions() == []
    assert one.people()[two.person] == "Bruno"


def test_a_role_goes_to_one_member_and_to_nobody_else(open_desk: Open, share_folder: Path) -> None:
    one, two, three = open_desk("one"), open_desk("two"), open_desk("three")
    one.create_space("Com", str(share_folder), full_text=True)
    one.sync()
    for desk in (two, three):
        desk.introduce("Bruno")
        desk.join_space(str(share_folder))
        desk.sync()
    one.sync()
    with pytest.raises(NotFound):
        one.give_role("Com", "Personne", "reader")
    with pytest.raises(AmbiguousPrefix):
        one.give_role("Com", "Bruno", "reader")
    one.give_role("Com", two.person, "reader")
    one.give_role("Com", one.person, "reader")
    assert one.role("Com") == "referent", "a space always has somebody who decides"


def test_spaces_of_one_name_are_told_apart(open_desk: Open, tmp_path: Path) -> None:
    one = open_desk("one")
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        open_desk(f"opener {name}").create_space("Presse", str(tmp_path / name), full_text=True)
        one.join_space(str(tmp_path / name))
        one.sync()
    with pytest.raises(AmbiguousPrefix):
        one.space("Presse")
    left = one.space(str(tmp_path / "x"))
    one.leave_space(left.id)
    assert one.space("Presse").folder == str(tmp_path / "y")
    kept = one.new_note("À partager", "texte")
    with pytest.raises(ShareUnavailable):
        one.share([kept], left.id)
    entity = str(space_entity(one.space("Presse").id))
    record(one._house, [Fact(entity, op.SPACE_SET, {"name": "personal"}, one.space("Presse").id)])
    assert one.space("personal").personal


def test_a_stranger_does_not_hide_what_is_announced(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    stranger = Stranger(share, one.space("Com").id)
    stranger.write(one.space("Com").device, 99_999_999, [stranger.say(1, "n-" + "1" * 16, "x.y")])
    two.sync(whole=False)
    for number in range(3):
        note(one, f"note {number}")
        one.sync(whole=False)
        two.sync(whole=False)
        assert f"note {number}" in titles(two)


def test_many_newer_files_do_not_slow_the_others(
    team: tuple[Desk, Desk, Path], open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, share = team
    monkeypatch.setattr(segments, "VERSION", 2)
    for number in range(30):
        note(two, f"plus récente {number}")
        two.sync(whole=False)
    monkeypatch.setattr(segments, "VERSION", 1)
    note(one, "lisible")
    one.sync()
    fresh = open_desk("fresh")
    fresh.join_space(str(share))
    for _turn in range(4):
        fresh.sync(most=10)
    assert "lisible" in titles(fresh)
    assert not fresh.sync(most=10)[0].more
