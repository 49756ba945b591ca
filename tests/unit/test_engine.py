"""The files of the index and what runs on them, held against Whoosh's own matchers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from whoosh import query
from whoosh.query import spans

from veille.search.document import Document
from veille.search.engine import codec, rank, tiers, toc, vocabulary
from veille.search.engine.container import Container, ContainerWriter, Damaged
from veille.search.engine.evaluate import Evaluator
from veille.search.engine.matches import Matches
from veille.search.engine.nodes import FormsPhrase, Most, Word
from veille.search.engine.snapshot import Snapshot
from veille.search.engine.store import Busy, Store

VERSION = "test"
WORDS = ["crue", "digue", "ville", "pont", "maire", "eau", "plan", "vote", "budget", "rue"]


def written(path: Path) -> bytes:
    with ContainerWriter(path) as out:
        out.add("small", np.arange(10, dtype=np.uint16))
        out.begin("large", np.uint32)
        for start in range(0, 100_000, 7_000):
            out.append(np.arange(start, min(start + 7_000, 100_000), dtype=np.uint32))
        out.add("empty", np.zeros(0, dtype=np.uint8))
        out.close({"what": "é"})
    return path.read_bytes()


def test_arrays_come_back(tmp_path: Path) -> None:
    written(tmp_path / "a")
    read = Container(tmp_path / "a")
    assert read.about == {"what": "é"}
    assert read.whole("small").tolist() == list(range(10))
    assert read.part("large", 65_530, 65_540).tolist() == list(range(65_530, 65_540))
    assert len(read.whole("empty")) == 0
    read.check()


def test_any_flipped_byte_and_any_cut_is_noticed(tmp_path: Path) -> None:
    whole = written(tmp_path / "a")
    places = np.random.default_rng(7).integers(0, len(whole), 300)
    for number, place in enumerate([*places.tolist(), *range(len(whole) - 40, len(whole))]):
        path = tmp_path / f"b{number}"
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        with pytest.raises((Damaged, ValueError)):
            Container(path).check()
        path.unlink()
    for cut in (0, 1, 27, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut").write_bytes(whole[:cut])
        with pytest.raises(Damaged):
            Container(tmp_path / "cut")


def documents(count: int, seed: int = 1, *, words: int = 30) -> Iterator[Document]:
    chance = np.random.default_rng(seed)
    for number in range(count):
        size = int(chance.integers(1, words))
        text = " ".join(WORDS[int(n)] for n in np.minimum(chance.zipf(1.5, size) - 1, 9))
        yield Document(
            id=f"a-{seed}-{number}", kind="note" if number % 7 == 0 else "article",
            title=WORDS[number % 10], text=text, day=20240101 + number % 28,
            tag=tuple(WORDS[: number % 3]),
        )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "index", VERSION)
    made.create()
    made.update(documents(200), [])
    made.update(documents(150, 2), [f"a-1-{n}" for n in range(0, 200, 5)])
    for number in range(20):
        made.update(documents(1, 10 + number), [])
    return made


QUERIES = [
    query.Term("text", "crue"),
    query.Term("title", "pont"),
    query.Term("text", "zéro"),
    query.Term("kind", "note"),
    query.Term("tag", "crue"),
    query.And([query.Term("text", "crue"), query.Term("text", "eau")]),
    query.And([query.Term("text", "crue"), query.Not(query.Term("kind", "note"))]),
    query.Or([query.Term("text", "vote"), query.Term("title", "rue", boost=2.5)]),
    query.AndNot(query.Term("text", "crue"), query.Term("text", "digue")),
    query.AndMaybe(query.Term("text", "maire"), query.Term("text", "digue")),
    query.Phrase("text", ["crue", "digue"]),
    query.Phrase("text", ["crue", "crue", "digue"]),
    query.Prefix("text", "p"),
    query.FuzzyTerm("text", "crrue", maxdist=1),
    query.Every(),
    query.NullQuery,
]


@pytest.mark.parametrize("node", QUERIES, ids=str)
def test_answers_are_those_of_whoosh(store: Store, node: object) -> None:
    snapshot = store.snapshot()
    ours, theirs = Evaluator(snapshot).run(node), codec.run(snapshot, node)
    live = snapshot.live[theirs.documents] if snapshot.live is not None else slice(None)
    assert ours.documents.tolist() == theirs.documents[live].tolist()
    plain = isinstance(node, query.Term | query.Or | query.AndMaybe | query.AndNot) or (
        isinstance(node, query.And) and not any(isinstance(q, query.Not) for q in node.subqueries)
    )
    if plain and ours.scores is not None:
        assert ours.scores == pytest.approx(theirs.scores[live], rel=1e-5)


def test_what_is_required_does_not_score(store: Store) -> None:
    # Whoosh 2.7.4 runs Require as AndNot: it is no measure here.
    evaluator = Evaluator(store.snapshot())
    text, kind = query.Term("text", "maire"), query.Term("kind", "article")
    required, both = (
        evaluator.run(query.Require(text, kind)),
        evaluator.run(query.And([text, kind])),
    )
    assert required.documents.tolist() == both.documents.tolist()
    assert set(required.scores) <= set(evaluator.run(text).scores)


def test_a_node_unknown_here_is_run_by_whoosh(store: Store) -> None:
    snapshot = store.snapshot()
    node = spans.SpanNear2([query.Term("text", "crue"), query.Term("text", "digue")], slop=3)
    found = Evaluator(snapshot).run(node)
    assert 0 < len(found) < len(Evaluator(snapshot).run(query.Term("text", "digue")))
    ranged = Evaluator(snapshot).run(query.Wildcard("text", "?rue"))
    assert ranged.documents.tolist() == (
        Evaluator(snapshot).run(query.Term("text", "crue")).documents.tolist()
    )


def test_forms_of_a_word_are_one_word(store: Store) -> None:
    snapshot = store.snapshot()
    evaluator = Evaluator(snapshot)
    forms = evaluator.run(Word({"text": 1.0}, {"crue": 1.0, "digue": 0.7}))
    each = [evaluator.run(query.Term("text", one)) for one in ("crue", "digue")]
    assert set(forms.documents) == set(each[0].documents) | set(each[1].documents)
    phrase = evaluator.run(
        FormsPhrase("text", [{"crue": 1.0, "eau": 0.7}, {"digue": 1.0}], boost=1)
    )
    either = evaluator.run(query.Or([query.Phrase("text", ["crue", "digue"]),
                                     query.Phrase("text", ["eau", "digue"])]))  # fmt: skip
    assert phrase.documents.tolist() == either.documents.tolist()
    most = evaluator.run(Most([Word({"text": 1.0}, {"rue": 1.0}), Word({"text": 1.0}, {"vote": 1.0})],
                              least=0.99))  # fmt: skip
    both = evaluator.run(query.And([query.Term("text", "rue"), query.Term("text", "vote")]))
    assert most.documents.tolist() == both.documents.tolist()


def test_the_best_are_the_best(store: Store) -> None:
    snapshot = store.snapshot()
    chance = np.random.default_rng(3)
    for size in (0, 1, 5, 300):
        documents = np.sort(chance.choice(snapshot.documents, size=size, replace=False))
        scores = chance.integers(1, 9, size).astype(np.float32)
        found = Matches(documents, scores)
        for most in (1, 7, 1_000):
            best = rank.best(snapshot, found, most, newest_first=False)
            keys = sorted(zip(-scores, -snapshot.days[documents], strict=True))[:most]
            assert [(-scores[b], -snapshot.days[documents[b]]) for b in best] == keys
    large = Matches(np.arange(50_000), chance.random(50_000, dtype=np.float32))
    chosen = rank._candidates(large.scores, 20)
    assert set(np.argsort(large.scores)[-20:]) <= set(chosen)
    assert len(chosen) < 500


def test_words_that_look_alike_are_found(store: Store) -> None:
    snapshot = store.snapshot()
    assert [one[:2] for one in vocabulary.near(snapshot, "digeu", 1)] == [("digue", 1)]
    assert vocabulary.starting(snapshot, "p", most=5)[0][0] in {"plan", "pont"}
    assert vocabulary.starting(snapshot, "xyz", most=5) == []


def test_long_texts_and_frequent_words_are_exact(tmp_path: Path) -> None:
    store = Store(tmp_path / "i", VERSION)
    store.create()
    long = "crue " * 300 + "mot " * 70_000 + "digue pont " + "crue " * 5
    store.update([Document("a-1", "article", "", long), Document("a-2", "article", "", "crue")], [])
    store.update([Document("a-3", "article", "", "eau")], [])
    snapshot = store.snapshot()
    assert snapshot.postings("text", snapshot.places("crue"))[1].tolist() == [305, 1]
    node = query.Phrase("text", ["digue", "pont", "crue"])
    assert Evaluator(snapshot).run(node).documents.tolist() == [0]
    store.update(documents(60), ["a-2"])
    for number in range(8):
        store.update(documents(1, 10 + number), [])
    snapshot = store.snapshot()
    assert len(snapshot.segments) < 8
    assert "a-1" in ids(snapshot, Evaluator(snapshot).run(node))
    assert snapshot.postings("text", snapshot.places("mot"))[1].tolist() == [70_000]


def ids(snapshot: Snapshot, found: Matches) -> set[str]:
    return {snapshot.id_of(one) for one in found.documents.tolist()}


def test_segments_are_brought_together_and_say_the_same(store: Store) -> None:
    for start in range(3, 12):
        store.update(documents(600, start), [f"a-{start - 1}-{n}" for n in range(0, 600, 3)])
    before = store.snapshot()
    said = [ids(before, Evaluator(before).run(one)) for one in QUERIES]
    while store.tidy(slices=3):
        pass
    after = store.snapshot()
    assert len(after.segments) < len(before.segments)
    assert after.count == before.count
    assert [ids(after, Evaluator(after).run(one)) for one in QUERIES] == said
    # The snapshot taken before still answers, whatever was merged away since.
    assert [ids(before, Evaluator(before).run(one)) for one in QUERIES] == said


def test_what_is_removed_during_a_merge_stays_removed(tmp_path: Path) -> None:
    store = Store(tmp_path / "i", VERSION)
    store.create()
    for seed in range(8):
        store.update(documents(600, seed), [])
    assert store.tidy(slices=1)
    other = Store(tmp_path / "i", VERSION)
    other.update([Document("a-3-7", "article", "neuf", "neuf")], ["a-2-5"])
    while store.tidy():
        pass
    snapshot = store.snapshot()
    assert snapshot.count == 8 * 600 - 1
    assert "a-2-5" not in set(snapshot.ids())
    assert ids(snapshot, Evaluator(snapshot).run(query.Term("text", "neuf"))) == {"a-3-7"}
    assert len(snapshot.toc.entries) == 2


def test_one_writes_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("veille.search.engine.store._PATIENCE", 0.05)
    store, other = Store(tmp_path / "i", VERSION), Store(tmp_path / "i", VERSION)
    store.create()
    with store._writing(), pytest.raises(Busy):
        other.update(documents(1), [])
    other.update(documents(1), [])
    assert store.snapshot().count == 1


def test_many_small_commits_leave_few_segments(tmp_path: Path) -> None:
    store = Store(tmp_path / "i", VERSION)
    store.create()
    for number in range(200):
        store.update(documents(1, number), [])
    told = toc.read(tmp_path / "i")
    assert len(told.entries) <= 3 * 8
    assert not tiers.small(told.entries)
    assert len(list((tmp_path / "i").glob("*.seg"))) == len(told.entries)


@pytest.mark.parametrize("damage", ["cut", "flip", "missing", "empty"])
def test_a_damaged_segment_is_left_out_and_the_rest_answers(store: Store, damage: str) -> None:
    from veille.domain.errors import IndexDamaged
    from veille.search import families
    from veille.search.index import Index

    folder = store._folder
    entry = max(toc.read(folder).entries, key=lambda one: one.documents)
    path = folder / entry.name
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        flipped = bytes(byte ^ 0xFF if n % 97 == 0 else byte for n, byte in enumerate(data))
        path.write_bytes({"cut": data[:-100], "flip": flipped, "empty": b""}[damage])
    index = Index(Store(folder, VERSION), families.Families())
    with pytest.raises(IndexDamaged):
        index.search("crue")
    assert 0 < index.search("crue").total < 370
    assert index.count() == sum(one.live for one in toc.read(folder).entries)


def test_a_segment_that_is_mostly_holes_is_written_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "i", VERSION)
    store.create()
    store.update(documents(600), [])
    store.update([], [f"a-1-{n}" for n in range(400)])
    assert store.snapshot().deleted == 400
    while store.tidy():
        pass
    assert (store.snapshot().deleted, store.snapshot().count) == (0, 200)


def test_an_index_made_anew_leaves_nothing_of_the_old_one(store: Store) -> None:
    folder = store._folder
    (folder / "_MAIN_1.toc").write_bytes(b"an index of another version")
    store.create()
    assert store.snapshot().count == 0
    assert {one.name for one in folder.iterdir()} <= {"toc", "write", "merge"}


def test_nothing_of_an_index_that_was_let_go_stays_mapped(store: Store) -> None:
    snapshot = store.snapshot()
    for node in QUERIES:
        Evaluator(snapshot).run(node)
    held = [one._file._map for one in snapshot.segments]
    store.close()
    del snapshot
    # What a garbage collector would have to find is what Windows could not delete meanwhile.
    assert all(sys.getrefcount(one) <= 3 for one in held)
