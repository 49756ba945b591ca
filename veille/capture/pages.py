"""Saved pages: with their pictures inside (SingleFile), or beside, in a folder of their own."""

from __future__ import annotations

import base64
import binascii
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from veille.capture import sources
from veille.capture.caught import Caught
from veille.extract.decode import decode

address_of = sources.address_of

# What browsers say at the top of a page they save, then SingleFile, then monolith.
_SAVED_FROM: Final = re.compile(
    r"<!--\s{0,20}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,20}url:\s{0,20}"
    r"|Saved from\s)(https?://[^\s<>]{1,4000})",
    re.IGNORECASE,
)
_DATA: Final = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp|avif)[^,]{0,100};base64,", re.IGNORECASE
)
# SingleFile writes a picture that is used twice once, in a style.
_SHARED: Final = re.compile(
    r"--sf-img-(\d{1,6}):\s{0,5}url\(\s{0,5}[\"']?(data:image/[^\"'()<>]++)"
)
_USES: Final = re.compile(r"var\(--sf-img-(\d{1,6})\)")
_SRC: Final = re.compile(r"""\ssrc\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++)""", re.IGNORECASE)
# Backgrounds and fonts: nobody reads them, and they are most of such a page.
_STYLED: Final = re.compile(
    r"""url\(\s{0,5}(?:"data:[^"]*+"|'data:[^']*+'|data:[^()\s"']*+)\s{0,5}\)"""
)
_FOLDERS: Final = (
    "_files", "_fichiers", "-Dateien", "_archivos", "_file", "_bestanden", "_ficheiros",
    "_arquivos", "_pliki", "-filer", "_soubory",
)  # fmt: skip
_MOST: Final = 300
_HEAD: Final = 20_000


def from_web(url: str) -> str:
    """Give an address when it is one of the web, "" for a file, a blank page or nonsense."""
    url = url.strip()[:4_000]
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


def read(data: bytes, *, charset: str = "", url: str = "") -> Caught:
    """Take a page, the pictures written in it out of it."""
    text = decode(data, declared=charset)
    told = _SAVED_FROM.search(text[:_HEAD])
    where = from_web(url) or from_web(told[1] if told else "")
    if "data:" not in text:
        return Caught(data, "html", url=where, charset=charset)
    files: dict[str, bytes] = {}
    kept = _STYLED.sub("none", sources.rewrite(_shared(text), lambda one: _out(one, files)))
    if kept == text:
        return Caught(data, "html", url=where, charset=charset)
    return Caught(kept.encode("utf-8", "replace"), "html", url=where, charset="utf-8", files=files)


def _out(address: str, files: dict[str, bytes]) -> str:
    """Take a picture out of its own address; "" for what is none."""
    head = _DATA.match(address)
    if head is None or len(files) >= _MOST:
        return ""
    try:
        picture = base64.b64decode(unquote(address[head.end() :]), validate=False)
    except (binascii.Error, ValueError):
        return ""
    if sources.is_spacer(picture):
        return ""
    files[address_of(picture)] = picture
    return address_of(picture)


def _shared(text: str) -> str:
    """Give the pictures that SingleFile wrote once back to those who show them."""
    if "--sf-img-" not in text:
        return text
    written = {match[1]: match[2] for match in _SHARED.finditer(text)}

    def show(tag: str) -> str:
        used = _USES.search(tag)
        address = written.get(used[1]) if used else None
        if address is None or tag[:4].lower() != "<img":
            return tag
        return f'<img src="{address}"{_SRC.sub("", tag[4:], count=1)}'

    return sources.each(text, show)


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
    seen: dict[str, str] = {}
    files: dict[str, bytes] = {}
    room = limit

    def into(source: str) -> str:
        nonlocal room
        if source not in seen and len(seen) < 10 * _MOST:
            data = _beside(source, path.parent, folders, room) if len(files) < _MOST else b""
            room -= len(data)
            seen[source] = address_of(data) if data else ""
            if data:
                files[seen[source]] = data
        return seen.get(source, "")

    text = sources.rewrite(text, into)
    if not files:
        return caught
    taken = {**caught.files, **files}
    return replace(caught, data=text.encode("utf-8", "replace"), charset="utf-8", files=taken)


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
