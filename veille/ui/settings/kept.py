"""The choices in force, read and made from the window: each where the desk says it is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from veille.desk.desk import Desk
from veille.desk.options import as_words, in_words, option
from veille.domain.facts import Changes
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.state import WindowState


class Kept(QObject):
    """Gives and makes choices.

    Signals:
        chosen(str): this choice was made, and holds.
    """

    chosen = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, state: WindowState, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._jobs, self._bus, self._state = desk, jobs, bus, state

    def value(self, name: str) -> str:
        """Give a choice; a folder or a text is "" until it is chosen."""
        if option(name).windowed:
            return in_words(name, self._state.text)
        return self._desk.settings.value(name)

    def default(self, name: str) -> str:
        """Give what a choice is at first."""
        return self._desk.settings.default(name)

    def is_changed(self, name: str) -> bool:
        """Tell whether a choice differs from what it was at first."""
        if option(name).windowed:
            return self.value(name) != option(name).default
        return self._desk.settings.is_changed(name)

    def choose(self, name: str, value: str) -> None:
        """Choose; "" goes back to what it was at first."""
        one = option(name)
        if one.windowed:
            self._state.set_text(*as_words(name, value or one.default, self._state.text))
            self.chosen.emit(name)
        elif value.strip() or self.is_changed(name):
            self._jobs.write(lambda: self._desk.settings.choose(name, value),
                             lambda changes: self._on_written(name, changes))  # fmt: skip

    def _on_written(self, name: str, changes: Changes) -> None:
        if changes.entities:
            self._bus.changed.emit(changes)
        self.chosen.emit(name)
