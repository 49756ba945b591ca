"""The keys in force: those that each action is born with, but where the person chose others.

A key that types a character acts only where a list or the reader has the focus (WCAG 2.1.4): an
action that works everywhere is not given one. Two strokes one after the other (``Ctrl+J, A``) are
a key as well, so that every action has one without taking them from those of every day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from veille.ui import actions, letters
from veille.ui.state import WindowState

_NONE: Final = "-"
_LETTERS: Final = "letters"
# Never possible at once: a note is written, or a search is looked at.
_TAKE_TURNS: Final = frozenset({"save_note", "save_search"})


@dataclass(frozen=True, slots=True)
class Clash:
    """Why an action cannot have a key.

    Attributes:
        other: the action that has it, or begins with it; "" when the key types a character.
    """

    other: str


class Keymap(QObject):
    """Knows the keys of every action, and what the person changed of them.

    Signals:
        changed(): an action has other keys.
    """

    changed = Signal()

    def __init__(self, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._told = actions.told()

    @property
    def letters(self) -> bool:
        """Tell whether single letters act."""
        return self._state.text(_LETTERS, "on") == "on"

    def allow_letters(self, *, allowed: bool) -> None:
        """Switch single letters on or off."""
        self._state.set_text(_LETTERS, "on" if allowed else "off")
        self.changed.emit()

    def keys(self, name: str) -> tuple[str, ...]:
        """Give the keys of an action, as Qt writes them in English; the first is told to people."""
        chosen = self._state.text(f"keys/{name}")
        if chosen:
            return () if chosen == _NONE else tuple(chosen.split("; "))
        return self._told[name].keys

    def is_changed(self, name: str) -> bool:
        """Tell whether an action has other keys than those it was born with."""
        return bool(self._state.text(f"keys/{name}"))

    def clash(self, name: str, keys: str) -> Clash | None:
        """Tell why an action cannot have a key; None when it can."""
        if types_a_character(keys) and not self._told[name].letter:
            return Clash("")
        wanted = _strokes(keys)
        for other in self._told:
            if other == name or {other, name} <= _TAKE_TURNS:
                continue
            for taken in map(_strokes, self.keys(other)):
                shorter = min(len(taken), len(wanted))
                if taken[:shorter] == wanted[:shorter]:
                    return Clash(other)
        return None

    def choose(self, name: str, keys: Sequence[str]) -> None:
        """Give an action other keys, or none at all; ``clash`` was asked before."""
        written = "; ".join(keys) if keys else _NONE
        born = "; ".join(self._told[name].keys) or _NONE
        self._state.set_text(f"keys/{name}", "" if written == born else written)
        self.changed.emit()

    def reset(self, *names: str) -> None:
        """Give actions the keys they were born with; all of them when none is named."""
        for name in names or self._told:
            if self.is_changed(name):
                self._state.set_text(f"keys/{name}", "")
        self.changed.emit()

    def apply(self, made: Mapping[str, QAction]) -> None:
        """Put the keys in force on the actions of a window, and say them in their tooltips."""
        letters.allow(allowed=self.letters)
        for name, action in made.items():
            kept = [one for one in self.keys(name) if self.letters or not types_a_character(one)]
            action.setShortcuts([QKeySequence(one) for one in kept])
            label, hint = self._told[name].name.rstrip("…"), self._told[name].hint
            shown = hint or (native(kept[0]) if kept else "")
            action.setToolTip(f"{label} ({shown})" if shown else label)


def native(keys: str) -> str:
    """Write a key as this system does."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def types_a_character(keys: str) -> bool:
    """Tell a letter, alone or with Shift, from a key that types nothing (F2, Del)."""
    *held, last = _strokes(keys)[0].split("+")
    return len(last) == 1 and set(held) <= {"Shift"}


def _strokes(keys: str) -> tuple[str, ...]:
    return tuple(QKeySequence(keys).toString().split(", "))
