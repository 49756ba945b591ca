"""What mails and web archives have in common: parts, charsets, names; bounded, never trusted."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from typing import Final

from veille.domain.errors import FileUnreadable
from veille.domain.text import CONTROLS, collapse

_MOST: Final = 2_000
_DEEP: Final = 20
# The library compares every line with every boundary that is open: lines times depth is its cost.
_DEEPEST: Final = 40
_COST: Final = 20_000_000
_BOUNDARY: Final = re.compile(
    rb"boundary(?:\*\d{0,3}\*?)?[ \t]*=[ \t]*\"?([^\"\s;]{1,200})|^--([^\r\n]{1,210})",
    re.IGNORECASE | re.MULTILINE,
)
# It also counts quotes anew at each semicolon of these two.
_FIELD: Final = re.compile(
    rb"^content-(?:type|disposition):[^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_FIELD: Final = 2_500
_MOST_PARAMETERS: Final = 100
_LONGEST: Final = 4_000
_CHARSET: Final = re.compile(r"[A-Za-z0-9_:.+-]{2,40}")


def parse(data: bytes) -> Message:
    """Read a MIME message. Raises FileUnreadable, also for one that is made to take for ever."""
    if not _is_sane(data):
        raise FileUnreadable(path="message")
    try:
        # The old policy never raises on headers that are wrong, and mails are full of them.
        return message_from_bytes(data, policy=policy.compat32)
    except (MessageError, ValueError, RecursionError, TypeError, LookupError) as problem:
        raise FileUnreadable(path="message") from problem


def _is_sane(data: bytes) -> bool:
    for field in _FIELD.finditer(data):
        if len(field[0]) > _LONGEST_FIELD or field[0].count(b";") > _MOST_PARAMETERS:
            return False
    depth = _depth(data)
    return depth <= _DEEPEST and depth * data.count(b"\n") <= _COST


def _depth(data: bytes) -> int:
    """Count how many boundaries are open at once, without parsing anything."""
    waiting: list[bytes] = []
    deepest = 0
    for match in _BOUNDARY.finditer(data):
        if match[1] is not None:
            waiting.append(match[1])
            deepest = max(deepest, len(waiting))
            if deepest > _DEEPEST:
                break
            continue
        name = match[2].rstrip()
        if name in waiting:
            del waiting[waiting.index(name) + 1 :]
        elif name.endswith(b"--") and name[:-2] in waiting:
            del waiting[waiting.index(name[:-2]) :]
    return deepest


def parts(message: Message) -> Iterator[Message]:
    """Give the parts of a message that hold something, in order; messages inside stay whole."""
    waiting: deque[tuple[Message, int]] = deque([(message, _DEEP)])
    given = 0
    while waiting and given < _MOST:
        one, left = waiting.popleft()
        if one.get_content_type() == "message/rfc822" or not one.is_multipart():
            given += 1
            yield one
        elif left > 0:
            waiting.extendleft((child, left - 1) for child in reversed(children(one)[:_MOST]))


def children(part: Message) -> list[Message]:
    """Give what a part is made of; empty for one that holds its content itself.

    Its payload is not asked for otherwise: the library decodes it, with whatever charset it names.
    """
    inside = part.get_payload() if part.is_multipart() else []
    return [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []


def content(part: Message) -> bytes:
    """Give the bytes of a part, decoded; b"" when they make no sense."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, TypeError):
        return b""
    return found if isinstance(found, bytes) else b""


def charset(part: Message) -> str:
    """Give the charset a part declares, "" for none."""
    try:
        told = part.get_content_charset("")
    except (ValueError, LookupError, TypeError):
        return ""
    name = str(told or "")[:40]
    return name if _CHARSET.fullmatch(name) else ""


def filename(part: Message) -> str:
    """Give the name a part declares for a file, without any folder; "" for none."""
    try:
        told = str(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""
    name = _text(told[:_LONGEST].encode("utf-8", "surrogateescape"), "utf-8")
    return collapse(re.split(r"[/\\]", name)[-1])[:300]


def parameter(part: Message, name: str) -> str:
    """Give a parameter of the content type, "" for none."""
    try:
        return str(part.get_param(name) or "")
    except (ValueError, LookupError, TypeError):
        return ""


def is_attached(part: Message) -> bool:
    """Tell a part that is a file of its own from one that is shown."""
    return str(part.get("Content-Disposition") or "").lower().lstrip().startswith("attachment")


def header(message: Message, name: str) -> str:
    """Give a header as a person reads it; "" when it is not there."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), None)
    if raw is None:
        return ""
    # Bytes beyond ASCII that no standard allows, and many programs write.
    told = _text(raw[:_LONGEST].encode("utf-8", "surrogateescape"), "utf-8")
    try:
        pieces = decode_header(told)
    except (HeaderParseError, ValueError, LookupError):
        return collapse(told)[:2_000]
    return collapse("".join(_text(piece, encoding) for piece, encoding in pieces))[:2_000]


def _text(piece: bytes | str, encoding: str | None) -> str:
    if isinstance(piece, str):
        return piece.translate(CONTROLS)
    for name in (encoding, "utf-8", "cp1252"):
        try:
            return piece.decode(name or "utf-8").translate(CONTROLS)
        except (LookupError, ValueError):
            continue
    return piece.decode("latin-1").translate(CONTROLS)


def identity(part: Message) -> str:
    """Give the ``cid:`` address of a part, "" when it has none."""
    told = str(part.get("Content-ID") or "").strip().strip("<>")[:_LONGEST]
    return f"cid:{told}" if told else ""
