"""Showing a thing: in the list it stands in, beside it, at a passage, or on a page of its own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from veille.desk.desk import Desk
from veille.domain.ids import kind_of
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.browse.sidebar import FEED, SAVED
from veille.ui.bus import Bus
from veille.ui.judging import Judging
from veille.ui.moving import Moving
from veille.ui.parts import Parts
from veille.ui.reader import Reader
from veille.ui.viewing import SEARCHED, Viewing

_VIEW_OF: Final = {"quote": "quotes", "note": "notes", "dossier": "dossiers"}
# Pixels from which a list, a note and what it will be stand side by side.
_ROOM_FOR_LIST: Final = 1_240


class Opening(QObject):
    """Opens things.

    Signals:
        shown(): another thing is beside the list.
    """

    shown = Signal()

    def __init__(  # noqa: PLR0913 - what it drives, given by name
        self, desk: Desk, bus: Bus, parts: Parts, *, viewing: Viewing, moving: Moving,
        perusal: Reader, judging: Judging, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._bus, self._parts = desk, bus, parts
        self._viewing, self._moving = viewing, moving
        self._perusal, self._judging = perusal, judging
        # What is to be current in a list that the index has still to give.
        self._awaited = ""
        parts.listed.current_changed.connect(self.show)
        parts.listed.opened.connect(self._on_opened)
        parts.page.answered.connect(self._on_answered)
        parts.notes.mode_changed.connect(self._on_mode_changed)
        bus.open_requested.connect(self.open)

    def open(self, thing: str) -> None:
        """Show a thing, and the list it stands in when it is not in the one shown."""
        parts = self._parts
        if thing.startswith("view:"):
            self.choose_view(thing.removeprefix("view:"))
            return
        if thing != parts.shown:
            self._moving.leave_trace()
        if self._opened_elsewhere(thing):
            return
        if not parts.lists or not parts.listed.select(thing):
            self._stand_in_list(thing)
        self.show(thing)
        self._give_keys()
        if kind_of(thing) == "note" and not self._desk.wiki.read(thing).text.strip():
            parts.notes.name_it()

    def _give_keys(self) -> None:
        """Give the keys to the list, where they are nowhere that a letter would be heard."""
        focused, parts = QApplication.focusWidget(), self._parts
        heard = focused is parts.search or parts.pages.isAncestorOf(focused) if focused else False
        if focused is None or not focused.isVisible() or not heard:
            self._moving.to_list()

    def _stand_in_list(self, thing: str) -> None:
        """Show the list a thing stands in, and make it current there."""
        parts = self._parts
        view = _VIEW_OF.get(kind_of(thing), "articles")
        parts.sidebar.choose(view)
        if view in SEARCHED:
            # Its list comes from the index: what is opened is current in it once it is there.
            self._awaited = thing
        elif not parts.shelf.select(thing):
            self._viewing.show_list(view)
            parts.shelf.select(thing)
        parts.pages.setCurrentWidget(parts.inner)

    def choose_view(self, view: str) -> None:
        """Show a view, its list having the keys."""
        self._parts.sidebar.choose(view)
        self._moving.to_list()

    def _opened_elsewhere(self, thing: str) -> bool:
        """Open what has a page of its own; say of what is not here that it is not."""
        kind = kind_of(thing)
        if not self._desk.rows([thing]):
            self._bus.say(_("This is not here: it was erased, or has not arrived yet."))
        elif kind == "rule":
            self._judging.show(thing)
        elif kind == "concept":
            self._parts.organising.show_theme(thing)
        elif kind == "feed":
            self._parts.sidebar.show_source(thing, self._desk.title(thing))
            self.choose_view(FEED + thing)
        else:
            return False
        return True

    def return_to(self, view: str, thing: str) -> None:
        """Show a view again, and what was shown in it."""
        parts = self._parts
        if view != parts.sidebar.chosen:
            parts.sidebar.choose(view)
        here = any(row.hidden == 0 for row in self._desk.rows([thing])) if thing else False
        if here and thing != parts.shown and not parts.listed.select(thing):
            if view in SEARCHED or view.startswith(SAVED):
                self._awaited = thing
            self.show(thing)

    def open_passage(self, quoted: str) -> None:
        """Open an article at the words of a quote or a comment."""
        found = self._desk.rows([quoted])
        about = self._desk.read(quoted).about if found else None
        if about is None:
            self.open(quoted)
            return
        self.open(about.id)
        if not self._perusal.show_passage(about.id, quoted):
            self._bus.say(_("This passage is not in what is here of the page: see below the text."))

    # --- beside the list -----------------------------------------------------------------------

    def show(self, thing: str) -> None:
        """Show a thing beside the list, whatever stands in it; "" for nothing."""
        parts = self._parts
        focused = QApplication.focusWidget()
        inside = focused is not None and parts.detail.isAncestorOf(focused)
        if kind_of(thing) == "note":
            parts.notes.show_note(thing)
            parts.detail.setCurrentWidget(parts.notes)
        elif kind_of(thing) == "dossier":
            parts.organising.show_dossier(thing)
        else:
            self._read(thing)
        self.fit()
        # A stack gives the focus to what had it last, hidden or not: it stays where it is.
        if focused is not None and focused.isVisible() and focused.isEnabled():
            focused.setFocus()
        elif inside:
            self._moving.detail.setFocus()
        self.shown.emit()

    def _read(self, thing: str) -> None:
        if thing:
            self._parts.reader.show_thing(thing, forms=self._parts.page.forms)
        else:
            self._parts.reader.show_nothing()
        self._parts.detail.setCurrentWidget(self._parts.reader)

    def _on_mode_changed(self, _writing: object) -> None:
        self.fit()
        self.shown.emit()

    def fit(self) -> None:
        """Give a note that is written the place of the list, where both would be too narrow."""
        parts = self._parts
        writing = parts.writes and parts.notes.is_writing
        parts.listed.setVisible(not writing or parts.inner.width() >= theme.px(_ROOM_FOR_LIST))

    def _on_opened(self, thing: str) -> None:
        self.show(thing)
        if kind_of(thing) == "note":
            self._parts.notes.write(writing=True)
        else:
            self._moving.detail.setFocus()

    def _on_answered(self) -> None:
        self._viewing.on_answered()
        awaited, self._awaited = self._awaited, ""
        if awaited and self._parts.listed.select(awaited):
            self.show(awaited)
        self.shown.emit()
