"""``annotations``: what people marked, to and from other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from veille.annotate.jsonld import Problem
from veille.cli import show
from veille.cli.context import AsJson, desk_open, read_input
from veille.desk.exchanging import Taken, parsed
from veille.domain.errors import FileUnreadable
from veille.sentences.catalogue import _, n_


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=_("Annotations and quotes: to and from other programs."))
    _register_export(group)
    _register_import(group)
    app.add_typer(group, name="annotations")


def _register_export(app: typer.Typer) -> None:
    @app.command(help=_("Write annotations as W3C JSON-LD: of an article, or all of them."))
    def export(
        article: Annotated[str, typer.Argument(metavar="[ID]")] = "",
        out: Annotated[Path | None, typer.Option(help=_("The file to write."))] = None,
    ) -> None:
        with desk_open() as desk:
            found = desk.resolve(article, kind="article") if article else ""
            written = desk.exchanging.written(found)
            if out is None:
                show.document(written)
                return
            try:
                text = json.dumps(written, ensure_ascii=False, indent=2) + "\n"
                out.write_text(text, encoding="utf-8")
            except OSError as problem:
                raise FileUnreadable(path=str(out)) from problem


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
    states = dict.fromkeys(taken.added, _("added"))
    states |= dict.fromkeys(taken.doubtful, _("added, to be checked where it stands"))
    states |= dict.fromkeys(taken.orphaned, _("added, its passage is not found in the page"))
    states |= dict.fromkeys(taken.known, _("here already"))
    for thing, state in states.items():
        show.line(f"{thing}  {state}")
    for one in taken.problems:
        show.line(_said(one))
    show.say(n_("{n} annotation added", "{n} annotations added", len(taken.added)))


def _said(one: Problem) -> str:
    said = {
        "unknown_address": _("page not in the memory"),
        "unknown_parent": _("answer to a comment that is not here"),
        "erased": _("erased for good here, not brought back"),
        "too_long": _("too long, passed over"),
        "too_many": _("too many annotations, the rest was passed over"),
        "selector_passed_over": _("part of the place was not understood"),
        "body_elsewhere": _("part of the comment is elsewhere, not fetched"),
        "more_targets": _("several passages, the first one was kept"),
    }.get(one.code, _("not an annotation that can be read"))
    count = n_("{n} annotation", "{n} annotations", one.count)
    return " — ".join(part for part in (one.where, said, count) if part)
