"""A zip that runs from where it is unpacked, a USB key for instance, and keeps its data beside it."""

from __future__ import annotations

import os
import platform
import sys
import time
import zipfile
from pathlib import Path
from typing import Final

# Veille takes a folder of this name beside the program for its profile: veille/desk/paths.py.
PROFILE: Final = "profil"
_README: Final = """\
Veille sans installation
========================

Lancez « veille » dans ce dossier. Votre mémoire reste dans le dossier « profil », à côté du
programme : copiez le tout sur une clé USB, elle vous suit. Sans le dossier « profil », Veille range
ses données dans votre compte, comme une version installée.

Éjectez la clé avant de la retirer ; « veille verify » relit tout et signale ce qui serait abîmé.

Veille, without installing
==========================

Start “veille” in this folder. Your memory stays in the folder “profil”, beside the program: copy
all of it to a USB key, and it follows you. Without the folder “profil”, Veille keeps its data in
your account, as an installed one does.

Eject the key before pulling it out; “veille verify” reads everything back and tells what is damaged.
"""


def pack(folder: Path, target: Path, *, version: str, moment: int) -> Path:
    """Make the zip, and give its file; the same files give the same bytes."""
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}.get(sys.platform, "other")
    made = target / f"veille-{version}-{system}-{platform.machine().lower()}.zip"
    day = time.gmtime(moment)[:6]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                name = f"veille/{one.relative_to(folder).as_posix()}"
                add(zipped, name, one.read_bytes(), day, program=os.access(one, os.X_OK))
        add(zipped, "veille/LISEZ-MOI.txt", _README.encode("utf-8-sig"), day)
        add(zipped, f"veille/{PROFILE}/", b"", day)
    return made


def add(
    zipped: zipfile.ZipFile, name: str, data: bytes, day: tuple[int, ...], *, program: bool = False
) -> None:
    """Add a file, or an empty folder when the name ends in a slash."""
    told = zipfile.ZipInfo(name, day)  # type: ignore[arg-type]
    told.create_system = 3
    is_folder = name.endswith("/")
    mode = 0o40755 if is_folder else 0o100755 if program else 0o100644
    told.external_attr = (mode << 16) | (0x10 if is_folder else 0)
    zipped.writestr(told, data, zipfile.ZIP_STORED if is_folder else zipfile.ZIP_DEFLATED)
