"""``quote``, ``quotes``, ``annotate``, ``triage``, ``tag``, ``dossier``: what is made of articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from veille.cli import dossiers, show
from veille.cli.context import AsJson, desk_open
from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.errors import VeilleError
from veille.domain.views import Filter
from veille.sentences import names
from veille.sentences.catalogue import _

_FREE = {"ignore_unknown_options": True, "allow_extra_args": True}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_quotes(app)
    _register_states(app)
    dossier = typer.Typer(help=_("Dossiers: articles, quotes and notes that belong together."))
    _register_dossiers(dossier)
    dossiers.register(dossier)
    app.add_typer(dossier, name="dossier")


def _register_quotes(app: typer.Typer) -> None:
    @app.command(help=_("Keep words of an article as a quote."))
    def quote(
        article: Annotated[str, typer.Argument(metavar="ID")],
        exact: Annotated[str, typer.Option()],
        speaker: Annotated[str | None, typer.Option()] = None,
        role: Annotated[str | None, typer.Option()] = None,
        comment: Annotated[str, typer.Option()] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            kept = desk.quote(
                desk.resolve(article, kind="article"), exact,
                speaker=speaker, role=role, comment=comment,
            )  # fmt: skip
            _one(desk, kept, as_json=as_json)

    @app.command(help=_("List the quotes kept, or those an article proposes (--found)."))
    def quotes(
        article: Annotated[str, typer.Argument(metavar="ID")] = "",
        found: Annotated[bool, typer.Option("--found")] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            about = desk.resolve(article, kind="article") if article else ""
            items = _found(desk, about) if found and about else _kept(desk, about)
            if as_json:
                show.document({"items": items})
                return
            for one in items:
                who = ", ".join(part for part in (one["speaker"], one["role"]) if part)
                show.line(f"« {one['exact']} »")
                show.line(f"    {who}")

    @app.command(help=_("Highlight words of an article, with or without a comment."))
    def annotate(  # noqa: PLR0913, PLR0917 - the options of a command
        article: Annotated[str, typer.Argument(metavar="ID")],
        exact: Annotated[str, typer.Option()],
        comment: Annotated[str, typer.Option()] = "",
        tag: Annotated[list[str] | None, typer.Option()] = None,
        visibility: Annotated[str, typer.Option(help="private|team")] = "private",
        meaning: Annotated[str, typer.Option(help="key|fact|check|use")] = "",
        ask: Annotated[bool, typer.Option("--ask", help=_("a question to colleagues"))] = False,
        as_json: AsJson = False,
    ) -> None:
        remark = Remark(comment, tuple(tag or ()), visibility, meaning, ask)
        with desk_open() as desk:
            kept = desk.annotate(desk.resolve(article, kind="article"), exact, remark)
            _one(desk, kept, as_json=as_json)


def _register_states(app: typer.Typer) -> None:
    @app.command(help=_("Set the state of articles: ID… kept|discarded|inbox|archived"))
    def triage(
        words: Annotated[list[str], typer.Argument(metavar=_("ID… STATE"))], as_json: AsJson = False
    ) -> None:
        if len(words) < 2:
            raise typer.BadParameter("ID… STATE")
        with desk_open() as desk:
            _batch(
                desk, words[:-1], lambda found: desk.triage(found, words[-1]),
                kind="article", as_json=as_json,
            )  # fmt: skip

    @app.command(help=_("Add and remove themes: ID… +THEME -THEME"), context_settings=_FREE)
    def tag(context: typer.Context, as_json: AsJson = False) -> None:
        words = list(context.args)
        added = [one[1:] for one in words if one.startswith("+")]
        removed = [one[1:] for one in words if one.startswith("-")]
        named = [one for one in words if not one.startswith(("+", "-"))]
        if not named or not (added or removed):
            raise typer.BadParameter("ID… +THEME -THEME")
        with desk_open() as desk:
            _batch(
                desk, named, lambda found: desk.tag(found, add=added, remove=removed),
                as_json=as_json,
            )  # fmt: skip

    @app.command(help=_("Delete things; “undo” brings them back."))
    def delete(
        things: Annotated[list[str], typer.Argument(metavar="ID")], as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            _batch(desk, things, desk.delete, as_json=as_json)


def _register_dossiers(app: typer.Typer) -> None:
    @app.command(name="new", help=_("Open a dossier."))
    def new(
        title: str,
        description: Annotated[str, typer.Option()] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            _one(desk, desk.new_dossier(title, description=description), as_json=as_json)

    @app.command(name="add", help=_("Put things in a dossier."))
    def add(
        dossier: Annotated[str, typer.Argument(metavar="ID")],
        items: Annotated[list[str], typer.Argument(metavar=_("ITEM"))],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(dossier, kind="dossier")
            desk.add_to_dossier(target, [desk.resolve(one) for one in items])
            _one(desk, target, as_json=as_json)

    @app.command(name="remove", help=_("Take things out of a dossier."))
    def remove(
        dossier: Annotated[str, typer.Argument(metavar="ID")],
        items: Annotated[list[str], typer.Argument(metavar=_("ITEM"))],
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(dossier, kind="dossier")
            desk.remove_from_dossier(target, [desk.resolve(one) for one in items])
            _one(desk, target, as_json=as_json)

    @app.command(name="live", help=_("Fill a dossier by a search; without a query, stop."))
    def live(
        dossier: Annotated[str, typer.Argument(metavar="ID")],
        query: Annotated[list[str] | None, typer.Argument(metavar=_("QUERY"))] = None,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(dossier, kind="dossier")
            desk.set_live(target, " ".join(query or ()))
            _one(desk, target, as_json=as_json)


def _one(desk: Desk, thing: str, *, as_json: bool) -> None:
    row = desk.rows([thing])[0]
    shower = show.Shower(desk)
    if not as_json:
        shower.lines([row])
        return
    shown = shower.thing(row)
    if row.kind in {"quote", "annotation"}:
        about = desk.read(thing).about
        shown["reference"] = names.reference(row, about)
        shown["selectors"] = [
            {
                "type": "TextQuoteSelector",
                **{n: row.text(n) for n in ("exact", "prefix", "suffix")},
            },
            {
                "type": "TextPositionSelector",
                "start": row.fields["start"],
                "end": row.fields["end"],
            },
        ]
    if row.kind == "dossier":
        shown["members"] = [shower.thing(one) for one in desk.read(thing).members]
    show.document(shown)


def _batch(
    desk: Desk,
    words: Sequence[str],
    act: Callable[[list[str]], object],
    *,
    kind: str = "",
    as_json: bool,
) -> None:
    """Do something to several things: one entry for each, in order; a failed one says why."""
    found: list[str | VeilleError] = []
    for word in words:
        try:
            found.append(desk.resolve(word, kind=kind))
        except VeilleError as problem:
            found.append(problem)
    good = [one for one in found if isinstance(one, str)]
    bad = [one for one in found if isinstance(one, VeilleError)]
    if not good:
        raise bad[0]
    act(good)
    shower = show.Shower(desk)
    rows = {row.id: row for row in desk.rows(good)}
    if as_json:
        items = [
            shower.thing(rows[one])
            if isinstance(one, str)
            else {"id": word, "error": show.error(one)}
            for word, one in zip(words, found, strict=True)
        ]
        show.document({"items": items})
    else:
        shower.lines(rows.values())
    for refused in bad:
        show.say(show.error(refused)["message"])
    if bad:
        raise typer.Exit(show.PARTLY)


def _kept(desk: Desk, about: str) -> list[dict[str, Any]]:
    rows = desk.rows(desk.ids(Filter(kinds=("quote",), about=about)))
    shower = show.Shower(desk)
    return [{"speaker": "", "role": "", **shower.thing(row)} for row in rows]


def _found(desk: Desk, about: str) -> list[dict[str, Any]]:
    return [
        {
            "exact": one.exact,
            "speaker": one.speaker,
            "role": one.role,
            "start": one.start,
            "end": one.end,
        }
        for one in desk.found_quotes(about)
    ]
