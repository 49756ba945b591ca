"""A dossier that several people order and read: the same for everybody, and nobody's say is lost.

Reach, asserted at the end: concurrent moves, members moved while somebody takes them out, marks
that a colleague tries to take back. Kills: anybody may take a mark back; a place of a stranger is
trusted; what is tied is not parted; places grow for ever; the order is that of the ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random  # noqa: TID251 - Hypothesis gives it

from hypothesis import given, settings
from hypothesis import strategies as st

from veille.domain import operation as op
from veille.domain.facts import Fact, replaced_by
from veille.domain.merge import Thing, fold
from veille.domain.operation import Json, Operation
from veille.domain.order import placed

SPACE, PERSONAL = "s" * 26, "h" * 26
D = "d-" + "1" * 16
ITEMS = [f"a-{letter * 16}" for letter in "zmbk"]
END = "1800000000000-0000"


class Device:
    """Somebody's computer: a set of operations, no table, no file."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.person = f"p-{number}"
        self.known: dict[str, Operation] = {}

    def thing(self) -> Thing:
        found = fold(self.known.values(), personal=PERSONAL)
        assert found is not None
        return found

    def say(self, kind: str, count: int, skew: int, **data: Json) -> None:
        """Record a fact, by a clock that is wrong by ``skew`` milliseconds."""
        fact = Fact(D, kind, data)
        over = replaced_by(fact, self.thing() if self.known else None)
        stamp = f"{1_700_000_000_000 + count + skew:013d}-{self.number:04x}"
        one = Operation(
            f"{count:015d}{self.number}", stamp, self.person, SPACE, D, kind, data, over
        )
        self.known[one.id] = one

    def move(self, item: str, after: str, count: int, skew: int) -> None:
        """Put a member after another one, as the desk does."""
        thing = self.thing()
        stays = [one for one in thing.members if one != item]
        at = stays.index(after) + 1 if after in stays else 0
        found = placed([item], stays, at=at, places=thing.places, end=END)
        for number, (one, place) in enumerate(found.items()):
            self.say(op.MEMBER_RM, count + 2 * number, skew, item=one)
            self.say(op.MEMBER_ADD, count + 2 * number + 1, skew, item=one, place=place)


def team() -> list[Device]:
    devices = [Device(number) for number in range(3)]
    devices[0].say(op.DOSSIER_SET, 0, 0, title="Berges")
    for number, item in enumerate(ITEMS, start=1):
        devices[0].say(op.MEMBER_ADD, number, 0, item=item)
    devices[0].say(op.READ_ADD, 9, 0, item=ITEMS[0])
    for device in devices[1:]:
        device.known.update(devices[0].known)
    return devices


def everything(devices: Sequence[Device]) -> list[Operation]:
    return list({one.id: one for device in devices for one in device.known.values()}.values())


def view(operations: Sequence[Operation]) -> tuple[object, ...]:
    thing = fold(operations, personal=PERSONAL)
    assert thing is not None
    return (thing.members, dict(thing.places), dict(thing.reads), dict(thing.read_heads),
            dict(thing.set_heads))  # fmt: skip


step = st.tuples(
    st.integers(0, 2),  # who acts
    st.sampled_from(["move", "move", "remove", "add", "read", "unread", "learn", "learn"]),
    st.integers(0, 3),  # of which member
    st.integers(-1, 3),  # after which one, or learning from whom
    st.sampled_from([0, 0, 0, -3_000, 9_000, 40 * 365 * 86_400_000]),  # how wrong her clock is
)
reached: Counter[str] = Counter()


@settings(max_examples=300, deadline=None)
@given(st.lists(step, min_size=4, max_size=40), st.randoms(use_true_random=False))
def test_a_dossier_is_a_function_of_the_set_of_its_operations(
    steps: list[tuple[int, str, int, int, int]], random: Random
) -> None:
    devices = team()
    read: dict[str, set[str]] = {device.person: set() for device in devices}
    read[devices[0].person].add(ITEMS[0])
    for count, (who, what, which, other, skew) in enumerate(steps, start=1):
        device, item, number = devices[who], ITEMS[which], count * 100
        if what == "learn":
            device.known.update(devices[max(other, 0) % 3].known)
        elif what == "move" and item in device.thing().members:
            after = ITEMS[other] if other >= 0 else ""
            device.move(item, after, number, skew)
            now = device.thing().members
            at = now.index(item)
            if after in now and after != item:
                assert now[at - 1] == after, "what I just moved is where I put it"
        elif what in {"remove", "add"}:
            device.say(op.MEMBER_RM if what == "remove" else op.MEMBER_ADD, number, skew, item=item)
            assert (item in device.thing().members) == (what == "add")
        elif what in {"read", "unread"}:
            # Two members are enough for people to meet on.
            item = ITEMS[which % 2]
            device.say(op.READ_ADD if what == "read" else op.READ_RM, number, skew, item=item)
            (read[device.person].add if what == "read" else read[device.person].discard)(item)
            others = {by for by, one in device.thing().reads if one == item} - {device.person}
            reached["tried to take back another's mark"] += what == "unread" and bool(others)
    operations = everything(devices)
    expected = view(operations)
    again = operations + operations[: len(operations) // 2]
    random.shuffle(again)
    assert view(again) == expected
    thing = fold(operations, personal=PERSONAL)
    assert thing is not None
    said: dict[str, set[str]] = {device.person: set() for device in devices}
    for person, item in thing.reads:
        said[person].add(item)
    assert said == read, "only she says, and takes back, what she read"
    reached["read by two"] += len({who for who, _item in thing.reads}) > 1
    standing = Counter(item for (_name, item), ids in thing.set_heads.items() if len(ids) > 1)
    reached["moved by two at once"] += bool(standing)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(-1, 3)), max_size=30))
def test_whoever_reorders_at_once_everything_is_still_there(
    moves: list[tuple[int, int, int]],
) -> None:
    devices = team()
    for count, (who, which, after) in enumerate(moves, start=1):
        devices[who].move(ITEMS[which], ITEMS[after] if after >= 0 else "", count * 100, 0)
    thing = fold(everything(devices), personal=PERSONAL)
    assert thing is not None
    assert sorted(thing.members) == sorted(ITEMS)


@given(st.integers(0, 2), st.integers(0, 3))
def test_who_moves_a_member_keeps_it_from_one_who_takes_it_out(who: int, which: int) -> None:
    devices = team()
    devices[who].move(ITEMS[which], "", 100, 0)
    other = devices[(who + 1) % 3]
    other.say(op.MEMBER_RM, 200, 0, item=ITEMS[which])
    assert ITEMS[which] not in other.thing().members
    thing = fold(everything(devices), personal=PERSONAL)
    assert thing is not None
    assert ITEMS[which] in thing.members


PLACES = st.text(max_size=8) | st.sampled_from(
    ["", "-", "0", "z", "~", "i", "1700000000000-0000", "1799999999999-ffff", "9" * 13, "z" * 300]
)


@settings(max_examples=500)
@given(st.lists(PLACES, max_size=9), st.sets(st.integers(0, 8)), st.integers(0, 9))
def test_what_is_placed_is_where_it_was_put_whoever_wrote_the_places(
    written: list[str], chosen: set[int], at: int
) -> None:
    places = {f"a-{number}": place for number, place in enumerate(sorted(written))}
    moving = [f"a-{number}" for number in sorted(chosen) if number < len(places)]
    stays = [one for one in places if one not in moving]
    at = min(at, len(stays))
    new = {**places, **placed(moving, stays, at=at, places=places, end=END)}
    shown = sorted(new, key=lambda one: (new[one], one))
    assert shown == [*stays[:at], *moving, *stays[at:]]
    if moving:
        assert max(len(new[one]) for one in moving) < 200


def test_moving_one_member_leaves_the_places_of_the_others_alone() -> None:
    places = {f"a-{number}": f"17000000000{number:02d}-0000" for number in range(50)}
    for at in range(49):
        stays = [one for one in places if one != "a-7"]
        assert set(placed(["a-7"], stays, at=at, places=places, end=END)) == {"a-7"}


def test_of_two_members_at_one_place_the_second_alone_gives_way() -> None:
    places = {"a-1": "1", "a-2": "5", "a-3": "5", "a-4": "9"}
    found = placed(["a-0"], [*places], at=2, places=places, end=END)
    assert set(found) == {"a-0", "a-3"}
    assert "5" < found["a-0"] < found["a-3"] < "9"


def test_zz_the_runs_above_met_what_they_are_about() -> None:
    assert reached["tried to take back another's mark"] > 20, reached
    assert reached["read by two"] > 20, reached
    assert reached["moved by two at once"] > 20, reached
