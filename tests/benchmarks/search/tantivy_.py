"""tantivy, through its Python binding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

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


class Tantivy:
    """tantivy-py: days, numbers and facets in fast fields, the raw text in the store."""

    name = "tantivy"

    def __init__(self, analyse: Analyse) -> None:
        import tantivy

        self._lib = tantivy
        self._query = tantivy.Query
        self._analyse = analyse
        self._schema = self._make_schema()
        self._writer: Any = None
        self._index: Any
        self._searcher: Any

    def build(self, docs: Iterable[Doc], folder: Path) -> None:
        """One thread, so that the CPU time compares, and large segments."""
        index = self._lib.Index(self._schema, path=str(folder))
        writer = index.writer(heap_size=512_000_000, num_threads=1)
        for doc in docs:
            writer.add_document(self._document(doc))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Reloading is ours to do, after each commit."""
        self._index = self._lib.Index.open(str(folder))
        self._index.config_reader("manual")
        self._index.reload()
        self._searcher = self._index.searcher()

    def add(self, doc: Doc) -> None:
        """The writer stays open, as that of a running program."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        self._writer.add_document(self._document(doc))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def run(self, query: Q) -> Found:
        """One pass for the best and the count; one more for the facets."""
        asked = self._asked(query)
        order = {"order_by_field": "day"} if query.kind == "newest" else {}
        result = self._searcher.search(asked, LIMIT, **order)
        places = [place for _, place in result.hits]
        numbers = self._searcher.fast_field_values("number", places)
        ids = [f"a-{number:06d}" for number in numbers]
        if query.kind == "facets":
            return Found(result.count, ids, self._facets(asked))
        return Found(result.count, ids, snippets=self._snippets(query, places))

    def raw_bytes(self, folder: Path) -> int:
        """The stores hold nothing else; they are compressed."""
        return sum(path.stat().st_size for path in folder.glob("*.store"))

    def _make_schema(self) -> Any:
        builder = self._lib.SchemaBuilder()
        for name in ("title", "text"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        for name in ("number", "day"):
            builder.add_unsigned_field(name, indexed=True, fast=True)
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_bytes_field("raw", stored=True)
        return builder.build()

    def _document(self, doc: Doc) -> Any:
        one = doc.article
        made = self._lib.Document()
        made.add_text("title", doc.title)
        made.add_text("text", doc.text)
        made.add_bytes("raw", one["text"].encode())
        made.add_unsigned("number", int(one["id"].rpartition("-")[2]))
        made.add_unsigned("day", one["day"])
        for name in ("source", "kind", "state", "by"):
            made.add_text(name, str(one[name]))
        for tag in one["tags"]:
            made.add_text("tags", tag)
        return made

    def _asked(self, query: Q) -> Any:
        words = query.words
        match query.kind:
            case "phrase":
                return self._in_both(self._query.phrase_query, list(words))
            case "fuzzy":
                return self._in_both(self._fuzzy, words[0])
            case "prefix" | "typed":
                last = self._in_both(self._prefix, words[-1])
                return self._all([*map(self._term, words[:-1]), last])
            case "or":
                should = self._lib.Occur.Should
                return self._query.boolean_query([(should, self._term(word)) for word in words])
            case "dated":
                return self._all([*map(self._term, words), self._days(query)])
            case _:
                return self._all([self._term(word) for word in words])

    def _all(self, queries: list[Any]) -> Any:
        if len(queries) == 1:
            return queries[0]
        return self._query.boolean_query([(self._lib.Occur.Must, one) for one in queries])

    def _in_both(self, make: Callable[[Any, str, Any], Any], what: Any) -> Any:
        """The same query in the title and in the text, the title weighing more."""
        title = self._query.boost_query(make(self._schema, "title", what), TITLE_WEIGHT)
        text = make(self._schema, "text", what)
        should = self._lib.Occur.Should
        return self._query.boolean_query([(should, title), (should, text)])

    def _term(self, word: str) -> Any:
        return self._in_both(self._query.term_query, word)

    def _fuzzy(self, schema: Any, name: str, word: str) -> Any:
        return self._query.fuzzy_term_query(schema, name, word, 1, transposition_cost_one=False)

    def _prefix(self, schema: Any, name: str, word: str) -> Any:
        """No edit: half the time of a regex; ``phrase_prefix_query`` would forget terms."""
        return self._query.fuzzy_term_query(schema, name, word, 0, prefix=True)

    def _days(self, query: Q) -> Any:
        unsigned = self._lib.FieldType.Unsigned
        asked = self._query.range_query(self._schema, "day", unsigned, query.since, query.until)
        return self._query.const_score_query(asked, 0.0)

    def _facets(self, asked: Any) -> dict[str, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}
        given = self._searcher.aggregate(asked, wanted)
        return {
            name: {one["key"]: one["doc_count"] for one in given[name]["buckets"]}
            for name in FACETS
        }

    def _snippets(self, query: Q, places: list[Any]) -> list[str]:
        if query.kind != "snippets":
            return []
        raws = [bytes(self._searcher.doc(place)["raw"][0]).decode() for place in places]
        return [snippet(raw, query.words, self._analyse) for raw in raws]
