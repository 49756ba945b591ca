"""``annotations``: what people marked, to and from other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, read_input
from veille.desk.exchanging import Taken, parsed
from veille.sentences import exchanging
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=_("Annotations and quotes: to and from other programs."))
    _register_export(group)
    _register_import(group)
    app.add_typer(group, name="annotations")


def _register_export(app: typer.Typer) -> None:
    @app.command(help=_("Write annotations as W3C JSON-LD: of an article, or all of them."))
    def export(
        article: Annotated[str, typer.Argument(metavar="ID")] = "",
        out: Annotated[Path | None, typer.Option(help=_("The file to write."))] = None,
    ) -> None:
        with desk_open() as desk:
            found = desk.resolve(article, kind="article") if article else ""
            if out is None:
                show.document(desk.exchanging.written(found))
            else:
                desk.exchanging.save(out, found)


def _register_import(app: typer.Typer) -> None:
    @app.command("import", help=_("Import annotations: W3C JSON-LD, or an export of Hypothesis."))
    def take(file: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            taken = desk.exchanging.take(parsed(read_input(file), path=file))
            if as_json:
                show.document(_document(taken))
            else:
                _tell(taken)
        if taken.problems:
            raise typer.Exit(show.PARTLY)


def _document(taken: Taken) -> dict[str, object]:
    return {
        "added": list(taken.added),
        "known": list(taken.known),
        "doubtful": list(taken.doubtful),
        "orphaned": list(taken.orphaned),
        "problems": [
            {"where": one.where, "code": one.code, "count": one.count} for one in taken.problems
        ],
    }


def _tell(taken: Taken) -> None:
    for thing, state in exchanging.states(taken).items():
        show.line(f"{thing}  {state}")
    for one in taken.problems:
        show.line(exchanging.problem(one))
    show.say(exchanging.added(taken))
