"""Telling browsers and the system about Veille: the extension's host, the ``veille:`` addresses.

For this person alone, never with an administrator's rights; everything written is named, and can
be taken back. Browsers that are not there are passed over, but for Firefox and Chromium, whose
folders are made: they may be installed later, and neither takes such a folder for a profile.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from veille.capture import registry

HOST: Final = "org.veille.capture"
# The first follows from the key in the extension's manifest; a shop that signs gives another one.
CHROMIUM_IDS: Final = ("nmcpdbkakbhoonblngpfaaboiaifkodc",)
FIREFOX_ID: Final = "capture@veille.example"
# Firefox 153 keeps its profiles in .config/mozilla, and still looks for hosts in .mozilla alone.
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
_ALWAYS: Final = frozenset(
    {
        ".config/chromium",
        ".mozilla",
        "Library/Application Support/Chromium",
        "Library/Application Support/Mozilla",
    }
)
_DESKTOP: Final = "veille-link.desktop"


@dataclass(frozen=True, slots=True)
class Where:
    """What is registered.

    Attributes:
        home: of the person.
        folder: of the profile, where the launcher is put.
        host: the command that starts the host, without its ``--spool``.
        program: the command that opens the window; the address is put behind it.
        spool: where the host leaves what it is given.
    """

    home: Path
    folder: Path
    host: tuple[str, ...]
    program: tuple[str, ...]
    spool: Path


def module_host(python: str) -> tuple[str, ...]:
    """Give the command of a host that is not a program of its own.

    -P: the folder in which the browser happens to run must not be searched for modules.
    """
    return (python, "-P", "-m", "veille.capture.native_host")


def register(where: Where) -> list[str]:
    """Write everything, and give what was written. Raises OSError."""
    launcher = _launcher(where)
    if sys.platform == "win32":
        written = _on_windows(where, launcher)
    else:
        found = [one for one in _manifests(where.home) if _is_wanted(one[0], where.home)]
        written = [_write(path, manifest(launcher, firefox=firefox)) for path, firefox in found]
        if sys.platform != "darwin":
            written.append(_link_handler(where))
    return [str(launcher), *written]


def unregister(where: Where) -> list[str]:
    """Take back what ``register`` wrote for this profile, and give what was taken."""
    launcher = _launcher_path(where)
    files = [path for path, _ in _manifests(where.home) if _speaks_of(path, launcher)]
    handler = where.home / ".local/share/applications" / _DESKTOP
    if _exec(where.program) in _content(handler):
        files.append(handler)
    files += [launcher, *where.folder.glob(f"{HOST}.*.json")]
    gone = registry.leave(where.folder, HOST, where.program)
    for one in files:
        with suppress(OSError):
            one.unlink()
            gone.append(str(one))
    return gone


def manifest(launcher: Path, *, firefox: bool) -> dict[str, object]:
    """Tell a browser which program the host is, and which extension may speak to it."""
    allowed: dict[str, object] = (
        {"allowed_extensions": [FIREFOX_ID]}
        if firefox
        else {"allowed_origins": [f"chrome-extension://{one}/" for one in CHROMIUM_IDS]}
    )
    told = {"name": HOST, "description": "Veille", "path": str(launcher), "type": "stdio"}
    return {**told, **allowed}


def script(command: tuple[str, ...], *, windows: bool) -> str:
    """Give the small program that the browser starts; what it adds to the command is dropped."""
    if windows:
        # cmd reads scripts in the code page of old; after chcp, paths with accents are understood.
        line = subprocess.list2cmdline(command).replace("%", "%%")
        return f"@echo off\r\nchcp 65001 >nul\r\n{line}\r\n"
    return f"#!/bin/sh\nexec {shlex.join(command)}\n"


def desktop_entry(program: tuple[str, ...]) -> str:
    """Give the desktop entry that opens ``veille:`` addresses."""
    return (
        "[Desktop Entry]\nType=Application\nName=Veille\nNoDisplay=true\n"
        f"{_exec(program)} %u\nMimeType=x-scheme-handler/veille;\n"
    )


def _manifests(home: Path) -> Iterator[tuple[Path, bool]]:
    for base, name in (_MAC if sys.platform == "darwin" else _LINUX).items():
        yield home / base / name / f"{HOST}.json", base.lower().endswith("mozilla")


def _is_wanted(path: Path, home: Path) -> bool:
    base = path.parent.parent
    return base.is_dir() or base.relative_to(home).as_posix() in _ALWAYS


def _launcher_path(where: Where) -> Path:
    return where.folder / ("host.bat" if sys.platform == "win32" else "host.sh")


def _launcher(where: Where) -> Path:
    path = _launcher_path(where)
    command = (*where.host, "--spool", str(where.spool))
    _put(path, script(command, windows=sys.platform == "win32"), mode=0o700)
    return path


def _on_windows(where: Where, launcher: Path) -> list[str]:
    files = {kind: where.folder / f"{HOST}.{kind}.json" for kind in ("chromium", "firefox")}
    for kind, path in files.items():
        _write(path, manifest(launcher, firefox=kind == "firefox"))
    return [*map(str, files.values()), *registry.enter(files, HOST, where.program)]


def _write(path: Path, content: dict[str, object]) -> str:
    _put(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return str(path)


def _put(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Replace a file in one step: a browser may be reading it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(text, encoding="utf-8", newline="")
    draft.chmod(mode)
    draft.replace(path)


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _speaks_of(path: Path, launcher: Path) -> bool:
    """Tell whether a manifest is ours: another profile may have been connected since."""
    try:
        told = json.loads(_content(path))
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("path") == str(launcher)


def _link_handler(where: Where) -> str:
    """Have the desktop open ``veille:`` addresses (freedesktop.org, shared MIME types)."""
    path = where.home / ".local/share/applications" / _DESKTOP
    _put(path, desktop_entry(where.program))
    _run(["update-desktop-database", str(path.parent)], where.home)
    _run(["xdg-mime", "default", _DESKTOP, "x-scheme-handler/veille"], where.home)
    return str(path)


def _run(command: list[str], home: Path) -> None:
    """Run a tool of the desktop, if it is there: without it, the next login does its work."""
    tool = shutil.which(command[0])
    if tool is not None:
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603
                [tool, *command[1:]],
                check=False,
                capture_output=True,
                timeout=20,
                env={**os.environ, "HOME": str(home)},
            )


def _exec(program: tuple[str, ...]) -> str:
    return "Exec=" + " ".join(_quoted(one) for one in program)


def _quoted(word: str) -> str:
    """Quote a word of a desktop entry: its own rules first, then those of any string in it."""
    for special in ("\\", '"', "`", "$"):
        word = word.replace(special, f"\\{special}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'
