"""From the start of the process to the window painted, filled, and the first key answered.

The program starts as it does for a person, in a process of its own, with a probe inside that
watches for the paint and presses J.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.day.figures import Figure

_ROOT = Path(__file__).parents[3]
_PROBE = "tests.benchmarks.day.probe"
_VIEWS = ("inbox", "articles", "home")
BUDGET_MS = 1_000


def measure(profile: Path, times: int) -> list[Figure]:
    """Start on each view, so many times; the first start of all compiles what is not yet."""
    told = []
    for number, view in enumerate(_VIEWS):
        (profile / "window.ini").write_text(f"[General]\nview={view}\n", encoding="utf-8")
        first = once(profile)
        runs = [once(profile) for _turn in range(times)]
        if not number:
            told.append(Figure("first start of all", first["answered"]))
        worked = median(one["worked"] for one in runs)
        told += [
            Figure(f"{view}: window painted", median(one["painted"] for one in runs), BUDGET_MS,
                   more=f"{worked:.0f} ms of work by the time the key is answered"),
            Figure(f"{view}: filled, and J answered", median(one["answered"] for one in runs),
                   BUDGET_MS, more=f"worst {max(one['answered'] for one in runs):,.0f} ms"),
        ]  # fmt: skip
    return told


def once(profile: Path) -> dict[str, float]:
    """Start once."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", _PROBE, str(profile), repr(time.monotonic())]
    done = subprocess.run(
        command, env=environment, cwd=_ROOT, check=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
