"""A person with a home of her own, the host registered in it, and a small site to read."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

from tests.browsers.pages import PAGES
from veille.capture import register
from veille.capture.register import Where

ROOT: Final = Path(register.__file__).parents[2]
EXTENSION: Final = ROOT / "resources" / "extension"
PATIENCE: Final = 20.0


def awaited(check: Callable[[], Any], what: str, *, seen: Callable[[], object] = lambda: "") -> Any:
    """Ask again and again until the answer is true, and give it; fail after a while."""
    tick, end = threading.Event(), time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := check():
            return answer
        tick.wait(0.03)
    pytest.fail(f"never came: {what}; {seen()}")


def sentence(name: str, count: str = "") -> str:
    """Give a sentence of the extension, in the one language that every browser has."""
    told = json.loads((EXTENSION / "_locales/en/messages.json").read_text(encoding="utf-8"))
    words: str = told[name]["message"]
    return words.replace("$COUNT$", count)


@contextmanager
def away(path: Path) -> Iterator[None]:
    """Move something aside for a moment."""
    aside = path.rename(path.with_name(f"{path.name}.aside"))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        aside.rename(path)


@dataclass(frozen=True)
class Person:
    """Somebody whose browsers are connected.

    Attributes:
        home: the folder everything of hers is in.
        spool: where gestures arrive.
    """

    home: Path
    spool: Path

    def gesture(self) -> dict[str, Any]:
        """Wait for the one gesture that should have arrived, take it, and give it."""
        awaited(self.waiting, "a gesture in the spool")
        (path,) = self.waiting()
        told: dict[str, Any] = json.loads(path.read_bytes())
        path.unlink()
        assert list(self.spool.iterdir()) == []
        return told

    def waiting(self) -> list[Path]:
        return sorted(self.spool.glob("*.json"))


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    home = tmp_path_factory.mktemp("home")
    where = Where(
        home=home,
        folder=home / "profil à part",
        host=register.module_host(sys.executable),
        program=("veille",),
        spool=home / "profil à part" / "spool",
    )
    register.register(where)
    yield Person(home, where.spool)
    # A profile of a browser weighs tens of megabytes: none is left to pytest's own cleaning.
    awaited(lambda: _is_removed(home), "an empty place")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the pages on the loopback, and give their root."""

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, content = PAGES.get(self.path.partition("?")[0], ("text/plain", b"?"))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def running(command: Sequence[str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a browser with a home of its own; at the end it and all its children are gone."""
    program = shutil.which(command[0])
    assert program is not None
    dropped = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "DISPLAY", "WAYLAND_DISPLAY"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    # The launcher runs Python in isolation from the working folder: it is told where Veille is.
    env = {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "LANGUAGE": "en"}
    process = subprocess.Popen(
        [program, *command[1:]],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        awaited(lambda: not _is_alive(process.pid), "the end of the browser's children")


def _is_removed(home: Path) -> bool:
    """Remove a home; a reporter of crashes may still be putting a file in it, once."""
    shutil.rmtree(home, ignore_errors=True)
    return not home.exists()


def _is_alive(group: int) -> bool:
    """Tell whether a process of the group still runs; dead ones may wait for init to bury them."""
    with suppress(ProcessLookupError):
        os.killpg(group, 0)
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                state, _parent, its_group = stat.read_text().rpartition(")")[2].split()[:3]
                if int(its_group) == group and state != "Z":
                    return True
    return False
