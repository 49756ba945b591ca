"""``clip``, ``demo``: what comes in."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, index, read_input
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.sentences import dates, names
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands."""

    @app.command(help=_("Clip pages: addresses, files, or “-” for standard input."))
    def clip(  # noqa: PLR0913, PLR0917 - the contract's options
        sources: Annotated[list[str], typer.Argument(metavar="SOURCE…")],
        url: Annotated[str, typer.Option(help=_("The address of the page."))] = "",
        title: Annotated[str, typer.Option()] = "",
        source: Annotated[str, typer.Option()] = "",
        author: Annotated[list[str] | None, typer.Option()] = None,
        published: Annotated[str, typer.Option(help="2024-06-30, 2024-06")] = "",
        tag: Annotated[list[str] | None, typer.Option()] = None,
        dossier: Annotated[str, typer.Option()] = "",
        space: Annotated[str, typer.Option()] = "",
        as_json: AsJson = False,
    ) -> None:
        options = ClipOptions(
            url=url,
            title=title,
            source=source,
            authors=tuple(author or ()),
            published=published,
            tags=tuple(tag or ()),
            dossier=dossier,
        )
        with desk_open() as desk:
            if space:
                options = replace(options, space=desk.space(space).id)
            _clip_all(desk, sources, options, as_json=as_json)

    @app.command(help=_("Fill a new profile with a small French memory written for the project."))
    def demo(
        home: Annotated[str, typer.Option(help=_("The profile to fill."))] = "",
        as_json: AsJson = False,
    ) -> None:
        from veille.cli.context import settings

        settings.profile = home or settings.profile
        with desk_open() as desk:
            filled = desk.fill_demo()
            index(desk)
            if as_json:
                show.document(asdict(filled))  # type: ignore[call-overload]
            else:
                show.line(
                    _("{articles} articles, {quotes} quotes, {annotations} annotations,"
                      " {notes} notes, {dossiers} dossiers, {people} people.")
                    .format(**asdict(filled))  # type: ignore[call-overload]
                )  # fmt: skip


def _clip_all(desk: Desk, sources: list[str], options: ClipOptions, *, as_json: bool) -> None:
    items: list[dict[str, Any]] = []
    failed: list[VeilleError] = []
    try:
        for number, one in enumerate(sources, start=1):
            show.progress(number, len(sources), one)
            try:
                items.append(_clip_one(desk, one, options))
            except VeilleError as problem:
                failed.append(problem)
                items.append({"source": one, "error": show.error(problem)})
                if len(sources) > 1 or not as_json:
                    show.say(show.error(problem)["message"])
    finally:
        if as_json:
            show.document({"items": items})
    if not as_json:
        for item in items:
            _tell(item)
    if failed:
        index(desk)
        raise typer.Exit(show.FAILED if len(sources) == 1 else show.PARTLY)


def _clip_one(desk: Desk, source: str, options: ClipOptions) -> dict[str, Any]:
    data = read_input("-") if source == "-" else None
    clipped = desk.clip(source, options, stdin=data)
    row = desk.rows([clipped.id])[0]
    shown = show.Shower(desk).thing(row)
    wanted = (
        "id", "title", "url", "source", "authors", "published", "language", "verdict", "words",
        "state", "space", "created_by", "created_at",
    )  # fmt: skip
    return {
        **{name: shown[name] for name in wanted},
        "duplicate_of": clipped.duplicate_of or None,
    }


def _tell(item: dict[str, Any]) -> None:
    if "error" in item:
        return
    if item["duplicate_of"]:
        show.line(
            _("Already clipped by {who} on {when}: {title}  ({id})").format(
                who=item["created_by"],
                when=dates.published(str(item["created_at"])[:10]),
                title=item["title"],
                id=item["id"],
            )
        )
        return
    show.line(f"{item['id']}  {item['title']}")
    detail = (item["source"], names.verdict(item["verdict"]), names.words(item["words"]))
    show.line(f"    {' · '.join(part for part in detail if part)}")
