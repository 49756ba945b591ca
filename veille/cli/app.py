"""The command line, put together once the language is known."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout, suppress
from typing import Annotated

import typer
from typer.main import get_command

from veille import __version__
from veille.cli import (
    bringing,
    capturing,
    caring,
    checking,
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
    words,
)
from veille.cli.context import settings
from veille.cli.show import FAILED, say, text
from veille.desk import clock, paths
from veille.desk.logbook import Logbook
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
        version: Annotated[  # noqa: ARG001 - said before anything else
            bool,
            typer.Option(
                "--version", is_eager=True, callback=_say_version, help=_("The version of Veille.")
            ),
        ] = False,
    ) -> None:
        settings.profile = profile or None

    rooms = (
        bringing, capturing, caring, checking, exchanging, mending, finding, filing, following, homing, sorting, noting, requests, saying,
        searching, settling, sharing, theming, upkeep,
    )  # fmt: skip
    for room in rooms:
        room.register(app)
    return app


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


def run(arguments: list[str]) -> int:
    """Run one command. Returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    settings.as_json = "--json" in arguments
    readable = [word.encode("utf-8", "replace").decode() for word in arguments]
    try:
        return _helped(readable) if "--help" in readable else _done(readable)
    except typer.TyperException as problem:
        return words.refused(problem)
    except typer.Abort:
        say(_("Stopped. What was done stays done."))
        return FAILED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except BrokenPipeError:
        return _nobody_listens()
    except OSError as problem:
        _log(problem)
        # Standard output itself cannot be written: a full disk behind a redirection.
        say(problem.strerror or type(problem).__name__)
        return _nobody_listens()
    except Exception as problem:
        # A traceback is a bug: it is shown, and noted for whoever mends it.
        _log(problem)
        raise


def _log(problem: Exception) -> None:
    place = paths.profile(settings.profile)
    if place.root.is_dir():
        Logbook(place.log, clock.now_ms).failed(problem, "command")


def _done(arguments: list[str]) -> int:
    command = get_command(build())
    words.named(command)
    status = command(arguments, prog_name="veille", standalone_mode=False)
    return status if isinstance(status, int) else 0


def _helped(arguments: list[str]) -> int:
    with redirect_stdout(io.StringIO()) as told:
        status = _done(arguments)
    text(words.spoken(told.getvalue()))
    return status


def _nobody_listens() -> int:
    """End quietly when the reader of our output is gone."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return FAILED
