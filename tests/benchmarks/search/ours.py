"""Our search among its rivals: once on the very terms they index, once as the product uses it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import query

from tests.benchmarks.search.corpus import Article
from tests.benchmarks.search.rivals import FACETS, LIMIT, Analyse, Doc, Found, Q, snippet
from veille.search import snippets
from veille.search.document import Document, Options
from veille.search.engine import rank
from veille.search.engine.evaluate import Evaluator
from veille.search.engine.store import Store
from veille.search.index import Index, create_index, open_index

_WORDS = Path(__file__).parents[3] / "resources" / "words"
_TODAY = date(2026, 11, 24)
_BOOSTS = {"title": 2.5, "text": 1.0}
_COLUMNS = tuple("tag" if name == "tags" else name for name in FACETS)


def document(article: Article, title: str, text: str) -> Document:
    """An article as the index is given it."""
    return Document(
        id=article["id"], kind=article["kind"], title=title, text=text,
        names=article["speaker"], space=article["space"], state=article["state"],
        source=article["source"], by=article["by"], speaker=article["speaker"],
        language="fr", tag=tuple(article["tags"]),
        dossier=tuple(article["dossiers"]), day=article["day"],
    )  # fmt: skip


class _Texts:
    """The raw texts, where the product has them: in a table of its own."""

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "texts.db", isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE IF NOT EXISTS raws (id TEXT PRIMARY KEY, raw TEXT) WITHOUT ROWID"
        )

    def keeping(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Keep the texts of documents as they go by."""
        self._base.execute("BEGIN")
        for doc in docs:
            self._base.execute(
                "INSERT INTO raws VALUES (?, ?)", (doc.article["id"], doc.article["text"])
            )
            yield doc
        self._base.execute("COMMIT")

    def of(self, ids: Iterable[str]) -> list[str]:
        """Give the texts of some documents."""
        read = "SELECT raw FROM raws WHERE id = ?"
        return [self._base.execute(read, (one,)).fetchone()[0] for one in ids]


class Terms:
    """The engine alone, on the terms that the others index: the same analysis for all."""

    name = "veille, terms"

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._store: Store
        self._texts: _Texts

    def build(self, docs: Iterable[Doc], folder: Path) -> None:
        """One process, one commit."""
        store = Store(folder / "index", "bench")
        store.create()
        texts = _Texts(folder)
        store.update(
            (document(one.article, one.title, one.text) for one in texts.keeping(docs)), []
        )
        while store.tidy(slices=100):
            pass

    def open(self, folder: Path) -> None:
        """Open what was built."""
        self._store = Store(folder / "index", "bench")
        self._texts = _Texts(folder)

    def add(self, doc: Doc) -> None:
        """One commit, flushed to the disk."""
        self._store.update([document(doc.article, doc.title, doc.text)], [])

    def run(self, asked: Q) -> Found:
        """Run one of Whoosh's query trees."""
        snapshot = self._store.snapshot()
        found = Evaluator(snapshot).run(self._tree(asked))
        best = rank.best(snapshot, found, LIMIT, newest_first=asked.kind == "newest")
        ids = [snapshot.id_of(one) for one in found.documents[best].tolist()]
        counted: dict[str, Any] = {}
        if asked.kind == "facets":
            counted = rank.facets(snapshot, found.documents, _COLUMNS)
        shown = []
        if asked.kind == "snippets":
            shown = [snippet(one, asked.words, self._analyse) for one in self._texts.of(ids)]
        return Found(len(found), ids, counted, shown)

    def raw_bytes(self, folder: Path) -> int:
        """What the table of texts takes."""
        return (folder / "texts.db").stat().st_size

    def _tree(self, asked: Q) -> Any:
        words = asked.words
        match asked.kind:
            case "phrase":
                return _in_both(lambda name, boost: query.Phrase(name, list(words), boost=boost))
            case "fuzzy":
                return _in_both(lambda name, boost: query.FuzzyTerm(name, words[0], boost=boost))
            case "prefix" | "typed":
                last = _in_both(lambda name, boost: query.Prefix(name, words[-1], boost=boost))
                return _all([*map(_term, words[:-1]), last])
            case "or":
                return query.Or([_term(word) for word in words])
            case "dated":
                days = query.NumericRange("day", asked.since, asked.until)
                return query.Require(_all(list(map(_term, words))), days)
            case _:
                return _all(list(map(_term, words)))


def _in_both(make: Callable[[str, float], Any]) -> Any:
    return query.Or([make(name, boost) for name, boost in _BOOSTS.items()])


def _term(word: str) -> Any:
    return _in_both(lambda name, boost: query.Term(name, word, boost=boost))


def _all(nodes: list[Any]) -> Any:
    return nodes[0] if len(nodes) == 1 else query.And(nodes)


class Product:
    """The search of the product: its analysis, inflections found, every facet counted when asked.

    The words asked are the most frequent forms of the terms the others are asked.
    """

    name = "veille"

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._index: Index
        self._texts: _Texts
        self._forms: dict[str, str] = {}

    def build(self, docs: Iterable[Doc], folder: Path) -> None:
        """From raw texts: the analysis is in the figure."""
        index = create_index(folder / "index", words=_WORDS)
        texts = _Texts(folder)
        index.update(
            (
                document(one.article, one.article["title"], one.article["text"])
                for one in texts.keeping(docs)
            ),
            [],
        )
        while index.tidy(slices=100):
            pass

    def open(self, folder: Path) -> None:
        """Open what was built."""
        self._index = open_index(folder / "index", words=_WORDS)
        self._texts = _Texts(folder)

    def prepare(self) -> None:
        """Learn which form stands for each term the others index."""
        snapshot = self._index._store.snapshot()
        often: dict[str, tuple[int, str]] = {}
        for segment in snapshot.segments:
            counts = segment.frequencies("text").tolist()
            for word, count in zip(segment.terms.all(), counts, strict=True):
                form = word.decode()
                for term in self._analyse(form).split():
                    often[term] = max(often.get(term, (0, "")), (count, form))
        self._forms = {term: form for term, (_count, form) in often.items()}

    def add(self, doc: Doc) -> None:
        """One commit, flushed to the disk."""
        # The word that ``run`` looks for was added to the terms only.
        text = f"{doc.article['text']} {doc.text.rpartition(' ')[2]}"
        self._index.update([document(doc.article, doc.article["title"], text)], [])

    def run(self, asked: Q) -> Found:
        """Ask in the query language of the product."""
        options = Options(
            limit=LIMIT, today=_TODAY, typing=asked.kind in {"prefix", "typed"},
            newest_first=asked.kind == "newest", facets=asked.kind in {"facets", "snippets"},
        )  # fmt: skip
        answer = self._index.search(self._typed(asked), options)
        ids = [one.id for one in answer.hits]
        shown = []
        if asked.kind == "snippets":
            shown = [snippets.snippet(one, answer.forms).text for one in self._texts.of(ids)]
        return Found(answer.total, ids, answer.facets, shown)

    def raw_bytes(self, folder: Path) -> int:
        """What the table of texts takes."""
        return (folder / "texts.db").stat().st_size

    def _typed(self, asked: Q) -> str:
        words = [self._forms.get(one, one) for one in asked.words]
        match asked.kind:
            case "phrase":
                return f'"{" ".join(words)}"'
            case "prefix" | "typed":
                return " ".join([*words[:-1], asked.words[-1]])
            case "or":
                return " OU ".join(words)
            case "fuzzy":
                return asked.words[0]
            case "dated":
                since, until = _day(asked.since), _day(asked.until)
                return f"{' '.join(words)} depuis:{since} jusqu'à:{until}"
            case _:
                return " ".join(words)


def _day(number: int) -> str:
    return f"{number // 10_000}-{number // 100 % 100:02}-{number % 100:02}"
