"""Somebody comes back to the window: what was done elsewhere meanwhile is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.looking import Mark

# What another process of this profile recorded: the command line, most often.
ELSEWHERE: Final = "elsewhere"
_SOON_MS: Final = 300


class Returning(QObject):
    """Shows what another process recorded, and calls ``came_back``, when the window gets active.

    What changes here or in a worker is told by who changes it, and is not told again: only what
    nobody told is.
    """

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, came_back: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._jobs, self._bus, self._came_back = desk, jobs, bus, came_back
        self._is_open = False
        self._mark: Mark | None = None
        # Told since the last look; found by a look, and told by nobody so far.
        self._told: set[str] = set()
        self._untold: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._look)

    def start(self) -> None:
        """Note how the memory is now, and begin."""
        self._is_open = True
        self._bus.changed.connect(self._on_changed)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state_changed)
        self._look()

    def close(self) -> None:
        """Look no more."""
        self._is_open = False
        self._soon.stop()

    def look(self) -> None:
        """Show what another process recorded, now."""
        if self._is_open:
            self._look(show=True)

    def _look(self, *, show: bool = False) -> None:
        act = partial(self._desk.changed_since, self._mark)
        self._jobs.look(act, partial(self._on_looked, show=show))

    def _on_looked(self, found: tuple[Mark, frozenset[str]], *, show: bool) -> None:
        if not self._is_open:
            return
        self._mark, changed = found
        self._untold |= changed - self._told
        self._told.clear()
        if show and self._untold:
            self._bus.changed.emit(Changes(frozenset(self._untold), initiator=ELSEWHERE))

    def _on_changed(self, changes: Changes) -> None:
        self._told |= changes.entities
        self._untold -= changes.entities
        if self._is_open:
            self._soon.start()

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        if self._is_open and state == Qt.ApplicationState.ApplicationActive:
            self._look(show=True)
            self._came_back()
