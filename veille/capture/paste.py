"""What is pasted or dropped: the richest of the forms in which the other program offers it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from veille.capture import pages
from veille.capture.caught import Caught
from veille.extract.decode import decode
from veille.extract.tree import parsed

_WINDOWS: Final = re.compile(
    r"^(Version|StartHTML|EndHTML|StartFragment|EndFragment|SourceURL):(.*)$", re.MULTILINE
)
_ADDRESS: Final = re.compile(r"https?://\S{3,4000}\Z")
_MARKS: Final = ("<!--StartFragment-->", "<!--EndFragment-->")
_FEW_WORDS: Final = 12
_MOST: Final = 200


def from_mime(parts: Mapping[str, bytes]) -> list[Caught]:
    """Take what was pasted or dropped, ``{mime type: bytes}``; empty when there is nothing in it.

    A link that was dragged is an address; a passage is a page of its own, from where it was
    copied; several addresses, one a line, are as many pages.
    """
    html = _html(parts)
    if html is not None and not _is_a_link(html):
        return [html]
    if addresses := _addresses(parts):
        return addresses[:_MOST]
    if html is not None:
        return [html]
    for kind, data in parts.items():
        if kind.startswith("image/") and data:
            return [Caught(data, "image", files={pages.address_of(data): data})]
    text = _text(parts.get("text/plain", b"")).strip()
    return [Caught(text.encode(), "text", charset="utf-8")] if text else []


def _html(parts: Mapping[str, bytes]) -> Caught | None:
    data = parts.get("text/html") or parts.get("HTML Format") or b""
    text = _text(data).strip("\x00 \r\n")
    if not text:
        return None
    url = ""
    if text.startswith("Version:"):
        told = {name: value.strip() for name, value in _WINDOWS.findall(text[:1_000])}
        url = told.get("SourceURL", "")
        text = text[max(text.find("<"), 0) :]
    start, end = (text.find(mark) for mark in _MARKS)
    if 0 <= start < end:
        text = text[start + len(_MARKS[0]) : end]
    page = pages.read(text.encode("utf-8", "replace"), charset="utf-8", url=url)
    return page if parsed(f"<body>{text}</body>") is not None else None


def _is_a_link(page: Caught) -> bool:
    """Tell whether a fragment is nothing but a link that was dragged."""
    tree = parsed(f"<body>{decode(page.data, declared='utf-8')}</body>")
    if tree is None:
        return False
    links = list(tree.iter("a"))
    shown = "".join(tree.itertext()).split()
    linked = "".join("".join(one.itertext()) for one in links).split()
    return len(links) == 1 and len(shown) <= _FEW_WORDS and len(linked) == len(shown)


def _addresses(parts: Mapping[str, bytes]) -> list[Caught]:
    if mozilla := parts.get("text/x-moz-url"):
        url, _line, title = _text(mozilla).strip("\x00").partition("\n")
        if _ADDRESS.match(url.strip()):
            return [Caught(b"", "address", url=url.strip(), title=title.strip())]
    for kind in ("text/uri-list", "text/plain"):
        lines = [one.strip() for one in _text(parts.get(kind, b"")).splitlines()]
        told = [one for one in lines if one and not one.startswith("#")]
        if told and all(_ADDRESS.match(one) for one in told):
            return [Caught(b"", "address", url=one) for one in dict.fromkeys(told)]
    return []


def _text(data: bytes) -> str:
    """Decode what a clipboard holds: UTF-16 without a mark, or what pages are written in."""
    if len(data) > 3 and data[1::2].count(0) > len(data) // 4:
        return data.decode("utf-16-le", "replace")
    return decode(data)
