"""Which door a thing comes through: told by what it holds first, then by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from veille.capture import mail, mhtml, pages, shortcuts
from veille.capture.caught import Caught
from veille.domain.errors import EmptyInput, FileUnreadable, TooLarge, UnknownFormat
from veille.extract.decode import decode

_TEXTS: Final = frozenset({".txt", ".md", ".text", ".markdown", ""})
_PAGES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:!doctype|html|body|p|div|article|h1|a|span|br)\b", re.IGNORECASE)
_HEAD: Final = 4_096
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")

companions = pages.companions


def is_address(source: str) -> bool:
    """Tell whether a source is the address of a page rather than a file."""
    return _ADDRESS.match(source) is not None


def open_file(path: Path, *, limit: int) -> list[Caught]:
    """Take what a file holds. Raises FileUnreadable, UnknownFormat, EmptyInput, TooLarge."""
    try:
        if path.stat().st_size > limit:
            raise TooLarge(url=path.name, limit=limit)
        data = path.read_bytes()
    except (OSError, ValueError) as problem:
        raise FileUnreadable(path=str(path)) from problem
    caught = open_bytes(data, name=str(path), limit=limit)
    if len(caught) == 1 and caught[0].kind == "html" and not caught[0].files:
        return [pages.with_companions(caught[0], path, limit=limit)]
    return caught


def open_bytes(data: bytes, *, name: str, limit: int) -> list[Caught]:
    """Take bytes: of a file called ``name``, pasted or read from a pipe when it is "".

    Raises UnknownFormat, EmptyInput, TooLarge (``limit`` in bytes).
    """
    if not data.strip():
        raise EmptyInput
    if len(data) > limit:
        raise TooLarge(url=Path(name).name or "-", limit=limit)
    suffix = Path(name).suffix.lower()
    title = Path(name).stem
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return [Caught(data, "pdf", title=title)]
    if _is_picture(head, suffix):
        return [_picture(data, title)]
    if caught := _by_content(data, head, suffix, title):
        return caught
    if suffix in _PAGES or (suffix in _TEXTS and _looks_html(data)):
        return [pages.read(data)]
    if suffix in _TEXTS:
        return [Caught(data, "text")]
    raise UnknownFormat(path=name)


def _by_content(data: bytes, head: bytes, suffix: str, title: str) -> list[Caught]:
    """Tell containers by how they begin; a suffix decides where the beginning does not."""
    if suffix in {".url", ".webloc", ".desktop"} or head.lower().startswith(b"[internetshortcut]"):
        return [shortcuts.read(data, title=title)]
    if suffix == ".mbox" or head.startswith(b"From "):
        return mail.read_mailbox(data)
    if suffix in {".mhtml", ".mht"} or mhtml.is_archive(head):
        return [mhtml.read(data)]
    if suffix == ".eml" or (suffix not in _PAGES and mail.is_message(head)):
        return mail.read(data)
    return []


def _looks_html(data: bytes) -> bool:
    return _HTML.search(decode(data[:_HEAD])) is not None


def _is_picture(head: bytes, suffix: str) -> bool:
    known = head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
    return known or (suffix in _PICTURES and head[4:8] == b"ftyp")


def _picture(data: bytes, title: str) -> Caught:
    return Caught(data, "image", title=title, files={pages.address_of(data): data})
