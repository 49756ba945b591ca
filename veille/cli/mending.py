"""``captures``, ``complete``, ``correct``: repairing what was caught."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, read_input
from veille.desk.desk import Desk
from veille.domain.operation import Json
from veille.sentences import clipping, names
from veille.sentences.catalogue import _, labelled

_MARKS = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_correct(app)

    @app.command(help=_("The captures of an article; compare two; fetch again; choose one."))
    def captures(
        article: Annotated[str, typer.Argument(metavar="ID")],
        diff: Annotated[
            bool, typer.Option("--diff", help=_("What changed between the last two."))
        ] = False,
        again: Annotated[
            bool, typer.Option("--again", help=_("Fetch the page once more."))
        ] = False,
        read: Annotated[str, typer.Option(help=_("Read this capture from now on."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            found = desk.resolve(article, kind="article")
            if again:
                desk.intake.again(found)
                desk.finish_clip(found)
            if read:
                desk.intake.read_capture(found, read)
            if diff:
                _differences(desk, found, as_json=as_json)
            else:
                _captures(desk, found, as_json=as_json)

    @app.command(
        help=_("Complete an article: by its text on standard input, or a part of its page.")
    )
    def complete(
        article: Annotated[str, typer.Argument(metavar="ID")],
        file: Annotated[str, typer.Option(help=_("A file, or - for standard input."))] = "",
        block: Annotated[int, typer.Option(help=_("The number of a part of the page."))] = 0,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            found = desk.resolve(article, kind="article")
            if file:
                data = read_input(file)
                kind = "text/html" if data.lstrip()[:1] == b"<" else "text/plain"
                desk.intake.complete(found, {kind: data})
            elif block:
                desk.intake.choose_block(found, block - 1)
            else:
                _blocks(desk, found, as_json=as_json)
                return
            _captures(desk, found, as_json=as_json)


def _register_correct(app: typer.Typer) -> None:
    @app.command(help=_("What is said of an article, and where it comes from; correct it."))
    def correct(  # noqa: PLR0913, PLR0917 - one option a field
        article: Annotated[str, typer.Argument(metavar="ID")],
        title: Annotated[str | None, typer.Option()] = None,
        source: Annotated[str | None, typer.Option()] = None,
        author: Annotated[list[str] | None, typer.Option()] = None,
        published: Annotated[str | None, typer.Option()] = None,
        section: Annotated[str | None, typer.Option()] = None,
        rights: Annotated[str | None, typer.Option()] = None,
        as_json: AsJson = False,
    ) -> None:
        told = {
            "title": title, "source": source, "published": published, "section": section,
            "rights": rights,
        }  # fmt: skip
        said: dict[str, Json] = {name: one for name, one in told.items() if one is not None}
        if author is not None:
            said["authors"] = list(author)
        with desk_open() as desk:
            found = desk.resolve(article, kind="article")
            if said:
                desk.intake.correct(found, said)
            _card(desk, found, as_json=as_json)


def _captures(desk: Desk, article: str, *, as_json: bool) -> None:
    people = desk.people()
    found = desk.intake.captures(article)
    if as_json:
        items = [
            {
                "id": one.name, "at": show.when(one.at), "by": people.get(one.by, one.by),
                "verdict": one.verdict, "reason": one.reason, "words": one.words, "url": one.url,
                "door": one.door, "read": number == 0, "missing_images": list(one.missing),
            }
            for number, one in enumerate(found)
        ]  # fmt: skip
        show.document({"items": items})
        return
    for one in found:
        show.line(f"{one.name}  {clipping.capture(one, people.get(one.by, one.by))}")


def _differences(desk: Desk, article: str, *, as_json: bool) -> None:
    pieces = desk.intake.differences(article)
    if as_json:
        show.document({"pieces": [asdict(one) for one in pieces]})
        return
    written = (
        f"{before}{one.text.rstrip(chr(10))}{after}{chr(10) if one.text.endswith(chr(10)) else ''}"
        for one in pieces
        for before, after in (_MARKS[one.kind],)
    )
    for line in "".join(written).splitlines():
        show.line(line)


def _blocks(desk: Desk, article: str, *, as_json: bool) -> None:
    found = desk.intake.blocks(article)
    if as_json:
        items: list[dict[str, Any]] = [
            {"number": number, "words": one.words, "text": one.text}
            for number, one in enumerate(found, start=1)
        ]
        show.document({"items": items})
        return
    for number, one in enumerate(found, start=1):
        show.line(f"{number}  {names.words(one.words)}  {' '.join(one.text.split())[:70]}…")


def _card(desk: Desk, article: str, *, as_json: bool) -> None:
    found = desk.intake.card(article)
    if as_json:
        fields = {
            one.name: {
                "value": one.value,
                "origin": one.origin or None,
                "others": [{"value": other.value, "origin": other.origin} for other in one.others],
            }
            for one in found
        }
        show.document({"id": article, "fields": fields})
        return
    for one in found:
        told = clipping.value(one.value) or "—"
        show.line(labelled(names.field(one.name), f"{told}  ({clipping.provenance(one)})"))
        for other in one.others:
            show.line(f"    {clipping.value(other.value)}  ({clipping.origin(other.origin)})")
