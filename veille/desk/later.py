"""Modules that are loaded when something is first asked of them, so that a start waits for none.

Loading all that a person can ask took 270 ms of the second that a window has to be there. Whoever
uses this imports them under ``TYPE_CHECKING`` as well, where the contracts and the types see them.
Once the window is there, ``load_all`` loads the rest beside it: no key waits for it either.
"""

from __future__ import annotations

import importlib
from typing import Any, Final

_named: Final[list[str]] = []


class Later:
    """Stands for a module until something is asked of it; threads may ask at the same time."""

    def __init__(self, name: str) -> None:
        self._name = name
        _named.append(name)

    def __getattr__(self, wanted: str) -> Any:
        return getattr(importlib.import_module(self._name), wanted)  # noqa: TID251 - see above


def load_all() -> None:
    """Load every module that was left for later."""
    for name in _named:
        importlib.import_module(name)  # noqa: TID251 - see above
