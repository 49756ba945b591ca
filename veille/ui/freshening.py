"""What changed is shown where it is seen, and actions are offered where they can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.domain.views import Present
from veille.ui.enabling import Now, possible
from veille.ui.focus import InFocus
from veille.ui.parts import Parts
from veille.ui.triage import TRIAGE
from veille.ui.viewing import Viewing


class Freshening(QObject):
    """Keeps the panes and the actions (``made``) as things are."""

    def __init__(
        self, desk: Desk, parts: Parts, *, focus: InFocus, viewing: Viewing,
        made: Mapping[str, QAction], window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._parts, self._focus = desk, parts, focus
        self._viewing, self._made = viewing, made

    def show(self, changes: Changes) -> None:
        """Show what changed in the panes that it concerns."""
        if changes.touches("r-"):
            self._viewing.refresh_saved()
        self._list(changes)
        self._parts.notes.refresh(changes)
        self._read(changes)
        if self._parts.lists and not self._parts.listed.model.ids:
            # What an empty list says depends on what the rest of the memory holds.
            self._viewing.tell_empty()
        self.around_shown()

    def around_shown(self) -> None:
        """Show what is told of the thing that is shown: its two versions, what can be done."""
        row, choices = self._focus.current(), self._parts.choices
        found = self._desk.choices(row.id) if row is not None and row.conflicts else []
        choices.show_choices(row.id if row is not None else "", found)
        self.offer()

    def offer(self) -> None:
        """Enable the actions that can be done now."""
        parts, row = self._parts, self._focus.current()
        themes = parts.organising.chosen_themes
        compared = [*self._desk.rows(themes[:1]), *([row] if row is not None else [])]
        now = Now(
            kinds=frozenset(map(kind_of, self._focus.targets())),
            files=bool(self._focus.just_kept() or self._focus.targets()),
            themes=bool(themes),
            reading=row.kind if row is not None and parts.reads else "",
            row=row.kind if row is not None else "",
            differs=any(one.conflicts > 0 for one in compared),
            noting=parts.writes,
            writing=parts.writes and parts.notes.is_writing,
            searching=parts.page.shown,
            saved=parts.page.saved is not None,
            on_the_way=parts.organising.on_the_way,
        )
        for name, can in possible(now).items():
            self._made[name].setEnabled(can)

    def tell_present(self, present: Sequence[Present]) -> None:
        """Show who is here now."""
        people = self._desk.people()
        self._parts.notes.tell_present([one for one in present if one.thing], people)
        self._parts.spaces.tell_present(present, people)

    def tell_spaces(self) -> None:
        """Show how the spaces are, when they are what is shown."""
        if self._parts.sidebar.chosen == "spaces":
            self._parts.spaces.refresh()

    def _list(self, changes: Changes) -> None:
        page, model, shelf = self._parts.page, self._parts.listed.model, self._parts.shelf
        page.forget_names()
        if page.shown:
            model.refresh()
        elif changes.initiator == TRIAGE:
            # The list is as it should be already.
            model.refresh(changes.entities)
            shelf.read_soon()
        else:
            shelf.refresh(changes.entities)

    def _read(self, changes: Changes) -> None:
        reader = self._parts.reader
        marked = reader.row is not None and changes.touches("q-", "c-", "n-")
        concerned = reader.thing in changes.entities or marked
        if reader.thing and concerned and self._parts.reads:
            reader.show_thing(reader.thing, forms=self._parts.page.forms)
