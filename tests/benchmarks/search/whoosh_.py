"""Whoosh as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks.search.fts5 import by_tag
from tests.benchmarks.search.rivals import (
    FACETS,
    LIMIT,
    TITLE_WEIGHT,
    Analyse,
    Doc,
    Found,
    Q,
    snippet,
)


class Whoosh:
    """Whoosh 2.7.4 as it comes."""

    name = "whoosh"

    def __init__(self, analyse: Analyse) -> None:
        from whoosh import collectors, index, query, sorting

        self._library, self._query, self._sorting = index, query, sorting
        self._collectors = collectors
        self._analyse = analyse
        self._index: Any
        self._searcher: Any

    def build(self, docs: Iterable[Doc], folder: Path) -> None:
        """One process, so that the CPU time compares; one segment at the end."""
        made = self._library.create_in(str(folder), _whoosh_schema())
        writer = made.writer(limitmb=256)
        for doc in docs:
            writer.add_document(**_whoosh_fields(doc))
        writer.commit()
        made.close()

    def open(self, folder: Path) -> None:
        """Open, with a searcher."""
        self._index = self._library.open_dir(str(folder))
        self._searcher = self._index.searcher()

    def add(self, doc: Doc) -> None:
        """A commit merges small segments as Whoosh sees fit."""
        writer = self._index.writer()
        writer.add_document(**_whoosh_fields(doc))
        writer.commit()
        self._searcher = self._searcher.refresh()

    def run(self, query: Q) -> Found:
        """One pass for the best, the count and the facets."""
        results = self._results(query)
        hits = results[:LIMIT]  # a search with facets lists every hit
        known = self._searcher.reader().column_reader("id")
        ids = [known[hit.docnum] for hit in hits]
        raws = [hit["raw"] for hit in hits] if query.kind == "snippets" else []
        shown = [snippet(raw, query.words, self._analyse) for raw in raws]
        facets = {name: results.groups(name) for name in FACETS if query.kind == "facets"}
        if facets:
            facets["tags"] = by_tag(facets["tags"])
        return Found(len(results), ids, facets, shown)

    def raw_bytes(self, folder: Path) -> int:
        """The stored columns within the segments: the raw texts, compressed."""
        from whoosh.filedb.compound import CompoundStorage
        from whoosh.filedb.filestore import FileStorage

        files = FileStorage(str(folder))
        segments = [CompoundStorage(files.open_file(path.name)) for path in folder.glob("*.seg")]
        return sum(
            one.file_length(name)
            for one in segments
            for name in one
            if name.endswith("_stored.col")
        )

    def _results(self, query: Q) -> Any:
        """The total is asked for too: skipping what cannot be among the best would cost twice.

        ``optimize=False`` is not the way: it still drops, with their documents, the parts of a
        query that cannot reach the best 20. Nothing is dropped with ``replace=0``.
        """
        asked = self._asked(query)
        if query.kind == "newest":
            return self._searcher.search(asked, limit=LIMIT, sortedby="day", reverse=True)
        if query.kind == "facets":
            return self._searcher.search(
                asked, limit=LIMIT, groupedby=list(FACETS), maptype=self._sorting.Count
            )
        collector = self._collectors.TopCollector(LIMIT, usequality=False, replace=0)
        self._searcher.search_with_collector(asked, collector)
        return collector.results()

    def _asked(self, query: Q) -> Any:
        words = query.words
        match query.kind:
            case "phrase":
                return self._in_both(self._query.Phrase, list(words))
            case "fuzzy":
                return self._in_both(self._fuzzy, words[0])
            case "prefix" | "typed":
                last = self._in_both(self._query.Prefix, words[-1])
                return self._all([*map(self._term, words[:-1]), last])
            case "or":
                return self._query.Or([self._term(word) for word in words])
            case "dated":
                days = self._query.NumericRange("day", query.since, query.until)
                return self._all([*map(self._term, words), days])
            case _:
                return self._all([self._term(word) for word in words])

    def _all(self, queries: list[Any]) -> Any:
        return queries[0] if len(queries) == 1 else self._query.And(queries)

    def _in_both(self, make: Callable[..., Any], what: Any) -> Any:
        return self._query.Or([make("title", what, boost=TITLE_WEIGHT), make("text", what)])

    def _term(self, word: str) -> Any:
        return self._in_both(self._query.Term, word)

    def _fuzzy(self, name: str, word: str, boost: float = 1.0) -> Any:
        return self._query.FuzzyTerm(name, word, boost=boost, maxdist=1, prefixlength=0)


def _whoosh_schema() -> Any:
    from whoosh import analysis, fields

    spaces = analysis.SpaceSeparatedTokenizer()
    facets = {name: fields.ID(sortable=True) for name in FACETS if name != "tags"}
    return fields.Schema(
        id=fields.ID(unique=True, sortable=True),
        raw=fields.STORED,
        title=fields.TEXT(analyzer=spaces),
        text=fields.TEXT(analyzer=spaces),
        day=fields.NUMERIC(sortable=True),
        tags=fields.KEYWORD(commas=True, sortable=True),
        **facets,
    )


def _whoosh_fields(doc: Doc) -> dict[str, Any]:
    one = doc.article
    plain = {name: one[name] for name in ("id", "day", "source", "kind", "state", "by")}
    return {
        **plain, "tags": ",".join(one["tags"]), "raw": one["text"], "title": doc.title,
        "text": doc.text,
    }  # fmt: skip
