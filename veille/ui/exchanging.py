"""Annotations to and from other programs, as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.sentences import exchanging
from veille.sentences.catalogue import _, labelled, number
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.commands import Focus
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.exchanging import Taken

_KINDS = "JSON-LD (*.jsonld *.json)"


class Exchanging(QObject):
    """One method an action."""

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, *, focus: Focus, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._focus, self._window = focus, window

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {"export_annotations": self.export, "import_annotations": self.take}

    def export(self) -> None:
        """Write the annotations of the article that is read, or all of them, to a file."""
        row = self._focus.current()
        article = row.id if row is not None and row.kind == "article" else ""
        choices = [Choice("all", _("All those of the memory"))]
        if article:
            choices.insert(0, Choice("one", _("Those of this article")))
        chosen = ask.one_of(
            self._window, _("Which annotations?"), choices,
            _("Private comments go along: think before you pass the file on."),
        )  # fmt: skip
        if chosen is None:
            return
        path = ask.save_file(self._window, _("Export the annotations…"), "veille.jsonld", _KINDS)
        if path:
            self._jobs.fetch(
                lambda: self._desk.exchanging.save(Path(path), article if chosen == "one" else ""),
                lambda _none: self._bus.say(_("Written: {path}").format(path=path)),
            )

    def take(self) -> None:
        """Take annotations from files, and tell what became of them."""
        for path in ask.files(self._window, _("Import annotations…"), _KINDS):
            self._jobs.write(
                partial(self._desk.exchanging.load, Path(path)), partial(self._on_taken, path)
            )

    def _on_taken(self, path: str, taken: Taken) -> None:
        self._bus.changed.emit(taken.changes)
        told = Counter(exchanging.states(taken).values())
        lines = [("good", labelled(state, number(count))) for state, count in told.items()]
        lines += [("watch", exchanging.problem(one)) for one in taken.problems]
        self._bus.say(exchanging.added(taken), undo=taken.changes.gesture)
        if taken.problems or taken.orphaned or taken.doubtful:
            ask.report(self._window, _("What came in"), Path(path).name, lines)
