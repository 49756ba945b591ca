"""A paragraph as words: what each is, where it stands, with quotes as one word each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from veille.domain.text import collapse
from veille.extract.quotes.grammar import Language
from veille.extract.quotes.marks import Quoted
from veille.extract.quotes.rules import SIGNS

_TOKEN: Final = re.compile(
    r"-(?:t-)?(?:ils?|elles?|on|je)\b"
    r"|(?:M|MM|Mr|Mme|Dr|Pr|St|Ste|[A-ZÉ](?:\.-?[A-ZÉ])?)\.(?=[ -]?[A-ZÀ-Ý])"
    r"|[NOM]'[A-ZÀ-Ý]\w*"
    r"|[Aa]ujourd'hui\b"
    r"|(?:[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu|[Qq]u|[CDJLMNSTcdjlmnst])'(?=\w)"
    r"|\d+(?:[.,]\d+)*(?:er|e|re|ère)?\b"
    r"|\w+(?:-(?!t-(?:il|elle|on)|(?:ils?|elles?|on|je)\b)\w+|'[sh]\b)*"
    r"|[^\w\s]"
)
_SIGN: Final = {
    ",": SIGNS["COMMA"], ".": SIGNS["STOP"], "!": SIGNS["STOP"], "?": SIGNS["STOP"],
    "…": SIGNS["STOP"], ":": SIGNS["COLON"], ";": SIGNS["STOP"], "–": SIGNS["DASH"],
    "—": SIGNS["DASH"], "-": SIGNS["DASH"], "(": "(", ")": ")",
}  # fmt: skip
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a paragraph: ``codes`` holds one letter for each, the lists its place."""

    text: str
    original: str
    codes: str
    spans: list[tuple[int, int]]
    quotes: dict[int, Quoted]
    language: Language

    def titled(self, at: int, *, colon: bool) -> bool:
        """Tell whether the word before announces the name of a work, a plan, a place."""
        at -= 2 if colon and self.codes[at - 1] == SIGNS["COLON"] else 1
        return at >= 0 and self.language.is_a(self.codes[at], "TITLE")

    def word(self, at: int) -> str:
        """Give a word as written."""
        start, end = self.spans[at]
        return self.text[start:end]

    def written(self, first: int, last: int) -> str:
        """Give the words as the author wrote them, spaces collapsed: a name or a capacity."""
        if last <= first:
            return ""
        return collapse(self.original[self.spans[first][0] : self.spans[last - 1][1]])

    def between(self, first: int, last: int) -> str:
        """Give the text from a word to the one before ``last``."""
        if last <= first:
            return ""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]]


def words(
    texts: tuple[str, str], place: tuple[int, int], passages: list[Quoted], language: Language
) -> Words:
    """Cut a paragraph into words; a passage between marks is one of them.

    ``texts``: the same text twice, with plain signs to be read and as it was written.
    """
    text, original = texts
    codes: list[str] = []
    spans: list[tuple[int, int]] = []
    quotes = {}
    at = place[0]
    for passage in passages:
        _cut(text, (at, passage.outer[0]), language, codes, spans)
        quotes[len(codes)] = passage
        codes.append(SIGNS["QUOTE"])
        spans.append(passage.outer)
        at = passage.outer[1]
    _cut(text, (at, place[1]), language, codes, spans)
    return Words(text, original, "".join(codes), spans, quotes, language)


def _cut(
    text: str,
    place: tuple[int, int],
    language: Language,
    codes: list[str],
    spans: list[tuple[int, int]],
) -> None:
    known = language.codes
    for match in _TOKEN.finditer(text, *place):
        word = match[0]
        seen = known.get(word)
        codes.append(seen[0] if seen and word[0].islower() else _code(word, language))
        spans.append(match.span())


def _code(word: str, language: Language) -> str:
    sign = _SIGN.get(word)
    if sign is not None:
        return sign
    first = word[0]
    if first.isdigit():
        return language.letters["NUM"]
    if len(word) > _LONGEST or not (first.isalpha() or first == "-"):
        return SIGNS["OTHER"]
    if first.isupper():
        return _capital(word, language)
    known = language.codes.get(word)
    if known is not None:
        return known[0]
    return language.letters["ADV" if word.endswith(language.adverb) else "WORD"]


def _capital(word: str, language: Language) -> str:
    if word in language.civil:
        return language.letters["CIVIL"]
    if word in language.given or word.split("-", 1)[0] in language.given:
        return language.letters["GIVEN"]
    if len(word) > 1 and word.isupper() and word.title() in language.given:
        return language.letters["GIVEN"]
    if word[-1] == ".":
        return language.letters["INITIAL"]
    known = language.codes.get(word) or language.codes.get(word.lower())
    return known[1] if known is not None else language.letters["CAP"]
