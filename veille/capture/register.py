"""Telling browsers and the system about Veille: the extension's host, the ``veille:`` addresses.

For this person alone, never with an administrator's rights; everything written is named, and can
be taken back. Browsers that are not there are passed over, but for Firefox and Chromium, whose
folders are made: they may be installed later.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOST: Final = "org.veille.capture"
# The first follows from the key in the extension's manifest, the second is written in it.
CHROMIUM_ID: Final = "ldcmeaagnmkgbpikhddpmcdlcknhlfnb"
FIREFOX_ID: Final = "capture@veille.example"
_LINUX: Final = {
    ".config/chromium": "NativeMessagingHosts",
    ".config/google-chrome": "NativeMessagingHosts",
    ".config/microsoft-edge": "NativeMessagingHosts",
    ".config/BraveSoftware/Brave-Browser": "NativeMessagingHosts",
    ".config/vivaldi": "NativeMessagingHosts",
    ".mozilla": "native-messaging-hosts",
}
_MAC: Final = {
    "Library/Application Support/Chromium": "NativeMessagingHosts",
    "Library/Application Support/Google/Chrome": "NativeMessagingHosts",
    "Library/Application Support/Microsoft Edge": "NativeMessagingHosts",
    "Library/Application Support/BraveSoftware/Brave-Browser": "NativeMessagingHosts",
    "Library/Application Support/Vivaldi": "NativeMessagingHosts",
    "Library/Application Support/Mozilla": "NativeMessagingHosts",
}
_ALWAYS: Final = frozenset({".config/chromium", ".mozilla", "Library/Application Support/Mozilla"})
_REGISTRY: Final = (
    r"Software\Chromium\NativeMessagingHosts",
    r"Software\Google\Chrome\NativeMessagingHosts",
    r"Software\Microsoft\Edge\NativeMessagingHosts",
    r"Software\Mozilla\NativeMessagingHosts",
)
_SCHEME: Final = r"Software\Classes\veille"
_DESKTOP: Final = "veille-link.desktop"


@dataclass(frozen=True, slots=True)
class Where:
    """What is registered.

    Attributes:
        home: of the person.
        folder: of the profile, where the launcher is put.
        python: the command that starts Python.
        program: the command that opens the window; the address is put behind it.
        spool: where the host leaves what it is given.
    """

    home: Path
    folder: Path
    python: tuple[str, ...]
    program: tuple[str, ...]
    spool: Path


def register(where: Where) -> list[str]:
    """Write everything, and give what was written. Raises OSError."""
    where.folder.mkdir(parents=True, exist_ok=True)
    launcher = _launcher(where)
    written = [str(launcher)]
    if sys.platform == "win32":
        return written + _in_registry(where, launcher)
    for folder, is_firefox in _folders(where.home):
        folder.mkdir(parents=True, exist_ok=True)
        written.append(_write(folder / f"{HOST}.json", _manifest(launcher, firefox=is_firefox)))
    if sys.platform.startswith("linux"):
        written.append(_link_handler(where))
    return written


def unregister(where: Where) -> list[str]:
    """Take everything back, and give what was taken."""
    files = [folder / f"{HOST}.json" for folder, _firefox in _folders(where.home)]
    files += [where.home / ".local/share/applications" / _DESKTOP]
    files += [where.folder / name for name in ("host.sh", "host.bat", f"{HOST}.json")]
    gone = []
    for one in files:
        if one.exists():
            with suppress(OSError):
                one.unlink()
                gone.append(str(one))
    if sys.platform == "win32":
        gone += _out_of_registry()
    return gone


def _folders(home: Path) -> Iterator[tuple[Path, bool]]:
    known = _MAC if sys.platform == "darwin" else _LINUX
    for base, name in known.items():
        if (home / base).is_dir() or base in _ALWAYS:
            yield home / base / name, base.lower().endswith("mozilla")


def _manifest(launcher: Path, *, firefox: bool) -> dict[str, object]:
    allowed: dict[str, object] = (
        {"allowed_extensions": [FIREFOX_ID]}
        if firefox
        else {"allowed_origins": [f"chrome-extension://{CHROMIUM_ID}/"]}
    )
    return {
        "name": HOST,
        "description": "Veille",
        "path": str(launcher),
        "type": "stdio",
        **allowed,
    }


def _write(path: Path, content: dict[str, object]) -> str:
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    return str(path)


def _launcher(where: Where) -> Path:
    """Write the small program that the browser starts."""
    command = [*where.python, "-m", "veille.capture.native_host", "--spool", str(where.spool)]
    if sys.platform == "win32":
        path = where.folder / "host.bat"
        path.write_text(f"@{subprocess.list2cmdline(command)} %*\r\n", encoding="utf-8")
        return path
    path = where.folder / "host.sh"
    path.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n', encoding="utf-8")
    path.chmod(0o700)
    return path


def _link_handler(where: Where) -> str:
    """Have the desktop open ``veille:`` addresses (freedesktop.org, shared MIME types)."""
    folder = where.home / ".local/share/applications"
    folder.mkdir(parents=True, exist_ok=True)
    command = " ".join(_quoted(one) for one in where.program)
    path = folder / _DESKTOP
    path.write_text(
        "[Desktop Entry]\nType=Application\nName=Veille\nNoDisplay=true\n"
        f"Exec={command} %u\nMimeType=x-scheme-handler/veille;\n",
        encoding="utf-8",
    )
    for tool in (
        ["update-desktop-database", str(folder)],
        ["xdg-mime", "default", _DESKTOP, "x-scheme-handler/veille"],
    ):
        if shutil.which(tool[0]):
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(tool, check=False, capture_output=True, timeout=20)  # noqa: S603
    return str(path)


def _quoted(word: str) -> str:
    """Quote a word of a desktop entry's command."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    return '"' + escaped.replace("%", "%%") + '"'


def _in_registry(where: Where, launcher: Path) -> list[str]:
    written: list[str] = []
    if sys.platform == "win32":
        import winreg

        for place in _REGISTRY:
            is_firefox = "Mozilla" in place
            name = f"{HOST}{'.firefox' if is_firefox else ''}.json"
            manifest = _write(where.folder / name, _manifest(launcher, firefox=is_firefox))
            winreg.SetValue(winreg.HKEY_CURRENT_USER, rf"{place}\{HOST}", winreg.REG_SZ, manifest)
            written.append(rf"HKCU\{place}\{HOST}")
        command = f'{subprocess.list2cmdline(where.program)} "%1"'
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _SCHEME) as made:
            winreg.SetValueEx(made, "URL Protocol", 0, winreg.REG_SZ, "")
        winreg.SetValue(
            winreg.HKEY_CURRENT_USER, rf"{_SCHEME}\shell\open\command", winreg.REG_SZ, command
        )
        written.append(rf"HKCU\{_SCHEME}")
    return written


def _out_of_registry() -> list[str]:
    gone: list[str] = []
    if sys.platform == "win32":
        import winreg

        keys = [rf"{place}\{HOST}" for place in _REGISTRY]
        keys += [rf"{_SCHEME}\shell\open\command", rf"{_SCHEME}\shell\open", rf"{_SCHEME}\shell"]
        for one in [*keys, _SCHEME]:
            with suppress(OSError):
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, one)
                gone.append(rf"HKCU\{one}")
    return gone
