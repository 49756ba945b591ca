"""The only place that looks at a clock."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime


def now_ms() -> int:
    """Give the wall time, in milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def seconds() -> float:
    """Give monotonic seconds, to measure durations."""
    return time.monotonic()


def today(now: int) -> date:
    """Give the day it is here at a moment in milliseconds."""
    return datetime.fromtimestamp(now / 1000).astimezone().date()


def pause(seconds: float) -> None:
    """Wait, where nothing tells when something outside has settled."""
    threading.Event().wait(seconds)
