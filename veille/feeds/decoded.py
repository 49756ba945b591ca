"""From the bytes of a feed to its text, from its root on, whatever it claims about itself."""

from __future__ import annotations

import codecs
import html
import re
from typing import Final

from veille.domain.text import CONTROLS

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark begins the same way.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<?xm" or "<rss" begins where a letter is not one byte of ASCII.
_SIGNS: Final = (
    (re.compile(rb"<\0\0\0.\0\0\0", re.DOTALL), "utf-32-le"),
    (re.compile(rb"\0\0\0<\0\0\0.", re.DOTALL), "utf-32-be"),
    (re.compile(rb"(?:\s\0){0,99}<\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"(?:\0\s){0,99}\0<\0[^\0]"), "utf-16-be"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""")
_CHARSET: Final = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.IGNORECASE)
# Encodings of text that somebody writes in; Python knows others, some slow by design.
_OF_TEXT: Final = re.compile(
    r"(?:iso|windows|cp|koi|mac|big5|euc|gb|shift|sjis|utf|us|ascii|latin|tis|hz|l\d|x-)",
    re.IGNORECASE,
)
_REALLY: Final = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-9": "cp1254",
}  # fmt: skip
# ASCII as bytes, something else as text.
_SEVEN_BITS: Final = re.compile(rb"(?i)iso-?2022|hz")
_HEAD: Final = 65_536
_ROOT: Final = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|entry)(?=[\s>/])", re.IGNORECASE
)
_PAGE: Final = re.compile(r"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_KEPT: Final = CONTROLS | {0x0D: 0x0A}


def decode(data: bytes, *, content_type: str = "") -> str:
    """Decode a feed. Never fails: the worst case is a few replacement characters.

    Args:
        data: the feed as it came.
        content_type: the header of the answer; its charset is believed after the feed's own.
    """
    return _decoded(data, content_type).replace("\r\n", "\n").translate(_KEPT).lstrip("\ufeff \n\t")


def from_root(text: str) -> str:
    """Give a feed from its root element on; "" for a page or anything else.

    What stands before goes: blank lines, the warnings of a broken server, and the document type
    with every entity that it declares, so that nothing ever expands. The entities of HTML, which
    feeds use without declaring them, become the characters that they name.
    """
    head = _without_comments(text[:_HEAD])
    root = _ROOT.search(head)
    if root is None or _PAGE.search(head, 0, root.start()):
        return ""
    return _NAMED.sub(_character, head[root.start() :] + text[_HEAD:])


def _decoded(data: bytes, content_type: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for sign, encoding in _SIGNS:
        if sign.match(data):
            return data.decode(encoding, errors="replace")
    found = _DECLARED.search(data[:1024])
    declared = found[1] if found else b""
    header = _CHARSET.search(content_type)
    if not _SEVEN_BITS.match(declared):
        # What is valid UTF-8 beyond ASCII is UTF-8, even under another flag.
        text = data.decode("utf-8", errors="replace")
        broken = text.count("\ufffd")
        if broken == 0 or broken * 10 < sum(c > "\x7f" for c in text) - broken:
            return text
    for name in (declared.decode("ascii", "ignore"), header[1] if header else "", "cp1252"):
        if (text_as_said := _strictly(data, name)) is not None:
            return text_as_said
    return _guessed(data)


def _strictly(data: bytes, name: str) -> str | None:
    if not _OF_TEXT.match(name):
        return None
    try:
        encoding = codecs.lookup(name).name
        encoding = _REALLY.get(encoding, encoding)
        return data.decode(encoding) if encoding != "utf-8" else None
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_HEAD]).best()
    if best is not None and (text := _strictly(data, best.encoding)) is not None:
        return text
    return data.decode("cp1252", errors="replace")


def _without_comments(head: str) -> str:
    """Take the comments away that stand before the root: one may show a feed."""
    kept, at = [], 0
    root = _ROOT.search(head)
    while root is not None and 0 <= (start := head.find("<!--", at)) < root.start():
        end = head.find("-->", start)
        if end < 0:
            break
        kept.append(head[at:start])
        at = end + 3
        if at > root.start():
            root = _ROOT.search(head, at)
    return "".join(kept) + head[at:]


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name in _OF_XML:
        return found[0]
    told = html.unescape(found[0])
    return found[0] if told.startswith("&") else told
