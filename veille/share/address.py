"""Addresses of shared folders that are no directory: what people write, and what it means. Pure.

s3://bucket/folder?endpoint=https://host:9000&region=fr-par
webdav+https://host/remote.php/dav/files/anne/Veille
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlsplit

from veille.domain.errors import BadAddress

S3: Final = "s3"
WEBDAV: Final = ("webdav+https", "webdav+http")


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks. Never printed."""

    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Address:
    """A shared folder on a server.

    Attributes:
        text: as people wrote it, without a password.
        scheme: ``s3``, ``webdav+https`` or ``webdav+http``.
        path: ``bucket/folder`` for S3.
        endpoint: the address of the server, for S3; of the folder, for WebDAV.
        region: of the bucket, "" for the default.
    """

    text: str
    scheme: str
    path: str
    endpoint: str
    region: str = ""


def is_address(folder: str) -> bool:
    """Tell whether a shared folder is an address, and no path."""
    return "://" in folder


def parse(text: str) -> Address:
    """Read an address. Raises BadAddress; a password in it is refused: it belongs in the keyring."""
    try:
        parts = urlsplit(text)
        host, secret = parts.hostname, parts.password
    except ValueError as problem:
        raise BadAddress(url=text) from problem
    if not host or secret is not None or parts.scheme not in {S3, *WEBDAV}:
        raise BadAddress(url=text if secret is None else f"{parts.scheme}://{host}")
    if parts.scheme == S3:
        asked = parse_qs(parts.query)
        endpoint = asked.get("endpoint", [""])[0]
        if endpoint and not endpoint.startswith(("https://", "http://")):
            raise BadAddress(url=text)
        path = f"{parts.netloc}/{parts.path.strip('/')}"
        return Address(text, S3, path, endpoint, asked.get("region", [""])[0])
    plain = parts.scheme.removeprefix("webdav+")
    endpoint = f"{plain}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    return Address(text, parts.scheme, parts.path, endpoint)
