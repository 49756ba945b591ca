"""Reading a name: its pieces, its particles, what it tells of the person's gender."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from veille.extract.quotes.grammar import Language
from veille.extract.quotes.rules import SIGNS
from veille.extract.quotes.tokens import Words

_MAX_NAME: Final = 6


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody told at a place of the text; ``end`` is the word after, ``kind`` says how.

    name, part (one word of a name), role (*la maire*), taken_up (*cette dernière*, *elle*), group.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    role: str = ""
    lemma: str = ""
    gender: str = "mf"
    told: bool = False


def read_name(found: Words, at: int, language: Language) -> Who | None:
    """Read a name alone, with what is told of its gender."""
    codes, size, gender, start = found.codes, 0, "mf", at
    if language.is_a(codes[at : at + 1], "THE") and language.is_a(codes[at + 1 : at + 2], "CIVIL"):
        at += 1
    if at < len(codes) and language.is_a(codes[at], "CIVIL"):
        gender = language.civil[found.word(at)]
        at += 1
        if at < len(codes) and language.is_a(codes[at], "ROLE"):  # Monsieur le maire, Me …
            return None
    civil = at > start
    first = at
    while at < len(codes) and size < _MAX_NAME:
        step = _piece(found, at, language, first=first, civil=civil)
        if step == 0:
            break
        at += step
        size += 1
    if size == 0:
        return None
    word = found.word(first)
    given = language.is_a(codes[first], "GIVEN")
    if given and gender == "mf":
        gender = _gender(word, language)
    name = found.written(first, at)
    kind = "name" if size > 1 or civil else "part"
    return Who(kind, start, at, name=name, gender=gender)


def _gender(word: str, language: Language) -> str:
    for form in (word, word.split("-", 1)[0], word.title()):
        if form in language.given:
            return language.given[form]
    return "mf"


def _piece(found: Words, at: int, language: Language, *, first: int, civil: bool) -> int:
    """Give how many words the next piece of a name takes, 0 when the name ends."""
    codes = found.codes
    if language.is_a(codes[at], "CAP"):
        return 1
    if not language.is_a(codes[at], "PART") or (at == first and not civil):
        return 0
    given = language.is_a(codes[first], "GIVEN")
    short = at <= first + 1 and (civil or given)
    # « Tiphaine Le Roux de Kerlan, directrice », but « Anne Lebrun de Valmont a dit »
    late = given and codes[at + 2 : at + 3] == SIGNS["COMMA"]
    if not (found.word(at)[0].isupper() or short or late):
        return 0
    size = 1 + language.is_a(codes[at + 1 : at + 2], "PART")
    return size + 1 if language.is_a(codes[at + size : at + size + 1], "CAP") else 0
