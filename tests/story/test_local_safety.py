"""What was recorded survives a bad disk: copies, one step back, and no flipped byte unseen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - seeded

import pytest

from tests.conftest import Clock
from veille.desk import backups
from veille.desk.desk import Desk
from veille.desk.paths import ProfilePaths
from veille.domain.errors import NotFound, StoreError
from veille.domain.views import Filter
from veille.store import guard, schema

Open = Callable[..., Desk]


def titles(desk: Desk) -> list[str]:
    return sorted(row.title for row in desk.rows(desk.ids(Filter(kinds=("note",)))))


def test_one_step_back_keeps_what_is_newer_and_readable(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk("one", Clock())
    desk.new_note("avant", "texte")
    made = desk.back_up()
    desk.new_note("après", "texte")
    desk.close()
    paths = ProfilePaths(tmp_path / "one")
    data = bytearray(paths.database.read_bytes())
    data[:100] = bytes(100)
    paths.database.write_bytes(data)
    with pytest.raises(StoreError):
        Desk.open(str(paths.root))
    done = backups.restore(paths, now=Clock(1_796_000_000_000))
    assert done.backup.name == made.name
    assert (done.aside / "veille.sqlite").read_bytes() == bytes(data), "nothing is thrown away"
    again = open_desk("one")
    assert titles(again) == ["avant"], "its first page is gone: nothing newer can be read"
    again.drain()
    assert again.verify().problems == ()


def test_what_a_damaged_page_spares_is_kept(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk("one", Clock())
    desk.back_up()
    for number in range(40):
        desk.new_note(f"note {number:02d}", f"texte {number} " * 60)
    desk.close()
    paths = ProfilePaths(tmp_path / "one")
    data = bytearray(paths.database.read_bytes())
    place = data.index(b"texte 20 texte 20")
    page = place // 4096 * 4096
    data[page + 8 : page + 4096] = bytes(4088)
    paths.database.write_bytes(data)
    done = backups.restore(paths, now=Clock(1_796_000_000_000))
    again = open_desk("one")
    assert done.salvaged >= 60
    assert len(titles(again)) >= 36
    again.drain()
    assert again.verify().problems == ()


def test_a_copy_is_made_once_a_day_and_thinned_out(open_desk: Open) -> None:
    clock = Clock()
    desk = open_desk("one", clock)
    assert desk.back_up_if_due()
    assert not desk.back_up_if_due()
    clock.ms += 21 * 3_600_000
    assert desk.back_up_if_due()
    names = [
        f"2026-{month:02d}-{day:02d}-08{day:02d}00" for month in (9, 10, 11) for day in range(1, 29)
    ]
    kept = sorted(set(names) - set(backups.too_many(names)))
    assert kept[-7:] == names[-7:]
    assert any(one.startswith("2026-09") for one in kept)
    assert 10 < len(kept) < 20


def test_no_copy_to_go_back_to_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        backups.restore(ProfilePaths(tmp_path / "none"), now=Clock())


def test_a_restored_profile_shares_on_without_loss(open_desk: Open, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    clock = Clock()
    one, two = open_desk("one", clock), open_desk("two")
    space = one.create_space("Com", str(share), full_text=True).id
    one.new_note("lundi", "texte", space=space)
    one.sync()
    one.back_up()
    one.new_note("mardi", "texte", space=space)
    one.sync()
    one.new_note("mercredi", "pas encore parti", space=space)
    one.close()
    paths = ProfilePaths(tmp_path / "one")
    backups.restore(paths, now=Clock(1_796_000_000_000))
    again = open_desk("one", clock)
    two.join_space(str(share))
    for desk in (again, two, again):
        desk.sync()
    assert titles(again) == titles(two) == ["lundi", "mardi", "mercredi"]


@pytest.mark.slow
def test_any_flipped_byte_is_found_or_means_nothing(open_desk: Open, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    desk = open_desk("one")
    space = desk.create_space("Com", str(share), full_text=True).id
    desk.new_note("Plan vélo", "Le plan avance. [[Crue]]", space=space)
    desk.clip("-", stdin=b"Titre\n\nUn article de quelques mots sur la ville et ses habitants.")
    desk.tag(desk.ids(Filter(kinds=("article",))), add=["Mobilité"])
    desk.sync()
    desk.new_note("Non partie", "attend")
    desk.drain()
    desk.close()
    root = tmp_path / "one"
    whole = (root / "veille.sqlite").read_bytes()
    before = content(root / "veille.sqlite")
    pristine = tmp_path / "pristine"
    shutil.copytree(root, pristine)
    written = [at for at, byte in enumerate(whole) if byte]
    random = Random(5)
    found = unseen = 0
    for _turn in range(250):
        at = random.choice(written)
        flipped = bytearray(whole)
        flipped[at] ^= 1 << random.randrange(8)
        shutil.rmtree(root)
        shutil.copytree(pristine, root)
        (root / "veille.sqlite").write_bytes(flipped)
        if is_noticed(root):
            found += 1
        else:
            unseen += 1
            assert content(root / "veille.sqlite") == before, f"byte {at} changed unseen"
    assert found > 120


def test_a_flipped_byte_of_the_index_is_found_and_derived_again(desk: Desk) -> None:
    desk.new_note("Plan vélo", "Le plan avance.")
    desk.drain()
    assert desk.verify().problems == ()
    segment = next(desk.paths.index.glob("*.seg"))
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 4
    segment.write_bytes(data)
    assert ("index", segment.name) in desk.verify().problems
    desk.rebuild_index()
    assert desk.verify().problems == ()
    assert desk.search("vélo").total == 1


def is_noticed(root: Path) -> bool:
    try:
        desk = Desk.open(str(root))
    except StoreError:
        return True
    try:
        return bool([one for one in desk.verify().problems if one[0] != "share"])
    except StoreError:
        return True
    finally:
        desk.close()


def content(path: Path) -> list[tuple[object, ...]]:
    """Give everything that means something in a memory."""
    db = sqlite3.connect(path)
    rows = []
    for table in [*guard.GUARDED, *schema.TABLES]:
        names = [one[1] for one in db.execute(f"PRAGMA table_info({table})") if one[1] != "n"]
        query = f"SELECT {', '.join(names)} FROM {table}"
        rows += sorted((table, *map(str, one)) for one in db.execute(query))
    db.close()
    return rows
