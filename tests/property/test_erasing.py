"""Whatever the order of comments, rewritings, erasures and rounds: all agree, and nobody keeps it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Clock
from tests.story.test_erasing import COMMENT, SECRET, comment, tables, unsaid
from veille.desk.desk import Desk
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.facts import Fact

DESKS = st.sampled_from([0, 1, 2])
STEPS = st.lists(
    st.tuples(DESKS, st.sampled_from(["add", "quote", "change", "erase", "sync", "glance", "delete"])),
    min_size=3, max_size=14,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_all_agree_and_nobody_keeps_what_was_erased(steps: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        share = Path(place) / "share"
        share.mkdir()
        clock = Clock()
        desks = [Desk.open(str(Path(place) / f"desk{n}"), now=clock) for n in range(3)]
        try:
            _live(desks, share, steps)
        finally:
            for desk in desks:
                desk.close()


def _live(desks: list[Desk], share: Path, steps: list[tuple[int, str]]) -> None:
    desks[0].create_space("Com", str(share), full_text=True)
    for desk in desks[1:]:
        desk.join_space(str(share))
        desk.sync()
    space = desks[0].space("Com").id
    for number, what in steps:
        _act(desks[number], space, what)
    for _turn in range(3):
        for desk in desks:
            desk.sync()
    # What was written again meanwhile stands: its opener, who is référent, erases all of it.
    desks[0].requests.erase([one.row.id for one in desks[0].requests.mentions(SECRET)])
    for _turn in range(4):
        for desk in desks:
            desk.sync()
    for desk in desks:
        desk.drain()
        assert desk.requests.mentions(SECRET) == []
        assert tables(desk) == tables(desks[0])
        assert unsaid(desk.paths.root) == []
        assert desk.verify().problems == ()
    assert unsaid(share) == []


def _act(desk: Desk, space: str, what: str) -> None:
    known = [one.row for one in desk.requests.mentions(SECRET)]
    if what in {"add", "quote"}:
        comment(desk, space=space, kind="quote" if what == "quote" else "annotation")
    elif what in {"sync", "glance"}:
        desk.sync(whole=what == "sync")
    elif known and what == "erase":
        desk.requests.erase([known[0].id])
    elif known and what == "delete":
        desk.delete([known[-1].id])
    elif known:
        kind = op.QUOTE_SET if known[0].kind == "quote" else op.COMMENT_REV
        record(desk._house, [Fact(known[0].id, kind, {"comment": f"{COMMENT} Encore."}, space)])
