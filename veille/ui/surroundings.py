"""What is told around the list, counted aside: at the side, at the foot, in the search field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from veille.desk import clock
from veille.desk.desk import Desk
from veille.sentences.catalogue import _, n_
from veille.ui.browse import views
from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.sidebar import Sidebar
from veille.ui.jobs import Jobs
from veille.ui.status import StatusFoot

# Once for all that changes meanwhile: keys that follow each other do not each have it counted.
SOON_MS: Final = 200


class Surroundings(QObject):
    """Counts what waits in each view, and tells how the spaces and the index are.

    ``elsewhere`` gives the counts of the screens and lists that count for themselves.

    Signals:
        told(): everything around was told.
    """

    told = Signal()

    def __init__(  # noqa: PLR0913 - the window's parts, given by name
        self, desk: Desk, jobs: Jobs, *, sidebar: Sidebar, status: StatusFoot, field: QLineEdit,
        listed: ListPane, elsewhere: Callable[[], Mapping[str, int]],
    ) -> None:  # fmt: skip
        super().__init__(sidebar)
        self._desk, self._jobs = desk, jobs
        self._sidebar, self._status, self._field = sidebar, status, field
        self._elsewhere = elsewhere
        # What leaves the list does so before it is written: it is not counted beside it either.
        listed.counted.connect(lambda: sidebar.change_counts(elsewhere()))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.look)

    def close(self) -> None:
        """Look no more."""
        self._soon.stop()

    def soon(self) -> None:
        """Look around, soon; what asks again meanwhile does not put it off."""
        if not self._soon.isActive():
            self._soon.start()

    def look(self) -> None:
        """Look around, aside."""
        self._jobs.look(lambda: views.around(self._desk), self._tell)

    def _tell(self, around: views.Around) -> None:
        self._sidebar.show_counts({**around.counts, **self._elsewhere()})
        self._status.tell_who(around.name)
        self._status.tell_spaces(around.spaces, clock.now_ms())
        self._status.tell_index(around.unindexed)
        self._field.setPlaceholderText(_search(around.total))
        self.told.emit()


def _search(total: int) -> str:
    if not total:
        return _("Search: nothing in the memory yet")
    return n_("Search {n} article, quote or note", "Search {n} articles, quotes and notes", total)
