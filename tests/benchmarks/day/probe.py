"""Starts the program as a person does, and watches from inside: painted, filled, first key answered.

``python -m tests.benchmarks.day.probe PROFILE MOMENT``: the moment is when the process was begun, on the
clock that processes share. Prints milliseconds since then, and closes the window.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from veille.__main__ import main
from veille.ui.app import application
from veille.ui.main_window import MainWindow


class Probe(QObject):
    """Follows the window from its first paint to the first key answered."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began
        self._window: MainWindow | None = None
        self._told: dict[str, float] = {}
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._look)
        self._turn.start(1)

    def _look(self) -> None:
        if self._window is None:
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
            self._window = next(iter(shown), None)
            if self._window is not None:
                self._window.installEventFilter(self)
        elif "painted" in self._told and self._is_filled(self._window):
            self._turn.stop()
            self._note("filled")
            self._press(self._window)
            self._told["worked"] = 1000 * time.process_time()
            print(json.dumps(self._told), flush=True)
            QTimer.singleShot(0, self._window, self._window.close)

    @staticmethod
    def _is_filled(window: MainWindow) -> bool:
        if not window.parts.lists:
            return window.jobs.running == 0
        return bool(window.list.model.ids)

    def _press(self, window: MainWindow) -> None:
        lists = window.parts.lists
        target: QWidget = window.list.table if lists else QApplication.focusWidget() or window
        QTest.keyClick(target, Qt.Key.Key_J if lists else Qt.Key.Key_Down)
        window.repaint()
        if lists:
            window.list.table.viewport().repaint()
            window.reader.browser.viewport().repaint()
        self._note("answered")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and "painted" not in self._told:
            # What is asked for now is painted when the turn ends.
            QTimer.singleShot(0, lambda: self._note("painted"))
        return False

    def _note(self, name: str) -> None:
        self._told.setdefault(name, 1000 * (time.monotonic() - self._began))


if __name__ == "__main__":
    application()
    probe = Probe(float(sys.argv[2]))
    sys.exit(main(["--profile", sys.argv[1], "--lang", "fr"]))
