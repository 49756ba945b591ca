"""Whatever the order, the repetition and the cuts: the same memory.

Reach, asserted at the end: conflicts, deletions that yield and merges really happen in these runs.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random  # noqa: TID251 - Hypothesis gives it

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Clock
from veille.desk.desk import Desk
from veille.domain import operation as op
from veille.domain.facts import Fact, replaced_by, with_parents
from veille.domain.merge import Thing, fold
from veille.domain.operation import Json, Operation
from veille.domain.views import Filter
from veille.journal import line as lines
from veille.journal import segment as segments
from veille.journal.segment import Header, SegmentError
from veille.wiki.weave import weave

SPACE, PERSONAL = "s" * 26, "h" * 26
A, N = "a-" + "1" * 16, "n-" + "1" * 16

step = st.tuples(
    st.integers(0, 2),  # which of three devices acts
    st.sampled_from(["title", "source", "tag", "untag", "delete", "undelete", "write", "learn"]),
    st.integers(0, 2),  # a value, or the device learned from
    st.integers(-5_000, 40 * 365 * 86_400_000),  # how wrong its clock is
)


class Device:
    """An oracle's device: a set of operations, no table, no file."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.known: dict[str, Operation] = {}

    def thing(self, entity: str) -> Thing | None:
        return fold([o for o in self.known.values() if o.entity == entity], personal=PERSONAL)

    def say(self, fact: Fact, count: int, at: int) -> Operation:
        thing = self.thing(fact.entity)
        fact = with_parents(fact, thing)
        stamp = f"{1_700_000_000_000 + at:013d}-{self.number:04x}"
        one = Operation(
            f"{count:016d}", stamp, f"p-{self.number}", SPACE, fact.entity, fact.kind, fact.data,
            replaced_by(fact, thing),
        )  # fmt: skip
        self.known[one.id] = one
        return one


def _fact(what: str, value: int) -> Fact:
    facts: dict[str, tuple[str, str, dict[str, Json]]] = {
        "title": (A, op.ARTICLE_SET, {"title": f"t{value}"}),
        "source": (A, op.ARTICLE_SET, {"source": f"s{value}"}),
        "tag": (A, op.TAG_ADD, {"tag": f"x{value}"}),
        "untag": (A, op.TAG_RM, {"tag": f"x{value}"}),
        "delete": (A, op.DELETE, {}),
        "undelete": (A, op.UNDELETE, {}),
        "write": (N, op.NOTE_REV, {"x": f"un\n\n{'deux ' * value}\n\ntrois {value}"}),
    }
    return Fact(*facts[what])


def _view(operations: Sequence[Operation]) -> tuple[object, ...]:
    article = fold([o for o in operations if o.entity == A], personal=PERSONAL)
    note = fold([o for o in operations if o.entity == N], personal=PERSONAL)
    text = weave(note.revision_heads, {r.id: r for r in note.revisions}) if note else None
    if article is None:
        return (None, text)
    return (
        dict(article.fields), dict(article.alternatives), dict(article.tags), article.deleted,
        article.seen, text,
    )  # fmt: skip


reached: Counter[str] = Counter()


@settings(max_examples=250, deadline=None)
@given(st.lists(step, min_size=4, max_size=40), st.randoms(use_true_random=False))
def test_a_thing_is_a_function_of_the_set_of_its_operations(
    steps: list[tuple[int, str, int, int]], random: Random
) -> None:
    devices = [Device(n) for n in range(3)]
    first = devices[0].say(Fact(A, op.CLIP, {"title": "t"}), 0, 0)
    for device in devices:
        device.known[first.id] = first
    for count, (who, what, value, skew) in enumerate(steps, start=1):
        if what == "learn":
            devices[who].known.update(devices[value].known)
        else:
            one = devices[who].say(_fact(what, value), count, skew + count)
            if what in {"title", "source"}:
                shown = devices[who].thing(A)
                assert shown is not None
                name = next(iter(one.data))
                assert shown.fields[name] == one.data[name], "what I just said is what I see"
                assert name not in shown.alternatives, "saying it again settles it"
    every = {k: v for device in devices for k, v in device.known.items()}
    operations = list(every.values())
    expected = _view(operations)
    shuffled = operations + operations[: len(operations) // 2]
    random.shuffle(shuffled)
    assert _view(shuffled) == expected
    thing = fold([o for o in operations if o.entity == A], personal=PERSONAL)
    note = fold([o for o in operations if o.entity == N], personal=PERSONAL)
    reached["conflict"] += bool(thing and thing.alternatives)
    reached["deleted"] += bool(thing and thing.deleted)
    reached["two heads"] += bool(note and len(note.revision_heads) > 1)
    for text in (str(r.data["x"]) for r in (note.revision_heads if note else ())):
        woven = weave(note.revision_heads, {r.id: r for r in note.revisions}) if note else None
        assert woven is not None
        reached["woven"] += bool(woven.conflicts and text)


def test_those_runs_reached_what_they_are_for() -> None:
    if not reached:
        pytest.skip("the runs are not in this process: nothing to count")
    assert reached["conflict"] > 10
    assert reached["deleted"] > 5
    assert reached["two heads"] > 10


mutation = st.tuples(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from("xcdi"))


@settings(max_examples=300, deadline=None)
@given(st.lists(mutation, min_size=1, max_size=6))
def test_no_altered_segment_is_ever_taken_and_nothing_else_is_raised(
    mutations: list[tuple[int, int, str]],
) -> None:
    operation = Operation(
        "1" * 16, "1763922000123-0000", "p-1", SPACE_ID, A, op.ARTICLE_SET, {"title": "é"}
    )
    header = Header(SPACE_ID, "k7m2q9x4ab", 1, "", 1_763_922_000_123, "t")
    identity, data = segments.seal(header, [lines.write(operation)] * 2)
    altered = bytearray(data)
    for at, byte, how in mutations:
        place = at % len(altered)
        if how == "x":
            altered[place] ^= byte
        elif how == "c":
            del altered[place:]
            altered += b"\n"
        elif how == "d":
            del altered[place]
        else:
            altered.insert(place, byte)
        if not altered:
            altered = bytearray(b"\n")
    try:
        opened = segments.open_segment(bytes(altered))
    except SegmentError:
        return
    assert opened.id == identity, "only the bytes that were sealed are a segment"


SPACE_ID = "0" * 26

action = st.sampled_from(
    ["clip", "quote", "note", "edit", "tag", "untag", "triage", "delete", "dossier", "undo", "sync"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 1), action, st.integers(0, 3)), min_size=6, max_size=22))
def test_two_profiles_on_one_folder_converge_and_their_tables_rebuild_the_same(
    steps: list[tuple[int, str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        desks = [Desk.open(f"{folder}/{name}", now=clock) for name in "ab"]
        try:
            share = Path(folder) / "share"
            share.mkdir()
            desks[0].create_space("Com", str(share), full_text=True)
            desks[1].join_space(str(share))
            for who, what, number in steps:
                _act(desks[who], what, number)
            for _turn in range(2):
                for desk in desks:
                    desk.sync()
            for desk in desks:
                assert desk.verify().problems == ()
                before = _shared(desk)
                desk.rebuild_tables()
                assert _shared(desk) == before
                assert desk.verify().problems == ()
            assert _shared(desks[0]) == _shared(desks[1])
            for desk in desks:
                assert [r.sent + r.received for r in desk.sync()] == [0], (
                    "a round more does nothing"
                )
        finally:
            for desk in desks:
                desk.close()


def _act(desk: Desk, what: str, number: int) -> None:
    space = desk.space("Com").id
    articles = desk.ids(Filter(kinds=("article",), space=space))
    notes = desk.ids(Filter(kinds=("note",), space=space))
    if what == "clip":
        from veille.desk.clipping import ClipOptions

        text = f"Titre {number}\n\nLe texte numéro {number} parle de la ville. " + "Mot. " * 30
        options = ClipOptions(url=f"https://site.example/{number}", space=space)
        desk.clip("-", options, stdin=text.encode())
    elif what == "note":
        desk.new_note(f"Note {number}", f"un\n\ndeux {number}\n\ntrois", space=space)
    elif what == "sync":
        desk.sync(whole=number == 0)
    elif what == "undo":
        _try_undo(desk)
    elif what == "edit" and notes:
        note = notes[number % len(notes)]
        paragraphs = desk.read(note).text.split("\n\n")
        paragraphs[number % len(paragraphs)] += f" +{number}"
        desk.edit_note(note, "\n\n".join(paragraphs))
    elif articles:
        _act_on(desk, what, number, articles[number % len(articles)])


def _act_on(desk: Desk, what: str, number: int, article: str) -> None:
    if what == "quote":
        desk.quote(article, "parle de la ville", speaker=f"X {number}")
    elif what == "tag":
        desk.tag([article], add=[f"thème {number}"])
    elif what == "untag":
        desk.tag([article], remove=[f"thème {number}"])
    elif what == "triage":
        desk.triage([article], ["inbox", "kept", "discarded", "archived"][number])
    elif what == "delete":
        desk.delete([article])
    elif what == "dossier":
        desk.add_to_dossier(desk.find_dossier(f"Dossier {number}"), [article])


def _try_undo(desk: Desk) -> None:
    from veille.domain.errors import NothingToUndo

    try:
        desk.undo()
    except NothingToUndo:
        return


def _shared(desk: Desk) -> list[tuple[object, ...]]:
    space = desk.space("Com").id
    rows = desk.rows(desk.ids(Filter(space=space)))
    return sorted(
        (r.id, r.kind, r.title, r.state, r.tags, r.verdict, r.words, r.conflicts, r.created_by,
         r.created_at, r.updated_at, desk.read(r.id).text, repr(sorted(r.fields.items(), key=str)))
        for r in rows
    )  # fmt: skip
