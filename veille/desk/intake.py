"""What a person can ask about what comes in: doors, queue, repairs. A part of the Desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from veille.capture import link
from veille.capture.link import Link
from veille.desk import arrivals, browsers, completing, doors, knowing, queue
from veille.desk.arrivals import Arrivals, Arrived, FolderNames
from veille.desk.clipping import ClipOptions, Clipped
from veille.desk.completing import Said
from veille.desk.house import House
from veille.desk.paths import resources
from veille.domain.facts import Changes
from veille.domain.operation import Json
from veille.domain.views import Capture
from veille.extract import address

if TYPE_CHECKING:
    from veille.extract.body import Block
    from veille.extract.compare import Piece


class Intake:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._arrivals = Arrivals(house)

    # --- doors ---------------------------------------------------------------------------------

    def clip(
        self, source: str, options: ClipOptions | None = None, *, stdin: bytes | None = None
    ) -> list[Clipped]:
        """Clip everything that a source holds, to the end."""
        return doors.clip(self._house, source, options or ClipOptions(), stdin=stdin)

    def take_file(self, path: str) -> list[Clipped]:
        """Queue what a file holds. Raises the errors of ReadError."""
        return doors.take_file(self._house, path)

    def take_paste(self, parts: Mapping[str, bytes]) -> list[Clipped]:
        """Queue what was pasted or dropped: ``{mime type: bytes}``. Raises EmptyInput."""
        return doors.take_paste(self._house, parts)

    def collect(self, names: FolderNames) -> list[Arrived]:
        """Queue what has settled in the watched folder, and what the browser left."""
        return self._arrivals.look(names)

    def read_arrived(self, arrived: Arrived) -> Arrived:
        """Read what was queued. What cannot be had waits, with its problem."""
        read = tuple(arrivals.finished(self._house, one) for one in arrived.clipped)
        return replace(arrived, clipped=read)

    @property
    def is_settling(self) -> bool:
        """Tell whether a file was seen that is perhaps still being written."""
        return self._arrivals.is_settling

    def folder(self, names: FolderNames) -> Path:
        """Give the watched folder; it is made when it is not there yet."""
        return arrivals.folder_of(self._house, names)

    def watch(self, folder: str) -> None:
        """Watch another folder from now on."""
        arrivals.set_folder(self._house, Path(folder))

    @property
    def spool(self) -> Path:
        """Give the folder where the browser leaves what was clipped in it."""
        return self._house.paths.spool

    def read_link(self, address_: str) -> Link:
        """Tell what a ``veille:`` address asks for. Raises BadAddress."""
        return link.read(address_)

    @property
    def extension(self) -> Path:
        """Give the folder of the browsers' extension."""
        return resources() / "extension"

    def connect_browsers(self) -> list[str]:
        """Let the browsers' extension speak to this profile. Gives what was written."""
        return browsers.connect(self._house)

    def disconnect_browsers(self) -> list[str]:
        """Take back what ``connect_browsers`` wrote."""
        return browsers.disconnect(self._house)

    # --- the queue -----------------------------------------------------------------------------

    def again(self, article: str, *, intranet: bool = False) -> None:
        """Queue the page of an article to be fetched once more."""
        queue.again(self._house, article, intranet=intranet)

    def give_up(self, article: str) -> None:
        """Stop waiting for a page."""
        queue.forget(self._house, article)

    # --- repairs -------------------------------------------------------------------------------

    def captures(self, article: str) -> list[Capture]:
        """Give the captures of an article, the one that is read first. Raises NotFound."""
        return completing.captured(self._house, article)

    def blocks(self, article: str) -> list[Block]:
        """Give the parts of the page that could be the article, best first. Raises NotFound."""
        return completing.blocks(self._house, article)

    def choose_block(self, article: str, number: int) -> Clipped:
        """Read this block of the page from now on, counted from 0."""
        return completing.choose_block(self._house, article, number)

    def complete(self, article: str, parts: Mapping[str, bytes]) -> Clipped:
        """Complete an article by what was copied. Raises EmptyInput."""
        return completing.complete(self._house, article, parts)

    def read_capture(self, article: str, capture: str) -> Changes:
        """Read this capture from now on."""
        return completing.read_capture(self._house, article, capture)

    def differences(self, article: str, before: str = "", after: str = "") -> list[Piece]:
        """Compare two captures of an article, the last two when none is named."""
        return completing.differences(self._house, article, before, after)

    def card(self, article: str) -> list[Said]:
        """Give what is said of an article field by field, and where each comes from."""
        return completing.card(self._house, article)

    def correct(
        self, article: str, fields: Mapping[str, Json], *, seen: Mapping[str, Json] | None = None
    ) -> Changes:
        """Say what an article really is. Raises BadName, BadDate, BadState."""
        return completing.correct(self._house, article, fields, seen=seen)

    def inside(self, article: str) -> list[tuple[str, str, str]]:
        """Give what a newsletter points to: title, address, and the article it is here already."""
        captured = completing.captured(self._house, article)
        return [
            (title, url, knowing.page(self._house, address.canonical(url)) or "")
            for title, url in (captured[0].inside if captured else ())
        ]
