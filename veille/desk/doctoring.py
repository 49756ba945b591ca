"""The share doctor: tries a folder and says, in figures, whether a team can work through it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from veille.desk import chance, clock
from veille.desk.house import House, absolute_folder
from veille.share import doctor
from veille.share.doctor import Finding, Outside


@dataclass(frozen=True, slots=True)
class Examined:
    """What the doctor found in a folder."""

    folder: str
    verdict: str
    findings: tuple[Finding, ...]


def examine(house: House, folder: str) -> Examined:
    """Try a folder that may become a space, or is one. Raises ShareUnavailable."""
    where = absolute_folder(folder)
    name = chance.operation()
    findings = doctor.examine(
        house.open_folder(where),
        seconds=clock.seconds,
        name=name,
        outside=_outside(Path(where), name, house.now) if "://" not in where else None,
    )
    if "://" not in where:
        with suppress(OSError):
            (Path(where) / "probe").rmdir()
    return Examined(where, doctor.verdict(findings), tuple(findings))


def _outside(root: Path, name: str, now: Callable[[], int]) -> Outside:
    """Ask the operating system what the four verbs cannot tell. What it does not say is None."""
    free = ahead = None
    renames = None
    with suppress(OSError):
        free = shutil.disk_usage(root).free
    before, after = root / f"probe-{name}.txt", root / f"probe-{name}-2.txt"
    try:
        began = now()
        before.write_bytes(b"veille")
        ahead = before.stat().st_mtime - (began + now()) / 2000
        os.rename(before, after)  # noqa: PTH104 - the plain system call is what is tried
        renames = True
    except OSError:
        renames = False if before.exists() else None
    finally:
        for one in (before, after):
            with suppress(OSError):
                one.unlink(missing_ok=True)
    return Outside(clock=ahead, free=free, length=len(str(root)), renames=renames)
