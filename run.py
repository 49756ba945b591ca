#!/usr/bin/env python3
"""Sets everything up on a fresh machine, then runs Veille's main job, or its tests.

    python3 run.py            set up, then open the window (or, without a screen, play the main
                              job on the demo memory through the command line)
    python3 run.py test       set up, then run every check and test
    python3 run.py -- …       set up, then the command line: python3 run.py -- search inondation

Standard library only. Needs Python 3.11 or newer; everything else it installs, in ``.venv``.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "veille-setup.txt"
# What Qt needs on Debian and Ubuntu, proved in a bare chroot: offscreen, then a real screen.
QT = "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libgssapi-krb5-2"
SCREEN = "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
# More at once, and tests that start processes of their own wait for each other.
MOST_CORES = 4
PROBE = "from PySide6 import QtCore, QtGui, QtWidgets, QtSvg"


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        return fail(
            "Veille needs Python 3.11 or newer; this is "
            f"{platform.python_version()}. On Debian 12, Ubuntu 24.04 or later: "
            "sudo apt-get install -y python3 python3-venv"
        )
    problem = set_up()
    if problem:
        return fail(problem)
    if arguments[:1] == ["test"]:
        return run_tests(arguments[1:])
    if arguments[:1] == ["--"]:
        return call([PYTHON, "-m", "veille", *arguments[1:]])
    if has_screen():
        return call([PYTHON, "-m", "veille", *arguments])
    print("There is no screen here: the main job runs through the command line instead.\n")
    return call([PYTHON, ROOT / "packaging" / "main_job.py"], env=offscreen())


def set_up() -> str:
    """Make the environment. Returns what is wrong and what to do, "" when all is well."""
    wanted = [ROOT / "pyproject.toml", ROOT / "requirements.txt", Path(__file__)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()
    stamp = f"{digest} {sys.version}"
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp:
        return "" if probe() else install_system_libraries()
    if not PYTHON.exists() or not can_install():
        shutil.rmtree(VENV, ignore_errors=True)
        problem = make_venv()
        if problem:
            return problem
    print("Setting up (a few minutes the first time)…", flush=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    if call([*pip, "--require-hashes", "-r", ROOT / "requirements.txt"]):
        return "The libraries could not be installed. Check the connection, then start again."
    if call([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT]):
        return "Veille could not be installed in .venv. Delete .venv, then start again."
    if not probe() and (problem := install_system_libraries()):
        return problem
    STAMP.write_text(stamp, encoding="utf-8")
    return ""


def make_venv() -> str:
    """Create ``.venv``; Debian's Python may lack the means, which root can install."""
    if quiet([sys.executable, "-m", "venv", VENV]):
        return ""
    shutil.rmtree(VENV, ignore_errors=True)
    package = f"python3.{sys.version_info.minor}-venv"
    problem = apt(f"{package} {QT} {SCREEN} fonts-dejavu-core")
    if problem:
        return problem
    return "" if quiet([sys.executable, "-m", "venv", VENV]) else "A venv could not be made."


def can_install() -> bool:
    return quiet([PYTHON, "-m", "pip", "--version"])


def probe() -> bool:
    return quiet([PYTHON, "-c", PROBE], env=offscreen())


def install_system_libraries() -> str:
    """Install what Qt loads from the system; returns what is wrong, "" when all is well."""
    if not sys.platform.startswith("linux"):
        return "Qt could not be loaded. Install the latest updates of the system, then start again."
    problem = apt(f"{QT} {SCREEN} fonts-dejavu-core")
    if problem:
        return problem
    return "" if probe() else "Qt could not be loaded: see https://doc.qt.io/qt-6/linux.html"


def apt(packages: str) -> str:
    """Install Debian packages as root, or say the one line for the administrator."""
    if shutil.which("apt-get") is None:
        return f"Install the equivalents of these packages, then start again: {packages}"
    if os.geteuid() != 0:
        return (
            "Some system libraries are missing. Ask the administrator to run this one line, then "
            "start again:\n\n    sudo apt-get update && sudo apt-get install -y "
            f"--no-install-recommends {packages}\n"
        )
    print("Installing system libraries…", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet(["apt-get", "update", "-qq"], env=env)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages.split()]
    if call(command, env=env, stdout=subprocess.DEVNULL):
        return "The system libraries could not be installed. See the messages above."
    return ""


def run_tests(arguments: list[str]) -> int:
    """Run linters, types, import contracts, then the tests; the first failure is the status."""
    tools = VENV / ("Scripts" if WINDOWS else "bin")
    checks = [
        ([tools / "ruff", "check", "."], "ruff"),
        ([tools / "ruff", "format", "--check", "."], "ruff format"),
        ([tools / "mypy"], "mypy"),
        ([tools / "lint-imports"], "import contracts"),
    ]
    for command, name in checks if not arguments else []:
        print(f"— {name}", flush=True)
        if status := call(command):
            return status
    # Each core runs its share of all the tests; a few, named, run here and can be watched. A file
    # stays whole and in order: some end by asserting what their runs reached, and servers and
    # browsers start once a file. By name, the many short files come last: no core waits for long.
    cores = min(os.cpu_count() or 1, MOST_CORES)
    shares = ["-n", cores, "--dist", "loadfile", "--no-loadscope-reorder"]
    spread = shares if cores > 1 and not arguments else []
    return call([PYTHON, "-m", "pytest", "-q", *spread, *arguments], env=offscreen())


def has_screen() -> bool:
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def call(command: list[object], **options: object) -> int:
    words = [str(word) for word in command]
    try:
        return subprocess.run(words, cwd=ROOT, check=False, **options).returncode
    except KeyboardInterrupt:
        return 130


def quiet(command: list[object], **options: object) -> bool:
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, **options)
    except OSError:
        return False
    return done.returncode == 0


def fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
