"""Who is here, who is editing what: signs of life that expire by themselves, never a lock.

A sign is an empty file whose name says it all; a device makes a new one and takes the old one
down. A sign is believed while it is fresh: by its clock when that agrees with ours, and in any
case for as long as it keeps changing before our eyes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from veille.share import layout
from veille.share.folder import ShareFolder
from veille.share.layout import Beat

HERE: Final = "here"
EDITS: Final = "edits"
# A device says so this often (milliseconds), and is believed this long after its last sign.
EVERY_MS: Final = 60_000
BELIEVED_MS: Final = 150_000


@dataclass(slots=True)
class Watch:
    """What one process saw of the others: when each sign was first seen, by our clock."""

    first: dict[Beat, int] = field(default_factory=dict)
    _seen: bool = False

    def fresh(self, beats: Iterable[Beat], *, mine: str, now_ms: int) -> dict[Beat, int]:
        """Give ``{sign: when it was given, by our clock}`` of those to be believed."""
        shown = [one for one in beats if one.device != mine]
        for one in shown:
            # At the first look an old sign and a new one look alike: its own clock decides.
            self.first.setdefault(one, now_ms if self._seen else min(one.at, now_ms))
        self._seen = True
        self.first = {one: at for one, at in self.first.items() if one in set(shown)}
        newest: dict[str, Beat] = {}
        for one in sorted(shown, key=lambda beat: beat.at):
            newest[one.device] = one
        return {
            one: self.first[one]
            for one in newest.values()
            if 0 <= now_ms - self.first[one] <= BELIEVED_MS
        }


def due(mine: Iterable[Beat], doing: str, thing: str, *, now_ms: int) -> bool:
    """Tell whether it is time for another sign: it would say something new, or it grows old."""
    return not any(
        (one.doing, one.thing) == (doing, thing) and 0 <= now_ms - one.at < EVERY_MS for one in mine
    )


def look(folder: ShareFolder) -> list[Beat]:
    """List the signs of life in a folder."""
    listed: Mapping[str, int] = folder.list(layout.PRESENCE) or {}
    return [one for name in listed if (one := layout.read_beat(name)) is not None]


def give(folder: ShareFolder, sign: Beat, old: Iterable[Beat]) -> None:
    """Give a sign of life, and take the older ones of this device down."""
    folder.create(sign.path, b"{}")
    leave(folder, (one for one in old if one != sign))


def leave(folder: ShareFolder, signs: Iterable[Beat]) -> None:
    """Take signs of life down."""
    for one in signs:
        folder.delete(one.path)
