"""Which door a thing comes through: told by what it holds first, then by its name."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Final

from veille.capture import mail, mhtml, pages, paste, shortcuts
from veille.capture.caught import Caught
from veille.domain.errors import EmptyInput, FileUnreadable, TooLarge, UnknownFormat
from veille.extract.decode import decode

_TEXTS: Final = frozenset({".txt", ".md", ".text", ".markdown", ""})
_PAGES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:!doctype|html|body|p|div|article|h1|a|span|br)\b", re.IGNORECASE)
_HEAD: Final = 4_096
# Readers of PDF look for its mark that far.
_JUNK: Final = 1_024
_PROOF: Final = 64
_SEEN: Final = 100_000
_NO_TEXT: Final = bytes(one for one in range(32) if one not in b"\t\n\r\f\x1b")
_LIST: Final = 1_000_000
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")

companions = pages.companions


def is_address(source: str) -> bool:
    """Tell whether a source is the address of a page rather than a file."""
    return _ADDRESS.match(source) is not None


def open_file(path: Path, *, limit: int) -> list[Caught]:
    """Take what a file holds.

    Raises FileUnreadable, UnknownFormat, EmptyInput, TooLarge; BadAddress for a shortcut that
    leads elsewhere than to the web.
    """
    try:
        data = _bytes(path, limit=limit)
    except (OSError, ValueError) as problem:
        raise FileUnreadable(path=str(path)) from problem
    caught = open_bytes(data, name=str(path), limit=limit)
    if len(caught) == 1 and caught[0].kind == "html" and path.suffix.lower() in _PAGES:
        return [pages.with_companions(caught[0], path, limit=limit)]
    return caught


def _bytes(path: Path, *, limit: int) -> bytes:
    """Read a file, never more than may come in: devices have no size, pipes no end."""
    told = path.stat()
    if not stat.S_ISREG(told.st_mode):
        raise ValueError(path)
    if told.st_size > limit:
        raise TooLarge(url=path.name, limit=limit)
    with path.open("rb") as file:
        return file.read(limit + 1)


def open_bytes(data: bytes, *, name: str, limit: int) -> list[Caught]:
    """Take bytes: of a file called ``name``, pasted or read from a pipe when it is "".

    Raises as ``open_file``; ``limit`` is in bytes.
    """
    if not data.strip():
        raise EmptyInput
    if len(data) > limit:
        raise TooLarge(url=Path(name).name or "-", limit=limit)
    suffix = Path(name).suffix.lower()
    title = Path(name).stem
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in data[:_JUNK]):
        return [Caught(data, "pdf", title=title)]
    if _is_picture(head, suffix):
        return [_picture(data, title)]
    if caught := _by_content(data, head, suffix, title):
        return caught
    if suffix in _PAGES or (suffix in _TEXTS and _looks_html(data)):
        return [pages.read(data)]
    if suffix in _TEXTS and _looks_text(data):
        return _text(data)
    raise UnknownFormat(path=name)


def _text(data: bytes) -> list[Caught]:
    """Take a text, or the addresses it is a list of."""
    told = paste.addresses_in(decode(data)) if len(data) < _LIST else []
    return [Caught(b"", "address", url=one) for one in told] or [Caught(data, "text")]


def _looks_text(data: bytes) -> bool:
    """Tell words from the bytes of a program, which are full of controls; UTF-16 says itself.

    A few bytes prove nothing: what is pasted from a terminal holds controls too.
    """
    if len(data) < _PROOF or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    seen = data[:_SEEN]
    return (len(seen) - len(seen.translate(None, _NO_TEXT))) * 100 <= len(seen)


def _by_content(data: bytes, head: bytes, suffix: str, title: str) -> list[Caught]:
    """Tell containers by how they begin; a suffix decides where the beginning does not."""
    if suffix in {".url", ".webloc", ".desktop"} or head.lower().startswith(b"[internetshortcut]"):
        return [shortcuts.read(data, title=title)]
    if suffix == ".mbox" or head.startswith(b"From "):
        return mail.read_mailbox(data)
    if suffix in {".mhtml", ".mht"} or (suffix != ".eml" and mhtml.is_archive(head)):
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
