"""Web archives (RFC 2557): the page and its pictures in one file, as browsers save them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import Message
from typing import Final
from urllib.parse import urljoin

from veille.capture import mime, pages, sources
from veille.capture.caught import Caught
from veille.domain.errors import EmptyInput
from veille.extract.decode import decode

_BLINK: Final = re.compile(rb"^snapshot-content-location:", re.IGNORECASE | re.MULTILINE)
_ARCHIVE: Final = re.compile(
    rb"^(?:x-mailer:[^\r\n]*mhtml|x-mimeole:|content-type:\s*multipart/related"
    rb"|from:\s*\"?<?saved by)",
    re.IGNORECASE | re.MULTILINE,
)
# Mails with pictures are made of the same parts; these are on their way only.
_TRAVELS: Final = re.compile(
    rb"^(?:to|cc|received|return-path|delivered-to|message-id|reply-to|list-\w+):",
    re.IGNORECASE | re.MULTILINE,
)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_BOUNDARY: Final = re.compile(rb"^--([^\r\n\"]{5,200}?)\r?\n(?=Content-)", re.MULTILINE)
_MIME: Final = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_FRAMES: Final = re.compile(r"<frameset\b", re.IGNORECASE)


def is_archive(head: bytes) -> bool:
    """Tell an archive, by its first bytes, from a mail and from all else."""
    if _MIME.search(head) is None:
        return False
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if _BLINK.search(head):
        return True
    return _ARCHIVE.search(head) is not None and _TRAVELS.search(block) is None


def read(data: bytes) -> Caught:
    """Take the page of an archive, with its pictures. Raises FileUnreadable, EmptyInput."""
    message = mime.parse(data)
    found = list(mime.parts(message))
    page = _page(message, found)
    if page is None:
        # Headers that were broken in two hide what follows them: the parts speak for themselves.
        found = list(mime.parts(mime.parse(_mended(data))))
        page = _page(message, found)
    if page is None:
        raise EmptyInput
    base = mime.header(page, "Content-Location")
    url = pages.from_web(mime.header(message, "Snapshot-Content-Location")) or pages.from_web(base)
    text = decode(mime.content(page), declared=mime.charset(page))
    files: dict[str, bytes] = {}
    text = with_pictures(text, base or url, pictures_in(found), files)
    # A page may be written in its pictures' stead with data: addresses too.
    inside = pages.read(text.encode("utf-8", "replace"), charset="utf-8", url=url)
    return Caught(
        inside.data, "html", url=inside.url, charset="utf-8",
        title=mime.header(message, "Subject"), files={**files, **inside.files},
    )  # fmt: skip


def _page(message: Message, found: list[Message]) -> Message | None:
    """Give the part that is the page: the one the archive names, or the first that is shown."""
    shown = [one for one in found if one.get_content_type() in _PAGES]
    if not shown:
        return None
    start = mime.parameter(message, "start").strip("<>")
    location = mime.header(message, "Snapshot-Content-Location")
    named = [
        one
        for one in shown
        if (start and mime.identity(one) == f"cid:{start}")
        or (location and mime.header(one, "Content-Location") == location)
    ]
    page = (named or shown)[0]
    if len(shown) > 1 and _FRAMES.search(decode(mime.content(page)[:100_000])):
        # A page made of frames says nothing itself.
        return max((one for one in shown if one is not page), key=lambda x: len(mime.content(x)))
    return page


def _mended(data: bytes) -> bytes:
    """Write the head of an archive anew, its boundary read off the first part."""
    told = _BOUNDARY.search(data)
    if told is None:
        return b""
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="%s"\r\n\r\n'
    return head % told[1] + data[told.start() :]


def pictures_in(found: list[Message]) -> dict[str, bytes]:
    """Give the pictures of a message by the addresses its page may use for them."""
    pictures: dict[str, bytes] = {}
    for part in found:
        names = (mime.header(part, "Content-Location"), mime.identity(part))
        # Some programs send pictures as mere bytes; what is no picture is refused later on.
        if part.get_content_type() != "application/octet-stream" and (
            part.get_content_maintype() != "image"
        ):
            continue
        data = mime.content(part) if any(names) else b""
        for address in names:
            if address and data:
                pictures[address] = data
    return pictures


def with_pictures(
    text: str, url: str, pictures: Mapping[str, bytes], files: dict[str, bytes]
) -> str:
    """Point the images of a page at what came along; addresses of the web stay theirs."""
    if not pictures:
        return text

    def take(source: str) -> str:
        address = _absolute(url, source)
        data = pictures.get(source) or pictures.get(address)
        if not data or sources.is_spacer(data):
            return ""
        if not pages.from_web(address):
            address = pages.address_of(data)
        files[address] = data
        return address

    return sources.rewrite(text, take)


def _absolute(url: str, source: str) -> str:
    try:
        return urljoin(url, source) if url else source
    except ValueError:
        return source
