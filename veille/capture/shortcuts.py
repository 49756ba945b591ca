"""Shortcuts that desktops make of an address: .url, .webloc, .desktop."""

from __future__ import annotations

import plistlib
import re
from typing import Final
from xml.parsers.expat import ExpatError

from veille.capture import pages
from veille.capture.caught import Caught
from veille.domain.errors import BadAddress, FileUnreadable
from veille.extract.decode import decode

_LINE: Final = re.compile(
    r"^[ \t]*+URL(?:\[\$e\])?[ \t]*+=[ \t]*+(\S{1,4000})", re.IGNORECASE | re.MULTILINE
)
_NAME: Final = re.compile(r"^[ \t]*+Name[ \t]*+=[ \t]*+(.{1,300})", re.IGNORECASE | re.MULTILINE)
_LARGEST: Final = 100_000


def read(data: bytes, *, title: str) -> Caught:
    """Take the address of a shortcut called ``title``. Raises FileUnreadable, BadAddress."""
    data = data[:_LARGEST]
    if data.startswith(b"bplist") or b"<plist" in data[:2_000]:
        return Caught(b"", "address", url=_checked(_from_plist(data)), title=title)
    text = decode(data)
    found = _LINE.search(text)
    if found is None:
        raise FileUnreadable(path=title)
    named = _NAME.search(text)
    told = named[1].strip() if named else ""
    return Caught(b"", "address", url=_checked(found[1]), title=told or title)


def _checked(url: str) -> str:
    """Refuse a shortcut that leads elsewhere than to the web: to a file, to a program."""
    if not pages.from_web(url):
        raise BadAddress(url=url[:200])
    return pages.from_web(url)


def _from_plist(data: bytes) -> str:
    # An entity that grows is a bomb, and no shortcut declares any.
    if b"<!ENTITY" in data:
        raise FileUnreadable(path="plist")
    try:
        told = plistlib.loads(data)
    except (
        plistlib.InvalidFileException, ExpatError, ValueError, LookupError, TypeError,
        AttributeError, RecursionError, OverflowError, MemoryError,
    ) as problem:  # fmt: skip
        raise FileUnreadable(path="plist") from problem
    url = told.get("URL") if isinstance(told, dict) else None
    if not isinstance(url, str):
        raise FileUnreadable(path="plist")
    return url
