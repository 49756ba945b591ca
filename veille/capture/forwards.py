"""What a person forwards inside her own mail: where it begins, and what its copied headers say.

Programs write the same four or five lines above it, in the reader's language: who, when, to whom,
about what. They are found line by line, in plain text as in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Final

from veille.domain.text import collapse, fold
from veille.extract.dates import day_of

_NAMES: Final = {
    **dict.fromkeys(("de", "from", "von", "expediteur"), "from"),
    **dict.fromkeys(("date", "envoye", "sent", "date d'envoi", "gesendet"), "date"),
    **dict.fromkeys(("objet", "subject", "sujet", "betreff"), "subject"),
    **dict.fromkeys(("a", "to", "cc", "an", "pour", "destinataire", "destinataires"), "to"),
    **dict.fromkeys(("repondre a", "reply-to", "importance"), "to"),
}
_FIELD: Final = re.compile(r"[>*\s]{0,10}([^:<>@]{1,20}?)\s?\*?\s?:\*?\s(.{0,2000})\Z")
_MARK: Final = re.compile(
    r"^[>\s]*(?:-{2,}|_{2,})?\s*(?:debut du |begin )?(?:message transfere|forwarded message"
    r"|message d'origine|original message|message reexpedie|transfere par)"
)
_FORWARDED: Final = re.compile(r"(?:tr|fwd?|wg|i)\s?:", re.IGNORECASE)
_ANSWER: Final = re.compile(r"(?:re|aw|rép)\s?:", re.IGNORECASE)
_PREFIX: Final = re.compile(r"(?:(?:tr|fwd?|wg|re|aw|rép|i)\s?:\s*)+", re.IGNORECASE)
_BREAKS: Final = re.compile(
    r"</?(?:br|p|div|tr|table|hr|li|ul|blockquote|h[1-6])\b[^<>]*+>", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]*+>")
_LOOKED_AT: Final = 60_000
_MOST_LINES: Final = 400
_FEW_WORDS: Final = 60
_DEEP: Final = 5


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message inside another: what its headers say, and where its text begins."""

    title: str
    author: str
    published: str
    start: int


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    end: int


def find(text: str, *, subject: str, is_html: bool) -> Forwarded | None:
    """Find the innermost message that a mail only passes on; None for one that says things itself.

    An answer with what it answers to below is no such mail.
    """
    if _ANSWER.match(subject):
        return None
    lines = list(_lines(text[:_LOOKED_AT], is_html=is_html))
    found: Forwarded | None = None
    first = 0
    for _level in range(_DEEP):
        one = _next(lines, first, passes_on=found is not None or bool(_FORWARDED.match(subject)))
        if one is None:
            break
        found, first = one
    return found


def _next(lines: list[_Line], first: int, *, passes_on: bool) -> tuple[Forwarded, int] | None:
    """Find the next block of copied headers, unless much is said before it."""
    words = 0
    for number in range(first, len(lines)):
        text = lines[number].text
        if _MARK.match(fold(text)):
            passes_on = True
            continue
        fields, after = _block(lines, number)
        if {"from", "subject"} <= fields.keys() or {"from", "date", "to"} <= fields.keys():
            return (_forwarded(fields, lines[after - 1].end), after) if passes_on else None
        words += len(text.split())
        if words > _FEW_WORDS:
            return None
    return None


def _block(lines: list[_Line], first: int) -> tuple[dict[str, str], int]:
    """Read copied headers from a line on: what they say, and the line after them."""
    fields: dict[str, str] = {}
    after = first
    gap = 0
    for number in range(first, min(first + 30, len(lines))):
        name, value = _field(lines[number].text)
        if name:
            fields.setdefault(name, value)
            after, gap = number + 1, 0
            continue
        # Lists of recipients go on below; nothing else does, and not for long.
        gap += 1
        if not fields or gap > 2 or ("subject" in fields and "@" not in lines[number].text):
            break
    return fields, after


def _field(line: str) -> tuple[str, str]:
    match = _FIELD.match(line + " ")
    if match is None:
        return "", ""
    return _NAMES.get(fold(match[1]).replace("*", "").strip(), ""), match[2].strip(" *")


def _forwarded(fields: dict[str, str], start: int) -> Forwarded:
    author = re.sub(r"\s*[<\[(][^<>]*@[^<>]*[>\])]?|\S+@\S+", "", fields.get("from", "")[:500])
    title = _PREFIX.sub("", fields.get("subject", ""), count=1)
    day = _day(fields.get("date", ""))
    return Forwarded(collapse(title)[:300], author.strip(" \"'<>,[]")[:300], day, start)


def _day(told: str) -> str:
    try:
        return day_of(told) or parsedate_to_datetime(told).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _lines(text: str, *, is_html: bool) -> Iterator[_Line]:
    """Give the lines that a reader sees, each with the place where it ends in the source."""
    breaks = _BREAKS if is_html else re.compile(r"\r?\n")
    start = given = 0
    for match in breaks.finditer(text):
        shown = text[start : match.start()]
        if is_html:
            shown = unescape(_TAG.sub("", shown))
        start = match.end()
        if shown := collapse(shown):
            yield _Line(shown, match.end())
            given += 1
            if given == _MOST_LINES:
                return
