"""The public face against a model that knows nothing of how it is made.

Two or three real profiles on one folder; any order of edits, deletions, rounds, crashes in the
middle of a round, and wrong clocks. The model keeps, for each profile, the set of what it knows
and works out by the rules of ``domain/merge.py`` what must be shown. Its reach is counted, and the
mutants of ``tests/property/mutants.py`` show that it notices.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.conftest import Clock
from veille.desk.desk import Desk
from veille.domain.errors import ShareUnavailable
from veille.domain.facts import Changes
from veille.share.directory import Directory

reached: Counter[str] = Counter()
TITLES = ["Alpha", "Bêta", "Gamma"]
TAGS = ["Mobilité", "mobilite", "Crue"]
FOLDED = {"Mobilité": "mobilite", "mobilite": "mobilite", "Crue": "crue"}


@dataclass(slots=True)
class Said:
    """What the model remembers of something a person did."""

    id: str
    order: tuple[str, str]
    what: str
    value: str
    saw: frozenset[str]


@dataclass(slots=True)
class Person:
    """A real profile, and what the model believes it knows."""

    desk: Desk
    clock: Clock
    folder: Limited
    knows: set[str] = field(default_factory=set)


class Limited(Directory):
    """A folder that goes away after some calls."""

    left = 10**9

    def _try(self, act: Any, **more: Any) -> Any:
        if self.left <= 0:
            raise ShareUnavailable(folder=self.name)
        self.left -= 1
        return super()._try(act, **more)


class Team(RuleBasedStateMachine):
    """Whatever they do, each is shown what the rules say of what she knows."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.said: dict[str, Said] = {}
        self.people: list[Person] = []

    @initialize(count=st.integers(2, 3))
    def begin(self, count: int) -> None:
        root = self.home
        (root / "share").mkdir()
        for number in range(count):
            clock = Clock()
            desk = Desk.open(str(root / f"p{number}"), now=clock)
            folder = Limited(root / "share")
            desk._house.open_folder = lambda _folder, kept=folder: kept
            self.people.append(Person(desk, clock, folder))
        first = self.people[0].desk
        space = first.create_space("Com", str(root / "share"), full_text=True).id
        self.note = first.new_note("Alpha", "un\n\ndeux", space=space)
        self._hear(self.people[0])
        first.sync()
        for one in self.people[1:]:
            one.desk.join_space(str(root / "share"))
            one.desk.sync()
            one.knows |= self.people[0].knows
        for one in (*self.people, *self.people):
            one.desk.sync()

    def teardown(self) -> None:
        try:
            self._all_agree()
        finally:
            for one in self.people:
                one.desk.close()
            shutil.rmtree(self.home)

    def _all_agree(self) -> None:
        for one in self.people:
            one.folder.left = 10**9
        for _turn in range(2):
            for one in self.people:
                one.desk.sync()
                self._hear(one)
        for one in self.people:
            assert one.knows == set(self.said), "something recorded did not arrive"
            assert not self._problems(one), self._problems(one)

    # --- what people do --------------------------------------------------------------------------

    who = st.integers(0, 2)

    def _person(self, number: int) -> Person:
        return self.people[number % len(self.people)]

    @rule(number=who, title=st.sampled_from(TITLES))
    def rename(self, number: int, title: str) -> None:
        one = self._person(number)
        self._did(one, one.desk.rename_note(self.note, title), "title", title)

    @rule(number=who)
    def two_rename_and_meet(self, number: int) -> None:
        """What chance alone reaches too seldom: two titles at once, seen by both."""
        pair = [self._person(number), self._person(number + 1)]
        for one, title in zip(pair, TITLES, strict=False):
            self._did(one, one.desk.rename_note(self.note, title), "title", title)
        for one in (*pair, pair[0]):
            one.desk.sync()
            self._hear(one)

    @rule(number=who)
    def one_untags_while_another_tags(self, number: int) -> None:
        """A theme is taken out by one and added, in another spelling, by another at once."""
        pair = [self._person(number), self._person(number + 1)]
        one, two = pair
        self._did(one, one.desk.tag([self.note], add=[TAGS[0]]), "tag", FOLDED[TAGS[0]])
        self._did(one, one.desk.tag([self.note], remove=[TAGS[1]]), "untag", FOLDED[TAGS[1]])
        self._did(two, two.desk.tag([self.note], add=[TAGS[1]]), "tag", FOLDED[TAGS[1]])
        for each in (*pair, one):
            each.desk.sync()
            self._hear(each)

    @rule(number=who, tag=st.sampled_from(TAGS))
    def tag(self, number: int, tag: str) -> None:
        one = self._person(number)
        self._did(one, one.desk.tag([self.note], add=[tag]), "tag", FOLDED[tag])

    @rule(number=who, tag=st.sampled_from(TAGS))
    def untag(self, number: int, tag: str) -> None:
        one = self._person(number)
        self._did(one, one.desk.tag([self.note], remove=[tag]), "untag", FOLDED[tag])

    @rule(number=who, words=st.sampled_from(["trois", "quatre", "cinq"]))
    def write(self, number: int, words: str) -> None:
        one = self._person(number)
        text = f"{one.desk.read(self.note).text} {words}"
        self._did(one, one.desk.edit_note(self.note, text), "text", text)

    @rule(number=who)
    def two_write_and_meet(self, number: int) -> None:
        """Two texts at once, which chance alone reaches in five runs of six."""
        pair = [self._person(number), self._person(number + 1)]
        for one, words in zip(pair, ["six", "sept"], strict=True):
            # Not on top of what stands: two versions would double each time.
            text = f"Un texte {words}"
            self._did(one, one.desk.edit_note(self.note, text), "text", text)
        for one in (*pair, pair[0]):
            one.desk.sync()
            self._hear(one)

    @rule(number=who)
    def delete(self, number: int) -> None:
        one = self._person(number)
        self._did(one, one.desk.delete([self.note]), "delete", "")

    @rule(number=who)
    def undo(self, number: int) -> None:
        """Bring back what was just deleted."""
        one = self._person(number)
        mine = [self.said[i] for i in one.knows if self.said[i].what == "delete"]
        if not mine or not self._view(one)["deleted"]:
            return
        from veille.desk.record import record
        from veille.domain import operation as op
        from veille.domain.facts import Fact

        changes = record(one.desk._house, [Fact(self.note, op.UNDELETE, {})])
        self._did(one, changes, "undelete", "")

    # --- what happens ----------------------------------------------------------------------------

    @rule(number=who, whole=st.booleans())
    def sync(self, number: int, whole: bool) -> None:
        one = self._person(number)
        (done,) = one.desk.sync(whole=whole)
        assert not done.failed
        self._hear(one)

    @rule(number=who, calls=st.integers(0, 9))
    def sync_cut_short(self, number: int, calls: int) -> None:
        one = self._person(number)
        one.folder.left = calls
        one.desk.sync()
        one.folder.left = 10**9
        reached["cut short"] += 1
        self._hear(one)

    @rule(number=who, by=st.sampled_from([-3_600_000, 5_000, 31 * 365 * 86_400_000]))
    def clock_jumps(self, number: int, by: int) -> None:
        self._person(number).clock.ms += by
        reached["wrong clock"] += 1

    @precondition(lambda self: self.people)
    @rule(number=who)
    def tables_rebuilt(self, number: int) -> None:
        self._person(number).desk.rebuild_tables()

    @invariant()
    def everybody_sees_what_the_rules_say(self) -> None:
        for one in self.people:
            problems = self._problems(one)
            assert not problems, problems

    # --- the model -------------------------------------------------------------------------------

    def _did(self, one: Person, changes: Changes, what: str, value: str) -> None:
        """Remember what was just recorded: it saw all that its author knew."""
        before = frozenset(one.knows)
        for identity, order in self._recorded(one):
            if identity not in self.said:
                self.said[identity] = Said(identity, order, what, value, before)
                one.knows.add(identity)
        assert changes is not None

    def _hear(self, one: Person) -> None:
        """What a round brought: which operations it knows is asked, what they mean is not."""
        for identity, order in self._recorded(one):
            if identity not in self.said:
                self.said[identity] = Said(identity, order, "begin", "Alpha", frozenset())
            one.knows.add(identity)

    def _recorded(self, one: Person) -> list[tuple[str, tuple[str, str]]]:
        with one.desk._house.database.reading() as db:
            query = "SELECT id, stamp FROM operations WHERE entity = ? ORDER BY n"
            return [(row[0], (row[1], row[0])) for row in db.execute(query, (self.note,))]

    def _heads(self, known: list[Said], *whats: str) -> list[Said]:
        mine = [one for one in known if one.what in whats]
        return [one for one in mine if not any(one.id in other.saw for other in mine)]

    def _expected(self, known_ids: set[str]) -> dict[str, object]:
        known = [self.said[one] for one in sorted(known_ids)]
        titles = self._heads(known, "title") or [one for one in known if one.what == "begin"]
        shown = max(titles, key=lambda one: one.order)
        others = {one.value for one in titles} - {shown.value}
        removals = [one for one in known if one.what == "untag"]
        alive = [
            one for one in known
            if one.what == "tag"
            and not any(one.id in gone.saw and gone.value == one.value for gone in removals)
        ]  # fmt: skip
        texts = self._heads(known, "text")
        standing = {one.id for one in (*titles, *alive, *texts)}
        undone = {i for one in known if one.what == "undelete" for i in one.saw}
        deleted = any(
            standing <= one.saw | {one.id}
            for one in known
            if one.what == "delete" and one.id not in undone
        )
        reached["two titles"] += bool(others)
        reached["deleted"] += deleted
        reached["deletion that yields"] += not deleted and any(
            one.what == "delete" and one.id not in undone for one in known
        )
        reached["theme that came back"] += bool(alive) and bool(removals)
        reached["two texts"] += len(texts) > 1
        return {
            "title": shown.value,
            "others": others,
            "tags": {one.value for one in alive},
            "deleted": deleted,
        }

    def _view(self, one: Person) -> dict[str, object]:
        row = one.desk.rows([self.note])[0]
        told = row.fields.get("_alternatives")
        others = told.get("title", []) if isinstance(told, dict) else []
        assert isinstance(others, list)
        return {
            "title": row.title,
            "others": {str(o["value"]) for o in others if isinstance(o, dict)},
            "tags": {FOLDED[tag] for tag in row.tags},
            "deleted": row.hidden == 1,
        }

    def _problems(self, one: Person) -> list[str]:
        view, expected = self._view(one), self._expected(one.knows)
        wrong = [f"{name}: {view[name]!r}, not {expected[name]!r}"
                 for name in expected if view[name] != expected[name]]  # fmt: skip
        known = [self.said[i] for i in one.knows]
        text = one.desk.read(self.note).text
        heads = self._heads(known, "text")
        if len(heads) == 1 and text != heads[0].value:
            wrong.append(f"text: {text!r}, not {heads[0].value!r}")
        for head in heads:
            last = head.value.rsplit(" ", 1)[-1]
            if last not in text:
                wrong.append(f"text: {last!r} is not in {text!r}")
        return wrong


TestTeam = Team.TestCase
TestTeam.settings = settings(
    max_examples=50,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_those_runs_reached_what_they_are_for() -> None:
    if not reached:
        pytest.skip("the runs are not in this process: nothing to count")
    for what in ("two titles", "deleted", "deletion that yields", "theme that came back",
                 "two texts", "cut short", "wrong clock"):  # fmt: skip
        assert reached[what] > 0, (what, reached)
