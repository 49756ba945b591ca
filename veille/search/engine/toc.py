"""The table of contents: which segments make the index, and which of their documents are gone.

It is the only file that is ever replaced, in one rename: before it the old index stands, after it
the new one, whatever instant the machine stopped at.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from whoosh.util.filelock import try_for

from veille.search.engine.container import Array, Damaged

NAME: Final = "toc"
_PATIENCE: Final = 1.0
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A segment of the index. ``gone`` are the numbers of its documents that do not count."""

    name: str
    documents: int
    gone: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def live(self) -> int:
        """Tell how many documents count."""
        return self.documents - len(self.gone)


@dataclass(frozen=True, slots=True, eq=False)
class Toc:
    """What the index is made of.

    Attributes:
        version: the format and the analysis it was written with.
        epoch: changes when something is lost from it: what it owes is then to be told again.
        generation: goes up with each commit.
    """

    version: str
    epoch: str
    generation: int
    entries: tuple[Entry, ...] = ()


def read(folder: Path) -> Toc:
    """Read the table of contents. Raises Damaged, OSError."""
    data = patiently((folder / NAME).read_bytes)
    crc, _space, text = data.partition(b" ")
    if crc != b"%08x" % zlib.crc32(text):
        raise Damaged(NAME)
    try:
        found = json.loads(text)
        entries = tuple(
            Entry(name, count, _numbers(gone)) for name, count, gone in found["segments"]
        )
        return Toc(found["version"], found["epoch"], found["generation"], entries)
    except (KeyError, TypeError, ValueError, zlib.error) as problem:
        raise Damaged(NAME) from problem


def write(folder: Path, toc: Toc) -> None:
    """Put a new table of contents in place of the old one, at once. Raises OSError."""
    segments = [(one.name, one.documents, _text(one.gone)) for one in toc.entries]
    said = {"version": toc.version, "epoch": toc.epoch, "generation": toc.generation,
            "segments": segments}  # fmt: skip
    text = json.dumps(said).encode()
    draft = folder / f"{NAME}.new"
    with draft.open("wb") as file:
        file.write(b"%08x %s" % (zlib.crc32(text), text))
        file.flush()
        os.fsync(file.fileno())
    patiently(lambda: draft.replace(folder / NAME))
    _settle(folder)


def patiently(act: Callable[[], Answer]) -> Answer:
    """Do something that Windows refuses while another process has the file in its hands."""
    answers: list[Answer] = []

    def tried() -> bool:
        try:
            answers.append(act())
        except PermissionError:
            return False
        return True

    return answers[0] if try_for(tried, timeout=_PATIENCE, delay=0.02) else act()


def sweep(folder: Path, kept: Sequence[str], *, everything: Sequence[str] = ()) -> None:
    """Remove the segments that no table of contents names any more.

    With ``everything``, the names of the other files to keep, also what an index of another
    version left. On Windows a file that a reader still has open stays: it goes with a later sweep.
    """
    names = {*kept, *everything}
    for path in folder.glob("*" if everything else "*.seg"):
        if path.name not in names:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue


def _settle(folder: Path) -> None:
    """Have the rename itself reach the disk, where the system knows how to."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _text(gone: Array) -> str:
    return base64.b85encode(zlib.compress(gone.astype("<u2").tobytes(), 1)).decode()


def _numbers(text: str) -> Array:
    return np.frombuffer(zlib.decompress(base64.b85decode(text)), dtype="<u2").astype(np.int64)
