"""Two people in one text: what merges silently, what is shown, and that no word is ever lost."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from veille.domain import operation as op
from veille.domain.operation import Operation
from veille.wiki import weave
from veille.wiki.weave import merge_text

BASE = "# Plan\n\nLe plan vélo avance. Il coûte 2 millions. Fin.\n\n- un\n- deux"


def test_different_paragraphs_and_sentences_merge_silently() -> None:
    ours = BASE.replace("# Plan", "# Plan vélo")
    assert merge_text(BASE, ours, BASE + "\n- trois").conflicts == 0
    woven = merge_text(BASE, BASE.replace("avance", "recule"), BASE.replace("Fin.", "Suite."))
    assert woven.conflicts == 0
    assert "recule. Il coûte 2 millions. Suite." in woven.text


def test_other_words_of_one_sentence_are_merged_and_shown() -> None:
    ours, theirs = BASE.replace("Il coûte", "Cela coûte"), BASE.replace("2 mill", "4 mill")
    (passage,) = merge_text(BASE, ours, theirs).passages
    assert passage.merged
    assert passage.shown == "Cela coûte 4 millions."
    assert (passage.ours.text, passage.theirs.text) == (
        "Cela coûte 2 millions.",
        "Il coûte 4 millions.",
    )


def test_the_same_words_stand_in_both_versions() -> None:
    woven = merge_text(BASE, BASE.replace("2 mill", "3 mill"), BASE.replace("2 mill", "4 mill"))
    (passage,) = woven.passages
    assert not passage.merged
    assert passage.shown == "Il coûte 3 millions. Il coûte 4 millions."
    gone = merge_text(BASE, BASE.replace("Il coûte 2 millions. ", ""), BASE.replace("2 m", "4 m"))
    assert [(one.ours.text, one.theirs.text) for one in gone.passages] == [
        ("", "Il coûte 4 millions.")
    ]


def revision(number: int, text: str, *parents: int, **more: object) -> Operation:
    data = {"x": text, "p": [f"{one:016d}" for one in parents], **more}
    stamp = f"{1_700_000_000_000 + number:013d}-0000"
    return Operation(
        f"{number:016d}",
        stamp,
        f"p-{number}",
        "s",
        "n-1",
        op.NOTE_REV,
        data,  # type: ignore[arg-type]
    )


def test_what_nobody_settled_stays_in_two_versions_through_other_edits() -> None:
    base = revision(1, BASE)
    ours = revision(2, BASE.replace("2 mill", "3 mill"), 1)
    theirs = revision(3, BASE.replace("2 mill", "4 mill"), 1)
    woven = weave.weave([ours, theirs], {o.id: o for o in (base, ours, theirs)})
    assert [(one.ours.revision, one.theirs.revision) for one in woven.passages] == [
        (ours.id, theirs.id)
    ]
    text = woven.text + "\n- trois"
    data = weave.with_open({"x": text}, woven.passages)
    later = revision(4, text, 2, 3, open=data["open"])
    again = weave.weave([later], {later.id: later})
    assert again.passages == woven.passages
    assert "open" not in weave.with_open({"x": text.replace("3 millions", "5")}, again.passages)
    broken = revision(5, text, open=[1, {"s": 2}, {"s": "Fin.", "a": [1], "b": None}])
    assert weave.weave([broken], {}).passages == ()


_TEXT = st.lists(
    st.sampled_from(["un", "deux", "trois.", "quatre\n", "\n", "cinq!", "« six »", "\u2028", " "]),
    max_size=14,
).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(_TEXT, _TEXT, _TEXT)
def test_no_word_that_somebody_added_is_lost(base: str, ours: str, theirs: str) -> None:
    woven = merge_text(base, ours, theirs)
    told = [woven.text, *(one.ours.text for one in woven.passages)]
    told += [one.theirs.text for one in woven.passages]
    have = " ".join(told).split()
    for side in (ours, theirs):
        for word in set(side.split()):
            added = side.split().count(word) - base.split().count(word)
            assert added <= 0 or have.count(word) >= added
    assert len(weave.standing(woven.passages, woven.text)) <= len(woven.passages)


def test_real_merges_of_french_markdown(assets: Path) -> None:
    """Line-clean merges are exact; no side loses words; what differs from people is flagged."""
    silently_different = exact = clean = 0
    with gzip.open(assets / "08-merge" / "triples.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            woven = merge_text(one["base"], one["ours"], one["theirs"])
            same = woven.text == one["expected"]
            clean += one["cls"].endswith("line-clean")
            assert not (one["cls"].endswith("line-clean") and woven.conflicts), (
                "none that git has not"
            )
            exact += same and one["cls"].endswith("line-clean")
            silently_different += not same and not woven.conflicts
            for passage in woven.passages:
                assert re.sub(r"\s", "", passage.shown) in re.sub(r"\s", "", woven.text)
    assert exact == clean > 0
    assert silently_different == 0


def test_the_base_is_the_nearest_ancestor_not_the_latest_clock() -> None:
    old = revision(90, "un\n\nPASSAGE\n\ndeux")
    base = revision(2, "un\n\nPASSAGE\n\ndeux !", 90)
    ours = revision(3, "un\n\ndeux !", 2)
    theirs = revision(4, "un\n\nPASSAGE\n\ndeux !\n\ntrois", 2)
    woven = weave.weave([ours, theirs], {one.id: one for one in (old, base, ours, theirs)})
    assert woven.text == "un\n\ndeux !\n\ntrois"
    assert woven.conflicts == 0


def test_a_passage_is_found_where_it_is_not_in_another_word() -> None:
    base = "Oui à deuxième avis.\n\nun"
    woven = merge_text(base, base[:-2] + "deux", base[:-2] + "trois")
    ((place, passage),) = weave.standing(woven.passages, woven.text)
    assert woven.text[place:].startswith(passage.shown)
    assert place > len("Oui à deuxième avis.")
    twice = "a\n\nx\n\nb\n\nx"
    woven = merge_text(twice, twice.replace("x", "y"), twice.replace("x", "z"))
    assert len(woven.passages) == 2
    places = [at for at, _one in weave.standing(woven.passages, woven.text)]
    assert len(set(places)) == 2
