"""The command line, put together once the language is known."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from veille import __version__
from veille.cli import capturing, filing, finding, noting, sharing, upkeep
from veille.cli.context import settings
from veille.sentences.catalogue import _


def build() -> typer.Typer:
    """Build the command line; its help is in the language spoken now."""
    app = typer.Typer(
        name="veille",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=_("The shared memory of a communication team. Without a command: the window."),
    )

    @app.callback()
    def before(
        profile: Annotated[str, typer.Option(help=_("The folder of the profile."))] = "",
        lang: Annotated[str, typer.Option(help="fr|en")] = "",  # noqa: ARG001 - read in __main__
        version: Annotated[bool, typer.Option("--version", is_eager=True)] = False,
    ) -> None:
        settings.profile = profile or None
        if version:
            typer.echo(__version__)
            raise typer.Exit

    for room in (capturing, finding, filing, noting, sharing, upkeep):
        room.register(app)
    return app


def run(arguments: list[str]) -> int:
    """Run one command. Returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        build()(arguments, standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
