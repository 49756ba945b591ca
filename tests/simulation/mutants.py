"""``python tests/simulation/mutants.py``: take each protection away; the simulation must notice.

A mutant that survives is a protection nobody tests, or one that protects from nothing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.simulation.run import once  # noqa: E402
from veille.desk import learning, mending, sync  # noqa: E402
from veille.desk.learning import Learner  # noqa: E402
from veille.domain import clock, merge  # noqa: E402
from veille.journal import segment as segments  # noqa: E402
from veille.share import carry, plan  # noqa: E402
from veille.share.layout import Name  # noqa: E402
from veille.share.plan import Survey  # noqa: E402
from veille.store import append  # noqa: E402
from veille.store import segments as shelf  # noqa: E402

ALL = ("crashes", "torn files", "lying disk", "files deleted", "restored backups",
       "cloned machines", "local disk rolled back", "sync client", "strangers", "wrong clocks",
       "stale absences", "everything")  # fmt: skip


def no_fork() -> None:
    """Go on writing under a name that another machine uses too."""
    sync._is_copy = lambda *_anything: False


def no_hash_in_names() -> None:
    """Two contents may bear one name."""
    Name.path = property(  # type: ignore[assignment,method-assign]
        lambda self: f"journal/{self.device}/{self.sequence:08d}-{'0' * 16}.jsonl"
    )
    really = carry.verified
    carry.verified = lambda data, _name, **more: really(data, None, **{"path": "", **more})


def nothing_put_back() -> None:
    """What vanished from the share stays away."""
    mending.restore = lambda *_anything: []


def nobody_rescued() -> None:
    """Only one's own files are put back."""
    mending._rescue = lambda *_anything: 0


def heads_only() -> None:
    """Never look into the folders: believe what is announced."""
    carry.look_at_all = lambda folder: Survey(carry.heads(folder), whole=False)


def sizes_not_looked_at() -> None:
    """A file that bears the name is taken for whole."""
    really = plan.gone

    def gone(seen: Survey, known: Iterable[plan.Known], sizes: Any) -> list[plan.Known]:
        kept = list(known)
        right = {one.name: one.size for one in kept}
        loose = {name: right.get(name, size) for name, size in seen.loose.items()}
        whole = Survey(seen.heads, loose, seen.packs, seen.rescued, seen.strays, whole=True)
        return really(whole if seen.whole else seen, kept, {})

    plan.gone = gone


def no_read_back() -> None:
    """A write that was not refused is believed: torn files and lying disks pass for shared."""

    def post(folder: Any, path: str, data: bytes) -> bool:
        folder.create(path, data)
        return True

    carry.post = post
    sizes_not_looked_at()


def packs_not_read_back() -> None:
    """The loose files go before their pack was read back, and are never looked for again."""

    def post(folder: Any, path: str, data: bytes) -> bool:
        folder.create(path, data)
        return True

    really = mending._pack

    def pack(*given: Any) -> None:
        kept, carry.post = carry.post, post
        try:
            really(*given)
        finally:
            carry.post = kept

    mending._pack = pack
    really_gone = plan.gone
    plan.gone = lambda seen, known, _sizes: really_gone(seen, [k for k in known if not k.pack], {})


def packs_believed() -> None:
    """A pack of known numbers is taken for known, whatever it holds."""
    really = plan.packs_known

    def packs_known(seen: Survey, known: Iterable[plan.Known]) -> dict[Any, list[plan.Known]]:
        kept = list(known)
        held = really(seen, kept)
        for pack in seen.packs:
            inside = [
                k for k in kept
                if k.name.device == pack.device and pack.first <= k.name.sequence <= pack.last
            ]  # fmt: skip
            if len({k.name.sequence for k in inside}) == pack.last - pack.first + 1:
                held[pack] = inside
        return held

    plan.packs_known = packs_known


def damage_remembered_for_ever() -> None:
    """A segment found damaged once is never read again."""
    bad: set[str] = set()
    told, really = Learner._set_aside, learning.unknown

    def aside(self: Learner, path: str, verdict: str) -> None:
        bad.add(path)
        told(self, path, verdict)

    Learner._set_aside = aside  # type: ignore[method-assign]
    learning.unknown = lambda house, space, names: [
        name for name in really(house, space, names) if name.path not in bad
    ]


def kept_before_recorded() -> None:
    """A segment is noted as read in another transaction than its operations."""
    really = sync._take

    def take(house: Any, space: Any, one: Any, done: Any) -> None:
        if isinstance(one, carry.Learned):
            header = one.segment.header
            kept = shelf.Kept(
                header.device, header.sequence, one.segment.id, len(one.data),
                len(one.segment.lines), 0, mine=False, shared=True,
            )  # fmt: skip
            with house.database.writing() as db:
                known = shelf.has(db, space.id, header.device, header.sequence, kept.id[:16])
                shelf.keep(db, space.id, kept, one.data)
            if known:
                return
            with house.database.writing() as db:
                db.execute("DELETE FROM segments WHERE id = ?", (kept.id,))
                db.execute("UPDATE posts SET count = count - 1 WHERE device = ?", (header.device,))
                really_keep(house, space, one, done, db)
            return
        really(house, space, one, done)

    def really_keep(house: Any, space: Any, one: Any, done: Any, db: Any) -> None:
        db.commit()
        db.execute("BEGIN IMMEDIATE")
        kept = shelf.Kept(
            one.segment.header.device, one.segment.header.sequence, one.segment.id, len(one.data),
            len(one.segment.lines), 0, mine=False, shared=True,
        )  # fmt: skip
        shelf.keep(db, space.id, kept, one.data)
        db.commit()
        if house.database._world.happens("crash"):
            from tests.simulation.folder import Crash

            raise Crash
        db.execute("BEGIN IMMEDIATE")
        append.append(
            db, one.segment.operations, one.segment.lines, device="", segment=kept.id, received=0
        )

    sync._take = take


def signatures_not_checked() -> None:
    """Whoever writes in a colleague's name is believed."""
    segments._signed_by = lambda _header, one: one


def order_of_arrival() -> None:
    """The last operation received wins, not the last one said."""
    merge._distinct = lambda operations: list({one.id: one for one in operations}.values())


def clocks_believed() -> None:
    """Any clock, however wrong, moves ours."""
    clock.Stamp.merged = lambda self, remote, _wall: max(self, remote)  # type: ignore[method-assign]


MUTANTS: dict[str, tuple[Callable[[], None], tuple[str, ...]]] = {
    "no fork": (no_fork, ("cloned machines", "local disk rolled back")),
    "no hash in names": (no_hash_in_names, ("cloned machines",)),
    "nothing put back": (nothing_put_back, ("restored backups", "files deleted")),
    "nobody rescued": (nobody_rescued, ("restored backups", "files deleted")),
    "heads only": (heads_only, ALL),
    "sizes not looked at": (sizes_not_looked_at, ("lying disk",)),
    "no read-back, no sizes": (no_read_back, ("lying disk", "torn files")),
    "packs not read back": (packs_not_read_back, ("lying disk", "torn files")),
    "packs believed by number": (packs_believed, ("cloned machines",)),
    "damage remembered for ever": (damage_remembered_for_ever, ("torn files", "lying disk")),
    "kept before recorded": (kept_before_recorded, ("crashes",)),
    "signatures not checked": (signatures_not_checked, ("strangers",)),
    "order of arrival": (order_of_arrival, ("flaky drive", "wrong clocks")),
    "clocks believed": (clocks_believed, ("wrong clocks",)),
}


def _try(asked: tuple[str, str, int, int]) -> bool:
    name, environment, first, seeds = asked
    MUTANTS[name][0]()
    for seed in range(first, first + seeds):
        try:
            if once(environment, seed).wrong:
                return True
        except Exception:  # noqa: BLE001 - a mutant that falls over was noticed
            return True
    return False


def main() -> int:
    """Print which mutants were noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=12)
    asked = parser.parse_args()
    killed = 0
    for name, (_mutate, environments) in MUTANTS.items():
        tries = [
            (name, environment, first, 2)
            for first in range(0, asked.seeds, 2)
            for environment in environments
        ]
        # A process each: a mutant must not outlive its run.
        with multiprocessing.Pool(maxtasksperchild=1) as pool:
            dead = any(pool.imap_unordered(_try, tries))
            pool.terminate()
        killed += dead
        print(f"{'killed  ' if dead else 'SURVIVED'}  {name}", flush=True)
    print(f"{killed} of {len(MUTANTS)} mutants killed")
    return 0 if killed * 10 >= len(MUTANTS) * 9 else 1


if __name__ == "__main__":
    sys.exit(main())
