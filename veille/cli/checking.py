"""``check``: does Veille work on this machine?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from veille.cli import show
from veille.cli.context import AsJson, settings
from veille.desk import checkup
from veille.sentences import checking
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        help=_(
            "Try Veille on this machine: memory, search, window, workers. Your data is not touched."
        )
    )
    def check(
        seconds: Annotated[
            float, typer.Option(min=1, help=_("How long the window may take to open."))
        ] = checkup.PATIENCE,
        as_json: AsJson = False,
    ) -> None:
        tried = []
        for one in checkup.check(settings.profile, patience=seconds):
            tried.append(one)
            if not as_json:
                show.line(checking.line(one))
        good = all(one.good for one in tried)
        if as_json:
            show.document({"ok": good, "steps": [asdict(one) for one in tried]})
        if not good:
            raise typer.Exit(show.FAILED)
