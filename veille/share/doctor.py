"""Can a team work through this folder? Tried with the four verbs, timed, and put into findings.

Every file made here bears a name of our own in ``probe/`` and is taken down again, whatever
happens. What the folder itself cannot tell (clock, free space, length of paths) is asked of the
operating system by the caller and given in ``Outside``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from statistics import median
from typing import Final

from veille.domain.errors import ShareError, ShareFull, ShareReadOnly, ShareUnavailable
from veille.share import layout
from veille.share.folder import ShareFolder

GOOD: Final = "good"
WATCH: Final = "watch"
BAD: Final = "bad"

# Every verb works below these; above, people wait (seconds for one file written and read back).
SLOW_SECONDS: Final = 0.25
VERY_SLOW_SECONDS: Final = 2.0
CLOCK_SECONDS: Final = 30
FREE_BYTES: Final = 1024**3
LONGEST_BELOW: Final = 80
WINDOWS_PATH: Final = 260
TURNS: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried.

    Attributes:
        what: its name: "list", "create", "exclusive", "delete", "case", "delay"…
        verdict: GOOD, WATCH (works, with something to know) or BAD (a team cannot work so).
        value: a figure, in the unit of its name; 0 when there is none.
    """

    what: str
    verdict: str
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Outside:
    """What the operating system says of a folder; None when it does not say.

    Attributes:
        clock: seconds by which the folder's clock is ahead of ours.
        free: bytes left.
        length: characters of the folder's own path.
        renames: whether a file can be renamed there.
    """

    clock: float | None = None
    free: int | None = None
    length: int | None = None
    renames: bool | None = None


def examine(
    folder: ShareFolder, *, seconds: Callable[[], float], name: str, outside: Outside | None = None
) -> list[Finding]:
    """Try a folder.

    Args:
        folder: the folder to try.
        seconds: a clock that only goes forward.
        name: a few letters and digits that nobody else tries with now.
        outside: what the operating system says.
    """
    if folder.list("") is None:
        return [Finding("list", BAD)]
    found = [Finding("list", GOOD)]
    path = f"{layout.PROBE}/probe-{name}"
    try:
        found += _try_files(folder, path, seconds)
    except ShareReadOnly:
        found.append(Finding("create", BAD))
    except ShareFull:
        found.append(Finding("free", BAD))
    except ShareUnavailable:
        found.append(Finding("steady", BAD))
    finally:
        for one in (path, f"{path}-0", *(f"{path}-{turn}" for turn in range(1, TURNS + 1))):
            with suppress(ShareError):
                folder.delete(one)
    return found + _outside(outside or Outside(), {one.what for one in found})


def verdict(findings: list[Finding]) -> str:
    """Sum up: the worst of what was found."""
    told = {one.verdict for one in findings}
    return BAD if BAD in told else WATCH if WATCH in told else GOOD


def _try_files(folder: ShareFolder, path: str, seconds: Callable[[], float]) -> list[Finding]:
    data = b"veille " * 512
    folder.delete(path)
    made = folder.create(path, data)
    same = folder.read(path, limit=len(data)) == data
    found = [Finding("create", GOOD if made and same else BAD)]
    again = folder.create(path, b"other")
    kept = folder.read(path, limit=len(data)) == data
    # Names tell content, so that overwriting is survived; but it should not happen.
    found.append(Finding("exclusive", GOOD if not again and kept else WATCH))
    upper = folder.read(path.upper(), limit=len(data)) is not None
    found.append(Finding("case", GOOD, float(not upper)))
    turns = []
    for turn in range(1, TURNS + 1):
        began = seconds()
        folder.create(f"{path}-{turn}", data)
        folder.read(f"{path}-{turn}", limit=len(data))
        turns.append(seconds() - began)
    delay = median(turns)
    slow = BAD if delay > VERY_SLOW_SECONDS else WATCH if delay > SLOW_SECONDS else GOOD
    found.append(Finding("delay", slow, delay))
    shown = folder.list(layout.PROBE) or {}
    found.append(Finding("sees", GOOD if path.rpartition("/")[2] in shown else WATCH))
    folder.delete(path)
    gone = folder.read(path, limit=1) is None
    found.append(Finding("delete", GOOD if gone else WATCH))
    return found


def _outside(told: Outside, tried: set[str]) -> list[Finding]:
    found = []
    if told.clock is not None:
        off = abs(told.clock) > CLOCK_SECONDS
        found.append(Finding("clock", WATCH if off else GOOD, told.clock))
    if told.free is not None and "free" not in tried:
        found.append(Finding("free", WATCH if told.free < FREE_BYTES else GOOD, float(told.free)))
    if told.length is not None:
        room = WINDOWS_PATH - told.length - LONGEST_BELOW - 1
        found.append(Finding("path", WATCH if room < 0 else GOOD, float(told.length)))
    if told.renames is not None:
        found.append(Finding("rename", GOOD, float(told.renames)))
    return found
