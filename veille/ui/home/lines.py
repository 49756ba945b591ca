"""The lines of what is new: heads of groups, what was done, what is folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from veille.desk.homing import News
from veille.sentences import dates, homing

COLLEAGUE, DOSSIER = "colleague", "dossier"
HEAD, ROW, MORE = "head", "row", "more"
# How much of a group is shown: its head alone, its newest lines, all of it.
CLOSED, SHORT, FULL = "closed", "short", "full"
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Around:
    """What lines are written with.

    Attributes:
        people: names, by id.
        dossiers: titles, by id.
        now: the moment it is, milliseconds.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    dossiers: Mapping[str, str] = field(default_factory=dict)
    now: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        kind: HEAD, ROW or MORE.
        key: names the line whatever moves around it.
        group: the person or the dossier it stands under, "" for no dossier.
        title: of a group, or of a thing.
        detail: what was done to it.
        quiet: what it is about.
        held: the dossiers that hold it.
        when: of the last act.
        count: of the things of a group; of what is folded under this line.
        is_open: whether lines of the group are shown.
        is_first, is_last: of its group.
        spoken: what a screen reader says.
    """

    kind: str
    key: str
    group: str
    title: str
    detail: str = ""
    quiet: str = ""
    held: str = ""
    when: str = ""
    count: int = 0
    is_open: bool = True
    is_first: bool = False
    is_last: bool = False
    news: News | None = None
    spoken: str = ""


def arrange(
    news: Sequence[News], *, by: str, around: Around, folds: Mapping[str, str]
) -> list[Line]:
    """Set what is new out by colleague or by dossier, newest first."""
    lines: list[Line] = []
    for group, some in _groups(news, by=by):
        lines += _group(group, some, by=by, around=around, fold=folds.get(group, SHORT))
    return lines


def _groups(news: Iterable[News], *, by: str) -> list[tuple[str, list[News]]]:
    """Group news that are in order: each group stands where its newest one does."""
    found: dict[str, list[News]] = {}
    for one in news:
        for group in [one.by] if by == COLLEAGUE else _dossiers(one):
            found.setdefault(group, []).append(one)
    outside = found.pop("", None)
    return [*found.items(), *([("", outside)] if outside else [])]


def _dossiers(one: News) -> Sequence[str]:
    if one.row.kind == "dossier" and not one.row.hidden:
        return (one.row.id,)
    return one.dossiers or ("",)


def _group(group: str, some: Sequence[News], *, by: str, around: Around, fold: str) -> list[Line]:
    title = _title(group, by=by, around=around)
    # Two more lines are shown rather than folded under a line of their own.
    short = SHOWN if len(some) > SHOWN + 1 else len(some)
    shown = {CLOSED: 0, SHORT: short, FULL: len(some)}[fold]
    things = len({one.row.id for one in some})
    left = len(some) - shown if shown else 0
    is_open = shown > 0
    told = homing.head(title, things, is_open=is_open)
    lines = [
        Line(HEAD, group, group, title, count=things, is_open=is_open, is_first=True,
             is_last=not is_open, spoken=told)
    ]  # fmt: skip
    lines += [
        _line(group, one, by=by, around=around, is_last=number == len(some))
        for number, one in enumerate(some[:shown], start=1)
    ]
    if left:
        more = homing.folded(left)
        key = f"{group}/"
        lines.append(Line(MORE, key, group, more, count=left, is_last=True, spoken=more))
    return lines


def _title(group: str, *, by: str, around: Around) -> str:
    if by == COLLEAGUE:
        return homing.by(around.people, group)
    return around.dossiers.get(group, group) if group else homing.elsewhere()


def _line(group: str, one: News, *, by: str, around: Around, is_last: bool) -> Line:
    who = homing.by(around.people, one.by)
    held = ", ".join(
        around.dossiers[each]
        for each in one.dossiers
        if each in around.dossiers and (by == COLLEAGUE or each != group)
    )
    when = dates.short(one.at, around.now)
    detail = homing.did(one) if by == COLLEAGUE else homing.by_and_did(who, one)
    return Line(
        ROW,
        f"{group}/{one.row.id}/{one.by}",
        group,
        homing.title(one),
        detail=", ".join(part for part in (detail, homing.gone(one)) if part),
        quiet=homing.about(one),
        held=held,
        when=when,
        is_last=is_last,
        news=one,
        spoken=homing.line(one, who=who, dossiers=held, when=when),
    )
