"""Writing in a long note: the longest stall while one types, beside a preview that follows.

``python -m tests.benchmarks.writing [--bytes N]``
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from tests.benchmarks.annotate.anchoring import written
from tests.benchmarks.annotate.reader import Heart, wait
from veille.desk.desk import Desk
from veille.ui.app import application, dress
from veille.ui.garbage import Collector, keep_what_stays
from veille.ui.main_window import MainWindow

# A fast typist: a key each 80 ms.
_KEY_MS = 80
_WORDS = "Une phrase qui vient, lettre par lettre. "


def long_text(size: int) -> str:
    """Write a note with headings, lists, links, tables and footnotes."""
    chance = random.Random(7)
    parts: list[str] = []
    length = 0
    while length < size:
        number = len(parts)
        body = written(chance, 6)
        extra = (
            f"- un [[Lien {number}]]\n- deux **forts**\n- [ ] trois\n\n"
            if number % 3
            else f"| a | b |\n|---|---|\n| {number} | x |\n\nUne note[^n{number}].\n\n[^n{number}]: Source {number}.\n\n"
        )
        parts.append(f"## Partie {number}\n\n{body}\n\n{extra}")
        length += len(parts[-1].encode())
    return "".join(parts)


def type_words(window: MainWindow, count: int) -> None:
    """Type so many letters at the cursor, at the pace of a hand."""
    left = [_WORDS[at % len(_WORDS)] for at in range(count)]
    timer = QTimer(window)

    def press() -> None:
        if left:
            QTest.keyClicks(window.notes.text, left.pop(0))
        else:
            timer.stop()

    timer.timeout.connect(press)
    timer.start(_KEY_MS)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=200_000)
    told = parser.parse_args()
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(folder)
        short = desk.new_note("Courte", "Quelques mots.")
        long = desk.new_note("Longue", long_text(told.bytes))
        dress(app, desk)
        collector = Collector(app)
        window = MainWindow(desk)
        window.resize(1280, 800)
        window.show()
        wait(1_500)
        window.open(short)
        wait(500)
        keep_what_stays()
        heart, notes = Heart(), window.notes
        print(f"A note of {told.bytes:,} bytes")
        heart.during("opening it to read", lambda: window.open(long), settle=8_000)
        heart.during("beginning to write", lambda: notes.write(writing=True), settle=4_000)
        for name, place in (("end", 1.0), ("middle", 0.5), ("beginning", 0.0)):
            cursor = notes.text.textCursor()
            cursor.setPosition(int((notes.text.document().characterCount() - 1) * place))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            notes.text.setTextCursor(cursor)
            wait(500)
            heart.during(f"typing 60 letters, {name}", lambda: type_words(window, 60),
                         settle=60 * _KEY_MS + 3_000)  # fmt: skip
        heart.during("a completed link", lambda: QTest.keyClicks(notes.text, " [[cou"), settle=800)
        QTest.keyClick(notes.text, Qt.Key.Key_Escape)
        bar = notes.text.verticalScrollBar()
        heart.during("scrolling the text", lambda: bar.setValue(bar.maximum() // 2), settle=800)
        heart.during("recording it", notes.save, settle=2_000)
        heart.during("done: read again", lambda: notes.write(writing=False), settle=6_000)
        window.close()
        collector.close()
        desk.close()


if __name__ == "__main__":
    main()
