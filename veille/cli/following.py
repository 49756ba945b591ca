"""``feed``: what is followed, asked, imported and exported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, read_input
from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.refreshing import Refreshed
from veille.desk.subscribing import Subscription
from veille.domain.errors import FileUnreadable, VeilleError
from veille.domain.operation import Json
from veille.sentences import following
from veille.sentences.catalogue import _, n_


def register(app: typer.Typer) -> None:
    """Add the commands."""
    feed = typer.Typer(help=_("Feeds and watched pages: what is followed, and what it brings."))
    _register_following(feed)
    _register_changes(feed)
    _register_discovery(feed)
    _register_refresh(feed)
    _register_lists(feed)
    _register_retention(feed)
    app.add_typer(feed, name="feed")


def _register_following(app: typer.Typer) -> None:
    @app.command(help=_("Follow feeds, by their addresses or those of their sites."))
    def add(
        urls: Annotated[list[str], typer.Argument(metavar="URL")],
        space: Annotated[str, typer.Option()] = "",
        folder: Annotated[str, typer.Option()] = "",
        title: Annotated[str, typer.Option()] = "",
        page: Annotated[bool, typer.Option("--page", help=_("Watch the page itself."))] = False,
        as_json: AsJson = False,
    ) -> None:
        said: dict[str, Json] = {
            name: value for name, value in (("folder", folder), ("title", title)) if value
        }
        with desk_open() as desk:
            where = desk.space(space).id if space else ""
            items = [_added(desk, url, where, said, page=page) for url in urls]
            _show(items, as_json=as_json)

    @app.command(name="list", help=_("List what is followed, and how each source is."))
    def list_(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            items = [_item(one) for one in desk.feeds.listed(counted=True)]
            _show(items, as_json=as_json)


def _register_changes(app: typer.Typer) -> None:
    @app.command(help=_("Change the title or the folder of a source, pause it, take it up again."))
    def change(
        feed: Annotated[str, typer.Argument(metavar="ID")],
        title: Annotated[str, typer.Option()] = "",
        folder: Annotated[str | None, typer.Option()] = None,
        pause: Annotated[bool | None, typer.Option("--pause/--resume")] = None,
        as_json: AsJson = False,
    ) -> None:
        said: dict[str, Json] = {"title": title} if title else {}
        if folder is not None:
            said["folder"] = folder
        with desk_open() as desk:
            known = _resolved(desk, feed)
            desk.feeds.change(known, said)
            if pause is not None:
                desk.feeds.pause([known], paused=pause)
            _show([_item(desk.feeds.one(known))], as_json=as_json)

    @app.command(help=_("Unfollow; what it brought stays. Undo follows it again."))
    def remove(
        feeds: Annotated[list[str], typer.Argument(metavar="ID")], as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            known = [desk.feeds.one(_resolved(desk, one)) for one in feeds]
            desk.feeds.unfollow([one.id for one in known])
            _show([_item(one) for one in known], as_json=as_json)


def _register_discovery(app: typer.Typer) -> None:
    @app.command(help=_("Find the feeds of a site."))
    def discover(
        url: Annotated[str, typer.Argument(metavar="URL")], as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            found = desk.feeds.find(url)
            items = [{"url": one.url, "title": one.title, "form": one.form, "origin": one.origin}
                     for one in found]  # fmt: skip
            if as_json:
                show.document({"items": items})
            elif not items:
                show.say(
                    _("No feed was found there. Watch the page itself: veille feed add --page")
                )
            for one in () if as_json else found:
                show.line(f"{one.url}  {one.title}")
            if not items:
                raise typer.Exit(show.FAILED)


def _added(
    desk: Desk, url: str, space: str, said: dict[str, Json], *, page: bool
) -> dict[str, Any]:
    """Follow the first feed that an address leads to; a site that does not answer is followed too."""
    try:
        if page:
            return _item(desk.feeds.one(desk.feeds.follow_page(url, space=space, said=said)))
        found = desk.feeds.find(url)
        if not found:
            return {**_nothing(url), "error": {"code": "NotAFeed",
                    "message": _("No feed was found there. Watch the page itself: veille feed add --page")}}  # fmt: skip
        told = {**({"title": found[0].title} if found[0].title else {}), **said}
        return _item(desk.feeds.one(desk.feeds.follow(found[0].url, space=space, said=told)))
    except VeilleError as problem:
        return {**_nothing(url), "error": show.error(problem)}


def _nothing(url: str) -> dict[str, Any]:
    return {"id": "", "url": url, "title": "", "status": "", "last_success": None, "new": 0,
            "problem": ""}  # fmt: skip


def _resolved(desk: Desk, feed: str) -> str:
    known = {address: one.id for one in desk.feeds.listed() for address in (one.url, one.asked)}
    return known.get(feed) or desk.resolve(feed, kind="feed")


def _register_refresh(app: typer.Typer) -> None:
    @app.command(help=_("Ask the sources that are due, those named, or --all of them."))
    def refresh(
        feeds: Annotated[list[str] | None, typer.Argument(metavar="ID")] = None,
        every: Annotated[bool, typer.Option("--all")] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            only = [_resolved(desk, one) for one in feeds or []]
            report = desk.feeds.refresh(only, every=every, progress=show.progress)
            known = {one.id: one for one in desk.feeds.listed()}
            items = [_refreshed(known, one) for one in report.feeds]
            if as_json:
                show.document({"items": items, "new": report.new, "forgotten": report.forgotten})
            else:
                for one in report.feeds:
                    if one.new or one.problem:
                        show.line(following.one_refreshed(one))
                show.say(following.refreshed(report))
            if any(one.problem for one in report.feeds):
                raise typer.Exit(show.PARTLY)


def _register_retention(app: typer.Typer) -> None:
    @app.command(help=_("Tell, or set, after how many days what was never kept is forgotten."))
    def retention(
        days: Annotated[int | None, typer.Argument(metavar=_("DAYS"))] = None,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            if days is not None:
                desk.feeds.set_retention(days)
            told = desk.feeds.retention()
            if as_json:
                show.document({"days": told})
            else:
                show.line(n_("{n} day", "{n} days", told))


def _refreshed(known: dict[str, Subscription], done: Refreshed) -> dict[str, Any]:
    told = _item(known[done.feed])
    told |= {"new": done.new, "updated": done.updated}
    if done.problem:
        message = following.cause(done.problem, done.status)
        told["error"] = {"code": done.problem, "message": message}
    return told


def _register_lists(app: typer.Typer) -> None:
    @app.command(name="import", help=_("Follow everything that a list of feeds (OPML) names."))
    def import_(
        file: Annotated[str, typer.Argument(metavar="OPML")],
        space: Annotated[str, typer.Option()] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            data = read_input(file)
            done = desk.feeds.read_list(data, space=desk.space(space).id if space else "")
            if as_json:
                items = [
                    {"line": one.line.number, "title": one.line.title, "url": one.line.url,
                     "folders": list(one.line.folders), "id": one.feed, "added": one.is_new,
                     "problem": one.problem}
                    for one in done
                ]  # fmt: skip
                show.document({"items": items})
            else:
                for one in done:
                    if one.problem:
                        show.line(following.imported(one))
                show.say(following.imported_all(done))
            if any(one.problem and one.problem != "repeated" for one in done):
                raise typer.Exit(show.PARTLY)

    @app.command(help=_("Write the feeds as a list (OPML), on standard output or to a file."))
    def export(
        file: Annotated[str, typer.Option("--to")] = "",
        title: Annotated[str, typer.Option()] = "Veille",
    ) -> None:
        with desk_open() as desk:
            data = desk.feeds.write_list(title=title)
        if not file:
            show.text(data.decode())
            return
        try:
            Path(file).write_bytes(data)
        except OSError as problem:
            show.say(show.error(FileUnreadable(path=file))["message"])
            raise typer.Exit(show.FAILED) from problem


def _item(one: Subscription) -> dict[str, Any]:
    told = one.health
    return {
        "id": one.id,
        "url": one.asked,
        "title": one.title,
        "status": told.code,
        "last_success": show.when(told.heard_at),
        "new": one.to_sort,
        "problem": following.health(one, clock.now_ms()) if told.code != "good" else "",
        "site": one.site,
        "folder": one.folder,
        "space": one.space,
        "watched": one.watched,
        "next": show.when(one.state.next_at),
    }


def _show(items: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        show.document({"items": items})
    else:
        for one in items:
            said = one["error"]["message"] if "error" in one else f"{one['status']}  {one['title']}"
            show.line(f"{one['id']}  {one['url']}  {said}".strip())
            if one["problem"]:
                show.line(f"    {one['problem']}")
    if any("error" in one for one in items):
        raise typer.Exit(show.PARTLY if len(items) > 1 else show.FAILED)
