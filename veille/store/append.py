"""Writing operations down. Only ``desk/record`` and ``desk/sync`` may: an import contract says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from veille.domain.clock import Stamp
from veille.domain.operation import Operation
from veille.store.connection import Rows


def append(
    db: Rows, operations: Sequence[Operation], written: Sequence[str], *, device: str, segment: str
) -> list[Operation]:
    """Add operations that are not there yet; returns the new ones. Repeating it changes nothing."""
    new: list[Operation] = []
    for one, line in zip(operations, written, strict=True):
        done = db.execute(
            "INSERT OR IGNORE INTO operations"
            " (id, space, device, stamp, by, entity, kind, gesture, undoes, line, segment)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                one.id, one.space, device, one.stamp, one.by, one.entity, one.kind,
                one.gesture or one.id, one.undoes, line, segment,
            ),
        )  # fmt: skip
        if done.rowcount:
            new.append(one)
    return new


def keep_stamp(db: Rows, stamp: Stamp) -> None:
    """Remember the clock."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('clock', ?)", (str(stamp),))


def mark_sealed(db: Rows, numbers: Iterable[int], segment: str) -> None:
    """Note in which segment loose operations were sealed."""
    db.executemany("UPDATE operations SET segment = ? WHERE n = ?", [(segment, n) for n in numbers])
