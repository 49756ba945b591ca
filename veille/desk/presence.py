"""Saying that one is here, and seeing who is: for the window, through the process that may wait."""

from __future__ import annotations

from contextlib import suppress

from veille.desk.house import House
from veille.domain.errors import ShareFull, ShareReadOnly
from veille.domain.views import Present
from veille.share import presence
from veille.share.layout import Beat
from veille.share.presence import Watch
from veille.store import segments


class Presence:
    """What this process saw of the others, space by space."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._watches: dict[str, Watch] = {}

    def round(self, space: str, *, thing: str = "", here: bool = True) -> list[Present]:
        """Say that one is here, editing ``thing`` or nothing, and give who else is.

        ``here=False`` takes one's own sign down. Raises the errors of ShareError.
        """
        found = next(one for one in self._house.spaces() if one.id == space)
        folder = self._house.open_folder(found.folder)
        signs = presence.look(folder)
        mine = [one for one in signs if one.device == found.device]
        now = self._house.now()
        doing = presence.EDITS if thing else presence.HERE
        with suppress(ShareReadOnly, ShareFull):
            if not here:
                presence.leave(folder, mine)
            elif presence.due(mine, doing, thing, now_ms=now):
                presence.give(folder, Beat(found.device, now, doing, thing), mine)
        watch = self._watches.setdefault(space, Watch())
        fresh = watch.fresh(signs, mine=found.device, now_ms=now)
        with self._house.database.reading() as db:
            people = {one.device: one.person for one in segments.posts(db, space)}
        return [
            Present(space, people.get(sign.device, ""), sign.thing, now - at)
            for sign, at in sorted(fresh.items(), key=lambda one: one[1], reverse=True)
            if people.get(sign.device, "") != self._house.person
        ]
