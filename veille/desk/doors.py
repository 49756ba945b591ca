"""One way for everything that comes in: which door a source is, and through it, to the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from veille.capture import door, paste
from veille.capture.caught import Caught
from veille.desk import clipping, queue
from veille.desk.clipping import ClipOptions, Clipped
from veille.desk.house import House
from veille.domain.errors import EmptyInput


def clip(
    house: House, source: str, options: ClipOptions, *, stdin: bytes | None = None
) -> list[Clipped]:
    """Clip an address, a file, or what came on standard input ("-"), to the end.

    A file may hold several articles: a mailbox, a list of addresses. Raises the errors of
    FetchError, ReadError, BadAddress. An article whose page could not be had stays recorded,
    with its problem, ready to be tried again.
    """
    if source != "-" and door.is_address(source):
        return [_ended(house, clipping.begin(house, source, options))]
    if source == "-":
        caught = door.open_bytes(stdin or b"", name="", limit=house.limits.file_bytes)
        taken = _taken(house, caught, options, door_="paste")
    else:
        taken = take_file(house, source, options)
    return [_ended(house, one) for one in taken]


def take_file(house: House, path: str, options: ClipOptions | None = None) -> list[Clipped]:
    """Queue what a file holds. Raises the errors of ReadError."""
    caught = door.open_file(Path(path), limit=house.limits.file_bytes)
    return _taken(house, caught, options or ClipOptions(), door_="file")


def take_paste(house: House, parts: Mapping[str, bytes]) -> list[Clipped]:
    """Queue what was pasted or dropped: ``{mime type: bytes}``. Raises EmptyInput."""
    caught = paste.from_mime(parts)
    if not caught:
        raise EmptyInput
    return _taken(house, caught, ClipOptions(), door_="paste")


def _taken(
    house: House, caught: Sequence[Caught], options: ClipOptions, *, door_: str
) -> list[Clipped]:
    if len(caught) > 1:
        # What was said of one article is not said of all that a mailbox holds.
        options = replace(options, url="", title="")
    return [clipping.take(house, one, options, door=door_) for one in caught]


def _ended(house: House, taken: Clipped) -> Clipped:
    if not queue.is_waiting(house, taken.id):
        return taken
    return clipping.finish(house, taken.id)
