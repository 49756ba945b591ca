"""Whose turn it is: one request at a time for each host, and a breath between two pages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

# Hosts that are remembered; beyond, those whose turn is long over are forgotten.
_MOST: Final = 500


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Pace:
    """Shared by the threads that fetch. ``clock`` gives monotonic seconds."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._never = threading.Event()

    @contextmanager
    def turn(self, host: str, *, gap: float, patient: bool = True) -> Iterator[None]:
        """Wait for the host to be free, and leave it ``gap`` seconds of rest afterwards.

        Where a host sends us on to another of its pages, nobody needs to be ``patient``.
        """
        with self._of(host) as one:
            wait = one.free_at - self._clock()
            if wait > 0 and patient:
                self._never.wait(wait)
            try:
                yield
            finally:
                one.free_at = self._clock() + gap

    @contextmanager
    def _of(self, host: str) -> Iterator[_Host]:
        with self._lock:
            if len(self._hosts) > _MOST:
                now = self._clock()
                self._hosts = {
                    name: one
                    for name, one in self._hosts.items()
                    if one.lock.locked() or one.free_at > now
                }
            one = self._hosts.setdefault(host.lower(), _Host())
        with one.lock:
            yield one
