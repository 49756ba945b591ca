"""Whatever is asked and whatever happens to the files: an answer or a clean rebuild, no wrong hit."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from whoosh import query

from tests.property.hostile import hostile
from veille.domain.errors import IndexDamaged, IndexError_
from veille.search import families, french, snippets, stems
from veille.search.document import Document, Options
from veille.search.engine import toc
from veille.search.engine.container import ContainerWriter
from veille.search.engine.evaluate import Evaluator
from veille.search.engine.store import Store
from veille.search.index import Index, create_index, open_index

WORDS = Path(__file__).parents[2] / "resources" / "words"
TODAY = date(2026, 11, 24)
OPTIONS = Options(today=TODAY, limit=1_000, facets=True)
LETTERS = st.sampled_from(
    ["crue", "crues", "élu", "élus", "maire", "d'eau", "Cap'Com", "2024", "à", "l'été"]
)
TEXTS = st.lists(LETTERS, max_size=12).map(" ".join)


# --- the analysis ------------------------------------------------------------------------------


@given(st.text(max_size=200) | TEXTS)
@example("\u200b000\u202f000( _1 000 a\u0301 000")
@example("1 000 000 12 mars 2024, l'O.N.U. (12/03/2024) x-12 000 _a_b_ 1.500.000")
@settings(deadline=None, max_examples=400)
def test_a_text_is_cut_alike_whole_and_by_surfaces(text: str) -> None:
    pieces, position = [], 0
    for surface in french.surfaces(text):
        known = french.analysed(surface)
        pieces += [(one.term, position + one.position) for one in known.tokens]
        position += known.width
    assert pieces == [(one.term, one.position) for one in french.tokens(text)]


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=300)
def test_every_word_is_found_where_it_stands(text: str) -> None:
    for one in french.tokens(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.term == french.fold(one.term)
    terms = {one.term for one in french.tokens(text)}
    for start, end in snippets.marks(text, terms):
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="abcdeirstuxlnqé", min_size=1, max_size=14))
@settings(deadline=None, max_examples=500)
def test_forms_of_a_stem_begin_with_it_but_its_last_letter(word: str) -> None:
    term = french.normal(word)
    for stem in (stems.stem, stems.english_stem, stems.root):
        if len(stem(term)) >= 3:
            assert term.startswith(stem(term)[:-1]), (term, stem(term))


# --- a model: documents in a dictionary --------------------------------------------------------

IDS = st.sampled_from([f"a-{n}" for n in range(8)])
STEPS = st.lists(
    st.tuples(st.just("put"), st.dictionaries(IDS, st.tuples(TEXTS, TEXTS), max_size=5))
    | st.tuples(st.just("drop"), st.sets(IDS, max_size=4))
    | st.tuples(st.just("tidy"), st.none())
    | st.tuples(st.just("open"), st.none()),
    max_size=14,
)


def terms_of(text: str) -> list[tuple[str, int]]:
    return [(one.term, one.position) for one in french.tokens(text)]


@given(STEPS)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_the_index_holds_what_a_dictionary_holds(steps: list[tuple[str, Any]]) -> None:
    known: dict[str, tuple[str, str]] = {}
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "i", "test")
        store.create()
        for what, value in steps:
            if what == "put":
                known |= value
                store.update([Document(i, "article", *both) for i, both in value.items()], [])
            elif what == "drop":
                known = {i: both for i, both in known.items() if i not in value}
                store.update([], value)
            elif what == "tidy":
                store.tidy(slices=100)
            else:
                store = Store(Path(folder) / "i", "test")
            compare(store, known)
        store.close()


def compare(store: Store, known: dict[str, tuple[str, str]]) -> None:
    snapshot = store.snapshot()
    evaluator = Evaluator(snapshot)

    def ids(node: Any) -> set[str]:
        found = [snapshot.id_of(one) for one in evaluator.run(node).documents.tolist()]
        assert len(found) == len(set(found))
        return set(found)

    assert set(snapshot.ids()) == known.keys() == ids(query.Every())
    texts = {i: terms_of(text) for i, (_title, text) in known.items()}
    for term in ("crue", "elus", "capcom", "2024", "rien"):
        held = {i for i, terms in texts.items() if term in {one for one, _ in terms}}
        assert ids(query.Term("text", term)) == held
        titled = {i for i, both in known.items() if term in dict(terms_of(both[0]))}
        either = query.Or([query.Term("text", term), query.Term("title", term)])
        assert ids(either) == held | titled
    one, two = "maire", "crue"
    follows = {
        i for i, terms in texts.items()
        if any((two, place + 1) in terms for term, place in terms if term == one)
    }  # fmt: skip
    assert ids(query.Phrase("text", [one, two])) == follows
    begun = {i for i, terms in texts.items() if any(term.startswith("cr") for term, _ in terms)}
    assert ids(query.Prefix("text", "cr")) == begun


# --- hostile queries ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    made = create_index(tmp_path_factory.mktemp("search") / "i", words=WORDS)
    texts = ["La crue a surpris les élus", "L'été, Cap'Com parle au maire", "crue", "", "The towns"]
    made.update(
        [Document(f"a-{n}", "article", text, text, language="en" if n == 4 else "fr", day=20240101)
         for n, text in enumerate(texts)], [],
    )  # fmt: skip
    yield made
    made.close()


@given(st.text(max_size=80) | hostile(), st.booleans(), st.booleans())
@settings(deadline=None, max_examples=1_500, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@example("(" * 900, True, False)
@example("-" * 900, False, False)
@example('"' * 999, True, True)
def test_no_query_is_an_error(index: Index, typed: str, typing: bool, newest: bool) -> None:
    answer = index.search(typed, replace(OPTIONS, typing=typing, newest_first=newest))
    assert 0 <= len(answer.hits) <= answer.total <= 5
    counted = sum(answer.facets.get("kind", {}).values())
    assert counted == (answer.total if answer.facets else 0)


# --- a kill at every step ----------------------------------------------------------------------


class Killed(BaseException):
    """The process stops here."""


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Stop at the n-th thing done to a file; what was being written is written by half."""
    seen: Counter[str] = Counter()

    def counted(name: str, act: Callable[..., Any], half: Callable[..., Any]) -> Any:
        def done(*args: Any, **more: Any) -> Any:
            seen["steps"] += 1
            if seen["steps"] == step:
                half(*args)
                raise Killed(name)
            return act(*args, **more)

        return done

    write = ContainerWriter._write
    with monkeypatch.context() as patch:
        patch.setattr(ContainerWriter, "_write", counted(
            "write", write, lambda out, data: out._file.write(bytes(data)[: len(data) // 2])))  # fmt: skip
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "rename"), (Path, "unlink")):
            patch.setattr(owner, name, counted(name, getattr(owner, name), lambda *_args: None))
        yield seen


def everything(folder: Path, epoch: str) -> dict[str, frozenset[str]]:
    index = open_index(folder, words=WORDS)
    assert index.epoch == epoch
    said = {q: frozenset(hit.id for hit in index.search(q, OPTIONS).hits)
            for q in ("crue", "maire", "crue maire", '"la crue"')}  # fmt: skip
    said[""] = frozenset(index.ids())
    index.close()
    return said


def change(folder: Path) -> None:
    index = open_index(folder, words=WORDS)
    index.update([Document(f"a-{n}", "article", "maire", "la crue du maire") for n in range(3, 9)],
                 ["a-1"])  # fmt: skip
    while index.tidy(slices=1):
        pass
    index.close()


def test_a_kill_at_any_step_leaves_the_index_of_before_or_of_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("veille.search.engine.tiers._SMALL", 2)
    origin = tmp_path / "origin"
    made = create_index(origin, words=WORDS)
    for start in range(0, 70, 5):
        made.update([Document(f"a-{n}", "article", "La crue", f"mot{n} crue")
                     for n in range(start, start + 5)], [])  # fmt: skip
    epoch = made.epoch
    made.close()
    before = everything(origin, epoch)
    whole = tmp_path / "whole"
    shutil.copytree(origin, whole)
    with killed_at(0, monkeypatch) as seen:
        change(whole)
    after = everything(whole, epoch)
    assert before != after
    assert seen["steps"] > 150
    for step in range(1, seen["steps"] + 1):
        folder = tmp_path / f"killed-{step}"
        shutil.copytree(origin, folder)
        with killed_at(step, monkeypatch), pytest.raises(Killed):
            change(folder)
        assert everything(folder, epoch) in (before, after), step
        # Whoever comes next finishes the work, and sweeps what was left behind.
        change(folder)
        assert everything(folder, epoch) == after
        named = {one.name for one in toc.read(folder).entries}
        assert {one.name for one in folder.iterdir()} <= named | {"toc", "write", "merge"}
        shutil.rmtree(folder)


@given(st.data())
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_a_damaged_file_gives_no_wrong_hit(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged") / "i"
    made = create_index(folder, words=WORDS)
    made.update([Document(f"a-{n}", "article", f"mot{n}", "crue " * n) for n in range(30)], [])
    made.update([Document("a-40", "article", "crue", "crue"),
                 Document("a-5", "article", "mot5", "sec")], ["a-7"])  # fmt: skip
    epoch = made.epoch
    whole = everything(folder, epoch)
    made.close()
    # Names are drawn anew each time, sizes are not.
    paths = sorted((one for one in folder.iterdir() if one.stat().st_size),
                   key=lambda one: one.stat().st_size)  # fmt: skip
    path = paths[data.draw(st.integers(0, 2))]
    content = bytearray(path.read_bytes())
    parts = st.floats(0, 1, exclude_max=True)
    if data.draw(st.booleans()):
        content = content[: int(data.draw(parts) * len(content))]
    else:
        for part in data.draw(st.lists(parts, min_size=1, max_size=5)):
            content[int(part * len(content))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(content))
    index = open_index(folder, words=WORDS)
    for _ in range(3):
        try:
            said = {
                q: frozenset(hit.id for hit in index.search(q, OPTIONS).hits) for q in whole if q
            }
            break
        except IndexDamaged:
            continue
        except IndexError_:
            index.close()
            return
    else:
        raise AssertionError("still damaged")
    # The older a-5 may come back with the part that replaced it gone; it is told again.
    for typed, ids in said.items():
        assert ids - {"a-5"} <= whole[typed], typed
    if index.ids() != whole[""]:
        assert index.epoch != epoch
    index.close()
    shutil.rmtree(folder)


def test_the_word_lists_may_be_missing(tmp_path: Path) -> None:
    assert families.read(tmp_path) == families.Families()
    (tmp_path / "familles.txt").write_bytes(b"\xff\xfe\x00")
    assert families.read(tmp_path).forms == {}
