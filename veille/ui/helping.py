"""What helps somebody find her way: the palette, the keys of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.ids import kind_of
from veille.ui import keys, own_keys
from veille.ui.browse.sidebar import view_name
from veille.ui.jobs import Jobs
from veille.ui.keymap import Keymap
from veille.ui.keys import KeySheet
from veille.ui.leading import filtered
from veille.ui.palette import lines
from veille.ui.palette.dialog import Palette
from veille.ui.parts import Parts

if TYPE_CHECKING:
    from veille.desk.templates import Template


class Helping(QObject):
    """Opens what helps, and does what is chosen there.

    ``open`` shows a thing, ``search`` looks for a query in the whole memory, ``change_keys`` shows
    where keys are changed, ``begin_from`` begins a note from one of the ``templates``.
    """

    def __init__(  # noqa: PLR0913 - what it drives, given by name
        self, desk: Desk, jobs: Jobs, parts: Parts, *, made: Mapping[str, QAction],
        keymap: Keymap, open: Callable[[str], None], search: Callable[[str], None],  # noqa: A002
        change_keys: Callable[[], object], templates: Callable[[], Sequence[Template]],
        begin_from: Callable[[str], None], window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._parts = desk, jobs, parts
        self._made, self._keymap, self._window = made, keymap, window
        self._open, self._search, self._change_keys = open, search, change_keys
        self._templates, self._begin_from = templates, begin_from
        self.palette: Palette | None = None
        self.sheet: KeySheet | None = None

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {"palette": self.show_palette, "keys": self.show_keys}

    def show_palette(self) -> None:
        """Open the palette over the window."""
        if self.palette is None:
            self.palette = Palette(self._desk, self._jobs, self._made, self._window)
            self.palette.chosen.connect(self._on_palette_chosen)
        self.palette.open_over(self._window)
        # Not on the lane of what is looked for: the drive of a team may keep it waiting.
        self._jobs.fetch(self._templates, self.palette.show_templates)

    def _on_palette_chosen(self, what: str) -> None:
        if what.startswith(lines.ACT):
            self._made[what.removeprefix(lines.ACT)].trigger()
        elif what.startswith(lines.TEMPLATE):
            self._begin_from(what.removeprefix(lines.TEMPLATE))
        elif what.startswith(lines.SEARCH):
            self._search(what.removeprefix(lines.SEARCH))
        elif what.startswith(lines.THEME):
            self._search(filtered("theme", what.removeprefix(lines.THEME)))
        elif kind_of(what) == "person":
            self._search(filtered("par", self._desk.title(what)))
        else:
            self._open(what)

    def show_keys(self) -> None:
        """Show the keys of the screen."""
        if self.sheet is None:
            self.sheet = KeySheet(self._window)
            self.sheet.change_requested.connect(self._change_keys)
            self.sheet.guide_requested.connect(self._made["guide"].trigger)
        chosen = self._parts.sidebar.chosen
        # A saved search, a source of its own: what they hold is a list of articles.
        name = view_name(chosen if ":" not in chosen else "articles")
        first, own = own_keys.first(chosen), own_keys.here(self._parts)
        self.sheet.show_keys(name, keys.groups(self._made, first, own))
