"""``rule``: what is discarded as it comes in, shown before it is agreed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open
from veille.desk.desk import Desk
from veille.desk.ruling import Preview
from veille.sentences import following
from veille.sentences.catalogue import _, n_


def register(app: typer.Typer) -> None:
    """Add the commands."""
    rule = typer.Typer(help=_("Rules: what is discarded as it comes in."))
    _register_rules(rule)
    app.add_typer(rule, name="rule")
    _register_stories(app)


def _register_rules(app: typer.Typer) -> None:
    @app.command(name="list", help=_("List the rules, with what each discards now."))
    def list_(as_json: AsJson = False) -> None:
        with desk_open() as desk:
            items = [
                {"id": one.rule.id, "title": one.rule.title, "says": following.rule(one.rule),
                 "paused": one.paused, "discards": one.discards, "by": one.row.created_by}
                for one in desk.sorting.rules()
            ]  # fmt: skip
            if as_json:
                show.document({"items": items})
                return
            for one in items:
                discards = n_("{n} discarded", "{n} discarded", int(str(one["discards"])))
                show.line(f"{one['id']}  {one['title']}  ({discards})")
                show.line(f"    {one['says']}")

    @app.command(
        help=_("Discard what resembles these articles; --try only shows what it would do.")
    )
    def like(
        articles: Annotated[list[str], typer.Argument(metavar="ID")],
        only_try: Annotated[bool, typer.Option("--try")] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            known = [desk.resolve(one, kind="article") for one in articles]
            proposed, space = desk.sorting.by_example(known)
            shown = desk.sorting.preview(proposed, space=space)
            made = "" if only_try else desk.sorting.agree(proposed, space=space)[0]
            taken = _taken(desk, shown)
            if as_json:
                told = {"id": made, "says": following.rule(proposed)}
                show.document({**told, "looked_at": shown.looked_at, "taken": taken})
                return
            show.line(following.rule(proposed))
            show.line(following.preview(shown))
            for one in taken:
                show.line(f"    {one['id']}  {one['title']}")

    @app.command(help=_("Give up a rule: what it discarded is to be sorted again."))
    def remove(rule: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        with desk_open() as desk:
            desk.sorting.give_up_rule(desk.resolve(rule, kind="rule"))


def _taken(desk: Desk, shown: Preview) -> list[dict[str, Any]]:
    rows = {row.id: row for row in desk.rows([article for article, _why in shown.taken])}
    return [
        {"id": article, "title": rows[article].title if article in rows else "",
         "why": [following.why(code, value) for code, value in why]}
        for article, why in shown.taken
    ]  # fmt: skip


def _register_stories(app: typer.Typer) -> None:
    @app.command(help=_("List the articles that tell the same news."))
    def story(
        article: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False
    ) -> None:
        with desk_open() as desk:
            rows = desk.sorting.tellers(desk.resolve(article, kind="article"))
            shower = show.Shower(desk)
            if as_json:
                show.document({"items": [shower.thing(row) for row in rows]})
            else:
                shower.lines(rows)
