"""A shared folder on a WebDAV server, Nextcloud for instance (extra ``webdav``).

Through webdav4's connection and its reader of answers, one request a verb: its own higher calls
check and then write, which two computers can do at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import ParseError

import httpx
from webdav4.fsspec import WebdavFileSystem
from webdav4.multistatus import MultiStatusResponse

from veille.domain.errors import (
    ShareDenied,
    ShareError,
    ShareFull,
    ShareReadOnly,
    ShareUnavailable,
)
from veille.share.address import Address, Login

SECONDS: Final = 30.0
_ASKED: Final = (
    '<?xml version="1.0"?><d:propfind xmlns:d="DAV:"><d:prop>'
    "<d:getcontentlength/><d:resourcetype/></d:prop></d:propfind>"
)


class WebDav:
    """A ``ShareFolder`` on a WebDAV server."""

    def __init__(self, address: Address, login: Login) -> None:
        self._address = address
        root = address.endpoint.rstrip("/") + "/"
        timeout = httpx.Timeout(SECONDS, connect=5.0)
        self._fs = WebdavFileSystem(
            root,
            auth=(login.user, login.password) if login.user else None,
            retry=False,
            timeout=timeout,
            skip_instance_cache=True,
        )
        self._root = root

    def __del__(self) -> None:
        """Let go of the connections."""
        if hasattr(self, "_fs"):
            self._fs.client.http.close()

    @property
    def name(self) -> str:
        """Give the address, as people wrote it."""
        return self._address.text

    def list(self, path: str) -> Mapping[str, int] | None:
        """See ShareFolder."""
        answer = self._ask(
            "PROPFIND",
            f"{path}/" if path else "",
            headers={"Depth": "1", "Content-Type": "application/xml"},
            content=_ASKED,
        )
        if answer.status_code in {404, 405}:
            return None
        if answer.status_code != 207:
            raise self._meaning(answer, writing=False)
        try:
            told = MultiStatusResponse(answer.text).responses
        except (ValueError, ParseError, TypeError) as problem:
            raise ShareUnavailable(folder=self.name) from problem
        own = unquote(urlsplit(f"{self._root}{path}").path).strip("/")
        found = {}
        for href, one in told.items():
            here = unquote(urlsplit(href).path).strip("/")
            if here != own:
                size = one.properties.content_length
                folder = one.properties.collection
                found[here.rpartition("/")[2]] = -1 if folder or size is None else int(size)
        return found

    def read(self, path: str, *, limit: int) -> bytes | None:
        """See ShareFolder."""
        try:
            with self._fs.client.http.stream("GET", self._url(path)) as answer:
                if answer.status_code == 404:
                    return None
                if answer.status_code != 200:
                    answer.read()
                    raise self._meaning(answer, writing=False)
                data = b""
                for part in answer.iter_bytes():
                    data += part
                    if len(data) > limit:
                        break
                return data[: limit + 1]
        except httpx.HTTPError as problem:
            raise ShareUnavailable(folder=self.name) from problem

    def create(self, path: str, data: bytes) -> bool:
        """See ShareFolder. Folders below the root are made."""
        answer = self._put(path, data)
        if answer.status_code in {404, 409}:
            self._make_parents(path)
            answer = self._put(path, data)
        if answer.status_code == 412:
            return False
        if answer.status_code not in {200, 201, 204}:
            raise self._meaning(answer, writing=True)
        return True

    def delete(self, path: str) -> None:
        """See ShareFolder."""
        answer = self._ask("DELETE", path)
        if answer.status_code not in {200, 202, 204, 404}:
            raise self._meaning(answer, writing=True)

    def written_at(self, path: str) -> float | None:  # noqa: ARG002 - not asked of servers
        """See ShareFolder."""
        return None

    def make(self) -> None:
        """See ShareFolder."""
        self._ask("MKCOL", "")

    def _put(self, path: str, data: bytes) -> httpx.Response:
        return self._ask("PUT", path, headers={"If-None-Match": "*"}, content=data)

    def _make_parents(self, path: str) -> None:
        if self.list("") is None:
            # Never create the path itself: an address that is gone must not become a folder.
            raise ShareUnavailable(folder=self.name)
        parts = path.split("/")[:-1]
        for count in range(1, len(parts) + 1):
            answer = self._ask("MKCOL", "/".join(parts[:count]) + "/")
            if answer.status_code not in {201, 405, 409}:
                raise self._meaning(answer, writing=True)

    def _url(self, path: str) -> str:
        return f"{self._root}{path}"

    def _ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None,
        content: str | bytes | None = None,
    ) -> httpx.Response:  # fmt: skip
        try:
            answer: httpx.Response = self._fs.client.http.request(
                method, self._url(path), headers=dict(headers or {}), content=content
            )
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise ShareUnavailable(folder=self.name) from problem
        return answer

    def _meaning(self, answer: httpx.Response, *, writing: bool) -> ShareError:
        if answer.status_code == 401:
            return ShareDenied(folder=self.name)
        if answer.status_code == 403:
            return ShareReadOnly(folder=self.name) if writing else ShareDenied(folder=self.name)
        if answer.status_code == 507:
            return ShareFull(folder=self.name)
        return ShareUnavailable(folder=self.name)
