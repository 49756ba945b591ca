"""A segment: some operations of one device, sealed, named by what it holds.

Bytes on the share (SHARING, §2): a header line, the operations, a trailer with the checksum of
all bytes above it. The segment's id chains it to the one before and is part of its file name, so
a torn, altered or foreign file is recognised without trusting anybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from veille.domain import ids
from veille.domain.operation import Json, Operation
from veille.journal import line as lines
from veille.journal.line import LineError

FORMAT: Final = "veille-seg"
VERSION: Final = 1
MAX_SEGMENT_BYTES: Final = 4 * 1024 * 1024
MAX_OPERATIONS: Final = 500
TARGET_BYTES: Final = 256 * 1024
_HEX64: Final = 64


class SegmentError(ValueError):
    """These bytes are not a whole, valid segment; ``args[0]`` says why in a word."""


class SegmentTooRecent(SegmentError):
    """A later version of the envelope: stop this device's stream here, keep all others."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment says of itself."""

    space: str
    device: str
    sequence: int
    previous: str
    stamp_ms: int
    app: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A line that is not an operation, and why. The rest of the segment goes on."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A whole, verified segment. ``lines`` are verbatim and parallel to ``operations``."""

    id: str
    header: Header
    operations: tuple[Operation, ...]
    lines: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]


def seal(header: Header, written: Sequence[str]) -> tuple[str, bytes]:
    """Seal lines into a segment. Returns its id (64 hex digits) and its bytes."""
    head = lines.dumps(
        {
            "app": header.app,
            "dev": header.device,
            "fmt": FORMAT,
            "n": len(written),
            "prev": header.previous,
            "seq": header.sequence,
            "space": header.space,
            "t": header.stamp_ms,
            "v": VERSION,
        }
    )
    body = "".join(f"{one}\n" for one in (head, *written)).encode()
    trailer = lines.dumps({"end": 1, "sha256": hashlib.sha256(body).hexdigest()})
    return _identity(head, written), body + trailer.encode() + b"\n"


def open_segment(data: bytes) -> Segment:
    """Verify bytes and read the segment in them. Raises SegmentError, never anything else."""
    if len(data) > MAX_SEGMENT_BYTES:
        raise SegmentError("too large")
    body, trailer = _split(data)
    if trailer.get("sha256") != hashlib.sha256(body).hexdigest():
        raise SegmentError("checksum")
    # Not splitlines(): U+2028 and U+0085 are ordinary characters of a text.
    head, *written = _decoded(body).removesuffix("\n").split("\n")
    header = _header(head, count=len(written))
    operations: list[Operation] = []
    kept: list[str] = []
    refused: list[Quarantined] = []
    for number, one in enumerate(written, start=1):
        try:
            operations.append(lines.read(one, space=header.space))
            kept.append(one)
        except LineError as problem:
            refused.append(Quarantined(number, str(problem)))
    return Segment(_identity(head, written), header, tuple(operations), tuple(kept), tuple(refused))


def batches(written: Sequence[str]) -> list[list[str]]:
    """Cut lines into segments' worth: at most 500 operations or about 256 KiB each."""
    done: list[list[str]] = []
    size = 0
    for one in written:
        length = len(one.encode()) + 1
        if not done or len(done[-1]) >= MAX_OPERATIONS or size + length > TARGET_BYTES:
            done.append([])
            size = 0
        done[-1].append(one)
        size += length
    return done


def _identity(head: str, written: Sequence[str]) -> str:
    # Hashing the hashes of lines lets a line be redacted later without breaking the chain.
    digest = hashlib.sha256(head.encode())
    for one in written:
        digest.update(b"\n" + hashlib.sha256(one.encode()).hexdigest().encode())
    return digest.hexdigest()


def _split(data: bytes) -> tuple[bytes, dict[str, Json]]:
    body, newline, trailer = data.removesuffix(b"\n").rpartition(b"\n")
    if not newline or not data.endswith(b"\n"):
        raise SegmentError("torn")
    try:
        end = lines.loads(_decoded(trailer))
    except LineError as problem:
        raise SegmentError("torn") from problem
    if end.get("end") != 1:
        raise SegmentError("torn")
    return body + b"\n", end


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise SegmentError("not text") from problem


def _header(head: str, *, count: int) -> Header:
    try:
        record = lines.loads(head)
    except LineError as problem:
        raise SegmentError("header") from problem
    if record.get("fmt") != FORMAT:
        raise SegmentError("header")
    version = record.get("v")
    if not isinstance(version, int) or version > VERSION:
        raise SegmentTooRecent("version")
    space, device = record.get("space"), record.get("dev")
    sequence, stamp, app = record.get("seq"), record.get("t"), record.get("app")
    if not (isinstance(space, str) and ids.SPACE.match(space)):
        raise SegmentError("space")
    if not (isinstance(device, str) and ids.DEVICE.match(device)):
        raise SegmentError("device")
    if not isinstance(sequence, int) or not 0 < sequence < 100_000_000:
        raise SegmentError("sequence")
    if record.get("n") != count or not isinstance(stamp, int):
        raise SegmentError("header")
    return Header(space, device, sequence, _previous(record), stamp, str(app))


def _previous(record: dict[str, Json]) -> str:
    previous = record.get("prev")
    if not isinstance(previous, str) or len(previous) not in {0, _HEX64}:
        raise SegmentError("chain")
    return previous
