"""What waits, as the page shows it: how much, the first two of it, what opens them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from veille.desk.homing import Waiting
from veille.domain.views import Row
from veille.sentences import homing
from veille.ui.home import looks

_NAMED: Final = 2
_VIEWS: Final = {
    "questions": "questions", "proposals": "proposed", "astray": "astray",
    "conflicts": "conflicts",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A kind of things that wait.

    Attributes:
        title: how many there are.
        names: the first of them, with what opens each.
        target: what opens them all, or the first.
        key: the letter that does.
    """

    name: str
    title: str
    names: tuple[tuple[str, str], ...]
    target: str
    picture: str
    key: str


def cards(waiting: Waiting) -> list[Card]:
    """Give a card for each kind of things that wait."""
    rows = {
        "questions": waiting.questions,
        "proposals": waiting.proposals,
        "conflicts": waiting.conflicts,
        "astray": waiting.astray,
        "mentions": waiting.mentions,
        "drafts": waiting.drafts,
    }
    made = [_card(name, some) for name, some in rows.items() if some]
    if found := waiting.searches:
        names = [(homing.search(one.title, one.new), f"saved:{one.id}") for one in found[:_NAMED]]
        made.append(_made("searches", len(found), names, names[0][1]))
    return made


def _card(name: str, rows: Sequence[Row]) -> Card:
    names = [(homing.waits(row), row.id) for row in rows[:_NAMED]]
    view = _VIEWS.get(name, "")
    return _made(name, len(rows), names, f"view:{view}" if view else rows[0].id)


def _made(name: str, count: int, names: Sequence[tuple[str, str]], target: str) -> Card:
    picture, key = looks.WAITING[name]
    return Card(name, homing.waiting(name, count), tuple(names), target, picture, key)
