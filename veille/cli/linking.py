"""``note links | loose``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open
from veille.desk.desk import Desk
from veille.desk.linking import Lead, Linked, Mention, Surroundings, Wanted
from veille.domain.views import Row
from veille.sentences import linking
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands to those of notes."""

    @app.command(name="links", help=_("What links to a note, mentions it, and what it leads to."))
    def links(note: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
        with desk_open() as desk:
            target = desk.resolve(note, kind="note")
            around, said = desk.wiki.around(target), desk.wiki.mentions(target)
            if as_json:
                show.document(_document(around, said))
            else:
                _lines(around, said)

    @app.command(name="loose", help=_("Notes on their own, and notes to be written."))
    def loose(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            alone, wanted = desk.wiki.orphans(), desk.wiki.wanted()
            if as_json:
                show.document(_loose(desk, alone, wanted))
                return
            show.line(linking.alone(len(alone)))
            for row in alone:
                show.line(f"    {row.id}  {row.title}")
            show.line(linking.to_write(len(wanted)))
            for one in wanted:
                show.line(f"    {one.title}  ({linking.wanting(one)})")


def _document(around: Surroundings, said: list[Mention]) -> dict[str, Any]:
    return {
        "id": around.row.id,
        "title": around.row.title,
        "aliases": list(around.aliases),
        "dossiers": [_named(row) for row in around.dossiers],
        "linked_from": [
            {**_passage(one), "embed": one.embed, "letter": one.letter} for one in around.linked
        ],
        "mentions": [{**_passage(one), "start": one.start, "end": one.end} for one in said],
        "leads_to": [_lead(one) for one in around.leads],
    }


def _passage(one: Linked | Mention) -> dict[str, Any]:
    return {
        "id": one.note,
        "title": one.title,
        "context": linking.sentence(one),
        "words": one.words,
    }


def _lead(one: Lead) -> dict[str, Any]:
    return {
        "id": one.row.id if one.row else None,
        "kind": one.row.kind if one.row else None,
        "title": one.title,
        "embed": one.embed,
        "written": one.row is not None,
    }


def _named(row: Row) -> dict[str, Any]:
    return {"id": row.id, "title": row.title}


def _loose(desk: Desk, alone: list[Row], wanted: list[Wanted]) -> dict[str, Any]:
    shower = show.Shower(desk)
    return {
        "alone": [shower.thing(row) for row in alone],
        "wanted": [
            {"title": one.title, "notes": [_named(row) for row in one.notes]} for one in wanted
        ],
    }


def _lines(around: Surroundings, said: list[Mention]) -> None:
    letters = [one for one in around.linked if one.letter]
    parts: tuple[tuple[str, list[Linked] | list[Mention]], ...] = (
        ("linked", [one for one in around.linked if not one.letter]),
        ("letters", letters),
        ("mentions", said),
    )
    for name, some in parts:
        if some or name != "letters":
            show.line(f"{linking.HEADINGS[name]()} ({len(some)})")
        for one in some:
            show.line(f"    {one.note}  {one.title}")
            show.line(f"        {linking.sentence(one)}")
    show.line(f"{linking.HEADINGS['leads']()} ({len(around.leads)})")
    for lead in around.leads:
        show.line(
            f"    {lead.row.id if lead.row else '?':18}  {lead.title}  ({linking.lead(lead)})"
        )
