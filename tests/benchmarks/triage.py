"""From key to the next item painted, sorting a morning: ``python -m tests.benchmarks.triage``.

The memory is that of ``tests/benchmarks/memory``; what feeds brought this morning (``--inbox``) is
made anew each time. Every line of *To sort* is sorted
from the keyboard in the real window: R for those that are kept (``--kept``), E for the others.
"""

from __future__ import annotations

import argparse
import os
import random
from dataclasses import dataclass
from statistics import median
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.benchmarks import memory
from veille.desk import paths
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.sentences import catalogue
from veille.ui.app import application, dress
from veille.ui.main_window import MainWindow

KEY = Qt.Key
TO_SORT = Filter(kinds=("article",), states=("inbox",))


@dataclass
class Sight:
    """What is awaited: the next item, in the list and in the reader."""

    was: str
    in_list: float = 0.0
    in_reader: float = 0.0


class Sorter(QObject):
    """Presses keys in the window, and times each."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._sight = Sight("")
        self._loop = QEventLoop()
        self.stalls: list[float] = []
        self.computed: list[float] = []
        self._last = 0.0
        self._heart = QTimer(self)
        self._heart.setInterval(1)
        self._heart.timeout.connect(self._beat)
        window.list.table.viewport().installEventFilter(self)
        window.reader.browser.viewport().installEventFilter(self)

    def _beat(self) -> None:
        at = perf_counter()
        if self._last:
            self.stalls.append(1000 * (at - self._last))
        self._last = at

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What is awaited counts once it has been painted: the loop ends in the turn after.
        if event.type() == QEvent.Type.Paint and self._window.list.current != self._sight.was:
            at = perf_counter()
            if watched is self._window.list.table.viewport():
                self._sight.in_list = at
            elif self._window.reader.thing == self._window.list.current:
                self._sight.in_reader = at
            if self._sight.in_list and self._sight.in_reader:
                QTimer.singleShot(0, self._loop.quit)
        return False

    def press(self, key: KEY, *, pause: int) -> float:
        """Press a key of the list; milliseconds until the next item was painted."""
        table = self._window.list.table
        self._sight = Sight(self._window.list.current)
        rescue = QTimer()
        rescue.setSingleShot(True)
        rescue.timeout.connect(self._loop.quit)
        rescue.start(30_000)
        self._heart.start()
        start, busy = perf_counter(), thread_time()
        QTest.keyClick(table, key)
        if not self._window.list.empty.isVisible():
            self._loop.exec()
        end = perf_counter()
        self.computed.append(1000 * (thread_time() - busy))
        rescue.stop()
        self.rest(pause)
        return 1000 * (end - start)

    def rest(self, milliseconds: int) -> None:
        """Let the window live for a while."""
        QTimer.singleShot(milliseconds, self._loop.quit)
        self._loop.exec()
        self._heart.stop()
        self._last = 0.0

    def settle(self) -> None:
        """Wait until nothing runs."""
        while self._window.jobs.running:
            self._heart.start()
            self.rest(50)


def main() -> None:
    """Sort, and print the time of each key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--inbox", type=int, default=300)
    parser.add_argument("--kept", type=int, default=11)
    parser.add_argument("--most", type=int, default=0, help="press so many keys at most")
    parser.add_argument("--pause", type=int, default=120, help="milliseconds between keys")
    parser.add_argument("--bulk", action="store_true", help="end with Ctrl+A and E")
    asked = parser.parse_args()
    catalogue.use("fr", paths.resources() / "i18n")
    app = application()
    with memory.lent(memory.Size(articles=asked.items)) as profile:
        desk = Desk.open(str(profile))
        memory.morning(desk, asked.inbox, seed=memory.now())
        _open(app, desk, asked)
        desk.close()


def _open(app: QApplication, desk: Desk, asked: argparse.Namespace) -> None:
    waiting = desk.count(TO_SORT)
    dress(app, desk)
    window = MainWindow(desk)
    window.resize(1280, 800)
    window.show()
    window.sidebar.choose("articles")
    opened = perf_counter()
    window.sidebar.choose("inbox")
    window.repaint()
    opened = 1000 * (perf_counter() - opened)
    window.list.table.setFocus()
    sorter = Sorter(window)
    sorter.rest(1_000)
    sorter.settle()
    sorter.stalls.clear()
    times, kept = _sort(sorter, window, asked)
    sorter.settle()
    print(f"{waiting} to sort, opened in {opened:.0f} ms, {len(times)} keys, {kept} kept,"
          f" {desk.count(TO_SORT)} left")  # fmt: skip
    times.sort()
    if times:
        print(f"key to next item painted: {_spread(times)};"
              f" longest stall of the window {max(sorter.stalls):.1f} ms")  # fmt: skip
        print(f"of which the window's thread computed: {_spread(sorted(sorter.computed))}")
    window.close()


def _spread(times: list[float]) -> str:
    p95 = times[int(len(times) * 0.95)]
    return f"p50 {median(times):.1f} ms, p95 {p95:.1f} ms, worst {times[-1]:.1f} ms"


def _sort(sorter: Sorter, window: MainWindow, asked: argparse.Namespace) -> tuple[list[float], int]:
    dice = random.Random(11)
    lines = len(window.list.model.ids)
    chosen = set(dice.sample(range(lines), min(asked.kept, lines)))
    times: list[float] = []
    for number in range(asked.most or lines):
        if not window.list.model.ids:
            break
        times.append(sorter.press(KEY.Key_R if number in chosen else KEY.Key_E, pause=asked.pause))
    if asked.bulk and window.list.model.ids:
        left = len(window.list.model.ids)
        sorter.settle()
        QTest.keyClick(window.list.table, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
        sorter.rest(200)
        took = sorter.press(KEY.Key_E, pause=0)
        written = perf_counter()
        sorter.settle()
        print(f"Ctrl+A, E on {left} lines: {took:.0f} ms until they are gone,"
              f" recorded {perf_counter() - written:.1f} s after")  # fmt: skip
    return times, sum(1 for one in chosen if one < len(times))


if __name__ == "__main__":
    main()
