"""Lanes: nothing slow runs on the window's thread.

* the *desk lane*, serial: writes, in the order they were asked for;
* the *search lane*, serial: searches, of which only the latest answer counts;
* the *network lane*, a few threads: pages being fetched.

Results come home through one long-lived object's signal, queued to the window's thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from veille.domain.errors import VeilleError

# Python has a lane give the interpreter up after 5 ms by default, and the window asks for it at each
# call from Qt. With 1 ms, while all goes on at once and somebody types, the longest of 99 beats in
# 100 went from 92 to 70 ms (tests/benchmarks/day, on a busy machine). In seconds.
_TURN: Final = 0.001

Done = Callable[[Any], None]
Failed = Callable[[VeilleError], None]


@dataclass(frozen=True, slots=True)
class _Ended:
    result: object
    problem: BaseException | None
    done: Done | None
    failed: Failed | None


class Jobs(QObject):
    """Runs functions on lanes.

    Signals:
        failed(VeilleError): an expected failure nobody else answered for.
        crashed(Exception): anything else; the window says so and goes on.
        idled(): every lane is empty.
    """

    failed = Signal(object)
    crashed = Signal(object)
    idled = Signal()
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN)
        self._running = 0
        self._desk = self._lane(1)
        self._search = self._lane(1)
        self._network = self._lane(4)
        self._latest = 0
        self._ended.connect(self._on_ended)

    def _lane(self, threads: int) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(threads)
        # An idle thread keeps its SQLite connection; it is closed with the desk.
        pool.setExpiryTimeout(-1)
        return pool

    @property
    def running(self) -> int:
        """Give how many jobs are under way."""
        return self._running

    def write(
        self, act: Callable[[], Any], done: Done | None = None, failed: Failed | None = None
    ) -> None:
        """Run a write on the desk lane."""
        self._start(self._desk, act, done, failed)

    def fetch(
        self, act: Callable[[], Any], done: Done | None = None, failed: Failed | None = None
    ) -> None:
        """Run something that waits for the network."""
        self._start(self._network, act, done, failed)

    def search(self, act: Callable[[], Any], done: Done) -> None:
        """Run a search; when another was asked for meanwhile, its answer is dropped."""
        self._latest += 1
        ticket = self._latest

        def latest_only(result: Any) -> None:
            if ticket == self._latest:
                done(result)

        def still_wanted() -> Any:
            return act() if ticket == self._latest else None

        self._start(self._search, still_wanted, latest_only, None)

    def look(self, act: Callable[[], Any], done: Done | None = None) -> None:
        """Run something on the lane of searches that no later search makes vain."""
        self._start(self._search, act, done, None)

    def drain(self, milliseconds: int = 10_000) -> bool:
        """Wait until every lane is empty. For closing and for tests."""
        return all(
            pool.waitForDone(milliseconds) for pool in (self._desk, self._search, self._network)
        )

    def _start(
        self, pool: QThreadPool, act: Callable[[], Any], done: Done | None, failed: Failed | None
    ) -> None:
        self._running += 1

        def run() -> None:
            try:
                ended = _Ended(act(), None, done, failed)
            except Exception as problem:  # noqa: BLE001 - one of the two places that catch all
                ended = _Ended(None, problem, done, failed)
            try:
                self._ended.emit(ended)
            except RuntimeError:
                # The window is gone: there is nobody left to tell.
                return

        pool.start(run)

    @Slot(object)
    def _on_ended(self, ended: _Ended) -> None:
        self._running -= 1
        if ended.problem is None:
            if ended.done is not None:
                ended.done(ended.result)
        elif isinstance(ended.problem, VeilleError):
            (ended.failed or self.failed.emit)(ended.problem)
        else:
            self.crashed.emit(ended.problem)
        if self._running == 0:
            self.idled.emit()
