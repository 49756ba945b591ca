"""From bytes to text, whatever the page claims about itself."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from veille.domain.text import CONTROLS

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META: Final = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""")
_HEAD: Final = 4096
_CONTROLS: Final = CONTROLS | {0x0D: 0x0A}
# What browsers do: pages that say Latin-1 are written in Windows-1252.
_REALLY: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}


def decode(data: bytes, *, declared: str = "") -> str:
    """Decode a page. Never fails: the worst case is a few replacement characters.

    Args:
        data: the page as it came.
        declared: the charset of the HTTP header, if any.
    """
    text = _decoded(data, declared).replace("\r\n", "\n").translate(_CONTROLS)
    # An accent is one character, however the page writes it: quotes and searches count on it.
    return unicodedata.normalize("NFC", text)


def _decoded(data: bytes, declared: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    # Text that is valid UTF-8 beyond ASCII is UTF-8, even under another flag: the reverse is
    # next to impossible, and wrong flags are common. A few broken bytes do not change that.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken == 0 or broken * 10 < sum(c > "\x7f" for c in text) - broken:
        return text
    found = _META.search(data[:_HEAD])
    for name in (declared, found[1].decode("ascii") if found else "", "cp1252"):
        if (text_as_said := _strictly(data, name)) is not None:
            return text_as_said
    return _guessed(data)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        encoding = codecs.lookup(name).name if name else ""
        encoding = _REALLY.get(encoding, encoding)
        # "iso8859-1" is how Python names it.
        encoding = "cp1252" if encoding == "iso8859-1" else encoding
        text = data.decode(encoding) if encoding and encoding != "utf-8" else None
    except (LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _guessed(data: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is not None and (text := _strictly(data, best.encoding)) is not None:
        return text
    return data.decode("cp1252", errors="replace")
