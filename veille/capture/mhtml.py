"""Web archives (RFC 2557): the page and its pictures in one file, as browsers save them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import Message
from typing import Final
from urllib.parse import urljoin

from veille.capture import mime, pages
from veille.capture.caught import Caught
from veille.domain.errors import EmptyInput
from veille.extract.decode import decode

_ARCHIVE: Final = re.compile(
    rb"(?im)^(?:snapshot-content-location:|x-mailer:.*mhtml|content-type:\s*multipart/related)"
)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_BOUNDARY: Final = re.compile(rb"(?m)^--([^\r\n\"]{5,200}?)\r?\n(?=Content-)")
_MIME: Final = re.compile(rb"(?im)^mime-version:")
_SOURCE: Final = re.compile(
    r"""(<img\b[^>]{0,4000}?\ssrc\s*=\s*["']?)((?:cid:|https?:|file:)?[^"'\s>]{1,2000})""",
    re.IGNORECASE,
)


def is_archive(head: bytes) -> bool:
    """Tell an archive by its first bytes."""
    return _MIME.search(head) is not None and _ARCHIVE.search(head) is not None


def read(data: bytes) -> Caught:
    """Take the page of an archive, with its pictures. Raises FileUnreadable, EmptyInput."""
    message = mime.parse(data)
    found = list(mime.parts(message))
    page = _page(found)
    if page is None:
        # Headers that were broken in two hide what follows them: the parts speak for themselves.
        found = list(mime.parts(mime.parse(_mended(data))))
        page = _page(found)
    if page is None:
        raise EmptyInput
    url = mime.header(message, "Snapshot-Content-Location") or mime.header(page, "Content-Location")
    url = url if url.startswith(("http://", "https://")) else ""
    text = decode(mime.content(page), declared=mime.charset(page))
    files: dict[str, bytes] = {}
    text = with_pictures(text, url, pictures_in(found), files)
    # A page may be written in its pictures' stead with data: addresses too.
    inside = pages.read(text.encode("utf-8", "replace"), charset="utf-8", url=url)
    return Caught(
        inside.data, "html", url=url, charset="utf-8",
        title=mime.header(message, "Subject"), files={**files, **inside.files},
    )  # fmt: skip


def _page(found: list[Message]) -> Message | None:
    return next((one for one in found if one.get_content_type() in _PAGES), None)


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
        if part.get_content_maintype() != "image":
            continue
        data = mime.content(part)
        for address in (mime.header(part, "Content-Location"), mime.identity(part)):
            if address and data:
                pictures[address] = data
    return pictures


def with_pictures(
    text: str, url: str, pictures: Mapping[str, bytes], files: dict[str, bytes]
) -> str:
    """Point the images of a page at what came along; addresses of the web stay theirs."""

    def one(match: re.Match[str]) -> str:
        source = match[2].replace("&amp;", "&")
        data = pictures.get(source) or pictures.get(_absolute(url, source))
        if not data:
            return match[0]
        address = _absolute(url, source)
        if not address.startswith(("http://", "https://")):
            address = pages.address_of(data)
        files[address] = data
        return f"{match[1]}{address}"

    return _SOURCE.sub(one, text)


def _absolute(url: str, source: str) -> str:
    try:
        return urljoin(url, source) if url else source
    except ValueError:
        return source
