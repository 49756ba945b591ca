"""Which view the window shows: a list, a search, or a page of another kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from veille.desk.desk import Desk
from veille.ui import theme
from veille.ui.browse import views
from veille.ui.browse.sidebar import SAVED
from veille.ui.browse.views import Empty
from veille.ui.jobs import Jobs
from veille.ui.organising import SCREENS
from veille.ui.parts import Parts
from veille.ui.said import Said
from veille.ui.sources.pane import SourcesPane
from veille.ui.spaces.pane import SpacesPane

if TYPE_CHECKING:
    from veille.desk.saved import SavedSearch
from veille.domain.views import Filter

# Views whose list the index gives.
SEARCHED: Final = frozenset({"search", "quotes"})


class Viewing(QObject):
    """Shows the view that the sidebar says, and what it says when it is empty.

    Signals:
        changed(): another view is shown, or what can be done in it is no longer the same.
        saved_told(list): the saved searches were counted.
    """

    changed = Signal()
    saved_told = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, parts: Parts, *, said: Said, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._parts, self._said = desk, jobs, parts, said
        self._window, self._before = window, "inbox"
        parts.sidebar.view_chosen.connect(self._on_view_chosen)
        parts.page.asked.connect(self._on_search_asked)
        parts.page.freshened.connect(self.tell_empty)
        parts.page.saved_changed.connect(self.refresh_saved)

    @property
    def searched(self) -> bool:
        """Tell whether the index gives the list that is chosen."""
        return self._parts.sidebar.chosen in SEARCHED

    def begin(self, view: str) -> None:
        """Show a view, once, even when the sidebar stands at it already."""
        self._stand_at(view)
        self._on_view_chosen(self._parts.sidebar.chosen)

    def _stand_at(self, view: str) -> None:
        """Have the sidebar stand at a view without showing it."""
        sidebar = self._parts.sidebar
        sidebar.blockSignals(True)
        sidebar.choose(view)
        sidebar.blockSignals(False)

    # --- views ---------------------------------------------------------------------------------

    def _on_view_chosen(self, view: str) -> None:
        parts = self._parts
        if view == "said":
            self._said.show()
            self._put_search_last()
            self.changed.emit()
            return
        before, self._before = self._before, view
        if parts.organising.on_the_way:
            parts.organising.leave_parcours()
        if view in {"spaces", "sources", *SCREENS}:
            self._show_screen(view)
            return
        parts.pages.setCurrentWidget(parts.inner)
        parts.listed.show()
        searching = view in SEARCHED or view.startswith(SAVED)
        parts.page.show_page(shown=searching)
        if searching:
            self._show_search(view, before)
        else:
            self.show_list(view)

    def _show_search(self, view: str, before: str) -> None:
        page = self._parts.page
        self.tell_empty(view)
        self._parts.shelf.leave()
        if view.startswith(SAVED):
            page.open_saved(view.removeprefix(SAVED))
        elif view == "quotes":
            page.list_citations()
        else:
            if before == "quotes":
                page.leave_citations()
            page.ask()

    def _show_screen(self, view: str) -> None:
        parts = self._parts
        own: dict[str, SpacesPane | SourcesPane] = {
            "spaces": parts.spaces,
            "sources": parts.sources,
        }
        screen = own[view] if view in own else parts.organising.screen(view)
        parts.shelf.leave()
        screen.refresh()
        parts.pages.setCurrentWidget(screen)
        self._put_search_last()
        self.changed.emit()

    def _put_search_last(self) -> None:
        """Have the tabulator come to the page before the search field, which was made first."""
        last = self._window.previousInFocusChain()
        while last is not None and last.focusPolicy() == Qt.FocusPolicy.NoFocus:
            last = last.previousInFocusChain()
        if last is not None:
            QWidget.setTabOrder(last, self._parts.search)

    def show_list(self, view: str) -> None:
        """Show what a view lists, from its beginning."""
        self.tell_empty(view)
        self._parts.shelf.show(view)

    # --- empty ---------------------------------------------------------------------------------

    @property
    def _emptied(self) -> str:
        chosen = self._parts.sidebar.chosen
        asked = self._parts.page.shown and not self.searched and not chosen.startswith(SAVED)
        return "search" if asked else chosen

    def tell_empty(self, view: str = "") -> None:
        """Say what a view is for, where it has nothing to show; the one that is shown by default."""
        parts = self._parts
        told = self._told(view or self._emptied)
        ratio = self._window.devicePixelRatioF()
        picture = theme.pixmap(told.icon, theme.colours().muted, 40, ratio)
        parts.listed.empty.tell(picture, told.title, told.text, told.button, told.other)

    def _told(self, view: str) -> Empty:
        parts = self._parts
        if parts.page.shown and parts.page.narrowed:
            return views.narrowed(parts.page.narrowed)
        bare = not self._desk.exceeds(Filter(), 0)
        return views.empty(view, parts.search.text(), parts.page.unheard, bare=bare)

    def act_on_empty(self, actions: Callable[[str], QAction], *, other: bool = False) -> None:
        """Do what an empty view offers to do; ``other``: what else it offers."""
        told = self._told(self._emptied)
        action = told.other_action if other else told.action
        if action == views.WIDEN:
            self._parts.page.widen()
        else:
            actions(action).trigger()

    # --- searching -----------------------------------------------------------------------------

    def find(self) -> None:
        """Search the memory; from within a text, look for words in it."""
        focused = QApplication.focusWidget()
        if focused is not None and self._parts.reader.isAncestorOf(focused):
            self._parts.reader.seeker.open()
            return
        self.search()

    def search(self) -> None:
        """Give the field of searches the keys."""
        self._parts.search.setFocus()
        self._parts.search.selectAll()

    def _on_search_asked(self) -> None:
        if not self.searched:
            self._parts.sidebar.choose("search")
        else:
            self._parts.page.ask()

    def on_answered(self) -> None:
        """Say what a search that found nothing says."""
        self.tell_empty()

    def search_for(self, query: str) -> None:
        """Search the whole memory for a query that somebody wrote."""
        self._parts.page.begin(query)
        if self._parts.sidebar.chosen == "search":
            self._parts.page.ask()
        else:
            self._parts.sidebar.choose("search")

    def refresh_saved(self) -> None:
        """Count what is new in the saved searches, aside."""
        self._jobs.look(self._desk.saved_searches, self._show_saved)

    def _show_saved(self, saved: list[SavedSearch]) -> None:
        self._parts.sidebar.show_saved(saved)
        self.saved_told.emit(saved)

    def on_indexed(self, waiting: int) -> None:
        """Ask again, once the index has heard of everything."""
        if not waiting:
            self.refresh_saved()
            if self._parts.page.shown:
                self._parts.page.ask(keep=True)

    # --- what was said -------------------------------------------------------------------------

    def choose_said(self) -> None:
        """Go to the page that tells what was said; again, ask about what is typed now."""
        if self._parts.sidebar.chosen == "said":
            self._said.show()
        else:
            self._parts.sidebar.choose("said")

    def come_back(self) -> None:
        """Show the list again, as it was."""
        if self._parts.sidebar.chosen == "said":
            self._stand_at(self._before)
        self._parts.pages.setCurrentWidget(self._parts.inner)
        self.changed.emit()
