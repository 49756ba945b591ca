"""What may be fetched, from where, and how much: decided here, acted upon in ``client``."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from veille.domain.errors import BadAddress, NotAPage, TooManyRedirects
from veille.extract.address import web_address

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PAGES: Final = ("text/", "application/xhtml+xml", "application/xml", "application/pdf")
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
_A_DAY: Final = 86_400
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much.

    Attributes:
        page_bytes: of a page, decompressed.
        file_bytes: of a saved page, with the pictures in it.
        image_bytes: of one image.
        images_bytes: of all images of one page.
        seconds: for one page, redirects included.
        redirects: followed before giving up.
        allow_private: whether loopback and intranet addresses may be reached.
    """

    page_bytes: int = 20 * 1024 * 1024
    file_bytes: int = 60 * 1024 * 1024
    image_bytes: int = 5 * 1024 * 1024
    images_bytes: int = 15 * 1024 * 1024
    seconds: float = 30.0
    redirects: int = 8
    allow_private: bool = False


def may_connect(address: str, limits: Limits) -> bool:
    """Tell whether an IP address may be connected to: the public Internet, or all if allowed."""
    if limits.allow_private:
        return True
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inside is None and ip in _NAT64:
            inside = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)  # type: ignore[assignment]
        if inside is not None and not inside.is_global:
            return False
    return ip.is_global and not ip.is_multicast


def next_address(url: str, status: int, location: str, hops: int, limits: Limits) -> str:
    """Give the address a redirect leads to, "" when it is none.

    Raises TooManyRedirects, BadAddress (a redirect to ``file:`` or to an application).
    """
    if status not in _REDIRECTS or not location:
        return ""
    if hops >= limits.redirects:
        raise TooManyRedirects(url=url, limit=limits.redirects)
    try:
        joined = urljoin(url, location.strip())
    except ValueError as problem:
        raise BadAddress(url=location[:200]) from problem
    return web_address(joined)


def wait(retry_after: str) -> int:
    """Give the seconds that a Retry-After header asks for, a day at most; dates are passed over."""
    text = retry_after.strip()
    return min(int(text), _A_DAY) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def check_page(url: str, content_type: str, start: bytes) -> None:
    """Refuse what is no page. Raises NotAPage."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind.startswith(_PAGES):
        return
    looks_html = start.lstrip()[:200].lower().startswith((*_HTML_STARTS, b"%pdf-"))
    if kind in {"", "application/octet-stream"} and looks_html:
        return
    raise NotAPage(url=url, content_type=kind)


def charset(content_type: str) -> str:
    """Give the charset of a Content-Type header, "" when it says none."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40]
    return ""


def image_kind(data: bytes) -> str:
    """Tell by its first bytes what an image is; "" for anything that is no picture."""
    signatures = (
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
    )
    for start, kind in signatures:
        if data.startswith(start):
            return kind
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return "avif"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""
