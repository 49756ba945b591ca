"""A dossier read in order: a bar above what is read, from the cover note to the last member."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from veille.desk.desk import Desk
from veille.desk.dossiers import Parcours
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.bus import Bus
from veille.ui.dossiers.bar import ParcoursBar
from veille.ui.dossiers.route import Route
from veille.ui.jobs import Jobs


class ParcoursStrip(QFrame):
    """Goes from one step to the next, and notes what was read. Hidden while no dossier is read.

    Enter marks as read and goes on, Esc quits, where the strip has the focus; elsewhere the window
    gives these keys to ``acts``.

    Signals:
        step_wanted(str): this thing is to be shown.
        ended(): the dossier is no longer read in order.
    """

    step_wanted = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__()
        self.setObjectName("parcours")
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self.dossier = ""
        self._route: Route | None = None
        self._found: Parcours | None = None
        self._names: Mapping[str, str] = {}
        self._where = ""
        self._ticket = 0
        self.bar = ParcoursBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        self.bar.next.clicked.connect(self.next)
        self.bar.previous.clicked.connect(self.previous)
        self.bar.quit.clicked.connect(self.quit)
        self.bar.tells.clicked.connect(self._on_tells_clicked)
        self.hide()
        self.dress()

    @property
    def active(self) -> bool:
        """Tell whether a dossier is read in order."""
        return self._route is not None

    # --- going ---------------------------------------------------------------------------------

    def begin(self, dossier: str) -> None:
        """Read a dossier in order, from the first step that is still to be read."""
        self.dossier, self._route = dossier, None
        self._look(self._on_begun)

    def next(self) -> None:
        """Mark the step as read and go on; once all is read, end."""
        if self._route is None:
            return
        if self._route.is_over:
            self.quit()
            return
        read = self._route.current
        self._route.advance()
        self._go()
        if read:
            act = partial(self._desk.dossiers.mark, self.dossier, read, read=True)
            self._jobs.write(act, partial(self._on_marked, read), partial(self._on_failed, read))

    def previous(self) -> None:
        """Go back one step, read or not."""
        if self._route is not None and self._route.back():
            self._go()

    def quit(self) -> None:
        """Stop reading in order; what was read stays read."""
        if self._route is None:
            return
        self._ticket += 1
        self.dossier, self._route, self._found = "", None, None
        self.hide()
        self.ended.emit()

    def _go(self) -> None:
        self._tell()
        if self._route is not None and not self._route.is_over and self._route.current:
            self.step_wanted.emit(self._route.current)

    # --- following -----------------------------------------------------------------------------

    def refresh(self, changes: Changes) -> None:
        """Follow what changed: members put in and taken out, what colleagues say they read."""
        if self._route is None or not changes.entities:
            return
        steps = {self.dossier, *self._route.steps}
        if steps & changes.entities or changes.touches("p-"):
            self._look(self._on_looked)

    def _look(self, done: Callable[[Parcours], None]) -> None:
        self._ticket += 1
        ticket, dossier = self._ticket, self.dossier

        def look() -> tuple[Parcours, Mapping[str, str], str]:
            found = self._desk.dossiers.parcours(dossier)
            names = {one.id: one.name for one in self._desk.spaces()}
            return found, self._desk.people(), names.get(found.dossier.space, "")

        def latest_only(looked: tuple[Parcours, Mapping[str, str], str]) -> None:
            if ticket == self._ticket:
                self._found, self._names, self._where = looked
                done(looked[0])

        self._jobs.look(look, latest_only)

    def _on_begun(self, found: Parcours) -> None:
        if not found.steps:
            self.dossier = ""
            self._bus.say(_("There is nothing to read in this dossier yet."))
            self.ended.emit()
            return
        self._route = Route(found.steps)
        self.show()
        self._go()

    def _on_looked(self, found: Parcours) -> None:
        if self._route is None:
            return
        if found.dossier.hidden or not found.steps:
            # It was deleted, or emptied, while it was read.
            self.quit()
            return
        self._route.follow(found.steps)
        self._tell()

    def _on_marked(self, step: str, changes: Changes) -> None:
        if self._route is not None:
            self._route.settle(step)
        self._bus.changed.emit(changes)

    def _on_failed(self, step: str, problem: VeilleError) -> None:
        """Take back what could not be noted; the reading goes on."""
        if self._route is not None:
            self._route.settle(step, read=False)
            self._tell()
        self._jobs.failed.emit(problem)

    def _on_tells_clicked(self, tells: bool) -> None:
        dossier = self.dossier

        def failed(problem: VeilleError) -> None:
            self._tell()
            self._jobs.failed.emit(problem)

        self._jobs.write(
            lambda: self._desk.dossiers.tell(dossier, tells=tells), self._bus.changed.emit, failed
        )

    # --- showing -------------------------------------------------------------------------------

    def _tell(self) -> None:
        if self._route is not None and self._found is not None:
            self.bar.show_route(
                self._route, self._found, self._names, where=self._where, me=self._desk.person
            )

    def dress(self) -> None:
        """Take the colours in force."""
        self.setStyleSheet(_sheet(theme.colours()))
        self.bar.dress()
        self._tell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(self.focusWidget())
        elif event.key() == Qt.Key.Key_Escape:
            self.quit()
        else:
            super().keyPressEvent(event)

    def _enter(self, focused: QWidget | None) -> None:
        if isinstance(focused, QPushButton):
            focused.click()
        else:
            self.next()


def _sheet(c: theme.Colours) -> str:
    return f"""
    #parcours {{ background: {c.card}; border-bottom: 1px solid {c.line}; }}
    #parcours QPushButton {{ padding: 4px 10px; }}
    #parcours QPushButton#quiet {{ padding: 4px; }}
    #parcours_over, #parcours_place {{ color: {c.muted}; }}
    """
