"""The index of everything readable: Whoosh, one writer at a time, any number of readers.

It lives on the local disk only, is derived from the tables, and is thrown away without regret:
another format, or any damage found when it is opened, and ``open_index`` says so.

Whoosh raises whatever a damaged file makes it raise, bare ``Exception`` included: that is why
this room alone catches everything, and turns it into IndexError_.
"""

from __future__ import annotations

import bisect
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import index as whoosh_index
from whoosh.index import LockError

from veille.domain.errors import IndexBusy, IndexError_, VeilleError
from veille.search import compose, french, sums
from veille.search.document import Answer, Document, Hit
from veille.search.language import Query, parse
from veille.search.schema import FORMAT, schema

_VERSION: Final = "version.json"
_FACETS: Final = ("kind", "state", "space", "source_name", "by")


class Index:
    """An open index. One object serves one thread at a time."""

    def __init__(self, folder: Path, opened: Any) -> None:
        self._folder = folder
        self._index = opened
        self._searcher: Any = None
        self._lexicon: _Lexicon | None = None

    def update(self, documents: Iterable[Document], gone: Iterable[str]) -> None:
        """Add, replace and remove documents, in one commit. Raises IndexBusy, IndexError_."""
        try:
            writer = self._index.writer(timeout=5.0, delay=0.1)
        except LockError as problem:
            raise IndexBusy from problem
        except Exception as problem:
            raise IndexError_ from problem
        try:
            for one in gone:
                writer.delete_by_term("id", one)
            for document in documents:
                writer.update_document(**_fields(document))
            writer.commit()
            sums.write(self._folder)
        except Exception as problem:
            with suppress(Exception):
                writer.cancel()
            raise IndexError_ from problem

    def search(  # noqa: PLR0913 - the options of a search, given by name
        self,
        text: str,
        *,
        limit: int = 50,
        offset: int = 0,
        typing: bool = False,
        newest_first: bool = False,
        facets: bool = False,
        only: Mapping[str, Sequence[str]] | None = None,
        resolve: Callable[[str, str], Sequence[str]] = lambda _field, _value: (),
    ) -> Answer:
        """Search. Nothing a person types is an error; IndexError_ means the index is damaged.

        Args:
            text: the query, in the language of ``search/language``.
            limit: how many hits to list.
            offset: how many to pass over first.
            typing: whether the last word may be unfinished.
            newest_first: sort by date instead of relevance.
            facets: count hits by kind, state, space, source and person.
            only: exact values that fields (``kind``, ``space``) must have.
            resolve: gives the ids that a name stands for (``space``, ``by``, ``dossier``).
        """
        asked = parse(text, typing=typing)
        if asked.is_empty:
            return Answer(0, (), frozenset(), problems=asked.problems)
        wanted = _Wanted(limit, offset, newest_first, facets, only or {}, resolve)
        try:
            return self._answer(asked, wanted)
        except VeilleError:
            raise
        except Exception as problem:
            raise IndexError_ from problem

    def _answer(self, asked: Query, wanted: _Wanted) -> Answer:
        searcher = self._fresh()
        lexicon = self._words(searcher)
        composed = compose.compose(asked, variants=lexicon.variants, starting=lexicon.starting,
                                   resolve=wanted.resolve, only=wanted.only)  # fmt: skip
        options: dict[str, Any] = {"limit": wanted.offset + wanted.limit}
        options.update(filter=composed.keep, mask=composed.refuse)
        if wanted.newest_first:
            options.update(sortedby="day", reverse=True)
        if wanted.facets:
            options["groupedby"] = list(_FACETS)
        found = searcher.search(composed.query, **options)
        hits = tuple(Hit(hit["id"], float(hit.score or 0.0)) for hit in found[wanted.offset :])
        counts = {
            name: {str(value): len(ids) for value, ids in found.groups(name).items() if value}
            for name in (_FACETS if wanted.facets else ())
        }
        total = len(found)
        return Answer(
            total=total,
            hits=hits,
            forms=composed.forms,
            facets=counts,
            did_you_mean="" if total else self._suggestion(asked, lexicon),
            problems=asked.problems,
        )

    def count(self) -> int:
        """Count the documents."""
        try:
            return int(self._index.doc_count())
        except Exception as problem:
            raise IndexError_ from problem

    def ids(self) -> set[str]:
        """Give the id of every document, to compare with the tables."""
        try:
            return {str(stored["id"]) for stored in self._fresh().reader().all_stored_fields()}
        except Exception as problem:
            raise IndexError_ from problem

    def altered(self) -> list[str]:
        """Name the files of the index that are not what was written."""
        return sums.altered(self._folder)

    def close(self) -> None:
        """Let go of the files."""
        with suppress(Exception):
            if self._searcher is not None:
                self._searcher.close()
            self._index.close()
        self._searcher = None

    def _fresh(self) -> Any:
        if self._searcher is None:
            self._searcher = self._index.searcher()
        elif not self._searcher.up_to_date():
            self._searcher = self._searcher.refresh()
        return self._searcher

    def _words(self, searcher: Any) -> _Lexicon:
        generation = searcher.reader().generation()
        if self._lexicon is None or self._lexicon.generation != generation:
            self._lexicon = _Lexicon(searcher.reader(), generation)
        return self._lexicon

    @staticmethod
    def _suggestion(asked: Query, lexicon: _Lexicon) -> str:
        words = [item.words[0] for group in asked.alternatives for item in group if not item.phrase]
        better = [lexicon.near(word) for word in words]
        return " ".join(better) if better != words else ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    limit: int
    offset: int
    newest_first: bool
    facets: bool
    only: Mapping[str, Sequence[str]]
    resolve: Callable[[str, str], Sequence[str]]


class _Lexicon:
    """Every word of the index, by light stem and in order: inflections and beginnings."""

    def __init__(self, reader: Any, generation: object) -> None:
        self.generation = generation
        known: set[str] = set()
        for field in ("title", "text", "who"):
            known.update(term.decode("utf-8") for term in reader.lexicon(field))
        self._sorted = sorted(known)
        self._known = known
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_stem[french.stem(word)].append(word)

    def variants(self, word: str) -> list[str]:
        """Give the other inflections of a word that stand in the index."""
        return [one for one in self._by_stem.get(french.stem(word), ()) if one != word]

    def starting(self, prefix: str, limit: int = 60) -> list[str]:
        """Give words that begin so, the shortest first."""
        begin = bisect.bisect_left(self._sorted, prefix)
        end = bisect.bisect_left(self._sorted, f"{prefix}\U0010ffff")
        return sorted(self._sorted[begin:end], key=lambda one: (len(one), one))[:limit]

    def near(self, word: str) -> str:
        """Give the word that was meant, when this one stands nowhere."""
        if word in self._known or len(word) < 4:
            return word
        close = process.extractOne(word, self._sorted, scorer=OSA.distance, score_cutoff=2)
        return str(close[0]) if close else word


def open_index(folder: Path) -> tuple[Index, bool]:
    """Open the index of a profile. Returns it, and whether it is new and must be filled.

    An index of another format, or one that cannot be read, is moved out and replaced.
    """
    with suppress(Exception):
        if _version(folder) == FORMAT and whoosh_index.exists_in(folder):
            opened = whoosh_index.open_dir(folder)
            opened.doc_count()
            return Index(folder, opened), False
    return create_index(folder), True


def create_index(folder: Path) -> Index:
    """Start an empty index, in place of whatever is there. Raises IndexError_."""
    try:
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        opened = whoosh_index.create_in(folder, schema())
        (folder / _VERSION).write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    except Exception as problem:
        raise IndexError_ from problem
    return Index(folder, opened)


def _version(folder: Path) -> int:
    try:
        found = json.loads((folder / _VERSION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0
    return int(found.get("format", 0)) if isinstance(found, dict) else 0


def _fields(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "text": document.text,
        "who": document.who,
        "space": document.space,
        "state": document.state,
        "source": document.source,
        "source_name": document.source,
        "tag": ",".join(tag.replace(",", " ") for tag in document.tags),
        "by": document.by,
        "day": document.day,
    }
