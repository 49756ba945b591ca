"""The forms of verbs that a sentence of the press uses: third person, participles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

_SAY: Final = ("e", "ent", "ait", "aient", "a", "èrent")
_LATER: Final = ("a", "ont", "ait", "aient")
_SECOND: Final = ("it", "issent", "issait", "issaient", "irent", "ira", "iront", "irait")


def french(entry: str) -> Iterator[tuple[str, str]]:
    """Give (class, form) of one line of ``verbs.txt``: SAY, SAID, SAYING, TOSAY.

    A line is an infinitive, and after a colon the forms that leave the rule:
    conjugated | past participles | present participle. An empty part keeps the rule.
    """
    infinitive, _, told = entry.partition(":")
    infinitive = infinitive.strip()
    parts = [part.split() for part in told.split("|")] + [[], [], []]
    regular = _regular(infinitive)
    yield "TOSAY", infinitive
    for name, given in zip(("SAY", "SAID", "SAYING"), parts, strict=False):
        for form in given or regular.get(name, []):
            yield name, form


def _regular(infinitive: str) -> dict[str, list[str]]:
    if infinitive.endswith("er"):
        return _first_group(infinitive[:-2])
    if infinitive.endswith("ir"):
        stem = infinitive[:-2]
        return {
            "SAY": [stem + end for end in _SECOND],
            "SAID": [stem + end for end in ("i", "ie", "is", "ies")],
            "SAYING": [stem + "issant"],
        }
    return {}


def _first_group(stem: str) -> dict[str, list[str]]:
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    open_ = re.sub(r"é([bcdfghjklmnpqrstvxz]{1,2}u?)$", r"è\1", stem)
    say = [
        (open_ if end in {"e", "ent"} else stem if end == "èrent" else soft) + end for end in _SAY
    ]
    later = [stem + "er" + end for end in _LATER]
    return {
        "SAY": say + later,
        "SAID": [stem + end for end in ("é", "ée", "és", "ées")],
        "SAYING": [soft + "ant"],
    }


def english(entry: str) -> Iterator[tuple[str, str]]:
    """Give (class, form) of one line of the English ``verbs.txt``: base, then irregular forms."""
    base, _, told = entry.partition(":")
    base = base.strip()
    stem = base.removesuffix("e")
    yield "TOSAY", base
    for form in told.split() or [base + "s", stem + "ed", stem + "ing"]:
        yield ("SAYING" if form.endswith("ing") else "SAY"), form


FORMS: Final[Mapping[str, Callable[[str], Iterator[tuple[str, str]]]]] = {
    "fr": french,
    "en": english,
}
