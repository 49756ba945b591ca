"""``veille check``: what a new machine can do, said before anybody trusts it with a memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def check(profile: Path, *words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "veille", "--profile", str(profile), "--lang", "en", "check"]
    return subprocess.run(
        [*command, *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **surroundings},
        timeout=110,
    )


def test_each_step_is_told_and_the_persons_memory_is_not_touched(tmp_path: Path) -> None:
    done = check(tmp_path / "mine", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    steps = {one["step"]: one for one in told["steps"]}
    assert list(steps) == ["program", "profile", "memory", "search", "servers", "window", "workers"]
    assert steps["profile"]["figures"]["folder"] == str(tmp_path / "mine")
    assert steps["search"]["figures"]["found"] > 0
    assert steps["servers"]["figures"] == {"s3": True, "webdav": True}
    assert steps["window"]["figures"]["screen"] == "offscreen"
    assert steps["workers"]["figures"] == {"index": True, "share": True, "feeds": True}
    assert list(tmp_path.iterdir()) == []


def test_a_window_that_cannot_open_is_told_with_its_reason(tmp_path: Path) -> None:
    done = check(tmp_path, QT_QPA_PLATFORM="nowhere")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any(one.startswith("✓ Trial memory: ") for one in lines), "not the person's own"
    assert "✓ Search: 3 things found" in lines
    assert "✗ The window did not open" in lines
    assert "nowhere" in done.stdout
    assert "✗ Workers: not asked" in lines
