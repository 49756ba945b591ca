"""``settings``: every choice there is, read and changed; ``support``: the file that helps a helper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, failed
from veille.cli.context import settings as context
from veille.desk import clock, paths
from veille.desk.desk import Desk
from veille.desk.options import OPTIONS, Option, option
from veille.desk.support import document, of_a_closed_memory, written
from veille.domain.errors import BadSetting, StoreError, VeilleError
from veille.sentences import citing, settings, support
from veille.sentences.catalogue import _, language


def register(app: typer.Typer) -> None:
    """Add the commands."""
    _register_settings(app)
    _register_support(app)


def _register_settings(app: typer.Typer) -> None:
    @app.command(name="settings", help=_("Every choice there is: read one, change it, reset it."))
    def settings_(
        name: Annotated[str, typer.Argument(metavar="[NAME]")] = "",
        value: Annotated[str, typer.Argument(metavar="[VALUE]")] = "",
        reset: Annotated[bool, typer.Option(help=_("Back to the default."))] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            if name and (value or reset):
                _choose(desk, name, "" if reset else value)
            shown = [option(name)] if name else list(OPTIONS)
            if as_json:
                show.document({"items": [_item(desk, one) for one in shown]})
                return
            for one in shown:
                show.line(f"{one.name:<14} {settings.line(one, desk.settings.value(one.name))}")


def _choose(desk: Desk, name: str, value: str) -> None:
    if name == "citation" and value not in {"", *citing.STYLES} and citing.problem(value):
        raise BadSetting(answers=", ".join(citing.STYLES))
    desk.settings.choose(name, value)


def _item(desk: Desk, one: Option) -> dict[str, Any]:
    return {
        "name": one.name,
        "value": desk.settings.value(one.name),
        "default": desk.settings.default(one.name),
        "changed": desk.settings.is_changed(one.name),
        "values": list(one.values),
        "label": settings.label(one.name),
        "effect": settings.effect(one.name),
    }


def _register_support(app: typer.Typer) -> None:
    @app.command(
        name="support",
        help=_("Write a file for somebody who helps: figures and log, nothing that you read."),
    )
    def support_(
        file: Annotated[str, typer.Argument(metavar="[FILE]")] = "", as_json: AsJson = False
    ) -> None:
        place = paths.profile(context.profile)
        try:
            Desk.open(context.profile).close()
        except StoreError as problem:
            show.say(show.error(problem)["message"])
            facts = of_a_closed_memory(place, problem, at=clock.now_ms(), language=language())
        else:
            with desk_open() as desk:
                facts = desk.support.gather(language=language(), progress=_progress)
        try:
            made = written(
                place, facts, support.told(facts), name=support.file_name(),
                file=Path(file) if file else None,
            )  # fmt: skip
        except VeilleError as problem:
            raise failed(problem) from problem
        if as_json:
            show.document({"file": str(made), **document(facts)})
            return
        show.line(str(made))
        show.say(_("It holds:"))
        for line in support.inside(facts):
            show.say(f"- {line}")


def _progress(done: int, total: int, step: str) -> None:
    show.progress(done + 1, total, support.step(step))
