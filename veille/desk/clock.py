"""The only place that looks at a clock."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime, timedelta


def now_ms() -> int:
    """Give the wall time, in milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def seconds() -> float:
    """Give monotonic seconds, to measure durations."""
    return time.monotonic()


def today(now: int) -> date:
    """Give the day it is here at a moment in milliseconds."""
    return datetime.fromtimestamp(now / 1000).astimezone().date()


def last_morning(now: int, *, hour: int, monday: bool) -> int:
    """Give the last time it was this hour here, on a Monday if so wished; milliseconds."""
    local = datetime.fromtimestamp(now / 1000).astimezone()
    turn = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    back = local.weekday() if monday else 0
    turn -= timedelta(days=back)
    if turn > local:
        turn -= timedelta(days=7 if monday else 1)
    return int(turn.timestamp() * 1000)


def pause(seconds: float) -> None:
    """Wait, where nothing tells when something outside has settled."""
    threading.Event().wait(seconds)
