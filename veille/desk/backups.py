"""Dated copies of the memory beside it, thinned out with age; one step back from the worst.

Pages and images are not copied: they are never changed, only added, and named by their content.
A copy on the same disk helps against mistakes and damage, not against a stolen computer: what is
shared is with the colleagues, and ``make`` can write to another disk.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from veille.desk import chance, rebuild
from veille.desk.house import House, open_house
from veille.desk.paths import UNFINISHED, ProfilePaths
from veille.domain.errors import IndexError_, NotFound, StoreBusy, StoreDamaged, StoreError
from veille.store import backup, erasing, local

_NAME: Final = "%Y-%m-%d-%H%M%S"
EVERY_HOURS: Final = 20
DAYS, WEEKS, MONTHS = 7, 5, 12


@dataclass(frozen=True, slots=True)
class Backup:
    """A dated copy. ``at`` in milliseconds since 1970."""

    name: str
    at: int
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration did.

    Attributes:
        salvaged: operations that were newer than the copy and could still be read.
        aside: where the damaged memory was put; nothing is deleted.
    """

    backup: Backup
    salvaged: int
    aside: Path


def listed(folder: Path) -> list[Backup]:
    """Give the copies in a folder, newest first."""
    found = []
    for path in folder.glob("*.sqlite"):
        with suppress(ValueError, OSError):
            at = datetime.strptime(path.stem, _NAME).replace(tzinfo=UTC)
            ms = int(at.timestamp() * 1000)
            found.append(Backup(path.stem, ms, path.stat().st_size, path))
    return sorted(found, key=lambda one: one.name, reverse=True)


def make(house: House, *, folder: Path | None = None) -> Backup:
    """Copy the memory now; in the profile, older copies are thinned out. Raises StoreError."""
    where = folder or house.paths.backups
    try:
        where.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreDamaged(detail=str(problem)) from problem
    now = house.now()
    name = datetime.fromtimestamp(now / 1000, UTC).strftime(_NAME)
    target = where / f"{name}.sqlite"
    for left in where.glob("*.new"):
        # A copy that was cut short.
        left.unlink(missing_ok=True)
    with house.database.reading() as db:
        backup.copy(db, target)
    if folder is None:
        for old in too_many([one.name for one in listed(house.paths.backups)]):
            # A clock that was set back dates the new one before others: it stays all the same.
            if old != name:
                (where / f"{old}.sqlite").unlink(missing_ok=True)
    return Backup(name, now, target.stat().st_size, target)


def renew(house: House) -> bool:
    """After an erasure: copy the memory, then let go of copies that still hold what was erased.

    They go only once the new copy was read back. Tells whether that was done.
    """
    with house.database.reading() as db:
        gone = erasing.erased(db)
    older = [one for one in listed(house.paths.backups) if erasing.holds(one.path, gone)]
    if not older:
        return True
    made = make(house)
    if not backup.is_good(made.path) or erasing.holds(made.path, gone):
        return False
    for one in older:
        if one.path != made.path:
            one.path.unlink(missing_ok=True)
    return True


def clean_if_due(house: House) -> bool:
    """Have free pages, the index and dated copies forget what was erased. Tells whether all did.

    What could not be done now, another window being open, is done at the next round, or the next
    opening of a window.
    """
    try:
        with house.database.reading() as db:
            if not (noted := erasing.due(db)):
                return True
        # A stop between the recording of a purge and its effect. More may be due after it.
        rebuild.settle_erasures(house)
        with house.database.reading() as db:
            noted = erasing.due(db)
            if not erasing.scrub(db):
                return False
        with house.database.writing() as db:
            erasing.note_scrubbed(db, noted)
        # Last, once nobody holds the memory: it is told again of everything.
        done = renew(house)
        house.renew_index()
        if done:
            with house.database.writing() as db:
                erasing.note_done(db, noted)
    except (StoreError, IndexError_):
        return False
    return done


def still_holding(house: House) -> list[Path]:
    """Give the memories on this computer that hold what was erased, or may: none is thrown away.

    They are those that a restoration set aside, and dated copies that cannot be read. Only the
    person can tell whether they may go.
    """
    with house.database.reading() as db:
        gone = erasing.erased(db)
    aside = sorted(house.paths.set_aside.glob(f"*/{house.paths.database.name}"))
    kept = [*aside, *(one.path for one in listed(house.paths.backups))]
    return [one for one in kept if erasing.holds(one, gone, unreadable=True)]


def make_if_due(house: House) -> bool:
    """Copy the memory when the last copy is of yesterday, or of a day that has not come yet.

    First, copies forget what was erased and could not be forgotten then.
    """
    clean_if_due(house)
    newest = next(iter(listed(house.paths.backups)), None)
    age = house.now() - newest.at if newest else -1
    if 0 <= age < EVERY_HOURS * 3_600_000:
        return False
    make(house)
    return True


def too_many(names: Iterable[str]) -> list[str]:
    """Give the copies that are not needed: one a day, then one a week, then one a month stay."""
    ordered = sorted(names, reverse=True)
    keep: set[str] = set()
    for how, count in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, str] = {}
        for name in ordered:
            newest.setdefault(datetime.strptime(name, _NAME).strftime(how), name)  # noqa: DTZ007
        keep.update(list(newest.values())[:count])
    return [one for one in ordered if one not in keep]


def restore(
    paths: ProfilePaths, *, now: Callable[[], int], name: str = "", folder: Path | None = None
) -> Restored:
    """Go back to a copy, the newest good one by default, and keep what is newer and readable.

    Raises NotFound (no good copy), StoreBusy (a window is open).
    """
    chosen = _chosen(folder or paths.backups, name)
    if _is_open(paths) or (paths.database.exists() and not backup.is_free(paths.database)):
        raise StoreBusy
    aside = paths.set_aside / datetime.fromtimestamp(now() / 1000, UTC).strftime(_NAME)
    try:
        draft = paths.database.with_suffix(".restored")
        shutil.copyfile(chosen.path, draft)
        aside.mkdir(parents=True, exist_ok=True)
        # From here to the end, opening the profile says that it is to be finished.
        (aside / UNFINISHED).touch()
        for left in paths.root.glob(f"{paths.database.name}*"):
            shutil.move(str(left), aside / left.name)
        draft.replace(paths.database)
        shutil.rmtree(paths.index, ignore_errors=True)
        return _finish(paths, chosen, aside, now)
    except OSError as problem:
        raise StoreDamaged(detail=str(problem)) from problem


def _finish(paths: ProfilePaths, chosen: Backup, aside: Path, now: Callable[[], int]) -> Restored:
    """Take what is newer from every memory that was set aside and not looked through yet."""
    house = open_house(paths, now=now, unfinished=True)
    salvaged = 0
    try:
        for mark in sorted(paths.set_aside.glob(f"*/{UNFINISHED}")):
            old = mark.with_name(paths.database.name)
            if old.exists():
                rows, kept = backup.readable(old, "operations"), backup.readable(old, "segments")
                salvaged += rebuild.salvage(house, rows, kept)
        _write_under_other_names(house)
    finally:
        house.close()
    for mark in paths.set_aside.glob(f"*/{UNFINISHED}"):
        mark.unlink()
    return Restored(chosen, salvaged, aside)


def _chosen(folder: Path, name: str) -> Backup:
    for one in listed(folder):
        if one.name.startswith(name) and backup.is_good(one.path):
            return one
    raise NotFound(what=name or str(folder))


def _is_open(paths: ProfilePaths) -> bool:
    """Tell whether a window holds the profile: its lock names a process that is alive."""
    try:
        words = paths.lock.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return False
    holder = int(words[0]) if words and words[0].isdigit() else 0
    return holder not in {0, os.getpid()} and _is_alive(holder)


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        # An open memory cannot be moved there: the move itself is refused.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _write_under_other_names(house: House) -> None:
    """The copy does not know what was sent since: go on under new names."""
    with house.database.writing() as db:
        for one in local.spaces(db):
            if not one.personal:
                local.rename_device(db, one.id, chance.device())
