"""Whose work the package holds, and under which licence: written from what was really packed."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import Final

import trim

FOLDER: Final = "licences"
LIST: Final = "LISEZ-MOI.txt"
# One library (merge3) is under the GNU GPL, and Qt under its lesser one: the program that holds them
# may be passed on under the GPL, version 3 (Apache's licence does not go with version 2).
_HEAD: Final = (
    "Veille : licence MIT (veille.txt). Ce paquet contient les bibliothèques ci-dessous, chacune sous",
    "sa licence ; réuni avec elles, il se redistribue selon la GNU GPL version 3.",
    "Veille: MIT licence (veille.txt). This package holds the libraries below, each under its own",
    "licence; together with them, it is passed on under the GNU GPL version 3.",
    "",
)
_TEXTS: Final = ("licen", "copying", "notice", "authors", "patents")


def write(folder: Path, project: Path, libraries: Iterable[str]) -> list[Path]:
    """Write the list, put the text of each licence beside it, and give the files.

    Args:
        folder: where to; what is there goes.
        project: the file that tells what Veille needs.
        libraries: of the build machine, by the names of their files.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(project.with_name("LICENSE"), folder / "veille.txt")
    lines = [*_HEAD, _python(folder)]
    lines += [_library(name, folder) for name in sorted(trim.shipped(project))]
    if sys.platform.startswith("linux"):
        lines += _of_system(libraries, folder)
    (folder / LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


def _python(folder: Path) -> str:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if text.is_file():
        shutil.copy(text, folder / "python.txt")
    return f"Python {platform.python_version()}: PSF-2.0"


def _library(name: str, folder: Path) -> str:
    found = metadata.distribution(name)
    texts = [one for one in found.files or [] if one.name.lower().startswith(_TEXTS)]
    for one in texts:
        source = Path(str(one.locate()))
        if source.is_file() and ".dist-info" in str(one):
            shutil.copy(source, folder / f"{name}-{one.name}")
    return f"{name} {found.version}: {_licence(found.metadata)}"


def _licence(told: Message) -> str:
    if expression := told.get("License-Expression"):
        return str(expression)
    classifiers = [str(one) for one in told.get_all("Classifier") or [] if "License ::" in str(one)]
    if classifiers:
        return ", ".join(one.rpartition(" :: ")[2] for one in classifiers)
    return str(told.get("License") or "see its text").splitlines()[0]


def _of_system(libraries: Iterable[str], folder: Path) -> list[str]:
    """Tell of the libraries that come from Debian's packages; Python's own is told already."""
    names = {owner(one) for one in libraries if not one.startswith("libpython")} - {""}
    for name in names:
        text = Path("/usr/share/doc") / name / "copyright"
        if text.is_file():
            shutil.copy(text, folder / f"{name}.txt")
    return [f"{name}: Debian, see {name}.txt" for name in sorted(names)]


def owner(library: str) -> str:
    """Name the Debian package a system library belongs to; "" when it belongs to none."""
    done = subprocess.run(
        ["dpkg-query", "-S", f"*/{library}"], capture_output=True, text=True, check=False
    )
    return done.stdout.partition(":")[0].split(",")[0].strip()
