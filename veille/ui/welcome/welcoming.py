"""Meeting a newcomer: the welcome once, the demo memory, and what can be brought at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMainWindow, QToolBar

from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.sentences import bringing as sentences
from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.incoming import Incoming
from veille.ui.jobs import Jobs
from veille.ui.rounds import Rounds
from veille.ui.state import WindowState
from veille.ui.welcome.trying import DemoMemory

if TYPE_CHECKING:
    from veille.ui.welcome.bring import BringStep
    from veille.ui.welcome.bringing import Bringing, Outcome
    from veille.ui.welcome.demo_bar import DemoBar
    from veille.ui.welcome.dialog import WelcomeDialog
    from veille.ui.welcome.step import Step

_WELCOMED = "welcomed"
# What would reach beyond the demo memory.
_NOT_IN_DEMO = (
    "demo", "welcome", "connect_browsers", "disconnect_browsers", "create_space", "join_space",
)  # fmt: skip


class Welcoming(QObject):
    """One method an action. What a newcomer sees is loaded when there is one."""

    def __init__(  # noqa: PLR0913 - the window's parts, given by name
        self, desk: Desk, jobs: Jobs, bus: Bus, *, rounds: Rounds, incoming: Incoming,
        state: WindowState, actions: Mapping[str, QAction], undo: Callable[[str], object],
        follow_lists: Callable[[Sequence[str]], object], window: QMainWindow,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._rounds, self._state, self._window = rounds, state, window
        self._actions, self._undo = actions, undo
        self.dialog: WelcomeDialog | None = None
        self._incoming, self._follow_lists = incoming, follow_lists
        self.demo = DemoMemory(desk, jobs, bus, rounds=rounds, state=state, window=window)
        self.bar: DemoBar | None = None
        if self.demo.is_here:
            self._show_demo()

    @cached_property
    def bringing(self) -> Bringing:
        """Give what brings things in."""
        from veille.ui.welcome.bringing import Bringing

        made = Bringing(self._bus, self._rounds, self._incoming, window=self._window)
        made.ended.connect(self._on_brought)
        made.feeds_found.connect(lambda path: self._follow_lists([path]))
        return made

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "welcome": self.show,
            "bring": self.bring,
            "demo": self.demo.open,
            "remove_demo": self.demo.remove,
        }

    def start(self) -> None:
        """Welcome whoever opens a profile that holds nothing, once."""
        if self._state.text(_WELCOMED) or self.demo.is_here:
            return
        self._state.set_text(_WELCOMED, "yes")
        if self.holds_nothing:
            self.show()

    @property
    def holds_nothing(self) -> bool:
        """Tell whether the profile is as it was made."""
        return not self._desk.exceeds(Filter(), 0) and len(self._desk.spaces()) == 1

    def close(self) -> None:
        """Wait for nothing any more."""
        if self.dialog is not None:
            self.dialog.reject()
        if "bringing" in self.__dict__:
            self.bringing.stop()
        self.demo.close()

    # --- the steps -----------------------------------------------------------------------------

    def show(self) -> None:
        """Lead through the three steps."""
        from veille.ui.welcome.name import NameStep
        from veille.ui.welcome.team import TeamStep

        steps = [NameStep(self._desk, self._jobs, self._bus), TeamStep(self._rounds), self._bring()]
        self._open(steps)

    def bring(self) -> None:
        """Offer to bring what people have: the last of the steps, alone."""
        self._open([self._bring()])

    def _bring(self) -> BringStep:
        from veille.ui.welcome.bring import BringStep

        step = BringStep(self.bringing, undo=self._undo)
        step.lists_chosen.connect(self._follow_lists)
        return step

    def _open(self, steps: Sequence[Step]) -> None:
        from veille.ui.welcome.dialog import WelcomeDialog

        if self.dialog is not None:
            self.dialog.reject()
        dialog = WelcomeDialog(steps, self.demo, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(dialog.steps) > 1:
            dialog.reached_end.connect(self._land)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def _on_closed(self, _result: QDialog.DialogCode) -> None:
        self.dialog = None

    def _land(self) -> None:
        """Show where there is something to do, and the keys to go on with."""
        self._bus.open_requested.emit(f"view:{self._useful_view()}")
        keys = {name: self._key(name) for name in ("clip", "palette", "keys")}
        if all(keys.values()):
            self._bus.say(
                _("{clip} clips a page, {palette} goes anywhere, {keys} shows the keys of this"
                  " screen.").format(**keys)
            )  # fmt: skip

    def _useful_view(self) -> str:
        for view, states in (("inbox", ("inbox",)), ("articles", ())):
            if self._desk.exceeds(Filter(kinds=("article",), states=states), 0):
                return view
        if self._desk.feeds.listed():
            return "sources"
        return "home" if len(self._desk.spaces()) > 1 else "inbox"

    def _key(self, name: str) -> str:
        shortcut = self._actions[name].shortcut()
        return shortcut.toString(QKeySequence.SequenceFormat.NativeText)

    # --- what was brought ----------------------------------------------------------------------

    def _on_brought(self, outcome: Outcome) -> None:
        """Say it where the dialog does not."""
        from veille.ui.welcome import bringing
        from veille.ui.welcome.bring import BringStep

        if self.dialog is not None and isinstance(self.dialog.step, BringStep):
            return
        shows = (_("Line by line…"), lambda: bringing.report(self._window, outcome))
        told = outcome.problem or f"{outcome.told}."
        self._bus.say(
            f"{told} {sentences.behind(len(outcome.new))}" if outcome.new else told,
            tone="error" if outcome.problem else "info",
            undo=outcome.gesture,
            more=(shows,) if outcome.lines else (),
        )

    # --- the demo memory -----------------------------------------------------------------------

    def _show_demo(self) -> None:
        """Have the window say that it shows the demo memory, and nothing in it reach elsewhere."""
        from veille.ui.welcome.demo_bar import DemoBar

        self._window.setWindowTitle(_("Demo memory — Veille"))
        self.bar = DemoBar()
        self.bar.remove_requested.connect(self.demo.remove)
        for tools in self._window.findChildren(QToolBar, "tools"):
            self._window.insertToolBar(tools, self.bar)
            self._window.insertToolBarBreak(tools)
        for name in _NOT_IN_DEMO:
            self._actions[name].setEnabled(False)

    def dress(self) -> None:
        """Take the colours in force."""
        if self.bar is not None:
            self.bar.dress()
