"""What the inflections of a word share, without what is only of the same family."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ENDINGS: Final = """
ation ition ateur atrice atif ative ement ment issement issant issent euse eur rice ance
ence able ible age ite ait aient era eront erait eraient erons ons ions iez ez ent ant if
ive eux isme iste ure
"""


@lru_cache(maxsize=200_000)
def stem(term: str) -> str:
    """Give what the inflections of a folded word share: plural, feminine, -aux, participle.

    Light on purpose: *commune* and *communication*, *maire* and *mairie* stay apart, which
    Snowball confuses. Every form of a stem begins with all of it but its last letter.
    """
    if len(term) < 4 or not term.isalpha():
        return term
    word = term
    if word.endswith("aux") and len(word) > 4:
        word = f"{word[:-3]}au" if word.endswith("eaux") else f"{word[:-3]}al"
    elif word[-1] in "sx" and word[-2] != "s":
        word = word[:-1]
    if len(word) > 5:
        for ending, cut, added in _FEMININES:
            if word.endswith(ending):
                return word[:-cut] + added
    return _participle(word)


_FEMININES: Final = (
    ("ique", 4, "ic"),  # publique, public
    ("euse", 2, ""), ("eur", 1, ""),  # vendeuse, vendeur; heureuse, heureux
    ("tive", 2, "f"), ("sive", 2, "f"),  # sportive, sportif
    ("iere", 3, ""), ("llere", 3, ""), ("angere", 3, ""),  # premiere, premier
)  # fmt: skip


def _participle(word: str) -> str:
    for ending in ("ee", "e", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            # actuelle is actuel; but conseiller is not conseil.
            doubled = ending != "er" and len(word) > 3 and word[-1] == word[-2]
            return word[:-1] if doubled else word
    return word[:-1] if word.endswith("ir") and len(word) > 4 else word


_SUFFIXES: Final = tuple(sorted(_ENDINGS.split(), key=len, reverse=True))


@lru_cache(maxsize=200_000)
def root(term: str) -> str:
    """Give what words of one origin share: *animation*, *anime*, *animateur*.

    For whole questions only, and at little weight: it also brings *concert* near *concertation*.
    """
    if len(term) < 6 or not term.isalpha():
        return stem(term)
    word = term[:-1] if term[-1] in "sx" and term[-2] != "s" else term
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (4 if len(suffix) >= 4 else 5):
            found = word[: -len(suffix)]
            found = found[:-1] if found[-1] == found[-2] else found
            break
    else:
        found = stem(term)
    if found.endswith("qu"):
        return f"{found[:-2]}c"
    return f"{found[:-1]}c" if found.endswith("iq") else found


@lru_cache(maxsize=50_000)
def english_stem(term: str) -> str:
    """Give what the inflections of an English word share: plural, -ed, -ing."""
    if len(term) < 4 or not term.isalpha():
        return term
    if term.endswith("ies") and len(term) > 4:
        return f"{term[:-3]}y"
    for ending in ("ing", "ed", "es", "s"):
        if term.endswith(ending) and len(term) - len(ending) >= 3 and not term.endswith("ss"):
            word = term[: -len(ending)]
            doubled = word[-1] == word[-2] and word[-1] not in "lsz"
            return word[:-1] if doubled else word.removesuffix("e")
    return term.removesuffix("e")
