"""Mails: what a colleague forwards, an alert, a newsletter with the articles it points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final

from veille.capture import forwards, mhtml, mime, newsletter, pages
from veille.capture.caught import Caught
from veille.domain.errors import EmptyInput, FileUnreadable
from veille.domain.text import word_count
from veille.extract.decode import decode

_HEADERS: Final = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|return-path|delivered-to|mime-version"
    rb"|list-unsubscribe|reply-to|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS: Final = re.compile(r"\s*<[^<>]*>|\S+@\S+")
# A letter may begin a line with "From"; a mailbox says when, after an empty line, then headers.
_STARTS: Final = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{3,200}\d{4}[^\r\n]{0,20}\r?\n(?=[!-9;-~]{1,60}:)"
)
_TAG: Final = re.compile(r"<[^<>]*+>")
_MOST: Final = 500
_MOST_TEXTS: Final = 20
# A mail that only says "see below" is not what its reader wants to keep.
_FEW_WORDS: Final = 60
_FIRST_YEAR: Final = 1990


def is_message(head: bytes) -> bool:
    """Tell a mail by its first bytes: it begins with headers, several of which every mail has."""
    block = head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    begins = re.match(rb"[\x21-\x39\x3b-\x7e]{2,60}:[ \t]", head) is not None
    return begins and len({one.lower() for one in _HEADERS.findall(block)}) >= 3


def read(data: bytes) -> list[Caught]:
    """Take a mail, what is attached to it as pages of their own. Raises FileUnreadable, EmptyInput.

    A message that was forwarded is what matters: it is taken in the place of the one around it,
    which stays when it says things itself.
    """
    message = mime.parse(data)
    found = list(mime.parts(message))
    inner = [_message(one) for one in _inside(found)]
    taken = [_message(message)] if _has_text(found) else []
    if inner and taken and _words(taken[0]) < _FEW_WORDS:
        taken = []
    taken += [*inner, *_attached(found)]
    if not taken and mime.header(message, "Subject"):
        taken = [_message(message)]
    if not taken:
        raise EmptyInput
    return taken


def read_mailbox(data: bytes) -> list[Caught]:
    """Take every mail of a mailbox; those that make no sense are passed over. Raises EmptyInput."""
    starts = [one.start() for one in _STARTS.finditer(data)][: _MOST + 1] or [0]
    ends = [*starts[1:], len(data)]
    found: list[Caught] = []
    for start, end in list(zip(starts, ends, strict=True))[:_MOST]:
        _line, _newline, body = data[start:end].partition(b"\n")
        try:
            found += read(re.sub(rb"(?m)^>(>{0,20}From )", rb"\1", body))
        except (EmptyInput, FileUnreadable):
            continue
    if not found:
        raise EmptyInput
    return found


def _inside(found: list[Message]) -> Iterator[Message]:
    """Give the messages that are attached to one."""
    for one in found[:_MOST]:
        if one.get_content_type() == "message/rfc822":
            yield from mime.children(one)[:1]


def _has_text(found: list[Message]) -> bool:
    return any(one.get_content_maintype() == "text" and not mime.is_attached(one) for one in found)


def _words(caught: Caught) -> int:
    return word_count(_TAG.sub(" ", decode(caught.data, declared=caught.charset)))


def _message(message: Message) -> Caught:
    found = list(mime.parts(message))
    title = mime.header(message, "Subject")
    said = dict(_said(message))
    html = "\n".join(
        decode(mime.content(one), declared=mime.charset(one)) for one in _shown(found, "text/html")
    )
    if not html.strip():
        return _plain(
            "\n".join(_unwrapped(one) for one in _shown(found, "text/plain")), title, said
        )
    html, title, said = _passed_on(html, title, said, is_html=True)
    files: dict[str, bytes] = {}
    html = mhtml.with_pictures(html, "", mhtml.pictures_in(found), files)
    page = pages.read(html.encode("utf-8", "replace"), charset="utf-8")
    return Caught(
        page.data, "html", charset="utf-8", title=title, said=said,
        files={**files, **page.files}, inside=newsletter.links(html),
    )  # fmt: skip


def _plain(text: str, title: str, said: dict[str, str]) -> Caught:
    text, title, said = _passed_on(text, title, said, is_html=False)
    return Caught(text.encode("utf-8", "replace"), "text", charset="utf-8", title=title, said=said)


def _passed_on(
    text: str, title: str, said: dict[str, str], *, is_html: bool
) -> tuple[str, str, dict[str, str]]:
    """Give the message that a mail only passes on in its stead, or the mail as it is."""
    inner = forwards.find(text, subject=title, is_html=is_html)
    rest = text[inner.start :] if inner is not None else ""
    if inner is None or not _TAG.sub("", rest).strip():
        return text, title, said
    told = {"author": inner.author, "published": inner.published}
    return rest, inner.title or title, {name: one for name, one in told.items() if one}


def _shown(found: list[Message], kind: str) -> list[Message]:
    """Give the parts of a kind that are shown: some programs write one around each picture."""
    of_kind = (one for one in found if one.get_content_type() == kind and not mime.is_attached(one))
    return [one for one in of_kind if mime.content(one).strip()][:_MOST_TEXTS]


def _said(message: Message) -> Iterator[tuple[str, str]]:
    """Give what the headers say: who writes, on which day there. Nothing is invented."""
    sender = _ADDRESS.sub("", mime.header(message, "From")).strip(" \"'<>,")
    if sender:
        # A list speaks for its publication; a person writes in her own name.
        is_list = message.get("List-Unsubscribe") is not None or message.get("List-Id") is not None
        yield ("source" if is_list else "author"), sender[:300]
    told = mime.header(message, "Date")
    try:
        day = parsedate_to_datetime(told).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return
    # Clocks that were never set say 1970; mails from the future are for the desk to judge.
    if day.year >= _FIRST_YEAR:
        yield "published", day.isoformat()


def _unwrapped(part: Message) -> str:
    """Give a text whose lines were cut for the screen as paragraphs (RFC 3676)."""
    text = decode(mime.content(part), declared=mime.charset(part))
    if mime.parameter(part, "format").lower() != "flowed":
        return text
    joined = mime.parameter(part, "delsp").lower() == "yes"
    paragraphs: list[list[str]] = []
    flows = False
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        soft = line.endswith(" ") and line != "-- "
        shown = line[:-1] if soft and joined else line
        if flows and paragraphs:
            paragraphs[-1].append(shown)
        else:
            paragraphs.append([shown])
        flows = soft
    return "\n".join("".join(one) for one in paragraphs)


def _attached(found: list[Message]) -> Iterator[Caught]:
    """Give the documents and pages that are attached; all else stays in the mail."""
    for one in found:
        kind, name = one.get_content_type(), mime.filename(one)
        suffix = name.lower().rpartition(".")[2]
        title = re.sub(r"\.(?:pdf|x?html?)\Z", "", name, flags=re.IGNORECASE)
        is_page = suffix in {"html", "htm", "xhtml"} or kind == "text/html"
        if kind == "application/pdf" or suffix == "pdf":
            data = mime.content(one)
            if b"%PDF-" in data[:1_024]:
                yield Caught(data, "pdf", title=title)
        elif is_page and mime.is_attached(one) and (data := mime.content(one)).strip():
            page = pages.read(data, charset=mime.charset(one))
            yield Caught(page.data, "html", page.url, page.charset, title, page.files)
