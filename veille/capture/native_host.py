"""The other end of the browser's extension: one message in, one file in the spool, one answer.

Started by the browser (``python -P -m veille.capture.native_host --spool DIR``), never by Veille.
Native messaging: a length of four bytes in the machine's order, then JSON in UTF-8. Standard
library only, and little of it: the browser waits. Nothing is believed of what comes in: what is
kept has these fields, of these types, no longer than this, and is written anew.
"""

from __future__ import annotations

import errno
import json
import os
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

VERSION: Final = 1
LARGEST: Final = 64 * 1024 * 1024
GESTURES: Final = frozenset({"page", "selection", "quote"})
# Words that say more than one can be too long to be cut: an address is refused, a title is cut.
_LONGEST_ADDRESS: Final = 4_000
_CUT: Final = {"title": 2_000, "lang": 40, "captured_at": 40, "referrer": _LONGEST_ADDRESS}
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_CHUNK: Final = 1 << 20


def serve(stdin: BinaryIO, stdout: BinaryIO, *, spool: Path) -> None:
    """Answer messages until the browser closes the pipe, or sends half a message."""
    while len(head := stdin.read(4)) == 4:
        (size,) = struct.unpack("=I", head)
        if size > LARGEST:
            _skip(stdin, size)
            _answer(stdout, _refusal("TooLarge"))
            continue
        data = stdin.read(size)
        if len(data) < size:
            return
        _answer(stdout, handled(data, spool=spool))


def handled(data: bytes, *, spool: Path) -> dict[str, Any]:
    """Do what one message asks, and give the answer."""
    try:
        message = json.loads(data)
    except (ValueError, RecursionError):
        return _refusal("BadMessage")
    if not isinstance(message, dict):
        return _refusal("BadMessage")
    if message.get("gesture") == "ping":
        return {"ok": True, "version": VERSION}
    kept = _understood(message)
    if kept is None:
        return _refusal("BadMessage")
    try:
        return {"ok": True, "id": _keep(kept, spool)}
    except OSError as problem:
        return _refusal("SpoolFull" if problem.errno in _FULL else "SpoolUnwritable")


def _refusal(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}


def _understood(message: dict[str, Any]) -> dict[str, Any] | None:
    """Give the known fields of a message, checked; None when it makes no sense."""
    gesture, url, page = (message.get(name) for name in ("gesture", "url", "html"))
    if not isinstance(gesture, str) or gesture not in GESTURES:
        return None
    if not _is_address(url) or not isinstance(page, str):
        return None
    selection = message.get("selection") or {}
    if not isinstance(selection, dict) or not all(isinstance(v, str) for v in selection.values()):
        return None
    words = {name: selection.get(name, "") for name in ("html", "text")}
    if gesture != "page" and not any(words.values()):
        return None
    cut = {name: _text(message.get(name))[:length] for name, length in _CUT.items()}
    return {"v": VERSION, "gesture": gesture, "url": url, **cut, "html": page, "selection": words}


def _is_address(url: object) -> bool:
    return (
        isinstance(url, str)
        and url.startswith(("http://", "https://"))
        and len(url) <= _LONGEST_ADDRESS
        and url.isprintable()
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _keep(message: dict[str, Any], spool: Path) -> str:
    """Write a file that is there whole, or not at all."""
    # Half a character is no text: readers of the spool get UTF-8 that is well-formed.
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{time.time_ns() // 1_000_000}-{os.urandom(8).hex()}.json"
    draft = spool / f"{name}.new"
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(spool / name)
    except OSError:
        # On a full disk the draft is what fills it.
        with suppress(OSError):
            draft.unlink()
        raise
    _settle(spool)
    return name


def _settle(folder: Path) -> None:
    """Have the new name survive a power cut, where a folder can be told to (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _skip(stdin: BinaryIO, size: int) -> None:
    while size > 0 and (chunk := stdin.read(min(size, _CHUNK))):
        size -= len(chunk)


def _answer(stdout: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode()
    stdout.write(struct.pack("=I", len(data)) + data)
    stdout.flush()


def main(arguments: list[str]) -> int:
    """Serve the browser that started us; what else it says on the command line is passed over."""
    if "--spool" not in arguments[:-1]:
        return 2
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(sys.stdin.fileno(), os.O_BINARY)
        msvcrt.setmode(sys.stdout.fileno(), os.O_BINARY)
    spool = Path(arguments[arguments.index("--spool") + 1])
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer, spool=spool)
    except BrokenPipeError:
        # The browser left before the answer: what was kept is kept.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
