"""Pages as the web serves them: each failure has its error, nothing recorded is lost."""

from __future__ import annotations

import gzip
import socket
import struct
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.conftest import Site
from veille.desk import clock
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.domain.errors import (
    EmptyInput,
    FileUnreadable,
    NotAPage,
    PrivateAddress,
    ServerSaid,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    UnknownFormat,
    Unreachable,
    VeilleError,
)
from veille.domain.views import Filter
from veille.fetch import client as clients
from veille.fetch import policy
from veille.fetch.client import Client
from veille.fetch.policy import Limits
from veille.sentences import clipping


def png(width: int = 1, height: int = 1, *, rows: bytes = b"") -> bytes:
    """Write a grey picture as a PNG file; ``rows`` for one that lies about its size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    drawn = zlib.compress(rows or (b"\x00" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", drawn) + chunk(b"IEND", b"")


PNG = png()


@pytest.fixture
def open_web(monkeypatch: pytest.MonkeyPatch, open_desk: Callable[..., Desk]) -> Desk:
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    return open_desk("web")


def test_a_page_its_clean_form_and_its_images_are_kept(
    open_web: Desk, site: Site, article_html: str
) -> None:
    site.page("/photos/quai.png", PNG, "image/png")
    url = site.page("/berges", article_html.encode())
    clipped = open_web.clip(url, ClipOptions(tags=("vélo",)))
    read = open_web.read(clipped.id)
    (capture,) = read.captures
    assert open_web.blob(capture.page) == article_html.encode()
    assert open_web.blob(capture.clean).decode() == read.html
    assert [open_web.blob(blob) for blob in capture.images.values()] == [PNG]
    assert capture.missing == ()
    assert read.row.tags == ("vélo",)
    assert open_web.pending() == []
    again = open_web.clip(f"{url}?utm_source=lettre&fbclid=1")
    assert again.duplicate_of == clipped.id
    assert open_web.count(Filter(kinds=("article",))) == 1


def test_one_undo_takes_back_a_whole_clip(open_web: Desk, site: Site, article_html: str) -> None:
    open_web.clip(site.page("/a", article_html.encode()))
    assert open_web.count(Filter()) == 1
    open_web.undo()
    assert open_web.count(Filter()) == 0


def test_title_and_address_are_there_before_the_page_is(open_web: Desk, site: Site) -> None:
    begun = open_web.begin_clip(site.url("/les-berges-rendues"))
    row = open_web.rows([begun.id])[0]
    assert row.title.startswith("Les berges rendues")
    assert row.verdict == "pending"
    assert [one.article for one in open_web.pending()] == [begun.id]


def test_a_page_that_failed_is_tried_again(open_web: Desk, site: Site, article_html: str) -> None:
    url = site.url("/later")
    with pytest.raises(ServerSaid):
        open_web.clip(url)
    (pending,) = open_web.pending()
    assert pending.problem == "ServerSaid"
    assert clipping.not_fetched(pending).startswith("The site answered with error 404 for http://")
    site.page("/later", article_html.encode())
    clipped = open_web.clip(url)
    assert clipped.duplicate_of == ""
    assert open_web.rows([clipped.id])[0].verdict == "complete"
    assert open_web.pending() == []


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "", "no-such-thing"])
def test_a_lying_charset_does_not_spoil_the_text(open_web: Desk, site: Site, declared: str) -> None:
    body = "<p>" + "Été comme hiver, la forêt où l'œuvre déjà mûrit. " * 12 + "</p>"
    page = f"<html lang=fr><head><title>Forêt</title></head><body><article>{body}</article></body></html>"
    kind = f"text/html; charset={declared}" if declared else "text/html"
    clipped = open_web.clip(site.page("/c", page.encode("cp1252"), kind))
    assert "forêt où l'œuvre déjà mûrit" in open_web.read(clipped.id).text


def refuse(site: Site, desk: Desk, url: str, error: type[VeilleError]) -> None:
    before = desk.count(Filter())
    with pytest.raises(error):
        desk.clip(url)
    assert desk.count(Filter()) == before + 1, "what was asked for is not forgotten"
    assert desk.verify().problems == ()


def test_what_is_no_page_is_said(open_web: Desk, site: Site) -> None:
    refuse(site, open_web, site.page("/f.zip", b"PK", "application/zip"), NotAPage)
    refuse(site, open_web, site.url("/nothing"), ServerSaid)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    refuse(site, open_web, f"http://127.0.0.1:{port}/", Unreachable)
    refuse(site, open_web, "http://no-such-host.invalid/", Unreachable)


def test_endless_redirects_end(open_web: Desk, site: Site) -> None:
    site.redirect("/b", site.url("/a"))
    refuse(site, open_web, site.redirect("/a", site.url("/b")), TooManyRedirects)
    assert len(site.seen) <= Limits().redirects + 1


def test_sixty_megabytes_are_too_much_announced_or_not_or_zipped(
    open_web: Desk, site: Site
) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        for _chunk in range(60 * 16):
            request.wfile.write(b"x" * 65_536)

    def zipped(request: BaseHTTPRequestHandler) -> None:
        body = gzip.compress(b"x" * 60_000_000)
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Encoding", "gzip")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def announced(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", "60000000")
        request.end_headers()

    for path, route in (("/e", endless), ("/z", zipped), ("/n", announced)):
        site.routes[path] = route
        refuse(site, open_web, site.url(path), TooLarge)


def test_a_site_that_drips_is_left(site: Site) -> None:
    import threading

    done = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while not done.wait(0.05):
            request.wfile.write(b"x")
            request.wfile.flush()

    site.routes["/d"] = drip
    slow = Client(Limits(seconds=0.4, allow_private=True), clock=clock.seconds)
    started = clock.seconds()
    with pytest.raises(TooSlow):
        slow.page(site.url("/d"))
    done.set()
    assert clock.seconds() - started < 5


def test_a_private_address_is_refused_at_once_and_behind_a_redirect(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PrivateAddress):
        desk.clip(site.page("/a", b"<p>x</p>"))
    assert site.seen == [], "not a byte was sent"
    # The first host stands for the Internet; the second one is inside.
    monkeypatch.setattr(policy, "may_connect", lambda address, _limits: address == "127.0.0.1")
    inside = site.redirect("/out", f"http://127.0.0.2:{site.port}/secret")
    with pytest.raises(PrivateAddress):
        desk.clip(inside)
    assert site.seen == ["/out"]


def test_a_name_that_is_half_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(*_args: object, **_more: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", ("93.184.216.34", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]

    monkeypatch.setattr(clients.socket, "getaddrinfo", half)
    with pytest.raises(PrivateAddress):
        Client(Limits(), clock=clock.seconds).page("http://site.example/")


def test_unreadable_encodings_of_the_transfer_are_said(open_web: Desk, site: Site) -> None:
    def broken(request: BaseHTTPRequestHandler) -> None:
        body = zlib.compress(b"<p>x</p>")[:-4] + b"????"
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Encoding", "gzip")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    site.routes["/g"] = broken
    refuse(site, open_web, site.url("/g"), Unreachable)


def test_files_and_input_that_hold_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        desk.clip(str(tmp_path / "absent.html"))
    (tmp_path / "x.exe").write_bytes(b"MZ")
    with pytest.raises(UnknownFormat):
        desk.clip(str(tmp_path / "x.exe"))
    with pytest.raises(EmptyInput):
        desk.clip("-", stdin=b" \n")
    for odd in (b"\x00\x01\x02", b"a\x00b", b"\xff\xfe\x00", b"<html><body>\x0b bonjour</body></html>",
                b"<div>" * 20_000, b"x" * 300_000):  # fmt: skip
        desk.clip("-", stdin=odd)
    desk.drain()
    assert desk.verify().problems == ()


def test_what_goes_out_goes_through_the_system_s_proxy(
    site: Site, monkeypatch: pytest.MonkeyPatch, article_html: str
) -> None:
    for name in ("no_proxy", "NO_PROXY", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{site.port}")
    site.page("http://news.invalid/a", article_html.encode())
    page = Client(Limits(), clock=clock.seconds).page("http://news.invalid/a")
    assert page is not None
    assert page.body == article_html.encode()
    assert site.seen == ["http://news.invalid/a"], "the proxy resolves the name, not we"
    with pytest.raises(PrivateAddress):
        Client(Limits(), clock=clock.seconds).page("http://10.0.0.1/")


def test_one_request_at_a_time_for_each_host() -> None:
    from veille.fetch.pace import Pace

    ticks = iter(range(100))
    pace = Pace(clock=lambda: float(next(ticks)))
    inside: list[str] = []
    with pace.turn("a.example", gap=0.0):
        inside.append("a")
        with pace.turn("b.example", gap=0.0):
            inside.append("b")
        assert pace._hosts["a.example"].lock.locked()
        assert not pace._hosts["b.example"].lock.locked()
    assert inside == ["a", "b"]
    assert not pace._hosts["a.example"].lock.locked()
