"""Finding words in the text that is read: all marked, one at a time gone to."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from veille.domain.seeking import occurrences
from veille.ui.jobs import Jobs
from veille.ui.reading.browser import Browser
from veille.ui.reading.find_bar import FindBar

# From so many characters on, words are looked for aside.
_LONG: Final = 12_000
# So many places are marked on each side of the one that is gone to.
_MARKED: Final = 150


class Seeker(QObject):
    """Drives the bar, and shows in the text what it finds."""

    def __init__(self, browser: Browser, jobs: Jobs) -> None:
        super().__init__(browser)
        self._browser, self._jobs = browser, jobs
        self._found: list[tuple[int, int]] = []
        self._at = -1
        self.bar = FindBar()
        self.bar.typed.connect(self._on_typed)
        self.bar.step_requested.connect(self.step)
        self.bar.closed.connect(self._on_closed)

    def open(self) -> None:
        """Ask for words, those that are selected to begin with."""
        self.bar.open(self._browser.textCursor().selectedText()[:80])
        self._on_typed(self.bar.field.text())

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) place."""
        if not self.bar.isVisible():
            self.open()
        elif self._found:
            self._at = (self._at + by) % len(self._found)
            self._show()

    def _on_typed(self, typed: str) -> None:
        raw = self._browser.document().toPlainText()
        if len(raw) < _LONG:
            self._on_found(places(raw, typed))
            return

        def done(found: list[tuple[int, int]]) -> None:
            if typed == self.bar.field.text():
                self._on_found(found)

        self._jobs.look(lambda: places(raw, typed), done)

    def _on_found(self, found: list[tuple[int, int]]) -> None:
        self._found = found
        here = self._browser.textCursor().selectionStart()
        ahead = [number for number, (start, _end) in enumerate(found) if start >= here]
        self._at = (ahead[0] if ahead else 0) if found else -1
        self._show()

    def _show(self) -> None:
        first = max(self._at - _MARKED, 0)
        near = self._found[first : self._at + _MARKED]
        self._browser.show_occurrences(near, self._at - first)
        self.bar.tell(self._at, len(self._found))
        if self._at >= 0:
            self._browser.go_to(self._found[self._at][0])

    def _on_closed(self) -> None:
        if self._at >= 0:
            self._browser.select(*self._found[self._at])
        self._found, self._at = [], -1
        self._browser.show_occurrences([], -1)
        self._browser.setFocus()


def places(raw: str, typed: str) -> list[tuple[int, int]]:
    """Give where typed words stand, in UTF-16 units, as Qt counts."""
    found = occurrences(raw, typed)
    if raw.isascii() or max(raw, default="") <= "\uffff":
        return found
    return [(_units(raw, start), _units(raw, end)) for start, end in found]


def _units(text: str, place: int) -> int:
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
