"""Which view the list shows, and keeping it true: what is being written is ahead of what is read.

What a person takes out leaves the list at once; reading the view again, aside and a little later,
must not bring it back while that is being written, nor from a reading begun before it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer

from veille.desk import clock
from veille.desk.desk import Desk
from veille.ui.browse import views
from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.stories import Stories
from veille.ui.jobs import Jobs

SOON_MS: Final = 250
# A list of so many lines is read in less than a frame; a longer one is read again aside.
_SHORT: Final = 400
# Of a list of so many, the first screens are shown at once: the others come a moment after.
_FIRST: Final = 100
_LONG: Final = 4_000


class Shelf(QObject):
    """Reads views and shows them in the list."""

    def __init__(self, desk: Desk, jobs: Jobs, listed: ListPane) -> None:
        super().__init__(listed)
        self._desk, self._jobs, self._list = desk, jobs, listed
        self.view = ""
        self._leaving: Counter[str] = Counter()
        self._turn = 0
        self._reading = False
        # What is to be current once the list that is being read is here.
        self._wanted = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.read_aside)
        jobs.failed.connect(self._on_failed)
        jobs.crashed.connect(self.forget)

    def close(self) -> None:
        """Read nothing more."""
        self._soon.stop()
        self.view = ""

    def leave(self) -> None:
        """Show no view: the list is somebody else's for a while."""
        self._soon.stop()
        self.view = ""

    def show(self, view: str) -> None:
        """Show a view from its beginning."""
        self.view, self._wanted = view, ""
        self._turn += 1
        is_long = views.is_slow(self._desk, view, _LONG)
        listed = (
            views.beginning(self._desk, view, _FIRST)
            if is_long
            else views.stories_of(self._desk, view)
        )
        self._list.show_list(
            views.title(self._desk, view),
            self._without(listed),
            marked=views.is_sorted(view),
            detail=views.detail_of(self._desk, view, clock.now_ms()),
            awaited=is_long,
        )
        if is_long:
            self._reading = False
            if listed.every():
                # What is shown is painted first: reading the rest would take the turns of that.
                self.read_soon()
            else:
                self.read_aside()

    def select(self, thing: str) -> bool:
        """Make a thing current, once it is there if the list is still to come; False if it is not."""
        if self._list.select(thing):
            return True
        if self._list.awaited:
            self._wanted = thing
        return self._list.awaited

    def refresh(self, things: Iterable[str] = ()) -> None:
        """Show the view as it is now, and these things from fresh rows (all, by default)."""
        if not self.view:
            return
        self._list.model.refresh(things)
        many = self._list.model.stories.every() > _SHORT
        if many or views.is_slow(self._desk, self.view, _LONG):
            self.read_soon()
        else:
            self.take(views.stories_of(self._desk, self.view))

    def read_soon(self) -> None:
        """Read the view again, once others had their turn."""
        if self.view and not self._soon.isActive():
            self._soon.start()

    def read_aside(self) -> None:
        """Read the view again, on a lane of its own."""
        view, turn = self.view, self._turn
        if self._reading or not view:
            return
        self._reading = True
        self._jobs.look(
            lambda: views.stories_of(self._desk, view),
            lambda read: self._on_read(view, turn, read),
        )

    def _on_read(self, view: str, turn: int, read: Stories) -> None:
        self._reading = False
        if view == self.view and turn == self._turn:
            self.take(read)
        else:
            self.read_soon()

    def _on_failed(self, _problem: object) -> None:
        # It may have been our reading: the next one is not to wait for it.
        self._reading = False

    def take(self, read: Stories) -> None:
        """Show what was read of the view just now."""
        wanted, self._wanted = self._wanted, ""
        self._list.update_list(self._without(read), wanted=wanted)

    def _without(self, read: Stories) -> Stories:
        return read.without(self._leaving) if self._leaving else read

    def counts(self) -> Mapping[str, int]:
        """Give how many things the view holds as it is shown, by its name; nothing if unknown."""
        if self._list.awaited or self.view not in views.COUNTED:
            return {}
        return {self.view: self._list.model.stories.every()}

    # --- ahead of what is written ---------------------------------------------------------------

    def take_out(self, things: Sequence[str]) -> None:
        """Take things out before that is written."""
        self._turn += 1
        self._leaving.update(things)
        self._list.take_out(things)

    def written(self, things: Iterable[str]) -> None:
        """Note that what took things out was written: from now on, what is read is true."""
        self._turn += 1
        # Zeros and less go.
        self._leaving = +(self._leaving - Counter(things))

    def forget(self, _problem: object = None) -> None:
        """Note that something went wrong: the list shows what is recorded."""
        self._turn += 1
        self._reading = False
        self._leaving.clear()
        self.refresh()
