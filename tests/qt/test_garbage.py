"""Garbage is collected on the window's thread: Qt's objects are destroyed where they live."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from veille.ui.garbage import collect_due


class Held(QObject):
    """An object in a cycle, which only the collection finds."""

    def __init__(self, told: list[int]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: told.append(threading.get_ident()))


def allocated() -> list[list[int]]:
    return [[number] for number in range(50_000)]


def test_a_lane_that_allocates_destroys_nothing(qtbot: QtBot) -> None:
    told: list[int] = []
    for _each in range(20):
        Held(told)
    with ThreadPoolExecutor(1) as lane:
        kept = lane.submit(allocated).result()
    assert told == [], "the lane was over the threshold many times"
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: len(told) == 20, timeout=20_000)
    assert set(told) == {threading.get_ident()}
    assert len(kept) == 50_000


def test_what_is_not_due_is_left(qtbot: QtBot) -> None:
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    collect_due()
    assert gc.get_stats()[0]["collections"] == before
