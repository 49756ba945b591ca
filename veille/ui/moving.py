"""How one moves in the window: from pane to pane, one step out, back the way one came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.parts import Parts
from veille.ui.widgets.notice_bar import NoticeBar

# Of the links that were followed, those one can go back on.
_LONGEST_WAY: Final = 50


class Moving(QObject):
    """Gives the focus, and remembers where one was.

    Signals:
        went_back(str, str): a view is to be shown again, and a thing in it.
    """

    went_back = Signal(object, object)

    def __init__(self, parts: Parts, bus: Bus, *, notice: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._parts, self._bus, self._notice = parts, bus, notice
        # Where one was when the notice was given the keys: they come back there.
        self._left: QWidget = parts.listed.table
        notice.left.connect(self._on_notice_left)
        self._trail: list[tuple[str, str]] = []
        self._going_back = self._entering = False
        # Who clicks a view acts upon its list next: with J, E, R, with the letters of a page.
        parts.sidebar.clicked.connect(self._on_view_clicked)
        parts.page.answered.connect(self._on_answered)
        # Of the field alone: given to the constructor, the context is not heard of.
        down = QShortcut(Qt.Key.Key_Down, parts.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.to_list)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "next_pane": lambda: self.step(1),
            "previous_pane": lambda: self.step(-1),
            "back": self.back,
        }

    # --- the way -------------------------------------------------------------------------------

    def leave_trace(self) -> None:
        """Remember where one is, before going elsewhere."""
        place = (self._parts.sidebar.chosen, self._parts.shown)
        if not self._going_back and self._trail[-1:] != [place]:
            self._trail.append(place)
            del self._trail[:-_LONGEST_WAY]

    def back(self) -> None:
        """Go back to where one was before a link was followed."""
        if not self._trail:
            self._bus.say(_("There is nothing to go back to."))
            return
        self._going_back = True
        try:
            self.went_back.emit(*self._trail.pop())
        finally:
            self._going_back = False
        self.detail.setFocus()

    # --- panes ---------------------------------------------------------------------------------

    @property
    def detail(self) -> QWidget:
        """Give what takes the keys beside the list."""
        notes = self._parts.notes
        if self._parts.writes:
            return notes.text if notes.is_writing else notes.preview
        dossier = self._parts.organising.dossier
        return dossier.list if dossier is not None else self._parts.reader.browser

    def step(self, by: int) -> None:
        """Give the focus to the next pane that is seen, or to one before; a notice is one."""
        parts = self._parts
        panes: list[QWidget] = [
            parts.sidebar, parts.listed.table, self.detail, parts.notes.around, self._notice,
            parts.search,
        ]  # fmt: skip
        if self._screen():
            panes[1:4] = self._screen()
        if parts.page.shown:
            panes.insert(1, parts.page.facets.tree)
        seen = [one for one in panes if one.isVisible()]
        focused = QApplication.focusWidget()
        here = [at for at, one in enumerate(seen)
                if focused and (one is focused or one.isAncestorOf(focused))]  # fmt: skip
        at = here[0] if here else -1
        wanted = seen[(at + by) % len(seen)]
        if wanted is self._notice:
            self._left = seen[at] if here else parts.listed.table
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_notice_left(self) -> None:
        if self._left.isVisible():
            self._left.setFocus()
        else:
            self.to_list()

    def out(self) -> None:
        """Go one step out: of a parcours, of writing, of what is read."""
        parts = self._parts
        if parts.organising.on_the_way:
            parts.organising.leave_parcours()
        elif parts.writes and parts.notes.is_writing:
            parts.notes.write(writing=False)
            parts.notes.preview.setFocus()
        else:
            self.to_list()

    def to_list(self) -> None:
        """Give the list the focus, if it shows anything to act upon."""
        self._parts.page.settle()
        if panes := self._screen():
            panes[0].setFocus()
        elif self._parts.listed.table.isVisible() and self._parts.listed.model.ids:
            self._parts.listed.table.setFocus()
        elif self._parts.lists and not self._parts.listed.isVisible():
            self.detail.setFocus()

    def _on_view_clicked(self) -> None:
        if self._parts.sidebar.chosen == "search":
            # Words are typed next: in the list, their letters would sort what was found.
            self._parts.search.setFocus()
            self._parts.search.selectAll()
            return
        self.to_list()
        # The index gives some lists a moment later.
        self._entering = self._parts.sidebar.hasFocus()

    def _on_answered(self) -> None:
        if self._entering and self._parts.sidebar.hasFocus():
            self.to_list()
        self._entering = False

    def _screen(self) -> list[QWidget]:
        """Give the panes of a page of another kind; none where the lists are shown."""
        if self._parts.pages.currentWidget() is self._parts.sources:
            return list(self._parts.sources.panes)
        return self._parts.organising.panes()
