"""One page followed through its states, as the desk does it: find the block, judge, look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from veille.desk.words import wording
from veille.extract import article, region
from veille.feeds.watching import Look, Seen, Watch, look

DAY = 86_400_000
START = 1_795_000_000_000


@dataclass(frozen=True, slots=True)
class State:
    """A page as it is one day, whether its followers must hear of it, and what they must read."""

    name: str
    html: str
    alerts: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A page, the block that is followed (by what its title or text holds, "" for the whole)."""

    name: str
    block: str
    states: tuple[State, ...]
    watch: Watch = field(default_factory=Watch)
    url: str = "https://mairie.example/page"


def chosen(case: Case) -> str:
    """Give the mark of the block that the person chose on the first state."""
    if not case.block:
        return ""
    offered = region.regions(case.states[0].html, url=case.url)
    named = [one for one in offered if one.mark and case.block in f"{one.title} {one.text}"]
    # What stands below that title, or begins with these words, or holds them: the best of these.
    titled = [one for one in named if case.block in one.title]
    begun = [one for one in named if one.text.startswith(case.block)]
    return (titled or begun or named)[0].mark


def follow(case: Case) -> Iterator[tuple[State, Look, region.Found | None]]:
    """Look at each state in turn, a day apart."""
    mark, seen = chosen(case), None
    for day, state in enumerate(case.states):
        found = region.find(state.html, mark, url=case.url)
        told = article.from_html(state.html, url=case.url, wording=wording()).verdict
        one = look(
            seen,
            found.lines if found else (),
            verdict=told.name if found else "gone",
            watch=case.watch,
            now=START + day * DAY,
            reason=told.reason,
        )
        if found and one.outcome in {"same", "below", "changed"}:
            mark = found.mark
        seen = one.seen if one.seen is not None else seen
        yield state, one, found


def alerted(one: Look) -> bool:
    """Tell whether a person hears of a look."""
    return one.outcome == "changed"


__all__ = ["Case", "Seen", "State", "alerted", "chosen", "follow"]
