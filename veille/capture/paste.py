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
_ADDRESS: Final = re.compile(r"https?://\S{3,4000}\Z", re.IGNORECASE)
_MARKS: Final = ("<!--StartFragment-->", "<!--EndFragment-->")
_FEW_WORDS: Final = 12
_MOST: Final = 200
_MOST_LINES: Final = 5_000


def from_mime(parts: Mapping[str, bytes]) -> list[Caught]:
    """Take what was pasted or dropped, ``{mime type: bytes}``; empty when there is nothing in it.

    A link that was dragged is an address; a passage is a page of its own, from where it was
    copied; several addresses, one a line, are as many pages. Files that are dropped come through
    ``door.open_file``: their addresses are passed over here.
    """
    offered = {kind.partition(";")[0].strip().lower(): data for kind, data in parts.items()}
    html = _html(offered)
    picture = _picture(offered)
    words, is_link = _measured(html)
    if html is not None and words and not is_link:
        return [html]
    if addresses := _addresses(offered):
        return addresses[:_MOST]
    # A picture that is copied comes with the markup around it, which says nothing.
    if picture is not None and not words:
        return [picture]
    if html is not None:
        return [html]
    text = _text(offered.get("text/plain", b"")).strip("\x00 \t\r\n")
    return [Caught(text.encode("utf-8", "replace"), "text", charset="utf-8")] if text else []


def addresses_in(text: str) -> list[str]:
    """Give the addresses of a text that is nothing else, one a line; empty for any other."""
    told = [one.strip() for one in text.strip().splitlines()[:_MOST_LINES]]
    told = [one for one in told if one and not one.startswith("#")]
    if not told or not all(_ADDRESS.match(one) for one in told):
        return []
    return list(dict.fromkeys(told))


def _html(offered: Mapping[str, bytes]) -> Caught | None:
    data = offered.get("text/html") or offered.get("html format") or b""
    text = _text(data).strip("\x00 \r\n")
    if not text:
        return None
    url = ""
    if text.startswith("Version:"):
        told = {name: value.strip() for name, value in _WINDOWS.findall(text[:6_000])}
        url = told.get("SourceURL", "")
        text = text[max(text.find("<"), 0) :]
    start, end = text.find(_MARKS[0]), text.rfind(_MARKS[1])
    if 0 <= start < end:
        text = text[start + len(_MARKS[0]) : end]
    page = pages.read(text.encode("utf-8", "replace"), charset="utf-8", url=url)
    return page if parsed(f"<body>{text}</body>") is not None else None


def _measured(page: Caught | None) -> tuple[int, bool]:
    """Count the words of a fragment, and tell whether it is nothing but a link that was dragged."""
    tree = parsed(f"<body>{decode(page.data, declared='utf-8')}</body>") if page else None
    if tree is None:
        return 0, False
    links = list(tree.iter("a"))
    shown = "".join(tree.itertext("*")).split()
    linked = "".join("".join(one.itertext("*")) for one in links[:1]).split()
    return len(shown), len(links) == 1 and len(shown) <= _FEW_WORDS and len(linked) == len(shown)


def _picture(offered: Mapping[str, bytes]) -> Caught | None:
    for kind, data in offered.items():
        if kind.startswith("image/") and kind != "image/svg+xml" and data:
            return Caught(data, "image", files={pages.address_of(data): data})
    return None


def _addresses(offered: Mapping[str, bytes]) -> list[Caught]:
    if mozilla := offered.get("text/x-moz-url"):
        url, _line, title = _text(mozilla).strip("\x00").partition("\n")
        if _ADDRESS.match(url.strip()):
            return [Caught(b"", "address", url=url.strip(), title=title.strip().split("\n")[0])]
    dropped = _text(offered.get("text/uri-list", b"")).splitlines()[:_MOST_LINES]
    listed = [one.strip() for one in dropped if _ADDRESS.match(one.strip())]
    told = list(dict.fromkeys(listed)) or addresses_in(_text(offered.get("text/plain", b"")))
    return [Caught(b"", "address", url=one) for one in told]


def _text(data: bytes) -> str:
    """Decode what a clipboard holds: UTF-16 without a mark, or what pages are written in."""
    if len(data) > 3 and data[1::2].count(0) > len(data) // 4:
        return data.decode("utf-16-le", "replace").removeprefix("\ufeff")
    return decode(data)
