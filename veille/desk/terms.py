"""The words that count in a text, as rules and stories compare them: folded, stemmed, in order."""

from __future__ import annotations

from veille.search.french import tokens
from veille.search.small_words import QUESTION_WORDS, STOP_WORDS
from veille.search.stems import stem

_SMALL = STOP_WORDS | QUESTION_WORDS


def terms(text: str) -> list[str]:
    """Give the terms of a text, small words left out."""
    return [stem(one.term) for one in tokens(text) if one.term not in _SMALL]
