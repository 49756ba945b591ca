#!/usr/bin/env python3
"""Does a package work? Its programs do the main job on fresh profiles, each step with a deadline.

    python3 packaging/smoke.py dist/veille             the programs in that folder
    python3 packaging/smoke.py /usr/lib/veille --root DIR --user NAME    as installed in a chroot

Standard library only: what is tried needs no Python, and gets none. The environment is empty but
for a home, so that nothing of this machine helps.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

DEADLINE = 120.0
PAUSE = threading.Event()
PAGE = Path(__file__).resolve().parents[1] / "tests" / "data" / "article.html"
SUFFIX = ".exe" if sys.platform == "win32" else ""


class Program:
    """A package, with a home of its own.

    Args:
        folder: of the programs, as seen from inside ``root``.
        home: as seen from outside.
        before: what stands before each command, to start it inside ``root`` as somebody.
    """

    def __init__(self, folder: str, home: Path, root: Path, before: list[str]) -> None:
        self.folder, self.home, self.root, self.before = folder, home, root, before
        self.env = {"HOME": self.inside(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        self.env |= {"VEILLE_LANG": "fr", "QT_QPA_PLATFORM": "offscreen"}
        if sys.platform == "win32":
            self.env |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "PATH")}
            self.env |= {"USERPROFILE": str(home), "LOCALAPPDATA": str(home)}

    def inside(self, path: Path) -> str:
        """Give a path as the program sees it."""
        return str(path) if self.root == Path("/") else f"/{path.relative_to(self.root)}"

    def command(self, name: str, *words: str) -> list[str]:
        """Give the command of one of the programs."""
        if name == "veille" and sys.platform == "win32":
            name = "veille-cli"
        program = f"{self.folder}/{name}{SUFFIX}"
        return [*self.before, program, *words]

    def run(self, name: str, *words: str, stdin: bytes = b"", fails: bool = False) -> bytes:
        """Run a program to its end, and give what it said."""
        done = subprocess.run(
            self.command(name, *words), input=stdin, capture_output=True, timeout=DEADLINE,
            env=self.env, cwd=self.home, check=False,
        )  # fmt: skip
        if bool(done.returncode) != fails:
            told = (done.stdout + done.stderr).decode("utf-8", "replace")
            raise SystemExit(f"{name} {' '.join(words)}: exit {done.returncode}\n{told}")
        return done.stdout

    def veille(self, profile: str, *words: str) -> dict[str, Any]:
        """Run a command on a profile, and give its document."""
        told: dict[str, Any] = json.loads(
            self.run("veille", "--profile", self.inside(self.home / profile), *words, "--json")
        )
        return told


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say a step, and how long it took."""
    began = time.monotonic()
    yield
    print(f"  {time.monotonic() - began:5.1f} s  {what}", flush=True)


def main(arguments: list[str]) -> int:
    """Try a package. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", help="of the programs")
    parser.add_argument("--root", default="/", help="where they are installed, when not here")
    parser.add_argument("--user", default="", help="who runs them, with --root")
    asked = parser.parse_args(arguments)
    root = Path(asked.root).resolve()
    before, folder = [], asked.folder
    if root == Path("/"):
        folder = str(Path(asked.folder).resolve())
    else:
        chroot = shutil.which("chroot", path="/usr/sbin:/usr/bin:/sbin") or "chroot"
        before = [chroot, *([f"--userspec={asked.user}"] if asked.user else []), str(root)]
    spot = root / "tmp" if before else None
    home = Path(tempfile.mkdtemp(prefix="veille smoke é ", dir=spot))
    try:
        if asked.user:
            shutil.chown(home, *told_ids(root, asked.user))
        attempt(Program(folder, home, root, before))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("The package works.")
    return 0


def told_ids(root: Path, user: str) -> tuple[int, int]:
    """Give the numbers of somebody who is known in a chroot."""
    lines = (root / "etc/passwd").read_text(encoding="utf-8").splitlines()
    found = next(line.split(":") for line in lines if line.startswith(f"{user}:"))
    return int(found[2]), int(found[3])


def attempt(program: Program) -> None:
    """Do the main job, the browser's part, the window and its workers."""
    with step("veille --version, --help"):
        print(f"Veille {program.run('veille', '--version').decode().strip()}")
        assert "Sans commande" in program.run("veille", "--help").decode()
    with step("demo, search"):
        program.veille("a", "demo")
        assert program.veille("a", "search", "inondation")["items"]
    shutil.copy(PAGE, program.home / "page.html")
    with step("clip a file, quote it, write a note"):
        article = program.veille("a", "clip", program.inside(program.home / "page.html"))
        assert article["items"][0]["words"] > 50, article
    with step("share with a colleague"):
        share(program)
    with step("a browser's clip comes in"):
        browser(program)
    if sys.platform.startswith("linux"):
        with step("browsers are connected, and let go"):
            connected(program)
    with step("verify"):
        assert program.veille("a", "verify")["ok"]
        assert program.veille("b", "verify")["ok"]
    with step("check: the window opens, its workers answer"):
        told = program.veille("a", "check")
        assert told["ok"], told
    if os.name == "posix":
        with step("a window stays open, is woken, ends, and leaves no process"):
            window(program)


def share(program: Program) -> None:
    """Have a note travel through a folder, to another profile."""
    folder = program.home / "partage"
    # Made by the program's own person.
    subprocess.run(
        [*program.before, "/bin/mkdir", program.inside(folder)], check=True, cwd="/"
    ) if os.name == "posix" else folder.mkdir()
    inside = program.inside(folder)
    program.veille("a", "space", "create", "Com", inside, "--full-text", "no")
    note = program.veille("a", "note", "new", "Le barrage des Trois-Rivières")
    program.veille("a", "share", note["id"], "--space", "Com")
    program.veille("a", "sync")
    program.veille("b", "space", "join", inside)
    assert program.veille("b", "search", "barrage")["items"]


def browser(program: Program) -> None:
    """Say to the host what the extension would say, and collect it."""
    spool = program.home / "a" / "spool"
    page = {"gesture": "page", "url": "https://mairie.example/crue", "title": "La crue"}
    page["html"] = "<html><title>La crue</title><article><p>La Vauvre est en crue.</article>"
    data = json.dumps(page).encode()
    told = program.run(
        "veille-host", "--spool", program.inside(spool), stdin=struct.pack("=I", len(data)) + data
    )
    assert json.loads(told[4:])["ok"], told
    assert program.veille("a", "collect")["items"]


def connected(program: Program) -> None:
    """Connect the browsers and let them go; the tools of the desktop get the environment we got."""
    tool = program.home / "bin" / "xdg-mime"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\nenv > "$HOME/told"\n', encoding="utf-8")
    tool.chmod(0o755)
    program.env["PATH"] = f"{program.inside(tool.parent)}:{program.env['PATH']}"
    program.veille("a", "browser", "connect")
    launcher = program.home / "a" / "browser" / "host.sh"
    assert "veille-host" in launcher.read_text(encoding="utf-8")
    told = (program.home / "told").read_text(encoding="utf-8")
    assert "LD_LIBRARY_PATH" not in told, told
    assert "_PYI" not in told, told
    program.veille("a", "browser", "disconnect")
    assert not list(program.home.rglob("org.veille.capture*"))
    assert not launcher.exists()


def window(program: Program) -> None:
    """Open the window, wake it as a second start does, end it."""
    profile = program.inside(program.home / "w")
    command = program.command("veille", "--profile", profile)
    opened = subprocess.Popen(
        command, env=program.env, cwd=program.home, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + DEADLINE
        while not woken(program, profile):
            assert opened.poll() is None, f"the window ended by itself: {opened.returncode}"
            assert time.monotonic() < deadline, "the window cannot be woken"
        opened.send_signal(signal.SIGTERM)
        opened.wait(DEADLINE)
        while left := alive(program):
            assert time.monotonic() < deadline, f"processes stay: {left}"
            PAUSE.wait(0.1)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(opened.pid, signal.SIGKILL)


def woken(program: Program, profile: str) -> bool:
    """Start once more on a profile: a window that is open comes forward, and the start ends."""
    if not (program.home / "w" / "window.lock").exists():
        PAUSE.wait(0.1)
        return False
    done = subprocess.run(
        program.command("veille", "--profile", profile), env=program.env, cwd=program.home,
        capture_output=True, timeout=DEADLINE, check=False,
    )  # fmt: skip
    return done.returncode == 0


def alive(program: Program) -> list[str]:
    """Name the processes that run on the profile of the window."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = one.read_bytes().decode("utf-8", "replace").split("\0")
            if program.inside(program.home / "w") in words:
                found.append(" ".join(words))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
