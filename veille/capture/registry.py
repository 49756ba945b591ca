"""What Windows is told in this person's part of the registry; elsewhere there is none.

Not run by us: written from the documented keys (README, “What has been run”).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

# Brave and Vivaldi look under Chrome's key.
_PLACES: Final = {
    r"Software\Chromium\NativeMessagingHosts": "chromium",
    r"Software\Google\Chrome\NativeMessagingHosts": "chromium",
    r"Software\Microsoft\Edge\NativeMessagingHosts": "chromium",
    r"Software\Mozilla\NativeMessagingHosts": "firefox",
}
_SCHEME: Final = r"Software\Classes\veille"
_COMMAND: Final = rf"{_SCHEME}\shell\open\command"


def enter(manifests: Mapping[str, Path], host: str, program: tuple[str, ...]) -> list[str]:
    """Enter the host's manifests, and the ``veille:`` scheme. Raises OSError."""
    written: list[str] = []
    if sys.platform == "win32":
        import winreg

        values = {rf"{place}\{host}": str(manifests[kind]) for place, kind in _PLACES.items()}
        for key, value in {**values, _COMMAND: _command(program)}.items():
            winreg.SetValue(winreg.HKEY_CURRENT_USER, key, winreg.REG_SZ, value)
            written.append(rf"HKCU\{key}")
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _SCHEME) as made:
            winreg.SetValueEx(made, "URL Protocol", 0, winreg.REG_SZ, "")
    return written


def leave(folder: Path, host: str, program: tuple[str, ...]) -> list[str]:
    """Take away the keys that lead to ``folder`` or ``program``, and give them."""
    gone: list[str] = []
    if sys.platform == "win32":
        import winreg

        keys = [rf"{place}\{host}" for place in _PLACES]
        keys = [one for one in keys if _value(one).startswith(str(folder))]
        if _value(_COMMAND) == _command(program):
            keys += [f"{_SCHEME}{part}" for part in (r"\shell\open\command", r"\shell\open")]
            keys += [rf"{_SCHEME}\shell", _SCHEME]
        for one in keys:
            with suppress(OSError):
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, one)
                gone.append(rf"HKCU\{one}")
    return gone


def _command(program: tuple[str, ...]) -> str:
    return f'{subprocess.list2cmdline(program)} "%1"'


def _value(key: str) -> str:
    if sys.platform == "win32":
        import winreg

        with suppress(OSError):
            return winreg.QueryValue(winreg.HKEY_CURRENT_USER, key)
    return ""
