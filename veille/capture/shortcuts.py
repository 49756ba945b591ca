"""Shortcuts that desktops make of an address: .url, .webloc, .desktop."""

from __future__ import annotations

import plistlib
import re
from typing import Final
from xml.parsers.expat import ExpatError

from veille.capture.caught import Caught
from veille.domain.errors import FileUnreadable
from veille.extract.decode import decode

_LINE: Final = re.compile(r"^\s*URL\s*=\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_NAME: Final = re.compile(r"^\s*Name\s*=\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_LARGEST: Final = 100_000


def read(data: bytes, *, title: str) -> Caught:
    """Take the address of a shortcut called ``title``. Raises FileUnreadable."""
    data = data[:_LARGEST]
    if data.startswith(b"bplist") or b"<plist" in data[:2_000]:
        return Caught(b"", "address", url=_from_plist(data), title=title)
    text = decode(data)
    found = _LINE.search(text)
    if found is None:
        raise FileUnreadable(path=title)
    named = _NAME.search(text)
    return Caught(b"", "address", url=found[1][:4_000], title=named[1].strip() if named else title)


def _from_plist(data: bytes) -> str:
    # An entity that grows is a bomb, and no shortcut declares any.
    if b"<!ENTITY" in data:
        raise FileUnreadable(path="plist")
    try:
        told = plistlib.loads(data)
    except (
        plistlib.InvalidFileException, ExpatError, ValueError, KeyError, TypeError, IndexError,
        RecursionError, OverflowError, MemoryError,
    ) as problem:  # fmt: skip
        raise FileUnreadable(path="plist") from problem
    url = told.get("URL") if isinstance(told, dict) else None
    if not isinstance(url, str):
        raise FileUnreadable(path="plist")
    return url[:4_000]
