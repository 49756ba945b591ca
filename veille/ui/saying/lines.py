"""From an answer to the lines of a page: quotes, what separates them, silences between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from veille.domain.text import key, order
from veille.sentences import names, saying

if TYPE_CHECKING:
    from veille.desk.saying import Said, SaidItem
    from veille.desk.silences import Quiet

ARRANGED: Final = ("time", "source", "speaker")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a quote, silences, or the head of a group.

    Attributes:
        title: of a head; ``count`` quotes follow it.
        silences: side by side in time.
        whole_date: whether no head says the month and the year.
    """

    item: SaidItem | None = None
    silences: tuple[Quiet, ...] = ()
    title: str = ""
    count: int = 0
    whole_date: bool = False


def arrange(said: Said, by: str) -> list[Line]:
    """Arrange an answer by "time", "source" or "speaker"."""
    if by == "source":
        return _by_source(said)
    if by == "speaker":
        return _by_speaker(said)
    return _by_time(said)


def _by_time(said: Said) -> list[Line]:
    lines: list[Line] = []
    waiting, month = list(said.silences), ""
    counts: dict[str, int] = {}
    for item in said.items:
        counts[item.day[:7]] = counts.get(item.day[:7], 0) + 1
    for item in said.items:
        if item.day[:7] != month:
            month = item.day[:7]
            lines += _silent(waiting, before=f"{month}-00")
            lines.append(Line(title=saying.month(item.day), count=counts[month]))
        lines += _silent(waiting, before=item.day)
        lines.append(Line(item))
    return lines + _silent(waiting, before="~")


def _by_source(said: Said) -> list[Line]:
    lines: list[Line] = []
    waiting = list(said.silences)
    for name, items in _grouped(said.items, lambda one: one.source):
        lines.append(Line(title=saying.source(name), count=len(items)))
        own = [one for one in waiting if key(one.source) == key(name)]
        waiting = [one for one in waiting if one not in own]
        for item in items:
            lines += [*_silent(own, before=item.day), Line(item, whole_date=True)]
        lines += _silent(own, before="~")
    return lines + _silent(waiting, before="~")


def _by_speaker(said: Said) -> list[Line]:
    lines: list[Line] = []
    for name, items in _grouped(said.items, lambda one: one.speaker):
        lines.append(Line(title=name or names.unknown_speaker(), count=len(items)))
        lines += [Line(item, whole_date=True) for item in items]
    return lines


def _silent(waiting: list[Quiet], *, before: str) -> list[Line]:
    """Take the silences that began before a day, as one line; [] for none."""
    begun = [one for one in waiting if one.first < before]
    waiting[:] = [one for one in waiting if one.first >= before]
    return [Line(silences=tuple(begun))] if begun else []


def _grouped(
    items: Iterable[SaidItem], value: Callable[[SaidItem], str]
) -> Sequence[tuple[str, list[SaidItem]]]:
    """Bring items together: those of whom there are most first, those of nobody last."""
    groups: dict[str, list[SaidItem]] = {}
    for one in items:
        groups.setdefault(value(one), []).append(one)
    return sorted(groups.items(), key=lambda one: (not one[0], -len(one[1]), order(one[0])))
