"""The way into the guide, and out of it: which page, with which words; what its links do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from veille import __version__
from veille.desk.guide import Guide
from veille.sentences.catalogue import _, language
from veille.ui.guide import words
from veille.ui.guide.sheet import SIZES, USUAL
from veille.ui.guide.window import GuideWindow
from veille.ui.guide.words import Words
from veille.ui.jobs import Jobs
from veille.ui.keymap import Keymap
from veille.ui.state import WindowState

_SIZE, _GEOMETRY, _PANES = "guide/size", "guide/geometry", "guide/panes"


class GuideDoor(QObject):
    """Opens the guide beside the window.

    ``view`` gives what is shown in the window, ``visit`` opens an address of the web: the
    person's act; ``folder`` is that of the profile, which the page for the IT service names.
    """

    def __init__(  # noqa: PLR0913 - what it speaks of, given by name
        self, jobs: Jobs, state: WindowState, *, made: Mapping[str, QAction],
        keymap: Keymap, folder: str, view: Callable[[], str], visit: Callable[[str], object],
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._jobs, self._state = jobs, state
        self._made, self._keymap, self._window = made, keymap, window
        self._folder, self._view, self._visit = folder, view, visit
        self.window: GuideWindow | None = None
        keymap.changed.connect(self._on_keymap_changed)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {"guide": self.open_about}

    def open_about(self) -> None:
        """Open the page about what is shown in the window."""
        self.open_guide(words.page_about(self._view()))

    def open_guide(self, page: str = "") -> None:
        """Open the guide at a page; its first one for an unknown name."""
        if self.window is None:
            self.window = self._made_window()
        self.window.open_page(page)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.window.sheet.setFocus()

    def dress(self) -> None:
        """Take the colours in force."""
        if self.window is not None:
            self.window.dress()

    def close(self) -> None:
        """Remember how the guide was left, and close it."""
        if self.window is not None:
            self._state.set_data(_GEOMETRY, self.window.saveGeometry())
            self._state.set_data(_PANES, self.window.panes.saveState())
            self.window.close()

    def _made_window(self) -> GuideWindow:
        made = GuideWindow(self._guide(), self._jobs, self._window)
        size = self._state.text(_SIZE, str(USUAL))
        made.set_size(int(size) if size.isdecimal() and int(size) < len(SIZES) else USUAL)
        for name, restore in ((_GEOMETRY, made.restoreGeometry), (_PANES, made.panes.restoreState)):
            kept = self._state.data(name)
            if isinstance(kept, QByteArray):
                restore(kept)
        made.action_requested.connect(self._on_action_requested)
        made.address_requested.connect(self._visit)
        made.size_chosen.connect(lambda step: self._state.set_text(_SIZE, str(step)))
        made.copied.connect(lambda: made.say(_("Copied.")))
        return made

    def _guide(self) -> Guide:
        facts = {"profile": f"`{self._folder}`", "version": __version__}
        return Guide(language(), Words(self._keymap, facts))

    def _on_keymap_changed(self) -> None:
        if self.window is not None:
            self.window.renew(self._guide())

    def _on_action_requested(self, name: str) -> None:
        """Do what a page offers, in the window; nothing that would change the memory unasked."""
        action = self._made.get(name)
        if action is None or not words.may_start(name):
            return
        self._window.raise_()
        self._window.activateWindow()
        action.trigger()
