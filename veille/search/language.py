"""The query language: what a person types, read as a person would mean it. Never an error.

Words, ``"phrases"``, ``=exact``, ``-exclusion``, ``OU`` / ``OR``, parentheses, and filters in
French or English. An unbalanced quotation mark or parenthesis is closed; an unknown filter is
said, its value searched as words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from veille.domain.text import CONTROLS, fold
from veille.search import french, moments
from veille.search.french import tokens
from veille.search.small_words import ASKING_WORDS, STOP_WORDS

FILTERS: Final = {
    "source": "source", "titre": "title", "title": "title", "auteur": "author",
    "author": "author", "qui": "speaker", "who": "speaker", "speaker": "speaker",
    "theme": "tag", "tag": "tag", "dossier": "dossier", "folder": "dossier", "etat": "state",
    "state": "state", "type": "kind", "kind": "kind", "espace": "space", "space": "space",
    "par": "by", "by": "by", "depuis": "since", "since": "since", "jusqu'a": "until",
    "jusqua": "until", "until": "until", "date": "date", "langue": "language",
    "language": "language",
}  # fmt: skip
KINDS: Final = {
    "article": "article", "articles": "article", "citation": "quote", "citations": "quote",
    "quote": "quote", "quotes": "quote", "annotation": "annotation", "annotations": "annotation",
    "commentaire": "annotation", "commentaires": "annotation", "comment": "annotation",
    "note": "note", "notes": "note", "dossier": "dossier", "dossiers": "dossier",
}  # fmt: skip
STATES: Final = {
    "a trier": "inbox", "inbox": "inbox", "retenu": "kept", "retenus": "kept", "kept": "kept",
    "ecarte": "discarded", "ecartes": "discarded", "discarded": "discarded",
    "diffuse": "published", "diffuses": "published", "published": "published",
    "archive": "archived", "archives": "archived", "archived": "archived",
    "propose": "proposed", "proposes": "proposed", "proposed": "proposed",
}  # fmt: skip
_DATE_WORDS: Final = 5
DATES: Final = frozenset({"since", "until", "date"})

_LEX: Final = re.compile(
    r"""(?P<open>[-−]?\()|(?P<close>\))"""
    # A filter without a value, yet.
    r"""|(?P<bare>[^\W\d_]+(?:['’‘ʼ][aàAÀ])?)\s?:(?=\s*\Z|\s*\(|\s{2})"""
    r"""|(?P<not>[-−])?"""
    r"""(?:(?P<field>[^\W\d_]+(?:['’‘ʼ][aàAÀ])?)(?P<apart>\s?):(?!//)\s?)?(?P<exact>=)?"""
    r"""(?:[«"“”]\s*(?P<phrase>[^»"“”]*)(?P<shut>[»"“”]|\Z)|(?P<word>[^\s«»"“”()]+))"""
)
# A number or a day of several words, where it is not the value of a filter.
_SPACED: Final = re.compile(rf"(?<![:\w])(?<!: )(?:{french.NUMBER})")
_MAX_LENGTH: Final = 1_000
_MAX_ITEMS: Final = 40
_MAX_DEPTH: Final = 8


@dataclass(frozen=True, slots=True)
class Word:
    """A word; several when they are glued by a hyphen or an apostrophe, or quoted.

    Attributes:
        quoted: between quotation marks: its words follow each other.
        joined: what its words are together (``capcom``, ``20240312``), "" for nothing.
        exact: this very form, no inflection.
        at: where it stands in the query.
        prefix: it may be unfinished.
    """

    words: tuple[str, ...]
    quoted: bool = False
    joined: str = ""
    prefix: bool = False
    exact: bool = False
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Restriction:
    """A filter.

    Attributes:
        name: a value of FILTERS.
        value: as typed, folded.
        days: of a date, the first and the last, 0 for any.
        typed: the whole as words, when it may have been a sentence: ``Dossier : la crue``.
        shown: the value as it was typed.
    """

    name: str
    value: str
    days: tuple[int, int] = (0, 0)
    typed: tuple[Word, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """``alternatives`` are joined by OR, the nodes of each by AND."""

    alternatives: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What is excluded."""

    node: Word | Restriction | Group


Node = Word | Restriction | Group | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood, and ``(code, word)`` of what was not."""

    text: str
    root: Group
    problems: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was asked."""
        return not any(self.root.alternatives)

    @property
    def asks(self) -> bool:
        """Tell whether it is a question in plain words: it has a question mark, or asks."""
        if len(self.plain) < 2 and "?" not in self.text:
            return False
        first = next(tokens(self.text), None)
        asking = first is not None and first.term in ASKING_WORDS and not first.start
        return bool(self.plain) and ("?" in self.text or asking)

    @property
    def plain(self) -> tuple[Word, ...]:
        """Give the words of a query that holds nothing else but filters, () for another."""
        if len(self.root.alternatives) != 1:
            return ()
        nodes = self.root.alternatives[0]
        if any(isinstance(one, Group) for one in nodes):
            return ()
        return tuple(one for one in nodes if isinstance(one, Word))


def parse(text: str, *, today: date, typing: bool = False) -> Query:
    """Read a query.

    Args:
        text: what was typed.
        today: what ``hier`` is counted from.
        typing: whether the last word may be unfinished.
    """
    plain = unicodedata.normalize("NFC", text[:_MAX_LENGTH].translate(CONTROLS))
    plain = _SPACED.sub(lambda match: french.glued(match[0]), plain)
    return _Parser(plain, today, typing=typing).query()


class _Parser:
    """Reads one query, from left to right."""

    def __init__(self, text: str, today: date, *, typing: bool) -> None:
        self._text, self._today, self._typing = text, today, typing
        self._lexemes = list(_LEX.finditer(text))[:_MAX_ITEMS]
        self._at = 0
        self._problems: list[tuple[str, str]] = []

    def query(self) -> Query:
        """Read everything; a parenthesis too many is passed over."""
        groups: list[Group] = []
        while self._at < len(self._lexemes):
            groups.append(self._group(0))
            self._at += 1
        kept = [one for one in groups if one.alternatives]
        root = kept[0] if len(kept) == 1 else Group((tuple(kept),) if kept else ())
        return Query(self._text, root, tuple(self._problems))

    def _group(self, depth: int) -> Group:
        alternatives: list[list[Node]] = [[]]
        while self._at < len(self._lexemes):
            lexeme = self._lexemes[self._at]
            if lexeme["close"]:
                break
            self._at += 1
            if lexeme["open"]:
                alternatives[-1] += self._inner(depth, negative=len(lexeme["open"]) > 1)
            elif lexeme["word"] in {"OU", "OR"} and not lexeme["field"]:
                alternatives.append([])
            elif lexeme["word"] in {"NON", "NOT", "SAUF"} and not lexeme["field"]:
                alternatives[-1] += self._refused()
            elif lexeme["word"] not in {"ET", "AND"} or lexeme["field"]:
                alternatives[-1] += self._leaf(lexeme)
        return _whole([one for one in alternatives if one])

    def _refused(self) -> list[Node]:
        """Read what stands after NON."""
        if self._at >= len(self._lexemes) or self._lexemes[self._at]["open"]:
            return []
        self._at += 1
        found = self._leaf(self._lexemes[self._at - 1])
        return [one if isinstance(one, Not) else Not(one) for one in found]

    def _inner(self, depth: int, *, negative: bool) -> Sequence[Node]:
        if depth >= _MAX_DEPTH:
            return ()
        inner = self._group(depth + 1)
        self._at += 1
        if not inner.alternatives:
            return ()
        if negative:
            return (Not(inner),)
        # Parentheses around what is not a choice are those of a sentence.
        return inner.alternatives[0] if len(inner.alternatives) == 1 else (inner,)

    def _leaf(self, lexeme: re.Match[str]) -> list[Node]:
        if lexeme["bare"] is not None:
            known = fold(lexeme["bare"]) in FILTERS or self._typing
            return [] if known else list(self._words(lexeme, "bare"))
        if lexeme["field"] and lexeme["apart"] and fold(lexeme["field"]) not in FILTERS:
            # French puts a space before a colon: "délai : un mois" filters nothing.
            return [*self._words(lexeme, "field"), *self._wanted(lexeme)]
        if lexeme["field"]:
            restriction = self._restriction(lexeme)
            if restriction is not None:
                return [Not(restriction) if lexeme["not"] else restriction]
            if self._known(lexeme) in DATES:
                return []
            return [replace(one, quoted=False) if isinstance(one, Word) else one
                    for one in self._wanted(lexeme)]  # fmt: skip
        return self._wanted(lexeme)

    @staticmethod
    def _known(lexeme: re.Match[str]) -> str:
        return FILTERS.get(fold(lexeme["field"]).replace("‘", "'"), "")

    def _wanted(self, lexeme: re.Match[str]) -> list[Node]:
        words = self._words(lexeme, "phrase" if lexeme["phrase"] is not None else "word")
        return [Not(one) for one in words] if lexeme["not"] else list(words)

    def _words(self, lexeme: re.Match[str], name: str) -> tuple[Word, ...]:
        """Read a part of a lexeme as a word, or words that are glued or quoted."""
        found = list(tokens(lexeme[name]))
        by_place = {token.position: token.term for token in reversed(found)}
        words = tuple(term for _, term in sorted(by_place.items()))
        if not words:
            return ()
        # The whole comes after its parts, at the place of the first.
        joined = found[-1].term if len(found) == len(words) + 1 and not found[-1].position else ""
        unfinished = self._typing and lexeme.end() == len(self._text) and not lexeme["shut"]
        exact = name in {"word", "phrase"} and lexeme["exact"] is not None
        return (
            Word(words, quoted=name == "phrase", joined=joined, prefix=unfinished, exact=exact,
                 at=lexeme.span(name)),
        )  # fmt: skip

    def _restriction(self, lexeme: re.Match[str]) -> Restriction | None:
        name, known = fold(lexeme["field"]), self._known(lexeme)
        if not known:
            near = get_close_matches(name, FILTERS, n=1, cutoff=0.6)
            self._problems.append(("unknown_filter", f"{name}:{near[0] if near else ''}"))
            return None
        if known in DATES:
            return self._dated(known, lexeme)
        part = "phrase" if lexeme["phrase"] is not None else "word"
        value = fold(lexeme[part]).strip()
        typed = (*self._words(lexeme, "field"), *self._words(lexeme, part))
        if not value:
            return None
        return Restriction(known, value, typed=typed if lexeme["apart"] else (),
                           shown=lexeme[part].strip())  # fmt: skip

    def _dated(self, name: str, lexeme: re.Match[str]) -> Restriction | None:
        """Read a date, that may be of several words: ``depuis:12 mars 2024``."""
        content = lexeme["phrase"] if lexeme["phrase"] is not None else lexeme["word"]
        value, read, further = fold(content).strip(), None, 0
        for more in range(_DATE_WORDS if lexeme["phrase"] is None else 1):
            if more:
                place = self._at + more - 1
                after = self._lexemes[place] if place < len(self._lexemes) else None
                if after is None or not after["word"] or after["field"] or after["not"]:
                    break
                value = f"{value} {fold(after['word'])}"
            found = moments.span(value, today=self._today)
            if found is not None:
                read, further = found, more
        if read is None:
            self._problems.append(("unknown_date", content))
            return None
        self._at += further
        first, last = moments.number(read[0]), moments.number(read[1])
        days = {"since": (first, 0), "until": (0, last), "date": (first, last)}
        return Restriction(name, value, days[name])


def _whole(alternatives: list[list[Node]]) -> Group:
    """Join alternatives by OR.

    A filter beside words holds for all of them, wherever it stands: ``crue OU gel depuis:2025``.
    """
    if len(alternatives) < 2:
        return Group(tuple(map(_significant, alternatives)))
    common: list[Node] = []
    own: list[list[Node]] = []
    for nodes in alternatives:
        words: list[Node] = [one for one in nodes if isinstance(one, Word | Group)]
        own.append(words or nodes)
        if words:
            common += [one for one in nodes if isinstance(one, Restriction | Not)]
    choice = Group(tuple(map(_significant, own)))
    return Group(((choice, *common),)) if common else choice


def _significant(nodes: list[Node]) -> tuple[Node, ...]:
    """Let words such as "le" count in phrases, and alone only when there is nothing else."""
    kept = [
        one
        for one in nodes
        if not isinstance(one, Word)
        or one.quoted or one.prefix or one.exact
        or any(part not in STOP_WORDS for part in one.words)
    ]  # fmt: skip
    return tuple(kept if any(not isinstance(one, Not) for one in kept) else nodes)
