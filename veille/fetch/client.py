"""The only place that speaks HTTP: honest name, no cookies, addresses checked, sizes bounded.

Every host is resolved here and the connection made to the address that was checked, so that a
name that points to the local network, at once or after a redirect, is refused before a byte is
sent. Certificates are those of the system (truststore): public bodies inspect their traffic, and
what goes out through their proxy does so as the system says (``fetch/proxy``).
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
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
from veille.fetch import policy, proxy
from veille.fetch.pace import Pace
from veille.fetch.policy import Limits

USER_AGENT: Final = "Veille/0.1 (press watch; reads the pages and feeds a person asked for)"
_CHUNK: Final = 64 * 1024
_STEP_SECONDS: Final = 10.0
# Seconds between two pages of one host.
PAGE_GAP: Final = 0.5
_PAGES: Final = "text/html,application/xhtml+xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5"
_FEEDS: Final = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,"
    "text/xml;q=0.9,*/*;q=0.5"
)
_IMAGES: Final = "image/webp,image/png,image/jpeg,image/gif;q=0.9,*/*;q=0.5"


_FOR_GOOD: Final = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class _Hop:
    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came.

    Attributes:
        url: where redirects led.
        state: how the site names this version: ``etag``, ``modified``; to ask again with.
    """

    url: str
    body: bytes
    charset: str
    content_type: str
    state: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said when it was asked for a feed, whatever it said.

    Attributes:
        status: of HTTP; 304 when nothing changed.
        url: where redirects led.
        moved: where the site says that the feed lives for good, "" when it did not move.
        wait: seconds during which it asks to be left alone, 0 for none said.
    """

    status: int
    url: str
    body: bytes
    content_type: str
    state: Mapping[str, str] = field(default_factory=dict)
    moved: str = ""
    wait: int = 0


class Client:
    """Fetches pages and images.

    Args:
        limits: how much is too much.
        clock: gives monotonic seconds.
        pace: whose turn it is, shared by all clients of a program.
    """

    def __init__(
        self, limits: Limits, *, clock: Callable[[], float], pace: Pace | None = None
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._pace = pace or Pace(clock=clock)

    def page(self, url: str, *, state: Mapping[str, str] | None = None) -> Page | None:
        """Fetch a page; None when the site says that it is still in the ``state`` given.

        Raises the errors of ``domain.errors.FetchError`` and BadAddress.
        """
        started = self._clock()
        asked = _conditions(state or {})
        hops, status, headers, body = self._follow(
            url, self._limits.page_bytes, started, asked=asked
        )
        if status == 304 and asked:
            return None
        return _page(hops[-1].url, status, headers, body)

    def feed(self, url: str, *, state: Mapping[str, str] | None = None) -> Answer:
        """Ask for a feed, unless it is still in the ``state`` given.

        An HTTP error is an answer. Raises the other errors of ``domain.errors.FetchError``, and
        BadAddress.
        """
        hops, status, headers, body = self._follow(
            url, self._limits.page_bytes, self._clock(), asked=_conditions(state or {}),
            kinds=_FEEDS,
        )  # fmt: skip
        return Answer(
            status=status,
            url=hops[-1].url,
            body=body if status == 200 else b"",
            content_type=headers.get("content-type", ""),
            state=_state(headers),
            moved=_moved(hops),
            wait=policy.wait(headers.get("retry-after", "")),
        )

    def images(self, urls: Sequence[str], *, budget: int) -> Iterator[tuple[str, bytes]]:
        """Fetch the images of a page, one by one, within a budget in bytes.

        What cannot be had is passed over.
        """
        started = self._clock()
        silent: set[str] = set()
        for url in urls:
            host = urlsplit(url).netloc
            limit = min(self._limits.image_bytes, budget)
            if limit <= 0 or host in silent:
                continue
            try:
                _hops, status, _headers, data = self._follow(
                    url, limit, started, kinds=_IMAGES, gap=0.0
                )
            except (Unreachable, TooSlow):
                # One silence is enough: the other images of that host would wait as long.
                silent.add(host)
                continue
            except VeilleError:
                continue
            if status == 200 and policy.image_kind(data):
                budget -= len(data)
                yield url, data

    def _follow(
        self,
        url: str,
        limit: int,
        started: float,
        *,
        asked: Mapping[str, str] | None = None,
        kinds: str = _PAGES,
        gap: float = PAGE_GAP,
    ) -> tuple[list[_Hop], int, Mapping[str, str], bytes]:
        """Ask for an address and go where it sends us; gives the way, the last stop included."""
        address = web_address(url)
        way: list[_Hop] = []
        for hops in range(self._limits.redirects + 1):
            host = urlsplit(address).hostname or ""
            with self._pace.turn(host, gap=gap, patient=hops == 0 and gap > 0):
                status, headers, body = self._get(
                    address, limit, started, {"Accept": kinds, **(asked or {})}
                )
            way.append(_Hop(address, status))
            onward = policy.next_address(
                address, status, headers.get("location", ""), hops, self._limits
            )
            if not onward:
                return way, status, headers, body
            address = onward
        raise AssertionError  # next_address raises first

    def _get(
        self, url: str, limit: int, started: float, asked: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes]:
        parts = urlsplit(url)
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        pool = self._pool(url)
        try:
            response = pool.urlopen(
                "GET",
                url if pool.proxy is not None and parts.scheme == "http" else target,
                headers={**_headers(parts.netloc), **asked},
                redirect=False,
                # Through a proxy the whole address is asked for, of the proxy.
                assert_same_host=False,
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

    def _pool(self, url: str) -> urllib3.HTTPConnectionPool:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        through = proxy.of(parts.scheme, host)
        if through:
            self._check_name(url, host)
            context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            manager = urllib3.ProxyManager(through, ssl_context=context, maxsize=1)
            return manager.connection_from_host(host, port, scheme=parts.scheme)
        peer = self._checked(url, host, port or (443 if parts.scheme == "https" else 80))
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(peer, port or 80, maxsize=1)
        return urllib3.HTTPSConnectionPool(
            peer,
            port or 443,
            maxsize=1,
            server_hostname=host,
            assert_hostname=host,
            ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )

    def _checked(self, url: str, host: str, port: int) -> str:
        """Give the address to connect to. Raises Unreachable, PrivateAddress."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise Unreachable(url=url) from problem
        addresses = [str(one[4][0]) for one in found]
        # All of them: a host that is half inside is not to be trusted.
        if not addresses or not all(policy.may_connect(one, self._limits) for one in addresses):
            raise PrivateAddress(url=url, host=host)
        return addresses[0]

    def _check_name(self, url: str, host: str) -> None:
        """Refuse a name of inside that the proxy would resolve for us; it may know more names."""
        try:
            self._checked(url, host, 443)
        except Unreachable:
            return


def _moved(hops: Sequence[_Hop]) -> str:
    """Give where an unbroken chain of permanent redirects leads, "" for nowhere."""
    last = ""
    for hop, onward in pairwise(hops):
        if hop.status not in _FOR_GOOD:
            break
        last = onward.url
    return last


def _headers(netloc: str) -> dict[str, str]:
    return {
        "Host": netloc,
        "User-Agent": USER_AGENT,
        "Accept-Language": "fr,en;q=0.7",
        "Accept-Encoding": "gzip, deflate",
    }


def _conditions(state: Mapping[str, str]) -> dict[str, str]:
    """Ask only for what changed since. Header values that no site could have sent are left out."""
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    return {
        header: value
        for name, header in names.items()
        if (value := state.get(name, "")) and value.isascii() and value.isprintable()
    }


def _page(url: str, status: int, headers: Mapping[str, str], body: bytes) -> Page:
    if status >= 300 or status < 200:
        raise ServerSaid(url=url, status=status)
    kind = headers.get("content-type", "")
    policy.check_page(url, kind, body[:512])
    kind = "application/pdf" if body[:1024].lstrip().startswith(b"%PDF-") else kind
    return Page(url, body, policy.charset(kind), kind, _state(headers))


def _state(headers: Mapping[str, str]) -> dict[str, str]:
    """Give how the site names this version of what it sent."""
    named = (("etag", "etag"), ("modified", "last-modified"))
    return {name: headers[header][:500] for name, header in named if headers.get(header)}
