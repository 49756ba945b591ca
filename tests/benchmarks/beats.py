"""A heart on the window's thread: what lies between two beats is what a person waits for.

A stall is ours, or it is the machine's: what the window's thread worked in between, and how long
it was ready and given no processor, are told apart (Linux says both; elsewhere they are 0).
"""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, thread_time
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

BEAT_MS: Final = 16
_DEEP: Final = 4
_SCHEDULE: Final = Path("/proc/thread-self/schedstat")
_IS_LINUX: Final = _SCHEDULE.exists()


@dataclass(frozen=True, slots=True)
class Beat:
    """What lay between two beats, in milliseconds.

    Attributes:
        gap: from one to the other.
        worked: by the window's thread meanwhile.
        queued: while it was ready to work and others had the processors.
    """

    gap: float
    worked: float
    queued: float

    @property
    def own(self) -> float:
        """Give what is left of the gap on a machine where nobody else wants the processors."""
        return self.gap - self.queued


class Heart(QObject):
    """Beats on the thread that makes it, from ``start`` to ``stop``."""

    def __init__(self, interval: int = BEAT_MS) -> None:
        super().__init__()
        self.beats: list[Beat] = []
        self.last = 0.0
        self._worked = self._queued = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(interval)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to count."""
        self.beats.clear()
        self.last, self._worked, self._queued = perf_counter(), thread_time(), queued()
        self._timer.start()

    def stop(self) -> Sequence[Beat]:
        """Give every beat since the start."""
        self._timer.stop()
        self._beat()
        return tuple(self.beats)

    def _beat(self) -> None:
        at, worked, waited = perf_counter(), thread_time(), queued()
        self.beats.append(
            Beat(1000 * (at - self.last), 1000 * (worked - self._worked), waited - self._queued)
        )
        self.last, self._worked, self._queued = at, worked, waited


def queued() -> float:
    """Tell how long this thread was ready and not run so far, in milliseconds."""
    if not _IS_LINUX:
        return 0.0
    return int(_SCHEDULE.read_text(encoding="ascii").split()[1]) / 1e6


def rest(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def at(beats: Sequence[float], share: float) -> float:
    """Give what so large a share of some values stays under."""
    ordered = sorted(beats)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


class Witness:
    """Notes what the window's thread was doing each time its heart was late.

    A thread looks at it from beside; it can look only when the interpreter lets it.
    """

    def __init__(self, heart: Heart, *, late: float = 40.0, every: float = 0.005) -> None:
        self._heart, self._late, self._every = heart, late, every
        self._main = threading.get_ident()
        self._stop = threading.Event()
        self.seen: Counter[str] = Counter()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> Counter[str]:
        """Give what was seen, and how often."""
        self._stop.set()
        self._thread.join()
        return self.seen

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            if 1000 * (perf_counter() - self._heart.last) < self._late:
                continue
            self.seen[" > ".join(_doing(self._main)) or "outside of the program"] += 1


def _doing(thread: int) -> list[str]:
    """Tell where a thread is in the program, innermost last.

    A frame is let go at once: while it is held, what it paints with is held, and Qt crashes.
    """
    found: list[str] = []
    frame = sys._current_frames().get(thread)
    while frame is not None and len(found) < _DEEP:
        code = frame.f_code
        if "/veille/" in code.co_filename:
            found.append(f"{code.co_filename[-24:]}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return found[::-1]
