"""Who wrote what in a note, what changed between two states, and taking one change back."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from veille.domain import operation as op
from veille.domain.operation import Operation
from veille.wiki.authorship import authorship, in_order
from veille.wiki.changes import Change, changes, paragraphs, restored

Revisions = dict[str, Operation]


def revision(name: str, text: str, *parents: str, at: int = 0, by: str = "p-1") -> Operation:
    stamp = f"{1_700_000_000_000 + at:013d}-0000"
    data = {"x": text, "p": list(parents)}
    return Operation(name, stamp, by, "s", "n-1", op.NOTE_REV, data)


def graph(*revisions: Operation) -> Revisions:
    return {one.id: one for one in revisions}


def told(revisions: Revisions, *heads: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = authorship(revisions, [revisions[one] for one in heads])
    return [(one.text, one.revision_id, one.edits) for one in found]


PLAN = "# Plan\n\nLe plan vélo coûte 2 millions.\n\nLa concertation ouvre en mai."


# --- authorship ------------------------------------------------------------------------------


def test_each_paragraph_says_who_last_changed_it_and_who_before() -> None:
    some = graph(
        revision("a", PLAN),
        revision("b", PLAN.replace("2 millions", "3 millions"), "a", at=1),
        revision("c", PLAN.replace("2 millions", "4 millions d’euros"), "b", at=2),
    )
    assert told(some, "c") == [
        ("# Plan", "a", ()),
        ("Le plan vélo coûte 4 millions d’euros.", "c", ("b", "a")),
        ("La concertation ouvre en mai.", "a", ()),
    ]
    assert [one.line for one in authorship(some, [some["c"]])] == [0, 2, 4]


def test_a_paragraph_that_moved_keeps_its_author() -> None:
    moved = "La concertation ouvre en mai.\n\n# Plan\n\nLe plan vélo coûte 2 millions."
    some = graph(revision("a", PLAN), revision("b", moved, "a", at=1))
    assert {author for _text, author, _edits in told(some, "b")} == {"a"}


def test_a_merge_takes_nothing_from_those_it_merges() -> None:
    some = graph(
        revision("a", PLAN),
        revision("b", PLAN.replace("2 millions", "3 millions"), "a", at=1),
        revision("c", PLAN.replace("en mai", "en juin"), "a", at=2),
        revision(
            "d",
            PLAN.replace("2 millions", "3 millions").replace("en mai", "en juin") + "\n\nFin.",
            "b", "c", at=3,
        ),
    )  # fmt: skip
    assert told(some, "d") == [
        ("# Plan", "a", ()),
        ("Le plan vélo coûte 3 millions.", "b", ("a",)),
        ("La concertation ouvre en juin.", "c", ("a",)),
        ("Fin.", "d", ()),
    ]


def test_of_two_parents_that_say_the_same_the_one_changed_last_counts() -> None:
    some = graph(
        revision("a", "Un plan vélo."),
        revision("b", "Un plan bus.", "a", at=1),
        revision("c", "Un plan vélo.", "b", at=2),
        revision("d", "Un plan vélo.\n\nFin.", "a", at=3),
        revision("e", "Un plan vélo.\n\nFin.", "c", "d", at=4),
    )
    assert told(some, "e") == [("Un plan vélo.", "c", ("b", "a")), ("Fin.", "d", ())]


def test_what_no_parent_has_is_the_mergers() -> None:
    some = graph(
        revision("a", "Le plan vélo coûte 2 millions."),
        revision("b", "Le plan vélo coûte 3 millions.", "a", at=1),
        revision("c", "Le plan vélo coûte 4 millions.", "a", at=2),
        revision("d", "Le plan vélo coûte 3,5 millions.", "b", "c", at=3),
    )
    assert told(some, "d") == [("Le plan vélo coûte 3,5 millions.", "d", ("c", "b", "a"))]


def test_what_is_woven_of_two_heads_is_of_those_who_wrote_it() -> None:
    some = graph(
        revision("a", PLAN),
        revision("b", PLAN.replace("2 millions", "3 millions"), "a", at=1),
        revision("c", PLAN.replace("2 millions", "4 millions"), "a", at=2),
    )
    (_title, cost, when) = told(some, "b", "c")
    assert cost[1:] == ("c", ("b", "a"))
    assert when[1:] == ("a", ())


def test_words_that_come_back_remember_who_wrote_them() -> None:
    some = graph(
        revision("a", PLAN),
        revision("b", "# Plan", "a", at=1),
        revision("c", PLAN, "b", at=2),
    )
    assert [one[1:] for one in told(some, "c")] == [("a", ()), ("c", ("a",)), ("c", ("a",))]


def test_a_paragraph_said_twice_is_counted_twice() -> None:
    some = graph(
        revision("a", "---\n\nUn."),
        revision("b", "---\n\nUn.\n\n---", "a", at=1),
    )
    assert [one[1] for one in told(some, "b")] == ["a", "a", "b"]


def test_parents_that_are_not_here_are_passed_over() -> None:
    some = graph(revision("b", PLAN, "missing"), revision("c", PLAN + "\n\nFin.", "b", at=1))
    assert [one[1] for one in told(some, "c")] == ["b", "b", "b", "c"]


def test_a_forged_cycle_ends() -> None:
    some = graph(
        revision("a", "Un.", "c"),
        revision("b", "Un.\n\nDeux.", "a", "b", at=1),
        revision("c", "Un.\n\nDeux.\n\nTrois.", "b", at=2),
    )
    assert in_order(some) == ["a", "b", "c"]
    assert [one[1] for one in told(some, "c")] == ["a", "b", "c"]


def test_what_is_older_than_the_last_revisions_is_said_to_be() -> None:
    some = graph(revision("r000", PLAN))
    for n in range(1, 30):
        text = f"{PLAN}\n\nBilan, point numéro {n}."
        some |= graph(revision(f"r{n:03d}", text, f"r{n - 1:03d}", at=n))
    found = authorship(some, [some["r029"]], most=10)
    assert [(one.revision_id, one.earlier) for one in found[:3]] == [("", True)] * 3
    last = found[3]
    assert (last.revision_id, last.earlier) == ("r029", True)
    assert len(last.edits) == 8
    whole = authorship(some, [some["r029"]])
    assert not any(one.earlier for one in whole)
    assert len(whole[3].edits) == 28


def test_no_text_has_no_author() -> None:
    assert authorship({}, []) == ()
    assert authorship(graph(revision("a", "\n \n")), [revision("a", "\n \n")]) == ()


@pytest.mark.slow
def test_a_thousand_revisions_of_fifty_thousand_letters_take_a_moment() -> None:
    paras = [" ".join(f"mot{(n * 37 + k * k) % 997}" for k in range(60)) for n in range(140)]
    some: Revisions = {}
    for n in range(1_000):
        paras[n % 140] += f" ajout{n}"
        name, before = f"r{n:04d}", f"r{n - 1:04d}"
        some[name] = revision(name, "\n\n".join(paras), *([before] if n else []), at=n)
    began = time.perf_counter()
    found = authorship(some, [some["r0999"]])
    assert time.perf_counter() - began < 10
    assert len(found) == 140
    assert all(one.revision_id for one in found)


# --- changes ---------------------------------------------------------------------------------


def kinds(found: Sequence[Change]) -> list[str]:
    return [one.kind for one in found]


def runs(one: Change) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for run in one.runs]


def test_paragraphs_are_told_one_by_one() -> None:
    after = "# Plan\n\nNouveau.\n\nLe plan vélo coûte 3,2 millions."
    found = changes(PLAN, after)
    assert kinds(found) == ["same", "added", "rewritten", "removed"]
    assert runs(found[2]) == [
        ("same", "Le plan vélo coûte "), ("gone", "2"), ("new", "3,2"), ("same", " millions."),
    ]  # fmt: skip
    assert [(one.old, one.new) for one in found] == [
        ((0, 1), (0, 1)), ((1, 1), (2, 3)), ((2, 3), (4, 5)), ((4, 5), (5, 5)),
    ]  # fmt: skip


def test_words_that_little_words_keep_apart_are_one_change() -> None:
    (found,) = changes(
        "La ville a voté le 2 et le 3 mai l’ouverture de la piste cyclable.",
        "La ville a voté le 4 et le 5 mai l’ouverture de la piste cyclable.",
    )
    assert runs(found)[1:3] == [("gone", "2 et le 3"), ("new", "4 et le 5")]


def test_a_sentence_that_was_added_is_told_whole() -> None:
    (found,) = changes("Fin.", "Fin. Une suite viendra.")
    assert runs(found) == [("same", "Fin."), ("new", " Une suite viendra.")]


def test_a_line_that_replaces_another_is_read_after_it() -> None:
    found = changes("Un.\n\nRien à voir ici.\n\nDeux.", "Un.\n\nToute autre chose.\n\nDeux.")
    assert kinds(found) == ["same", "rewritten", "same"]
    assert runs(found[1]) == [("gone", "Rien à voir ici."), ("new", "Toute autre chose.")]


def test_items_of_a_list_are_told_apart() -> None:
    (found,) = changes("- un\n- deux\n- trois", "- un\n- trois\n- quatre")
    assert found.before == "- un\n- deux\n- trois"
    assert ("new", "\n- quatre") in runs(found)
    assert [text.strip("-\n ") for kind, text in runs(found) if kind == "gone"] == ["deux"]


@pytest.mark.parametrize(
    ("before", "after", "back"),
    [
        ("Un.\n\nDeux.\n\nTrois.", "Un.\n\nTrois.", "Un.\n\nDeux.\n\nTrois."),
        ("Un.\n\nDeux.", "Deux.", "Un.\n\nDeux."),
        ("Un.\n\nDeux.", "Un.", "Un.\n\nDeux."),
        ("Un.", "", "Un."),
        ("Un.", "Un.\n\nDeux.", "Un."),
        ("Deux.", "Un.\n\nDeux.", "Deux."),
        ("", "Un.", ""),
        ("Un.\n\nTrois.", "Un.\n\n\nDeux.\n\nTrois.", "Un.\n\n\nTrois."),
        ("Un deux trois.", "Un deux quatre.", "Un deux trois."),
    ],
)
def test_a_change_is_taken_back_where_it_was(before: str, after: str, back: str) -> None:
    (which,) = [one for one in changes(before, after) if one.kind != "same"]
    assert restored(before, after, which) == back


def test_one_change_is_taken_back_and_the_others_stay() -> None:
    after = "# Plan vélo\n\nLe plan vélo coûte 3 millions.\n\nFin."
    found = changes(PLAN, after)
    cost = next(one for one in found if "millions" in one.after)
    assert restored(PLAN, after, cost) == "# Plan vélo\n\nLe plan vélo coûte 2 millions.\n\nFin."


def test_texts_of_little_words_are_compared_in_time() -> None:
    began = time.perf_counter()
    one = "\n\n".join(" ".join("ab"[(n * n + k * k * k) % 7 % 2] for k in range(300))
                      for n in range(400))  # fmt: skip
    other = "\n\n".join(" ".join("ab"[(n + k * k) % 5 % 2] for k in range(300)) for n in range(400))
    found = changes(one, other)
    assert time.perf_counter() - began < 10
    assert [block.text for block in paragraphs(other)] == [it.after for it in found if it.after]
