"""The notice bar at work: what is said, what can be done about it, where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import theme
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
        self._card: QWidget | None = None
        self.bar = NoticeBar(window)
        self.bar.set_close_name(_("Close"))
        self.bar.action_requested.connect(self._on_acted)
        self.bar.closed.connect(self._on_closed)
        bus.noticed.connect(self.say)

    def say(self, notice: Notice) -> None:
        """Say a notice; one without words takes away what is said."""
        if notice.aside and self._said.tone == "error" and self.bar.text:
            return
        if not notice.text:
            self.bar.hide()
            return
        self._said = notice
        labels = [_("Undo")] if notice.undo else []
        labels += [label for label, _act in notice.acts]
        stays = notice.seen is not None
        self.bar.say(notice.text, tone=notice.tone, actions=labels, stays=stays)
        self.place()

    def place(self) -> None:
        """Stand at the foot of the window, in the middle."""
        width, height = self._window.width(), self._window.height()
        self.bar.fit(min(theme.px(_WIDEST), width - _ROOM))
        self.bar.move(
            (width - self.bar.width()) // 2, self._floor(height) - self.bar.height() - _BELOW
        )
        self.bar.raise_()

    def _floor(self, height: int) -> int:
        """Give where the notice stands: above the fields it may speak of, not over them."""
        card = self._window.findChild(QWidget, "quoteCard")
        if card is None:
            return height
        if card is not self._card:
            self._card = card
            card.installEventFilter(self)
        if not card.isVisible():
            return height
        return card.mapTo(self._window, QPoint(0, 0)).y() + _BELOW // 2

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move}
        if moved and watched is self._card and self.bar.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _on_closed(self) -> None:
        if self._said.seen is not None:
            self._said.seen()

    def _on_acted(self, number: int) -> None:
        self._on_closed()
        acts = [act for _label, act in self._said.acts]
        if self._said.undo:
            acts.insert(0, partial(self._undo, self._said.undo))
        acts[number]()
