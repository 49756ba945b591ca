"""What every test may ask for: profiles with a clock of their own, a local web site, the assets."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from veille.cli import context
from veille.desk import paths
from veille.desk.desk import Desk
from veille.sentences import catalogue

# As ``veille.__main__`` has it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ASSETS = Path(__file__).resolve().parents[2] / "shared" / "assets"


class Clock:
    """A wall that advances one second a look, and can be set wrong."""

    def __init__(self, start: int = 1_795_000_000_000) -> None:
        self.ms = start

    def __call__(self) -> int:
        self.ms += 1_000
        return self.ms


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VEILLE_PROFILE", raising=False)
    monkeypatch.delenv("VEILLE_ALLOW_PRIVATE", raising=False)
    # A command that ran in this process leaves its options behind.
    monkeypatch.setattr(context.settings, "profile", None)
    monkeypatch.setattr(context.settings, "as_json", False)
    catalogue.use("en", paths.resources() / "i18n")


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def make(name: str = "a", clock: Clock | None = None) -> Desk:
        desk = Desk.open(str(tmp_path / name), now=clock or Clock())
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def share_folder(tmp_path: Path) -> Iterator[Path]:
    """Give an empty folder to share: here, or on the drive that VEILLE_TEST_SHARE names."""
    drive = os.environ.get("VEILLE_TEST_SHARE")
    if not drive:
        (tmp_path / "share").mkdir()
        yield tmp_path / "share"
        return
    with tempfile.TemporaryDirectory(dir=drive, ignore_cleanup_errors=True) as made:
        (Path(made) / "share").mkdir()
        yield Path(made) / "share"


@pytest.fixture
def assets() -> Path:
    if not ASSETS.is_dir():
        pytest.skip("the shared test assets are not beside this checkout")
    return ASSETS


Route = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A web site on this machine; routes are functions of the request handler."""

    def __init__(self, port: int, routes: dict[str, Route], seen: list[str]) -> None:
        self.port, self.routes, self.seen = port, routes, seen

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8") -> str:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", content_type)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.routes[path] = answer
        return self.url(path)

    def redirect(self, path: str, target: str) -> str:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(302)
            request.send_header("Location", target)
            request.send_header("Content-Length", "0")
            request.end_headers()

        self.routes[path] = answer
        return self.url(path)


@pytest.fixture
def site() -> Iterator[Site]:
    routes: dict[str, Route] = {}
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            seen.append(self.path)
            if path in routes:
                try:
                    routes[path](self)
                except OSError:
                    self.close_connection = True
            else:
                self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(server.server_address[1], routes, seen)
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def article_html() -> str:
    return (Path(__file__).parent / "data" / "article.html").read_text(encoding="utf-8")
