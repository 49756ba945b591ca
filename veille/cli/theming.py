"""``theme``: the thesaurus of the team, to list, change, import, export and suggest from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, read_input
from veille.desk.desk import Desk
from veille.desk.theming import Theme, ThemeChoice
from veille.desk.thesaurus_file import Imported
from veille.domain.errors import FileUnreadable
from veille.sentences import theming
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=_("Themes: the words of the team, their synonyms, their places."))
    _register_looks(group)
    _register_changes(group)
    _register_files(group)
    app.add_typer(group, name="theme")


def _register_looks(app: typer.Typer) -> None:
    @app.command("list", help=_("List themes, each under its broader one, then free labels."))
    def listing(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            listed = desk.themes.listed()
            if as_json:
                shower = show.Shower(desk)
                show.document({"items": [_theme(one, shower) for one in listed]})
                return
            for one in listed:
                alts = f"  ({', '.join(one.alts)})" if one.alts else ""
                mark = "·" if one.is_free else " "
                show.line(f"{mark} {'  ' * (len(one.path) - 1)}{one.label}{alts}  {one.count}")
            show.say(theming.summary(listed))

    @app.command(help=_("Suggest themes from the words of a thing."))
    def suggest(
        thing: Annotated[str, typer.Argument(metavar="ID")],
        limit: Annotated[int, typer.Option(min=1)] = 6,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            found = desk.themes.suggest(desk.resolve(thing), limit=limit)
            if as_json:
                show.document({"items": [_choice(one) for one in found]})
                return
            for one in found:
                show.line(theming.choice(one))


def _register_changes(app: typer.Typer) -> None:
    @app.command(help=_("Make a theme, or make one of a free label."))
    def add(
        label: str,
        broader: Annotated[str, typer.Option(help=_("The theme above it."))] = "",
        alt: Annotated[list[str] | None, typer.Option(help=_("A synonym."))] = None,
        note: Annotated[str, typer.Option(help=_("When to use it."))] = "",
        space: Annotated[str, typer.Option(help=_("Personal by default."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            where = desk.space(space).id if space else ""
            made = desk.themes.add(label, broader=broader, alts=alt or (), note=note, space=where)
            _one(desk, made, as_json=as_json)

    @app.command(help=_("Rename a theme everywhere; its old name becomes a synonym."))
    def rename(theme: str, new: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            desk.themes.rename(theme, new)
            _one(desk, new, as_json=as_json)

    @app.command(help=_("Put a theme below another one, or at the top."))
    def move(
        theme: str,
        broader: Annotated[str, typer.Argument(metavar=_("BROADER"))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            desk.themes.place([theme], broader)
            _one(desk, theme, as_json=as_json)

    @app.command(help=_("Make several themes one: all their words become words of the first."))
    def merge(
        into: str,
        others: Annotated[list[str], typer.Argument(metavar=_("OTHER"))],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            # A name that nothing bears is a slip more often than a new theme.
            desk.themes.merge(desk.themes.theme(into).label, others)
            _one(desk, into, as_json=as_json)

    @app.command(help=_("Remove themes; things keep their words as free labels."))
    def remove(themes: list[str], as_json: AsJson = False) -> None:
        with desk_open() as desk:
            changes = desk.themes.remove(*themes)
            if as_json:
                show.document({"removed": themes, "gesture": changes.gesture})


def _register_files(app: typer.Typer) -> None:
    @app.command("import", help=_("Import themes: SKOS (RDF/XML, Turtle) or CSV."))
    def take(
        file: str,
        space: Annotated[str, typer.Option(help=_("Personal by default."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            where = desk.space(space).id if space else ""
            taken = desk.themes.import_file(read_input(file), space=where)
            if as_json:
                show.document(_report(taken))
            else:
                for one in taken.problems:
                    show.line(theming.problem(one))
                show.say(theming.imported(taken))
        if taken.problems:
            raise typer.Exit(show.PARTLY)

    @app.command(help=_("Write the themes: SKOS (RDF/XML), Turtle or CSV."))
    def export(
        form: Annotated[Literal["skos", "turtle", "csv"], typer.Option("--format")] = "skos",
        out: Annotated[Path | None, typer.Option(help=_("The file to write."))] = None,
    ) -> None:
        with desk_open() as desk:
            data = desk.themes.export(form, name=_("Themes"))
            if out is None:
                sys.stdout.buffer.write(data)
                return
            try:
                out.write_bytes(data)
            except OSError as problem:
                raise FileUnreadable(path=str(out)) from problem


def _one(desk: Desk, what: str, *, as_json: bool) -> None:
    theme = desk.themes.theme(what)
    if as_json:
        show.document(_theme(theme, show.Shower(desk)))
    else:
        show.line(f"{theme.id}  {theming.path(theme.path)}")
        show.line(f"    {theming.used(theme)}")


def _theme(one: Theme, shower: show.Shower) -> dict[str, Any]:
    return {
        "id": one.id or None,
        "label": one.label,
        "path": list(one.path),
        "alts": list(one.alts),
        "broader": one.broader or None,
        "note": one.note,
        "space": shower.where(one.space) if one.space else None,
        "count": one.count,
        "total": one.total,
        "free": one.is_free,
    }


def _choice(one: ThemeChoice) -> dict[str, Any]:
    return {"label": one.label, "path": list(one.path)}


def _report(taken: Imported) -> dict[str, Any]:
    return {
        "new": list(taken.new),
        "joined": list(taken.joined),
        "known": list(taken.known),
        "problems": [
            {"code": one.code, "detail": one.detail, "line": one.line or None}
            for one in taken.problems
        ],
    }
