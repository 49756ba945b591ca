"""What is kept of shared folders: segments verbatim, packs, posts, files that were set aside."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from veille.journal.segment import SegmentError, open_segment
from veille.store import guard
from veille.store.connection import Rows


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a segment without reading it.

    Attributes:
        size: bytes.
        count: operations.
        stamp: when it was sealed, milliseconds.
        mine: whether this profile wrote it.
        shared: whether it stands on the share, as far as is known.
        pack: the pack it is in on the share, "" when it is a file of its own.
        missed: whether the last whole look missed it.
    """

    device: str
    sequence: int
    id: str
    size: int
    count: int
    stamp: int
    mine: bool
    shared: bool
    pack: str = ""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A device of a space.

    Attributes:
        person: who writes with it, "" when unknown.
        newest: the greatest sequence kept here.
        count: how many of its segments are kept here.
        app: the version of its program.
        at: when it last sealed a segment, by its clock.
        seen: the newest sequence it had read of others.
    """

    device: str
    person: str
    newest: int
    count: int
    app: str
    at: int
    seen: Mapping[str, int]


_COLUMNS: Final = "device, sequence, id, size, count, stamp, mine, shared, pack, missed"


def kept(db: Rows, space: str, *, device: str = "", waiting: bool = False) -> list[Kept]:
    """Give the segments of a space kept here, by device and sequence.

    Args:
        db: the memory.
        space: its id.
        device: only those of this device.
        waiting: only ours that have not reached the share.
    """
    query = f"SELECT {_COLUMNS} FROM segments WHERE space = ?"  # noqa: S608 - our names
    values = [space]
    if device:
        query += " AND device = ?"
        values.append(device)
    if waiting:
        query += " AND mine AND NOT shared"
    query += " ORDER BY device, sequence, id"
    return [_kept(one) for one in db.execute(query, values)]


def _kept(row: Sequence[Any]) -> Kept:
    device, sequence, identity, size, count, stamp, mine, shared, pack, missed = row
    return Kept(
        device, sequence, identity, size, count, stamp, bool(mine), bool(shared), pack,
        bool(missed),
    )  # fmt: skip


def newest_shared(db: Rows, space: str) -> list[Kept]:
    """Give the newest of ours that stands on the share, for each name we wrote with."""
    query = (
        f"SELECT {_COLUMNS}, max(sequence) FROM segments"  # noqa: S608 - our names
        " WHERE space = ? AND mine AND shared GROUP BY device"
    )
    return [_kept(tuple(row)[:-1]) for row in db.execute(query, (space,))]


def has(db: Rows, space: str, device: str, sequence: int, id16: str) -> bool:
    """Tell whether a segment is kept, from what its name says."""
    query = (
        "SELECT 1 FROM segments WHERE space = ? AND device = ? AND sequence = ?"
        " AND substr(id, 1, 16) = ?"
    )
    return db.execute(query, (space, device, sequence, id16)).fetchone() is not None


def keep(db: Rows, space: str, one: Kept, data: bytes) -> bool:
    """Keep a segment verbatim (invariant I6). Tells whether it was new."""
    done = db.execute(
        f"INSERT OR IGNORE INTO segments (space, {_COLUMNS}, data)"  # noqa: S608 - our names
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            space, one.device, one.sequence, one.id, one.size, one.count, one.stamp,
            int(one.mine), int(one.shared), one.pack, int(one.missed), zlib.compress(data, 6),
        ),
    )  # fmt: skip
    if not done.rowcount:
        return False
    _stamp(db, space, [one.id])
    db.execute(
        "INSERT INTO posts VALUES (?,?,'',?,1,'',?,'{}') ON CONFLICT (space, device) DO UPDATE SET"
        " newest = max(newest, excluded.newest), count = count + 1, at = max(at, excluded.at)",
        (space, one.device, one.sequence, one.stamp),
    )
    return True


def data(db: Rows, space: str, segment: str) -> bytes:
    """Give a kept segment back, byte for byte; empty when unknown or unreadable."""
    found = db.execute(
        "SELECT data FROM segments WHERE space = ? AND id = ?", (space, segment)
    ).fetchone()
    try:
        return zlib.decompress(found[0]) if found else b""
    except zlib.error:
        return b""


def replace_data(db: Rows, space: str, segment: str, data: bytes) -> None:
    """Put back the bytes of a segment that were damaged here."""
    db.execute(
        "UPDATE segments SET data = ?, size = ? WHERE space = ? AND id = ?",
        (zlib.compress(data, 6), len(data), space, segment),
    )
    _stamp(db, space, [segment])


def salvage(db: Rows, row: Mapping[str, Any]) -> None:
    """Keep a segment that was read from a damaged memory, when it is whole."""
    try:
        whole = zlib.decompress(row["data"])
        segment = open_segment(whole)
    except (zlib.error, SegmentError):
        return
    header = segment.header
    one = Kept(
        header.device, header.sequence, segment.id, len(whole), len(segment.lines),
        header.stamp_ms, mine=bool(row["mine"]), shared=bool(row["shared"]), pack=row["pack"],
    )  # fmt: skip
    if keep(db, header.space, one, whole):
        note_post(
            db, header.space, header.device, person=header.author, app=header.app,
            seen=header.seen,
        )  # fmt: skip


def unreadable(db: Rows) -> Iterator[str]:
    """Name the segments whose kept bytes are not what their name says."""
    query = "SELECT space, device, sequence, id FROM segments ORDER BY space, device, sequence"
    for space, device, sequence, identity in db.execute(query).fetchall():
        try:
            whole = open_segment(data(db, space, identity)).id == identity
        except SegmentError:
            whole = False
        if not whole:
            yield f"{device} {sequence}"


def mark(
    db: Rows, space: str, segments: Iterable[str], *, shared: bool | None = None,
    pack: str | None = None, missed: bool | None = None,
) -> None:  # fmt: skip
    """Note how segments stand on the share."""
    chosen = list(segments)
    told = {"shared": shared, "pack": pack, "missed": missed}
    for column, value in told.items():
        if value is not None:
            told_as = value if isinstance(value, str) else int(value)
            db.executemany(
                f"UPDATE segments SET {column} = ? WHERE space = ? AND id = ?",  # noqa: S608
                [(told_as, space, one) for one in chosen],
            )
    _stamp(db, space, chosen)


def _stamp(db: Rows, space: str, segments: Iterable[str]) -> None:
    for one in segments:
        guard.stamp(db, "segments", "space = ? AND id = ?", (space, one))


def keep_pack(db: Rows, space: str, device: str, name: str, size: int) -> None:
    """Remember a pack that was read or written, and its size."""
    db.execute("INSERT OR REPLACE INTO packs VALUES (?,?,?,?)", (space, device, name, size))


def drop_pack(db: Rows, space: str, device: str, name: str) -> None:
    """Forget a pack that is not whole on the share."""
    db.execute(
        "DELETE FROM packs WHERE space = ? AND device = ? AND name = ?", (space, device, name)
    )


def packs(db: Rows, space: str) -> dict[tuple[str, str], int]:
    """Give ``{(device, name): size}`` of the packs known."""
    query = "SELECT device, name, size FROM packs WHERE space = ?"
    return {(one[0], one[1]): one[2] for one in db.execute(query, (space,))}


def note_post(
    db: Rows, space: str, device: str, *, person: str, app: str, seen: Mapping[str, int]
) -> None:
    """Remember what a segment says of the post that wrote it."""
    row = db.execute(
        "SELECT seen FROM posts WHERE space = ? AND device = ?", (space, device)
    ).fetchone()
    told = _seen(row[0]) if row else {}
    for other, sequence in seen.items():
        told[other] = max(told.get(other, 0), sequence)
    db.execute(
        "UPDATE posts SET person = ?, app = ?, seen = ? WHERE space = ? AND device = ?",
        (person, app, json.dumps(told, sort_keys=True), space, device),
    )


def posts(db: Rows, space: str) -> list[Post]:
    """Give the devices of a space, the latest first."""
    query = "SELECT * FROM posts WHERE space = ? ORDER BY at DESC, device"
    return [
        Post(
            one["device"], one["person"], one["newest"], one["count"], one["app"], one["at"],
            _seen(one["seen"]),
        )
        for one in db.execute(query, (space,))
    ]  # fmt: skip


def _seen(text: str) -> dict[str, int]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def set_aside(db: Rows, space: str, path: str, *, size: int, verdict: str) -> None:
    """Remember a file that was looked at and is not to be read again while it stays as it is."""
    db.execute("INSERT OR REPLACE INTO strays VALUES (?,?,?,?)", (space, path, size, verdict))


def aside(db: Rows, space: str) -> dict[str, tuple[int, str]]:
    """Give ``{path: (size, verdict)}`` of the files that were looked at."""
    query = "SELECT path, size, verdict FROM strays WHERE space = ?"
    return {one[0]: (one[1], one[2]) for one in db.execute(query, (space,))}


def drop_aside(db: Rows, space: str, paths: Iterable[str]) -> None:
    """Forget files that are no longer there, or were read after all."""
    db.executemany(
        "DELETE FROM strays WHERE space = ? AND path = ?", [(space, one) for one in paths]
    )


def await_blobs(db: Rows, space: str, blobs: Iterable[str]) -> None:
    """Remember files that are cited and have not arrived."""
    db.executemany("INSERT OR IGNORE INTO awaited VALUES (?,?)", [(space, one) for one in blobs])


def awaited(db: Rows, space: str) -> list[str]:
    """Give the files that have not arrived, those asked for longest ago first."""
    query = "SELECT blob FROM awaited WHERE space = ? ORDER BY rowid"
    return [one[0] for one in db.execute(query, (space,))]


def ask_later(db: Rows, space: str, blob: str) -> None:
    """Put a file that is not there at the end of those waited for."""
    arrived(db, space, blob)
    await_blobs(db, space, [blob])


def arrived(db: Rows, space: str, blob: str) -> None:
    """Forget a file that has arrived."""
    db.execute("DELETE FROM awaited WHERE space = ? AND blob = ?", (space, blob))
