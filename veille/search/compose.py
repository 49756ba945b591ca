"""From an understood query to Whoosh's query tree, inflections added, exact form first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from whoosh import query

from veille.domain.text import key
from veille.search import french, small_words, stems
from veille.search.engine.nodes import COMPLETED, FormsPhrase, Most, Word
from veille.search.language import (
    DATES,
    KINDS,
    STATES,
    Group,
    Node,
    Not,
    Query,
    Restriction,
    parse,
)
from veille.search.language import Word as Typed
from veille.search.lexicon import Lexicon

_BOOSTS: Final = {"title": 1.5, "text": 1.0, "names": 0.7}
_TITLE: Final = {"title": 1.0}
_HINT: Final = {"title": 0.45}
_SMALL: Final = small_words.STOP_WORDS | small_words.QUESTION_WORDS
_MEANING: Final = 0.7
# The part of what the words of a question tell that a document must hold.
_LEAST: Final = 0.2
# Words an acronym stands for, at most; words a beginning is completed to, within a phrase.
_LONGEST: Final = 8
_COMPLETIONS: Final = 100
_SEVERAL: Final = frozenset({"tag", "dossier", "author"})

Resolve = Callable[[str, str], Sequence[str]]


@dataclass(slots=True)
class Composed:
    """Whoosh's query, and what the window needs to know of it.

    Attributes:
        tree: the query.
        forms: each form to mark, with the word that was typed.
        problems: ``(code, word)`` of filters that nothing answers.
        is_question: whether documents that lack some words answer too.
        lacks: whether a word of the question is nowhere, and was passed over.
    """

    tree: Any
    forms: dict[str, str] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    is_question: bool = False
    lacks: bool = False


class Composer:
    """Composes one query.

    Args:
        lexicon: the words of the index.
        columns: gives the values of a column that match a typed one.
        resolve: gives the ids that a typed name stands for.
    """

    def __init__(self, lexicon: Lexicon, *, columns: Resolve, resolve: Resolve) -> None:
        self._lexicon = lexicon
        self._columns = columns
        self._resolve = resolve
        self._forms: dict[str, str] = {}
        self._problems: list[tuple[str, str]] = []
        self._lacks = False
        # Whether the search of a dossier is being read: one does not hold another.
        self._inside = False

    def compose(self, asked: Query, *, loosely: bool = False) -> Composed:
        """Build the tree; ``loosely`` reads any words as a question."""
        # In a sentence that asks, quotation marks are those of the sentence.
        strict = [one for one in asked.plain if one.exact or (one.quoted and not asked.asks)]
        words = _apart(one for one in asked.plain if one not in strict)
        if loosely or asked.asks:
            words = _telling(words)
        question = bool(words) and (asked.asks or loosely)
        tree = self._question(asked, words, strict) if question else self._group(asked.root)
        return Composed(tree, self._forms, tuple(self._problems), question, self._lacks)

    def _question(self, asked: Query, words: Sequence[Typed], strict: Sequence[Typed]) -> Any:
        """Documents that hold most of the words; all else holds as ever."""
        parts, seen = [], set()
        for start, end in self._runs(words):
            said = [self._said(other, "") for other in self._meanings(words[start:end])]
            for one in words[start:end]:
                stem = tuple(map(stems.stem, one.words))
                if stem in seen:
                    continue
                seen.add(stem)
                node = self._asked(one, kin=len(words) > 1)
                # What says several words at once counts for each.
                nodes = said if node is None else [node, *said]
                parts.append(query.Or(nodes) if len(nodes) > 1 else nodes[0] if nodes else None)
        self._lacks = None in parts
        parts = [one for one in parts if one is not None]
        others = [one for one in asked.root.alternatives[0] if not isinstance(one, Typed)]
        small = {token.term for token in french.tokens(asked.text)}
        # "puis-je", "comment": nobody looks for them, but a title that says them answers better.
        hints = [Word(_HINT, {word: 1.0}) for word in sorted(small & _SMALL)] if asked.asks else []
        most: Any = Most(parts, least=_LEAST, hints=hints) if parts else query.NullQuery
        return self._all_of([most, *map(self._word, strict)], others)

    def _asked(self, one: Typed, *, kin: bool) -> Any:
        """A word of a question: of the same origin too, and what was meant when it is unknown."""
        if one.quoted:
            return self._word(one)
        word = one.words[0]
        if one.prefix and self._lexicon.starting(word, most=1):
            return self._node(word, self._lexicon.forms(word), prefix=word)
        forms = self._lexicon.forms(word, kin=kin)
        if not any(map(self._lexicon.known, forms)):
            meant = self._lexicon.meant(word)
            if not meant:
                return None
            forms = self._lexicon.forms(meant)
        return self._node(word, forms)

    # --- the tree ------------------------------------------------------------------------------

    def _group(self, group: Group) -> Any:
        found = [self._every(nodes) for nodes in group.alternatives]
        return query.Or(found) if len(found) != 1 else found[0]

    def _every(self, nodes: Sequence[Node]) -> Any:
        """Join by AND; several values of one filter by OR, where a document has one only."""
        words = [one for one in nodes if isinstance(one, Typed)]
        groups = [self._group(one) for one in nodes if isinstance(one, Group)]
        others = [one for one in nodes if isinstance(one, Restriction | Not)]
        return self._all_of([*self._words(words), *groups], others)

    def _words(self, words: Sequence[Typed]) -> list[Any]:
        """Build words; where some of them say what an acronym says, the acronym will do."""
        found: list[Any] = []
        for start, end in self._runs(words):
            nodes = [self._word(one) for one in words[start:end]]
            node = nodes[0] if len(nodes) == 1 else query.And(nodes)
            said = self._meanings(words[start:end])
            typed = " ".join(part for one in words[start:end] for part in one.words)
            found.append(
                query.Or([node, *(self._said(other, typed) for other in said)]) if said else node
            )
        return found

    def _runs(self, words: Sequence[Typed]) -> Iterator[tuple[int, int]]:
        """Cut words into the longest runs that an acronym stands for, the others one by one."""
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + _LONGEST), at, -1)
            end = next((end for end in ends if self._meanings(words[at:end])), at + 1)
            yield at, end
            at = end

    def _meanings(self, words: Sequence[Typed]) -> tuple[tuple[str, ...], ...]:
        if any(one.exact or one.prefix for one in words):
            return ()
        return self._lexicon.meanings(tuple(part for one in words for part in one.words))

    def _all_of(self, wanted: list[Any], others: Sequence[Node]) -> Any:
        kept: dict[str, list[Any]] = {}
        refused = []
        for number, one in enumerate(others):
            if isinstance(one, Not):
                refused.append(self._without_marks(one.node))
            elif isinstance(one, Restriction):
                alone = one.name in _SEVERAL or one.name in DATES
                kept.setdefault(f"{one.name}{number if alone else ''}", []).append(
                    self._restriction(one)
                )
        filters = [query.Or(one) if len(one) > 1 else one[0] for one in kept.values()]
        # Whoosh's compounds are false when they are empty: none is asked for its truth.
        tree = query.And(wanted) if len(wanted) > 1 else wanted[0] if wanted else None
        for one in filters:
            tree = one if tree is None else query.Require(tree, one)
        if refused:
            tree = query.Every() if tree is None else tree
            tree = query.AndNot(tree, query.Or(refused))
        return query.NullQuery if tree is None else tree

    def _without_marks(self, node: Any) -> Any:
        """Build what is refused: nothing of it is to be marked."""
        known, self._forms = self._forms, {}
        try:
            return self._every([node])
        finally:
            self._forms = known

    # --- words ---------------------------------------------------------------------------------

    def _word(self, one: Typed) -> Any:
        if one.quoted or len(one.words) > 1:
            return self._phrase(one)
        word = one.words[0]
        if one.exact:
            return self._node(word, {word: 1.0})
        return self._node(word, self._lexicon.forms(word), prefix=word if one.prefix else "")

    def _node(self, word: str, forms: dict[str, float], *, prefix: str = "") -> Any:
        english = self._lexicon.english(word)
        forms = {**dict.fromkeys(english, 0.7), **forms} if english else forms
        self._mark(forms, word)
        if prefix:
            self._mark((f"{prefix}*",), word)
        return Word(_BOOSTS, forms, english=english, prefix=prefix)

    def _said(self, words: tuple[str, ...], typed: str) -> Any:
        """Another way to say something."""
        if len(words) == 1:
            self._mark(words, typed or words[0])
            return Word({name: boost * _MEANING for name, boost in _BOOSTS.items()}, {words[0]: 1})
        forms = [self._lexicon.forms(word) for word in words]
        # Its words are marked together, or not at all.
        telling = [word for word in words if word not in small_words.STOP_WORDS]
        self._mark((" ".join(telling),), typed or " ".join(words))
        # A sequence weighs as all its words; a way to say one word, less than the word.
        return _sequence(forms, weight=_MEANING / len(words))

    def _phrase(self, one: Typed) -> Any:
        forms = [{word: 1.0} if one.exact else self._lexicon.forms(word) for word in one.words]
        if one.prefix:
            begun = one.words[-1]
            completed = self._lexicon.starting(begun, most=_COMPLETIONS)
            forms[-1] = {**dict.fromkeys(completed, COMPLETED), **forms[-1]}
            self._mark((f"{begun}*",), begun)
        for some in forms:
            self._mark(some, " ".join(one.words))
        found = _sequence(forms)
        if not one.joined:
            return found
        # Cap'Com was indexed as capcom too, and so may have been written.
        self._mark((one.joined,), one.joined)
        return query.Or([found, Word(_BOOSTS, {one.joined: 1.0})])

    def _mark(self, forms: Sequence[str] | dict[str, float], word: str) -> None:
        for one in forms:
            self._forms.setdefault(one, word)

    # --- filters -------------------------------------------------------------------------------

    def _restriction(self, one: Restriction) -> Any:
        name = one.name
        if name in DATES:
            first, last = one.days
            return query.NumericRange("day", first or 1, last or None)
        if name == "title":
            words = [token.term for token in french.tokens(one.value)]
            forms = [Word(_TITLE, self._lexicon.forms(word)) for word in words]
            return query.And(forms) if forms else query.NullQuery
        values = [
            value for part in one.value.split(",") for value in self._called(name, part.strip())
        ]
        if values:
            return self._or_live(name, values)
        if one.typed:
            # "Dossier : la crue" is a title that somebody pasted.
            return query.And([self._word(word) for word in one.typed])
        self._problems.append(("unknown_value", f"{name}:{one.shown or one.value}"))
        return query.NullQuery

    def _or_live(self, name: str, values: Sequence[str]) -> Any:
        """Have a dossier that follows a search hold what the search finds."""
        live = [text for one in values for text in self._resolve("live", one)]
        if name != "dossier" or not live or self._inside:
            return _any(name, values)
        self._inside = True
        known, self._forms = self._forms, {}
        trees = [self._group(parse(text, today=date.min).root) for text in live]
        self._forms, self._inside = known, False
        found = query.AndNot(query.Or(trees), query.Term("kind", "dossier"))
        return query.Or([_any(name, values), found])

    def _called(self, name: str, value: str) -> Sequence[str]:
        """Give the values of a column that a typed one stands for."""
        known = {"kind": KINDS, "state": STATES}
        if name in known:
            return (known[name][value],) if value in known[name] else ()
        if name in {"space", "by", "dossier"}:
            return self._resolve(name, value)
        if name == "tag":
            # A theme by any of its words, and what is narrower.
            keys = self._resolve(name, value) or (key(value),)
            return [one for folded in keys for one in self._columns(name, folded)]
        return self._columns(name, key(value))


def _sequence(forms: Sequence[dict[str, float]], *, weight: float = 1.0) -> Any:
    return query.Or(
        [FormsPhrase(name, forms, boost=boost * weight) for name, boost in _BOOSTS.items()]
    )


def _any(name: str, values: Sequence[str]) -> Any:
    terms = [query.Term(name, one) for one in values]
    return query.Or(terms) if len(terms) > 1 else terms[0] if terms else query.NullQuery


def _apart(words: Iterable[Typed]) -> list[Typed]:
    """Take glued words apart: ``peut-on`` is two."""
    return [
        one
        if len(one.words) == 1 or one.quoted
        else replace(one, words=(word,), joined="", prefix=False)
        for one in words
        for word in (one.words if not one.quoted else one.words[:1])
    ]


def _telling(words: Sequence[Typed]) -> list[Typed]:
    """Leave out the words that only ask, when there remains something that is asked about."""
    kept = [one for one in words if one.prefix or one.quoted or one.words[0] not in _SMALL]
    return kept or list(words)
