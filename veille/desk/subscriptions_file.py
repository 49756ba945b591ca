"""Lists of subscriptions, as every reader of feeds writes them (OPML): in, with a report; out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from veille.desk import subscribing
from veille.desk.house import House
from veille.domain.errors import VeilleError
from veille.domain.operation import Json
from veille.extract import address
from veille.feeds import opml
from veille.feeds.opml import Line


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a line: the subscription, whether it is new here, or the problem it had."""

    line: Line
    feed: str = ""
    is_new: bool = False
    problem: str = ""


def read(house: House, data: bytes, *, space: str = "") -> list[Imported]:
    """Follow everything that a list names. Raises NotOpml; a bad line is a line of the report."""
    lines = opml.read(data)
    known = {(one.space, address.canonical(one.url)) for one in subscribing.listed(house)}
    return [_taken(house, one, space or house.personal, known) for one in lines]


def _taken(house: House, line: Line, space: str, known: set[tuple[str, str]]) -> Imported:
    if line.problem:
        return Imported(line, problem=line.problem)
    said: dict[str, Json] = {"folder": " / ".join(line.folders)}
    said |= {n: v for n, v in (("title", line.title), ("site", line.site)) if v}
    try:
        feed = subscribing.subscribe(house, line.url, space=space, said=said)
    except VeilleError as problem:
        return Imported(line, problem=problem.code)
    where = (space, address.canonical(line.url))
    is_new = where not in known
    known.add(where)
    return Imported(line, feed, is_new)


def write(house: House, *, title: str) -> bytes:
    """Write the subscriptions; watched pages are no feeds and stay out."""
    made = format_datetime(datetime.fromtimestamp(house.now() / 1000, UTC))
    return opml.write(
        [
            opml.Subscription(
                one.title, one.asked, one.site, tuple(filter(None, one.folder.split(" / ")))
            )
            for one in subscribing.listed(house)
            if one.watched != subscribing.PAGE
        ],
        title=title,
        made=made,
    )
