"""Writing operations down. Only ``desk/record`` and ``desk/sync`` may: an import contract says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from veille.domain.clock import Stamp
from veille.domain.operation import Operation
from veille.store import guard, local
from veille.store import operations as recorded
from veille.store.connection import Rows


def append(
    db: Rows, operations: Sequence[Operation], written: Sequence[str], *, device: str,
    segment: str, received: int,
) -> list[Operation]:  # fmt: skip
    """Add operations that are not there yet; returns the new ones. Repeating it changes nothing.

    The same id with other content is another operation: a forger who takes a colleague's id
    neither replaces nor hides what she said.
    """
    new: list[Operation] = []
    for one, line in zip(operations, written, strict=True):
        digest = recorded.digest(one.by, one.space, line)
        values = (
            one.id, digest, one.space, device, one.stamp, received, one.by, one.entity, one.kind,
            one.gesture or one.id, one.undoes, line, segment,
        )  # fmt: skip
        done = db.execute(
            "INSERT OR IGNORE INTO operations"
            " (id, digest, space, device, stamp, received, by, entity, kind, gesture, undoes,"
            " line, segment, sum) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (*values, guard.sum_of(values)),
        )
        if done.rowcount:
            new.append(one)
    return new


def keep_stamp(db: Rows, stamp: Stamp) -> None:
    """Remember the clock."""
    local.set_meta(db, "clock", str(stamp))


def mark_sealed(db: Rows, numbers: Iterable[int], segment: str) -> None:
    """Note in which segment loose operations were sealed."""
    for n in numbers:
        db.execute("UPDATE operations SET segment = ? WHERE n = ?", (segment, n))
        guard.stamp(db, "operations", "n = ?", (n,))
