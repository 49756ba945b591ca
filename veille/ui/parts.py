"""What the window is made of: its panes, so that whoever drives them is handed them at once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget

from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.search_page import SearchPage
from veille.ui.browse.shelf import Shelf
from veille.ui.browse.sidebar import Sidebar
from veille.ui.choices import ChoiceBar
from veille.ui.notes.pane import NotePane
from veille.ui.organising import Organising
from veille.ui.reading.pane import ReadingPane
from veille.ui.sources.pane import SourcesPane
from veille.ui.spaces.pane import SpacesPane


@dataclass(frozen=True, slots=True)
class Parts:
    """The panes of a window.

    Attributes:
        page: what a search adds to the list.
        pages: beside the sidebar: ``inner``, or a page of another kind.
        inner: the list, and what is read beside it.
        detail: what is read or written.
        search: the field of the tool bar.
    """

    sidebar: Sidebar
    listed: ListPane
    shelf: Shelf
    page: SearchPage
    reader: ReadingPane
    notes: NotePane
    sources: SourcesPane
    spaces: SpacesPane
    organising: Organising
    choices: ChoiceBar
    pages: QStackedWidget
    inner: QSplitter
    detail: QStackedWidget
    search: QLineEdit

    @property
    def lists(self) -> bool:
        """Tell whether the list is shown, not a page of another kind."""
        return self.pages.currentWidget() is self.inner

    @property
    def reads(self) -> bool:
        """Tell whether the reader is what is beside the list."""
        return self.detail.currentWidget() is self.reader

    @property
    def writes(self) -> bool:
        """Tell whether a note is what is beside the list."""
        return self.detail.currentWidget() is self.notes

    @property
    def shown(self) -> str:
        """Give the thing that is shown beside the list."""
        if self.writes:
            return self.notes.note
        dossier = self.organising.dossier
        return dossier.dossier if dossier is not None else self.reader.thing
