"""Passages found again in another capture: right, in doubt, or said to be lost."""

from __future__ import annotations

import gzip
import json
import random  # noqa: TID251 - seeded by Hypothesis
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.benchmarks.annotate.anchoring import edited, passages, written
from veille.annotate.anchor import ORPHAN, anchor, anchor_all, anchor_best
from veille.annotate.meter import meter
from veille.annotate.nearly import nearly
from veille.annotate.selectors import Selector, describe
from veille.domain.text import collapse, word_count

PAGE = (
    "La crue de mars a surpris la ville basse.\n\n"
    "« Nous avons évacué quarante familles en une nuit », dit la maire, devant la digue. "
    "Les secours parlent d’une montée plus rapide qu’en 1995.\n\n"
    "Le préfet promet un plan avant l’été. La région paiera la moitié des travaux."
)
SAID = "Nous avons évacué quarante familles en une nuit"


def described(words: str, text: str = PAGE) -> Selector:
    start = text.index(words)
    return describe(text, start, start + len(words))


def test_a_rewritten_sentence_is_found_and_doubted() -> None:
    now = PAGE.replace(SAID, "Nous avons dû évacuer une quarantaine de familles cette nuit")
    found = anchor(now, described(SAID))
    assert found.status == "doubtful"
    assert now[found.start : found.end].startswith("Nous avons dû")
    assert now[found.start : found.end].endswith("nuit")


def test_a_small_correction_is_near() -> None:
    now = PAGE.replace("quarante familles", "quarante-deux familles")
    found = anchor(now, described(SAID))
    assert found.status == "near"
    assert "quarante-deux" in now[found.start : found.end]


def test_spaces_that_hold_words_together_are_spaces_like_others() -> None:
    page = PAGE.replace("« ", "«\u00a0").replace(" »", "\u202f»")
    words = f"«\u00a0{SAID}\u202f», dit la maire"
    excerpt = collapse(page)
    found = anchor(excerpt, described(words, page))
    assert (found.status, excerpt[found.start : found.end]) == ("exact", collapse(words))
    back = anchor(page, described(collapse(words), excerpt))
    assert (back.status, page[back.start : back.end]) == ("exact", words)


def test_what_was_taken_out_is_lost_even_beside_a_look_alike() -> None:
    now = PAGE.replace(f"« {SAID} », dit la maire, devant la digue. ", "")
    now += "\n\nEn 1995, « nous avions évacué dix familles en deux nuits », dit un ancien, au café."
    assert anchor(now, described(SAID)) == ORPHAN


def test_two_common_words_among_strangers_are_not_the_passage() -> None:
    now = "Tout autre chose. On y parle de la digue, et de rien de ce qui était dit."
    assert anchor(now, described("la digue")).status == "orphan"
    more = "Tout autre chose. Le préfet promet un plan, pense-t-on, à Lyon ou ailleurs, sait-on."
    assert anchor(more, described("Le préfet promet un plan")).status == "doubtful"


def test_a_long_passage_is_known_by_its_words_alone() -> None:
    long = "Les secours parlent d’une montée plus rapide qu’en 1995.\n\nLe préfet promet un plan"
    found = anchor(f"Autre page.\n\n{long} !", described(long))
    assert found.status == "exact"


def test_an_empty_passage_and_an_empty_text_are_lost() -> None:
    assert anchor(PAGE, Selector("", "", "", 0, 0)) == ORPHAN
    assert anchor("", described(SAID)) == ORPHAN
    assert nearly("", described(SAID)) is None


def test_without_surroundings_the_words_are_enough() -> None:
    assert anchor(PAGE, Selector("la digue", "", "", 0, 8)).status == "exact"
    at = PAGE.index("la digue")
    assert anchor(PAGE, Selector("la digue", "", "", at, at + 8)).start == at


def test_emoji_and_narrow_spaces_count_as_one() -> None:
    text = "Avant 🙂🙂.\n\nIl dit «\u00a0la ville\u202f!\u00a0» et 🏙️ s’en va."
    selector = described("la ville\u202f!", text)
    found = anchor("🧭 Un chapeau.\n\n" + text, selector)
    assert found.status == "exact"
    assert found.start == selector.start + len("🧭 Un chapeau.\n\n")


def test_of_two_descriptions_the_surer_place_wins() -> None:
    now = PAGE.replace(SAID, "Nous avons mis à l’abri quarante familles, vite")
    again = described("Nous avons mis à l’abri quarante familles", now)
    best = anchor_best(now, [described(SAID), again])
    assert (best.status, best.start) == ("exact", again.start)
    assert anchor_best(now, []) == ORPHAN


def test_all_together_is_each_alone() -> None:
    selectors = [described(SAID), described("la ville basse"), Selector("", "", "", 0, 0)]
    assert anchor_all(PAGE, selectors) == [anchor(PAGE, one) for one in selectors]


def test_real_revisions_are_found_again(assets: Path) -> None:
    right = wrong = count = 0
    with gzip.open(assets / "04-annotations" / "drift-fr.jsonl.gz", "rt", encoding="utf-8") as told:
        for one in map(json.loads, told):
            for quote in one["quotes"]:
                found = anchor(one["new"], describe(one["old"], quote["start"], quote["end"]))
                start, end = quote["expected"] or (-2, -1)
                inside = max(0, min(found.end, end) - max(found.start, start))
                placed = found.status != "orphan"
                union = max(found.end, end) - min(found.start, start)
                right += (inside / union >= 0.5) if placed else quote["expected"] is None
                wrong += placed and not inside
                count += 1
    assert count == 403
    assert right / count >= 0.96
    assert wrong / count < 0.005


REACH = {"edited": 0, "exact": 0}


@settings(max_examples=60, deadline=None)
# Another “après la réunion” came to the very place of the first one.
@example(152600, 0.0)
@given(st.integers(0, 2**32), st.sampled_from((0.0, 0.03, 0.1)))
def test_a_page_that_repeats_itself_keeps_its_passages(seed: int, share: float) -> None:
    chance = random.Random(seed)
    text = written(chance, 60)
    for passage in passages(text, chance, 4):
        now, expected = edited(text, passage, share, chance)
        found = anchor(now, describe(text, *passage))
        assert 0 <= found.start <= found.end <= len(now)
        if share == 0:
            assert (found.status, now[found.start : found.end]) == ("exact", text[slice(*passage)])
            assert abs(found.start - expected[0]) <= 2
            REACH["exact"] += 1
        elif found.status == "exact":
            assert now[found.start : found.end] == text[slice(*passage)]
            REACH["edited"] += 1


def test_the_pages_were_really_edited() -> None:
    assert REACH["exact"] >= 20
    assert REACH["edited"] >= 20


def test_the_meter_counts_what_is_quoted_once() -> None:
    start = PAGE.index(SAID)
    told = meter(PAGE, (start, start + len(SAID)), [(start + 5, start + 30), (0, 2)])
    assert (told.words, told.article) == (word_count(SAID), word_count(PAGE))
    assert told.quoted == told.words + 1
    assert told.share == told.words / told.article
    excerpt = meter(PAGE, (0, 8), [], partial=True)
    assert (excerpt.article, excerpt.share, excerpt.quoted_share) == (0, 0.0, 0.0)
