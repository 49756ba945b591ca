"""A share that vanishes, tears, fills, lies: nothing is lost, the rest goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from veille.desk.desk import Desk
from veille.domain.errors import (
    BadName,
    ShareExists,
    ShareNotASpace,
    ShareUnavailable,
)
from veille.domain.views import Filter
from veille.journal import segment as segments
from veille.journal.segment import Header
from veille.sentences import rounds
from veille.share import carry
from veille.share.directory import Directory

Open = Callable[..., Desk]


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> tuple[Desk, Desk, Path]:
    share = share_folder
    one, two = open_desk("one"), open_desk("two")
    one.create_space("Com", str(share), full_text=True)
    two.join_space(str(share))
    for desk in (one, two, one):
        desk.sync()
    return one, two, share


def note(desk: Desk, title: str) -> str:
    return desk.new_note(title, "texte", space=desk.space("Com").id)


def mount(place: Path, size: str) -> None:
    """Mount a disk of this size, in memory; skips where that cannot be done."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("no tmpfs can be mounted here")


def titles(desk: Desk) -> list[str]:
    return sorted(
        r.title for r in desk.rows(desk.ids(Filter(kinds=("note",), space=desk.space("Com").id)))
    )


def test_an_absent_share_changes_nothing_and_all_leaves_when_it_is_back(
    team: tuple[Desk, Desk, Path],
) -> None:
    one, two, share = team
    note(one, "avant")
    one.sync()
    two.sync()
    away = share.with_name("away")
    share.rename(away)
    note(one, "pendant")
    (round_,) = one.sync()
    assert round_.failed
    assert round_.problems[0].code == "ShareUnavailable"
    assert not share.exists(), "an unmounted drive must not become a local folder"
    assert titles(one) == ["avant", "pendant"]
    assert titles(two) == ["avant"]
    assert one.space("Com").waiting == 2, "its title and its text"
    away.rename(share)
    one.sync()
    two.sync()
    assert titles(two) == ["avant", "pendant"]
    assert one.space("Com").problem == ""
    assert one.space("Com").waiting == 0


def test_what_a_drive_is_mounted_on_is_told_from_a_folder_without_a_space(
    team: tuple[Desk, Desk, Path],
) -> None:
    one, two, share = team
    away = share.with_name("away")
    share.rename(away)
    share.mkdir()
    note(one, "pendant")
    (round_,) = one.sync()
    assert [told.code for told in round_.problems] == ["ShareEmpty"]
    assert not list(share.iterdir()), "nothing is written where the drive will be mounted"
    (share / "autre.txt").write_text("autre chose")
    assert [told.code for told in one.sync()[0].problems] == ["ShareNotASpace"]
    shutil.rmtree(share)
    away.rename(share)
    marker = (share / "veille-espace.json").rename(share.with_name("marker"))
    assert [told.code for told in one.sync()[0].problems] == ["ShareUnmarked"]
    marker.rename(share / "veille-espace.json")
    one.sync()
    two.sync()
    assert titles(two) == ["pendant"]


class Failing(Directory):
    """A folder that dies after a number of calls: the drive was pulled out."""

    left = 0

    def _try(self, act, **more):  # type: ignore[no-untyped-def]
        if Failing.left <= 0:
            raise ShareUnavailable(folder=self.name)
        Failing.left -= 1
        return super()._try(act, **more)


def test_a_share_that_vanishes_at_any_call_loses_nothing(
    team: tuple[Desk, Desk, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, _share = team
    written = []
    for desk in (one, two):
        desk._house.open_folder = lambda folder: Failing(Path(folder))
    for calls in range(14):
        for desk in (one, two):
            written.append(f"note {calls} {desk.person}")
            note(desk, written[-1])
            Failing.left = calls
            desk.sync()
    Failing.left = 10_000
    for desk in (one, two, one, two):
        desk.sync()
    assert titles(one) == titles(two) == sorted(written)
    for desk in (one, two):
        desk.drain()
        assert desk.verify().problems == ()


def test_a_torn_segment_is_named_then_sent_again(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    note(one, "déchirée")
    one.sync()
    device = one.space("Com").device
    newest = max((share / "journal" / device).iterdir())
    whole = newest.read_bytes()
    newest.write_bytes(whole[: len(whole) // 2])
    (round_,) = two.sync()
    assert [told.code for told in round_.problems] == ["damaged_segment"]
    assert not round_.failed
    assert titles(two) == []
    one.sync()
    assert newest.read_bytes() == whole
    two.sync()
    assert titles(two) == ["déchirée"]


def test_a_share_restored_from_yesterday_gets_back_what_is_missing(
    team: tuple[Desk, Desk, Path], open_desk: Open
) -> None:
    one, two, share = team
    note(one, "hier")
    one.sync()
    backup = share.with_name("backup")
    shutil.copytree(share, backup)
    note(one, "aujourd'hui")
    one.sync()
    two.sync()
    shutil.rmtree(share)
    backup.rename(share)
    assert [told.code for told in two.sync()[0].problems] == ["files_missing"]
    assert titles(two) == ["aujourd'hui", "hier"], "absence is never deletion"
    (round_,) = one.sync()
    assert [told.code for told in round_.notices] == ["went_back"]
    newcomer = open_desk("newcomer")
    newcomer.join_space(str(share))
    newcomer.sync()
    assert titles(newcomer) == ["aujourd'hui", "hier"]


def test_a_share_that_went_back_is_noticed_by_the_next_round_without_a_look_at_everything(
    team: tuple[Desk, Desk, Path], open_desk: Open
) -> None:
    one, two, share = team
    note(one, "hier")
    for desk in (one, two):
        desk.sync()
    backup = share.with_name("backup")
    shutil.copytree(share, backup)
    for number in range(3):
        note(one, f"de une {number}")
        note(two, f"de deux {number}")
        for desk in (one, two):
            desk.sync(whole=False)
    one.sync(whole=False)
    shutil.rmtree(share)
    backup.rename(share)
    # What a colleague sent since is more than this round reads: the next looks at everything too.
    newcomer = open_desk("newcomer")
    newcomer.join_space(str(share))
    for number in range(3):
        note(newcomer, f"de la nouvelle {number}")
        newcomer.sync(whole=False)
    (done,) = one.sync(whole=False, most=1)
    assert done.remaining
    told = [done, *one.sync(whole=False)]
    assert [event.code for each in told for event in each.notices] == ["went_back"]
    assert "files_missing" in [event.code for each in told for event in each.problems]
    (done,) = one.sync(whole=False)
    assert (done.sent, done.notices) == (0, []), "once"
    for desk in (two, one, newcomer):
        desk.sync(whole=False)
    assert titles(newcomer) == titles(one) == titles(two)
    assert len(titles(newcomer)) == 10


def test_who_only_reads_does_not_look_at_everything_each_time(
    team: tuple[Desk, Desk, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, share = team
    note(two, "de deux")
    for desk in (two, one):
        desk.sync()
    one.give_role("Com", two.person, "reader")
    for desk in (one, two):
        desk.sync()
    for path in (share / "heads").iterdir():
        if two.space("Com").device in path.name:
            path.unlink()
    looks: list[object] = []
    whole = carry.look_at_all
    monkeypatch.setattr(carry, "look_at_all", lambda folder: looks.append(1) or whole(folder))
    two.sync(whole=False)
    assert not looks


def test_a_copied_profile_takes_another_name_and_both_branches_stay(
    team: tuple[Desk, Desk, Path], open_desk: Open, tmp_path: Path
) -> None:
    one, two, _share = team
    note(one, "commun")
    one.sync()
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "clone")
    original, clone = open_desk("one"), open_desk("clone")
    note(original, "original")
    note(clone, "clone")
    for desk in (original, clone, original, two):
        desk.sync()
    assert original.space("Com").device != clone.space("Com").device
    for desk in (original, clone, two):
        desk.sync()
    for desk in (original, clone, two):
        desk.sync()
        assert titles(desk) == ["clone", "commun", "original"]


def test_hostile_files_are_passed_over(team: tuple[Desk, Desk, Path]) -> None:
    one, two, share = team
    device = "0" * 10
    journal = share / "journal" / device
    journal.mkdir()
    (journal / "00000001-0123456789abcdef.jsonl").write_bytes(b"[" * 1_000_000)
    (journal / "desktop.ini").write_bytes(b"x")
    (journal / "00000002-0123456789abcdef.jsonl").mkdir()
    with suppress(OSError, AttributeError):
        os.mkfifo(journal / "00000003-0123456789abcdef.jsonl")
    space = one.space("Com").id
    forged = [
        '{"by":"p-1","d":{"filed_at":9007199254740991,"title":"loin"},"e":"a-0000000000000001","h":"1763922000123-0000","i":"0000000000000001","k":"article.clip"}',
        '{"by":"p-1","d":{"title":{"a":[1]},"url":"javascript:alert(1)"},"e":"a-0000000000000002","h":"9999999999999-ffff","i":"0000000000000002","k":"article.clip"}',
        '{"by":"p-1","d":{},"e":"../../x","h":"1763922000123-0000","i":"0000000000000003","k":"article.clip"}',
        "not json",
        '{"by":"p-1","d":{"x":"sing"},"e":"n-0000000000000004","h":"1763922000123-0000","i":"0000000000000004","k":"note.sing","new":1}',
    ]
    identity, data = segments.seal(Header(space, device, 4, "", 1, "forged"), forged)
    (journal / f"00000004-{identity[:16]}.jsonl").write_bytes(data)
    note(two, "honnête")
    two.sync()
    (round_,) = one.sync()
    codes = [told.code for told in round_.problems]
    assert "damaged_segment" in codes
    assert sum(code.startswith("line_") for code in codes) == 2
    assert not round_.failed
    assert "honnête" in titles(one)
    one.drain()
    assert one.verify().problems == ()
    for row in one.rows(one.ids(Filter())):
        one.read(row.id)
    mine = one.clip("-", stdin=b"Titre\n\nUn texte ordinaire apres coup.").id
    assert one.rows([mine])[0].created_at < 1_800_000_000_000, "our clock was not poisoned"


def test_a_folder_that_is_no_space_or_another_one_is_refused(
    team: tuple[Desk, Desk, Path], open_desk: Open, tmp_path: Path
) -> None:
    one, _two, share = team
    (tmp_path / "empty").mkdir()
    with pytest.raises(ShareNotASpace):
        one.join_space(str(tmp_path / "empty"))
    with pytest.raises(ShareUnavailable):
        one.join_space(str(tmp_path / "nowhere"))
    with pytest.raises(ShareUnavailable):
        one.join_space("")
    with pytest.raises(ShareExists):
        open_desk("third").create_space("Autre", str(share), full_text=False)
    with pytest.raises(BadName):
        one.create_space("", str(tmp_path / "empty"), full_text=False)
    with pytest.raises(BadName):
        one.create_space("Ici", str(tmp_path / "one"), full_text=False)
    other = tmp_path / "other"
    other.mkdir()
    open_desk("fourth").create_space("Autre", str(other), full_text=False)
    shutil.copy(other / "veille-espace.json", share / "veille-espace.json")
    assert one.sync()[0].problems[0].code == "ShareOther"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to mount a tiny disk")
def test_a_full_share_keeps_everything_here_and_sends_it_later(
    open_desk: Open, tmp_path: Path
) -> None:
    share = tmp_path / "tiny"
    share.mkdir()
    mount(share, "64k")
    try:
        one = open_desk("one")
        one.create_space("Com", str(share), full_text=True)
        one.sync()
        (share / "ballast").write_bytes(b"x" * 40_000)
        note(one, "avant")
        one.edit_note(one.ids(Filter(kinds=("note",)))[0], os.urandom(30_000).hex())
        (round_,) = one.sync()
        assert round_.problems[0].code == "ShareFull"
        assert one.space("Com").waiting > 0
        (share / "ballast").unlink()
        subprocess.run(["mount", "-o", "remount,size=4m", str(share)], check=True)
        assert not one.sync()[0].failed
        two = open_desk("two")
        two.join_space(str(share))
        two.sync()
        assert titles(two) == ["avant"]
    finally:
        subprocess.run(["umount", "-l", str(share)], check=False)


def test_a_clock_that_is_years_wrong_is_told_and_captures_nothing(
    team: tuple[Desk, Desk, Path], open_desk: Open, tmp_path: Path
) -> None:
    one, two, _share = team
    shared = note(one, "avant")
    for desk in (one, two):
        desk.sync()
    two._house.now = lambda: 2_800_000_000_000  # type: ignore[method-assign,assignment]
    two.rename_note(shared, "depuis 2058")
    (done,) = two.sync()
    (told,) = [event for event in done.problems if event.code == "clock_wrong"]
    assert "ahead" in rounds.event(told)
    one.sync()
    row = one.rows([shared])[0]
    assert row.title == "depuis 2058"
    assert row.updated_at < 1_900_000_000_000, "nothing was said after it was received"
    one.rename_note(shared, "après")
    assert one.rows([shared])[0].title == "après", "a later edit wins, whatever the clocks"
    mine = note(one, "la mienne")
    assert one.rows([mine])[0].created_at < 1_900_000_000_000, "our clock was not poisoned"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to mount a disk")
def test_a_read_only_share_is_read_and_what_waits_leaves_when_rights_return(
    open_desk: Open, tmp_path: Path
) -> None:
    share = tmp_path / "disk"
    share.mkdir()
    mount(share, "4m")
    try:
        one, two = open_desk("one"), open_desk("two")
        one.create_space("Com", str(share), full_text=True)
        note(one, "lisible")
        one.sync()
        subprocess.run(["mount", "-o", "remount,ro", str(share)], check=True)
        two.join_space(str(share))
        note(two, "attend")
        (done,) = two.sync()
        assert done.problems[0].code == "ShareReadOnly"
        assert titles(two) == ["attend", "lisible"], "reading goes on"
        assert two.space("Com").waiting > 0
        subprocess.run(["mount", "-o", "remount,rw", str(share)], check=True)
        assert not two.sync()[0].failed
        one.sync()
        assert titles(one) == ["attend", "lisible"]
    finally:
        subprocess.run(["umount", "-l", str(share)], check=False)
