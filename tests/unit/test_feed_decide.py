"""What a document of a feed brings: new, changed, or seen before; each kind, once."""

from __future__ import annotations

from veille.feeds.decide import DAY_MS, Decided, decide, moment
from veille.feeds.identity import Known
from veille.feeds.parsed import Entry

NOW = 1_795_000_000_000


def entry(name: str, *, published: int = NOW, keys: tuple[int, ...] = (1,)) -> Known:
    told = Entry(
        guid=name, url="", title=name, authors=(), published=published, updated=0, dated="",
        summary="", content="", sections=(), language="",
    )  # fmt: skip
    return Known(told, f"https://v.example/{name}", f"a-{name}", keys)


def decided(*entries: Known, **known: object) -> Decided:
    asked = {"seen": {}, "here": {}, "is_first": False, "now": NOW, "oldest": NOW - 90 * DAY_MS}
    return decide(entries, **{**asked, **known})  # type: ignore[arg-type]


def test_what_was_never_seen_is_new_the_oldest_first() -> None:
    late, early = entry("b", keys=(2,)), entry("a", published=NOW - 5)
    assert decided(late, early) == Decided((early, late), (), ())


def test_what_still_passes_by_may_have_changed() -> None:
    one = entry("a", keys=(1, 2))
    assert decided(one, seen={2: "a-1"}) == Decided((), (("a-1", one),), ())


def test_what_was_seen_and_forgotten_since_does_not_come_back() -> None:
    one = entry("a", published=0)
    assert decided(one, seen={1: ""}) == Decided((), (), (("", one),))


def test_what_came_through_another_door_is_here_already() -> None:
    one = entry("a")
    here = {"https://v.example/a": "a-9"}
    assert decided(one, here=here) == Decided((), (), (("a-9", one),))


def test_what_nothing_tells_apart_or_comes_twice_or_is_too_old_is_not_new() -> None:
    one = entry("a")
    twin, bare, old = entry("a", keys=(3,)), entry("b", keys=()), entry("c", published=1, keys=(4,))
    assert decided(one, twin, bare, old).new == (one,)


def test_a_subscription_begins_with_its_recent_past_and_at_least_five() -> None:
    past = [entry(f"{n}", published=NOW - n * DAY_MS, keys=(n,)) for n in range(1, 60)]
    first = decided(*past, is_first=True)
    assert [one.article for one in first.new] == [f"a-{n}" for n in range(7, 0, -1)]
    assert len(first.again) == 52
    rare = [entry(f"{n}", published=NOW - n * 30 * DAY_MS // 3, keys=(n,)) for n in range(1, 9)]
    assert len(decided(*rare, is_first=True).new) == 5


def test_nothing_was_published_after_it_was_received() -> None:
    assert moment(entry("a", published=NOW - 5), now=NOW) == NOW - 5
    assert moment(entry("a", published=NOW + 5), now=NOW) == NOW
    assert moment(entry("a", published=0), now=NOW) == NOW
