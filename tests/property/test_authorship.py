"""Whatever was written: no word lost between two states, each change can be taken back, and every
paragraph is of a revision that says it while none of its parents does.

Reach: of the texts drawn, many change paragraphs in every way; of the graphs, many merge (counted).
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.test_authorship import Revisions, graph, revision
from veille.domain.facts import ancestors
from veille.domain.merge import parents
from veille.wiki.authorship import authorship
from veille.wiki.changes import changes, paragraphs, restored
from veille.wiki.weave import body

WORDS = st.sampled_from(
    ["le", "plan", "vélo", "coûte", "2", "3,2", "millions", "l’eau", "et", "maire", "\n- ", "...",
     "rue", "«\u00a0oui\u00a0»", "[[note]]", "ouvre", "en", "mai"]
)  # fmt: skip
PARAGRAPHS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    st.sampled_from(["---", "# Plan", "Fin.", "\t x \u2028 y", "a"]),
)
GAPS = st.sampled_from(["\n\n", "\n\n\n", "\n \n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(PARAGRAPHS, GAPS), max_size=7))
    lead = draw(st.sampled_from(["", "", "\n", " \n"]))
    return lead + "".join(part + gap for part, gap in parts)[: -1 if draw(st.booleans()) else None]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts, the second often made of the first."""
    before = draw(texts())
    if draw(st.integers(0, 3)) == 0:
        return before, draw(texts())
    blocks = [one.text for one in paragraphs(before)]
    for _turn in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(blocks)))
        what = draw(st.sampled_from(["add", "drop", "move", "word"]))
        if what == "add" or at == len(blocks):
            blocks.insert(at, draw(PARAGRAPHS))
        elif what == "drop":
            del blocks[at]
        elif what == "move":
            blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(at))
        else:
            words = blocks[at].split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(WORDS)
            blocks[at] = " ".join(words)
    return before, draw(GAPS).join(blocks)


def said(text: str) -> list[str]:
    return [one.text for one in paragraphs(text)]


def test_no_word_is_lost_and_every_line_has_its_place() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=400, deadline=None)
    @given(pairs())
    def holds(pair: tuple[str, str]) -> None:
        before, after = pair
        found = changes(before, after)
        seen.update(one.kind for one in found)
        assert [one.before for one in found if one.kind != "added"] == said(before)
        assert [one.after for one in found if one.kind != "removed"] == said(after)
        for one in found:
            assert all(run.text for run in one.runs)
            kinds = [run.kind for run in one.runs]
            assert all(left != right for left, right in pairwise(kinds))
            assert "\n".join(before.split("\n")[slice(*one.old)]) == one.before
            assert "\n".join(after.split("\n")[slice(*one.new)]) == one.after

    holds()
    assert min(seen[kind] for kind in ("same", "added", "removed", "rewritten")) > 20


def test_any_change_is_taken_back_alone() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=400, deadline=None)
    @given(pairs(), st.data())
    def holds(pair: tuple[str, str], data: st.DataObject) -> None:
        before, after = pair
        found = changes(before, after)
        made = [number for number, one in enumerate(found) if one.kind != "same"]
        if not made:
            return
        which = data.draw(st.sampled_from(made))
        seen[found[which].kind] += 1
        told = [one.before if n == which else one.after for n, one in enumerate(found)]
        assert said(restored(before, after, found[which])) == [one for one in told if one]

    holds()
    assert min(seen[kind] for kind in ("added", "removed", "rewritten")) > 10


@settings(max_examples=300, deadline=None)
@given(pairs())
@example(("le\n\nle\n\nle le\n\n", "le\n\n\n---\n\n"))
@example(("le\n\n---\n\n---\n\n", "le\n \n"))
@example(("le\n\nle le\n\n", "\n\n- \n\n"))
def test_all_changes_taken_back_give_what_was(pair: tuple[str, str]) -> None:
    before, after = pair
    text = after
    # From the end on, so that the lines of those that are left stay where they are.
    for one in reversed(changes(before, after)):
        text = restored(before, text, one)
    assert said(text) == said(before)


# --- authorship ------------------------------------------------------------------------------


@st.composite
def graphs(draw: st.DrawFn) -> Revisions:
    """Revisions of a few people: sittings, branches, merges, parents that did not come."""
    alphabet = ["Un plan.", "Deux rues.", "Trois ponts.", "Quatre vents.", "Cinq sens.", "Six."]
    some: Revisions = {}
    for n in range(draw(st.integers(4, 9))):
        names = list(some)
        # Merges first: what is simplest for the drawer is drawn most.
        shapes = [names[-2:], names[-1:], names[-3:-1], names[:1], [], [*names[-1:], "missing"]]
        above = draw(st.sampled_from(shapes))
        text = "\n\n".join(draw(st.lists(st.sampled_from(alphabet), max_size=5, unique=True)))
        some |= graph(revision(f"r{n}", text, *above, at=draw(st.integers(0, 9))))
    return some


def test_a_paragraph_is_of_a_revision_that_first_said_it() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=400, deadline=None)
    @given(graphs(), st.data())
    def holds(some: Revisions, data: st.DataObject) -> None:
        head = data.draw(st.sampled_from(sorted(some, reverse=True)))
        past = ancestors(some[head], some)
        seen["merged"] += any(len([*above(some, name)]) > 1 for name in past)
        found = authorship(some, [some[head]])
        assert [one.text for one in found] == said(body(some[head]))
        for one in found:
            assert one.text in said(body(some[one.revision_id]))
            for parent in above(some, one.revision_id):
                assert one.text not in said(body(some[parent]))
            assert past.issuperset({one.revision_id, *one.edits})
            assert len({one.revision_id, *one.edits}) == 1 + len(one.edits)
            assert not one.earlier

    holds()
    assert seen["merged"] > 30


def above(some: Revisions, name: str) -> list[str]:
    return [parent for parent in parents(some[name]) if parent in some]


@settings(max_examples=200, deadline=None)
@given(graphs(), st.data())
def test_forged_parents_neither_loop_nor_raise(some: Revisions, data: st.DataObject) -> None:
    names = [*sorted(some), "missing"]
    forged = {
        name: revision(
            name, body(one), *data.draw(st.lists(st.sampled_from(names), max_size=3)),
            at=data.draw(st.integers(0, 9)),
        )
        for name, one in some.items()
    }  # fmt: skip
    heads = data.draw(st.lists(st.sampled_from(sorted(some)), min_size=1, max_size=3, unique=True))
    most = data.draw(st.integers(1, 9))
    found = authorship(forged, [forged[name] for name in heads], most=most)
    for one in found:
        assert one.revision_id in {*forged, ""}
        assert one.revision_id or one.earlier
