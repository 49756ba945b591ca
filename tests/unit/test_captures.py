"""Which of several captures of one page is read, what travels of one, what one says it found."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations
from typing import Any

import pytest

from veille.domain import operation as op
from veille.domain.captures import (
    EXCERPT,
    Finding,
    best,
    excerpt,
    findings,
    name_of,
    once,
    origin,
    rank,
    said_again,
    sketch_of,
    text_hash,
    verdict_of,
)
from veille.domain.operation import Operation

WORST_FIRST = ["unreadable", "empty", "wall", "not_article", "summary", "truncated", "complete"]


def capture(
    number: int, verdict: str = "complete", text: str = "Mot " * 100, **said: Any
) -> Operation:
    data = {"verdict": verdict, "text": text, **said}
    stamp = f"{1_700_000_000_000 + number:013d}-0000"
    return Operation(f"{number:016d}", stamp, "p-x", "h" * 26, "a-" + "1" * 16, op.CAPTURE, data)


def read(*captures: Operation, chosen: str = "") -> Operation | None:
    """Give the one that is read, whatever the order they come in."""
    found = {getattr(best(some, chosen), "id", "") for some in permutations(captures)}
    assert len(found) == 1
    return best(captures, chosen)


@pytest.mark.parametrize(("worse", "better"), [*pairwise(WORST_FIRST)])
def test_a_worse_page_never_replaces_a_better_one(worse: str, better: str) -> None:
    older, newer = capture(1, better), capture(2, worse)
    assert read(older, newer) == older
    assert rank(worse) < rank(better)


def test_of_two_as_good_the_newest_is_read_unless_it_lost_much() -> None:
    older = capture(1)
    assert read() is None
    assert read(older, newer := capture(2, text="Mot " * 70)) == newer
    assert read(older, capture(2, text="Mot " * 50)) == older


def test_a_full_text_comes_before_an_excerpt_and_the_page_before_its_copy_elsewhere() -> None:
    older = capture(1)
    assert read(older, capture(2, excerpt=True)) == older
    assert read(older, capture(2, text="")) == older
    assert read(older, capture(2, copy=True)) == older
    assert read(capture(1, text=""), elsewhere := capture(2, copy=True)) == elsewhere


def test_what_a_person_put_there_is_read_when_she_chose_it_and_only_then() -> None:
    page, pasted = capture(1, "truncated"), capture(2, door="hand", clean="c" * 64)
    assert read(page, pasted) == page
    assert read(page, pasted, chosen="c" * 64) == pasted
    assert read(page, capture(3, door="hand", clean="c" * 64, excerpt=True), pasted,
                chosen="c" * 64) == pasted  # fmt: skip
    assert read(page, pasted, chosen="d" * 64) == page, "it is not here"
    assert read(page, capture(4, "wall", clean="")) == page, "nobody chose anything"


def test_a_verdict_that_makes_no_sense_is_the_worst() -> None:
    for said in ("excellent", 3, None, ["complete"]):
        assert verdict_of(capture(1, verdict=said)) == "unreadable"  # type: ignore[arg-type]
    assert rank("pending") == -1


def test_where_full_texts_may_not_travel_a_short_quotation_does() -> None:
    whole = capture(
        1, text="Une phrase. " * 200, html="<p>…</p>", clean="c" * 64, url="https://v.example/a"
    )
    sent = excerpt(whole.data)
    assert set(sent) == {"verdict", "url", "text", "excerpt"}
    assert sent["excerpt"] is True
    assert 0 < len(str(sent["text"])) <= EXCERPT + 2
    assert excerpt({"text": 3})["text"] == ""


def test_what_it_found_of_a_field_best_first_and_what_makes_no_sense_passed_over() -> None:
    told = {"title": [["A", "jsonld"], ["B", "page"], "x", ["C"], ["D", 4]], "date": "2026"}
    found = findings({"found": told})
    assert found == {"title": (Finding("A", "jsonld"), Finding("B", "page"))}
    assert findings({"found": [1]}) == {}
    assert [origin(one, found["title"]) for one in ("B", "Z", "")] == ["page", "person", ""]


def test_a_sketch_and_a_name_for_a_text() -> None:
    assert sketch_of(capture(1, alike=[1, 2**53, -1, "x", 2])) == (1, 2)
    assert sketch_of(capture(1, alike=[1] * 65)) == () == sketch_of(capture(1, alike=3))
    assert text_hash("L’ÉTÉ  est là") == text_hash("l'été est la") != text_hash("autre")
    assert text_hash(" ") == ""


def test_a_capture_said_again_is_the_same_one_by_its_first_name() -> None:
    first = capture(1)
    again = replace(capture(2), data=said_again(first))
    shared = replace(capture(3), data=excerpt(said_again(again)))
    assert name_of(shared) == name_of(again) == first.id
    assert once([shared, again]) == [(first.id, again)], "the whole one, where only copies are"
    assert once([first, shared]) == [(first.id, first)]
    assert once([first, capture(4)]) == [(one.id, one) for one in (first, capture(4))]


def test_nobody_else_says_a_capture_again_in_other_words() -> None:
    first = capture(1)
    mine = replace(capture(2), data=excerpt(said_again(first)))
    forged = replace(capture(3, text="Autre " * 200, of=first.id), by="p-y")
    copied = replace(capture(4), data=said_again(first), by="p-y")
    assert once([mine, forged]) == [(first.id, mine), (forged.id, forged)]
    assert once([first, copied]) == [(first.id, copied)], "the same words are the same capture"
    assert name_of(capture(5, of="../../etc")) == capture(5).id
