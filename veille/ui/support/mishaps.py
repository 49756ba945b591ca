"""What nobody expected: noted in the log without a word of content, and said kindly."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final

from PySide6 import __version__ as pyside
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from veille.desk.logbook import Logbook
from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

_SEVERITY: Final = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}


class Mishaps(QObject):
    """Says what nobody expected, and offers a support file; ``prepare`` makes one.

    Signals:
        seen(BaseException): an error that nobody caught, in whatever thread.
    """

    seen = Signal(object)

    def __init__(
        self, log: Logbook, jobs: Jobs, bus: Bus, *, prepare: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._log, self._bus, self._prepare = log, bus, prepare
        jobs.crashed.connect(self._on_crashed)
        jobs.failed.connect(log.failed)
        self.seen.connect(self._say)

    def _on_crashed(self, problem: BaseException) -> None:
        self._log.failed(problem, "window")
        self._say(problem)

    def _say(self, problem: BaseException) -> None:
        told = _("Something unexpected happened ({code}). What you recorded is safe.")
        self._bus.say(
            told.format(code=type(problem).__name__), tone="error",
            action=_("Prepare a support file…"), act=self._prepare,
        )  # fmt: skip


class Watch:
    """Hears what no slot and no thread caught, while a window is open."""

    def __init__(self, log: Logbook) -> None:
        self._log = log
        self._tell: Callable[[BaseException], object] | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self._qt: Any = None

    def begin(self) -> None:
        """Hear from now on."""
        self._log.opened("window", pyside=pyside)
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        self._qt = qInstallMessageHandler(self._on_qt_said)

    def tell(self, mishaps: Mishaps | None) -> None:
        """Have a window say what is heard; None when it closes."""
        self._tell = mishaps.seen.emit if mishaps is not None else None

    def end(self) -> None:
        """Hear no more."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt)
        self._log.note("closed", "window")

    def _on_error(
        self, kind: type[BaseException], problem: BaseException, frames: TracebackType | None
    ) -> None:
        self._before[0](kind, problem, frames)
        if issubclass(kind, Exception):
            self._note(problem)

    def _on_thread_error(self, told: threading.ExceptHookArgs) -> None:
        self._before[1](told)
        if told.exc_value is not None:
            self._note(told.exc_value)

    def _note(self, problem: BaseException) -> None:
        self._log.failed(problem, "window")
        if self._tell is not None:
            self._tell(problem)

    def _on_qt_said(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            self._log.qt(_SEVERITY[kind], message)
        if sys.stderr is not None:
            sys.stderr.write(f"{message}\n")
