"""Reading a capacity: where *maire de Valmont* begins and, above all, where it ends."""

from __future__ import annotations

from typing import Final

from veille.domain.text import collapse
from veille.extract.quotes.grammar import Language
from veille.extract.quotes.names import Who
from veille.extract.quotes.rules import SIGNS
from veille.extract.quotes.tokens import Words

_MAX_ROLE: Final = 30
_PAST: Final = ("é", "ée", "és", "ées")
COMMA: Final = SIGNS["COMMA"]
ENDS: Final = frozenset(
    [SIGNS[name] for name in ("STOP", "COLON", "QUOTE", "OPEN", "CLOSE", "DASH")]
)


def read_role(found: Words, at: int, language: Language) -> Who | None:
    """Read a capacity from its determiner or its first word on."""
    codes, gender = found.codes, "mf"
    start, limit = at, min(len(codes), at + 4)
    alone = language.is_a(codes[at : at + 1], "ROLE")
    if alone and at > 0 and language.is_a(codes[at - 1], "UNKNOWN"):
        return None  # « la table voisine »
    while at < limit and not language.is_a(codes[at], "ROLE"):
        word = found.word(at).lower()
        if language.is_a(codes[at], "EMPTY") and at > start - 1:
            start = at + 1 if start == at else start
        elif language.is_a(codes[at], "DET"):
            gender = {"le": "m", "un": "m", "la": "f", "une": "f"}.get(word, gender)
            start = at + 1 if start == at else start
        elif not language.is_a(codes[at], "RANK"):
            return None
        at += 1
    if at >= limit:
        return None
    role = language.roles[found.word(at).lower()]
    end = role_end(found, at + 1, language)
    heads = at == 0 or codes[at - 1] == SIGNS["STOP"]
    if alone and heads and end == at + 1 and _time(codes[end : end + 1], language):
        return None  # « Élue en mars »
    told = found.written(start, end)
    return Who(
        "role", start, end, role=told, lemma=role.lemma,
        gender=_told_gender(found, (at, end), gender, language), told=not alone,
    )  # fmt: skip


def _time(code: str, language: Language) -> bool:
    return language.is_a(code, "IN") or language.is_a(code, "HALT")


def _told_gender(found: Words, place: tuple[int, int], gender: str, language: Language) -> str:
    """Give the gender that the words of a capacity show: *fleuriste et présidente*."""
    for at in range(*place):
        if language.is_a(found.codes[at], "ROLE") and not language.is_a(
            found.codes[at - 1], "PREP"
        ):
            role = language.roles[found.word(at).lower()]
            if role.gender != "mf":
                return role.gender
    return gender


def role_end(found: Words, at: int, language: Language) -> int:
    """Give the word that ends a capacity whose first word stands before ``at``."""
    codes, first, limit = found.codes, at, min(len(found.codes), at + _MAX_ROLE)
    while at < limit:
        code = codes[at]
        if code in ENDS or _halts(found, at, language):
            # « commerçante installée depuis 1998 »
            return at - (
                at > first and language.is_a(code, "HALT") and found.word(at - 1).endswith(_PAST)
            )
        if code == COMMA:
            if not _goes_on(found, at, language):
                return at
        elif _new_start(found, at, language):
            # « la secrétaire de mairie range son bureau »: an unknown verb before its object
            verb = language.is_a(code, "DET") and language.is_a(codes[at - 1], "UNKNOWN")
            return at - (verb and at > first)
        at += 1
    return at


def _new_start(found: Words, at: int, language: Language) -> bool:
    """Tell a name or a determiner that nothing ties to what stands before."""
    code, before = found.codes[at], found.codes[at - 1]
    if language.is_a(code, "CIVIL"):
        return True
    if language.is_a(before, "PREP") or language.is_a(before, "DET"):
        return False
    if language.is_a(code, "GIVEN") and found.word(at)[0].isupper():
        after = found.codes[at + 1 : at + 2]
        place = language.is_a(before, "INST") or language.is_a(before, "TITLE")
        return not place and (language.is_a(after, "CAP") or language.is_a(before, "ROLE"))
    if language.is_a(code, "INITIAL"):
        return not language.is_a(before, "CAP")
    if language.is_a(code, "DET") and not found.word(at)[0].isupper():
        return not language.is_a(before, "ET") and not language.is_a(code, "OF")
    return (
        language.is_a(code, "CAP")
        and not language.is_a(before, "CAP")
        and language.is_a(found.codes[at + 1 : at + 2], "CAP")
    )


def _halts(found: Words, at: int, language: Language) -> bool:
    code = found.codes[at]
    if language.is_a(code, "HALT") or language.is_a(code, "AUX"):
        return True
    if language.is_a(code, "SAY") and not language.is_a(found.codes[at - 1], "PREP_DET"):
        return True
    return _phrase(found, at, language)


def _phrase(found: Words, at: int, language: Language) -> bool:
    """Tell a locution that never continues a capacity: *à l'issue*, *de son côté*."""
    last = min(at + 3, len(found.codes))
    return any(
        collapse(found.between(at, end)).lower() in language.phrases
        for end in range(at + 2, last + 1)
    )


def _goes_on(found: Words, at: int, language: Language) -> bool:
    """Tell a comma inside a list: *de la culture, de la jeunesse et des sports*."""
    after = at + 1
    if after >= len(found.codes) or _phrase(found, after, language):
        return False
    return language.is_a(found.codes[after], "OF") or language.is_a(found.codes[after], "TO")


def read_trade(found: Words, at: int, language: Language) -> Who | None:
    """Read a trade no list holds: *X, une patiente*, *X, coffreur*."""
    codes = found.codes
    one = language.is_a(codes[at : at + 1], "ONE")
    start = at + one
    if start >= len(codes) or not language.is_a(codes[start], "UNKNOWN"):
        return None
    word = found.word(start)
    if not one and not word.endswith(language.trades):
        return None
    end = role_end(found, start + 1, language)
    stopped = end == len(codes) or codes[end] in ENDS or codes[end] == COMMA
    if not stopped and not language.is_a(codes[end], "HALT"):
        return None
    gender = {"un": "m", "une": "f"}.get(found.word(at), "mf")
    return Who("role", start, end, role=found.written(start, end), lemma=word, gender=gender)
