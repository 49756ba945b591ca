"""What a file tells of themes, made sound: one concept a word, and no circle above any."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from veille.domain.fields import MAX_LINE, MAX_PASSAGE
from veille.domain.text import CONTROLS, collapse, key
from veille.themes.vocabulary import Concept, Vocabulary

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_CONCEPTS: Final = 20_000
MOST_ALTS: Final = 200
_MAX_URI: Final = 2_000


class Problem(NamedTuple):
    """Something that was passed over: why, what, and in which line (0 when it has none).

    Codes: "too_big", "doctype", "json_ld", "unreadable", "nothing" say that the file gives
    nothing; "too_many" that the rest of it was not read; "no_label", "deprecated", "too_long" that
    a concept was left out; "same_label" that two became one; "other_broader", "unknown_broader"
    and "circle" that a concept lost one that was said to be above; "shortened" that its note or
    its synonyms were cut.
    """

    code: str
    detail: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ToldConcept:
    """A concept as a file tells it; ``broader`` is the preferred word of another, or ""."""

    label: str
    alts: tuple[str, ...] = ()
    broader: str = ""
    note: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a file holds. A broader concept is always among the concepts."""

    concepts: tuple[ToldConcept, ...]
    problems: tuple[Problem, ...] = ()


def refused(code: str) -> Told:
    """Tell that a file gives nothing, and why."""
    return Told((), (Problem(code),))


def word(text: str) -> str:
    """Make a label of what a file says: one line, no invisible control, accents composed."""
    return unicodedata.normalize("NFC", collapse(text.translate(CONTROLS)))


def passage(text: str) -> str:
    """Make a note of what a file says; its line breaks stay."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
    return unicodedata.normalize("NFC", plain).strip()


def settled(said: Iterable[tuple[ToldConcept, int]], *, problems: Iterable[Problem] = ()) -> Told:
    """Make concepts sound, whatever a file said of them.

    Args:
        said: the concepts, and the line of each (0 for none). What is said of one label twice
            is joined; a broader label that nobody else bears becomes a concept.
        problems: what was met before.
    """
    found = _Settling(list(problems))
    for concept, line in said:
        found.take(concept, line)
    return found.told()


class _Settling:
    """The concepts so far, by folded label, in the order of the file."""

    __slots__ = ("_known", "_lines", "_problems")

    def __init__(self, problems: list[Problem]) -> None:
        self._known: dict[str, ToldConcept] = {}
        self._lines: dict[str, int] = {}
        self._problems = problems

    def take(self, said: ToldConcept, line: int) -> None:
        concept = self._clean(said, line)
        if concept is None:
            return
        folded = key(concept.label)
        before = self._known.get(folded)
        if before is None and len(self._known) >= MOST_CONCEPTS:
            if not any(one.code == "too_many" for one in self._problems):
                self._tell("too_many", "", line)
            return
        if before is not None:
            concept = self._joined(before, concept, line)
        self._known[folded] = concept
        self._lines.setdefault(folded, line)

    def told(self) -> Told:
        self._name_broader()
        self._cut_circles()
        if not self._known and not self._problems:
            self._tell("nothing", "", 0)
        return Told(tuple(self._known.values()), tuple(self._problems))

    def _tell(self, code: str, detail: str, line: int) -> None:
        self._problems.append(Problem(code, detail, line))

    def _clean(self, said: ToldConcept, line: int) -> ToldConcept | None:
        label = word(said.label)
        if not key(label) or len(label) > MAX_LINE:
            self._tell(
                "too_long" if len(label) > MAX_LINE else "no_label", label[:80] or said.uri, line
            )
            return None
        note, alts = passage(said.note), _alts(said.alts, label)
        if len(note) > MAX_PASSAGE or len(alts) > MOST_ALTS:
            self._tell("shortened", label, line)
        return ToldConcept(
            label,
            alts=tuple(alts[:MOST_ALTS]),
            broader=word(said.broader)[:MAX_LINE],
            note=note[:MAX_PASSAGE].strip(),
            uri=said.uri if len(said.uri) <= _MAX_URI else "",
        )

    def _joined(self, before: ToldConcept, after: ToldConcept, line: int) -> ToldConcept:
        """Join what is said of one label twice; a bare repetition is no news."""
        if after.alts or after.note:
            self._tell("same_label", after.label, line)
        if before.broader and after.broader and key(before.broader) != key(after.broader):
            self._tell("other_broader", f"{after.label} < {after.broader}", line)
        alts = _alts((*before.alts, *after.alts), before.label)
        return replace(
            before,
            alts=tuple(alts[:MOST_ALTS]),
            broader=before.broader or after.broader,
            note=before.note or after.note,
            uri=before.uri or after.uri,
        )

    def _name_broader(self) -> None:
        """Have every broader label be the preferred word of a concept of the file."""
        synonyms = {key(alt): one.label for one in self._known.values() for alt in one.alts}
        for folded, concept in list(self._known.items()):
            above = key(concept.broader)
            if not above:
                continue
            label = synonyms.get(above, concept.broader)
            if above not in self._known and key(label) == above:
                self._known[above] = ToldConcept(concept.broader)
            shown = self._known.get(above) or self._known[key(label)]
            self._known[folded] = replace(concept, broader=shown.label)

    def _cut_circles(self) -> None:
        vocabulary = Vocabulary(
            Concept(folded, one.label, broader=key(one.broader), began=f"{place:09}")
            for place, (folded, one) in enumerate(self._known.items())
        )
        for folded, one in list(self._known.items()):
            if one.broader and not vocabulary.parent(folded):
                self._known[folded] = replace(one, broader="")
                self._tell("circle", f"{one.label} < {one.broader}", self._lines.get(folded, 0))


def _alts(said: Sequence[str], label: str) -> list[str]:
    """Give the synonyms that are words, once each, and not the label itself."""
    known = {key(label), ""}
    found: list[str] = []
    for one in map(word, said):
        if key(one) not in known and len(one) <= MAX_LINE:
            known.add(key(one))
            found.append(one)
    return found
