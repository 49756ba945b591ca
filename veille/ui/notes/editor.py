"""The text of a note: plain Markdown, helped by completion, keys, colours and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.notes import marks, pasting, places, shortcuts
from veille.ui.notes.colouring import Colouring
from veille.ui.notes.completing import Completion
from veille.ui.notes.naming import Asked
from veille.ui.notes.toolbar import BY_KEYS, BY_NAME, Act
from veille.ui.offering import Offer
from veille.ui.widgets.copied import copied

# Beyond so many pixels across, an eye loses the next line.
_COLUMN: Final = 760
_KEY: Final = Qt.Key
_HELD: Final = Qt.KeyboardModifier
_ENTER: Final = {_KEY.Key_Return, _KEY.Key_Enter}
# Taken by the text on some desktops to cut a line short: the window has it for its palette.
_FOR_WINDOW: Final = QKeySequence("Ctrl+K")


class Editor(QPlainTextEdit):
    """Writes Markdown; it knows nothing of the memory, and asks.

    Signals:
        completion_wanted(Asked): something is being named; ``offer`` takes the answer.
        picture_given(bytes): a picture was pasted or dropped; ``insert_picture`` shows it.
        scrolled(int): this is now the first visible line, counted from 0.
    """

    completion_wanted = Signal(object)
    picture_given = Signal(object)
    scrolled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("noteText")
        self.setAccessibleName(_("Text of the note"))
        marks_told = _("[[ names a note or an article, ![[ shows a quote, @ a person, # a theme.")
        self.setPlaceholderText("\n".join((_("Write here, in Markdown."), marks_told)))
        self.setTabChangesFocus(True)
        self.setFont(_letters())
        self._first = 0
        self._colouring = Colouring(self.document(), self)
        self._completion = Completion(self, self._colouring.is_code)
        self._completion.wanted.connect(self.completion_wanted)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll_bar_moved)

    # --- what the pane asks --------------------------------------------------------------------

    @property
    def revision(self) -> int:
        """Give a number that every change of the text makes greater, undoing included."""
        return self.document().revision()

    def plain(self) -> str:
        """Give the text as it is: ``toPlainText`` would turn no-break spaces into others."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def line_at_cursor(self) -> int:
        """Give the line the cursor is in, counted from 0."""
        return self.textCursor().blockNumber()

    def first_visible_line(self) -> int:
        """Give the first line that is seen, counted from 0."""
        return self.firstVisibleBlock().blockNumber()

    def offer(self, asked: Asked, offers: Sequence[Offer]) -> None:
        """Answer ``completion_wanted``, at any time; an answer that comes too late is dropped."""
        self._completion.offer(asked, offers)

    def act(self, name: str) -> None:
        """Do what one of KEYS does, and give the text the focus."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.isReadOnly():
            return
        key = BY_NAME[name]
        if key.act is None:
            self._paste_words()
        elif self._change(key.act, around=key.around):
            self._completion.look()

    def insert_picture(self, address: str, alt: str) -> None:
        """Show a picture where the cursor is.

        Args:
            address: where the picture is kept, such as ``blob:`` and its digest.
            alt: what it shows, in words.
        """
        words = marks.escaped(" ".join(pasting.clean(alt).split()))
        self._write(f"![{words}]({address})")

    def dress(self) -> None:
        """Take the letters and colours in force."""
        self.setFont(_letters())
        self._colouring.dress()
        self._completion.list.dress()

    # --- keys ----------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            # Before the text is laid out for the new width, not after.
            self._set_margins()
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._reach_in(event)
        if isinstance(event, QKeyEvent) and not self.isReadOnly():
            if event.type() == QEvent.Type.ShortcutOverride and self._overrides(event):
                return True
            # Before Qt moves the focus with it.
            if event.type() == QEvent.Type.KeyPress and self._tabbed(event):
                event.accept()
                return True
        return super().event(event)

    def _overrides(self, event: QKeyEvent) -> bool:
        """Claim our keys before the window's shortcuts; leave it the one that is its own."""
        pressed = QKeySequence(event.keyCombination())
        if pressed == _FOR_WINDOW:
            event.ignore()
            return True
        if self._completion.is_for_list(event) or pressed.toString() in BY_KEYS:
            event.accept()
            return True
        return False

    def _tabbed(self, event: QKeyEvent) -> bool:
        if event.key() not in (_KEY.Key_Tab, _KEY.Key_Backtab):
            return False
        if self._completion.is_for_list(event):
            return self._completion.take(event)
        if event.modifiers() & (_HELD.ControlModifier | _HELD.AltModifier):
            return False
        back = event.key() == _KEY.Key_Backtab or bool(event.modifiers() & _HELD.ShiftModifier)
        return self._change(lambda lines: shortcuts.indented(lines, back=back))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        if self._completion.is_for_list(event) and self._completion.take(event):
            return
        key = BY_KEYS.get(QKeySequence(event.keyCombination()).toString())
        if key is not None:
            self.act(key.name)
            return
        before = self.revision
        if not self._typed(event):
            super().keyPressEvent(event)
        if self.revision != before:
            self._completion.look()

    def _typed(self, event: QKeyEvent) -> bool:
        """Do what a key that writes does here beyond writing; False when it only writes."""
        if event.key() in _ENTER and not event.modifiers() & ~_HELD.KeypadModifier:
            is_code = self._colouring.is_code(self.textCursor().block())
            return not is_code and self._change(shortcuts.continued)
        if event.key() in _ENTER and event.modifiers() == _HELD.ShiftModifier:
            # Qt would put a mark that is no newline.
            self._write("\n")
            return True
        mark = event.text()
        if mark in marks.PAIRS and self.textCursor().hasSelection():
            return self._change(lambda lines: marks.wrapped(lines, mark))
        return False

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        before = self.revision
        super().inputMethodEvent(event)
        if self.revision != before:
            self._completion.look()

    def _change(self, act: Act, *, around: int = 0) -> bool:
        """Change the lines of the selection, as one step to undo; False when there is nothing."""
        begin, old = places.held(self.textCursor(), around=around)
        new = act(old)
        if new is None:
            return False
        self.setTextCursor(places.put_back(self.document(), begin, old, new))
        self.ensureCursorVisible()
        return True

    def _write(self, text: str) -> None:
        """Write in place of the selection, as one step to undo; nothing takes nothing out."""
        if text:
            places.write(self.textCursor(), text)
            self.ensureCursorVisible()

    # --- pasting -------------------------------------------------------------------------------

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return pasting.is_wanted(source)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        for picture in pasting.pictures(source):
            self.picture_given.emit(picture)
        words = pasting.words(source)
        address = marks.address_of(words)
        if address and self._change(lambda lines: marks.web_link(lines, address)):
            return
        self._write(words)

    def _paste_words(self) -> None:
        self._write(pasting.words(copied()))

    # --- the widget ----------------------------------------------------------------------------

    def _set_margins(self) -> None:
        """Keep the text in a column that can be read, in the middle of a wide pane."""
        side = max((self.contentsRect().width() - theme.px(_COLUMN)) // 2, 0)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
        # An answer that is still to come finds its place in the new width.
        self._completion.list.hide()

    def _reach_in(self, event: QMouseEvent) -> None:
        """Put the cursor at the line beside which the margin was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = self.viewport().mapFromParent(event.position().toPoint())
            self.setTextCursor(self.cursorForPosition(place))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._completion.close()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._completion.close()

    def _on_scroll_bar_moved(self, _value: int) -> None:
        self._completion.close()
        first = self.first_visible_line()
        if first != self._first:
            self._first = first
            self.scrolled.emit(first)


def _letters() -> QFont:
    return theme.ui_font(theme.LEAD)
