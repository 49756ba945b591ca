"""Files and standard input: bytes in hand, and whether they are a page or plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from veille.domain.errors import EmptyInput, FileUnreadable, TooLarge, UnknownFormat
from veille.extract.decode import decode

_TEXTS: Final = frozenset({".txt", ".md", ".text", ".markdown"})
_PAGES: Final = frozenset({".html", ".htm", ".xhtml"})
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:!doctype|html|body|p|div|article|h1|a|span|br)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caught:
    """What came in."""

    data: bytes
    is_html: bool


def is_address(source: str) -> bool:
    """Tell whether a source is the address of a page rather than a file."""
    return _ADDRESS.match(source) is not None


def from_input(data: bytes, *, limit: int) -> Caught:
    """Take what came on standard input, or was pasted. Raises EmptyInput, TooLarge."""
    _check(data, "-", limit)
    return Caught(data, _HTML.search(decode(data[:4_096])) is not None)


def from_file(source: str, *, limit: int) -> Caught:
    """Take a file. Raises FileUnreadable, UnknownFormat, EmptyInput, TooLarge (``limit`` bytes)."""
    path = Path(source)
    kind = path.suffix.lower()
    try:
        if path.stat().st_size > limit:
            raise TooLarge(url=source, limit=limit)
        data = path.read_bytes() if kind in _TEXTS | _PAGES else None
    except (OSError, ValueError) as problem:
        raise FileUnreadable(path=source) from problem
    if data is None:
        raise UnknownFormat(path=source)
    _check(data, source, limit)
    return Caught(data, kind in _PAGES)


def _check(data: bytes, source: str, limit: int) -> None:
    if not data.strip():
        raise EmptyInput
    if len(data) > limit:
        raise TooLarge(url=source, limit=limit)
