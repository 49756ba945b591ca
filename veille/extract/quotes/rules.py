"""The rules: readable patterns over classes of words, compiled to expressions over letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

# Classes that a text's own signs give; the rest come from the files.
SIGNS: Final = {
    "QUOTE": "\ue000", "COMMA": ",", "STOP": "\ue001", "COLON": ":", "DASH": "\ue002",
    "OPEN": "(", "CLOSE": ")", "NUM": "\ue003", "OTHER": "\ue004",
}  # fmt: skip
_AFTER_PREPOSITION: Final = {"ACC", "BY", "FOR", "OF"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the speaker is told: ``head`` stands before, ``tail`` after; no head: who spoke last."""

    head: re.Pattern[str]
    tail: re.Pattern[str]
    again: bool
    prepositional: bool


_ITEM: Final = re.compile(r"([\w'-]+|[>=^$()|])([?*+]|\{\d+,\d+\})?$")


def literals(patterns: Iterable[str]) -> Iterator[str]:
    """Give the words that rules name as they are written."""
    for pattern in patterns:
        for item in pattern.split():
            match = _ITEM.match(item)
            if match and match[1][0].isalpha() and not match[1].isupper():
                yield match[1]


def rule_of(pattern: str, classes: Mapping[str, frozenset[str]]) -> Rule:
    """Compile a rule. Raises ValueError naming the word or class that nobody knows."""
    again = "=" in pattern.split()
    head, _, tail = pattern.partition("=" if again else ">")
    near = [item for item in head.split() if item not in "()|"][-1:]
    return Rule(
        _compiled(head, classes),
        _compiled(tail, classes),
        again,
        any(item in _AFTER_PREPOSITION or item.islower() for item in near),
    )


def _compiled(pattern: str, classes: Mapping[str, frozenset[str]]) -> re.Pattern[str]:
    out = []
    for item in pattern.split():
        match = _ITEM.match(item)
        if match is None:
            raise ValueError(item)
        out.append(_letters(match[1], classes) + (match[2] or ""))
    return re.compile("".join(out))


def _letters(name: str, classes: Mapping[str, frozenset[str]]) -> str:
    if name in "^$()|":
        return name.replace("(", "(?:")
    if name == "ANY":  # within the sentence
        return f"[^{SIGNS['STOP']}]"
    known = classes.get(name if name.isupper() else "=" + name)
    if not known:
        raise ValueError(name)
    return "[" + "".join(map(re.escape, sorted(known))) + "]"
