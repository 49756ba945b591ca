"""Many pages at once: fetched a few at a time, without a word for each, gone on with after a stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import Site
from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.ui.main_window import MainWindow

PAGES = 7


@pytest.fixture
def desk(open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Open a desk at the hour of the worker, which is another process, on a network of its own."""
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    return open_desk(clock=clock.now_ms)


class Counting:
    """A route that tells how many requests were answered at once, at most."""

    def __init__(self, body: bytes) -> None:
        self._body, self._now, self.most = body, 0, 0
        self._lock = threading.Lock()

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        number = request.path.rpartition("-")[2].encode()
        request.send_response(200)
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.end_headers()
        request.wfile.write(self._body.replace(b"</article>", b"<p>%s</p></article>" % number))
        with self._lock:
            self._now -= 1


def test_what_a_stop_left_behind_is_gone_on_with_quietly(
    desk: Desk, window: MainWindow, qtbot: QtBot, site: Site, article_html: str
) -> None:
    route = Counting(article_html.encode())
    for number in range(PAGES):
        site.routes[f"/page-{number}"] = route
        desk.begin_clip(site.url(f"/page-{number}"))
    said: list[str] = []
    window.bus.noticed.connect(lambda notice: said.append(notice.text))
    window.incoming.start()
    qtbot.waitUntil(lambda: not desk.pending(), timeout=40_000)
    assert 1 <= route.most <= 2, "what is clipped meanwhile finds threads that are free"
    assert said == []
    read = desk.rows(desk.ids(Filter(kinds=("article",))))
    assert {row.verdict for row in read} == {"complete"}


def test_a_page_that_fails_does_not_hold_up_the_others(
    desk: Desk, window: MainWindow, qtbot: QtBot, site: Site, article_html: str
) -> None:
    lost = [desk.begin_clip(site.url(f"/lost-{number}")).id for number in range(4)]
    good = desk.begin_clip(site.page("/good", article_html.encode())).id
    window.incoming.fetch_behind([*lost, good])
    qtbot.waitUntil(lambda: desk.rows([good])[0].verdict == "complete", timeout=40_000)
    assert {one.article for one in desk.pending()} == set(lost)
    assert {one.problem for one in desk.pending()} == {"ServerSaid"}
