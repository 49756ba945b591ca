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
# Written beside the marker for people who do not have the program.
README: Final = "lisez-moi.txt"
READER: Final = "lire_espace.py"
HEADS: Final = "heads"
JOURNAL: Final = "journal"
BLOBS: Final = "blobs"
RESCUE: Final = "rescue"
PRESENCE: Final = "presence"
PROBE: Final = "probe"
FORMAT: Final = "veille-espace"
VERSION: Final = 1
MAX_MARKER: Final = 64 * 1024

_DEVICE: Final = r"[0-9a-hjkmnp-tv-z]{10}"
_HEAD: Final = re.compile(rf"({_DEVICE})\.(\d{{8}})\.([0-9a-f]{{16}})\.json\Z")
_SEGMENT: Final = re.compile(r"(\d{8})-([0-9a-f]{16})\.jsonl\Z")
_PACK: Final = re.compile(r"p-(\d{8})-(\d{8})-([0-9a-f]{16})\.jsonl\.gz\Z")
_RESCUED: Final = re.compile(r"([0-9a-f]{16})\.jsonl\Z")
_FOLDER: Final = re.compile(rf"{_DEVICE}\Z")
_BEAT: Final = re.compile(
    rf"({_DEVICE})\.(\d{{13}})\.([a-z]+)(?:\.([a-z]-[0-9a-hjkmnp-tv-z]{{16}}))?\.json\Z"
)
_PROBED: Final = re.compile(r"probe-[0-9a-z-]{1,60}\Z")


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


@dataclass(frozen=True, order=True, slots=True)
class PackName:
    """A pack, as its name tells: device, first and last sequence, what it holds."""

    device: str
    first: int
    last: int
    sum16: str

    @property
    def file(self) -> str:
        """Give the name of the file."""
        return f"p-{self.first:08d}-{self.last:08d}-{self.sum16}.jsonl.gz"

    @property
    def path(self) -> str:
        """Give where the pack is in the folder."""
        return f"{JOURNAL}/{self.device}/{self.file}"


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life: a device, its clock in milliseconds, what its person does, and on what."""

    device: str
    at: int
    doing: str
    thing: str = ""

    @property
    def path(self) -> str:
        """Give the name of the file that says so."""
        on = f".{self.thing}" if self.thing else ""
        return f"{PRESENCE}/{self.device}.{self.at:013d}.{self.doing}{on}.json"


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


def read_pack(device: str, name: str) -> PackName | None:
    """Read the name of a pack; None for anything else, and for one that ends before it begins."""
    match = _PACK.match(name)
    if match is None or int(match[1]) > int(match[2]):
        return None
    return PackName(device, int(match[1]), int(match[2]), match[3])


def read_rescued(name: str) -> str:
    """Read the name of a segment put back for another: its id16; "" for anything else."""
    match = _RESCUED.match(name)
    return match[1] if match else ""


def rescue_path(device: str, id16: str) -> str:
    """Give where ``device`` puts back a segment of another."""
    return f"{RESCUE}/{device}/{id16}.jsonl"


def read_beat(name: str) -> Beat | None:
    """Read the name of a sign of life; None for anything else."""
    match = _BEAT.match(name)
    return Beat(match[1], int(match[2]), match[3], match[4] or "") if match else None


def is_device(name: str) -> bool:
    """Tell whether a folder of the journal is a device's."""
    return _FOLDER.match(name) is not None


def is_ours(path: str) -> bool:
    """Tell whether a path is one that Veille may write: the rule that every name obeys."""
    folder, _slash, name = path.rpartition("/")
    top, _slash, below = folder.partition("/")
    readers = {
        "": lambda: name in {MARKER, README, READER},
        HEADS: lambda: not below and read_head(name) is not None,
        PRESENCE: lambda: not below and read_beat(name) is not None,
        PROBE: lambda: not below and _PROBED.match(name) is not None,
        RESCUE: lambda: is_device(below) and bool(read_rescued(name)),
        JOURNAL: lambda: (
            is_device(below)
            and (read_segment(below, name) is not None or read_pack(below, name) is not None)
        ),
        BLOBS: lambda: re.fullmatch(r"[0-9a-f]{64}", name) is not None and below == name[:2],
    }
    reader = readers.get(top)
    return len(path) <= 80 and reader is not None and bool(reader())


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
