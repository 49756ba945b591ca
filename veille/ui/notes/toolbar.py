"""The keys of the text of a note: their names, icons, and what they do (AZERTY-safe).

None is taken by the window (``veille/ui/actions.py``); Ctrl+K is left to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QKeySequence

from veille.sentences.catalogue import _
from veille.ui.notes import marks, shortcuts
from veille.ui.notes.shortcuts import Lines

Act = Callable[[Lines], Lines | None]


@dataclass(frozen=True, slots=True)
class Key:
    """One thing the editor does at a key.

    Attributes:
        name: how ``Editor.act`` knows it.
        keys: the first is told to people, the others do it as well.
        icon: the picture of its button, "" when it needs none.
        act: what becomes of the selected lines; None when the editor does something else.
        around: how many lines above and below are to be seen.
    """

    name: str
    keys: tuple[str, ...]
    icon: str
    act: Act | None
    around: int = 0

    @property
    def label(self) -> str:
        """Give its name, in the language spoken now."""
        return _labels()[self.name]

    @property
    def tip(self) -> str:
        """Give its name and its key, for a tooltip or the list of keys."""
        native = QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        return f"{self.label} ({native})"


KEYS: Final = (
    Key("bold", ("Ctrl+B",), "bold", marks.emboldened),
    Key("italic", ("Ctrl+I",), "italic", marks.italicised),
    Key("struck", ("Ctrl+Shift+X",), "strikethrough", marks.struck),
    Key("heading", ("Ctrl+Shift+H",), "heading", shortcuts.headed),
    # Ctrl+Shift+U never arrives where IBus types code points with it.
    Key("bullets", ("Ctrl+Shift+L", "Ctrl+Shift+U"), "list", shortcuts.bulleted),
    Key("numbers", ("Ctrl+Shift+O",), "list-ordered", shortcuts.numbered),
    Key("tasks", ("Ctrl+Shift+J",), "list-todo", shortcuts.tasked),
    Key("quote", ("Ctrl+Shift+B",), "quote", shortcuts.quoted),
    Key("link", ("Ctrl+L",), "link", marks.linked),
    Key("web_link", ("Ctrl+Shift+K",), "globe", marks.web_linked),
    Key("line_up", ("Alt+Up",), "", shortcuts.moved_up, around=1),
    Key("line_down", ("Alt+Down",), "", shortcuts.moved_down, around=1),
    Key("paste_words", ("Ctrl+Shift+V",), "", None),
)
BY_NAME: Final = {one.name: one for one in KEYS}
BY_KEYS: Final = {keys: one for one in KEYS for keys in one.keys}


def _labels() -> dict[str, str]:
    return {
        "bold": _("Bold"),
        "italic": _("Italic"),
        "struck": _("Strikethrough"),
        "heading": _("Heading"),
        "bullets": _("Bullet list"),
        "numbers": _("Numbered list"),
        "tasks": _("Task list"),
        "quote": _("Block quote"),
        "link": _("Link to a note"),
        "web_link": _("Web link"),
        "line_up": _("Move the line up"),
        "line_down": _("Move the line down"),
        "paste_words": _("Paste as plain text"),
    }
