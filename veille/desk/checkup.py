"""Does Veille work on this machine? Its main jobs are done, on a memory made for that and removed.

For the first minute on a new machine, and for whoever helps from afar: each step says what it found,
and none can last for ever. The window is opened in a process of its own: a library of the system
that is missing ends that process, and is then told.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from veille import __version__
from veille.desk import folders, paths, program
from veille.desk.desk import Desk
from veille.domain.errors import ShareError, ShareNeedsExtra, VeilleError
from veille.share.address import Login, parse

STEPS: Final = ("program", "profile", "memory", "search", "servers", "window", "workers")
CHECK_WINDOW: Final = "--check-window"
PATIENCE: Final = 60.0
_QUERY: Final = "inondation"
# Nobody listens there: whoever can ask is refused, whoever lacks a library cannot ask.
_NOBODY: Final = {
    "s3": "s3://veille/check?endpoint=http://127.0.0.1:9",
    "webdav": "webdav+http://127.0.0.1:9/veille",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One step.

    Attributes:
        step: one of ``STEPS``.
        figures: what was found, by name.
        said: what a program that failed said last, in its own words.
    """

    step: str
    good: bool
    figures: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""


def check(profile: str | None = None, *, patience: float = PATIENCE) -> Iterator[Tried]:
    """Do every step, and give each as it is done.

    Args:
        profile: the one whose folder is looked at, and not touched; None for the usual one.
        patience: seconds the window has to open and its workers to answer.
    """
    yield _program()
    yield _profile(paths.profile(profile).root)
    with tempfile.TemporaryDirectory(prefix="veille-check-", ignore_cleanup_errors=True) as made:
        try:
            yield from _jobs(made)
        except VeilleError as problem:
            yield Tried("memory", False, said=problem.code)
        yield _servers()
        yield from _window(made, patience)


def _program() -> Tried:
    told = {
        "veille": __version__,
        "packaged": program.is_packaged(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    return Tried("program", (paths.resources() / "words").is_dir(), told)


def _profile(root: Path) -> Tried:
    there = next(one for one in (root, *root.parents) if one.is_dir())
    return Tried("profile", os.access(there, os.W_OK | os.X_OK), {"folder": str(root)})


def _jobs(profile: str) -> Iterator[Tried]:
    desk = Desk.open(profile)
    try:
        desk.fill_demo()
        desk.drain()
        checked = desk.verify()
        yield Tried("memory", not checked.problems, {"things": checked.things})
        found = desk.search(_QUERY)
        yield Tried("search", found.total > 0, {"found": found.total})
    finally:
        desk.close()


def _servers() -> Tried:
    """Try the libraries that reach servers: a package has them, elsewhere they are asked for."""
    can = {name: _asks(address) for name, address in _NOBODY.items()}
    return Tried("servers", all(can.values()) or not program.is_packaged(), can)


def _asks(address: str) -> bool:
    try:
        folders.on_server(parse(address), Login("", "")).list("")
    except ShareNeedsExtra:
        return False
    except ShareError:
        return True
    return True


def _window(profile: str, patience: float) -> Iterator[Tried]:
    command = [*program.on_pipes(), "--profile", profile, CHECK_WINDOW]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, capture_output=True, timeout=patience, check=False, env=_surroundings()
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        told, said = dict[str, Any](), type(problem).__name__
    else:
        told, said = _last(done.stdout), done.stderr.decode("utf-8", "replace").strip()[-500:]
    workers = told.get("workers", {})
    opened: dict[str, Any] = {name: told[name] for name in ("screen", "ms", "qt") if name in told}
    yield Tried("window", bool(told.get("painted")), opened, "" if told else said)
    good = bool(workers) and all(workers.values())
    yield Tried("workers", good, workers, "" if good else said)


def _surroundings() -> dict[str, str]:
    """Give the environment of the window: without a screen, it is painted nowhere."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(one) for one in named):
        return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return dict(os.environ)


def _last(output: bytes) -> dict[str, Any]:
    """Read the last line of what the window said."""
    try:
        told = json.loads(output.decode("utf-8", "replace").strip().splitlines()[-1])
    except (ValueError, IndexError):
        return {}
    return told if isinstance(told, dict) else {}
