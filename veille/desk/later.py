"""Modules that are loaded when something is first asked of them, so that a start waits for none.

Loading all that a person can ask took 270 ms of the second that a window has to be there. Whoever
uses this imports them under ``TYPE_CHECKING`` as well, where the contracts and the types see them.
"""

from __future__ import annotations

import importlib
from typing import Any


class Later:
    """Stands for a module until something is asked of it; threads may ask at the same time."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, wanted: str) -> Any:
        return getattr(importlib.import_module(self._name), wanted)  # noqa: TID251 - see above
