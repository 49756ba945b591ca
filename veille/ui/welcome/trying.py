"""The demo memory: made ready aside, opened in a window of its own, removed without trace."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QLockFile, QObject, QProcess, QTimer, Signal
from PySide6.QtWidgets import QWidget

from veille.desk import demo_place
from veille.desk.desk import Desk
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui import neighbours
from veille.ui.bus import Bus
from veille.ui.helpers import command
from veille.ui.jobs import Jobs
from veille.ui.rounds import Rounds
from veille.ui.state import WindowState

# Its window looks like the one it was opened from.
_LOOKS: Final = ("theme", "contrast", "size", "language")
_TICK_MS: Final = 100
_TICKS: Final = 150
_AGAIN: Final = 10


class DemoMemory(QObject):
    """Opens and removes it.

    Signals:
        changed(): it is being made ready, is there, or is gone.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, rounds: Rounds, state: WindowState,
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._rounds, self._state, self._window = rounds, state, window
        self.preparing = self.leaving = False
        self._waited = 0
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._on_tick)

    @property
    def is_here(self) -> bool:
        """Tell whether this window shows it."""
        return demo_place.is_demo(self._desk.paths)

    @property
    def is_there(self) -> bool:
        """Tell whether this profile has one."""
        return demo_place.is_there(self._desk.paths)

    def open(self) -> None:
        """Open it in a window of its own, once it is ready."""
        if self.preparing or self.is_here:
            return
        self.preparing = True
        self.changed.emit()
        if not self.is_there:
            self._bus.say(
                _("The demo memory is being made ready: it opens in a window of its own.")
            )
        self._rounds.index.ask("demo", self._on_ready, self._on_failed)

    def _on_ready(self, answer: dict[str, Any]) -> None:
        self.preparing = False
        profile = str(answer["profile"])
        looks = WindowState(Path(profile))
        for name in _LOOKS:
            if told := self._state.text(name):
                looks.set_text(name, told)
        looks.flush()
        QProcess.startDetached(*command(profile))
        self.changed.emit()

    def _on_failed(self, code: str, data: dict[str, Any]) -> None:
        self.preparing = False
        self._bus.say(sentence_of_code(code, **data), tone="error")
        self.changed.emit()

    def remove(self) -> None:
        """Close its window and delete it whole."""
        if self.is_here:
            # Who started this window deletes what it was about, once all of it is closed.
            self.leaving = True
            self._window.close()
        elif not self.is_there:
            self._bus.say(_("There is no demo memory any more."))
        elif not self._clock.isActive():
            self._waited = 0
            self._clock.start()

    def _on_tick(self) -> None:
        """Ask its window to close until it has let go of it: one that has just begun hears later."""
        there = demo_place.place(self._desk.paths)
        if self._waited % _AGAIN == 0:
            neighbours.tell(there, neighbours.LEAVE)
        self._waited += 1
        lock = QLockFile(str(there.lock))
        if lock.tryLock(0):
            lock.unlock()
            self._clock.stop()
            self._jobs.fetch(partial(demo_place.remove, self._desk.paths), self._on_removed)
        elif self._waited >= _TICKS:
            self._clock.stop()
            self._bus.say(_("The demo memory is open in a window: remove it there."), tone="error")

    def _on_removed(self, _removed: bool) -> None:
        self._bus.say(_("The demo memory is gone."))
        self.changed.emit()

    def close(self) -> None:
        """Wait no longer."""
        self._clock.stop()
