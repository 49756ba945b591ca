"""The worker processes of a window: asked in JSON lines, replaceable at any time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from veille.desk import clock, paths, program
from veille.desk.logbook import Logbook
from veille.sentences.catalogue import language

Answer = Callable[[dict[str, Any]], None]
Trouble = Callable[[str, dict[str, Any]], None]
Progress = Callable[[dict[str, Any]], None]

MAX_RESTARTS: Final = 5


def command(profile: str, *more: str) -> tuple[str, list[str]]:
    """Give the program and the arguments that start Veille on a profile, packaged or not."""
    name, *words = program.on_pipes()
    return name, [*words, "--profile", profile, "--lang", language(), *more]


class Helper(QObject):
    """A worker process (``python -m veille --worker KIND``).

    Signals:
        lost(): it died too often and is not started again.
    """

    lost = Signal()

    def __init__(self, kind: str, profile: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._profile = profile
        self._waiting: dict[int, tuple[Answer | None, Trouble | None]] = {}
        self._telling: dict[int, Progress] = {}
        self._number = 0
        self._restarts = 0
        self._closing = False
        self._process: QProcess | None = None
        self._log = Logbook(paths.profile(profile).log, clock.now_ms)

    @property
    def busy(self) -> bool:
        """Tell whether an answer is awaited."""
        return bool(self._waiting)

    def ask(
        self, do: str, done: Answer | None = None, failed: Trouble | None = None,
        progress: Progress | None = None, **more: object,
    ) -> None:  # fmt: skip
        """Ask for something; the answer comes later, or ``failed(code, data)``."""
        if self._closing:
            return
        self._number += 1
        self._waiting[self._number] = (done, failed)
        if progress is not None:
            self._telling[self._number] = progress
        line = json.dumps({"id": self._number, "do": do, **more}) + "\n"
        self._running().write(line.encode())

    def abandon(self) -> None:
        """Kill the process and forget what it was asked: it hangs on something dead."""
        self._log.note("silent", self._kind, waiting=len(self._waiting))
        waiting, self._waiting = self._waiting, {}
        self._telling.clear()
        if self._process is not None:
            self._process.finished.disconnect(self._on_finished)
            self._process.kill()
            self._process.waitForFinished(500)
            self._process.deleteLater()
            self._process = None
        for _done, failed in waiting.values():
            if failed is not None:
                failed("Abandoned", {})

    def close(self) -> None:
        """Let the process end; kill it if it does not."""
        self._closing = True
        self._waiting.clear()
        self._telling.clear()
        if self._process is None:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(2_000):
            self._process.kill()
            self._process.waitForFinished(1_000)
        self._process = None

    def _running(self) -> QProcess:
        if self._process is None:
            process = QProcess(self)
            environment = QProcessEnvironment.systemEnvironment()
            environment.insert("PYTHONUTF8", "1")
            process.setProcessEnvironment(environment)
            process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
            process.readyReadStandardOutput.connect(self._on_ready)
            process.finished.connect(self._on_finished)
            process.start(*command(self._profile, "--worker", self._kind))
            self._process = process
        return self._process

    @Slot()
    def _on_ready(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                answer = json.loads(line)
            except ValueError:
                continue
            number = answer.get("id", 0)
            if "progress" in answer:
                if number in self._telling:
                    self._telling[number](answer["progress"])
                continue
            self._telling.pop(number, None)
            done, failed = self._waiting.pop(number, (None, None))
            if "error" in answer and failed is not None:
                failed(answer["error"]["code"], answer["error"]["data"])
            elif "ok" in answer and done is not None:
                done(answer["ok"])

    @Slot()
    def _on_finished(self) -> None:
        self._process = None
        if self._closing:
            return
        waiting, self._waiting = self._waiting, {}
        self._restarts += 1
        self._log.note("ended", self._kind, restarts=self._restarts)
        for _done, failed in waiting.values():
            if failed is not None:
                failed("Abandoned", {})
        if self._restarts > MAX_RESTARTS:
            self._log.note("given_up", self._kind)
            self._closing = True
            self.lost.emit()
