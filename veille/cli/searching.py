"""``saved``, ``similar``: searches that are kept, and what resembles a thing."""

from __future__ import annotations

from typing import Annotated

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, index
from veille.domain.errors import BadSetting
from veille.domain.fields import PACES
from veille.sentences.catalogue import _, n_


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_similar(app)
    saved = typer.Typer(help=_("Saved searches, and what is new in them."))
    _register_saved(saved)
    app.add_typer(saved, name="saved")


def _register_similar(app: typer.Typer) -> None:
    @app.command(help=_("List the articles that resemble a thing."))
    def similar(
        thing: Annotated[str, typer.Argument(metavar="ID")],
        limit: Annotated[int, typer.Option(min=1, max=1_000)] = 10,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            index(desk, always=True)
            rows = desk.similar(desk.resolve(thing), limit=limit)
            shower = show.Shower(desk)
            if as_json:
                show.document({"items": [shower.thing(row) for row in rows]})
            else:
                shower.lines(rows)


def _pace(every: str) -> str:
    if every not in PACES:
        raise BadSetting(answers="now, daily, weekly")
    return every


def _register_saved(app: typer.Typer) -> None:
    @app.command(name="list", help=_("List the saved searches, with what is new in each."))
    def list_(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            index(desk, always=True)
            found = desk.saved_searches()
            if as_json:
                items = [
                    {"id": one.id, "title": one.title, "query": one.query, "alert": one.alert, "every": one.every,
                     "new": one.new, "visited": show.when(one.visited)}
                    for one in found
                ]  # fmt: skip
                show.document({"items": items})
                return
            for one in found:
                news = n_("{n} new", "{n} new", one.new)
                show.line(f"{one.id}  {one.title}  ({news})")
                show.line(f"    {one.query}")

    @app.command(help=_("Keep a search under a name."))
    def add(
        title: Annotated[str, typer.Argument(metavar=_("TITLE"))],
        query: Annotated[list[str], typer.Argument(metavar=_("QUERY"))],
        alert: Annotated[bool, typer.Option("--alert")] = False,
        every: Annotated[str, typer.Option(help="now|daily|weekly")] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            made = desk.save_search(title, " ".join(query), alert=alert, every=_pace(every))
            if as_json:
                show.document({"id": made})
            else:
                show.line(made)

    @app.command(help=_("Note that a saved search was looked at: nothing is new in it."))
    def seen(search: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        with desk_open() as desk:
            desk.visit_search(desk.resolve(search, kind="search"))

    @app.command(help=_("Forget a saved search; undo brings it back."))
    def remove(search: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        with desk_open() as desk:
            desk.delete([desk.resolve(search, kind="search")])
