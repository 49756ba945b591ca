"""Running a Whoosh query tree on a snapshot, whole arrays at a time.

Scores of terms are Whoosh's own BM25F, to rounding. A node of a class that is not known here is
run by Whoosh's own matchers, one document after the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from whoosh import query

from veille.search.engine import matches, phrase, vocabulary
from veille.search.engine.container import Array
from veille.search.engine.layout import MANIES, NUMBERS, SINGLES, TEXTS
from veille.search.engine.matches import NOTHING, Matches
from veille.search.engine.nodes import COMPLETED, FormsPhrase, Most, Word
from veille.search.engine.snapshot import K1, Snapshot

_COLUMNS: Final = frozenset((*SINGLES, *MANIES))

# Names, not methods: an evaluator that held its own methods would hold its files until the
# garbage collector passes.
_METHODS: Final[dict[type, str]] = {
    query.And: "_and",
    query.Or: "_or",
    query.DisjunctionMax: "_or",
    query.AndNot: "_and_not",
    query.Require: "_require",
    query.AndMaybe: "_and_maybe",
    query.ConstantScoreQuery: "_constant",
    query.Term: "_term",
    query.Phrase: "_phrase",
    query.Prefix: "_prefix",
    query.FuzzyTerm: "_fuzzy",
    query.NumericRange: "_between",
    query.Every: "_all",
    type(query.NullQuery): "_none",
    Word: "_word",
    FormsPhrase: "_forms_phrase",
    Most: "_most",
}


class Evaluator:
    """Runs queries on one snapshot. Raises Damaged."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = self._of = snapshot
        self._every = snapshot.documents
        # Whether something was found that lacks a part of a question.
        self.partial = False
        # A word is looked for in several fields: what resembles it is the same in each.
        self._near: dict[tuple[str, int, int], list[str]] = {}

    def run(self, node: Any) -> Matches:
        """Give the documents that match, gone ones left out."""
        found = self._run(node)
        if self._of.live is not None and len(found):
            found = found.kept(self._of.live[found.documents])
        return found

    def _run(self, node: Any) -> Matches:
        method: Callable[[Any], Matches] = getattr(self, _METHODS.get(type(node), "_by_whoosh"))
        return method(node)

    # --- compounds -----------------------------------------------------------------------------

    def _and(self, node: Any) -> Matches:
        wanted = [one for one in node.subqueries if not isinstance(one, query.Not)]
        refused = [one.query for one in node.subqueries if isinstance(one, query.Not)]
        found = sorted(map(self._run, wanted), key=len) if wanted else [self._all(None)]
        result = found[0]
        for one in found[1:]:
            result = matches.both(result, one, self._every)
        for one in refused:
            result = matches.without(result, self._run(one), self._every)
        return _boosted(result, node.boost)

    def _or(self, node: Any) -> Matches:
        return _boosted(
            matches.union(list(map(self._run, node.subqueries)), self._every), node.boost
        )

    def _and_not(self, node: Any) -> Matches:
        return matches.without(self._run(node.a), self._run(node.b), self._every)

    def _require(self, node: Any) -> Matches:
        return matches.both(self._run(node.a), Matches(self._run(node.b).documents), self._every)

    def _and_maybe(self, node: Any) -> Matches:
        found, maybe = self._run(node.a), self._run(node.b)
        return matches.union([found, matches.both(Matches(found.documents), maybe, self._every)],
                             self._every)  # fmt: skip

    def _constant(self, node: Any) -> Matches:
        found = self._run(node.child).documents
        return Matches(found, np.full(len(found), node.score, dtype=np.float32))

    def _all(self, _node: Any) -> Matches:
        return Matches(np.arange(self._every))

    def _none(self, _node: Any) -> Matches:
        return NOTHING

    def _most(self, node: Most) -> Matches:
        scores = np.zeros(self._every, dtype=np.float32)
        held, told = np.zeros_like(scores), np.zeros_like(scores)
        every = 0.0
        for one in map(self._run, node.subqueries):
            if one.scores is not None:
                scores[one.documents] += one.scores
            held[one.documents] += 1
            rarity = _rarity(self._every, len(one))
            told[one.documents] += rarity
            every += rarity if len(one) else 0.0
        for hint in map(self._run, node.hints):
            if hint.scores is not None:
                scores[hint.documents] += hint.scores
        documents = np.flatnonzero((told >= node.least * every) & (held > 0))
        self.partial |= bool((held[documents] < len(node.subqueries)).any())
        covered = held[documents] / len(node.subqueries)
        return Matches(documents, scores[documents] * covered ** np.float32(node.power))

    # --- words ---------------------------------------------------------------------------------

    def _term(self, node: Any) -> Matches:
        field = node.fieldname
        if field in _COLUMNS:
            mask = self._of.column(field).mask([node.text], self._every)
            return Matches(np.flatnonzero(mask))
        if field not in TEXTS:
            return self._by_whoosh(node)
        documents, counts = self._of.postings(field, self._of.places(node.text))
        return self._scored(field, documents, counts, node.boost)

    def _word(self, node: Word) -> Matches:
        """Score a word: its forms together, one rarity for all fields; a title is text too."""
        found = {field: self._pooled(field, node) for field in node.boosts}
        found = {field: one for field, one in found.items() if len(one[0])}
        if not found:
            return NOTHING
        if "text" in node.boosts and "title" in found:
            numbers, counts = found["title"]
            if "text" in found:
                numbers = np.concatenate([found["text"][0], numbers])
                counts = np.concatenate([found["text"][1], counts])
            found["text"] = matches.pooled(numbers, counts, self._every)
        if len(found) == 1:
            ((field, (documents, counts)),) = found.items()
            weight = _rarity(self._every, len(documents)) * node.boosts[field]
            return Matches(documents, self._bm25(field, documents, counts, weight))
        documents = matches.union(
            [Matches(one[0]) for one in found.values()], self._every
        ).documents
        rarity = _rarity(self._every, len(documents))
        return matches.union(
            [
                Matches(numbers, self._bm25(field, numbers, counts, rarity * node.boosts[field]))
                for field, (numbers, counts) in found.items()
            ],
            self._every,
        )

    def _pooled(self, field: str, node: Word) -> tuple[Array, Array]:
        documents, counts = self._gathered(field, node.weights, node.english)
        if node.prefix:
            numbers, count = self._of.begun(field, node.prefix.encode())
            documents.append(numbers)
            counts.append(count * np.float32(COMPLETED))
        if not documents:
            return NOTHING.documents, np.zeros(0, dtype=np.float32)
        if len(documents) == 1 and not node.prefix:
            return documents[0], counts[0]
        return matches.pooled(np.concatenate(documents), np.concatenate(counts), self._every)

    def _pool(self, field: str, weights: dict[str, float], boost: float) -> Matches:
        documents, counts = self._gathered(field, weights, frozenset())
        if not documents:
            return NOTHING
        several = np.concatenate(documents), np.concatenate(counts)
        return self._scored(field, *matches.pooled(*several, self._every), boost)

    def _gathered(
        self, field: str, weights: dict[str, float], english: frozenset[str]
    ) -> tuple[list[Array], list[Array]]:
        documents, counts = [], []
        for form, weight in weights.items():
            places = self._of.places(form)
            if not places:
                continue
            found, count = self._of.postings(field, places)
            if form in english:
                kept = self._of.column("language").mask(["en"], self._every)[found]
                found, count = found[kept], count[kept]
            if len(found):
                documents.append(found)
                counts.append(count if weight == 1.0 else count * np.float32(weight))
        return documents, counts

    def _scored(self, field: str, documents: Array, counts: Array, boost: float) -> Matches:
        if not len(documents):
            return NOTHING
        # Whoosh's own, so that its scores and ours are the same.
        weight = (math.log(self._every / (len(documents) + 1)) + 1) * boost
        return Matches(documents, self._bm25(field, documents, counts, weight))

    def _bm25(self, field: str, documents: Array, counts: Array, weight: float) -> Array:
        """Score by BM25, as Whoosh writes it."""
        norms = self._of.norms[field][documents]
        scores = counts.astype(np.float32)
        np.add(norms, scores, out=norms)
        np.divide(scores, norms, out=scores)
        scores *= np.float32(weight * (K1[field] + 1))
        return scores

    # --- incomplete and misspelt words ---------------------------------------------------------

    def _prefix(self, node: Any) -> Matches:
        if node.fieldname not in TEXTS:
            return self._by_whoosh(node)
        numbers, counts = self._of.begun(node.fieldname, node.text.encode())
        numbers, counts = matches.pooled(numbers, counts, self._every)
        return self._scored(node.fieldname, numbers, counts, node.boost)

    def _fuzzy(self, node: Any) -> Matches:
        if node.fieldname not in TEXTS:
            return self._by_whoosh(node)
        asked = node.text, node.maxdist, node.prefixlength
        if asked not in self._near:
            self._near[asked] = vocabulary.within(self._of, *asked)
        return self._pool(node.fieldname, dict.fromkeys(self._near[asked], 1.0), node.boost)

    # --- phrases -------------------------------------------------------------------------------

    def _phrase(self, node: Any) -> Matches:
        if node.slop != 1 or node.fieldname not in TEXTS:
            return self._by_whoosh(node)
        return self._sequence(node.fieldname, [{one: 1.0} for one in node.words], node.boost)

    def _forms_phrase(self, node: FormsPhrase) -> Matches:
        return self._sequence(node.fieldname, node.forms, node.boost)

    def _sequence(self, field: str, words: Sequence[dict[str, float]], boost: float) -> Matches:
        found = []
        for place, segment in enumerate(self._of.segments):
            terms = [
                [term for form in forms for at, term in self._of.places(form) if at == place]
                for forms in words
            ]
            if all(terms):
                found.append(phrase.find(segment, field, terms) + self._of.bases[place])
        documents = np.concatenate(found) if found else NOTHING.documents
        return self._scored(field, *matches.counted(documents), boost * len(words))

    # --- the rest ------------------------------------------------------------------------------

    def _between(self, node: Any) -> Matches:
        if node.fieldname not in NUMBERS:
            return self._by_whoosh(node)
        values = self._of.numbers(node.fieldname)
        mask = np.ones(self._every, dtype=bool)
        if node.start is not None:
            mask &= values > node.start if node.startexcl else values >= node.start
        if node.end is not None:
            mask &= values < node.end if node.endexcl else values <= node.end
        return Matches(np.flatnonzero(mask))

    def _by_whoosh(self, node: Any) -> Matches:
        from veille.search.engine import codec

        return codec.run(self._of, node)


def _rarity(every: int, holding: int) -> float:
    """Give how much a word tells, from the number of documents that hold it: above 0."""
    return math.log(1 + (every - holding + 0.5) / (holding + 0.5))


def _boosted(found: Matches, boost: float) -> Matches:
    if boost == 1.0 or found.scores is None:
        return found
    return Matches(found.documents, found.scores * np.float32(boost))
