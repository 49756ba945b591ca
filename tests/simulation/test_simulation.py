"""A few seeds of every environment at each test run; ``run.py`` plays many more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.model import ENVIRONMENTS
from tests.simulation.run import once
from veille.desk import chance
from veille.journal import pack as packs
from veille.share import carry, plan

SEEDS = 3


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    kept = chance.secrets, carry.AHEAD, plan.LOOSE, packs.MAX_RAW_BYTES
    yield
    chance.secrets, carry.AHEAD, plan.LOOSE, packs.MAX_RAW_BYTES = kept  # type: ignore[misc]


@pytest.mark.slow
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_whatever_happens_nothing_recorded_is_lost(environment: str) -> None:
    for seed in range(SEEDS):
        assert once(environment, seed).wrong == []


def test_a_seed_gives_the_same_run_again() -> None:
    first, again = once("everything", 1), once("everything", 1)
    assert (first.faults, first.recorded) == (again.faults, again.recorded)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are forked")
def test_processes_killed_in_the_middle_of_rounds_lose_nothing(tmp_path: Path) -> None:
    code = [sys.executable, str(Path(__file__).with_name("kills.py")), "--times", "60"]
    done = subprocess.run(code, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
