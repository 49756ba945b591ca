"""``comments``: what comments hold about a person; giving it to her; erasing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open
from veille.desk.desk import Desk
from veille.sentences import requests as told
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=_("Comments about a person: find, export, erase."))
    _register_reading(group)
    _register_erase(group)
    app.add_typer(group, name="comments")


def _register_reading(app: typer.Typer) -> None:
    @app.command(help=_("Find the comments that concern a person, deleted ones too."))
    def find(name: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            found = desk.requests.mentions(name)
            if as_json:
                items = [
                    {"id": one.row.id, "kind": one.row.kind, "where": one.where,
                     "texts": list(one.texts), "about": one.about.id if one.about else None,
                     "by": one.row.created_by, "at": show.when(one.row.created_at),
                     "space": one.row.space, "deleted": bool(one.row.hidden)}
                    for one in found
                ]  # fmt: skip
                show.document({"items": items})
                return
            show.line(told.found(len(found)))
            for one in found:
                reach = told.reach(one, _spaces(desk))
                show.line(f"{one.row.id}  {told.why(one.where)}, {reach}")
                show.line("    " + " / ".join(one.texts).replace("\n", " "))

    @app.command(help=_("Write them to a Markdown file, for an access request."))
    def export(name: str, file: Path) -> None:
        with desk_open() as desk:
            found = desk.requests.mentions(name)
            written = told.export(
                name, found, people=desk.people(), spaces=_spaces(desk), at=desk.requests.now()
            )
            desk.requests.export(file, written=written)
            show.say(told.found(len(found)))


def _register_erase(app: typer.Typer) -> None:
    @app.command(help=_("Remove the words of comments for good; a mark stays."))
    def erase(
        comments: Annotated[list[str], typer.Argument(metavar="ID")],
        yes: Annotated[bool, typer.Option("--yes", help=_("Do it; it cannot be undone."))] = False,
        as_json: AsJson = False,
    ) -> None:
        if not yes:
            show.say(told.would_erase(len(comments)))
            raise typer.Exit(show.FAILED)
        with desk_open() as desk:
            done = desk.requests.erase(comments)
            if as_json:
                show.document(
                    {"erased": sorted(done.changes.entities), "refused": list(done.refused),
                     "waiting": list(done.waiting_spaces)}
                )  # fmt: skip
            else:
                show.say(told.erased(done))
        if done.refused:
            raise typer.Exit(show.PARTLY)


def _spaces(desk: Desk) -> dict[str, str]:
    return {one.id: one.name for one in desk.spaces() if not one.personal}
