"""The only place that speaks HTTP: honest name, no cookies, addresses checked, sizes bounded.

Every host is resolved here and the connection made to the address that was checked, so that a
name that points to the local network, at once or after a redirect, is refused before a byte is
sent. Certificates are those of the system (truststore): public bodies inspect their traffic.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import truststore
import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as UrllibTimeout
from urllib3.util import Timeout

from veille.domain.errors import (
    PrivateAddress,
    ServerSaid,
    TooLarge,
    TooSlow,
    Unreachable,
    VeilleError,
)
from veille.extract.address import web_address
from veille.fetch import policy
from veille.fetch.policy import Limits

USER_AGENT: Final = "Veille/0.1 (press watch; reads one page when a person asks)"
_CHUNK: Final = 64 * 1024
_STEP_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came. ``url`` is where redirects led."""

    url: str
    body: bytes
    charset: str
    content_type: str


class Client:
    """Fetches pages and images. ``clock`` gives monotonic seconds."""

    def __init__(self, limits: Limits, *, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock

    def page(self, url: str) -> Page:
        """Fetch a page. Raises the errors of ``domain.errors.FetchError`` and BadAddress."""
        address = web_address(url)
        started = self._clock()
        for hops in range(self._limits.redirects + 1):
            status, headers, body = self._get(address, self._limits.page_bytes, started)
            onward = policy.next_address(
                address, status, headers.get("location", ""), hops, self._limits
            )
            if not onward:
                return _page(address, status, headers, body)
            address = onward
        raise AssertionError  # next_address raises first

    def images(self, urls: tuple[str, ...]) -> tuple[dict[str, bytes], list[str]]:
        """Fetch the images of a page within the budget: ``({url: bytes}, missing)``."""
        found: dict[str, bytes] = {}
        missing: list[str] = []
        budget = self._limits.images_bytes
        started = self._clock()
        silent: set[str] = set()
        for url in urls:
            host = urlsplit(url).netloc
            try:
                limit = min(self._limits.image_bytes, budget)
                data = b"" if host in silent else self._image(url, limit, started)
            except (Unreachable, TooSlow):
                # One silence is enough: the other images of that host would wait as long.
                silent.add(host)
                data = b""
            except VeilleError:
                data = b""
            if data:
                found[url] = data
                budget -= len(data)
            else:
                missing.append(url)
        return found, missing

    def _image(self, url: str, limit: int, started: float) -> bytes:
        address = web_address(url)
        for hops in range(self._limits.redirects + 1):
            status, headers, body = self._get(address, limit, started)
            onward = policy.next_address(
                address, status, headers.get("location", ""), hops, self._limits
            )
            if not onward:
                return body if status == 200 and policy.image_kind(body) else b""
            address = onward
        return b""

    def _get(self, url: str, limit: int, started: float) -> tuple[int, Mapping[str, str], bytes]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        peer = self._checked(url, host, parts.port or (443 if parts.scheme == "https" else 80))
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        pool = self._pool(parts.scheme, host, peer, parts.port)
        try:
            response = pool.urlopen(
                "GET",
                target,
                headers=_headers(parts.netloc),
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=Timeout(connect=_STEP_SECONDS, read=_STEP_SECONDS),
            )
            try:
                body = self._body(response, url, limit, started)
            finally:
                response.release_conn()
            return response.status, {k.lower(): v for k, v in response.headers.items()}, body
        except NewConnectionError as problem:  # urllib3 counts a refused connection as a time-out
            raise Unreachable(url=url) from problem
        except UrllibTimeout as problem:
            raise TooSlow(url=url, seconds=round(_STEP_SECONDS)) from problem
        except (HTTPError, OSError, ValueError) as problem:
            raise Unreachable(url=url) from problem
        finally:
            pool.close()

    def _body(
        self, response: urllib3.BaseHTTPResponse, url: str, limit: int, started: float
    ) -> bytes:
        data = bytearray()
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            response.close()
            raise TooLarge(url=url, limit=limit)
        # read1 gives what has arrived: a site that drips cannot hold us between two checks.
        while chunk := response.read1(_CHUNK, decode_content=True):
            data += chunk
            if len(data) > limit:
                response.close()
                raise TooLarge(url=url, limit=limit)
            if self._clock() - started > self._limits.seconds:
                response.close()
                raise TooSlow(url=url, seconds=round(self._limits.seconds))
        return bytes(data)

    def _checked(self, url: str, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise Unreachable(url=url) from problem
        addresses = [str(one[4][0]) for one in found]
        # All of them: a host that is half inside is not to be trusted.
        if not addresses or not all(policy.may_connect(one, self._limits) for one in addresses):
            raise PrivateAddress(url=url, host=host)
        return addresses[0]

    @staticmethod
    def _pool(scheme: str, host: str, peer: str, port: int | None) -> urllib3.HTTPConnectionPool:
        if scheme == "http":
            return urllib3.HTTPConnectionPool(peer, port or 80, maxsize=1)
        return urllib3.HTTPSConnectionPool(
            peer,
            port or 443,
            maxsize=1,
            server_hostname=host,
            assert_hostname=host,
            ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )


def _headers(netloc: str) -> dict[str, str]:
    return {
        "Host": netloc,
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
        "Accept-Language": "fr,en;q=0.7",
        "Accept-Encoding": "gzip, deflate",
    }


def _page(url: str, status: int, headers: Mapping[str, str], body: bytes) -> Page:
    if status >= 400 or status < 200:
        raise ServerSaid(url=url, status=status)
    kind = headers.get("content-type", "")
    policy.check_page(url, kind, body[:512])
    return Page(url, body, policy.charset(kind), kind)
