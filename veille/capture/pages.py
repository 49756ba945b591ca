"""Saved pages: with their pictures inside (SingleFile), or beside, in a folder of their own.

A picture that came along has no address of the web: it gets one made of what it holds, in a
domain that can never exist (RFC 2606), so that it is kept and shown like any other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from veille.capture.caught import Caught
from veille.extract.decode import decode

# What browsers say at the top of a page they save, then SingleFile.
_SAVED_FROM: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,4000}?)\s*-->", re.IGNORECASE)
_SINGLE_FILE: Final = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,4000})", re.IGNORECASE
)
_INSIDE: Final = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp|avif);base64,([A-Za-z0-9+/=\s]{16,20000000})"
)
_SOURCE: Final = re.compile(
    r"""(<img\b[^>]{0,4000}?\ssrc\s*=\s*)(["'])([^"'>]{1,2000})\2""", re.IGNORECASE
)
_FOLDERS: Final = ("_files", "_fichiers", "-Dateien", "_archivos", "_file", "_bestanden")
_MOST: Final = 300
_HEAD: Final = 20_000


def address_of(data: bytes) -> str:
    """Give the address of a picture that came along."""
    return f"https://veille.invalid/{hashlib.sha256(data).hexdigest()[:40]}"


def read(data: bytes, *, charset: str = "", url: str = "") -> Caught:
    """Take a page, the pictures written in it out of it."""
    text = decode(data, declared=charset)
    told = _SINGLE_FILE.search(text[:_HEAD]) or _SAVED_FROM.search(text[:_HEAD])
    files: dict[str, bytes] = {}

    def out(match: re.Match[str]) -> str:
        try:
            picture = base64.b64decode(match[1], validate=False)
        except (binascii.Error, ValueError):
            return match[0]
        if len(files) >= _MOST:
            return ""
        files[address_of(picture)] = picture
        return address_of(picture)

    if "data:image/" in text:
        text = _INSIDE.sub(out, text)
    where = url or (told[1] if told else "")
    if not files:
        return Caught(data, "html", url=where, charset=charset)
    return Caught(text.encode("utf-8", "replace"), "html", url=where, charset="utf-8", files=files)


def companions(path: Path) -> list[Path]:
    """Give the folder that a browser saved along with a page, if it is there."""
    if path.suffix.lower() not in {".html", ".htm", ".xhtml"}:
        return []
    beside = (path.with_name(path.stem + ending) for ending in _FOLDERS)
    return [one for one in beside if one.is_dir() and not one.is_symlink()]


def with_companions(caught: Caught, path: Path, *, limit: int) -> Caught:
    """Take along the pictures of the folder beside a page; nothing from anywhere else."""
    folders = companions(path)
    if not folders:
        return caught
    text = decode(caught.data, declared=caught.charset)
    files: dict[str, bytes] = {}
    room = limit

    def into(match: re.Match[str]) -> str:
        nonlocal room
        data = _beside(match[3], path.parent, folders, room)
        if not data or len(files) >= _MOST:
            return match[0]
        room -= len(data)
        files[address_of(data)] = data
        return f"{match[1]}{match[2]}{address_of(data)}{match[2]}"

    text = _SOURCE.sub(into, text)
    return replace(caught, data=text.encode("utf-8", "replace"), charset="utf-8", files=files)


def _beside(source: str, home: Path, folders: list[Path], room: int) -> bytes:
    """Read a picture that a page names, if it lies in its own folder; b"" otherwise."""
    if "://" in source or source.startswith(("/", "\\", "data:", "#")):
        return b""
    try:
        target = Path(os.path.normpath(home / unquote(source)))
        inside = any(target.is_relative_to(folder) for folder in folders)
        if not inside or target.is_symlink() or not target.is_file():
            return b""
        # A link in between could lead out of the folder all the same.
        real = target.resolve()
        if not any(real.is_relative_to(folder.resolve()) for folder in folders):
            return b""
        return real.read_bytes() if real.stat().st_size <= room else b""
    except (OSError, ValueError):
        return b""
