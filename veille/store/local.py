"""What belongs to this profile alone: its settings, its spaces, pending fetches, the outbox."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from veille.domain.ids import space_entity
from veille.domain.operation import Json
from veille.domain.views import Pending, Space
from veille.store import guard
from veille.store.connection import Rows


def meta(db: Rows, name: str) -> str:
    """Give a remembered value, "" when there is none."""
    found = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def set_meta(db: Rows, name: str, value: str) -> None:
    """Remember a value."""
    db.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (name, value, guard.sum_of((name, value)))
    )


def drop_meta(db: Rows, name: str) -> None:
    """Forget a value."""
    db.execute("DELETE FROM meta WHERE name = ?", (name,))


def named(db: Rows, beginning: str) -> list[str]:
    """Give the names of the remembered values that begin so."""
    query = "SELECT name FROM meta WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name"
    return [one[0] for one in db.execute(query, (beginning,))]


def add_space(db: Rows, *, space: str, name: str, folder: str, device: str, personal: bool) -> None:
    """Attach a space to this profile."""
    db.execute(
        "INSERT INTO spaces (id, name, folder, device, personal) VALUES (?,?,?,?,?)"
        " ON CONFLICT (id) DO UPDATE SET folder = excluded.folder, problem = ''",
        (space, name, folder, device, int(personal)),
    )
    guard.stamp(db, "spaces", "id = ?", (space,))


def drop_space(db: Rows, space: str) -> None:
    """Detach a space; what was read from it stays here, readable."""
    db.execute("UPDATE spaces SET folder = '' WHERE id = ? AND personal = 0", (space,))
    guard.stamp(db, "spaces", "id = ?", (space,))


def spaces(db: Rows) -> list[Space]:
    """Give the spaces of this profile, the personal one first."""
    found = []
    for row in db.execute(
        "SELECT * FROM spaces ORDER BY personal DESC, name COLLATE names, id"
    ).fetchall():
        personal, said = bool(row["personal"]), _described(db, row["id"])
        found.append(
            Space(
                id=row["id"],
                name=said[0] or row["name"],
                folder=row["folder"],
                device=row["device"],
                personal=personal,
                full_text=said[1],
                synced_at=row["synced_at"],
                problem=row["problem"],
                waiting=0 if personal or not row["folder"] else _waiting(db, row["id"]),
                remaining=row["remaining"],
                looked_at=row["looked_at"],
                audited_at=row["audited_at"],
            )
        )
    return found


def devices(db: Rows) -> dict[str, str]:
    """Give ``{space: the name this profile writes under}``."""
    return {one[0]: one[1] for one in db.execute("SELECT id, device FROM spaces")}


def _described(db: Rows, space: str) -> tuple[str, bool]:
    """Give what a space says of itself: its name, and whether full texts may travel."""
    query = (
        "SELECT title, coalesce(json_extract(fields, '$.full_text'), 0) FROM things"
        " WHERE id = ? AND space = ? AND kind = 'space'"
    )
    row = db.execute(query, (space_entity(space), space)).fetchone()
    return (row[0], bool(row[1])) if row else ("", False)


def _waiting(db: Rows, space: str) -> int:
    """Count what was recorded for a space and has not reached its folder."""
    loose = "SELECT count(*) FROM operations WHERE space = ? AND segment = ''"
    sealed = "SELECT coalesce(sum(count), 0) FROM segments WHERE space = ? AND mine AND NOT shared"
    return sum(int(db.execute(query, (space,)).fetchone()[0]) for query in (loose, sealed))


def note_round(db: Rows, space: str, *, at: int, problem: str, remaining: int, whole: bool) -> None:
    """Remember how the last round with a shared folder went.

    A look at everything (``whole``) that something remains of is begun again by the next round.
    """
    if problem:
        db.execute("UPDATE spaces SET problem = ? WHERE id = ?", (problem, space))
    else:
        db.execute(
            "UPDATE spaces SET problem = '', synced_at = ?, remaining = ? WHERE id = ?",
            (at, remaining, space),
        )
    if whole and not problem:
        looked_at = 0 if remaining else at
        db.execute("UPDATE spaces SET looked_at = ? WHERE id = ?", (looked_at, space))
    guard.stamp(db, "spaces", "id = ?", (space,))


def note_audit(db: Rows, space: str, *, at: int) -> None:
    """Remember that everything of ours was read back from the share."""
    db.execute("UPDATE spaces SET audited_at = ? WHERE id = ?", (at, space))
    guard.stamp(db, "spaces", "id = ?", (space,))


def rename_device(db: Rows, space: str, device: str) -> None:
    """Take a new device name in a space: this profile was found to be a copy."""
    db.execute("UPDATE spaces SET device = ? WHERE id = ?", (device, space))
    guard.stamp(db, "spaces", "id = ?", (space,))


def keep_pending(db: Rows, pending: Pending) -> None:
    """Remember that a page is to be fetched, so that a restart goes on."""
    db.execute(
        "INSERT OR REPLACE INTO fetches (article, url, problem, data, tried_at)"
        " VALUES (?,?,?,?,?)",
        (
            pending.article, pending.url, pending.problem,
            json.dumps(dict(pending.data), ensure_ascii=False), pending.tried_at,
        ),
    )  # fmt: skip
    guard.stamp(db, "fetches", "article = ?", (pending.article,))


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


def tell(db: Rows, entities: Iterable[str]) -> None:
    """Have the index hear of these things again."""
    db.executemany("INSERT OR REPLACE INTO outbox (thing) VALUES (?)", [(e,) for e in entities])
