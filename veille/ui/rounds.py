"""What goes on by itself: indexing what changed, rounds with the shared folders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Event, Present
from veille.sentences import rounds
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui.bus import Bus
from veille.ui.helpers import Helper, Trouble
from veille.ui.jobs import Jobs
from veille.ui.returning import Returning

ROUND_MS: Final = 20_000
WHOLE_EVERY: Final = 45
AWAY_MS: Final = 120_000
# A folder that is away is looked for so often: not to find it costs next to nothing.
RETURN_MS: Final = 30_000
LONGEST_MS: Final = 600_000
SHARE_SOON_MS: Final = 2_000
# Who goes back and forth between windows does not have the folder asked each time.
BACK_MS: Final = 10_000
PATIENCE_MS: Final = 90_000
SETTLE_MS: Final = 250
# Segments a round learns at most, so that others take their turn during a first sync.
SLICE: Final = 40
# The state of each folder stands at the foot of the sidebar and on its card.
AWAY: Final = frozenset({"ShareUnavailable", "ShareSlow", "ShareEmpty"})
_SHOWN_ELSEWHERE: Final = {"ShareUnavailable", "ShareSlow", "ShareReadOnly", "ShareFull"}


class Rounds(QObject):
    """Drives the two workers.

    Signals:
        indexed(int): how many things the index has still to hear of.
        synced(): a round ended, well or not.
        present(list[Present]): who else is here, and what they edit.
    """

    indexed = Signal(object)
    synced = Signal()
    present = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__()
        self._desk, self._jobs, self._bus = desk, jobs, bus
        profile = str(desk.paths.root)
        self.index = Helper("index", profile, self)
        self.share = Helper("share", profile, self)
        self._turn = 0
        self._known: set[tuple[str, str]] = set()
        self._editing = ""
        self._gave_sign = False
        self._draining = self._tidying = self._warm = False
        self._settle = self._timer(SETTLE_MS, self._drain, single=True)
        self._clock = self._timer(ROUND_MS, self.sync, single=False)
        self._soon = self._timer(SHARE_SOON_MS, self.sync, single=True)
        self._failures = 0
        self._is_away = False
        self._began_at = 0
        # What went and came since it was last told, whose it is, and whether it is waited for.
        self._sent, self._by, self._is_waited_for = 0, Counter[str](), False
        self._patience = self._timer(PATIENCE_MS, self._on_patience_ended, single=True)
        self._returning = Returning(desk, jobs, bus, came_back=self.come_back, parent=self)
        bus.changed.connect(self._on_changed)

    def _timer(self, milliseconds: int, act: Any, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(single)
        timer.timeout.connect(act)
        return timer

    def start(self) -> None:
        """Begin: index what waits, do a first round."""
        self._clock.start()
        self.drain_soon()
        self.sync()
        self.index.ask("back_up")
        self._returning.start()

    def close(self) -> None:
        """Stop everything; a sign of life that cannot be taken down expires by itself."""
        if self._gave_sign and not self.share.busy:
            self.share.ask("present", here=False)
        self._returning.close()
        for timer in (self._settle, self._clock, self._soon, self._patience):
            timer.stop()
        self.index.close()
        self.share.close()

    def _on_changed(self, changes: Changes) -> None:
        self.drain_soon()
        if changes.entities and changes.initiator != "sync":
            self.share_soon()

    def drain_soon(self) -> None:
        """Index what changed, shortly."""
        self._settle.start()

    def share_soon(self) -> None:
        """Send what was just recorded, once the person pauses."""
        self._soon.start()

    def sync(self, space: str = "") -> None:
        """Do one round, unless one is under way; the first and every 45th look at everything."""
        if self.share.busy:
            return
        shared = [one for one in self._desk.spaces() if not one.personal and one.folder]
        if not shared:
            return
        whole = self._turn % WHOLE_EVERY == 0 or bool(space)
        self._turn += 1
        self._began_at = clock.now_ms()
        self._patience.start()
        self.share.ask(
            "sync", self._on_synced, self._on_sync_failed, space=space, whole=whole, most=SLICE
        )

    def sync_all(self) -> None:
        """Do a round with every space now, from a key or a menu: with this profile's own work too."""
        self._returning.look()
        self._turn, self._is_waited_for = 0, True
        self.sync()

    def come_back(self) -> None:
        """Do a round for who comes back to the window, unless one has just been done."""
        self._pace()
        hangs = self._failures and not self._is_away
        if not hangs and abs(clock.now_ms() - self._began_at) >= BACK_MS:
            self.sync()

    def edits(self, thing: str) -> None:
        """Tell colleagues which note is being written, "" for none."""
        if thing != self._editing:
            self._editing = thing
            self._give_sign()

    def examine(
        self, folder: str, done: Callable[[dict[str, Any]], None], failed: Trouble | None = None
    ) -> None:
        """Try a folder, in the process that may wait for a drive."""
        self._patience.start()

        def found(told: dict[str, Any]) -> None:
            self._patience.stop()
            done(told)

        self.share.ask("examine", found, self._failing(failed), folder=folder)

    def _failing(self, told: Trouble | None) -> Trouble:
        """Say a failure to who asked, and to nobody else; in the notice bar when nobody did."""

        def failed(code: str, data: dict[str, Any]) -> None:
            self._rest()
            (told or self._on_sync_failed)(code, data)

        return failed

    def _give_sign(self) -> None:
        if any(not one.personal and one.folder for one in self._desk.spaces()):
            self._patience.start()
            self._gave_sign = True
            self.share.ask(
                "present", self._on_present, self._on_present_failed, thing=self._editing
            )

    def _on_present_failed(self, _code: str, _data: dict[str, Any]) -> None:
        self._rest()

    def _rest(self) -> None:
        """Stop waiting for the worker, unless it was asked for something else meanwhile."""
        if not self.share.busy:
            self._patience.stop()

    def _on_present(self, answer: dict[str, Any]) -> None:
        self._rest()
        self.present.emit([Present(**one) for one in answer["present"]])

    def open_space(
        self, do: str, *, done: Callable[[], None] | None = None, failed: Trouble | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        """Create or join a space, in the process that may wait for a drive."""
        self._patience.start()

        def opened(answer: dict[str, Any]) -> None:
            self._on_space_opened(answer)
            if done is not None:
                done()

        self.share.ask(do, opened, self._failing(failed), **more)

    def _drain(self) -> None:
        if not self._draining:
            self._draining = True
            self.index.ask("drain", self._on_drained, self._on_drain_failed, most=200)

    def _on_drained(self, answer: dict[str, Any]) -> None:
        self._draining = False
        self.indexed.emit(answer["waiting"])
        if answer["waiting"] and answer["done"]:
            self._drain()
        elif not self._warm:
            # The worker has opened the index: the first search may find it open here too.
            self._warm = True
            self._jobs.search(self._desk.warm, lambda _none: None)
        if not answer["waiting"]:
            self._tidy()

    def _tidy(self) -> None:
        """Bring parts of the index together, a moment at a time: other work comes between."""
        if not (self._draining or self._tidying):
            self._tidying = True
            self.index.ask("tidy", self._on_tidied, self._on_tidy_failed)

    def _on_tidy_failed(self, _code: str, _data: dict[str, Any]) -> None:
        # Nothing is lost: the next drain tries again.
        self._tidying = False

    def _on_tidied(self, answer: dict[str, Any]) -> None:
        self._tidying = False
        if answer["more"]:
            self._tidy()

    def _on_drain_failed(self, _code: str, _data: dict[str, Any]) -> None:
        self._draining = False
        QTimer.singleShot(5_000, self, self._drain)

    def _on_synced(self, answer: dict[str, Any]) -> None:
        self._rest()
        changed = {entity for one in answer["rounds"] for entity in one["entities"]}
        if changed:
            self._bus.changed.emit(Changes(frozenset(changed), initiator="sync"))
        failed = any(one["failed"] for one in answer["rounds"])
        if not failed:
            self._known = {known for known in self._known if known[0] not in AWAY}
        self._tell(answer["rounds"], failed=failed)
        self._failures = self._failures + 1 if failed else 0
        codes = {each["code"] for one in answer["rounds"] for each in one["problems"]}
        self._is_away = failed and bool(codes & AWAY)
        self._pace()
        self.synced.emit()
        if any(one["more"] for one in answer["rounds"]):
            # A large space arrives slice by slice: searched meanwhile, stopped at any instant.
            self._turn = max(self._turn, 1)
            self.sync()
        else:
            self._look_after()
            self._give_sign()

    def _tell(self, done: list[dict[str, Any]], *, failed: bool) -> None:
        """Say at once what rounds met, what went and what came: the bar holds one notice."""
        mended = [Event(**told) for one in done for told in one["notices"]]
        wrong = self._news([Event(**told) for one in done for told in one["problems"]])
        lines = [rounds.event(told) for told in (*mended, *wrong)]
        waited = self._is_waited_for
        passed = self._passed(done, failed=failed, met=bool(lines))
        if not (lines or passed):
            return
        missing = any(told.code == "files_missing" for told in wrong)
        self._bus.say(
            "\n".join(dict.fromkeys([*lines, *passed])),
            # A folder that is away comes back by itself: that is no alert that stays.
            tone="error" if any(told.code not in AWAY for told in wrong) else "info",
            action=_("Put them back now") if missing else "",
            act=self.sync_all if missing else None,
            aside=not (lines or waited),
        )

    def _news(self, problems: list[Event]) -> list[Event]:
        """Give the problems to tell: once each, and of many of a kind the first."""
        fresh: dict[str, Event] = {}
        for told in problems:
            known = (told.code, told.detail)
            if known in self._known or told.code in _SHOWN_ELSEWHERE:
                continue
            if told.code != "files_missing":
                # Files may go missing again: that is another loss, which the desk tells once.
                self._known.add(known)
            fresh.setdefault(told.code if told.detail else rounds.event(told), told)
        return list(fresh.values())

    def _passed(self, done: list[dict[str, Any]], *, failed: bool, met: bool) -> list[str]:
        """Say what came, and what went when somebody waited for it: she asked, or it was held up.

        A large space comes slice by slice: once, at its end. ``met``: what was sent again is told.
        """
        self._is_waited_for |= bool(self._failures) and not failed
        for one in done:
            self._sent += one["sent"]
            self._by.update(one["by"] if one["entities"] else {})
        if any(one["more"] for one in done):
            return []
        sent = self._sent if self._is_waited_for and not met else 0
        by = self._by
        self._sent, self._by, self._is_waited_for = 0, Counter(), False
        return [rounds.passed(sent, by, self._desk.people())] if sent or by else []

    def _look_after(self) -> None:
        """Now and then, when nothing waits: copy the memory, read ours back from the folders."""
        if self._turn % WHOLE_EVERY == 1:
            # Both do something once a day, or once a week, at most.
            self.index.ask("back_up")
            self.share.ask("audit")

    def _on_sync_failed(self, code: str, data: dict[str, Any]) -> None:
        self._patience.stop()
        if code != "Abandoned":
            self._bus.say(sentence_of_code(code, **data), tone="error")
        self.synced.emit()

    def _on_space_opened(self, answer: dict[str, Any]) -> None:
        self._patience.stop()
        self._bus.changed.emit(Changes(frozenset(), initiator="spaces"))
        self.sync(answer["space"])

    def _on_patience_ended(self) -> None:
        """Abandon a process that hangs on a dead drive; the next round starts another."""
        self.share.abandon()
        # What hangs is asked less and less: each time costs a process.
        self._failures, self._is_away = self._failures + 1, False
        self._pace()
        self._jobs.write(self._desk.note_slow_share, lambda _none: self.synced.emit())

    def _pace(self) -> None:
        """Ask less often when nobody looks, and less and less of a folder that gives trouble."""
        active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        pace = ROUND_MS if active else AWAY_MS
        if self._is_away:
            self._clock.setInterval(RETURN_MS)
            return
        self._clock.setInterval(min(pace * 2 ** min(self._failures, 5), LONGEST_MS))
