"""What a team orders its memory by: the home page, themes, dossiers read from end to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.desk.homing import Home
from veille.domain.facts import Changes
from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.dossiers.pane import DossierPane
from veille.ui.dossiers.strip import ParcoursStrip
from veille.ui.home.pane import HomePane
from veille.ui.jobs import Jobs
from veille.ui.leading import filtered
from veille.ui.themes.pane import ThemesPane

_VIEW = "view:"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window shows when it is asked to: a thing, a view of the sidebar, a search.

    Attributes:
        step: a thing beside the list that is shown, whatever stands in it.
    """

    thing: Callable[[str], None]
    step: Callable[[str], None]
    view: Callable[[str], None]
    search: Callable[[str], None]


class Organising(QObject):
    """Holds the pages, and goes where they lead."""

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, *, shown: Shown, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._shown = shown
        self.home = HomePane(desk, jobs)
        self.themes = ThemesPane(desk, jobs, bus)
        self.dossier = DossierPane(desk, jobs, bus)
        self.strip = ParcoursStrip(desk, jobs, bus)
        self.dossier.opened.connect(shown.thing)
        self.dossier.parcours_requested.connect(self.strip.begin)
        self.dossier.cover_requested.connect(self.dossier.write_cover)
        self.strip.step_wanted.connect(shown.step)
        self.strip.ended.connect(self._on_strip_ended)
        self._seen: Home | None = None
        self.home.opened.connect(self._on_home_opened)
        self.home.shown.connect(self._on_home_shown)
        self.home.seen_requested.connect(lambda: bus.say(_("All was marked as seen.")))
        self.themes.theme_chosen.connect(lambda label: shown.search(filtered("theme", label)))
        bus.changed.connect(self._on_changed)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {**self.strip.acts(), "parcours": self._begin_parcours}

    @property
    def screens(self) -> Mapping[str, HomePane | ThemesPane]:
        """Give the pages by the views that show them."""
        return {"home": self.home, "themes": self.themes}

    def leave(self) -> None:
        """Note that the visit ends: what was shown is no news at the next one."""
        if self._seen is not None:
            self._desk.home.leave(self._seen)

    def dress(self) -> None:
        """Take the colours in force."""
        for one in (self.home, self.dossier, self.strip):
            one.dress()

    def _on_home_opened(self, what: str) -> None:
        if what.startswith(_VIEW):
            self._shown.view(what.removeprefix(_VIEW))
        elif ":" in what:
            self._shown.view(what)
        else:
            self._shown.thing(what)

    def _on_home_shown(self, home: Home) -> None:
        self._seen = home

    def show_theme(self, label: str) -> None:
        """Show a theme among the others."""
        self._shown.view("themes")
        self.themes.select(label)

    def _begin_parcours(self) -> None:
        if self.dossier.dossier:
            self.strip.begin(self.dossier.dossier)

    def _on_strip_ended(self) -> None:
        if self.dossier.dossier:
            self._shown.step(self.dossier.dossier)

    def _on_changed(self, changes: Changes) -> None:
        if self.home.isVisible():
            self.home.refresh()
        self.dossier.refresh(changes)
        self.strip.refresh(changes)
