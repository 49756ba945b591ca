"""``space create | join | list | leave``, ``share``, ``sync``: with others."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Literal

import typer

from veille.cli import show, spaces
from veille.cli.context import AsJson, desk_open
from veille.desk.round import Round
from veille.domain.views import Event, Space
from veille.sentences import dates, names, rounds
from veille.sentences.catalogue import _, labelled, n_


def register(app: typer.Typer) -> None:
    """Add the commands."""
    space = typer.Typer(help=_("Spaces: shared folders, joined by several people."))
    _register_spaces(space)
    spaces.register(space)
    app.add_typer(space, name="space")
    _register_sharing(app)


def _register_spaces(app: typer.Typer) -> None:
    @app.command(name="create", help=_("Make a folder a shared space."))
    def create(
        name: str,
        folder: str,
        full_text: Annotated[
            Literal["yes", "no"] | None,
            typer.Option(help=_("May full texts travel? yes if a licence exists.")),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        answer = full_text or _ask_full_text()
        with desk_open() as desk:
            _one(desk.create_space(name, folder, full_text=answer == "yes"), as_json=as_json)

    @app.command(name="join", help=_("Join the space of a folder."))
    def join(folder: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            joined = desk.join_space(folder)
            desk.sync(space=joined.id)
            _one(desk.space(joined.id), as_json=as_json)

    @app.command(name="list", help=_("The spaces of this profile."))
    def list_(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            spaces = desk.spaces()
            if as_json:
                show.document({"items": [_space(one) for one in spaces]})
                return
            for one in spaces:
                _tell(one)

    @app.command(name="leave", help=_("Detach a space; what was read stays readable here."))
    def leave(name: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            left = desk.space(name)
            desk.leave_space(left.id)
            _one(desk.space(left.id), as_json=as_json)


def _register_sharing(app: typer.Typer) -> None:
    @app.command(help=_("Move things into a shared space, with what they quote."))
    def share(
        things: Annotated[list[str], typer.Argument(metavar="ID")],
        space: Annotated[str, typer.Option()],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            moved = desk.share([desk.resolve(one) for one in things], space)
            rows = desk.rows(moved)
            shower = show.Shower(desk)
            if as_json:
                show.document({"items": [shower.thing(row) for row in rows]})
            else:
                shower.lines(rows)

    @app.command(help=_("One round with the shared folders: publish mine, learn theirs."))
    def sync(space: Annotated[str, typer.Option()] = "", as_json: AsJson = False) -> None:
        with desk_open() as desk:
            rounds = desk.sync(space=space)
            if as_json:
                show.document({"spaces": [_round(one) for one in rounds]})
            for one in rounds:
                _tell_round(one, quiet=as_json)
            failed = [one for one in rounds if one.failed]
        if failed:
            raise typer.Exit(show.FAILED if len(rounds) == 1 else show.PARTLY)


def _ask_full_text() -> str:
    """Ask what may travel; never assumed."""
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            _("say --full-text yes (a licence exists) or --full-text no (links and excerpts).")
        )
    agreed = typer.confirm(_("May the full texts of articles travel in this space (licence)?"))
    return "yes" if agreed else "no"


def _space(one: Space) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": "personal" if one.personal else one.name,
        "folder": one.folder or None,
        "personal": one.personal,
        "full_text": one.full_text,
        "device": one.device,
        "synced_at": show.when(one.synced_at),
        "waiting": one.waiting,
        "problem": one.problem or None,
    }


def _one(space: Space, *, as_json: bool) -> None:
    if as_json:
        show.document(_space(space))
    else:
        _tell(space)


def _tell(space: Space) -> None:
    show.line(names.space(space.name, personal=space.personal))
    if not space.personal:
        where = space.folder or _("detached")
        full = _("full texts travel") if space.full_text else _("links, excerpts, quotes and notes")
        last = _("last round: {when}").format(when=dates.moment(space.synced_at))
        show.line(f"    {where}")
        show.line(f"    {full} · {last}")


def _round(one: Round) -> dict[str, Any]:
    return {
        "name": one.name,
        "sent": one.sent,
        "received": one.received,
        "problems": [_event(told) for told in one.problems],
        "notices": [_event(told) for told in one.notices],
        "conflicts": one.conflicts,
        "remaining": one.remaining,
    }


def _event(told: Event) -> dict[str, Any]:
    return {"code": told.code, "message": rounds.event(told), "count": told.count}


def _tell_round(one: Round, *, quiet: bool) -> None:
    for told in (*one.problems, *one.notices):
        show.say(rounds.event(told))
    if not quiet:
        sent = n_("{n} sent", "{n} sent", one.sent)
        received = n_("{n} received", "{n} received", one.received)
        show.line(labelled(one.name, f"{sent}, {received}"))
