"""The two pages where the memory speaks: what was said of something, and a story in its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.sentences import saying
from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.commands import Focus
from veille.ui.jobs import Jobs
from veille.ui.saying.angles import AnglesPane
from veille.ui.saying.pane import SaidPane


class Said(QObject):
    """Brings the two pages in front of the others, and goes back."""

    def __init__(  # noqa: PLR0913 - what it drives, given by name
        self, desk: Desk, jobs: Jobs, bus: Bus, *, pages: QStackedWidget, field: QLineEdit,
        focus: Focus, choose: Callable[[], None], show_passage: Callable[[str], None],
        search: Callable[[str], None], go_back: Callable[[], None], window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._pages, self._field, self._focus = pages, field, focus
        self._choose = choose
        self.pane, self.angles = SaidPane(desk, jobs), AnglesPane(desk, jobs)
        for page in (self.pane, self.angles):
            pages.addWidget(page)
            page.closed.connect(go_back)
        self.pane.opened.connect(show_passage)
        self.pane.search_requested.connect(search)
        self.pane.note_requested.connect(self._on_note_requested)
        self.pane.copied.connect(lambda _count: bus.say(_("Copied with its reference.")))
        self.angles.opened.connect(bus.open_requested)
        keys = QShortcut(QKeySequence("F2"), field)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(choose)
        bus.changed.connect(self._on_changed)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {"said": self._choose, "angles": self.compare}

    def show(self) -> None:
        """Ask what was said about what is typed in the search field, or about anything."""
        # Asked before it is shown: a page that has nothing to show looks for examples first.
        self.pane.ask_about(self._field.text().strip())
        self._pages.setCurrentWidget(self.pane)
        self.pane.question.setFocus()

    def compare(self) -> None:
        """Show the articles that are selected side by side; of one alone, its story."""
        articles = [one for one in self._focus.targets() if kind_of(one) == "article"]
        row = self._focus.current()
        if not articles and row is not None and row.about:
            articles = [row.about]
        if not articles:
            self._bus.say(_("Choose an article first: its story is shown in all its sources."))
            return
        self._pages.setCurrentWidget(self.angles)
        self.angles.show_angles(articles[0] if len(articles) == 1 else articles)

    def dress(self) -> None:
        """Put the colours in force on."""
        self.pane.dress()
        self.angles.dress()

    def _on_note_requested(self, title: str, quotes: list[str]) -> None:
        def done(note: str) -> None:
            self._bus.changed.emit(Changes(frozenset({note})))
            self._bus.open_requested.emit(note)

        write = partial(saying.note, style=self._desk.citing.style())
        self._jobs.write(lambda: self._desk.saying.note_of(title, quotes, write=write), done)

    def _on_changed(self, changes: Changes) -> None:
        if self.pane.isVisible() and changes.touches("q-"):
            self.pane.refresh()
