"""``said``, ``angles``: what was said of something, and the same story in its sources."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, index
from veille.desk.angles import Angle
from veille.desk.desk import Desk
from veille.desk.saying import Said, SaidItem
from veille.desk.silences import Quiet
from veille.sentences import names, saying
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_said(app)
    _register_angles(app)


def _register_said(app: typer.Typer) -> None:
    @app.command(help=_("What was said of something, by whom, in time order; --note makes a note."))
    def said(  # noqa: PLR0913, PLR0917 - the contract's options
        query: Annotated[list[str], typer.Argument(metavar=_("QUERY"))],
        by: Annotated[str, typer.Option(help=_("Who says it."))] = "",
        source: Annotated[str, typer.Option()] = "",
        since: Annotated[str, typer.Option(help="2024-06-30")] = "",
        until: Annotated[str, typer.Option(help="2024-06-30")] = "",
        around: Annotated[
            bool, typer.Option(help=_("Also the quotes of articles about it."))
        ] = True,
        limit: Annotated[int, typer.Option(min=1, max=10_000)] = 500,
        note: Annotated[str, typer.Option(help=_("Make a note of them, with this title."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            index(desk, always=True)
            found = desk.saying.said(
                " ".join(query), by=by, source=source, since=since, until=until, around=around,
                limit=limit,
            )  # fmt: skip
            made = _noted(desk, note, found) if note else ""
            if as_json:
                show.document({**_document(desk, found), **({"note": made} if made else {})})
                return
            _tell(found)
            if made:
                show.line(made)


def _noted(desk: Desk, title: str, found: Said) -> str:
    write = partial(saying.note, style=desk.citing.style())
    return desk.saying.note_of(title, [one.row.id for one in found.items], write=write)


def _register_angles(app: typer.Typer) -> None:
    @app.command(help=_("The same story in its sources: the articles that tell it, or these."))
    def angles(
        things: Annotated[list[str], typer.Argument(metavar="ID")], as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            found = desk.saying.angles([desk.resolve(one) for one in things])
            if as_json:
                shower = show.Shower(desk)
                show.document({"items": [_angle(shower, one) for one in found]})
                return
            for one in found:
                _tell_angle(one)
            show.say(saying.told(found))


# --- for scripts ---------------------------------------------------------------------------------


def _document(desk: Desk, found: Said) -> dict[str, Any]:
    shower = show.Shower(desk)
    return {
        "query": found.query,
        "total": found.total,
        "at_least": found.at_least,
        "items": [_item(shower, one) for one in found.items],
        "silences": [_quiet(one) for one in found.silences],
        "sources": dict(found.sources),
        "speakers": dict(found.speakers),
        "period": list(found.period),
        "articles": found.articles,
        "looked": found.looked,
        "partial": found.partial,
        "did_you_mean": found.did_you_mean or None,
        "problems": [
            {"code": code, "message": names.query_problem(code, word)}
            for code, word in found.problems
        ],
    }


def _item(shower: show.Shower, one: SaidItem) -> dict[str, Any]:
    return {
        **shower.thing(one.row),
        "day": one.day,
        "dated": one.dated,
        "source": one.source,
        "direct": one.direct,
        "marks": [list(place) for place in one.marks],
        "article": one.about.id if one.about is not None else None,
        "reference": names.reference(one.row, one.about),
    }


def _quiet(one: Quiet) -> dict[str, Any]:
    return {
        "source": one.source,
        "first": one.first,
        "last": one.last or None,
        "code": one.code,
        "followed": one.followed,
        "days": one.days,
        "usual": one.usual or None,
        "message": saying.silence(one),
    }


def _angle(shower: show.Shower, one: Angle) -> dict[str, Any]:
    quotes = [
        {"id": quote.id or None, "exact": quote.exact, "speaker": quote.speaker, "role": quote.role,
         "kept": quote.kept}
        for quote in one.quotes
    ]  # fmt: skip
    return {**shower.thing(one.row), "day": one.day, "lead": one.lead, "quotes": quotes}


# --- for people ----------------------------------------------------------------------------------


def _tell(found: Said) -> None:
    """Print quotes and silences in the order of time."""
    waiting = list(found.silences)
    for one in found.items:
        while waiting and waiting[0].first < one.day:
            show.line(f"··· {saying.silence(waiting.pop(0))}")
        show.bold_line(f"« {show.marked(one.row.text('exact'), one.marks)} »")
        who = ", ".join(part for part in (saying.speaker(one), one.role) if part)
        reason = "" if one.direct else f" ({saying.indirect()})"
        show.line(f"    {who}{reason}")
        show.line(f"    {one.row.id} · {saying.where(one)}")
    for quiet in waiting:
        show.line(f"··· {saying.silence(quiet)}")
    for caution in saying.cautions(found):
        show.say(caution)
    if found.did_you_mean:
        show.say(_("Did you mean: {query}?").format(query=found.did_you_mean))
    show.say(saying.counts(found) or _("No quote answers."))


def _tell_angle(one: Angle) -> None:
    show.line(f"{saying.source(one.source)} · {saying.dated(one)}")
    show.line(f"{one.row.title}  ({one.row.id})")
    show.line(saying.authors(one))
    show.line(f"    {one.lead}")
    for quote in one.quotes:
        found = "" if quote.kept else f" ({saying.found_only()})"
        show.line(f"    « {quote.exact} » — {saying.quoted_by(quote)}{found}")
    show.line()
