"""From key to paint, in the window, over a large memory: ``python -m tests.benchmarks.search.window``.

The memory is that of ``tests/benchmarks/memory``; ``--items`` says how large.
"""

from __future__ import annotations

import argparse
import os
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.benchmarks import memory
from veille.desk import paths
from veille.desk.desk import Desk
from veille.sentences import catalogue
from veille.ui.app import application, dress
from veille.ui.main_window import MainWindow

TYPED = (
    "communiqué inondation",
    "conseil municipal budget",
    "enfant droit école",
    'source:"Le Courrier',
    "depuis:2020 travail salarié",
    "comment obtenir une aide au logement",
)


class _Painted(QObject):
    """Notes when a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest or event.type() == QEvent.Type.Paint:
            self.at = perf_counter()
        return False


class Typist:
    """Types in the window, and times each key."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._painted = _Painted()
        window.list.table.viewport().installEventFilter(self._painted)
        self.stalls: list[float] = []
        self._last = 0.0
        self._heart = QTimer()
        self._heart.setInterval(1)
        self._heart.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = perf_counter()
        if self._last:
            self.stalls.append(1000 * (now - self._last))
        self._last = now

    def type(self, text: str) -> list[float]:
        """Type a query, each key once the one before was answered. Milliseconds."""
        field = self._window.search
        field.setFocus()
        field.clear()
        self._heart.start()
        times = [self._key(one) for one in text]
        self._heart.stop()
        self._last = 0.0
        return times

    def _key(self, letter: str) -> float:
        loop = QEventLoop()
        self._window.page.answered.connect(loop.quit)
        QTimer.singleShot(20_000, loop.quit)
        start = perf_counter()
        # QTest knows the keys of an American keyboard only.
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(self._window.search, pressed)
        loop.exec()
        self._window.page.answered.disconnect(loop.quit)
        self._window.list.table.viewport().repaint()
        self._window.page.facets.repaint()
        return 1000 * (self._painted.at - start)


def main() -> None:
    """Print the time of each key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    asked = parser.parse_args()
    catalogue.use("fr", paths.resources() / "i18n")
    app = application()
    with memory.lent(memory.Size(articles=asked.items)) as profile:
        desk = Desk.open(str(profile))
        _type(app, desk)
        desk.close()


def _type(app: QApplication, desk: Desk) -> None:
    dress(app, desk)
    window = MainWindow(desk)
    window.resize(1280, 800)
    window.show()
    window.sidebar.choose("search")
    typist = Typist(window)
    typist.type("veille")
    typist.stalls.clear()
    every: list[float] = []
    for text in TYPED:
        times = typist.type(text)
        every += times
        print(f"{text:40} p50 {median(times):6.1f} ms, worst {max(times):6.1f} ms")
    every.sort()
    print(f"{len(every)} keys: p50 {median(every):.1f} ms, p95 {every[int(len(every) * 0.95)]:.1f} ms,"
          f" worst {every[-1]:.1f} ms; longest stall of the window {max(typist.stalls):.1f} ms")  # fmt: skip
    window.close()


if __name__ == "__main__":
    main()
