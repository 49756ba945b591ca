"""What comes in by itself: waiting pages, the watched folder, what the browser left."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.domain.views import Row
from veille.sentences import clipping
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.rounds import Rounds

if TYPE_CHECKING:
    from veille.desk.clipping import Clipped

LOOK_MS: Final = 2_000
# Of the network's threads, those that what nobody waits for may take.
_BEHIND: Final = 2
# Beyond, what a stop left behind is fetched without a word for each.
_FEW: Final = 5
SETTLE_MS: Final = 1_000
# Tried again by itself at the next start; anything else waits for the person.
_PASSING: Final = frozenset({"", "Unreachable", "TooSlow", "Abandoned"})


class Incoming(QObject):
    """Drives the queue: fetches on the network lane, reads in the worker, tells what was caught.

    Signals:
        complete_requested(str): the person wants to complete this article.
        quote_requested(str): the person wants to quote something in this article.
    """

    complete_requested = Signal(object)
    quote_requested = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, rounds: Rounds) -> None:
        super().__init__()
        self._desk, self._jobs, self._bus, self._rounds = desk, jobs, bus, rounds
        self._looking = False
        self._behind: deque[str] = deque()
        self._under_way: set[str] = set()
        # What arrived at once and is still read, and what it came to so far.
        self._together: set[str] = set()
        self._came: list[str] = []
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)

    def start(self) -> None:
        """Resume what waits, and watch."""
        waiting = [one.article for one in self._desk.pending() if one.problem in _PASSING]
        for article in waiting if len(waiting) <= _FEW else ():
            self.fetch(article, opens=False)
        if len(waiting) > _FEW:
            self.fetch_behind(waiting)
        self._desk.intake.spool.mkdir(parents=True, exist_ok=True)
        self._watcher.addPath(str(self._desk.intake.spool))
        self._clock.start()
        self.look()

    def close(self) -> None:
        """Stop watching."""
        self._clock.stop()
        self._watcher.blockSignals(True)
        # They wait in the queue of the memory: the next start goes on with them.
        self._behind.clear()

    def look(self) -> None:
        """Have the worker look at the watched folder and at the spool, unless it is doing so."""
        if self._looking:
            return
        self._looking = True
        self._rounds.index.ask("collect", self._on_collected, self._on_collect_failed)

    def fetch(self, article: str, *, opens: bool = True, aside: bool = False) -> None:
        """Fetch a page, then have it read by the worker.

        ``opens``: it is being read; ``aside``: nobody waits for it.
        """
        was_gone = self._is_gone(article)

        def failed(problem: VeilleError) -> None:
            if not was_gone and self._is_gone(article):
                # The line above its text says so from now on.
                self._on_failed(article, "", {}, aside=True)
            else:
                self._on_failed(article, problem.code, dict(problem.data), aside=aside)

        self._jobs.fetch(
            lambda: self._desk.fetch(article),
            lambda _none: self.ask("finish", article, opens=opens, aside=aside),
            failed,
        )

    def _is_gone(self, article: str) -> bool:
        return any(row.fields.get("gone") for row in self._desk.rows([article]))

    def fetch_behind(self, articles: Iterable[str]) -> None:
        """Fetch many pages, a few at a time: what is clipped meanwhile passes before them."""
        self._behind.extend(articles)
        self._go_on()

    def _go_on(self, ended: str = "") -> None:
        self._under_way.discard(ended)
        while self._behind and len(self._under_way) < _BEHIND:
            article = self._behind.popleft()
            self._under_way.add(article)
            self.fetch(article, aside=True)

    def ask(
        self, do: str, article: str, *, opens: bool = True, aside: bool = False, **more: Any
    ) -> None:
        """Ask the worker for something that ends in a capture; ``opens``: it is being read."""
        told = self._on_finished_aside if aside else partial(self._on_finished, opens=opens)
        self._rounds.index.ask(
            do,
            lambda answer: told(article, _clipped(answer)),
            lambda code, data: self._on_failed(article, code, data, aside=aside),
            article=article,
            **more,
        )

    def take(self, act: Callable[[], list[Clipped]]) -> None:
        """Queue what came through a door; it is read behind."""

        def done(taken: list[Clipped]) -> None:
            self._bus.changed.emit(Changes(frozenset(one.id for one in taken), initiator="clip"))
            for one in taken:
                self.fetch(one.id)
            if taken:
                self._bus.open_requested.emit(taken[0].id)

        self._jobs.write(act, done)

    def _on_collected(self, answer: dict[str, Any]) -> None:
        self._looking = False
        for told in answer["problems"]:
            self._bus.say(told, tone="error")
        if answer["taken"]:
            self._bus.changed.emit(Changes(frozenset(answer["taken"]), initiator="clip"))
        if len(answer["taken"]) > 1:
            self._together.update(answer["taken"])
        for article in answer["taken"]:
            self.ask("finish", article, opens=False)
        if answer["settling"]:
            QTimer.singleShot(SETTLE_MS, self, self.look)

    def _on_collect_failed(self, code: str, data: dict[str, Any]) -> None:
        self._looking = False
        if code not in {"Abandoned", "StoreBusy"}:
            self._bus.say(sentence_of_code(code, **data), tone="error")

    def _on_finished_aside(self, article: str, clipped: Clipped) -> None:
        """Show what was had of a page that was fetched behind: its line and its text say enough."""
        self._go_on(article)
        touched = {article, clipped.id} - {""}
        self._bus.changed.emit(Changes(frozenset(touched), initiator="clip"))

    def _on_finished(self, article: str, clipped: Clipped, *, opens: bool = True) -> None:
        touched = {article, clipped.id, clipped.quote} - {""}
        self._bus.changed.emit(Changes(frozenset(touched), initiator="clip"))
        row = next(iter(self._desk.rows([clipped.id])), None)
        if article in self._together:
            self._tell_together(article, row)
            return
        if row is None:
            return
        shows = (_("Open"), partial(self._bus.open_requested.emit, row.id))
        if row.id != article and opens:
            self._bus.open_requested.emit(row.id)
        if clipped.added:
            newest = max(self._desk.intake.captures(row.id), key=lambda one: one.at)
            told = clipping.added(row, newest.verdict, newest.words)
            self._bus.say(told, more=(shows,))
        elif clipped.duplicate_of:
            self.tell_already(row.id)
        elif row.verdict in {"complete", "pending"}:
            # Whoever had it opened may be elsewhere by now.
            self._bus.say(clipping.clipped(row), more=(shows,))
        else:
            completes = (_("Complete…"), partial(self.complete_requested.emit, row.id))
            keeps = (_("Keep as it is"), lambda: None)
            self._bus.say(clipping.clipped(row), more=(shows, completes, keeps))

    def _tell_together(self, article: str, row: Row | None = None) -> None:
        """Tell what arrived at once when the last of it is read: one notice would hide the next."""
        self._together.discard(article)
        self._came += [row.id] if row is not None else []
        if self._together or not self._came:
            return
        came, self._came = list(dict.fromkeys(self._came)), []
        shows = partial(self._bus.open_requested.emit, came[0])
        self._bus.say(clipping.several(self._desk.rows(came)), action=_("Open"), act=shows)

    def tell_already(
        self, article: str, *more: tuple[str, Callable[[], object]],
        quote: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """Say that a page was here already, by whom, since when, filed where.

        ``quote`` keeps what was to be quoted of it; without it a sentence is still to be selected.
        """
        row = self._desk.rows([article])[0]
        who = self._desk.people().get(row.created_by, "")
        dossiers = [one.title for one in self._desk.read(article).dossiers]
        shows = (_("Open"), partial(self._bus.open_requested.emit, article))
        quotes = (_("Add my quote"), quote or partial(self._quote_by_hand, article))
        self._bus.say(clipping.already(row, who, dossiers), more=(shows, quotes, *more))

    def _quote_by_hand(self, article: str) -> None:
        self.quote_requested.emit(article)
        self._bus.say(_("Select the sentence; C keeps it as a quote."))

    def _on_failed(
        self, article: str, code: str, data: dict[str, Any], *, aside: bool = False
    ) -> None:
        self._bus.changed.emit(Changes(frozenset({article}), initiator="clip"))
        self._go_on(article)
        if article in self._together:
            self._tell_together(article)
        if code == "Abandoned" or aside:
            # What was fetched behind waits with its reason, where what waits is counted.
            return
        told = sentence_of_code(code, **data)
        if code == "NothingNew":
            self._bus.say(told)
            return
        again = (_("Try again"), partial(self._again, article, intranet=False))
        inside = (_("It is a page of our network"), partial(self._again, article, intranet=True))
        acts = (inside,) if code == "PrivateAddress" else (again,)
        self._bus.say(told, tone="error", more=acts)

    def _again(self, article: str, *, intranet: bool) -> None:
        def queued(_none: object) -> None:
            self.fetch(article)

        self._jobs.write(lambda: self._desk.intake.again(article, intranet=intranet), queued)

    def again(self, article: str) -> None:
        """Fetch a page once more: another capture is kept, a worse one replaces nothing."""
        self._again(article, intranet=False)


def _clipped(answer: dict[str, Any]) -> Clipped:
    # A start does not wait for what extracts pages.
    from veille.desk.clipping import Clipped

    return Clipped(**answer)
