"""A segment: some operations of one device, sealed, signed, named by what it holds.

Bytes on the share: a header line, the operations, a trailer with the checksum of all bytes above
it and the signature. The segment's id chains it to the one before and is part of
its file name, so a torn, altered or foreign file is recognised without trusting anybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from veille.domain import ids
from veille.domain.operation import Json, Operation
from veille.journal import line as lines
from veille.journal import signature as signatures
from veille.journal.line import LineError

FORMAT: Final = "veille-seg"
VERSION: Final = 1
MAX_SEGMENT_BYTES: Final = 4 * 1024 * 1024
MAX_OPERATIONS: Final = 500
TARGET_BYTES: Final = 256 * 1024
MAX_SEQUENCE: Final = 99_999_999
MAX_SEEN: Final = 1_000
_HEX64: Final = 64
FORGED: Final = "forged author"


class SegmentError(ValueError):
    """These bytes are not a whole, valid segment; ``args[0]`` says why in a word."""


class SegmentTooRecent(SegmentError):
    """A later version of the envelope: stop this device's stream here, keep all others."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment says of itself.

    Attributes:
        space: the space it belongs to.
        device: who writes, in that space.
        sequence: from 1, without a gap.
        previous: the id of the segment before, "" for the first.
        stamp_ms: when it was sealed, by the writer's clock.
        app: the version of the program that wrote it.
        key: the public key of the person who writes, base 64; "" when nothing is signed.
        seen: the newest sequence the writer had read of other devices, where that changed.
    """

    space: str
    device: str
    sequence: int
    previous: str
    stamp_ms: int
    app: str
    key: str = ""
    seen: Mapping[str, int] = field(default_factory=dict)

    @property
    def author(self) -> str:
        """Give who answers for the operations: the holder of the key, else only the post."""
        if not self.key:
            return ids.unsigned_author(self.device)
        return ids.person_of(signatures.read(self.key))


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A line that is not an operation, and why. The rest of the segment goes on."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A whole, verified segment. ``lines`` are verbatim and parallel to ``operations``.

    ``redacted`` counts the lines that were taken out since it was sealed, ``taken`` are their
    hashes.
    """

    id: str
    header: Header
    operations: tuple[Operation, ...]
    lines: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]
    redacted: int = 0
    taken: tuple[str, ...] = ()


def seal(header: Header, written: Sequence[str], *, secret: bytes = b"") -> tuple[str, bytes]:
    """Seal lines into a segment, signed when there is a secret. Gives its id and its bytes."""
    key = signatures.written(signatures.public_key(secret)) if secret else ""
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
            **({"key": key} if key else {}),
            **({"seen": dict(header.seen)} if header.seen else {}),
        }
    )
    body = "".join(f"{one}\n" for one in (head, *written)).encode()
    identity = _identity(head, written)
    trailer: dict[str, Json] = {"end": 1, "sha256": hashlib.sha256(body).hexdigest()}
    if secret:
        trailer["sig"] = signatures.sign(secret, identity.encode())
    return identity, body + lines.dumps(trailer).encode() + b"\n"


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
    identity = _identity(head, written)
    _check_signature(header, identity, trailer)
    operations: list[Operation] = []
    kept: list[str] = []
    refused: list[Quarantined] = []
    taken: list[str] = []
    for number, one in enumerate(written, start=1):
        if stood := _redacted(one):
            taken.append(stood)
            continue
        try:
            operations.append(_signed_by(header, lines.read(one, space=header.space)))
            kept.append(one)
        except LineError as problem:
            refused.append(Quarantined(number, str(problem)))
    return Segment(
        identity, header, tuple(operations), tuple(kept), tuple(refused), len(taken), tuple(taken)
    )


def line_hash(written: str) -> str:
    """Give what stands for a line once it is taken out."""
    return hashlib.sha256(written.encode()).hexdigest()


def redact(data: bytes, hashes: Collection[str]) -> bytes:
    """Take lines out of a segment: same id, same signature; whoever does it gets the same bytes.

    Args:
        data: a whole segment.
        hashes: of the lines to take out (``line_hash``); what is not there is passed over.

    Raises SegmentError.
    """
    body, trailer = _split(data)
    head, *written = _decoded(body).removesuffix("\n").split("\n")
    left = [
        lines.dumps({"l": stood, "x": "redacted"}) if (stood := line_hash(one)) in hashes else one
        for one in written
    ]
    if left == written:
        return data
    body = "".join(f"{one}\n" for one in (head, *left)).encode()
    trailer["sha256"] = hashlib.sha256(body).hexdigest()
    return body + lines.dumps(trailer).encode() + b"\n"


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


def _signed_by(header: Header, one: Operation) -> Operation:
    """Hold an operation against who signed it: nobody speaks in another's name."""
    if not header.key:
        return replace(one, by=header.author)
    if one.by != header.author:
        raise LineError(FORGED)
    return one


def _check_signature(header: Header, identity: str, trailer: Mapping[str, Json]) -> None:
    signature = trailer.get("sig")
    if not header.key and signature is None:
        return
    if not header.key or not isinstance(signature, str):
        raise SegmentError("signature")
    if not signatures.is_signed(signatures.read(header.key), identity.encode(), signature):
        raise SegmentError("signature")


def _identity(head: str, written: Sequence[str]) -> str:
    # Hashing the hashes of lines lets a line be redacted later without breaking the chain.
    digest = hashlib.sha256(head.encode())
    for one in written:
        line_hash = _redacted(one) or hashlib.sha256(one.encode()).hexdigest()
        digest.update(b"\n" + line_hash.encode())
    return digest.hexdigest()


def _redacted(one: str) -> str:
    """Give the hash of the line that stood here, when it was taken out; "" for any other line."""
    if not one.startswith('{"l":"') or len(one) > 120:
        return ""
    try:
        record = lines.loads(one)
    except LineError:
        return ""
    stood = record.get("l")
    is_one = record.get("x") == "redacted" and isinstance(stood, str) and len(stood) == _HEX64
    return str(stood) if is_one else ""


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
    if not isinstance(sequence, int) or not 0 < sequence <= MAX_SEQUENCE:
        raise SegmentError("sequence")
    if record.get("n") != count or not isinstance(stamp, int):
        raise SegmentError("header")
    previous, key, seen = _previous(record), _key(record), _seen(record)
    return Header(space, device, sequence, previous, stamp, str(app)[:40], key, seen)


def _previous(record: dict[str, Json]) -> str:
    previous = record.get("prev")
    if not isinstance(previous, str) or len(previous) not in {0, _HEX64}:
        raise SegmentError("chain")
    return previous


def _key(record: dict[str, Json]) -> str:
    key = record.get("key", "")
    try:
        if not isinstance(key, str) or (key and len(signatures.read(key)) != signatures.KEY_BYTES):
            raise SegmentError("signature")
    except ValueError as problem:
        raise SegmentError("signature") from problem
    return key


def _seen(record: dict[str, Json]) -> dict[str, int]:
    seen = record.get("seen", {})
    if not isinstance(seen, dict) or len(seen) > MAX_SEEN:
        raise SegmentError("header")
    return {
        device: sequence
        for device, sequence in seen.items()
        if ids.DEVICE.match(device) and isinstance(sequence, int) and 0 < sequence <= MAX_SEQUENCE
    }
