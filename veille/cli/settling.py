"""``conflicts``, ``settle``: what two people changed at once."""

from __future__ import annotations

from typing import Annotated

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open
from veille.domain.views import Choice
from veille.sentences import dates, names
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands."""

    @app.command(help=_("What stands in two versions, everywhere or in one thing."))
    def conflicts(
        thing: Annotated[str, typer.Argument(metavar="ID")] = "", as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            chosen = [desk.resolve(thing)] if thing else desk.in_two_versions()
            shower = show.Shower(desk)
            rows = desk.rows(chosen)
            found = [(row, desk.choices(row.id)) for row in rows]
            if as_json:
                show.document(
                    {
                        "items": [
                            {
                                "id": row.id,
                                "kind": row.kind,
                                "title": row.title,
                                "choices": [shower.choice(one) for one in choices],
                            }
                            for row, choices in found
                        ]
                    }
                )
                return
            for row, choices in found:
                show.line(f"{row.id}  {row.title}")
                for one in choices:
                    _tell(one, shower)

    @app.command(help=_("Keep a, b, both, or the merged text of what stands in two versions."))
    def settle(
        thing: Annotated[str, typer.Argument(metavar="ID")],
        number: Annotated[int, typer.Argument(metavar=_("NUMBER"))],
        keep: Annotated[str, typer.Argument(metavar="a|b|both|merged")],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(thing)
            desk.settle(target, number, keep)
            row = desk.rows([target])[0]
            shower = show.Shower(desk)
            if as_json:
                show.document({**shower.thing(row), "text": desk.read(target).text})
            else:
                shower.lines([row])


def _tell(one: Choice, shower: show.Shower) -> None:
    show.line(f"  {one.number}. {names.field(one.where)}")
    for letter, said in (("a", one.a), ("b", one.b)):
        who = " · ".join(part for part in (shower.who(said.by), dates.moment(said.at)) if part)
        show.line(f"     {letter}  {who}")
        for line in (said.text or _("(taken out)")).split("\n"):
            show.line(f"        {line}")
    show.line("     " + _("keep: {answers}").format(answers=", ".join(one.answers)))
