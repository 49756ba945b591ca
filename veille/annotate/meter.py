"""How much of a text is quoted: it informs, and judges nothing.

No number of words makes a quotation short in law: brevity is judged against both works, the one
that is quoted and the one that quotes (CPI, L. 122-5, 3° a).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from veille.domain.text import word_places


@dataclass(frozen=True, slots=True)
class Meter:
    """What a quote takes of its article, and what all quotes kept of it take together.

    Attributes:
        words: of the quote.
        article: words of the whole article; 0 when its text is not here.
        quoted: words of the article that stand in some quote, this one included.
    """

    words: int
    article: int
    quoted: int

    @property
    def share(self) -> float:
        """Give the part of the article that the quote is, from 0 to 1."""
        return self.words / self.article if self.article else 0.0

    @property
    def quoted_share(self) -> float:
        """Give the part of the article that is quoted in all, from 0 to 1."""
        return self.quoted / self.article if self.article else 0.0


def meter(
    text: str, passage: tuple[int, int], others: Iterable[tuple[int, int]], *, partial: bool = False
) -> Meter:
    """Measure a passage of a text, beside other passages that are quoted of it.

    Args:
        text: the canonical text.
        passage: where the quote stands.
        others: where other quotes stand; what two of them share counts once.
        partial: the text is an excerpt, and tells nothing of how long the article is.
    """
    places = word_places(text)
    every = _united([passage, *others])
    return Meter(
        words=_between(places, *passage),
        article=0 if partial else len(places),
        quoted=sum(_between(places, start, end) for start, end in every),
    )


def _between(places: Sequence[int], start: int, end: int) -> int:
    return max(bisect_left(places, end) - bisect_left(places, start), 0)


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
