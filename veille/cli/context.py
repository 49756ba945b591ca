"""What every command shares: the open desk, the language, and how a failure ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from veille.cli import show
from veille.desk.desk import Desk
from veille.domain.errors import FileUnreadable, IndexError_, TooLarge, VeilleError
from veille.sentences.catalogue import _

MAX_INPUT: Final = 60 * 1024 * 1024
MANY: Final = 1_000_000_000

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@dataclass(slots=True)
class Settings:
    """The options before the command."""

    profile: str | None = None
    as_json: bool = False


settings = Settings()


@contextmanager
def desk_open() -> Iterator[Desk]:
    """Open the profile for one command; index what it changed; say failures in one sentence."""
    try:
        desk = Desk.open(settings.profile)
    except VeilleError as problem:
        raise failed(problem) from problem
    try:
        yield desk
        index(desk)
    except VeilleError as problem:
        raise failed(problem) from problem
    except KeyboardInterrupt:
        show.say(_("Stopped. What was done stays done."))
        raise typer.Exit(130) from None
    finally:
        desk.close()


def failed(problem: VeilleError) -> typer.Exit:
    """Say a failure: a sentence for people, and a document for scripts that asked for one."""
    show.say(show.error(problem)["message"])
    if settings.as_json:
        show.document({"error": show.error(problem)})
    return typer.Exit(show.FAILED)


def index(desk: Desk, *, always: bool = False) -> None:
    """Index what changed; another process that is doing it already is fine."""
    try:
        if always or desk.unindexed():
            desk.drain()
            while desk.tidy_index(slices=50):
                pass
    except IndexError_ as problem:
        show.say(show.error(problem)["message"])


def read_input(source: str) -> bytes:
    """Read a file, or standard input for "-". Raises FileUnreadable, TooLarge."""
    try:
        if source == "-" and sys.stdin is None:
            data = b""
        elif source == "-":
            data = sys.stdin.buffer.read(MAX_INPUT + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_INPUT + 1)
    except OSError as problem:
        raise FileUnreadable(path=source) from problem
    if len(data) > MAX_INPUT:
        raise TooLarge(url=source, limit=MAX_INPUT)
    return data


def read_text(source: str) -> str:
    """Read a text, in UTF-8. Raises ReadError."""
    try:
        return read_input(source).decode("utf-8-sig") if source else ""
    except UnicodeDecodeError as problem:
        raise FileUnreadable(path=source) from problem
