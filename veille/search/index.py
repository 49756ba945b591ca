"""The index of everything readable: one writer at a time, any number of readers.

It lives on the local disk only, is derived from the tables, and is thrown away without regret:
another version, or a table of contents that cannot be read, and ``open_index`` says so. A damaged
part is left out, and whoever owns the tables is told to fill the hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
from whoosh import query

from veille.domain.errors import IndexBusy, IndexDamaged, IndexError_
from veille.search import families, french, small_words
from veille.search.compose import Composed, Composer
from veille.search.document import Answer, Document, Hit, Options
from veille.search.engine import rank, toc
from veille.search.engine.container import Array, Damaged
from veille.search.engine.evaluate import Evaluator
from veille.search.engine.matches import Matches
from veille.search.engine.nodes import Most, Word
from veille.search.engine.schema import VERSION
from veille.search.engine.snapshot import Snapshot, compared
from veille.search.engine.store import Busy, Store
from veille.search.language import Query, parse
from veille.search.lexicon import Lexicon

FACETS: Final = (
    "month", "kind", "state", "source", "tag", "dossier", "speaker", "author", "by", "space",
)  # fmt: skip
# Two or three words narrow; more of them describe, and few answers are not enough.
_FEW: Final = {1: 1, 2: 1, 3: 1}
_ENOUGH: Final = 10
_ALIKE_WORDS: Final = 25


class Index:
    """An open index. Several threads may search it at once; one at a time writes.

    Methods raise IndexBusy, IndexDamaged (a part was left out: what it held is to be told again),
    IndexError_.
    """

    def __init__(self, store: Store, words: families.Families) -> None:
        self._store = store
        self._families = words
        self._lexicon: tuple[Snapshot, Lexicon] | None = None

    # --- writing -------------------------------------------------------------------------------

    def update(self, documents: Iterable[Document], gone: Iterable[str]) -> None:
        """Add, replace and remove documents, in one commit."""
        with self._guarded():
            self._store.update(documents, gone)

    def tidy(self, *, slices: int = 1) -> bool:
        """Bring large parts together, some slices at a time. Tells whether more is to do.

        A slice takes some 20 ms, but for those that bring words and documents together: of the
        largest parts these take half a second.
        """
        with self._guarded():
            return self._store.tidy(slices=slices)

    # --- searching -----------------------------------------------------------------------------

    def search(self, text: str, options: Options | None = None) -> Answer:
        """Search. Nothing a person types is an error."""
        options = options or Options()
        asked = parse(text, today=options.today, typing=options.typing)
        if asked.is_empty and not (any(options.only.values()) or any(options.months)):
            return Answer(0, (), {}, problems=asked.problems)
        with self._guarded():
            return self._answer(asked, options)

    def similar(self, text: str, *, but: str, limit: int = 10) -> list[Hit]:
        """Give the articles whose words are nearest to those of a text, itself left out."""
        with self._guarded():
            snapshot = self._store.snapshot()
            words = _telling(snapshot, text)
            if not words:
                return []
            parts = [Word({"title": 1.5, "text": 1.0}, {word: 1.0}) for word in words]
            tree = query.Require(Most(parts, least=0.2, power=1.0), query.Term("kind", "article"))
            found = Evaluator(snapshot).run(tree)
            hits = self._hits(snapshot, found, limit + 1, 0, newest_first=False)
            return [one for one in hits if one.id != but][:limit]

    def days_of(self, sources: Sequence[str], *, first: int, last: int) -> dict[str, list[int]]:
        """Give, by source, the days (YYYYMMDD) between two on which its articles are dated."""
        with self._guarded():
            snapshot = self._store.snapshot()
            days, named = snapshot.days, snapshot.column("source")
            wanted = snapshot.column("kind").mask(["article"], snapshot.documents)
            wanted = wanted & (days >= first) & (days <= last)
            if snapshot.live is not None:
                wanted &= snapshot.live
            return {
                one: np.unique(days[wanted & named.mask([one], snapshot.documents)]).tolist()
                for one in sources
            }

    def _answer(self, asked: Query, options: Options) -> Answer:
        snapshot = self._store.snapshot()
        lexicon = self._words(snapshot)
        evaluator = Evaluator(snapshot)
        composed, base = self._found(asked, options, evaluator, loosely=False)
        masks = _masks(snapshot, options)
        found = _within(base, masks)
        words = len(asked.plain)
        if words and not composed.is_question and len(base) < _FEW.get(words, _ENOUGH):
            # Next to nothing holds all the words: rather what holds most of them too.
            composed, base = self._found(asked, options, evaluator, loosely=True)
            found = _within(base, masks)
        hits = self._hits(snapshot, found, options.limit, options.offset,
                          newest_first=options.newest_first)  # fmt: skip
        return Answer(
            total=len(found),
            hits=tuple(hits),
            forms=composed.forms,
            facets=_facets(snapshot, base, masks) if options.facets else {},
            did_you_mean=_suggestion(asked, lexicon, evaluator),
            partial=len(found) > 0 and (evaluator.partial or composed.lacks),
            problems=(*asked.problems, *composed.problems),
        )

    def _found(
        self,
        asked: Query,
        options: Options,
        evaluator: Evaluator,
        *,
        loosely: bool,
    ) -> tuple[Composed, Matches]:
        snapshot = evaluator.snapshot
        composer = Composer(
            self._words(snapshot),
            columns=lambda name, value: _values(snapshot, name, value),
            resolve=options.resolve,
        )
        if asked.is_empty:
            return Composed(query.Every()), evaluator.run(query.Every())
        composed = composer.compose(asked, loosely=loosely)
        return composed, evaluator.run(composed.tree)

    @staticmethod
    def _hits(
        snapshot: Snapshot, found: Matches, limit: int, offset: int, *, newest_first: bool
    ) -> list[Hit]:
        best = rank.best(snapshot, found, offset + limit, newest_first=newest_first)[offset:]
        scores = np.zeros(len(best)) if found.scores is None else found.scores[best]
        return [
            Hit(snapshot.id_of(document), score)
            for document, score in zip(found.documents[best].tolist(), scores.tolist(), strict=True)
        ]

    def _words(self, snapshot: Snapshot) -> Lexicon:
        if self._lexicon is None or self._lexicon[0] is not snapshot:
            self._lexicon = snapshot, Lexicon(snapshot, self._families)
        return self._lexicon[1]

    @property
    def epoch(self) -> str:
        """Name the index as it stands: the name changes when something is lost from it."""
        with self._guarded():
            return self._store.epoch

    # --- upkeep --------------------------------------------------------------------------------

    def count(self) -> int:
        """Count the documents."""
        with self._guarded():
            return self._store.snapshot().count

    def ids(self) -> set[str]:
        """Give the id of every document, to compare with the tables."""
        with self._guarded():
            return set(self._store.snapshot().ids())

    def altered(self) -> list[str]:
        """Name the files of the index that are not what was written."""
        with self._guarded():
            return self._store.check()

    def close(self) -> None:
        """Let go of the files."""
        self._lexicon = None
        self._store.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (Busy, PermissionError) as problem:
            raise IndexBusy from problem
        except Damaged as problem:
            self._mend(problem)
        except OSError as problem:
            raise IndexError_ from problem

    def _mend(self, problem: Damaged) -> None:
        """Leave out what is damaged. Raises IndexDamaged, or IndexError_ when all of it is."""
        self.close()
        if problem.name == toc.NAME:
            raise IndexError_ from problem
        try:
            altered = self._store.check()
            if altered:
                self._store.leave_out(altered)
        except Busy:
            raise IndexBusy from problem
        except (Damaged, OSError):
            raise IndexError_ from problem
        raise IndexDamaged from problem


def open_index(folder: Path, *, words: Path) -> Index:
    """Open the index of a profile. Raises IndexBusy, IndexError_.

    Args:
        folder: where it is. An index of another version, or one that cannot be read, is replaced.
        words: the word lists.
    """
    store = Store(folder, VERSION)
    try:
        if toc.read(folder).version == VERSION:
            return Index(store, families.read(words))
    except PermissionError as problem:
        # Somebody has it in his hands: it is not to be thrown away for that.
        raise IndexBusy from problem
    except (Damaged, OSError):
        return create_index(folder, words=words)
    return create_index(folder, words=words)


def create_index(folder: Path, *, words: Path) -> Index:
    """Start an empty index, in place of whatever is there. Raises IndexBusy, IndexError_."""
    store = Store(folder, VERSION)
    try:
        store.create()
    except Busy as problem:
        raise IndexBusy from problem
    except OSError as problem:
        raise IndexError_ from problem
    return Index(store, families.read(words))


# --- filters and facets ------------------------------------------------------------------------


def _values(snapshot: Snapshot, name: str, wanted: str) -> Sequence[str]:
    """Give the values of a column so called, else those whose words begin as those typed."""
    column, wanted = snapshot.column(name), compared(wanted)
    # "ouestfrance" is what many type for Ouest-France.
    glued = wanted.replace(" ", "")
    exact = [value for value, folded in zip(column.values, column.folded, strict=True)
             if folded.replace(" ", "") == glued]  # fmt: skip
    words = wanted.split()
    if exact or not words:
        return exact
    return [
        value
        for value, folded in zip(column.values, column.folded, strict=True)
        if all(f" {word}" in f" {folded}" for word in words)
        or folded.replace(" ", "").startswith(glued)
    ]


def _masks(snapshot: Snapshot, options: Options) -> dict[str, Array]:
    masks = {
        name: snapshot.column(name).mask(values, snapshot.documents)
        for name, values in options.only.items()
        if values
    }
    first, last = options.months
    if first or last:
        months = snapshot.days // 100
        masks["month"] = (months >= first) & (months <= (last or 999_999)) & (months > 0)
    if options.arrived_after:
        masks["arrived"] = snapshot.numbers("arrived") > options.arrived_after
    return masks


def _within(found: Matches, masks: Mapping[str, Array]) -> Matches:
    for mask in masks.values():
        found = found.kept(mask[found.documents])
    return found


def _facets(
    snapshot: Snapshot, base: Matches, masks: Mapping[str, Array]
) -> dict[str, Mapping[str, int]]:
    """Count by each column, the choice made in that column left aside."""
    unscored = Matches(base.documents)
    free = [name for name in FACETS if name not in masks]
    counted = rank.facets(snapshot, _within(unscored, masks).documents, free)
    for name in masks:
        if name in FACETS:
            others = {other: mask for other, mask in masks.items() if other != name}
            counted |= rank.facets(snapshot, _within(unscored, others).documents, [name])
    return {name: counted[name] for name in FACETS}


# --- words -------------------------------------------------------------------------------------


def _suggestion(asked: Query, lexicon: Lexicon, evaluator: Evaluator) -> str:
    """Give the query with its rare words replaced by frequent ones that look like them."""
    better, end = "", 0
    for one in asked.plain:
        if one.quoted or one.exact or len(one.words) > 1:
            continue
        word = one.words[0]
        # A word in the making is no mistake as long as something begins so.
        if one.prefix and lexicon.starting(word, most=1):
            continue
        meant = lexicon.meant(word)
        if meant and len(evaluator.run(Word({"title": 1.0, "text": 1.0}, {meant: 1.0}))):
            better += asked.text[end : one.at[0]] + meant
            end = one.at[1]
    return better + asked.text[end:] if better else ""


def _telling(snapshot: Snapshot, text: str) -> list[str]:
    """Give the words that tell a text from the others: there often, elsewhere seldom."""
    counts: dict[str, int] = {}
    for one in french.tokens(text[:100_000]):
        if len(one.term) > 2 and one.term not in small_words.STOP_WORDS:
            counts[one.term] = counts.get(one.term, 0) + 1
    every = max(snapshot.count, 1)
    weighed = []
    for word, often in counts.items():
        documents = snapshot.frequency(word)
        if 1 < documents <= every * 0.2 or (every < 50 and documents > 1):
            weighed.append((min(often, 8) * np.log(every / documents + 1), word))
    return [word for _weight, word in sorted(weighed, reverse=True)[:_ALIKE_WORDS]]
