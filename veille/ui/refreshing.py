"""Reading the sources that are due, by itself, in a process of its own; and when somebody asks.

What reads by itself stays silent: it shows how far it is, counts what came, and tells no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.sentences import sources
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui.bus import Bus
from veille.ui.helpers import Helper

if TYPE_CHECKING:
    from veille.desk.subscribing import Subscription

# The window shows itself first.
SOON_MS: Final = 1_500
# Whatever is due when: a computer that slept wakes up with a clock that did not run.
LONGEST_MS: Final = 5 * 60_000
SHORTEST_MS: Final = 60_000
AFTER_STOP_MS: Final = 30 * 60_000
# When so many are asked and none answers, it is the network that does not.
_MANY: Final = 5
_PROBES: Final = 3

Done = Callable[[dict[str, Any]], None]
Key = tuple[tuple[str, ...], bool]


class Refreshing(QObject):
    """Drives the process that asks the sources.

    Signals:
        progressed(str, str): what goes on, "" when nothing is being read; how far it is.
        refreshed(): a refresh ended, well or not: health and counts may be others.
    """

    progressed = Signal(object, object)
    refreshed = Signal()

    def __init__(self, desk: Desk, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bus = desk, bus
        self._helper = self._made()
        self._followed: Sequence[Subscription] = ()
        self._waiting: dict[Key, Done | None] = {}
        self._started = self._closing = self._stopping = False
        self._looking = self._lost = False
        self._failures = 0
        self._looked_at = 0
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state_changed)

    def _made(self) -> Helper:
        helper = Helper("feeds", str(self._desk.paths.root), self)
        helper.lost.connect(self._on_lost)
        return helper

    @property
    def busy(self) -> bool:
        """Tell whether sources are being read."""
        return bool(self._waiting)

    @property
    def offline(self) -> bool:
        """Tell whether nobody answered the last time."""
        return self._failures > 0

    def start(self) -> None:
        """Begin, once the window is shown."""
        self._started = True
        self._clock.start(SOON_MS)

    def close(self) -> None:
        """Stop; what was read is kept."""
        self._closing = True
        self._clock.stop()
        if self._helper.busy:
            self._helper.abandon()
        self._helper.close()

    def know(self, followed: Sequence[Subscription]) -> None:
        """Know what is followed: the process is not even started for nothing."""
        first = bool(followed) and not self._followed
        self._followed = followed
        if first and self._started and not self.busy:
            self._clock.start(SOON_MS)

    # --- by itself -----------------------------------------------------------------------------

    def look(self) -> None:
        """Read what is due; while nobody answers, ask a few that usually do."""
        if self._closing or self.busy or self._looking:
            return
        self._looked_at = clock.now_ms()
        if not self._followed:
            self._clock.start(LONGEST_MS)
        elif self.offline:
            self.ask(self._reliable())
        else:
            self._looking = True
            self._helper.ask("due", self._on_due, self._on_due_failed)

    def _reliable(self) -> list[str]:
        """Give the sources that answered last: when they do not, nobody does."""
        known = sorted(self._followed, key=lambda one: one.state.heard_at, reverse=True)
        return [one.id for one in known if not one.paused][:_PROBES]

    def _on_due(self, answer: dict[str, Any]) -> None:
        self._looking = False
        if answer["feeds"]:
            self.ask()
        else:
            self._rest(answer["next_at"])

    def _on_due_failed(self, _code: str, _data: dict[str, Any]) -> None:
        self._looking = False
        self._rest(0)

    def _rest(self, next_at: int) -> None:
        """Look again when the next is due: in a minute at the soonest, in five at the latest."""
        if self._closing or not self._started:
            return
        pause = next_at - clock.now_ms() if next_at else LONGEST_MS
        if self.offline:
            pause = SHORTEST_MS * 2 ** min(self._failures - 1, 3)
        self._clock.start(min(max(pause, SHORTEST_MS), LONGEST_MS))

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        """Look at once when somebody comes back after a while."""
        came = state == Qt.ApplicationState.ApplicationActive
        away = abs(clock.now_ms() - self._looked_at)
        if came and self._started and self._looked_at and away > LONGEST_MS:
            self.look()

    # --- asking --------------------------------------------------------------------------------

    def ask(
        self, only: Sequence[str] = (), *, every: bool = False, done: Done | None = None
    ) -> None:
        """Read the sources named, ``every`` one, or those that are due.

        Args:
            only: their ids.
            every: all of them.
            done: somebody asked: is told the answer, and errors are said.
        """
        key = (tuple(only), every)
        if key in self._waiting:
            # It is being read: whoever asks now is told as well.
            self._waiting[key] = done or self._waiting[key]
            return
        if self._lost and done is not None:
            self._helper, self._lost = self._made(), False
        self._waiting[key] = done
        self._clock.stop()
        self._tell({"done": 0, "total": 0, "title": ""})
        self._helper.ask(
            "refresh", partial(self._on_refreshed, key), partial(self._on_failed, key),
            progress=self._tell, only=list(only), every=every,
        )  # fmt: skip

    def stop(self) -> None:
        """Give up what was not asked yet; what was read is kept."""
        if not self.busy:
            return
        self._stopping = True
        self._helper.abandon()
        self._stopping = False
        if self._started:
            self._clock.start(AFTER_STOP_MS)
        self._bus.say(_("Stopped. What was read is kept; the others are asked later."))

    def _tell(self, told: dict[str, Any]) -> None:
        far = sources.how_far(told["done"], told["total"], told["title"])
        self.progressed.emit(sources.reading(), far)

    def _on_refreshed(self, key: Key, answer: dict[str, Any]) -> None:
        done = self._ended(key)
        self._judge(answer)
        if answer["entities"]:
            # Before anybody is told: what she then opens is there.
            changed = frozenset(answer["entities"])
            self._bus.changed.emit(Changes(changed, initiator="feeds"))
        self.refreshed.emit()
        if done is not None:
            done(answer)
        if not self.busy:
            self._after(answer)

    def _judge(self, answer: dict[str, Any]) -> None:
        """Tell a network that is away from sources that are."""
        asked, failed = answer["asked"], answer["failed"]
        if failed < asked:
            self._failures = 0
        elif asked >= _MANY or (self.offline and asked):
            self._failures += 1

    def _after(self, answer: dict[str, Any]) -> None:
        # Others may have become due meanwhile, or be due again now that the network is back.
        if self._started and not self.offline and answer["asked"]:
            self._clock.start(SOON_MS)
        else:
            self._rest(0)

    def _on_failed(self, key: Key, code: str, data: dict[str, Any]) -> None:
        done = self._ended(key)
        self._rest(0)
        if self._closing:
            return
        if done is not None and not self._stopping:
            told = (
                _("Reading the sources was interrupted; nothing is lost. Try again.")
                if code == "Abandoned"
                else sentence_of_code(code, **data)
            )
            self._bus.say(told, tone="error")
        self.refreshed.emit()
        if code == "Abandoned":
            # It ended in the midst: what it had read by then is to be shown all the same.
            self._bus.changed.emit(Changes(frozenset(), initiator="feeds"))

    def _ended(self, key: Key) -> Done | None:
        done = self._waiting.pop(key, None)
        if not self._waiting:
            self.progressed.emit("", "")
        return done

    def _on_lost(self) -> None:
        self._lost = True
        self._clock.stop()
        self._bus.say(
            _("Reading the sources stopped several times in a row; nothing is lost."
              " Press Ctrl+R to try again."),
            tone="error",
        )  # fmt: skip
