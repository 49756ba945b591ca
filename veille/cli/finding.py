"""``list``, ``show``, ``search``, ``history``, ``stats``: what is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import typer

from veille.cli import show
from veille.cli.context import MANY, AsJson, desk_open, index
from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.finding import Found, SearchOptions
from veille.desk.looking import Reading
from veille.domain.errors import BadDate, BadState
from veille.domain.fields import STATES
from veille.domain.ids import PREFIX_OF_KIND
from veille.domain.views import Filter
from veille.sentences import counting, dates, embedding, marking, names, searching, sources
from veille.sentences.catalogue import _, n_
from veille.sentences.errors import sentence


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_list(app)
    _register_show(app)
    _register_search(app)
    _register_history(app)
    _register_stats(app)


def _register_list(app: typer.Typer) -> None:
    @app.command(name="list", help=_("List things, newest first."))
    def list_(  # noqa: PLR0913, PLR0917 - the contract's options
        kind: Annotated[str, typer.Option(help="article,quote,annotation,note,dossier")] = "",
        state: Annotated[str, typer.Option(help=",".join(STATES))] = "",
        space: Annotated[str, typer.Option()] = "",
        tag: Annotated[str, typer.Option()] = "",
        dossier: Annotated[str, typer.Option()] = "",
        since: Annotated[str, typer.Option(help="2024-06-30")] = "",
        until: Annotated[str, typer.Option(help="2024-06-30")] = "",
        limit: Annotated[int, typer.Option(min=0, max=MANY)] = 50,
        offset: Annotated[int, typer.Option(min=0, max=MANY)] = 0,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            _check_kinds(kind)
            wanted = Filter(
                kinds=_several(kind),
                states=_states(state),
                space=desk.space(space).id if space else "",
                tag=tag,
                dossier=desk.resolve(dossier, kind="dossier") if dossier else "",
                since=_begins(since),
                until=_begins(until, ended=True),
            )
            total = desk.count(wanted)
            rows = desk.rows(desk.ids(wanted, limit=limit, offset=offset))
            shower = show.Shower(desk)
            if as_json:
                show.document({"total": total, "items": [shower.thing(row) for row in rows]})
            else:
                shower.lines(rows)
                show.say(n_("{n} thing in all.", "{n} things in all.", total))


def _register_show(app: typer.Typer) -> None:
    @app.command(name="show", help=_("Show one thing, with everything around it."))
    def show_(
        thing: Annotated[str, typer.Argument(metavar="ID")],
        text: Annotated[bool, typer.Option("--text")] = False,
        html: Annotated[bool, typer.Option("--html")] = False,
        markdown: Annotated[bool, typer.Option("--markdown")] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            read = desk.read(desk.resolve(thing))
            if as_json:
                show.document(_shown(desk, read))
            elif html:
                show.line(_html(desk, read))
            elif text or markdown:
                show.line(read.text)
            else:
                _tell(desk, read)


def _register_search(app: typer.Typer) -> None:
    @app.command(help=_("Search articles, quotes, annotations, notes and dossiers."))
    def search(  # noqa: PLR0913, PLR0917 - the contract's options
        query: Annotated[list[str], typer.Argument(metavar=_("QUERY"))],
        limit: Annotated[int, typer.Option(min=1, max=10_000)] = 20,
        offset: Annotated[int, typer.Option(min=0, max=MANY)] = 0,
        facets: Annotated[bool, typer.Option("--facets")] = False,
        sort: Annotated[Literal["relevance", "date"], typer.Option()] = "relevance",
        kind: Annotated[str, typer.Option()] = "",
        space: Annotated[str, typer.Option()] = "",
        output: Annotated[Literal["text", "csv", "markdown"], typer.Option("--format")] = "text",
        as_json: AsJson = False,
    ) -> None:
        _check_kinds(kind)
        with desk_open() as desk:
            options = SearchOptions(
                limit=limit,
                offset=offset,
                newest_first=sort == "date",
                facets=facets,
                kinds=_several(kind),
                space=desk.space(space).id if space else "",
            )
            index(desk, always=True)
            found = desk.search(" ".join(query), options)
            if found.waiting:
                # A part of the index was damaged: what it held has just been told again.
                index(desk, always=True)
                found = desk.search(" ".join(query), options)
            if as_json:
                show.document(_found(desk, found))
            elif output == "csv":
                show.text(searching.as_csv(found.items, desk.people()))
            elif output == "markdown":
                show.text(searching.as_markdown(" ".join(query), found.items))
            else:
                _tell_found(desk, found)
                show.say(searching.freshness(desk.freshness(), at=clock.now_ms()))


def _register_history(app: typer.Typer) -> None:
    @app.command(help=_("What was recorded, newest first."))
    def history(
        thing: Annotated[str, typer.Argument(metavar="ID")] = "",
        limit: Annotated[int, typer.Option(min=1, max=MANY)] = 100,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            items = desk.history(desk.resolve(thing) if thing else "", limit=limit)
            shower = show.Shower(desk)
            if as_json:
                show.document(
                    {
                        "items": [
                            {
                                "operation": one.operation,
                                "gesture": one.gesture,
                                "undoes": one.undoes or None,
                                "by": shower.who(one.by),
                                "at": show.when(one.at),
                                "what": one.kind,
                                "id": one.entity,
                                "title": one.title,
                                "space": shower.where(one.space),
                            }
                            for one in items
                        ]
                    }
                )
                return
            for one in items:
                show.line(
                    f"{dates.moment(one.at)}  {shower.who(one.by)}  {names.operation(one.kind)}"
                    f"  {one.title}  ({one.entity})"
                )


def _register_stats(app: typer.Typer) -> None:
    @app.command(help=_("What the memory holds, in numbers."))
    def stats(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            counted = dict(desk.stats())
            shower = show.Shower(desk)
            counted["space"] = [(shower.where(one), n) for one, n in counted["space"]]
            if as_json:
                show.document(show.counts(counted))
                return
            for name, some in counted.items():
                show.line(counting.by(name, some[:20]))
            # A source that is dead or silent could explain what is not there.
            for told in sources.worries(desk.feeds.listed(), clock.now_ms()):
                show.say(told)


def _several(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _check_kinds(text: str) -> None:
    for one in _several(text):
        if one not in PREFIX_OF_KIND:
            raise typer.BadParameter(f"--kind {one}")


def _states(text: str) -> tuple[str, ...]:
    states = _several(text)
    for one in states:
        if one not in STATES:
            raise BadState(state=one)
    return states


def _begins(text: str, *, ended: bool = False) -> int:
    """Read a year, a month or a day as the moment it begins, or ``ended``: milliseconds, UTC."""
    if not text:
        return 0
    form, longest = {4: ("%Y", 366), 7: ("%Y-%m", 31)}.get(len(text), ("%Y-%m-%d", 1))
    try:
        moment = datetime.strptime(text, form).replace(tzinfo=UTC)
        # It has ended when the next one begins, whatever the length of years and months.
        following = (moment + timedelta(days=longest)).strftime(form) if ended else ""
    except (ValueError, OverflowError) as problem:
        raise typer.BadParameter(sentence(BadDate(date=text))) from problem
    return _begins(following) if ended else int(moment.timestamp() * 1000)


def _html(desk: Desk, read: Reading) -> str:
    if read.row.kind == "note":
        row = read.row
        return desk.wiki.html(row.title, read.text, voice=embedding, note=row.id)
    return read.html


def _shown(desk: Desk, read: Reading) -> dict[str, Any]:
    shower = show.Shower(desk)
    shown = shower.thing(read.row)
    placed = [
        {**shower.thing(one.row), "start": one.anchor.start, "end": one.anchor.end,
         "anchor": one.anchor.status}
        for one in read.placed
    ]  # fmt: skip
    shown["text"] = read.text
    shown["annotations"] = [one for one in placed if one["kind"] == "annotation"]
    shown["quotes"] = [one for one in placed if one["kind"] == "quote"]
    shown["backlinks"] = [
        {"id": one.note, "title": one.title, "context": one.context} for one in read.backlinks
    ]
    shown["dossiers"] = [{"id": one.id, "title": one.title} for one in read.dossiers]
    if read.row.kind == "dossier":
        shown["members"] = [shower.thing(one) for one in read.members]
        shown["query"] = read.row.text("query")
        shown["live"] = [shower.thing(one) for one in read.live]
    if read.about is not None:
        shown["article"] = shower.thing(read.about)
        shown["reference"] = names.reference(read.row, read.about)
    shown["captures"] = [
        {
            "id": one.name,
            "at": show.when(one.at),
            "by": shower.who(one.by),
            "verdict": one.verdict,
            "reason": one.reason or None,
            "words": one.words,
            "page": one.page,
            "images": len(one.images),
            "missing_images": list(one.missing),
            "excerpt": one.excerpt,
        }
        for one in read.captures
    ]
    if read.pending is not None:
        shown["pending"] = {"url": read.pending.url, "problem": read.pending.problem or None}
    return shown


def _tell(desk: Desk, read: Reading) -> None:
    shower = show.Shower(desk)
    row = read.row
    show.line(row.title)
    if row.kind == "article":
        show.line(names.article_reference(row))
        show.line(row.text("url"))
    elif read.about is not None:
        show.line(names.reference(row, read.about))
    show.line(
        _("Filed by {who} on {when}, in {space}").format(
            who=shower.who(row.created_by),
            when=dates.moment(row.created_at),
            space=shower.place(row.space),
        )
    )
    show.line()
    show.line(read.text)
    if row.kind == "dossier":
        show.line()
        shower.lines((*read.members, *read.live))
    for one in read.placed:
        show.line()
        show.line(f"[{names.kind(one.row.kind)}] « {one.row.text('exact')} »")
        detail = (one.row.text("speaker"), one.row.text("role"))
        show.line("    " + " · ".join(part for part in detail if part))
        if told := marking.comment(one.row):
            show.line(f"    {told}")


def _found(desk: Desk, found: Found) -> dict[str, Any]:
    shower = show.Shower(desk)
    items = [
        {
            **shower.thing(one.row),
            "score": round(one.score, 4),
            "snippet": one.snippet,
            "marks": [list(place) for place in one.marks],
            "matched_in": list(one.matched_in),
            "why": [{"word": why.word, "form": why.form, "in": why.layer} for why in one.why],
        }
        for one in found.items
    ]
    facets = _facets(desk, found)
    return {
        "total": found.total,
        "took_ms": found.took_ms,
        "items": items,
        "facets": facets,
        "did_you_mean": found.did_you_mean or None,
        "partial": found.partial,
        "problems": [
            {"code": code, "message": names.query_problem(code, word)}
            for code, word in found.problems
        ],
    }


def _facets(desk: Desk, found: Found) -> dict[str, dict[str, int]]:
    """Give the counts under names that people know."""
    shower = show.Shower(desk)
    facets = {name: dict(some) for name, some in found.facets.items()}
    called = {"space": shower.where, "by": shower.who, "dossier": desk.title}
    for name in called.keys() & facets.keys():
        facets[name] = {called[name](one): n for one, n in facets[name].items()}
    return facets


def _tell_found(desk: Desk, found: Found) -> None:
    for code, word in found.problems:
        show.say(names.query_problem(code, word))
    people = desk.people()
    for one in found.items:
        show.line(f"{one.row.id}  {one.row.title}")
        show.line(f"    {searching.detail(one, people.get(one.row.created_by, ''))}")
        show.bold_line(f"    {show.marked(one.snippet, one.marks)}")
    for name, counts in _facets(desk, found).items():
        best = sorted(counts.items(), key=lambda item: -item[1])[:8]
        if best:
            show.line(counting.by(name, best))
    if found.did_you_mean:
        show.say(_("Did you mean: {query}?").format(query=found.did_you_mean))
    show.say(n_("{n} thing found.", "{n} things found.", found.total))
