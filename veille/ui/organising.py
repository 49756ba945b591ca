"""What a team orders its memory by: the home page, themes, dossiers read from end to end.

Pages are made when they are first shown: a window that opens on what is to be sorted does not wait
for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Choice
from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.leading import filtered

if TYPE_CHECKING:
    from veille.desk.homing import Home
    from veille.ui.dossiers.pane import DossierPane
    from veille.ui.dossiers.strip import ParcoursStrip
    from veille.ui.home.pane import HomePane
    from veille.ui.themes.pane import ThemesPane

SCREENS: Final = frozenset({"home", "themes"})
_VIEW: Final = "view:"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window shows when it is asked to: a thing, a view of the sidebar, a search.

    Attributes:
        step: a thing beside the list that is shown, whatever stands in it.
        chosen_changed: other things are selected.
        share: what is selected is to be shared.
        settled: a version of a thing was chosen.
    """

    thing: Callable[[str], None]
    step: Callable[[str], None]
    view: Callable[[str], None]
    search: Callable[[str], None]
    chosen_changed: Callable[[], None]
    share: Callable[[], None]
    settled: Callable[[str, Choice, str], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pages go: beside the sidebar, beside the list, above what is read."""

    pages: QStackedWidget
    detail: QStackedWidget
    above: QVBoxLayout


class Organising(QObject):
    """Makes the pages, holds them, and goes where they lead."""

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, shown: Shown, places: Places, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._shown, self._places = shown, places
        self._seen: Home | None = None
        bus.changed.connect(self._on_changed)

    # --- pages ---------------------------------------------------------------------------------

    def screen(self, view: str) -> HomePane | ThemesPane:
        """Give the page of a view, made the first time."""
        return self.home if view == "home" else self.themes

    @cached_property
    def home(self) -> HomePane:
        """Give the home page."""
        from veille.ui.home.pane import HomePane

        page = HomePane(self._desk, self._jobs)
        page.opened.connect(self._on_home_opened)
        page.shown.connect(self._on_home_shown)
        page.seen_requested.connect(lambda: self._bus.say(_("Everything was marked as seen.")))
        self._places.pages.addWidget(page)
        return page

    @cached_property
    def themes(self) -> ThemesPane:
        """Give the page of the themes."""
        from veille.ui.themes.pane import ThemesPane

        page = ThemesPane(self._desk, self._jobs, self._bus)
        page.theme_chosen.connect(lambda label: self._shown.search(filtered("theme", label)))
        page.chosen_changed.connect(self._shown.chosen_changed)
        page.share_requested.connect(self._shown.share)
        page.settled.connect(self._shown.settled)
        self._places.pages.addWidget(page)
        return page

    @property
    def chosen_themes(self) -> list[str]:
        """Give the themes that are selected on their page; none on another one."""
        if not self._is_made("themes") or self._places.pages.currentWidget() is not self.themes:
            return []
        return [one.id for one in self.themes.chosen if one.id]

    @cached_property
    def _dossier(self) -> DossierPane:
        from veille.ui.dossiers.pane import DossierPane

        pane = DossierPane(self._desk, self._jobs, self._bus)
        pane.opened.connect(self._shown.thing)
        pane.parcours_requested.connect(self._on_parcours_requested)
        pane.cover_requested.connect(pane.write_cover)
        self._places.detail.addWidget(pane)
        return pane

    @cached_property
    def _strip(self) -> ParcoursStrip:
        from veille.ui.dossiers.strip import ParcoursStrip

        strip = ParcoursStrip(self._desk, self._jobs, self._bus)
        strip.step_wanted.connect(self._shown.step)
        strip.ended.connect(self._on_strip_ended)
        self._places.above.insertWidget(0, strip)
        return strip

    # --- what is shown -------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "parcours": self._begin_parcours,
            "parcours_next": self._go_on,
            "parcours_previous": self._go_back,
            "parcours_quit": self.leave_parcours,
        }

    def panes(self) -> list[QWidget]:
        """Give the panes of the page that is shown, none when it is of another kind."""
        shown = self._places.pages.currentWidget()
        return next((list(one.panes) for one in self._screens() if one is shown), [])

    def _screens(self) -> list[HomePane | ThemesPane]:
        return [self.screen(view) for view in sorted(SCREENS) if self._is_made(view)]

    def _is_made(self, name: str) -> bool:
        """Tell whether a page was shown already: asking for it would make it."""
        return name in self.__dict__

    def show_dossier(self, dossier: str) -> None:
        """Show a dossier beside the list."""
        self._dossier.show_dossier(dossier)
        self._places.detail.setCurrentWidget(self._dossier)

    @property
    def dossier(self) -> DossierPane | None:
        """Give the dossier that is shown beside the list, None when something else is."""
        if not self._is_made("_dossier"):
            return None
        return self._dossier if self._places.detail.currentWidget() is self._dossier else None

    @property
    def on_the_way(self) -> bool:
        """Tell whether a dossier is being read from end to end."""
        return self._is_made("_strip") and self._strip.active

    def show_theme(self, theme: str) -> None:
        """Show a theme among the others."""
        self._shown.view("themes")
        self.themes.select(theme)

    def leave(self) -> None:
        """Note that the visit ends: what was shown is no news at the next one."""
        if self._seen is not None:
            self._desk.home.leave(self._seen)

    def dress(self) -> None:
        """Take the colours in force."""
        if self._is_made("home"):
            self.home.dress()
        if self._is_made("_dossier"):
            self._dossier.dress()
        if self._is_made("_strip"):
            self._strip.dress()

    # --- where they lead -----------------------------------------------------------------------

    def _on_home_opened(self, what: str) -> None:
        if what.startswith(_VIEW):
            self._shown.view(what.removeprefix(_VIEW))
        elif ":" in what:
            self._shown.view(what)
        else:
            self._shown.thing(what)

    def _on_home_shown(self, home: Home) -> None:
        self._seen = home

    def _begin_parcours(self) -> None:
        if self.dossier is not None:
            self._strip.begin(self.dossier.dossier)

    def _on_parcours_requested(self, dossier: str) -> None:
        self._strip.begin(dossier)

    def _go_on(self) -> None:
        self._strip.next()

    def _go_back(self) -> None:
        self._strip.previous()

    def leave_parcours(self) -> None:
        """Read no longer from end to end."""
        self._strip.quit()

    def _on_strip_ended(self) -> None:
        if self._dossier.dossier:
            self._shown.step(self._dossier.dossier)

    def _on_changed(self, changes: Changes) -> None:
        for one in self._screens():
            if one.isVisible():
                one.refresh()
        if self._is_made("_dossier"):
            self._dossier.refresh(changes)
        if self.on_the_way:
            self._strip.refresh(changes)
