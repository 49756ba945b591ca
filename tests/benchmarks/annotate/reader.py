"""The reader with 500 marks on an article of a megabyte: the longest stall of each gesture.

``python -m tests.benchmarks.annotate.reader [--bytes N] [--marks N]``
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from tests.benchmarks.annotate.anchoring import passages, written
from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.facts import Changes
from veille.domain.fields import MEANINGS
from veille.ui.app import application, dress
from veille.ui.main_window import MainWindow

_BEAT_MS = 4


class Heart:
    """Beats on the window's thread; what is between two beats is a stall."""

    def __init__(self) -> None:
        self._beats: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._beats.append(time.perf_counter()))
        self._timer.start(_BEAT_MS)

    def during(self, name: str, act: Callable[[], object], *, settle: int) -> None:
        """Do something, let it settle, and print how long the window was away."""
        wait(60)
        self._beats.clear()
        wait(20)
        act()
        wait(settle)
        gaps = sorted((b - a) * 1000 for a, b in pairwise(self._beats))
        print(f"  {name:34} longest {gaps[-1]:7.1f} ms   second {gaps[-2]:7.1f}   "
              f"p99 {gaps[int(len(gaps) * 0.99)]:6.1f}")  # fmt: skip


def wait(ms: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def filled(desk: Desk, size: int, marks: int) -> tuple[str, str]:
    """Make a long article with its marks, and a short one."""
    chance = random.Random(3)
    parts, length = [], 0
    while length < size:
        text = written(chance, 12)
        parts.append(f"<h2>Chapitre {len(parts)}</h2>" + "".join(
            f"<p>{one}</p>" for one in text.split("\n\n")))  # fmt: skip
        length += len(parts[-1])
    page = f"<html lang=fr><title>Long</title><article>{''.join(parts)}</article></html>"
    article = desk.clip("-", stdin=page.encode()).id
    text = desk.read(article).text
    for number, (start, end) in enumerate(passages(text, chance, marks)):
        comment = "Une remarque à relire avec soin." if number % 2 else ""
        remark = Remark(comment, meaning=MEANINGS[number % len(MEANINGS)])
        desk.annotate_at(article, start, end, remark)
    short = desk.clip("-", stdin=b"<title>Court</title><p>Une page courte, sans suite.</p>").id
    return article, short


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("--marks", type=int, default=500)
    told = parser.parse_args()
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(folder)
        long, short = filled(desk, told.bytes, told.marks)
        dress(app, desk)
        window = MainWindow(desk)
        window.resize(1280, 800)
        window.show()
        wait(1_500)
        window.open(short)
        wait(500)
        heart, browser = Heart(), window.reader.browser
        print(f"An article of {told.bytes:,} bytes, {told.marks} marks")
        heart.during("a short article", lambda: window.open(short), settle=500)
        heart.during("opening the long one", lambda: window.open(long), settle=6_000)
        print(f"    (shown: {browser.document().characterCount():,} characters, "
              f"{len(browser.highlights)} marks)")  # fmt: skip
        browser.setFocus()
        bar = browser.verticalScrollBar()
        heart.during(
            "a page down", lambda: QTest.keyClick(browser, Qt.Key.Key_PageDown), settle=300
        )
        heart.during("to the end", lambda: bar.setValue(bar.maximum()), settle=600)
        heart.during("to the middle", lambda: bar.setValue(bar.maximum() // 2), settle=600)
        heart.during("the next passage", lambda: window.reader.visit(1), settle=600)
        window.reader.seeker.open()
        heart.during("a word looked for", lambda: window.reader.seeker.bar.field.setText("digues"),
                     settle=800)  # fmt: skip
        QTest.keyClick(window.reader.seeker.bar.field, Qt.Key.Key_Escape)
        browser.setFocus()
        QTest.keyClick(browser, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        heart.during("one more highlight", lambda: QTest.keyClick(browser, Qt.Key.Key_S),
                     settle=4_000)  # fmt: skip
        heart.during("something else changed", lambda: window.bus.changed.emit(Changes()),
                     settle=1_000)  # fmt: skip
        window.close()
        desk.close()


if __name__ == "__main__":
    main()
