#!/usr/bin/env python3
"""Makes the packages of Veille for the system it runs on, in ``dist``.

    python3 packaging/build.py           the folder dist/veille, programs and all
    python3 packaging/build.py --zip     and a zip of it that runs from a USB key
    python3 packaging/build.py --deb     and a package for Debian and Ubuntu

PyInstaller packs for the system it runs on: Windows and macOS are built on theirs, see
``.github/workflows/build.yml``. Built twice from one commit, the packages are the same to the byte.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
import tomllib
from importlib import util
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
FOLDER = DIST / "veille"
LINUX = sys.platform.startswith("linux")


def main(arguments: list[str]) -> int:
    """Build what is asked for. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--zip", action="store_true", help="the portable zip")
    parser.add_argument("--deb", action="store_true", help="the package for Debian and Ubuntu")
    parser.add_argument("--no-build", action="store_true", help="pack dist/veille as it is")
    asked = parser.parse_args(arguments)
    if util.find_spec("PyInstaller") is None:
        return in_environment(arguments)
    os.environ["SOURCE_DATE_EPOCH"] = moment()
    if not asked.no_build:
        build()
    if asked.zip:
        import portable

        say(portable.pack(FOLDER, DIST, version=version(), moment=int(moment())))
    if asked.deb:
        sys.path.insert(0, str(HERE / "linux"))
        import deb

        say(deb.pack(FOLDER, DIST, version=version(), icons=BUILD / "icons"))
    return 0


def in_environment(arguments: list[str]) -> int:
    """Set up ``.venv`` as run.py does, and start again in it."""
    sys.path.insert(0, str(ROOT))
    import run

    problem = run.set_up()
    if not problem and Path(sys.prefix) == run.VENV:
        problem = "PyInstaller is not in .venv. Delete .venv, then start again."
    if problem:
        return run.fail(problem)
    return subprocess.run([run.PYTHON, __file__, *arguments], check=False).returncode


def build() -> None:
    """Make ``dist/veille``."""
    began = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    environment = {**os.environ, "PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen"}
    # Whoosh's own, of an older Python; PyInstaller reads every line of it.
    environment["PYTHONWARNINGS"] = "ignore::SyntaxWarning"
    icons = [HERE / "icons.py", "--to", BUILD / "icons"]
    call([sys.executable, *icons], environment)
    pyinstaller = [
        sys.executable,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--log-level",
        "ERROR",
    ]
    places = ["--distpath", DIST, "--workpath", BUILD / "pyinstaller", HERE / "veille.spec"]
    call([*pyinstaller, *places], environment)
    if LINUX:
        strip(FOLDER / "_internal")
    print(f"built in {time.monotonic() - began:.0f} s")
    say(FOLDER)


def strip(inside: Path) -> None:
    """Take what only a debugger reads out of Python's own libraries: 25 MB.

    Not out of those of wheels: some were moved about by hand, and do not survive it.
    """
    own = [*inside.glob("libpython3*"), *inside.glob("python3*/lib-dynload/*.so")]
    call(["strip", "--strip-unneeded", *own], dict(os.environ))


def version() -> str:
    """Give the version, from the one place where it is written."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


def moment() -> str:
    """Give the moment that stands in the packages: of the last commit, not of the build."""
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return told
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "1767225600"


def call(command: list[object], environment: dict[str, str]) -> None:
    """Run a command, and stop at its failure."""
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT, env=environment)


def say(made: Path) -> None:
    """Say what was made, and how big it is."""
    files = [made] if made.is_file() else [one for one in made.rglob("*") if one.is_file()]
    size = sum(one.lstat().st_size for one in files) / 1_000_000
    print(f"{made.relative_to(ROOT)}  {size:.1f} MB", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.exit(main(sys.argv[1:]))
