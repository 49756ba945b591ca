"""Reading a speaker: a name and its capacity, a title before a name, *la maire*, *elle*."""

from __future__ import annotations

from dataclasses import replace

from veille.domain.text import collapse
from veille.extract.quotes.grammar import Language
from veille.extract.quotes.names import Who, read_name
from veille.extract.quotes.roles import COMMA, ENDS, read_role, read_trade, role_end
from veille.extract.quotes.rules import SIGNS
from veille.extract.quotes.tokens import Words


def read_who(found: Words, at: int, language: Language) -> Who | None:
    """Read who is told from a word on, None when it is nobody."""
    if at >= len(found.codes):
        return None
    return (
        _pronoun(found, at, language)
        or _taken_up(found, at, language)
        or _named(found, at, language)
        or _titled(found, at, language)
        or _near(found, at, language)
        or _group(found, at, language)
    )


def read_after(found: Words, at: int, language: Language) -> Who | None:
    """Read a name when there is one at a word, which may be past the end."""
    return read_name(found, at, language) if at < len(found.codes) else None


def _pronoun(found: Words, at: int, language: Language) -> Who | None:
    before = found.codes[at - 1 : at]
    if language.is_a(before, "FOR") or language.is_a(before, "ACC"):
        gender = {"lui": "m", "elle": "f"}.get(found.word(at))
        return Who("taken_up", at, at + 1, gender=gender) if gender else None
    for suffix, gender in (("M", "m"), ("F", "f")):
        for name in ("SUBJ_", "INV_"):
            if language.is_a(found.codes[at], name + suffix):
                return Who("taken_up", at, at + 1, gender=gender)
    for name in ("INV_N", "INV_MS", "INV_FS", "SUBJ_MS", "SUBJ_FS", "SUBJ_N"):
        if language.is_a(found.codes[at], name):
            return Who("many", at, at + 1)
    return None


def _taken_up(found: Words, at: int, language: Language) -> Who | None:
    for size in (3, 2, 1):
        if at + size > len(found.codes):
            continue
        words = found.text[found.spans[at][0] : found.spans[at + size - 1][1]]
        gender = language.taken_up.get(collapse(words).lower())
        if gender is None:
            continue
        end = at + size
        if found.codes[end : end + 1] == COMMA and read_after(found, end + 1, language):
            return None  # « la patronne, Josette, »
        if end < len(found.codes) and (
            language.is_a(found.codes[end], "CAP") or language.is_a(found.codes[end], "OF")
        ):
            return None
        noun = language.is_a(found.codes[end : end + 1], "WORD")
        if gender[-1] in "12" and noun and not language.is_a(found.codes[end], "AUX"):
            return None  # « le premier adjoint »
        kind = {"+": "latter", "1": "0", "2": "1"}.get(gender[-1], "taken_up")
        return Who(kind, at, end, gender=gender.rstrip("+12"))
    return None


def _named(found: Words, at: int, language: Language) -> Who | None:
    if language.is_a(found.codes[at], "ROLE") and not language.is_a(found.codes[at], "GIVEN"):
        return None
    told = read_name(found, at, language)
    if told is None:
        return None
    return with_role(found, told, language)


def with_role(found: Words, told: Who, language: Language) -> Who:
    """Add the capacity told after a name: *X, maire de Y*, *X (maire de Y)*, *X maire de Y*."""
    codes, at = found.codes, told.end
    if at < len(codes) and codes[at] == SIGNS["OPEN"]:
        close = codes.find(SIGNS["CLOSE"], at, at + 14)
        role = read_role(found, at + 1, language)
        if close > 0 and role is not None:
            return _joined(told, role, close + 1)
        if close > 0:
            at = close + 1
    if at < len(codes) and codes[at] == COMMA:
        at += 1
        if language.is_a(codes[at : at + 1], "REL") and language.is_a(
            codes[at + 1 : at + 2], "AUX"
        ):
            at += 2  # « X, qui fut sa première adjointe »
        # « X, 42 ans, maire de Y »
        if at + 2 < len(codes) and codes[at] == SIGNS["NUM"] and codes[at + 2] == COMMA:
            at += 3
    role = None
    if at > told.end:
        role = read_role(found, at, language) or read_trade(found, at, language)
    elif _bare(found, at, language):
        role = read_role(found, at, language)
    if role is None or (role.told and _before_name(found, role.end, language)):
        return told  # « Interrogé sur X, le ministre, Paul Y, … »
    return _joined(told, role, role.end)


def _before_name(found: Words, at: int, language: Language) -> bool:
    if found.codes[at : at + 1] != COMMA or at + 1 >= len(found.codes):
        return False
    name = read_name(found, at + 1, language)
    return name is not None and name.kind == "name"


def _bare(found: Words, at: int, language: Language) -> bool:
    return at < len(found.codes) and language.is_a(found.codes[at], "ROLE")


def _joined(told: Who, role: Who, end: int) -> Who:
    gender = told.gender if told.gender != "mf" else role.gender
    return Who("name", told.start, end, told.name, role.role, role.lemma, gender)


def _titled(found: Words, at: int, language: Language) -> Who | None:
    """Read *la maire de Valmont, Anne Lebrun*, *le sociologue Paul Vasseur*, *la maire*."""
    role = read_role(found, at, language)
    if role is None:
        return None
    codes, end = found.codes, role.end
    if codes[end : end + 1] == SIGNS["OPEN"]:  # « le député (LR) Alain Fourcade »
        close = codes.find(SIGNS["CLOSE"], end, end + 5)
        end = close + 1 if close > 0 and read_after(found, close + 1, language) else end
    told = read_name(found, end, language) if end < len(codes) else None
    if told is None and end + 1 < len(codes) and codes[end] == COMMA:
        told = read_name(found, end + 1, language)
    said = at > 0 and (language.is_a(codes[at - 1], "SAY") or language.is_a(codes[at - 1], "SAID"))
    if told and (said or told.kind == "name" or told.start == end or told.gender != "mf"):
        own = not language.is_a(codes[at], "THE") and language.is_a(codes[at], "DET")
        later = with_role(found, told, language) if own else told
        if later.role:  # « son voisin, X, éleveur »
            return replace(later, start=at)
        gender = told.gender if told.gender != "mf" else role.gender
        return Who("name", at, told.end, told.name, role.role, role.lemma, gender)
    return replace(role, start=at)


def _near(found: Words, at: int, language: Language) -> Who | None:
    """Read *son collègue Rui Pereira* and *le généraliste*, whose noun no list holds."""
    codes = found.codes
    if not language.is_a(codes[at], "DET"):
        return None
    first = at + 1
    while language.is_a(codes[first : first + 1], "RANK"):
        first += 1
    end = first
    while end < first + 2 and language.is_a(codes[end : end + 1], "UNKNOWN"):
        end += 1
    if end == first or end >= len(codes):
        return None
    name = _name_beside(found, (at, end), language)
    if name is not None:
        told = with_role(found, replace(name, start=at), language)
        trade = (
            "" if told.role or not language.is_a(codes[at], "THE") else found.written(at + 1, end)
        )
        return replace(told, kind="name", role=told.role or trade)
    if language.is_a(codes[at], "ONE") and (codes[end] in ENDS or codes[end] == COMMA):
        return Who("other", at, end, role=found.written(first, end))
    if not language.is_a(codes[at], "SAME"):
        return None
    gender = {"le": "m", "ce": "m", "cet": "m", "la": "f", "cette": "f"}
    this = not language.is_a(codes[at], "THE")  # « cet exploitant »: the one just told
    return Who("noun", at, first + 1, gender=gender.get(found.word(at).lower(), "mf"), told=this)


def _name_beside(found: Words, place: tuple[int, int], language: Language) -> Who | None:
    """Read the name right after a noun, or after a comma when a verb of saying stands before."""
    codes, (start, end) = found.codes, place
    trade = found.word(end - 1).endswith(language.trades)
    if codes[end] == COMMA and (trade or language.is_a(codes[start - 1 : start], "SAY")):
        end += 1
    name = read_name(found, end, language) if end < len(codes) else None
    return name if name and (name.kind == "name" or name.gender != "mf") else None


def _group(found: Words, at: int, language: Language) -> Who | None:
    """Read an institution: *la préfecture du Finistère*, *l'Ademe*."""
    codes, start = found.codes, at
    own = language.is_a(codes[at], "DET") and not language.is_a(codes[at], "THE")
    if not language.is_a(codes[at], "DET"):
        return None
    at += 1
    if at >= len(codes):
        return None
    if language.is_a(codes[at], "INST"):
        if own:
            return Who("other", start, at + 1, role=found.word(at))
        end = role_end(found, at + 1, language)
        return Who("group", start, end, name=found.written(at, end))
    told = read_name(found, at, language)
    if told is None or own or language.is_a(codes[at], "GIVEN"):
        return None
    return Who("group", start, told.end, name=found.written(at, told.end))
