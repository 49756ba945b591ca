"""From an understood query to Whoosh's query tree, inflections added, exact form first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from whoosh import query

from veille.domain.text import key
from veille.search import french
from veille.search.engine.nodes import FormsPhrase, Most, Word
from veille.search.language import DATES, KINDS, STATES, Group, Node, Not, Query, Restriction
from veille.search.language import Word as Typed
from veille.search.lexicon import Lexicon

_BOOSTS: Final = {"title": 1.5, "text": 1.0, "names": 1.5}
_TITLE: Final = {"title": 1.0}
_MEANING: Final = 0.7
# From so many words on, or from a question mark, a query is a question.
_QUESTION: Final = 4
# The part of what the words of a question tell that a document must hold.
_LEAST: Final = 0.2
_SEVERAL: Final = frozenset({"tag", "dossier", "author"})

Resolve = Callable[[str, str], Sequence[str]]


@dataclass(slots=True)
class Composed:
    """Whoosh's query, and what the window needs to know of it.

    Attributes:
        tree: the query.
        forms: each form to mark, with the word that was typed.
        is_question: whether documents that lack some words answer too.
    """

    tree: Any
    forms: dict[str, str] = field(default_factory=dict)
    is_question: bool = False


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

    def compose(self, asked: Query, *, loosely: bool = False) -> Composed:
        """Build the tree; ``loosely`` reads any words as a question."""
        words = _significant(asked.plain)
        question = asked.asks or len(words) >= (2 if loosely else _QUESTION)
        tree = self._question(asked, words) if question else self._group(asked.root)
        if len(words) > 1 and not any(one.quoted or one.exact for one in words):
            tree = self._or_meanings(tree, tuple(part for one in words for part in one.words))
        return Composed(tree, self._forms, question)

    def _question(self, asked: Query, words: Sequence[Typed]) -> Any:
        """Documents that hold most of the words; what is not a word holds as ever."""
        parts, seen = [], set()
        for one in words:
            stems = tuple(map(french.stem, one.words))
            node = self._asked(one)
            if stems not in seen and node is not None:
                seen.add(stems)
                parts.append(node)
        others = [one for one in asked.root.alternatives[0] if not isinstance(one, Typed)]
        return self._all_of([Most(parts, least=_LEAST)], others)

    def _asked(self, one: Typed) -> Any:
        """A word of a question: of the same origin too, and what was meant when it is unknown."""
        if one.quoted or one.exact:
            return self._word(one)
        word = one.words[0]
        if one.prefix:
            return self._node(word, self._typed(word), prefix=word)
        forms = self._lexicon.forms(word, kin=True)
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
        words = [self._node_of(one) for one in nodes if not isinstance(one, Restriction | Not)]
        return self._all_of(words, [one for one in nodes if isinstance(one, Restriction | Not)])

    def _all_of(self, wanted: list[Any], others: Sequence[Node]) -> Any:
        kept: dict[str, list[Any]] = {}
        refused = []
        for number, one in enumerate(others):
            if isinstance(one, Not):
                refused.append(self._without_marks(one.node))
            elif isinstance(one, Restriction):
                alone = one.field in _SEVERAL or one.field in DATES
                kept.setdefault(f"{one.field}{number if alone else ''}", []).append(
                    self._restriction(one)
                )
            else:
                wanted.append(self._node_of(one))
        filters = [query.Or(one) if len(one) > 1 else one[0] for one in kept.values()]
        tree = query.And(wanted) if len(wanted) > 1 else wanted[0] if wanted else None
        for one in filters:
            tree = one if tree is None else query.Require(tree, one)
        if refused:
            tree = query.AndNot(tree or query.Every(), query.Or(refused))
        return tree or query.NullQuery

    def _node_of(self, node: Node) -> Any:
        if isinstance(node, Group):
            return self._group(node)
        if isinstance(node, Restriction):
            return self._restriction(node)
        if isinstance(node, Not):
            return query.AndNot(query.Every(), self._without_marks(node.node))
        return self._word(node)

    def _without_marks(self, node: Any) -> Any:
        """Build what is refused: nothing of it is to be marked."""
        known, self._forms = self._forms, {}
        try:
            return self._node_of(node)
        finally:
            self._forms = known

    # --- words ---------------------------------------------------------------------------------

    def _word(self, one: Typed) -> Any:
        if one.quoted or len(one.words) > 1:
            return self._phrase(one)
        word = one.words[0]
        if one.exact:
            return self._node(word, {word: 1.0})
        if one.prefix:
            return self._node(word, self._typed(word), prefix=word)
        return self._node(word, self._lexicon.forms(word))

    def _typed(self, word: str) -> dict[str, float]:
        """Give the forms of what is being typed: when it is a word already, its inflections."""
        return self._lexicon.forms(word) if self._lexicon.known(word) else {word: 1.0}

    def _node(self, word: str, forms: dict[str, float], *, prefix: str = "") -> Any:
        english = self._lexicon.english(word) if self._lexicon.known(word) or not prefix else None
        forms = {**dict.fromkeys(english, 0.7), **forms} if english else forms
        self._mark(forms, word)
        if prefix:
            self._mark((f"{prefix}*",), word)
        node = Word(_BOOSTS, forms, english=english or frozenset(), prefix=prefix)
        return self._or_meanings(node, (word,))

    def _or_meanings(self, node: Any, words: tuple[str, ...]) -> Any:
        others = self._lexicon.meanings(words)
        if not others:
            return node
        return query.Or([node, *(self._said(other, words) for other in others)])

    def _said(self, words: tuple[str, ...], typed: tuple[str, ...]) -> Any:
        """Another way to say something."""
        if len(words) == 1:
            self._mark(words, " ".join(typed))
            return Word({name: boost * _MEANING for name, boost in _BOOSTS.items()}, {words[0]: 1})
        return query.Or([self._sequence(name, words, boost * _MEANING, " ".join(typed))
                         for name, boost in _BOOSTS.items()])  # fmt: skip

    def _phrase(self, one: Typed) -> Any:
        parts: list[Any] = [
            self._sequence(name, one.words, boost, " ".join(one.words), exact=one.exact)
            for name, boost in _BOOSTS.items()
        ]
        if one.joined:
            # Cap'Com was indexed as capcom too, and so may have been written.
            self._mark((one.joined,), one.joined)
            parts.append(Word(_BOOSTS, {one.joined: 1.0}))
        return self._or_meanings(query.Or(parts), one.words)

    def _sequence(
        self, name: str, words: Sequence[str], boost: float, typed: str, *, exact: bool = False
    ) -> Any:
        forms = [{word: 1.0} if exact else self._lexicon.forms(word) for word in words]
        for one in forms:
            self._mark(one, typed)
        return FormsPhrase(name, forms, boost=boost)

    def _mark(self, forms: Sequence[str] | dict[str, float], word: str) -> None:
        for one in forms:
            self._forms.setdefault(one, word)

    # --- filters -------------------------------------------------------------------------------

    def _restriction(self, one: Restriction) -> Any:
        name = one.field
        if name in DATES:
            first, last = one.days
            return query.NumericRange("day", first or 1, last or None)
        if name == "title":
            words = [token.term for token in french.tokens(one.value)]
            forms = [Word(_TITLE, self._lexicon.forms(word)) for word in words]
            return query.And(forms) if forms else query.NullQuery
        known = {"kind": KINDS, "state": STATES}
        if name in known:
            values: Sequence[str] = (known[name].get(one.value, one.value),)
        elif name in {"space", "by", "dossier"}:
            values = self._resolve(name, one.value)
        else:
            values = self._columns(name, key(one.value))
        return _any(name, values)


def _any(name: str, values: Sequence[str]) -> Any:
    terms = [query.Term(name, one) for one in values]
    return query.Or(terms) if len(terms) > 1 else terms[0] if terms else query.NullQuery


def _significant(words: Sequence[Typed]) -> list[Typed]:
    """Give the words of a question: glued ones apart, those that only ask left out."""
    apart = [
        part
        for one in words
        for part in (
            [one] if one.quoted or one.exact or len(one.words) == 1
            else [Typed((word,)) for word in one.words]
        )
    ]  # fmt: skip
    little = french.STOP_WORDS | french.QUESTION_WORDS
    kept = [
        one for one in apart if one.quoted or one.exact or one.prefix or one.words[0] not in little
    ]
    return kept or apart
