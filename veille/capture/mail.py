"""Mails: what a colleague forwards, an alert, a newsletter with the articles it points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final

from veille.capture import mhtml, mime, newsletter, pages
from veille.capture.caught import Caught
from veille.domain.errors import EmptyInput, FileUnreadable
from veille.extract.decode import decode

_HEADERS: Final = re.compile(
    rb"(?im)^(?:from|to|subject|date|message-id|received|return-path|delivered-to|mime-version"
    rb"|list-unsubscribe|reply-to|content-type):"
)
_ADDRESS: Final = re.compile(r"\s*<[^<>]*>|\S+@\S+")
_STARTS: Final = re.compile(rb"(?m)^From [^\r\n]{3,200}\r?$")
_MOST: Final = 500
# A mail that only says "see below" is not what its reader wants to keep.
_FEW_WORDS: Final = 60
_ATTACHED: Final = frozenset({"application/pdf"})


def is_message(head: bytes) -> bool:
    """Tell a mail by its first bytes: it begins with headers, several of which every mail has."""
    block = head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    begins = re.match(rb"[\x21-\x39\x3b-\x7e]{2,60}:[ \t]", head) is not None
    return begins and len({one.lower() for one in _HEADERS.findall(block)}) >= 3


def read(data: bytes) -> list[Caught]:
    """Take a mail, what is attached to it as pages of their own. Raises FileUnreadable, EmptyInput.

    A message that was forwarded as an attachment is what matters: it is taken in its place.
    """
    message = mime.parse(data)
    found = list(mime.parts(message))
    inner = [one for one in found if one.get_content_type() == "message/rfc822"]
    taken = [_message(one, found) for one in [message] if _has_text(found)]
    for one in inner[:_MOST]:
        payload = one.get_payload()
        if isinstance(payload, list) and payload and isinstance(payload[0], Message):
            taken.append(_message(payload[0], list(mime.parts(payload[0]))))
    if inner and len(taken) > 1 and len(decode(taken[0].data).split()) < _FEW_WORDS:
        taken = taken[1:]
    taken += list(_attached(found))
    if not taken and mime.header(message, "Subject"):
        taken = [_message(message, found)]
    if not taken:
        raise EmptyInput
    return taken


def read_mailbox(data: bytes) -> list[Caught]:
    """Take every mail of a mailbox; those that make no sense are passed over. Raises EmptyInput."""
    starts = [one.start() for one in _STARTS.finditer(data)][:_MOST] or [0]
    found: list[Caught] = []
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        _line, _newline, body = data[start:end].partition(b"\n")
        try:
            found += read(re.sub(rb"(?m)^>(>*From )", rb"\1", body))
        except (EmptyInput, FileUnreadable):
            continue
    if not found:
        raise EmptyInput
    return found


def _has_text(found: list[Message]) -> bool:
    return any(one.get_content_maintype() == "text" for one in found)


def _message(message: Message, found: list[Message]) -> Caught:
    html = _first(found, "text/html")
    plain = _first(found, "text/plain")
    title = mime.header(message, "Subject")
    said = dict(_said(message))
    if html is None:
        text = _unwrapped(plain) if plain is not None else ""
        return Caught(text.encode(), "text", charset="utf-8", title=title, said=said)
    text = decode(mime.content(html), declared=mime.charset(html))
    files: dict[str, bytes] = {}
    text = mhtml.with_pictures(text, "", mhtml.pictures_in(found), files)
    inside = newsletter.links(text)
    page = pages.read(text.encode("utf-8", "replace"), charset="utf-8")
    return Caught(
        page.data, "html", charset="utf-8", title=title, said=said,
        files={**files, **page.files}, inside=inside,
    )  # fmt: skip


def _first(found: list[Message], kind: str) -> Message | None:
    """Give the first part of a kind that is not attached and holds something."""
    for one in found:
        attached = str(one.get("Content-Disposition") or "").lower().startswith("attachment")
        if one.get_content_type() == kind and not attached and mime.content(one).strip():
            return one
    return None


def _said(message: Message) -> Iterator[tuple[str, str]]:
    """Give what the headers say: who writes, on which day there. Nothing is invented."""
    sender = _ADDRESS.sub("", mime.header(message, "From")).strip(" \"'<>,")
    if sender:
        # A list speaks for its publication; a person writes in her own name.
        is_list = message.get("List-Unsubscribe") is not None or message.get("List-Id") is not None
        yield ("source" if is_list else "author"), sender[:300]
    told = mime.header(message, "Date")
    try:
        yield "published", parsedate_to_datetime(told).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return


def _unwrapped(part: Message) -> str:
    """Give a text whose lines were cut for the screen as paragraphs (RFC 3676)."""
    text = decode(mime.content(part), declared=mime.charset(part))
    if str(part.get_param("format") or "") != "flowed":
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


def _attached(found: list[Message]) -> Iterator[Caught]:
    for one in found:
        if one.get_content_type() in _ATTACHED and (data := mime.content(one)):
            name = str(one.get_filename() or "")
            yield Caught(data, "pdf", title=re.sub(r"\.pdf\Z", "", name, flags=re.IGNORECASE)[:300])
