"""What of a line does not count for the person who follows a page: their rules, and ages.

Case, accents, spaces and typography never count, nor the ages that pages count by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from veille.domain.text import collapse, fold

KINDS: Final = ("dates", "times", "numbers")
_DAY: Final = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
_MONTH: Final = (
    r"(?:janv(?:ier)?|fevr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?"
    r"|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)"
)
_UNIT: Final = (
    r"(?:secondes?|seconds?|sec|minutes?|min|heures?|hours?|h|jours?|days?|j|semaines?|weeks?"
    r"|mois|months?|ans?|annees?|years?)"
)
_AGES: Final = re.compile(
    rf"\bil y a (?:environ |moins d[e'] ?)?(?:\d{{1,4}}|une?|quelques) {_UNIT}\b"
    rf"|\b(?:\d{{1,4}}|an?) {_UNIT} ago\b|\ba l'instant\b|\bjust now\b"
)
_KINDS: Final = {
    "dates": re.compile(
        rf"\b(?:{_DAY},? )?(?:le )?\d{{1,2}}(?:er)? {_MONTH}\b\.?(?: \d{{4}}\b)?"
        rf"|\b{_MONTH}\.? (?:\d{{1,2}}, )?\d{{4}}\b|\b{_DAY}\b"
        r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b"
        r"|\b(?:avant-)?hier\b|\baujourd'hui\b|\byesterday\b|\btoday\b"
    ),
    "times": re.compile(r"\b\d{1,2} ?(?:h|:) ?\d{2}(?::\d{2})?\b|\b\d{1,2} ?h(?:eures?)?\b"),
    "numbers": re.compile(r"\d(?:[\d.,:/ ]*\d)?"),
}
_QUOTES: Final = str.maketrans(
    {"«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"}
)
_BEFORE_MARK: Final = re.compile(r" (?=[,;:.!?…)\"])|(?<=[(\"]) ")
_DOTS: Final = re.compile(r"\.\.\.")
# A letter, a digit, or a sign that is neither punctuation nor a bullet: "🔴", "€".
_SAYS: Final = re.compile(r"[^\W_]|[^\w\s!-/:-@\[-`{-~•·…|-]")
_SENTENCE: Final = re.compile(r"[.!?…](?=\s|\Z)")
_NUMBER_BEFORE: Final = re.compile(r"\d[\d.,]*(?: \d{3})* ?\Z")
# How far before a phrase its number may begin.
_REACH: Final = 30


def keys(lines: Iterable[str], rules: Sequence[str]) -> list[str]:
    """Give what is compared of each line, "" for a line that says nothing.

    Args:
        lines: of a page.
        rules: phrases, with ``*`` for anything within the line, and KINDS.
    """
    phrases = [_plain(one) for one in rules if one not in KINDS]
    patterns = [_AGES, *(_KINDS[one] for one in rules if one in KINDS)]
    return [_key(one, phrases, patterns) for one in lines]


def _key(line: str, phrases: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> str:
    text = _plain(line)
    for phrase in phrases:
        text = _without(text, phrase)
    for pattern in patterns:
        text = pattern.sub(" ", text)
    text = collapse(text)
    return text if _SAYS.search(text) else ""


def _plain(text: str) -> str:
    """Fold a line, or a rule: case, accents, quotation marks, dashes and spaces before marks."""
    folded = collapse(_DOTS.sub("…", fold(text).translate(_QUOTES)))
    return _BEFORE_MARK.sub("", folded)


def _without(text: str, phrase: str) -> str:
    """Take what a rule ignores out of a line, everywhere it stands."""
    parts = [one.strip() for one in phrase.split("*")]
    if len("".join(parts)) < 2:
        return text
    left: list[str] = []
    at = 0
    while (found := _found(text, parts, at)) is not None:
        start, end = found if len(parts) > 1 else _around(text, *found, least=at)
        left.append(text[at:start])
        at = max(end, at + 1)
    return " ".join([*left, text[at:]])


def _around(text: str, start: int, end: int, *, least: int) -> tuple[int, int]:
    """Widen a phrase to the number right before it, and to the end of its sentence."""
    number = _NUMBER_BEFORE.search(text, max(least, start - _REACH), start)
    stop = _SENTENCE.search(text, end)
    return number.start() if number else start, stop.end() if stop else len(text)


def _found(text: str, parts: Sequence[str], at: int) -> tuple[int, int] | None:
    """Find the parts of a rule one after the other: each where it first stands, no way back."""
    start = end = -1
    for part in parts:
        here = _word(text, part, at if start < 0 else end) if part else max(end, at)
        if here < 0:
            return None
        start = here if start < 0 else start
        end = here + len(part)
    return start, end if parts[-1] else len(text)


def _word(text: str, part: str, at: int) -> int:
    """Find whole words in a line: -1 when they are not there."""
    while (here := text.find(part, at)) >= 0:
        end = here + len(part)
        is_cut = (here and text[here - 1].isalnum() and part[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and part[-1].isalnum()
        )
        if not is_cut:
            return here
        at = here + 1
    return -1
