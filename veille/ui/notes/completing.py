"""Completion: it asks what could be meant at the cursor, and writes the answer that is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit

from veille.domain.text import fold
from veille.ui.notes import places
from veille.ui.notes.naming import Asked, Fragment, fragment
from veille.ui.offering import Offer, OfferList, told

PAUSE_MS: Final = 40
_KEY: Final = Qt.Key
_STEPS: Final = {_KEY.Key_Down: 1, _KEY.Key_Up: -1, _KEY.Key_PageDown: 8, _KEY.Key_PageUp: -8}
_ENTER: Final = {_KEY.Key_Return, _KEY.Key_Enter}
_KEYS: Final = {*_STEPS, *_ENTER, _KEY.Key_Tab, _KEY.Key_Escape}


class Completion(QObject):
    """Asks, shows the answers, and writes the one that is taken.

    Signals:
        wanted(Asked): what is typed is to be completed; ``offer`` takes the answer.
    """

    wanted = Signal(object)

    def __init__(self, text: QPlainTextEdit, is_code: Callable[[QTextBlock], bool]) -> None:
        super().__init__(text)
        self._text, self._is_code = text, is_code
        self._asked = Asked("", "", 0)
        # Esc silences a mark, known by where it is, until the cursor leaves it.
        self._refused = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.list = OfferList(text)
        self.list.clicked.connect(self._on_list_clicked)
        text.cursorPositionChanged.connect(self._on_text_cursor_moved)

    def look(self) -> None:
        """Ask, after a short pause, about what was just typed."""
        now = self._fragment()
        if now is None or self._place(now) == self._refused:
            self.close()
        else:
            self._pause.start()

    def offer(self, asked: Asked, offers: Sequence[Offer]) -> None:
        """Show an answer; one to a question that is no longer asked is dropped."""
        now = self._fragment()
        stale = now is None or (now.kind, now.typed) != (asked.kind, asked.typed)
        if now is None or stale or asked != self._asked or not self._text.hasFocus():
            return
        if not offers:
            self.list.hide()
            return
        # A child of the window, not of the text: a narrow text would cut it.
        window = self._text.window()
        if self.list.parentWidget() is not window:
            self.list.setParent(window)
        self.list.show_offers(offers, self._line(now))
        self._announce()

    def close(self) -> None:
        """Put the list away; an answer that is still to come is dropped."""
        self._pause.stop()
        self._asked = Asked("", "", self._asked.number)
        self.list.hide()

    def is_for_list(self, event: QKeyEvent) -> bool:
        """Tell whether the list takes a key."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self.list.isVisible() and not held.value and event.key() in _KEYS

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key does in the list; False when the text is to have it."""
        key = _KEY(event.key())
        if key in _STEPS:
            self.list.step(_STEPS[key])
            self._announce()
            return True
        if key == _KEY.Key_Escape:
            now = self._fragment()
            self._refused = self._place(now) if now is not None else -1
            self.close()
            return True
        if self._is_meant():
            self.accept()
            return True
        # Typed faster than answered, and nothing shown is meant: Enter is an ordinary Enter.
        self.close()
        return key not in _ENTER

    def accept(self) -> None:
        """Write the current offer in place of what was typed, as one step to undo."""
        now, offer = self._fragment(), self.list.current
        self.close()
        if now is None or offer is None:
            return
        cursor = self._text.textCursor()
        start, end = self._place(now), cursor.position()
        if "[[" in now.mark and offer.insert.endswith("]]"):
            end += 2 if places.after(cursor).startswith("]]") else 0
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        places.write(cursor, offer.insert)
        self._text.setTextCursor(cursor)

    def _fragment(self) -> Fragment | None:
        cursor = self._text.textCursor()
        if cursor.hasSelection() or self._text.isReadOnly() or self._is_code(cursor.block()):
            return None
        return fragment(places.before(cursor))

    def _place(self, now: Fragment) -> int:
        """Give where the opening mark begins, as Qt counts in the text."""
        return self._text.textCursor().position() - places.units(now.mark + now.typed)

    def _line(self, now: Fragment) -> QRect:
        """Give the line of the opening mark, in pixels of the window."""
        cursor = self._text.textCursor()
        cursor.setPosition(self._place(now))
        rect, window = self._text.cursorRect(cursor), self._text.window()
        return QRect(self._text.viewport().mapTo(window, rect.topLeft()), rect.size())

    def _is_meant(self) -> bool:
        """Tell whether the current offer answers what is typed now."""
        now, offer = self._fragment(), self.list.current
        if now is None or offer is None:
            return False
        if (now.kind, now.typed) == (self._asked.kind, self._asked.typed):
            return True
        words = fold(told(offer))
        return now.kind == self._asked.kind and all(one in words for one in fold(now.typed).split())

    def _announce(self) -> None:
        """Have a screen reader say the current offer: the focus, which it follows, stays."""
        offer = self.list.current
        if offer is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._text, told(offer)))

    def _on_pause(self) -> None:
        now = self._fragment()
        if now is None:
            return
        self._asked = Asked(now.kind, now.typed, self._asked.number + 1)
        self.wanted.emit(self._asked)

    def _on_list_clicked(self, _index: QModelIndex) -> None:
        self.accept()

    def _on_text_cursor_moved(self) -> None:
        if self._refused < 0 and not self.list.isVisible() and not self._pause.isActive():
            return
        now = self._fragment()
        if now is None or self._place(now) != self._refused:
            self._refused = -1
        if now is None:
            self.close()
