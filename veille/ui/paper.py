"""Printing what is shown: an article with its marks, a note as it is read, what a dossier holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.parts import Parts
from veille.ui.reading import printing
from veille.ui.reading.printing import Printed


class Paper(QObject):
    """Puts on paper what stands beside the list."""

    def __init__(self, bus: Bus, parts: Parts, *, window: QWidget) -> None:
        super().__init__(window)
        self._bus, self._parts, self._window = bus, parts, window

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {"print": self.print}

    def print(self) -> None:
        """Print what is shown, with page numbers and where it comes from."""
        parts = self._parts
        dossier = parts.organising.dossier
        if not parts.lists:
            self._say_nothing()
        elif parts.writes:
            parts.notes.on_paper(self._put)
        elif dossier is not None:
            dossier.on_paper(self._put)
        elif parts.reader.row is not None:
            self._print(printing.article(parts.reader.browser, parts.reader.row))
        else:
            self._say_nothing()

    def _say_nothing(self) -> None:
        self._bus.say(_("Open an article, a note or a dossier: that is what is printed."))

    def _put(self, title: str, document: QTextDocument) -> None:
        self._print(Printed(title, document, (title,)))

    def _print(self, printed: Printed) -> None:
        outcome = printing.print_out(printed, self._window)
        printed.document.deleteLater()
        if outcome.told:
            self._bus.say(outcome.told, tone="error" if outcome.failed else "info")
