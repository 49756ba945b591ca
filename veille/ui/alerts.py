"""Saved searches that watch what comes in: told at once, or in a summary of the morning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from veille.desk.desk import Desk
from veille.sentences import searching
from veille.sentences.catalogue import _, n_
from veille.ui import ask, theme
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.alerts import Summary
    from veille.desk.saved import SavedSearch

_LOOK_MS: Final = 10 * 60_000
_TOLD_MS: Final = 10_000


class Alerts(QObject):
    """Tells news once each; nothing is asked of the network.

    ``show_search`` shows what a saved search finds.
    """

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, show_search: Callable[[str], object],
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus, self._window = desk, jobs, bus, window
        self._show_search = show_search
        self._told: dict[str, int] = {}
        self._announced: list[str] = []
        self._tray: QSystemTrayIcon | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self.look)

    def start(self) -> None:
        """Look for summaries that are due, now and from time to time."""
        self._clock.start()
        self.look()

    def look(self) -> None:
        """Look for summaries that are due."""
        self._jobs.look(self._desk.summaries, self._on_summaries)

    def tell(self, saved: Sequence[SavedSearch]) -> None:
        """Tell what is new in the searches that tell it at once."""
        for one in saved:
            if one.every == "now" and one.new > self._told.get(one.id, 0):
                news = n_("{n} new", "{n} new", one.new)
                told = _("{label}: {what}").format(label=one.title, what=news)
                self._bus.say(told, action=_("Show"), act=partial(self._show_search, one.id))
                self._notify(one.title, news)
            self._told[one.id] = one.new

    def _on_summaries(self, due: list[Summary]) -> None:
        if not due:
            return
        told = searching.summaries(due)
        searches = [one.search.id for one in due]
        # Another notice may take its place before it is read: then it is told at the next look.
        self._bus.say(
            told, action=_("Read the summary"), act=partial(self.read, due),
            seen=partial(self._jobs.write, lambda: self._desk.note_told(searches)),
        )  # fmt: skip
        if self._announced != searches:
            self._announced = searches
            self._notify(_("Summary of your searches"), told)

    def read(self, due: Sequence[Summary]) -> None:
        """Show a summary; what is chosen in it is opened."""
        choices = [
            Choice(row.id, searching.in_summary(one.search.title, row))
            for one in due
            for row in one.rows
        ]
        chosen = ask.choose(
            self._window, _("Summary of your searches"), choices, searching.summaries(due)
        )
        if chosen:
            self._bus.open_requested.emit(chosen)

    def _notify(self, title: str, text: str) -> None:
        """Tell it outside of the window too, when nobody looks at it and the system can."""
        if self._window.isActiveWindow() or not QSystemTrayIcon.isSystemTrayAvailable():
            QApplication.alert(self._window)
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(theme.icon("veille"), self)
            self._tray.messageClicked.connect(self._window.activateWindow)
            self._tray.show()
        self._tray.showMessage(title, text, self._tray.icon(), _TOLD_MS)
