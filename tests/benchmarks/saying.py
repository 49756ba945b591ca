"""From the question to the quotes painted: ``python -m tests.benchmarks.saying``.

The memory is that of ``tests/benchmarks/memory``, indexed. Every question is asked several times; the first time is told apart,
for it opens what the others find open.
"""

from __future__ import annotations

import argparse
import os
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from typing_extensions import override

from tests.benchmarks import memory
from veille.desk import paths
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.sentences import catalogue
from veille.ui.app import application, dress
from veille.ui.jobs import Jobs
from veille.ui.saying.pane import SaidPane

QUESTIONS = ("crue", "inondation", "conseil", "travail", '"conseil municipal"', "école enfant")


class _Painted(QObject):
    """Ends a loop once the list was painted with an answer."""

    def __init__(self, pane: SaidPane) -> None:
        super().__init__()
        self._pane = pane
        self._loop = QEventLoop()
        self._answered = False
        pane.answered.connect(self._on_answered)
        pane.list.viewport().installEventFilter(self)

    def _on_answered(self) -> None:
        self._answered = True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._answered:
            self._answered = False
            QTimer.singleShot(0, self._loop.quit)
        return False

    def enter(self, question: str) -> float:
        """Type a question at once and press Enter; milliseconds until its quotes are painted."""
        self._pane.question.setText(question)
        self._answered = False
        rescue = QTimer()
        rescue.setSingleShot(True)
        rescue.timeout.connect(self._loop.quit)
        rescue.start(20_000)
        start = perf_counter()
        QTest.keyClick(self._pane.question, Qt.Key.Key_Return)
        self._loop.exec()
        rescue.stop()
        return 1000 * (perf_counter() - start)

    @staticmethod
    def rest(milliseconds: int) -> None:
        """Let what is under way end."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


def main() -> None:
    """Ask, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--quotes", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    catalogue.use("fr", paths.resources() / "i18n")
    with memory.lent(memory.Size(articles=asked.items, quotes=asked.quotes)) as profile:
        desk = Desk.open(str(profile))
        _ask(desk, asked.times)
        desk.close()


def _ask(desk: Desk, times: int) -> None:
    print(f"{desk.count(Filter(kinds=('article',)))} articles,"
          f" {desk.count(Filter(kinds=('quote',)))} quotes")  # fmt: skip
    desk.warm()
    for question in (*QUESTIONS, f'qui:"{memory.SPEAKERS[0]}"', memory.SPEAKERS[1]):
        _time(desk, question, times)
    _paint(desk, times)


def _time(desk: Desk, question: str, times: int) -> None:
    taken, silent = [], []
    for _turn in range(times):
        start = perf_counter()
        said = desk.saying.said(question, silent=False)
        taken.append(1000 * (perf_counter() - start))
        start = perf_counter()
        quiet = desk.saying.silences(said)
        silent.append(1000 * (perf_counter() - start))
    print(f"{question:24} {len(said.items):4} of {said.total:5} quotes, {said.articles:6} articles:"
          f" first {taken[0]:5.0f} ms, then {median(taken[1:]):5.1f} ms;"
          f" {len(quiet)} silences in {median(silent):.0f} ms")  # fmt: skip


def _paint(desk: Desk, times: int) -> None:
    app = application()
    dress(app, desk)
    pane = SaidPane(desk, Jobs())
    pane.resize(1080, 760)
    pane.show()
    painted = _Painted(pane)
    painted.rest(500)
    for question in QUESTIONS[:4]:
        taken = []
        for _turn in range(times):
            taken.append(painted.enter(question))
            painted.rest(1_500)
        print(f"{question:24} Enter to painted: {median(taken):.0f} ms, worst {max(taken):.0f} ms")
    pane.close()


if __name__ == "__main__":
    main()
