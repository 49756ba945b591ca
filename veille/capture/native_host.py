"""The other end of the browser's extension: one message in, one file in the spool, one answer.

Started by the browser (``python -m veille.capture.native_host --spool DIR``), never by Veille.
Native messaging: a length of four bytes in the machine's order, then JSON in UTF-8. Standard
library only, and little of it: the browser waits. Nothing is believed of what comes in.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import struct
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, Final

VERSION: Final = 1
LARGEST: Final = 64 * 1024 * 1024
GESTURES: Final = frozenset({"page", "selection", "quote"})
_LONGEST_ADDRESS: Final = 4_000
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def serve(stdin: BinaryIO, stdout: BinaryIO, *, spool: Path) -> None:
    """Answer messages until the browser closes the pipe, or sends half a message."""
    while head := stdin.read(4):
        if len(head) < 4:
            return
        (size,) = struct.unpack("=I", head)
        if size > LARGEST:
            _skip(stdin, size)
            _answer(stdout, {"ok": False, "error": "TooLarge"})
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
        message = None
    if not isinstance(message, dict):
        return {"ok": False, "error": "BadMessage"}
    if message.get("gesture") == "ping":
        return {"ok": True, "version": VERSION}
    if not _makes_sense(message):
        return {"ok": False, "error": "BadMessage"}
    try:
        return {"ok": True, "id": _keep(data, spool)}
    except OSError as problem:
        full = problem.errno in _FULL
        return {"ok": False, "error": "SpoolFull" if full else "SpoolUnwritable"}


def _makes_sense(message: dict[str, Any]) -> bool:
    url, page = message.get("url"), message.get("html")
    return (
        message.get("gesture") in GESTURES
        and isinstance(url, str)
        and url.startswith(("http://", "https://"))
        and len(url) <= _LONGEST_ADDRESS
        and isinstance(page, str)
        and isinstance(message.get("selection") or {}, dict)
    )


def _keep(data: bytes, spool: Path) -> str:
    """Write a file that is there whole, or not at all."""
    spool.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns() // 1_000_000}-{secrets.token_hex(8)}.json"
    draft = spool / f"{name}.new"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(spool / name)
    return name.removesuffix(".json")


def _skip(stdin: BinaryIO, size: int) -> None:
    while size > 0 and (chunk := stdin.read(min(size, 1 << 20))):
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
    serve(sys.stdin.buffer, sys.stdout.buffer, spool=spool)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
