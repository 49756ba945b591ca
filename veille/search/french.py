"""How French words are recognised whatever their dress: the analysis.

Folded surface forms are indexed; inflections (``stems``) are added at query time, exact form
first. That keeps exact search, completions and highlights on real words, and lets the stemmer
change without indexing again.

A *chunk* is a word with what is glued to it: ``l'inondation``, ``C.N.I.L.``, ``15 000``,
``12 mars 2024``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from veille.domain.text import fold

MAX_TERM: Final = 64
MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_MONTH: Final = (
    r"(?:[Jj]anv|[Ff][ée]vr|[Mm]ars|[Aa]vr|[Mm]ai|[Jj]uin|[Jj]uil|[Aa]o[ûu]t|[Ss]ept|[Oo]ct|[Nn]ov"
    r"|[Dd][ée]c)(?:ier|il|let|embre|obre)?"
)
_SPACE: Final = "[ \u00a0\u202f]"
NUMBER: Final = (
    # A search for a digit is quick: what must not stand before it is looked at afterwards.
    r"\d(?<![\w'’ʼ\-\u2010\u2011./\u0300-\u036f\u00ad\u200b-\u200d]\d)(?:"
    rf"\d?(?:er)?{_SPACE}{_MONTH}{_SPACE}\d{{4}}"
    r"|\d?/\d\d?/\d{4}|\d?\.\d\d?\.\d{4}"
    rf"|\d{{0,2}}(?:[ \u00a0\u202f.]\d{{3}})+)(?!\w)"
)
_LETTER: Final = r"[\w\u0300-\u036f\u00ad\u200b-\u200d]"
_PIECE: Final = rf"(?:{_LETTER}{{2,}}|(?:[^\W\d]\.){{2,}}(?:[^\W\d](?!\w))?|{_LETTER})"
_CHUNK: Final = re.compile(rf"{NUMBER}|{_PIECE}(?:['’ʼ\-\u2010\u2011]{_PIECE})*")
_PART: Final = re.compile(_PIECE)
_NUMBERS: Final = re.compile(f"({NUMBER})")
_DATED: Final = re.compile(
    rf"(?P<d>\d{{1,2}})(?:er)?{_SPACE}(?P<m>[^\W\d]+){_SPACE}(?P<y>\d{{4}})"
    r"|(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>\d{4})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)"
)
_SPACES: Final = re.compile(_SPACE)
_APOSTROPHES: Final = frozenset("'’ʼ")
_ELIDED: Final = "l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu quelqu"
_ELISIONS: Final = frozenset(_ELIDED.split())


class Token(NamedTuple):
    """A word of a text: the indexed term, its place among words, its place among characters."""

    term: str
    position: int
    start: int
    end: int


class Surface(NamedTuple):
    """What stands between two spaces, analysed: its tokens, and how many words it spans."""

    tokens: tuple[Token, ...]
    width: int


def surfaces(text: str) -> list[str]:
    """Cut a text at its spaces, but those inside a number or a date.

    ``analysed`` gives the tokens of each: a bulk build analyses a surface once, whatever the number
    of texts it stands in.
    """
    if "_" in text:
        text = text.replace("_", " ")
    parts = _NUMBERS.split(text)
    if len(parts) == 1:
        return text.split()
    found: list[str] = []
    for place, part in enumerate(parts):
        if place % 2:
            found.append(part)
        else:
            found += part.split()
    return found


def analysed(surface: str) -> Surface:
    """Analyse what stands between two spaces."""
    found: list[Token] = []
    position = 0
    for match in _CHUNK.finditer(surface.replace("_", " ") if "_" in surface else surface):
        parts = _chunk(match[0])
        start = match.start()
        found += [
            Token(one.term, position + one.position, start + one.start, start + one.end)
            for one in parts
        ]
        position += max(len(parts) - 1, 1) if parts else 0
    return Surface(tuple(found), position)


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into terms.

    An elided article goes (``l'inondation`` is *inondation*); other parts around an apostrophe or
    a hyphen are indexed one by one, and joined at the place of the first (``Cap'Com`` is *cap*,
    *com* and *capcom*). So are the parts of a number (``15 000`` is *15000* too) and of a date
    (``12 mars 2024`` and ``12/03/2024`` are both *20240312* too).
    """
    yield from analysed(text).tokens


def _chunk(chunk: str) -> tuple[Token, ...]:
    """Analyse words that are glued together: its parts, and if they are several the whole."""
    # What is longer than a word comes once, and would fill the memory.
    return _known_chunk(chunk) if len(chunk) <= MAX_TERM else _parts(chunk)


@lru_cache(maxsize=100_000)
def _known_chunk(chunk: str) -> tuple[Token, ...]:
    return _parts(chunk)


def _parts(chunk: str) -> tuple[Token, ...]:
    parts: list[Token] = []
    for match in _PART.finditer(chunk):
        term, (start, end) = normal(match[0]), match.span()
        if term and not (term in _ELISIONS and chunk[end : end + 1] in _APOSTROPHES):
            parts.append(Token(term, len(parts), start, end))
    if len(parts) > 1:
        parts.append(Token(_joined(chunk, parts), 0, parts[0].start, parts[-1].end))
    return tuple(parts)


def _joined(chunk: str, parts: list[Token]) -> str:
    """Give what several parts are together: a day, a number, a compound."""
    dated = _DATED.fullmatch(chunk) if chunk[0].isdigit() else None
    if dated is None:
        return "".join(part.term for part in parts)[:MAX_TERM]
    day, year = dated["d"] or dated["d2"] or dated["d3"], dated["y"] or dated["y2"] or dated["y3"]
    month = dated["m2"] or dated["m3"] or month_number(dated["m"])
    return f"{year}{int(month):02}{int(day):02}"


def glued(number: str) -> str:
    """Write a number or a day without spaces: ``1.900``, ``28/08/2025``; others stay."""
    dated = _DATED.fullmatch(number)
    if dated is not None and dated["m"]:
        return f"{int(dated['d']):02}/{month_number(dated['m']):02}/{dated['y']}"
    return _SPACES.sub(".", number)


def month_number(name: str) -> int:
    """Give the number of a month from its name or the beginning of it, 0 for none."""
    folded = fold(name).rstrip(".")
    for number, month in enumerate(MONTHS, 1):
        if len(folded) >= 3 and month.startswith(folded):
            return number
    return 0


def normal(word: str) -> str:
    """Give the indexed term of a word: folded, without the dots of C.N.I.L."""
    return fold(word).replace(".", "")[:MAX_TERM]
