"""The host as browsers run it: a process of its own, spoken to through its pipes."""

from __future__ import annotations

import io
import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import pytest

from veille.capture import native_host, register
from veille.capture.native_host import LARGEST

_ROOT: Final = Path(native_host.__file__).parents[2]
_PAGE: Final[dict[str, Any]] = {
    "v": 1,
    "gesture": "page",
    "url": "https://exemple.fr/a",
    "title": "Été à l’œuvre",
    "html": "<p>Bonjour 🙂</p>",
    "lang": "fr",
    "captured_at": "2026-11-26T10:00:00.000Z",
    "referrer": "",
}


def frame(message: object) -> bytes:
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    return struct.pack("=I", len(data)) + data


@contextmanager
def host(spool: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start the host as a browser does, which adds words of its own to the command."""
    command = [*register.module_host(sys.executable), "--spool", str(spool)]
    extra = ["chrome-extension://abcdefghijklmnop/", "--parent-window=0"]
    with subprocess.Popen(
        [*command, *extra],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def asked(spool: Path, *frames: bytes) -> list[dict[str, Any]]:
    """Say everything, close the pipe, and give all answers."""
    with host(spool) as process:
        out, _ = process.communicate(b"".join(frames), timeout=60)
        assert process.returncode == 0
    return list(answers(io.BytesIO(out)))


def answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    while head := stream.read(4):
        yield json.loads(stream.read(struct.unpack("=I", head)[0]))


def kept(spool: Path) -> list[dict[str, Any]]:
    return [json.loads(one.read_bytes()) for one in sorted(spool.iterdir())]


def test_a_page_is_kept_whole(tmp_path: Path) -> None:
    spool = tmp_path / "made" / "on the way"
    (answer,) = asked(spool, frame(_PAGE))
    assert answer["ok"] is True
    (path,) = spool.iterdir()
    assert path.name == answer["id"]
    assert json.loads(path.read_bytes()) == {**_PAGE, "selection": {"html": "", "text": ""}}


def test_several_messages_and_a_ping(tmp_path: Path) -> None:
    quote = {**_PAGE, "gesture": "quote", "selection": {"html": "", "text": "Bonjour"}}
    told = asked(tmp_path, frame({"gesture": "ping"}), frame(_PAGE), frame(b"{"), frame(quote))
    assert told[0] == {"ok": True, "version": 1}
    assert [one["ok"] for one in told] == [True, True, False, True]
    assert {one["gesture"] for one in kept(tmp_path)} == {"page", "quote"}


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff\xfe\x00",
        b"{",
        b"[" * 200_000,
        b'{"gesture": ' + b"9" * 10_000 + b"}",
        [],
        {},
        {**_PAGE, "gesture": "erase"},
        {**_PAGE, "gesture": ["page"]},
        {**_PAGE, "url": "file:///etc/passwd"},
        {**_PAGE, "url": "javascript:alert(1)"},
        {**_PAGE, "url": "https://exemple.fr/\r\nX: y"},
        {**_PAGE, "url": "https://exemple.fr/" + "a" * 4_000},
        {**_PAGE, "url": None},
        {**_PAGE, "html": {"a": 1}},
        {**_PAGE, "selection": "words"},
        {**_PAGE, "selection": {"text": 3}},
        {**_PAGE, "gesture": "quote"},
        {**_PAGE, "gesture": "selection", "selection": {"html": "", "text": ""}},
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, message: object) -> None:
    told = asked(tmp_path / "spool", frame(message), frame({"gesture": "ping"}))
    assert told == [{"ok": False, "error": "BadMessage"}, {"ok": True, "version": 1}]
    assert not (tmp_path / "spool").exists()


def test_hostile_fields_are_cut_or_dropped(tmp_path: Path) -> None:
    hostile = {
        **_PAGE,
        "title": "t" * 1_000_000,
        "lang": ["fr"],
        "html": "<p>\ud800</p>",
        "path": "../../etc/passwd",
        "selection": {"text": "x", "html": "", "more": "y"},
    }
    (answer,) = asked(tmp_path, frame(hostile))
    assert answer["ok"] is True
    (told,) = kept(tmp_path)
    assert len(told["title"]) == 2_000
    assert told["lang"] == ""
    assert told["html"] == "<p>?</p>"
    assert told["selection"] == {"html": "", "text": "x"}
    assert "path" not in told


def test_a_message_too_large_is_passed_over(tmp_path: Path) -> None:
    size = LARGEST + 1
    told = asked(tmp_path, struct.pack("=I", size) + bytes(size), frame(_PAGE))
    assert told[0] == {"ok": False, "error": "TooLarge"}
    assert told[1]["ok"] is True


@pytest.mark.parametrize("torn", [b"\x05", frame(_PAGE)[:-1], struct.pack("=I", 9)])
def test_a_torn_message_leaves_nothing_and_has_no_answer(tmp_path: Path, torn: bytes) -> None:
    assert asked(tmp_path / "spool", torn) == []
    assert not (tmp_path / "spool").exists()


def test_the_folder_where_the_browser_runs_is_not_searched(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    done = subprocess.run(
        [*register.module_host(sys.executable), "--spool", str(tmp_path / "spool")],
        input=frame({"gesture": "ping"}),
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        check=True,
    )
    assert list(answers(io.BytesIO(done.stdout))) == [{"ok": True, "version": 1}]


def test_a_spool_that_cannot_be_written(tmp_path: Path) -> None:
    spool = tmp_path / "file"
    spool.write_text("in the way")
    assert asked(spool, frame(_PAGE)) == [{"ok": False, "error": "SpoolUnwritable"}]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def full(self: Path, mode: str = "r") -> Any:
        real(self, mode).close()
        return Path("/dev/full").open("wb") if self.suffix == ".new" else real(self, mode)

    monkeypatch.setattr(Path, "open", full)
    out = io.BytesIO()
    native_host.serve(io.BytesIO(frame(_PAGE)), out, spool=tmp_path)
    out.seek(0)
    assert list(answers(out)) == [{"ok": False, "error": "SpoolFull"}]
    assert list(tmp_path.iterdir()) == []


def test_the_answer_comes_before_the_pipe_is_closed(tmp_path: Path) -> None:
    with host(tmp_path) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(frame(_PAGE))
        process.stdin.flush()
        assert next(answers(process.stdout))["ok"] is True
        assert len(kept(tmp_path)) == 1


@pytest.mark.slow
def test_killed_at_any_instant_it_leaves_no_half_file(tmp_path: Path) -> None:
    """Kills before, in the middle of and after the writing: all three were seen to happen."""
    page = {**_PAGE, "html": "a" * 8_000_000}
    message, seen = frame(page), set()
    for turn in range(90):
        spool = tmp_path / str(turn)
        with host(spool) as process:
            assert process.stdin is not None
            process.stdin.write(message)
            process.stdin.flush()
            _wait(spool, suffix=("", ".new", ".json")[turn % 3])
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=20)
        files = list(spool.iterdir()) if spool.exists() else []
        for path in [one for one in files if one.suffix == ".json"]:
            assert json.loads(path.read_bytes())["html"] == page["html"]
        seen |= {one.suffix for one in files} or {"nothing"}
        if seen == {"nothing", ".new", ".json"}:
            return
    pytest.fail(f"only seen: {seen}")


def _wait(spool: Path, *, suffix: str) -> None:
    """Look, without a pause, until a file of that kind is seen."""
    for _look in range(1_000_000):
        if not suffix or any(spool.glob(f"*{suffix}")):
            return


def test_without_a_spool_it_does_not_start() -> None:
    assert native_host.main(["chrome-extension://abc/"]) == 2


def test_it_starts_at_once() -> None:
    """The browser waits for it: a few of the standard library's modules, none of ours but it."""
    program = (
        "import sys; before = set(sys.modules); import veille.capture.native_host;"
        "print(*sorted(m for m in set(sys.modules) - before if '.' not in m or 'veille' in m))"
    )
    env = {**os.environ, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env
    )
    loaded = set(done.stdout.split())
    assert {one for one in loaded if one.startswith("veille")} == {
        "veille",
        "veille.capture",
        "veille.capture.native_host",
    }
    assert not loaded & {"socket", "subprocess", "sqlite3", "logging", "asyncio", "PySide6"}
