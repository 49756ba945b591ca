"""Looking into a shared folder, and reading what is new there, in whatever form it stands.

What is read is handed to ``take``, which records it; what cannot be read is remembered by its
size, and looked at again when that changes, or at a whole look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from veille.desk import mending
from veille.desk.house import House
from veille.desk.round import Round
from veille.domain.views import Event, Space
from veille.share import carry, plan
from veille.share.carry import Learned, Problem
from veille.share.folder import ShareFolder
from veille.share.layout import Name, PackName
from veille.share.plan import Survey
from veille.store import erasing
from veille.store import segments as shelf

Take = Callable[[Learned | Problem], None]


def look(house: House, folder: ShareFolder, space: str, *, whole: bool) -> Survey:
    """Look at everything, or only at what is announced and not known."""
    if whole:
        return carry.look_at_all(folder)
    announced = carry.heads(folder)
    with house.database.reading() as db:
        newest = {one.device: one.newest for one in shelf.posts(db, space)}
    devices = plan.to_look_into(unknown(house, space, announced), newest)
    return carry.look(folder, announced, devices)


def unknown(house: House, space: str, names: Iterable[Name]) -> list[Name]:
    """Give the segments that are not kept here."""
    with house.database.reading() as db:
        return [
            one for one in names if not shelf.has(db, space, one.device, one.sequence, one.id16)
        ]


class Learner:
    """Reads what a look has shown."""

    def __init__(
        self, house: House, space: Space, folder: ShareFolder, seen: Survey, done: Round,
        take: Take,
    ) -> None:  # fmt: skip
        self._house, self._space, self._folder = house, space, folder
        self._seen, self._done, self._take = seen, done, take
        self._sizes: dict[str, int] = {one.path: size for one, size in seen.loose.items()}
        self._sizes |= {one.path: size for one, size in seen.packs.items()}

    def learn(self, most: int) -> None:
        """Read what is new: our own name first, for somebody else may be writing under it.

        What was found damaged is read again at whole rounds, last, and never counts as waiting.
        """
        aside = self._aside()
        packs = sorted(self._new_packs(), key=lambda one: one.device != self._space.device)
        names = unknown(self._house, self._space.id, plan.to_read(self._seen, ()))
        names.sort(key=lambda one: (one.device != self._space.device, one))

        def is_bad(path: str) -> bool:
            return path in aside and aside[path] == self._sizes.get(path, -1)

        room = most or 2**31
        for pack in [one for one in packs if not is_bad(one.path)]:
            inside = pack.last - pack.first + 1
            if room <= 0:
                self._done.remaining += inside
            elif self._take_pack(pack):
                room -= inside
        fresh = unknown(self._house, self._space.id, (n for n in names if not is_bad(n.path)))
        chosen = fresh[: max(room, 0)]
        self._done.remaining += len(fresh) - len(chosen)
        self._take_loose(chosen)
        if self._seen.whole and not self._done.remaining:
            for pack in [one for one in packs if is_bad(one.path)]:
                self._take_pack(pack)
            self._take_loose(
                unknown(self._house, self._space.id, (n for n in names if is_bad(n.path)))
            )
        self._done.more = self._done.remaining > 0 and self._done.read > 0

    def absorb(self) -> None:
        """Take what stands under other names: copies of sync clients, segments put back."""
        with self._house.database.reading() as db:
            aside = shelf.aside(db, self._space.id)
            have = [mending.name_of(one) for one in shelf.kept(db, self._space.id)]
        rescued = {p: size for paths in self._seen.rescued.values() for p, size in paths.items()}
        self._sizes |= {**self._seen.strays, **rescued}
        copies = 0
        strays = [p for p in self._seen.strays if aside.get(p, (-1,))[0] != self._sizes[p]]
        for path, one in carry.learn_strays(self._folder, strays, space=self._space.id):
            if isinstance(one, Learned):
                self._take(one)
                copies += 1
            # What is no segment is ordinary in a folder (desktop.ini): not a problem to tell.
            self._set_aside(path, "copy" if isinstance(one, Learned) else one.code)
        if copies:
            self._done.notices.append(Event("absorbed", count=copies))
        wanted = plan.rescues_to_read(self._seen, have)
        for path, one in carry.learn_strays(self._folder, wanted, space=self._space.id):
            self._take(one)
            if isinstance(one, Problem):
                self._set_aside(path, one.code)
        with self._house.database.writing() as db:
            gone = [path for path in aside if path not in self._sizes]
            shelf.drop_aside(db, self._space.id, gone)

    def _aside(self) -> Mapping[str, int]:
        with self._house.database.reading() as db:
            return {path: size for path, (size, _v) in shelf.aside(db, self._space.id).items()}

    def _take_loose(self, names: Sequence[Name]) -> None:
        for one in carry.learn(self._folder, names, space=self._space.id):
            self._take(one)
            if isinstance(one, Problem):
                self._set_aside(one.path, one.code)
            elif one.segment.redacted and unknown(self._house, self._space.id, [one.name]):
                self._set_aside(one.name.path, "redacted")

    def _take_pack(self, pack: PackName) -> bool:
        """Read a pack; tells whether it was whole."""
        for name, size, inside in carry.learn_packs(self._folder, [pack], space=self._space.id):
            for one in inside:
                self._take(one)
            taken = [
                one.name for one in inside if isinstance(one, Learned) and one.segment.redacted
            ]
            if unknown(self._house, self._space.id, taken):
                # Why lines were taken out is not known yet: it is read again.
                self._set_aside(pack.path, "redacted")
                return True
            if size >= 0 and not any(isinstance(one, Problem) for one in inside):
                with self._house.database.writing() as db:
                    shelf.keep_pack(db, self._space.id, name.device, name.file, size)
                return True
            self._set_aside(pack.path, "damaged_pack")
        return False

    def _new_packs(self) -> list[PackName]:
        """Give the packs that may hold something new: the name of a pack tells the ids in it."""
        space, packs, loose = self._space.id, self._seen.packs, self._seen.loose
        with self._house.database.reading() as db:
            noted, older = shelf.packs(db, space), erasing.older_sizes(db, space)
            sizes = {one: noted.get((one.device, one.file)) for one in packs}
            new = [one for one, size in packs.items() if sizes[one] != size]
            looked_at = list(packs) if self._seen.whole else new
            kept = [
                mending.known(one)
                for device in sorted({one.device for one in looked_at})
                for one in shelf.kept(db, space, device=device)
            ]
        held = plan.packs_known(Survey(packs={one: packs[one] for one in looked_at}), kept)
        moved = {
            one.id: pack.file
            for pack, inside in held.items()
            for one in inside
            if one.pack != pack.file
            and one.name not in loose
            and sizes[pack] in {None, packs[pack]}
        }
        if moved:
            # Where they are, not that the pack is whole: only who reads it can tell.
            with self._house.database.writing() as db:
                for identity, file in moved.items():
                    shelf.mark(db, space, [identity], pack=file)
        # One that its owner wrote again, with lines taken out, has another size: it is whole.
        again = {
            pack
            for pack, inside in held.items()
            if sizes[pack] not in {None, packs[pack]} and any(one.id in older for one in inside)
        }
        return [
            one
            for one in new
            if one not in held or (one in again and one.device != self._space.device)
        ]

    def _set_aside(self, path: str, verdict: str) -> None:
        with self._house.database.writing() as db:
            size = self._sizes.get(path, -1)
            shelf.set_aside(db, self._space.id, path, size=size, verdict=verdict)
