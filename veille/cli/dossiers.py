"""``dossier order | describe | read``: the order of a dossier, its cover note, reading it through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open
from veille.desk.desk import Desk
from veille.desk.dossiers import Parcours
from veille.domain.errors import NotFound
from veille.domain.operation import Json
from veille.domain.views import Filter
from veille.sentences import dossiers
from veille.sentences.catalogue import _

_FIRST = "first"


def register(dossier_app: typer.Typer) -> None:
    """Add the commands to those of ``dossier``."""
    _register_order(dossier_app)
    _register_describe(dossier_app)
    _register_read(dossier_app)


def _register_order(app: typer.Typer) -> None:
    @app.command(name="order", help=_("Put things of a dossier after another one, or first."))
    def order(
        dossier: Annotated[str, typer.Argument(metavar="ID")],
        items: Annotated[list[str], typer.Argument(metavar=_("ITEM"))],
        after: Annotated[str, typer.Option(metavar=_("ITEM|first"))],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(dossier, kind="dossier")
            follows = "" if after == _FIRST else _inside(desk, target, after)
            moved = [_inside(desk, target, one) for one in items]
            desk.dossiers.place(target, moved, after=follows)
            _one(desk, target, as_json=as_json)


def _register_describe(app: typer.Typer) -> None:
    @app.command(
        name="describe",
        help=_("Give a dossier a title, a description, a cover note (empty for none)."),
    )
    def describe(
        dossier: Annotated[str, typer.Argument(metavar="ID")],
        title: Annotated[str | None, typer.Option()] = None,
        description: Annotated[str | None, typer.Option()] = None,
        cover: Annotated[str | None, typer.Option(metavar=_("NOTE"))] = None,
        as_json: AsJson = False,
    ) -> None:
        said: dict[str, Json] = {"title": title, "description": description, "cover": cover}
        said = {name: value for name, value in said.items() if value is not None}
        if not said:
            raise typer.BadParameter("--title | --description | --cover")
        with desk_open() as desk:
            target = desk.resolve(dossier, kind="dossier")
            desk.dossiers.describe(target, said, seen=desk.rows([target])[0])
            _one(desk, target, as_json=as_json)


def _register_read(app: typer.Typer) -> None:
    @app.command(name="read", help=_("Say what is read of a dossier, and mark a step as read."))
    def read(
        dossier: Annotated[str, typer.Argument(metavar="ID")],
        item: Annotated[str, typer.Argument(metavar=_("ITEM"))] = "",
        undo: Annotated[bool, typer.Option("--undo", help=_("it is to be read again"))] = False,
        tell: Annotated[
            bool | None,
            typer.Option("--tell/--keep-to-myself", help=_("colleagues see what is read, or not")),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        if undo and not item:
            raise typer.BadParameter("ITEM --undo")
        with desk_open() as desk:
            target = desk.resolve(dossier, kind="dossier")
            # What is no longer to be told is taken back before anything else is marked.
            if tell is not None:
                desk.dossiers.tell(target, tells=tell)
            if item:
                desk.dossiers.mark(target, _step(desk, target, item), read=not undo)
            found = desk.dossiers.parcours(target)
            if tell and not found.may_tell:
                show.say(dossiers.nobody_to_tell())
            if as_json:
                show.document(_read(desk, found))
            else:
                _tell(desk, found)


def _inside(desk: Desk, dossier: str, what: str) -> str:
    """Find a member of a dossier. Raises NotFound."""
    found = desk.resolve(what)
    if found not in desk.ids(Filter(dossier=dossier)):
        raise NotFound(what=what)
    return found


def _step(desk: Desk, dossier: str, what: str) -> str:
    """Find a step of a dossier: its cover note, a member, what its search finds."""
    found = desk.resolve(what)
    if found not in {one.row.id for one in desk.dossiers.parcours(dossier).steps}:
        raise NotFound(what=what)
    return found


def _one(desk: Desk, dossier: str, *, as_json: bool) -> None:
    read = desk.read(dossier)
    shower = show.Shower(desk)
    if as_json:
        members = [shower.thing(one) for one in read.members]
        show.document({**shower.thing(read.row), "members": members})
        return
    shower.lines([read.row])
    for place, one in enumerate(read.members, start=1):
        show.line(f"{place:>4}  {one.id}  {one.title}")


def _read(desk: Desk, found: Parcours) -> dict[str, Any]:
    """Give a parcours as scripts read it."""
    shower = show.Shower(desk)
    people = [
        {"person": person, "name": shower.who(person), "read": len(read), "of": len(found.common)}
        for person, read in sorted(found.people.items())
    ]
    return {
        "id": found.dossier.id,
        "title": found.dossier.title,
        "steps": [
            {**shower.thing(one.row), "part": one.part, "read": one.read} for one in found.steps
        ],
        "read": found.read,
        "of": len(found.steps),
        "next": found.next.id if found.next is not None else None,
        "tells": found.tells,
        "may_tell": found.may_tell and not found.only_reads,
        "people": people,
    }


def _tell(desk: Desk, found: Parcours) -> None:
    """Say a parcours to people."""
    for place, one in enumerate(found.steps, start=1):
        mark = "✓" if one.read else " "
        show.line(f"{mark} {place:>3}  {one.row.id}  {one.row.title}")
    show.line(dossiers.mine(found))
    names: Mapping[str, str] = desk.people()
    for person, read in sorted(found.people.items()):
        if person != desk.person:
            name = names.get(person) or _("A colleague")
            show.line(dossiers.reader(name, len(read), len(found.common)))
