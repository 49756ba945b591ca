"""What belongs to this profile alone: its settings, spaces, segments, pending fetches, outbox."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from veille.domain.ids import space_entity
from veille.domain.operation import Json
from veille.domain.views import Pending, Space
from veille.store.connection import Rows


def meta(db: Rows, name: str) -> str:
    """Give a remembered value, "" when there is none."""
    found = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def set_meta(db: Rows, name: str, value: str) -> None:
    """Remember a value."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def drop_meta(db: Rows, name: str) -> None:
    """Forget a value."""
    db.execute("DELETE FROM meta WHERE name = ?", (name,))


def add_space(db: Rows, *, space: str, name: str, folder: str, device: str, personal: bool) -> None:
    """Attach a space to this profile."""
    db.execute(
        "INSERT INTO spaces (id, name, folder, device, personal) VALUES (?,?,?,?,?)"
        " ON CONFLICT (id) DO UPDATE SET folder = excluded.folder, problem = ''",
        (space, name, folder, device, int(personal)),
    )


def drop_space(db: Rows, space: str) -> None:
    """Detach a space; what was read from it stays here, readable."""
    db.execute("UPDATE spaces SET folder = '' WHERE id = ? AND personal = 0", (space,))


def spaces(db: Rows) -> list[Space]:
    """Give the spaces of this profile, the personal one first."""
    query = """
        SELECT s.*, t.title, coalesce(json_extract(t.fields, '$.full_text'), 0) AS full_text,
            (SELECT count(*) FROM operations o LEFT JOIN segments g ON g.id = o.segment
             WHERE o.space = s.id AND (o.segment = '' OR (g.mine AND NOT g.shared))) AS waiting
        FROM spaces s LEFT JOIN things t ON t.kind = 'space' AND t.space = s.id AND t.id = ?
        WHERE s.id = ?"""
    found = []
    for (one,) in db.execute("SELECT id FROM spaces ORDER BY personal DESC, name, id").fetchall():
        row = db.execute(query, (space_entity(one), one)).fetchone()
        found.append(
            Space(
                id=row["id"],
                name=row["title"] or row["name"],
                folder=row["folder"],
                device=row["device"],
                personal=bool(row["personal"]),
                full_text=bool(row["full_text"]),
                synced_at=row["synced_at"],
                problem=row["problem"],
                waiting=0 if row["personal"] or not row["folder"] else row["waiting"],
            )
        )
    return found


def note_round(db: Rows, space: str, *, at: int, problem: str) -> None:
    """Remember how the last round with a shared folder went."""
    if problem:
        db.execute("UPDATE spaces SET problem = ? WHERE id = ?", (problem, space))
    else:
        db.execute("UPDATE spaces SET problem = '', synced_at = ? WHERE id = ?", (at, space))


def rename_device(db: Rows, space: str, device: str) -> None:
    """Take a new device name in a space: this profile was found to be a copy."""
    db.execute("UPDATE spaces SET device = ? WHERE id = ?", (device, space))


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a segment without reading it."""

    device: str
    sequence: int
    id: str
    size: int
    mine: bool
    shared: bool


def segments(db: Rows, space: str) -> list[Kept]:
    """Give the segments of a space kept here, by device and sequence."""
    query = (
        "SELECT device, sequence, id, size, mine, shared FROM segments WHERE space = ?"
        " ORDER BY device, sequence, id"
    )
    return [
        Kept(one[0], one[1], one[2], one[3], bool(one[4]), bool(one[5]))
        for one in db.execute(query, (space,))
    ]


def keep_segment(db: Rows, space: str, kept: Kept, data: bytes) -> None:
    """Keep a segment verbatim (invariant I6)."""
    db.execute(
        "INSERT OR IGNORE INTO segments VALUES (?,?,?,?,?,?,?,?)",
        (
            space, kept.device, kept.sequence, kept.id, kept.size, int(kept.mine),
            int(kept.shared), zlib.compress(data, 6),
        ),
    )  # fmt: skip


def segment_data(db: Rows, space: str, segment: str) -> bytes:
    """Give a kept segment back, byte for byte; empty when unknown."""
    found = db.execute(
        "SELECT data FROM segments WHERE space = ? AND id = ?", (space, segment)
    ).fetchone()
    return zlib.decompress(found[0]) if found else b""


def mark_shared(db: Rows, space: str, segment: str) -> None:
    """Note that a segment was read back identical from the share."""
    db.execute("UPDATE segments SET shared = 1 WHERE space = ? AND id = ?", (space, segment))


def keep_pending(db: Rows, pending: Pending) -> None:
    """Remember that a page is to be fetched, so that a restart goes on."""
    db.execute(
        "INSERT OR REPLACE INTO fetches VALUES (?,?,?,?,?)",
        (
            pending.article, pending.url, pending.problem,
            json.dumps(dict(pending.data), ensure_ascii=False), pending.tried_at,
        ),
    )  # fmt: skip


def drop_pending(db: Rows, article: str) -> None:
    """Forget a fetch that is done."""
    db.execute("DELETE FROM fetches WHERE article = ?", (article,))


def pending(db: Rows, *, article: str = "") -> list[Pending]:
    """Give what is still to be fetched."""
    query = "SELECT * FROM fetches WHERE article = ?1 OR ?1 = '' ORDER BY tried_at, article"
    return [
        Pending(
            one["article"],
            one["url"],
            one["problem"],
            cast("dict[str, Json]", json.loads(one["data"])),
            one["tried_at"],
        )
        for one in db.execute(query, (article,))
    ]


def outbox(db: Rows, *, limit: int) -> list[tuple[int, str]]:
    """Give what the index has still to hear of: ``(number, thing)``, oldest first."""
    query = "SELECT n, thing FROM outbox ORDER BY n LIMIT ?"
    return [(one[0], one[1]) for one in db.execute(query, (limit,))]


def drain(db: Rows, numbers: Iterable[int]) -> None:
    """Forget what the index has committed."""
    db.executemany("DELETE FROM outbox WHERE n = ?", [(n,) for n in numbers])


def outbox_length(db: Rows) -> int:
    """Count what the index has still to hear of."""
    return int(db.execute("SELECT count(*) FROM outbox").fetchone()[0])


def refill_outbox(db: Rows) -> int:
    """Tell the index about everything again: it is new, or was damaged."""
    db.execute("INSERT OR REPLACE INTO outbox (thing) SELECT id FROM things ORDER BY n")
    return outbox_length(db)
