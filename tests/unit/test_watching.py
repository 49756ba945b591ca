"""What is worth telling about a page that has no feed."""

from __future__ import annotations

import re
import time

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watched import dev, held, late
from tests.watched.follow import Case, follow
from veille.domain import markup
from veille.feeds import ignoring
from veille.feeds.difference import Piece, difference_html
from veille.feeds.watching import REFUSED, Look, Seen, Watch, look

NOW = 1_795_000_000_000
HOUR = 3_600_000
LIST = (
    "Délibération n° 14 : subvention au club de canoë",
    "Délibération n° 13 : vente du terrain des Aulnes",
    "Délibération n° 12 : tarifs de la cantine scolaire",
    "Délibération n° 11 : règlement du marché du samedi",
    "Délibération n° 10 : convention avec l'office de tourisme",
    "Délibération n° 9 : dénomination de la rue Louise-Michel",
)
NEW = "Délibération n° 15 : réserve communale de sécurité civile"


def seen(
    before: tuple[str, ...] | Seen | None,
    after: tuple[str, ...],
    *,
    watch: Watch | None = None,
    verdict: str = "complete",
    reason: str = "",
    now: int = NOW,
) -> Look:
    known = Seen(before) if isinstance(before, tuple) else before
    return look(known, after, verdict=verdict, reason=reason, watch=watch or Watch(), now=now)


def told(one: Look, kind: str) -> list[str]:
    return [piece.text for piece in one.pieces if piece.kind == kind]


@pytest.mark.parametrize("case", [*dev.CASES, *held.CASES, *late.CASES], ids=lambda one: one.name)
def test_a_page_followed_over_time_tells_its_changes_and_nothing_else(case: Case) -> None:
    for number, (state, one, _found) in enumerate(follow(case)):
        expected = "first" if number == 0 else "changed"
        assert (one.outcome == expected) == (state.alerts or number == 0), (state.name, one)
        if state.told:
            assert any(state.told in piece.text for piece in one.pieces if piece.kind != "kept")


def test_the_first_look_is_remembered_and_alerts_nobody() -> None:
    one = seen(None, LIST)
    assert one.outcome == "first"
    assert one.seen == Seen(LIST)


@pytest.mark.parametrize("verdict", sorted(REFUSED))
def test_nothing_is_remembered_of_a_first_look_at_a_wall(verdict: str) -> None:
    one = seen(None, ("Vérification en cours",), verdict=verdict)
    assert (one.outcome, one.reason, one.seen) == ("suspicious", verdict, None)


def test_a_first_look_at_nothing_is_suspicious() -> None:
    assert seen(None, ()).outcome == "suspicious"
    assert seen(None, ("", " – ", "•")).reason == "empty"


def test_a_new_line_is_shown_between_those_it_came_between() -> None:
    one = seen(LIST, (LIST[0], NEW, *LIST[1:]))
    assert one.outcome == "changed"
    assert [(piece.kind, piece.text) for piece in one.pieces] == [
        ("kept", LIST[0]), ("added", NEW), ("kept", LIST[1]), ("gap", ""),
    ]  # fmt: skip
    assert one.title_hint == NEW
    assert one.seen == Seen((LIST[0], NEW, *LIST[1:]))


def test_a_line_taken_out_is_shown_where_it_was() -> None:
    one = seen(LIST, (*LIST[:2], *LIST[3:]))
    assert [piece.kind for piece in one.pieces] == ["gap", "kept", "removed", "kept", "gap"]
    assert told(one, "removed") == [LIST[2]]
    assert one.title_hint == ""


def test_a_rewritten_line_shows_its_words() -> None:
    one = seen(LIST, (*LIST[:2], LIST[2].replace("cantine", "garderie"), *LIST[3:]))
    piece = next(piece for piece in one.pieces if piece.kind == "rewritten")
    assert ("removed", "cantine") in piece.parts
    assert ("added", "garderie") in piece.parts
    assert not told(one, "removed") + told(one, "added")
    assert one.changed == len("garderie")


def test_a_rolling_list_has_one_line_more_and_one_less() -> None:
    one = seen(LIST, (NEW, *LIST[:-1]))
    assert told(one, "added") == [NEW]
    assert told(one, "removed") == [LIST[-1]]
    minutes = tuple(f"Compte rendu du conseil du {day} mars" for day in (24, 17, 10, 3))
    one = seen(minutes[1:], minutes[:-1])
    assert (told(one, "added"), told(one, "removed")) == ([minutes[0]], [minutes[3]])


@pytest.mark.parametrize(
    "after",
    [
        LIST[::-1],
        (*LIST[3:], *LIST[:3]),
        tuple(one.upper() for one in LIST),
        tuple(one.replace(" : ", "\u00a0:  ") for one in LIST),
        tuple(one.replace("'", "’").replace("é", "e\u0301") for one in LIST),
        ("•", *LIST, "–"),
    ],
    ids=["reversed", "moved", "capitals", "spaces", "apostrophes", "bullets"],
)
def test_what_nobody_would_call_a_change_is_none(after: tuple[str, ...]) -> None:
    assert seen(LIST, after).outcome == "same"


def test_the_ages_that_pages_count_are_never_news() -> None:
    before = (*LIST, "Publié il y a 3 heures", "Updated 2 days ago")
    assert seen(before, (*LIST, "Publié à l'instant", "Updated an hour ago")).outcome == "same"


def test_a_sign_is_a_change_though_it_is_no_letter() -> None:
    assert seen(("Vigilance 🟢", *LIST), ("Vigilance 🔴", *LIST)).outcome == "changed"
    assert seen(("🟢", *LIST), ("🔴", *LIST)).outcome == "changed"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("Mis à jour", "Mis à jour le 3 mars", "MIS A JOUR le 12 avril à 10 h"),
        ("Mis à jour", "Séance publique. Mis à jour hier", "Séance publique. Mis à jour lundi"),
        ("visites", "1 204 visites", "31 998 visites"),
        ("Lu * fois", "Lu 3 fois cette semaine", "Lu 48 fois cette semaine"),
        ("Page * sur *", "Page 1 sur 4", "Page 2 sur 12"),
        ("dates", "Réunion du lundi 3 mars 2026", "Réunion du mardi 4 avril 2026"),
        ("dates", "Paru le 03/03/2026", "Paru le 2026-04-12"),
        ("times", "Relevé de 9 h 30", "Relevé de 14:05"),
        ("numbers", "Commentaires (12)", "Commentaires (1 305)"),
    ],
)
def test_rules_ignore_what_they_say(rule: str, before: str, after: str) -> None:
    watch = Watch(ignore=(rule,))
    assert seen((*LIST, before), (*LIST, after)).outcome == "changed"
    assert seen((*LIST, before), (*LIST, after), watch=watch).outcome == "same"
    assert seen((*LIST, before), (NEW, *LIST, after), watch=watch).outcome == "changed"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("Mis à jour", "Mis à jour hier. Séance le 3 mars", "Mis à jour hier. Séance le 4 mars"),
        ("vu", "La vue sur le parc", "La vue sur le lac"),
        ("Lu * fois", "Lu 3 fois par Anne", "Lu 3 fois par Awa"),
        ("*", "Lu 3 fois", "Lu 4 fois"),
        ("dates", "Salle du 12", "Salle du 14"),
        ("times", "Lot n° 3", "Lot n° 4"),
    ],
)
def test_rules_ignore_nothing_else(rule: str, before: str, after: str) -> None:
    assert seen((*LIST, before), (*LIST, after), watch=Watch(ignore=(rule,))).outcome == "changed"


def test_small_changes_add_up_to_the_minimum() -> None:
    watch = Watch(minimum=15)
    first = seen(LIST, (*LIST[:5], LIST[5].replace("rue", "place")), watch=watch)
    assert (first.outcome, first.changed) == ("below", 5)
    assert first.seen == Seen(LIST)
    later = (
        *LIST[:4],
        LIST[4].replace("tourisme", "commerce rural"),
        LIST[5].replace("rue", "place"),
    )
    assert seen(first.seen, later, watch=watch).outcome == "changed"


@pytest.mark.parametrize(
    ("verdict", "reason", "code"),
    [
        ("wall", "robot", "wall"), ("wall", "consent", "wall"), ("empty", "scripts", "empty"),
        ("not_article", "error_page", "error_page"), ("gone", "", "gone"),
    ],
)  # fmt: skip
def test_what_stands_in_for_a_page_never_alerts_however_often(
    verdict: str, reason: str, code: str
) -> None:
    known = Seen(LIST)
    for day in range(5):
        one = seen(
            known, ("Un instant…",), verdict=verdict, reason=reason, now=NOW + day * 24 * HOUR
        )
        assert (one.outcome, one.reason) == ("suspicious", code)
        assert one.seen is not None
        assert one.seen.lines == LIST
        assert one.seen.doubts == day + 1
        known = one.seen
    assert seen(known, LIST).seen == Seen(LIST)


def test_an_empty_page_never_alerts_however_often() -> None:
    known = Seen(LIST)
    for day in range(3):
        one = seen(known, (), now=NOW + day * 24 * HOUR)
        assert one.outcome == "suspicious"
        assert one.seen is not None
        known = one.seen


def test_a_page_that_still_says_what_it_said_is_no_wall() -> None:
    one = seen(LIST, (NEW, *LIST), verdict="wall", reason="consent")
    assert one.outcome == "changed"
    assert seen(LIST, LIST, verdict="wall").outcome == "same"


def test_a_loss_is_believed_when_it_stays() -> None:
    after = ("Aucune délibération, page vue 12 fois",)
    one = seen(LIST, after)
    assert (one.outcome, one.reason) == ("suspicious", "shrunk")
    at_once = seen(one.seen, after, now=NOW + 1_000)
    assert at_once.outcome == "suspicious"
    later = seen(at_once.seen, ("Aucune délibération, page vue 13 fois",), now=NOW + 2 * HOUR)
    assert (later.outcome, later.reason) == ("changed", "shrunk")
    assert told(later, "removed") == list(LIST)


def test_another_loss_each_time_is_not_believed() -> None:
    one = seen(LIST, ("Erreur passagère du serveur",))
    again = seen(one.seen, ("Surcharge, veuillez patienter",), now=NOW + 2 * HOUR)
    assert again.outcome == "suspicious"
    assert again.seen is not None
    assert again.seen.since == NOW + 2 * HOUR


def test_a_small_block_and_a_list_that_went_on_change_as_a_whole() -> None:
    assert seen(("Vigilance : verte",), ("Alerte : crue majeure",)).outcome == "changed"
    others = tuple(
        one.replace("Délibération", "Arrêté municipal").replace("n° ", "n° 2026-") for one in LIST
    )
    assert seen(LIST, others).outcome == "changed"


def test_the_title_is_no_date() -> None:
    one = seen(LIST, ("12 mars 2026", NEW, *LIST))
    assert one.title_hint == NEW
    assert len(seen(LIST, ("mot " * 300, *LIST)).title_hint) <= 200


def test_a_difference_is_harmless_and_says_what_came_and_went() -> None:
    made = difference_html(
        (
            Piece("added", "<script>alert(1)</script> & co"),
            Piece("removed", "<img src=x onerror=y>"),
            Piece("rewritten", "un b", (("kept", "un "), ("removed", "<a>"), ("added", "b"))),
            Piece("kept", "Lire"),
            Piece("gap", ""),
        ),
        links={"Lire": 'https://x.example/?a=1&b="2', "<img src=x onerror=y>": "javascript:z"},
    )
    assert "<ins>&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</ins>" in made
    assert "<del>&lt;img src=x onerror=y&gt;</del>" in made
    assert "un <del>&lt;a&gt;</del><ins>b</ins>" in made
    assert '<a href="https://x.example/?a=1&amp;b=&quot;2">Lire</a>' in made
    assert set(re.findall(r"<(\w+)", made)) <= markup.TAGS
    assert nh3.clean(made, tags=set(markup.TAGS), attributes={"a": {"href"}}, link_rel=None) == made


def test_a_link_that_acts_is_not_written() -> None:
    assert "href" not in difference_html((Piece("kept", "x"),), links={"x": "javascript:alert(1)"})


LINE = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from([*LIST, NEW, "12 mars"])
LINES = st.lists(LINE, max_size=8).map(tuple)
RULES = st.lists(st.text(max_size=8) | st.sampled_from(ignoring.KINDS), max_size=3).map(tuple)
WATCHES = st.builds(Watch, st.integers(-5, 60), RULES)
VERDICTS = st.sampled_from(["complete", "truncated", "not_article", "wall", "empty", "gone", ""])


@settings(deadline=None)
@given(LINES, WATCHES, VERDICTS)
def test_a_page_is_the_same_as_itself(lines: tuple[str, ...], watch: Watch, verdict: str) -> None:
    assert seen(lines, lines, watch=watch, verdict=verdict).outcome == "same"
    assert seen(lines, lines[::-1], watch=watch, verdict=verdict).outcome == "same"


@settings(deadline=None)
@given(LINES, LINES, WATCHES, VERDICTS)
def test_an_alert_always_has_something_to_show(
    before: tuple[str, ...], after: tuple[str, ...], watch: Watch, verdict: str
) -> None:
    one = seen(before, after, watch=watch, verdict=verdict)
    assert one.seen is not None
    if one.outcome == "changed":
        assert {piece.kind for piece in one.pieces} & {"added", "removed", "rewritten"}
        assert one.changed >= watch.minimum
        assert seen(one.seen, after, watch=watch).outcome == "same"
    if one.outcome == "suspicious":
        assert one.reason
        assert one.seen.lines == before
    difference_html(one.pieces)


@settings(deadline=None)
@given(LINES, LINES)
def test_a_difference_accounts_for_every_line(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    one = seen(before, after)
    if one.outcome == "changed":
        new, old = ignoring.keys(after, ()), ignoring.keys(before, ())
        for text in told(one, "added"):
            assert ignoring.keys([text], ())[0] in new
        for text in told(one, "removed"):
            assert ignoring.keys([text], ())[0] in old
        only_new = [key for key in new if key and key not in old]
        shown = ignoring.keys([*told(one, "added"), *told(one, "rewritten")], ())
        assert set(only_new) <= set(shown)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("a b " * 2_000,) * 50, ("b a " * 2_000,) * 49 + ("c",)),
        (tuple(f"ligne {n} {'x y ' * 20}" for n in range(1_000)), tuple(f"line {n} {'y x ' * 20}" for n in range(1_000))),
        (tuple(f"a b c d {n} " + "e f " * 140 for n in range(49)), tuple(f"f e {n} d c " + "f e " * 140 for n in range(49))),
        ((LIST[0],), ("1," * 2_000 + " " + "il y a 3 " * 400,)),
    ],
    ids=["long lines", "many lines", "rewritten lines", "patterns"],
)  # fmt: skip
def test_hostile_pages_take_no_time(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    rules = ("a*b*c*d*e*f*g*h", "x", "a b", *ignoring.KINDS)
    begun = time.perf_counter()
    seen(before, after, watch=Watch(ignore=rules))
    seen(before, after)
    assert time.perf_counter() - begun < 10
