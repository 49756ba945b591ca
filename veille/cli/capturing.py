"""``clip``, ``collect``, ``queue``, ``browser``, ``demo``: what comes in."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, index, read_input
from veille.desk import demo_place, paths
from veille.desk.clipping import ClipOptions, Clipped
from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.sentences import clipping, counting, names
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_clip(app)
    _register_browser(app)

    @app.command(help=_("Clip what waits in the watched folder, and what the browser left."))
    def collect(
        folder: Annotated[str, typer.Option(help=_("Watch this folder from now on."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            if folder:
                desk.intake.watch(folder)
            _collect(desk, as_json=as_json)

    @app.command(help=_("The pages still to be fetched."))
    def queue(
        retry: Annotated[bool, typer.Option(help=_("Try them again now."))] = False,
        forget: Annotated[str, typer.Option(help=_("Give up this one."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            if forget:
                desk.intake.give_up(desk.resolve(forget))
            _queue(desk, retry=retry, as_json=as_json)

    @app.command(help=_("Fill a new profile with a small French memory written for the project."))
    def demo(
        home: Annotated[str, typer.Option(help=_("The profile to fill."))] = "",
        remove: Annotated[
            bool, typer.Option("--remove", help=_("Remove the one that the window opens."))
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        from veille.cli.context import settings

        settings.profile = home or settings.profile
        if remove:
            _remove_demo(settings.profile, as_json=as_json)
            return
        with desk_open() as desk:
            filled = desk.fill_demo()
            index(desk)
            if as_json:
                show.document(asdict(filled))  # type: ignore[call-overload]
            else:
                show.line(counting.filled(asdict(filled)))  # type: ignore[call-overload]


def _remove_demo(profile: str | None, *, as_json: bool) -> None:
    own = paths.profile(profile)
    if demo_place.place(own).lock.exists():
        show.say(_("The demo memory is open in a window: remove it there."))
        raise typer.Exit(show.FAILED)
    removed = demo_place.remove(own)
    if as_json:
        show.document({"removed": removed})
    else:
        show.line(_("The demo memory is gone.") if removed else _("There was no demo memory."))


def _register_browser(app: typer.Typer) -> None:
    @app.command(help=_("Connect the browsers’ extension and the veille: addresses, or let go."))
    def browser(
        what: Annotated[str, typer.Argument(metavar="connect|disconnect")] = "connect",
        as_json: AsJson = False,
    ) -> None:
        if what not in {"connect", "disconnect"}:
            raise typer.BadParameter("connect|disconnect")
        with desk_open() as desk:
            connects = what == "connect"
            done = desk.intake.connect_browsers() if connects else desk.intake.disconnect_browsers()
            extension = str(desk.intake.extension)
            if as_json:
                show.document({"files": done, "extension": extension})
                return
            for one in done:
                show.line(one)
            if connects:
                show.say(_("Now load the extension in the browser, from: {folder}")
                         .format(folder=extension))  # fmt: skip


def _register_clip(app: typer.Typer) -> None:
    @app.command(help=_("Clip pages: addresses, files, or “-” for standard input."))
    def clip(  # noqa: PLR0913, PLR0917 - the contract's options
        sources: Annotated[list[str], typer.Argument(metavar=_("SOURCE"))],
        url: Annotated[str, typer.Option(help=_("The address of the page."))] = "",
        title: Annotated[str, typer.Option()] = "",
        source: Annotated[str, typer.Option()] = "",
        author: Annotated[list[str] | None, typer.Option()] = None,
        published: Annotated[str, typer.Option(help="2024-06-30, 2024-06")] = "",
        tag: Annotated[list[str] | None, typer.Option()] = None,
        dossier: Annotated[str, typer.Option()] = "",
        space: Annotated[str, typer.Option()] = "",
        intranet: Annotated[bool, typer.Option(help=_("The page is inside our network."))] = False,
        inside: Annotated[
            bool, typer.Option(help=_("Also clip the articles that a newsletter points to."))
        ] = False,
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
            intranet=intranet,
        )
        with desk_open() as desk:
            if space:
                options = replace(options, space=desk.space(space).id)
            _clip_all(desk, sources, options, inside=inside, as_json=as_json)


def _clip_all(
    desk: Desk, sources: list[str], options: ClipOptions, *, inside: bool, as_json: bool
) -> None:
    items: list[dict[str, Any]] = []
    failed: list[VeilleError] = []
    try:
        for number, one in enumerate(sources, start=1):
            show.progress(number, len(sources), one)
            try:
                items.append(_clip_one(desk, one, options, inside=inside))
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
            _tell(desk, item)
    if failed:
        index(desk)
        raise typer.Exit(show.FAILED if len(sources) == 1 else show.PARTLY)


def _clip_one(desk: Desk, source: str, options: ClipOptions, *, inside: bool) -> dict[str, Any]:
    """Give one entry for one input; what else a mailbox holds stands under ``items``."""
    data = read_input("-") if source == "-" else None
    clipped = desk.intake.clip(source, options, stdin=data)
    entries = [_entry(desk, one) for one in clipped]
    if len(entries) > 1:
        entries[0]["items"] = entries[1:]
    pointed = desk.intake.inside(clipped[0].id)
    if pointed:
        entries[0]["inside"] = [
            {"title": title, "url": url, "known_as": known or None} for title, url, known in pointed
        ]
    if inside:
        options = ClipOptions(tags=options.tags, dossier=options.dossier, space=options.space)
        entries[0]["items"] = [_clip_inside(desk, url, options) for _t, url, _k in pointed]
    return entries[0]


def _clip_inside(desk: Desk, url: str, options: ClipOptions) -> dict[str, Any]:
    try:
        return _entry(desk, desk.intake.clip(url, options)[0])
    except VeilleError as problem:
        return {"source": url, "error": show.error(problem)}


def _entry(desk: Desk, clipped: Clipped) -> dict[str, Any]:
    row = desk.rows([clipped.id])[0]
    shown = show.Shower(desk).thing(row)
    captured = desk.intake.captures(clipped.id)
    wanted = (
        "id", "title", "url", "source", "authors", "published", "language", "verdict", "words",
        "state", "space", "created_by", "created_at",
    )  # fmt: skip
    return {
        **{name: shown[name] for name in wanted},
        "reason": captured[0].reason if captured else "",
        "missing_images": len(captured[0].missing) if captured else 0,
        "duplicate_of": clipped.duplicate_of or None,
        "captured": clipped.added or not clipped.duplicate_of,
        "quote": clipped.quote or None,
    }


def _tell(desk: Desk, item: dict[str, Any]) -> None:
    if "error" in item:
        return
    row = desk.rows([item["id"]])[0]
    if item["duplicate_of"]:
        dossiers = [one.title for one in desk.read(row.id).dossiers]
        show.line(f"{clipping.already(row, item['created_by'], dossiers)}  ({row.id})")
        return
    show.line(f"{row.id}  {row.title}")
    detail = (row.source, names.verdict(row.verdict), names.words(row.words))
    show.line(f"    {' · '.join(part for part in detail if part)}")
    advice = (clipping.reason(item["reason"]), clipping.repair(row.verdict))
    if row.verdict != "complete" and any(advice):
        show.line(f"    {' '.join(part for part in advice if part)}")
    for one in item.get("inside", []):
        show.line(f"    → {one['title']}  {one['url']}")
    for one in item.get("items", []):
        _tell(desk, one)


def _collect(desk: Desk, *, as_json: bool) -> None:
    """Look twice: what has not changed in between is whole."""
    from veille.desk import clock

    folders = clipping.folders()
    arrived = desk.intake.collect(folders)
    if desk.intake.is_settling:
        clock.pause(1.0)
        arrived += desk.intake.collect(folders)
    arrived = [desk.intake.read_arrived(one) for one in arrived]
    failed = [one for one in arrived if one.problem is not None]
    if as_json:
        items: list[dict[str, Any]] = []
        for one in arrived:
            if one.problem is not None:
                items.append({"source": one.name, "error": show.error(one.problem)})
            items += [{"source": one.name, **_entry(desk, some)} for some in one.clipped]
        show.document({"folder": str(desk.intake.folder(folders)), "items": items})
    else:
        for one in arrived:
            for some in one.clipped:
                _tell(desk, _entry(desk, some))
        for one in failed:
            show.say(clipping.arrived(one))
        if not arrived:
            show.say(_("Nothing waits in {folder}.").format(folder=desk.intake.folder(folders)))
    if failed:
        index(desk)
        raise typer.Exit(show.PARTLY)


def _queue(desk: Desk, *, retry: bool, as_json: bool) -> None:
    if retry:
        for one in desk.pending():
            try:
                desk.intake.again(one.article)
                desk.finish_clip(one.article)
            except VeilleError as problem:
                show.say(show.error(problem)["message"])
    left = desk.pending()
    if as_json:
        show.document({
            "items": [
                {"id": one.article, "url": one.url, "problem": one.problem or None} for one in left
            ]
        })  # fmt: skip
        return
    for one in left:
        show.line(f"{one.article}  {one.url}")
        if one.problem:
            show.line(f"    {clipping.not_fetched(one)}")
    show.say(clipping.waiting(len(left)))
