"""Small pieces of a feed made safe to keep: a line of text, an address, a language, some HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urljoin, urlsplit

from veille.domain.text import CONTROLS, collapse

_LONGEST_ADDRESS: Final = 4_000
_TAG: Final = re.compile(r"<!--.{0,500}?-->|</?[A-Za-z][^<>]{0,2000}>|<!\[CDATA\[|\]\]>", re.DOTALL)
_BREAK: Final = re.compile(r"<(?:br|/?p|/?div|/?li|/h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
# Only with its semicolon: « Arts &notations » is no entity.
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}\Z")
_SCHEME: Final = re.compile(r"(?:feed:(?://)?)(?=https?:)|feed:(?=//)", re.IGNORECASE)
_IN_ADDRESS: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_BLANK: Final = re.compile(r"\n[ \t]*\n\s*")
_LINKED: Final = re.compile(
    r"(<[A-Za-z][^<>]*?\s(?:href|src|poster)\s{0,9}=\s{0,9})([\"'])([^\"'<>]{1,4000})\2",
    re.IGNORECASE,
)


def one_line(text: str, *, is_html: bool, longest: int) -> str:
    """Make a line of plain text: no tags, no entities, single spaces, at most so many characters.

    Args:
        text: as the feed gives it, once its XML or JSON is read.
        is_html: tags are markup; when not, they are words of the text.
        longest: in characters; what is beyond is cut at a word, with an ellipsis.
    """
    text = text[: 20 * longest + 1_000]
    if is_html:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    # An entity is resolved in plain text too: nobody writes one for its own sake, and many
    # programs escape twice.
    plain = collapse(
        _REFERENCE.sub(lambda found: html.unescape(found[0]), text).translate(CONTROLS)
    )
    if len(plain) <= longest:
        return plain
    head, space, _ = plain[: longest - 1].rpartition(" ")
    return (head if space and len(head) > longest // 2 else plain[: longest - 1]).rstrip() + "…"


def lines(texts: Iterable[str], *, longest: int, most: int) -> tuple[str, ...]:
    """Make lines of plain text of several, each once, in order."""
    told: dict[str, None] = {}
    for text in texts:
        line = one_line(text, is_html=True, longest=longest)
        if line:
            told[line] = None
        if len(told) == most:
            break
    return tuple(told)


def absolute(base: str, link: str) -> str:
    """Give the http or https address of a link seen from a base; "" when it is none."""
    link = _IN_ADDRESS.sub(" ", link[: _LONGEST_ADDRESS + 1_000]).translate(CONTROLS).strip()
    if not link or len(link) > _LONGEST_ADDRESS:
        return ""
    link = _SCHEME.sub(lambda found: "http:" if "//" not in link[: found.end()] else "", link, 1)
    link = f"http://{link}" if link.lower().startswith("www.") else link
    try:
        address = urljoin(base, link.replace(" ", "%20"))
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    return address if parts.scheme.lower() in {"http", "https"} and host else ""


def language(text: str) -> str:
    """Give a language as in ``fr`` or ``fr-ca``; "" for anything else."""
    text = text.strip()
    return text.replace("_", "-").lower() if _LANGUAGE.match(text) else ""


def with_addresses(markup: str, *, base: str) -> str:
    """Make the links and pictures of some HTML absolute."""
    return _LINKED.sub(lambda found: _linked(found, base), markup)


def as_html(text: str) -> str:
    """Make HTML of plain text: paragraphs where it has blank lines."""
    # A line that begins with spaces is one that was folded.
    unfolded = re.sub(r"\n(?=[ \t]+\S)", " ", text)
    parts = [html.escape(part.strip(), quote=False) for part in _BLANK.split(unfolded)]
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts if part)


def clean(text: str, *, longest: int) -> str:
    """Cut a text to size, without the characters that no text has."""
    return text.translate(CONTROLS)[:longest].strip()


def _linked(found: re.Match[str], base: str) -> str:
    address = found[3].strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:|#", address):
        return found[0]
    whole = absolute(base, html.unescape(address))
    return f"{found[1]}{found[2]}{html.escape(whole)}{found[2]}" if whole else found[0]
