"""Collecting Python's garbage on the window's thread, and there alone.

A cycle that holds a window, a socket or a process may be found by whichever thread allocates next;
Qt's objects may only be destroyed where they live. Destroyed by a lane, a worker's pipe crashed the
program (``QSocketNotifier`` used after it was gone). So the automatic collection is off, and a timer
does what it would have done, when it would have.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 250


class Collector(QObject):
    """Collects while it lives; ``close`` gives the collection back to Python."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()

    def close(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def keep_what_stays() -> None:
    """Leave modules and widgets out of the collection: they stay as long as the window.

    Walking through them each time held a key up for 53 ms in a note of 200 kB.
    """
    gc.freeze()


def collect_due() -> None:
    """Collect the oldest generation that is full, and those younger than it."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    full = [generation for generation, (count, most) in enumerate(counts) if count > most]
    if full:
        gc.collect(full[-1])
