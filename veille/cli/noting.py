"""``note new | edit | rename | history | restore | diff``."""

from __future__ import annotations

from typing import Annotated

import typer

from veille.cli import linking, show, tracing
from veille.cli.context import AsJson, desk_open, read_text
from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.templates import Template
from veille.sentences import dates, templates
from veille.sentences.catalogue import _, language


def register(app: typer.Typer) -> None:
    """Add the commands."""
    note = typer.Typer(help=_("Notes in Markdown, with [[links]] and embedded quotes."))
    _register_writing(note)
    _register_history(note)
    tracing.register(note)
    linking.register(note)
    app.add_typer(note, name="note")


def _register_writing(app: typer.Typer) -> None:
    @app.command(name="new", help=_("Begin a note."))
    def new(
        title: str,
        file: Annotated[
            str, typer.Option("--file", "-f", help=_("A file, or “-” for standard input."))
        ] = "",
        space: Annotated[str, typer.Option()] = "",
        template: Annotated[str, typer.Option(help=_("a template, by its name"))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            where = desk.space(space).id if space else ""
            begun = _template(desk, template) if template else None
            text = read_text(file) if file or begun is None else begun.text
            made = desk.new_note(
                title, text, space=where, tags=begun.tags if begun else (),
                template=begun.name if begun else "",
            )  # fmt: skip
            _one(desk, made, as_json=as_json)

    @app.command(name="edit", help=_("Write a new state of a note."))
    def edit(
        note: Annotated[str, typer.Argument(metavar="ID")],
        body: Annotated[str, typer.Argument(metavar="-")] = "",
        file: Annotated[
            str, typer.Option("--file", "-f", help=_("A file, or “-” for standard input."))
        ] = "",
        as_json: AsJson = False,
    ) -> None:
        if not (file or body):
            raise typer.BadParameter("--file F | -")
        with desk_open() as desk:
            target = desk.resolve(note, kind="note")
            desk.edit_note(target, read_text(file or body))
            _one(desk, target, as_json=as_json)

    @app.command(name="rename", help=_("Give a note another title; links still arrive."))
    def rename(
        note: Annotated[str, typer.Argument(metavar="ID")], title: str, as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(note, kind="note")
            desk.rename_note(target, title)
            _one(desk, target, as_json=as_json)


def _template(desk: Desk, name: str) -> Template:
    words = templates.words(clock.now_ms(), desk.name())
    return desk.wiki.template(name, language=language(), words=words)


def _register_history(app: typer.Typer) -> None:
    @app.command(name="history", help=_("The states of a note, newest first."))
    def history(
        note: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(note, kind="note")
            title = desk.rows([target])[0].title
            shower = show.Shower(desk)
            revisions = desk.revisions(target)
            if as_json:
                show.document(
                    {
                        "revisions": [
                            {
                                "id": one.id,
                                "parents": list(one.parents),
                                "by": shower.who(one.by),
                                "at": show.when(one.at),
                                "title": title,
                            }
                            for one in revisions
                        ]
                    }
                )
                return
            for one in revisions:
                show.line(f"{one.id}  {dates.moment(one.at)}  {shower.who(one.by)}")

    @app.command(name="restore", help=_("Bring back the text of a revision."))
    def restore(
        note: Annotated[str, typer.Argument(metavar="ID")],
        revision: Annotated[str, typer.Argument(metavar=_("REVISION"))],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(note, kind="note")
            desk.restore_note(target, revision)
            _one(desk, target, as_json=as_json)

    @app.command(name="diff", help=_("Compare two states of a note."))
    def diff(
        note: Annotated[str, typer.Argument(metavar="ID")],
        before: Annotated[str, typer.Argument(metavar="A")],
        after: Annotated[str, typer.Argument(metavar="B")],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            lines = desk.diff_note(desk.resolve(note, kind="note"), before, after)
            if as_json:
                show.document({"lines": lines})
            else:
                for one in lines:
                    show.line(one)


def _one(desk: Desk, note: str, *, as_json: bool) -> None:
    read = desk.read(note)
    shower = show.Shower(desk)
    if not as_json:
        shower.lines([read.row])
        return
    shown = shower.thing(read.row)
    shown["text"] = read.text
    shown["backlinks"] = [
        {"id": one.note, "title": one.title, "context": one.context} for one in read.backlinks
    ]
    show.document(shown)
