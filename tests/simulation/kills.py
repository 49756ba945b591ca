"""``python tests/simulation/kills.py [--times N]``: real processes, killed in the middle of rounds.

Each process opens a real profile, records and does real rounds with a real folder until it is
killed (SIGKILL) at an instant drawn by lot. What it said on its pipe was recorded, or shared,
must be there at the end: in its profile, and in that of a newcomer who has only the folder.
Unix only: processes are forked.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random  # noqa: TID251 - seeded by the run

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from veille.desk.desk import Desk  # noqa: E402
from veille.domain.views import Filter  # noqa: E402
from veille.share import plan  # noqa: E402

PEOPLE = 3


def work(home: Path, person: int, turn: int, said: int) -> None:
    """Record and share without end; say each title once it is recorded."""
    desk = Desk.open(str(home / f"p{person}"))
    space = desk.space("Com").id
    for number in range(10_000):
        title = f"{person}-{turn}-{number}"
        note = desk.new_note(title, f"texte {title}", space=space)
        os.write(said, f"{title}\n".encode())
        desk.sync(whole=number % 5 == 4)
        desk.edit_note(note, f"texte {title} revu")


def titles(desk: Desk) -> set[str]:
    """Give the titles of the notes of the space."""
    rows = desk.rows(desk.ids(Filter(kinds=("note",), space=desk.space("Com").id)))
    return {row.title for row in rows}


def play(home: Path, times: int, random: Random) -> dict[str, int]:
    """Kill ``times`` processes, two at a time, then count what is lost."""
    plan.LOOSE = 6  # type: ignore[misc]
    share = home / "share"
    share.mkdir()
    opener = Desk.open(str(home / "p0"))
    opener.create_space("Com", str(share), full_text=True)
    opener.close()
    for person in range(1, PEOPLE):
        desk = Desk.open(str(home / f"p{person}"))
        desk.join_space(str(share))
        desk.close()
    must: set[str] = set()
    kills = 0
    while kills < times:
        pair = random.sample(range(PEOPLE), 2)
        running = [_start(home, person, kills + n) for n, person in enumerate(pair)]
        time.sleep(random.uniform(0.02, 0.12))  # noqa: TID251 - the instant of the power cut
        for process, pipe in running:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            kills += 1
            with os.fdopen(pipe) as said:
                must.update(line.strip() for line in said.read().split("\n")[:-1])
    return {"processes killed": kills, **_count(home, share, must)}


def _start(home: Path, person: int, turn: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        work(home, person, turn, writing)
        os._exit(0)
    os.close(writing)
    return process, reading


def _count(home: Path, share: Path, must: set[str]) -> dict[str, int]:
    desks = [Desk.open(str(home / f"p{person}")) for person in range(PEOPLE)]
    for _turn in range(3):
        for desk in desks:
            desk.sync()
    newcomer = Desk.open(str(home / "newcomer"))
    newcomer.join_space(str(share))
    newcomer.sync()
    everybody = [*desks, newcomer]
    lost = sum(len(must - titles(desk)) for desk in everybody)
    views = [titles(desk) for desk in everybody]
    desks[0].drain()
    problems = desks[0].verify().problems
    for desk in everybody:
        desk.close()
    files = sum(1 for path in share.rglob("*") if path.is_file())
    return {
        "notes recorded": len(must),
        "files on the share": files,
        "lost": lost,
        "diverged": sum(view != views[0] for view in views),
        "problems found by verify": len(problems),
    }


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        figures = play(Path(home), asked.times, Random(asked.seed))
    for name, count in figures.items():
        print(f"{name:26} {count:>8,}")
    return 1 if figures["lost"] or figures["diverged"] or figures["problems found by verify"] else 0


if __name__ == "__main__":
    sys.exit(main())
