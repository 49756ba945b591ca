"""The notice bar at work: what is said, what can be done about it, where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.sentences.catalogue import _
from veille.ui.bus import Bus, Notice
from veille.ui.widgets.notice_bar import NoticeBar

_WIDEST = 620
_ROOM = 80
_BELOW = 24


class Notices(QObject):
    """Says notices in a bar of the window; ``undo`` takes a gesture back."""

    def __init__(self, bus: Bus, window: QWidget, *, undo: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window, self._undo = window, undo
        self._said = Notice("")
        self.bar = NoticeBar(window)
        self.bar.set_close_name(_("Close"))
        self.bar.action_requested.connect(self._on_acted)
        bus.noticed.connect(self.say)

    def say(self, notice: Notice) -> None:
        """Say a notice."""
        self._said = notice
        labels = [_("Undo")] if notice.undo else []
        labels += [label for label, _act in notice.acts]
        self.bar.say(notice.text, tone=notice.tone, actions=labels)
        self.place()

    def place(self) -> None:
        """Stand at the foot of the window, in the middle."""
        width, height = self._window.width(), self._window.height()
        self.bar.setFixedWidth(min(_WIDEST, width - _ROOM))
        self.bar.adjustSize()
        self.bar.move((width - self.bar.width()) // 2, height - self.bar.height() - _BELOW)
        self.bar.raise_()

    def _on_acted(self, number: int) -> None:
        acts = [act for _label, act in self._said.acts]
        if self._said.undo:
            acts.insert(0, partial(self._undo, self._said.undo))
        acts[number]()
