"""``import``: what people bring along when they begin, with a report line by line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, index, read_input
from veille.desk.bringing import SLICE, Into, Item, Kind, Line
from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.sentences import bringing, following
from veille.sentences.catalogue import _, n_

# Lines that say only what was known: nothing to look at.
_HARMLESS = frozenset({"", "repeated"})


class Folders(Enum):
    """What each folder becomes."""

    dossier = "dossier"
    theme = "theme"
    none = "none"


class Format(Enum):
    """What a file is; what it holds tells it, as a rule."""

    bookmarks = "bookmarks"
    feeds = "opml"
    pages = "pages"


_KINDS: Mapping[Format, Kind] = {
    Format.bookmarks: "bookmarks",
    Format.feeds: "feeds",
    Format.pages: "pages",
}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        name="import",
        help=_("Bring what you have: bookmarks, a list of feeds (OPML), a folder of saved pages."),
    )
    def import_(
        sources: Annotated[list[str], typer.Argument(metavar="FILE|FOLDER…")],
        form: Annotated[
            Format | None, typer.Option("--format", help=_("What it is, where it does not tell."))
        ] = None,
        folders: Annotated[
            Folders, typer.Option(help=_("What each folder becomes."))
        ] = Folders.dossier,
        read: Annotated[
            bool, typer.Option("--read", help=_("Fetch and read the pages now, not later."))
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        into: Into = "" if folders is Folders.none else folders.value
        with desk_open() as desk:
            items = [item for one in sources for item in _bring(desk, one, form, into, read=read)]
            waiting = len(desk.pending())
            if as_json:
                show.document({"items": items, "waiting": waiting})
            elif waiting:
                told = n_("{n} page is still to be fetched: veille queue --retry, or the window.",
                          "{n} pages are still to be fetched: veille queue --retry, or the window.",
                          waiting)  # fmt: skip
                show.say(told)
            if any(one["problem"] not in _HARMLESS for one in items):
                index(desk)
                raise typer.Exit(show.PARTLY)


def _bring(
    desk: Desk, source: str, form: Format | None, into: Into, *, read: bool
) -> list[dict[str, Any]]:
    """Bring one file or folder, and give a line for each thing in it."""
    found = desk.bringing.look(source, kind=_KINDS[form] if form else None)
    if found.kind == "feeds":
        return _follow(desk, source)
    lines = [line for some in _slices(desk, found.items, into) for line in some]
    for one in lines:
        if one.problem:
            show.say(bringing.line(one))
    _read(desk, lines, every=read)
    new = sum(1 for one in lines if one.is_new)
    bad = sum(1 for one in lines if one.problem)
    show.say(bringing.brought(new, len(lines) - new - bad, bad))
    return [_entry(one) for one in lines]


def _slices(desk: Desk, items: tuple[Item, ...], into: Into) -> Iterator[tuple[Line, ...]]:
    gesture = ""
    for start in range(0, len(items), SLICE):
        show.progress(start, len(items), items[start].title)
        brought = desk.bringing.take(items[start : start + SLICE], into=into, gesture=gesture)
        gesture = brought.changes.gesture
        yield brought.lines


def _read(desk: Desk, lines: list[Line], *, every: bool) -> None:
    """Read the files, which are here; the pages of the web only when that was asked for."""
    wanted = [one for one in lines if one.article and (every or one.item.kind == "file")]
    waiting = {one.article for one in desk.pending()}
    for number, one in enumerate(wanted, start=1):
        show.progress(number, len(wanted), one.item.title)
        if one.article in waiting:
            # What cannot be had waits in the queue, with its reason.
            with contextlib.suppress(VeilleError):
                desk.finish_clip(one.article)


def _follow(desk: Desk, source: str) -> list[dict[str, Any]]:
    done = desk.feeds.read_list(read_input(source))
    for one in done:
        if one.problem:
            show.say(following.imported(one))
    show.say(following.imported_all(done))
    return [
        {"kind": "feed", "title": one.line.title, "where": one.line.url,
         "folders": list(one.line.folders), "id": one.feed or None, "added": one.is_new,
         "problem": one.problem}
        for one in done
    ]  # fmt: skip


def _entry(one: Line) -> dict[str, Any]:
    item = one.item
    return {"kind": item.kind, "title": item.title or Path(item.where).name, "where": item.where,
            "folders": list(item.folders), "id": one.article or None, "added": one.is_new,
            "problem": one.problem}  # fmt: skip
