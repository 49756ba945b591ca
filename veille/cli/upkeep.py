"""``undo``, ``verify``, ``rebuild``: safety."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, failed, index, settings
from veille.desk import backups, clock, paths
from veille.domain.errors import VeilleError
from veille.sentences import counting, dates, names
from veille.sentences.catalogue import _, labelled, n_, series


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_undo(app)
    _register_me(app)
    _register_verify(app)
    _register_rebuild(app)
    _register_backups(app)


def _register_undo(app: typer.Typer) -> None:
    @app.command(help=_("Undo the last actions."))
    def undo(
        last: Annotated[int, typer.Option(min=1, max=1_000)] = 1, as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            undone = desk.undo(last=last)
            things = sorted({one for changes in undone for one in changes.entities})
            shower = show.Shower(desk)
            if as_json:
                rows = desk.rows(things)
                show.document(
                    {
                        "items": [
                            {"operation": one.gesture, "by": desk.name(), "what": "undo"}
                            for one in undone
                        ],
                        "things": [shower.thing(row) for row in rows],
                    }
                )
            else:
                show.line(n_("{n} action undone.", "{n} actions undone.", len(undone)))
                shower.lines(desk.rows(things))


def _register_me(app: typer.Typer) -> None:
    @app.command(help=_("Set the name colleagues see, or show it."))
    def me(
        name: Annotated[str, typer.Argument(metavar=_("NAME"))] = "",
        service: Annotated[str, typer.Option()] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            if name:
                desk.introduce(name, service=service)
            told = {"id": desk.person, "name": desk.name(), "profile": str(desk.paths.root)}
            if as_json:
                show.document(told)
            else:
                show.line(f"{told['name']}  ({told['profile']})")


def _register_verify(app: typer.Typer) -> None:
    @app.command(help=_("Read everything back and say what differs."))
    def verify(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            index(desk, always=True)
            checked = desk.verify()
            problems = [
                {"where": where, "what": what, "next": names.repair(where)}
                for where, what in checked.problems
            ]
            if as_json:
                show.document(
                    {
                        "ok": not problems,
                        "operations": checked.operations,
                        "things": checked.things,
                        "blobs": checked.blobs,
                        "problems": problems,
                    }
                )
            for one in problems if not as_json else ():
                show.line(labelled(one["where"], one["what"]))
            for where in sorted({one["where"] for one in problems}):
                show.say(names.repair(where))
            if not as_json and not problems:
                show.line(
                    counting.all_well(
                        operations=checked.operations, things=checked.things, blobs=checked.blobs
                    )
                )
            if problems:
                raise typer.Exit(show.FAILED)


def _register_rebuild(app: typer.Typer) -> None:
    @app.command(help=_("Rebuild everything that can be worked out again."))
    def rebuild(
        tables: Annotated[bool, typer.Option("--tables")] = False,
        of_index: Annotated[bool, typer.Option("--index")] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            both = not tables and not of_index
            counts = {}
            if tables or both:
                counts["things"] = desk.rebuild_tables()
            if of_index or both:
                counts["indexed"] = desk.rebuild_index()
            if as_json:
                show.document(counts)
            else:
                show.line(series([_rebuilt(name, n) for name, n in counts.items()]))


def _rebuilt(name: str, count: int) -> str:
    if name == "indexed":
        return n_("{n} thing indexed", "{n} things indexed", count)
    return n_("{n} thing rebuilt", "{n} things rebuilt", count)


def _register_backups(app: typer.Typer) -> None:
    @app.command(help=_("Copy the memory now, beside it or in another folder."))
    def backup(
        to: Annotated[str, typer.Option(help=_("A folder, on another disk for instance."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            made = desk.back_up(to)
            if as_json:
                show.document(_backup(made))
            else:
                show.line(str(made.path))

    @app.command(name="backups", help=_("The dated copies of the memory, newest first."))
    def list_(as_json: AsJson = False) -> None:
        found = backups.listed(paths.profile(settings.profile).backups)
        if as_json:
            show.document({"items": [_backup(one) for one in found]})
        for one in found if not as_json else ():
            show.line(f"{one.name}  {dates.moment(one.at)}")

    @app.command(help=_("Go back to a dated copy; what is newer and readable is kept."))
    def restore(
        name: Annotated[str, typer.Argument(metavar=_("NAME"))] = "",
        source: Annotated[str, typer.Option("--from", help=_("A folder of copies."))] = "",
        as_json: AsJson = False,
    ) -> None:
        folder = Path(source) if source else None
        place = paths.profile(settings.profile)
        try:
            done = backups.restore(place, now=clock.now_ms, name=name, folder=folder)
        except VeilleError as problem:
            raise failed(problem) from problem
        if as_json:
            shown = {**_backup(done.backup), "salvaged": done.salvaged, "aside": str(done.aside)}
            show.document(shown)
            return
        show.line(_("The copy of {when} is back.").format(when=dates.moment(done.backup.at)))
        show.line(n_("{n} newer change was kept.", "{n} newer changes were kept.", done.salvaged))
        show.line(_("What was there is set aside in {folder}.").format(folder=done.aside))


def _backup(one: backups.Backup) -> dict[str, Any]:
    return {"name": one.name, "at": show.when(one.at), "size": one.size, "path": str(one.path)}
