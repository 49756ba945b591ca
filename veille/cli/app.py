"""The command line, put together once the language is known."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from veille import __version__
from veille.cli import (
    capturing,
    exchanging,
    filing,
    finding,
    following,
    homing,
    mending,
    noting,
    requests,
    saying,
    searching,
    settling,
    sharing,
    sorting,
    theming,
    upkeep,
)
from veille.cli.context import settings
from veille.cli.show import FAILED, say
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

    rooms = (
        capturing, exchanging, mending, finding, filing, following, homing, sorting, noting, requests, saying,
        searching, settling, sharing, theming, upkeep,
    )  # fmt: skip
    for room in rooms:
        room.register(app)
    return app


def run(arguments: list[str]) -> int:
    """Run one command. Returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    settings.as_json = "--json" in arguments
    readable = [word.encode("utf-8", "replace").decode() for word in arguments]
    try:
        build()(readable, standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except BrokenPipeError:
        return _nobody_listens()
    except OSError as problem:
        # Standard output itself cannot be written: a full disk behind a redirection.
        say(problem.strerror or type(problem).__name__)
        return _nobody_listens()
    return 0


def _nobody_listens() -> int:
    """End quietly when the reader of our output is gone."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return FAILED
