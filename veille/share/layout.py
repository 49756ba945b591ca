"""What a shared folder looks like: every name that Veille ever writes in one.

ASCII lowercase, at most 80 characters below the root, nothing reserved on Windows or OneDrive.
A name tells its content; information is in names, so that one listing says what is new.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from veille.domain.errors import ShareNotASpace, ShareTooRecent
from veille.domain.ids import SPACE
from veille.journal import line as lines
from veille.journal.line import LineError

MARKER: Final = "veille-espace.json"
README: Final = "lisez-moi.txt"
HEADS: Final = "heads"
JOURNAL: Final = "journal"
BLOBS: Final = "blobs"
FORMAT: Final = "veille-espace"
VERSION: Final = 1
MAX_MARKER: Final = 64 * 1024

_DEVICE: Final = r"[0-9a-hjkmnp-tv-z]{10}"
_HEAD: Final = re.compile(rf"({_DEVICE})\.(\d{{8}})\.([0-9a-f]{{16}})\.json\Z")
_SEGMENT: Final = re.compile(r"(\d{8})-([0-9a-f]{16})\.jsonl\Z")
_FOLDER: Final = re.compile(rf"{_DEVICE}\Z")


@dataclass(frozen=True, order=True, slots=True)
class Name:
    """A segment, as its name tells: device, sequence, first 16 digits of its id."""

    device: str
    sequence: int
    id16: str

    @property
    def path(self) -> str:
        """Give where the segment is in the folder."""
        return f"{JOURNAL}/{self.device}/{self.sequence:08d}-{self.id16}.jsonl"

    @property
    def head(self) -> str:
        """Give the name of the head that announces it."""
        return f"{HEADS}/{self.device}.{self.sequence:08d}.{self.id16}.json"


@dataclass(frozen=True, slots=True)
class Marker:
    """What makes a folder a space."""

    space: str
    name: str


def read_head(name: str) -> Name | None:
    """Read the name of a head; None for anything else."""
    match = _HEAD.match(name)
    return Name(match[1], int(match[2]), match[3]) if match else None


def read_segment(device: str, name: str) -> Name | None:
    """Read the name of a segment; None for anything else."""
    match = _SEGMENT.match(name)
    return Name(device, int(match[1]), match[2]) if match else None


def is_device(name: str) -> bool:
    """Tell whether a folder of the journal is a device's."""
    return _FOLDER.match(name) is not None


def blob_path(sha256: str) -> str:
    """Give where a blob is in the folder."""
    return f"{BLOBS}/{sha256[:2]}/{sha256}"


def write_marker(marker: Marker, *, created: str) -> bytes:
    """Write the marker; created exclusively, once, never rewritten."""
    return lines.dumps(
        {
            "created": created,
            "fmt": FORMAT,
            "min_reader": VERSION,
            "name": marker.name,
            "space": marker.space,
            "v": VERSION,
        }
    ).encode()


def read_marker(data: bytes, *, folder: str) -> Marker:
    """Read a marker. Raises ShareNotASpace, ShareTooRecent."""
    try:
        record = lines.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, LineError) as problem:
        raise ShareNotASpace(folder=folder) from problem
    space, name, reader = record.get("space"), record.get("name"), record.get("min_reader")
    if record.get("fmt") != FORMAT or not isinstance(space, str) or not SPACE.match(space):
        raise ShareNotASpace(folder=folder)
    if not isinstance(reader, int) or reader > VERSION:
        raise ShareTooRecent(folder=folder, version=str(reader))
    return Marker(space, name[:200] if isinstance(name, str) else "")
