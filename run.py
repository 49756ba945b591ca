#!/usr/bin/env python3
"""Sets everything up on a fresh machine, then runs Veille's main job, or its tests.

    python3 run.py            set up, then open the window (or, without a screen, play the main
                              job on the demo memory through the command line)
    python3 run.py test       set up, then run every check and test
    python3 run.py -- …       set up, then the command line: python3 run.py -- search inondation

Standard library only. Needs Python 3.11 or newer; everything else it installs, in ``.venv``. It
speaks French to whom the system does, English to others; what tools write shows when they fail.
"""

from __future__ import annotations

import hashlib
import locale
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
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
ENGLISH, FRENCH = 0, 1
# The catalogue of Veille speaks once Veille is installed; until then, these, in both languages.
SENTENCES = {
    "old": (
        "Veille needs Python 3.11 or newer; this is {version}. On Debian and Ubuntu: {install}",
        "Veille demande Python 3.11 au moins\u202f; celui-ci est le {version}. Sous Debian\u00a0: {install}",
    ),
    "first": (
        "Veille sets itself up in {folder}: two or three minutes, the first time only.",
        "Veille s’installe dans {folder}\u00a0: deux ou trois minutes, la première fois seulement.",
    ),
    "again": (
        "Veille brings its libraries up to date, in {folder}.",
        "Veille met à jour ses bibliothèques, dans {folder}.",
    ),
    "libraries": ("Libraries", "Bibliothèques"),
    "received": ("{n} of {all} received", "{n} sur {all} reçues"),
    "installed": ("{n} of {all} installed", "{n} sur {all} installées"),
    "veille": ("Veille itself", "Veille elle-même"),
    "system": ("Libraries of the system", "Bibliothèques du système"),
    "folder": ("The folder .venv", "Le dossier .venv"),
    "stopped": (
        "Stopped. Start again when you like: nothing is broken.",
        "Arrêté. Relancez quand vous voulez\u00a0: rien n’est abîmé.",
    ),
    "no libraries": (
        "The libraries could not be installed. Check the connection, then start again.",
        "Les bibliothèques n’ont pas pu être installées. Vérifiez la connexion, puis relancez.",
    ),
    "no veille": (
        "Veille could not be installed in .venv. Delete .venv, then start again.",
        "Veille n’a pas pu être installée dans .venv. Supprimez .venv, puis relancez.",
    ),
    "no folder": (
        "{folder} could not be made. Check that you may write there, then start again.",
        "{folder} n’a pas pu être créé. Vérifiez que vous pouvez écrire là, puis relancez.",
    ),
    "no qt": (
        "Qt, which draws the window, could not be loaded. Update the system, then start again.",
        "Qt, qui dessine la fenêtre, n’a pas pu être chargé. Mettez le système à jour, puis relancez.",
    ),
    "equivalents": (
        "Install the equivalents of these packages, then start again: {packages}",
        "Installez l’équivalent de ces paquets, puis relancez\u00a0: {packages}",
    ),
    "administrator": (
        "Libraries of the system are missing. Ask the administrator to run this, then start again:",
        "Il manque des bibliothèques du système. Faites exécuter ceci à l’administrateur, puis relancez\u00a0:",
    ),
    "no system": (
        "The libraries of the system could not be installed. See the messages above.",
        "Les bibliothèques du système n’ont pas pu être installées. Voyez les messages ci-dessus.",
    ),
    "no screen": (
        "There is no screen here: the main job runs through the command line instead.",
        "Il n’y a pas d’écran ici\u00a0: une démonstration se joue en ligne de commande.",
    ),
}
# Debian 12 and Ubuntu 24.04, or later.
OWN_PYTHON = "sudo apt-get install -y python3 python3-venv"


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A console that knows no typographic apostrophe is no reason to stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        return fail(say("old", version=platform.python_version(), install=OWN_PYTHON))
    problem = set_up()
    if problem:
        return fail(problem)
    if arguments[:1] == ["test"]:
        return run_tests(arguments[1:])
    if arguments[:1] == ["--"]:
        return call([PYTHON, "-m", "veille", *arguments[1:]])
    if has_screen():
        return call([PYTHON, "-m", "veille", *arguments])
    print(f"{say('no screen')}\n", flush=True)
    return call([PYTHON, ROOT / "packaging" / "main_job.py"], env=offscreen())


def set_up() -> str:
    """Make the environment. Returns what is wrong and what to do, "" when all is well."""
    wanted = [ROOT / "pyproject.toml", ROOT / "requirements.txt", Path(__file__)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()
    stamp = f"{digest} {sys.version}"
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp:
        return "" if probe() else install_system_libraries()
    print(say("again" if STAMP.exists() else "first", folder=VENV), flush=True)
    if not PYTHON.exists() or not can_install():
        shutil.rmtree(VENV, ignore_errors=True)
        problem = make_venv()
        if problem:
            return problem
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    hashed = ["--progress-bar", "off", "--require-hashes", "-r", ROOT / "requirements.txt"]
    if not watch("libraries", [*pip, *hashed], libraries):
        return say("no libraries")
    if not watch("veille", [*pip, "--no-deps", "--no-build-isolation", "-e", ROOT]):
        return say("no veille")
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
    made = watch("folder", [sys.executable, "-m", "venv", VENV])
    return "" if made else say("no folder", folder=VENV)


def can_install() -> bool:
    return quiet([PYTHON, "-m", "pip", "--version"])


def probe() -> bool:
    return quiet([PYTHON, "-c", PROBE], env=offscreen())


def install_system_libraries() -> str:
    """Install what Qt loads from the system; returns what is wrong, "" when all is well."""
    if not sys.platform.startswith("linux"):
        return say("no qt")
    problem = apt(f"{QT} {SCREEN} fonts-dejavu-core")
    if problem:
        return problem
    return "" if probe() else say("no qt")


def apt(packages: str) -> str:
    """Install Debian packages as root, or say the one line for the administrator."""
    if shutil.which("apt-get") is None:
        return say("equivalents", packages=packages)
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo {' '.join(install)} {packages}"
        return f"{say('administrator')}\n\n    {line}\n"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet(["apt-get", "update", "-qq"], env=env)
    done = watch("system", [*install, "-qq", *packages.split()], env=env)
    return "" if done else say("no system")


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


def watch(name: str, command: list[object], far: object = None, **options: object) -> bool:
    """Run a long command, saying how far it is (``far`` reads it in what the command writes).

    What the command wrote is shown whole if it fails.
    """
    began, live = time.monotonic(), sys.stdout.isatty()
    print(say(name) + "…", end="" if live else "\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log.txt")
        with log.open("wb") as written:
            running = subprocess.Popen(
                [*map(str, command)], cwd=ROOT, stdout=written, stderr=written, **options
            )
            try:
                over = False
                while not over:
                    over = ended(running)
                    if live:
                        show(say(name), far(log) if far else "", int(time.monotonic() - began))
            finally:
                running.kill()
                print(end="\n" if live else "", flush=True)
        if running.returncode:
            print(log.read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
    return running.returncode == 0


def ended(running: subprocess.Popen[bytes]) -> bool:
    """Wait a moment, and tell whether a process has ended."""
    try:
        running.wait(0.5)
    except subprocess.TimeoutExpired:
        return False
    return True


def show(name: str, far: str, seconds: int) -> None:
    """Say over the line of a terminal how far something is."""
    spent = f"{seconds // 60}:{seconds % 60:02}"
    line = " · ".join(part for part in (name, far, spent) if part)
    # A line that is wrapped cannot be written over.
    width = shutil.get_terminal_size().columns - 1
    print("\r" + line[:width].ljust(width), end="", flush=True)


def libraries(log: Path) -> str:
    """Say how many libraries pip has received, then installed, from what it writes."""
    wrote = log.read_text(encoding="utf-8", errors="replace")
    installing = re.search(r"^Installing collected packages: (.*)$", wrote, re.MULTILINE)
    if installing:
        folder = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
        began = log.parent.stat().st_mtime
        made = sum(one.stat().st_mtime >= began for one in folder.glob("*.dist-info"))
        return say("installed", n=made, all=installing.group(1).count(",") + 1)
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    # Those of other systems are ignored, which pip says first.
    wanted = len(re.findall(r"^\w", listed, re.MULTILINE)) - len(
        re.findall(r"^Ignoring ", wrote, re.MULTILINE)
    )
    met = re.findall(r"^(?:Collecting|Processing|Requirement already)", wrote, re.MULTILINE)
    return say("received", n=len(met), all=wanted)


def say(name: str, **words: object) -> str:
    """Say a sentence in the language of the person."""
    return SENTENCES[name][language()].format(**words)


def language() -> int:
    """Read in the environment, else in the system, whether the person reads French."""
    names = ("VEILLE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    told = next((os.environ[one] for one in names if os.environ.get(one)), None)
    return FRENCH if (told or locale.getlocale()[0] or "").lower().startswith("fr") else ENGLISH


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
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\n" + say("stopped"), file=sys.stderr)
        sys.exit(130)
