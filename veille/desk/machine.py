"""On which machine, and where, a profile lies: to notice that it was copied."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from pathlib import Path
from typing import Final

_LINUX: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def fingerprint(root: Path) -> str:
    """Sum up the machine and the place of a profile; nothing can be read back from it."""
    told = f"veille-machine-1\n{_machine()}\n{root.resolve()}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _machine() -> str:
    """Give what the system calls this installation; the host's name where it calls it nothing."""
    if os.name == "nt":
        return _windows() or platform.node()
    for path in _LINUX:
        try:
            if told := path.read_text(encoding="ascii").strip():
                return told
        except (OSError, UnicodeDecodeError):
            continue
    return platform.node()


def _windows() -> str:
    if sys.platform == "win32":
        import winreg

        place = r"SOFTWARE\Microsoft\Cryptography"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as found:
                return str(winreg.QueryValueEx(found, "MachineGuid")[0])
        except OSError:
            return ""
    return ""
