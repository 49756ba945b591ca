"""Where the person at the desk stopped reading: local to the profile, lost without harm."""

from __future__ import annotations

from typing import Final

from veille.store.connection import Rows

_MOST: Final = 20_000


def place(db: Rows, thing: str) -> int:
    """Give where a text was left, in characters of its canonical text; 0 for the beginning."""
    found = db.execute("SELECT position FROM places WHERE thing = ?", (thing,)).fetchone()
    return int(found[0]) if found else 0


def keep(db: Rows, thing: str, position: int, *, at: int) -> None:
    """Remember where a text was left; the oldest are forgotten beyond a number."""
    if position <= 0:
        db.execute("DELETE FROM places WHERE thing = ?", (thing,))
        return
    db.execute("INSERT OR REPLACE INTO places VALUES (?,?,?)", (thing, position, at))
    db.execute(
        "DELETE FROM places WHERE at < (SELECT at FROM places ORDER BY at DESC LIMIT 1 OFFSET ?)",
        (_MOST,),
    )
