"""The words an index knows, as a query needs them: inflections, completions, what was meant."""

from __future__ import annotations

from typing import Final

import numpy as np

from veille.search import small_words, stems
from veille.search.engine import vocabulary
from veille.search.engine.snapshot import Snapshot
from veille.search.families import Families

EXACT: Final = 1.0
INFLECTED: Final = 0.7
KIN: Final = 0.3
# A suggestion must be so many times more frequent than what was typed, or names get "corrected".
_RARER: Final = 20
_KEPT: Final = 20_000
_ROWS: Final = ("azertyuiop", "qsdfghjklm", "wxcvbn")


class Lexicon:
    """The words of one snapshot."""

    def __init__(self, snapshot: Snapshot, families: Families) -> None:
        self._of = snapshot
        self._families = families
        self._known: dict[tuple[str, bool], dict[str, float]] = {}
        self._known_english: dict[str, frozenset[str]] = {}
        self._english = "en" in snapshot.column("language").numbers

    def forms(self, word: str, *, kin: bool = False) -> dict[str, float]:
        """Give the forms of a word with how much each counts, the exact one first.

        With ``kin``, words of the same origin too, for whole questions.
        """
        if len(self._known) > _KEPT:
            self._known.clear()
            self._known_english.clear()
        known = self._known.get((word, kin))
        if known is None:
            known = {word: EXACT} | dict.fromkeys(self._inflected(word), INFLECTED)
            for other in self._kin(word) if kin else ():
                known.setdefault(other, KIN)
            self._known[word, kin] = known
        return known

    def english(self, word: str) -> frozenset[str]:
        """Give the forms that are inflections in English only."""
        stem = stems.english_stem(word)
        if not self._english or word in self._families.forms or len(stem) < 3:
            return frozenset()
        known = self._known_english.get(word)
        if known is None:
            found = vocabulary.sharing(
                self._of, word, stem[:-1], lambda other: stems.english_stem(other) == stem
            )
            known = self._known_english[word] = frozenset(found) - set(self.forms(word))
        return known

    def _inflected(self, word: str) -> list[str]:
        if (word,) in self._families.meanings:
            # PLU is not the singular of "plus".
            return []
        family = self._families.forms.get(word)
        if family is not None:
            return [one for one in family if one != word and self._of.places(one)]
        stem = stems.stem(word)
        if len(stem) < 3:
            return []
        found = vocabulary.sharing(
            self._of, word, stem[:-1], lambda other: stems.stem(other) == stem
        )
        return [one for one in found if self._is_free(one)]

    def _is_free(self, word: str) -> bool:
        """Tell whether the general rule holds for a word: it is in no family, and no acronym."""
        return word not in self._families.forms and (word,) not in self._families.meanings

    def _kin(self, word: str) -> list[str]:
        near = [one for one in self._families.kin.get(word, ()) if self._of.places(one)]
        root = stems.root(word)
        if word in self._families.forms or len(root) < 4:
            return near
        found = vocabulary.sharing(
            self._of, word, root[:-1], lambda other: stems.root(other) == root, longest=8
        )
        return near + [one for one in found if self._is_free(one)]

    def meanings(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Give the other ways to say some words: what an acronym stands for, or the acronym."""
        telling = tuple(word for word in words if word not in small_words.STOP_WORDS)
        return self._families.meanings.get(telling, ())

    def known(self, word: str) -> bool:
        """Tell whether a word stands in the index."""
        return bool(self._of.places(word))

    def frequency(self, word: str) -> int:
        """Tell how many documents hold a word or an inflection of it, about."""
        return max(
            (
                self._of.frequency(one) + self._of.frequency(one, "title")
                for one in self.forms(word)
            ),
            default=0,
        )

    def starting(self, prefix: str, *, most: int = 8) -> list[str]:
        """Give words that begin so, the most frequent first."""
        return [word for word, _ in vocabulary.starting(self._of, prefix, most=most)]

    def meant(self, word: str) -> str:
        """Give the word that was probably meant, "" when the one typed is as likely."""
        if len(word) < 4 or not word.isalpha() or not self._is_free(word):
            return ""
        least = max(self.frequency(word) * _RARER, 1)
        if least > self._of.documents:
            return ""
        # A word that exists is a slip for its nearest neighbours only.
        bold = len(word) >= 6 and not self.known(word)
        candidates = vocabulary.near(self._of, word, 2 if bold else 1, least=least)
        scored = [
            (_likelihood(word, other, far, often), other)
            for other, far, often in candidates
            if other != word and (bold or other[0] == word[0])
        ]
        return max(scored)[1] if scored else ""


def _likelihood(typed: str, meant: str, far: int, often: int) -> float:
    """Weigh a correction: few edits, few surprising ones, a frequent word."""
    effort = float(far)
    if typed[0] != meant[0]:
        effort += 0.7
    if len(typed) == len(meant):
        slips = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
        if len(slips) == 2 and slips[0] == slips[1][::-1]:
            effort -= 0.3
        effort -= 0.3 * sum(_adjacent(a, b) for a, b in slips[:1])
    elif _undoubled(typed) == _undoubled(meant):
        effort -= 0.4
    return float(np.log10(often + 1)) - 1.6 * effort


def _adjacent(one: str, other: str) -> bool:
    """Tell whether two letters are neighbours on a French keyboard."""
    for row in _ROWS:
        if one in row and other in row:
            return abs(row.index(one) - row.index(other)) == 1
    return False


def _undoubled(word: str) -> str:
    return "".join(
        letter for place, letter in enumerate(word) if not place or letter != word[place - 1]
    )
