"""What mails and web archives have in common: parts, charsets, names; bounded, never trusted."""

from __future__ import annotations

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


def parse(data: bytes) -> Message:
    """Read a MIME message. Raises FileUnreadable."""
    try:
        # The old policy never raises on headers that are wrong, and mails are full of them.
        return message_from_bytes(data, policy=policy.compat32)
    except (MessageError, ValueError, RecursionError, TypeError, LookupError) as problem:
        raise FileUnreadable(path="message") from problem


def parts(message: Message, *, depth: int = _DEEP) -> Iterator[Message]:
    """Give the parts of a message that hold something, in order; messages inside stay whole."""
    waiting: list[tuple[Message, int]] = [(message, depth)]
    given = 0
    while waiting and given < _MOST:
        one, left = waiting.pop(0)
        inside = one.get_payload()
        if one.get_content_type() == "message/rfc822" or not isinstance(inside, list):
            given += 1
            yield one
        elif left > 0:
            waiting = [
                (child, left - 1) for child in inside if isinstance(child, Message)
            ] + waiting


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
    return str(told or "")[:40]


def header(message: Message, name: str) -> str:
    """Give a header as a person reads it; "" when it is not there."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), None)
    if raw is None:
        return ""
    # Bytes beyond ASCII that no standard allows, and many programs write.
    told = _text(raw.encode("utf-8", "surrogateescape"), "utf-8")
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
        except (LookupError, UnicodeError):
            continue
    return piece.decode("latin-1").translate(CONTROLS)


def identity(part: Message) -> str:
    """Give the ``cid:`` address of a part, "" when it has none."""
    told = str(part.get("Content-ID") or "").strip().strip("<>")
    return f"cid:{told}" if told else ""
