"""A run: several real profiles, a folder that misbehaves, and the promises checked at the end.

The profiles are real (``Desk``, SQLite, journal, rounds); only the folder is simulated. What a
person was told is *recorded* must be in every profile at the end, and in that of a newcomer who
has nothing but the folder.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random  # noqa: TID251 - seeded by the run

from tests.simulation.folder import Crash, Faults, Hub, View, World
from veille.desk import chance, mending
from veille.desk.desk import Desk
from veille.domain import operation as op
from veille.domain.errors import VeilleError
from veille.domain.facts import Fact
from veille.domain.ids import encode
from veille.domain.views import Filter
from veille.journal import pack as packs
from veille.journal import segment as segments
from veille.journal.segment import Header, SegmentError
from veille.share import carry, plan
from veille.store import local
from veille.store import segments as segments_
from veille.store.connection import Database, Rows

ENVIRONMENTS: dict[str, Faults] = {
    "calm": Faults(),
    "crashes": Faults(crash=0.06),
    "torn files": Faults(torn=0.12),
    "flaky drive": Faults(flaky=0.1),
    "full disk": Faults(full=0.25),
    "read-only spells": Faults(read_only=0.25),
    "stale listings": Faults(stale_list=0.3),
    "stale absences": Faults(stale_read=0.2),
    "drive away": Faults(vanish=0.1),
    "restored backups": Faults(restore=0.06, departs=0.02),
    "files deleted": Faults(half_deleted=0.06, departs=0.02),
    "lying disk": Faults(lying=0.15),
    "rotting disk": Faults(rot=0.1),
    "cloned machines": Faults(clone=0.1),
    "local disk rolled back": Faults(rollback=0.05),
    "wrong clocks": Faults(skew=0.2),
    "conflicted copies": Faults(copies=0.2),
    "strangers": Faults(strangers=0.2),
    "sync client": Faults(hub=True),
    "sync client, clones, rollback": Faults(hub=True, clone=0.03, rollback=0.03),
    "everything": Faults(
        crash=0.01, flaky=0.02, torn=0.02, full=0.03, read_only=0.03, stale_list=0.03,
        stale_read=0.03, lying=0.01, vanish=0.02, restore=0.01, half_deleted=0.01, clone=0.01,
        rollback=0.01, departs=0.005, rot=0.01, copies=0.03, strangers=0.03, skew=0.05,
    ),
}  # fmt: skip

FOREVER = 31 * 365 * 86_400_000


@dataclass(slots=True)
class Report:
    """What a run did, and what is wrong: nothing, on a good day."""

    seed: int
    environment: str
    recorded: int = 0
    rounds: int = 0
    crashes: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


class Profile:
    """A person at a machine."""

    def __init__(self, number: int, folder: Path, world: World, random: Random) -> None:
        self.number, self.folder = number, folder
        self.view = View(world)
        if world.faults.hub:
            self.view.files = {}
        self.ms = 1_795_000_000_000
        self.skew = 0
        self.wrong = number == 0
        self._world, self._random = world, random
        self.desk = self._open()

    def _open(self) -> Desk:
        desk = Desk.open(str(self.folder), now=self.now)
        desk._house.open_folder = lambda _folder: self.view
        desk._house.database = Crashing(self.folder / "veille.sqlite", self._world)
        return desk

    def reopen(self) -> None:
        self.desk.close()
        self.desk = self._open()

    def now(self) -> int:
        self.ms += 7
        return max(self.ms + self.skew, 0)

    @property
    def space(self) -> str:
        return next(one.id for one in self.desk.spaces() if not one.personal)

    def operations(self) -> set[str]:
        with self.desk._house.database.reading() as db:
            query = "SELECT id FROM operations WHERE space = ?"
            return {one[0] for one in db.execute(query, (self.space,))}

    def written(self) -> set[str]:
        """Give the segments this profile wrote under the name it bears."""
        with self.desk._house.database.reading() as db:
            device = self.desk.space("Com").device
            return {one.id for one in segments_.kept(db, self.space, device=device) if one.mine}

    def copy_to(self, target: Path) -> None:
        """Copy the memory as a disk image would."""
        target.mkdir(parents=True, exist_ok=True)
        source = sqlite3.connect(self.folder / "veille.sqlite")
        made = sqlite3.connect(target / "veille.sqlite")
        source.backup(made)
        source.close()
        made.close()


class Crashing(Database):
    """A memory whose process may die just before, or just after, a transaction is committed."""

    def __init__(self, path: Path, world: World) -> None:
        super().__init__(path)
        self._world = world

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        with super().writing() as db:
            yield db
            if hasattr(self, "_world") and self._world.happens("crash"):
                raise Crash
        if hasattr(self, "_world") and self._world.happens("crash"):
            raise Crash


class Dice:
    """Stands in for the system's chance, so that a seed gives the same run again."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def token_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


class Run:
    """One seeded run."""

    def __init__(self, seed: int, environment: str, home: Path, *, devices: int = 3) -> None:
        self.random = Random(f"{environment} {seed}")
        # Chance and order come from the seed alone: one read at a time, no other dice.
        chance.secrets = Dice(self.random)  # type: ignore[attr-defined]
        carry.AHEAD = 1  # type: ignore[misc]
        # Small packs, so that short runs make many.
        plan.LOOSE = 3  # type: ignore[misc]
        packs.MAX_RAW_BYTES = self.random.choice([8 * 1024 * 1024, 6_000])  # type: ignore[misc]
        self.world = World(self.random, ENVIRONMENTS[environment], calm=True)
        self.report = Report(seed, environment)
        self._home = home
        self._must: set[str] = set()
        self._next = devices
        self._images: list[tuple[Profile, Path]] = []
        self._hub = Hub(self.world)
        self._entities = [f"n-{encode(bytes([n] * 10), length=16)}" for n in range(1, 3)]
        self.profiles = [self._begin(number) for number in range(devices)]
        self.profiles[0].desk.create_space("Com", "simulated", full_text=True)
        if self.world.faults.hub:
            self._hub.turn(0, self.profiles[0].view.files, everything=True)
        for one in self.profiles[1:]:
            if self.world.faults.hub:
                self._hub.turn(one.number, one.view.files, everything=True)
            one.desk.join_space("simulated")
        self.space = self.profiles[0].space
        self.world.calm = False

    def _begin(self, number: int) -> Profile:
        return Profile(number, self._home / f"p{number}", self.world, self.random)

    def play(self, steps: int) -> Report:
        """Play the steps, calm the world, and check the promises."""
        try:
            for _step in range(steps):
                self._world_moves()
                self._somebody_acts(self.random.choice(self.profiles))
            self._calm_down()
            self._check()
        finally:
            for one in self.profiles:
                one.desk.close()
        self.report.faults = dict(self.world.injected)
        self.report.crashes = self.world.injected["crash"] + self.world.injected["torn"]
        return self.report

    # --- what happens to the world ---------------------------------------------------------------

    def _world_moves(self) -> None:
        world = self.world
        if self.random.random() < 0.1:
            world.past.append(dict(world.files))
        if world.away:
            world.away = self.random.random() < 0.7
        elif world.happens("vanish"):
            world.away = True
        self._drive_moves()
        self._machines_move()
        if world.faults.hub:
            one = self.random.choice(self.profiles)
            self._hub.turn(one.number, one.view.files)

    def _drive_moves(self) -> None:
        world = self.world
        if world.past and world.happens("restore"):
            self._set_files(dict(self.random.choice(world.past)))
        if world.happens("half_deleted"):
            kept = {"veille-espace.json"}
            self._set_files(
                {k: v for k, v in world.files.items() if k in kept or self.random.random() < 0.5}
            )
        if world.happens("copies"):
            self._leave_a_copy()
        if world.happens("strangers"):
            self._stranger_writes()

    def _machines_move(self) -> None:
        world = self.world
        if world.happens("clone") and len(self.profiles) < 6:
            self._clone(self.random.choice(self.profiles))
        if self._images and world.happens("rollback"):
            self._roll_back()
        elif self.random.random() < 0.08 and world.faults.rollback:
            self._take_image(self.random.choice(self.profiles))
        if len(self.profiles) > 2 and world.happens("departs"):
            self._depart(self.random.choice(self.profiles))

    def _set_files(self, files: dict[str, bytes]) -> None:
        """What was only on the drive is gone with it: nobody can promise that."""
        self._forgive(self._on_share(), lambda: self._replace(files))

    def _replace(self, files: dict[str, bytes]) -> None:
        self.world.files.clear()
        self.world.files.update(files)

    def _leave_a_copy(self) -> None:
        names = [one for one in sorted(self.world.files) if one.startswith("journal/")]
        if names:
            chosen = self.random.choice(names)
            stem, dot, suffix = chosen.rpartition(".")
            self.world.files[f"{stem} (copie en conflit){dot}{suffix}"] = self.world.files[chosen]

    def _stranger_writes(self) -> None:
        device = self.random.choice(self.profiles).desk.space("Com").device
        victim = self.random.choice(self.profiles).desk.person
        number = self.random.choice([self.random.randrange(1, 40), 99_999_999])
        forged = {
            "by": victim, "d": {"title": "FORGED"}, "e": self._entities[0],
            "h": "9999999999999-0000", "i": f"{number:016d}", "k": "note.set",
        }  # fmt: skip
        operation = json.dumps(forged, separators=(",", ":"))
        secret = bytes([number % 250]) * 32
        identity, data = segments.seal(
            Header(self.space, device, number, "", 1, "x"), [operation], secret=secret
        )
        junk = [
            data, data[:-3], b"\x00" * 50, b'{"a":' * 3000, operation.encode(),
            segments.seal(Header("1" * 26, device, number, "", 1, "x"), [operation])[1],
        ]  # fmt: skip
        folder = self.random.choice([f"journal/{device}", "heads", f"journal/{'z' * 10}"])
        name = self.random.choice(
            [
                f"{number:08d}-{identity[:16]}.jsonl",
                "desktop.ini",
                f"{number:08d}-{'0' * 16}.jsonl.tmp",
            ]
        )
        self.world.files[f"{folder}/{name}"] = self.random.choice(junk)

    def _clone(self, source: Profile) -> None:
        self._next += 1
        twin = Path(f"{source.folder}-{self._next}")
        source.copy_to(twin)
        made = Profile(self._next, twin, self.world, self.random)
        made.ms, made.skew = source.ms, source.skew
        made.wrong = source.wrong
        if self.random.random() < 0.5:
            # Whole disk images: the machine does not know that it is a copy.
            self.world.calm = True
            with made.desk._house.database.writing() as db:
                device = source.desk.space("Com").device
                local.rename_device(db, source.space, device)
            self.world.calm = False
        if self.world.faults.hub:
            made.view.files = dict(source.view.files)
            self._hub._last[made.number] = dict(self._hub._last.get(source.number, {}))
        self.profiles.append(made)

    def _depart(self, one: Profile) -> None:
        """A machine is stolen: what it told nobody is gone, what others read must stay."""

        def leave() -> None:
            one.desk.close()
            self.profiles.remove(one)
            self._images = [kept for kept in self._images if kept[0] is not one]

        self._forgive(one.operations(), leave)

    def _take_image(self, one: Profile) -> None:
        image = self._home / f"image{len(self._images)}-{self.random.random()}"
        one.copy_to(image)
        self._images.append((one, image))

    def _roll_back(self) -> None:
        one, image = self.random.choice(self._images)

        def put_back() -> None:
            one.desk.close()
            for left in one.folder.glob("veille.sqlite*"):
                left.unlink()
            shutil.copy(image / "veille.sqlite", one.folder / "veille.sqlite")
            one.desk = one._open()

        self._forgive(one.operations(), put_back)

    def _forgive(self, at_risk: set[str], event: object) -> None:
        """What existed in one place only, and went with it, cannot be asked for."""
        assert callable(event)
        event()
        left = self._on_share()
        for one in self.profiles:
            left |= one.operations()
        self._must -= at_risk - left

    def _on_share(self) -> set[str]:
        found: set[str] = set()
        every = [self.world.files, *(one.view.files for one in self.profiles)]
        for path, data in ((k, v) for files in every for k, v in files.items()):
            if path.startswith(("journal/", "rescue/")):
                for one in _whole(data):
                    found.update(operation.id for operation in one.operations)
        return found

    # --- what people do --------------------------------------------------------------------------

    def _somebody_acts(self, one: Profile) -> None:
        if one.wrong and self.world.happens("skew"):
            one.skew = self.random.choice([0, 5_000, -3_600_000, FOREVER, -FOREVER])
        one.ms += self.random.randrange(60_000)
        try:
            if self.random.random() < 0.5:
                self._edit(one)
            else:
                self.report.rounds += 1
                one.desk.sync(whole=self.random.random() < 0.3, most=self.random.choice([0, 0, 3]))
        except Crash:
            one.reopen()
        except VeilleError as problem:
            self.report.wrong.append(f"unexpected {problem.code}")

    def _edit(self, one: Profile) -> None:
        from veille.desk.record import record

        text = f"{self.random.random():.9f}"
        note = self.random.choice(self._entities)
        facts = {
            "text": Fact(note, op.NOTE_REV, {"x": f"un\n\n{text}\n\ntrois"}, self.space),
            "title": Fact(note, op.NOTE_SET, {"title": text}, self.space),
            "tag": Fact(note, op.TAG_ADD, {"tag": text[:4]}, self.space),
            "untag": Fact(note, op.TAG_RM, {"tag": text[:4]}, self.space),
            "delete": Fact(note, op.DELETE, {}, self.space),
        }
        chosen = self.random.choice(["text", "text", "title", "tag", "untag", "delete"])
        changes = record(one.desk._house, [facts[chosen]])
        self._must.add(changes.gesture)
        self.report.recorded += 1

    # --- the end ---------------------------------------------------------------------------------

    def _calm_down(self) -> None:
        self.world.calm, self.world.away = True, False
        for one in self.profiles:
            one.view._cache.clear()
            one.view._old.clear()
            one.skew = 0
        for turn in range(6):
            for one in self.profiles:
                self._deliver()
                one.desk.sync(whole=True)
                if turn == 1 and self.world.faults.rot:
                    mending.audit(one.desk._house)
        self._deliver()

    def _deliver(self) -> None:
        if self.world.faults.hub:
            for _twice in range(2):
                for one in self.profiles:
                    self._hub.turn(one.number, one.view.files, everything=True)

    def _check(self) -> None:
        wrong = self.report.wrong
        newcomer = self._begin(99)
        newcomer.view.files = dict(self.world.files)
        newcomer.desk.join_space("simulated")
        newcomer.desk.sync(whole=True)
        everybody = [*self.profiles, newcomer]
        for one in everybody:
            lost = self._must - one.operations()
            if lost:
                wrong.append(f"profile {one.number} lost {len(lost)} of {len(self._must)}")
        views = [shared(one.desk) for one in everybody]
        wrong.extend(
            f"profile {one.number} differs"
            for one, view in zip(everybody, views, strict=True)
            if view != views[0]
        )
        if any("FORGED" in repr(view) for view in views):
            wrong.append("a forgery is shown")
        newcomer.desk.close()
        for one in self.profiles:
            one.desk.sync(whole=True)
            self._deliver()
        before = dict(self.world.files)
        for one in self.profiles:
            (again,) = one.desk.sync(whole=True)
            if again.sent or again.received:
                wrong.append(f"profile {one.number} is not done")
        if {k: v for k, v in self.world.files.items() if before.get(k) != v}:
            wrong.append("a round more writes")
        self._check_names_and_clocks()
        checked = self.random.choice(self.profiles).desk
        checked.drain()
        wrong.extend(f"verify: {where} {what}" for where, what in checked.verify().problems)

    def _check_names_and_clocks(self) -> None:
        wrong = self.report.wrong
        written = [(one.desk.space("Com").device, one.written()) for one in self.profiles]
        if any(
            mine == other and not (a <= b or b <= a)
            for (mine, a), (other, b) in itertools.combinations(written, 2)
        ):
            wrong.append("two machines write under one name")
        poisoned = 1_795_000_000_000 + FOREVER // 2
        for one in self.profiles:
            with one.desk._house.database.reading() as db:
                clock = db.execute("SELECT value FROM meta WHERE name = 'clock'").fetchone()
            if not one.wrong and clock and int(clock[0][:13]) > poisoned:
                wrong.append("a clock was poisoned")


def _whole(data: bytes) -> list[segments.Segment]:
    try:
        inside = packs.unpacked(data) if data[:2] == b"\x1f\x8b" else [data]
        return [segments.open_segment(one) for one in inside]
    except SegmentError:
        return []


def shared(desk: Desk) -> list[tuple[object, ...]]:
    """Give what a profile shows of the shared space, in a form that can be compared."""
    space = desk.space("Com").id
    rows = desk.rows(desk.ids(Filter(space=space, kinds=("note", "article", "quote", "dossier"))))
    return sorted(
        (r.id, r.kind, r.title, r.tags, r.conflicts, r.created_by, desk.read(r.id).text)
        for r in rows
    )
