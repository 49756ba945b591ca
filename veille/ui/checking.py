"""Whether the window lives on this machine: it opens, it is painted, its workers answer, it closes.

Started by ``veille check``, in a process of its own, on a memory made for that.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.ui.app import application, dress
from veille.ui.helpers import Helper
from veille.ui.main_window import MainWindow

# What each worker is asked: something it has to open the memory for.
_ASKED: Final = {"index": "drain", "share": "sync", "feeds": "due"}
_PATIENCE_MS: Final = 40_000
# A window with nothing in it has two colours or three.
_COLOURS: Final = 12


def check(profile: str) -> int:
    """Open the window, and tell on standard output how it went. Returns the exit status."""
    since = QElapsedTimer()
    since.start()
    app = application()
    desk = Desk.open(profile)
    dress(app, desk)
    window = MainWindow(desk)
    window.show()
    told: dict[str, Any] = {"screen": QGuiApplication.platformName(), "qt": qVersion()}
    told |= {"painted": _is_painted(window), "ms": since.elapsed()}
    trial = Trial(profile)
    trial.ended.connect(app.quit)
    trial.start()
    app.exec()
    told["workers"] = trial.answered
    window.close()
    trial.close()
    desk.close()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    return 0 if told["painted"] and all(trial.answered.values()) else 1


class Trial(QObject):
    """Asks each worker something, and waits for the answers.

    Signals:
        ended(): all have answered, or have had their time.
    """

    ended = Signal()

    def __init__(self, profile: str) -> None:
        super().__init__()
        self.answered = dict.fromkeys(_ASKED, False)
        self._helpers = {kind: Helper(kind, profile, self) for kind in _ASKED}
        self._waiting = set(_ASKED)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.ended)

    def start(self) -> None:
        """Ask."""
        self._patience.start()
        for kind, asked in _ASKED.items():
            self._helpers[kind].ask(
                asked, partial(self._on_answer, kind), partial(self._on_trouble, kind)
            )

    def close(self) -> None:
        """Let the workers go."""
        for helper in self._helpers.values():
            helper.close()

    def _on_answer(self, kind: str, _answer: object) -> None:
        self.answered[kind] = True
        self._heard(kind)

    def _on_trouble(self, kind: str, _code: str, _data: object) -> None:
        self._heard(kind)

    def _heard(self, kind: str) -> None:
        self._waiting.discard(kind)
        if not self._waiting:
            self.ended.emit()


def _is_painted(window: QWidget) -> bool:
    picture = window.grab().toImage().scaled(200, 120)
    seen = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    return len(seen) >= _COLOURS
