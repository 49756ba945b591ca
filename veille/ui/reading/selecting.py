"""Selecting from the keyboard as one reads: by sentence and by paragraph, never by letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor, QTextDocument

from veille.domain.sentences import sentences

Change = Callable[[QTextCursor], QTextCursor]
_KEEP = QTextCursor.MoveMode.KeepAnchor
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_BOTH = _SHIFT | Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of the document, in its positions (UTF-16 units)."""

    start: int
    end: int


def _units(text: str, places: int) -> int:
    """Count in UTF-16 units, as Qt does, so many characters of a text."""
    head = text[:places]
    return places if head.isascii() else len(head.encode("utf-16-le", "surrogatepass")) // 2


def spans(block: QTextBlock) -> list[Span]:
    """Give the sentences of a paragraph."""
    text, at = block.text(), block.position()
    return [
        Span(at + _units(text, start), at + _units(text, end)) for start, end in sentences(text)
    ]


def at(document: QTextDocument, position: int) -> Span | None:
    """Give the sentence at a position, or the next one."""
    return _from(document.findBlock(position), lambda one: one.end > position)


def after(document: QTextDocument, position: int) -> Span | None:
    """Give the first sentence that begins after a position."""
    return _from(document.findBlock(position), lambda one: one.start >= position)


def before(document: QTextDocument, position: int) -> Span | None:
    """Give the last sentence that begins before a position."""
    block = document.findBlock(position)
    while block.isValid():
        found = [one for one in spans(block) if one.start < position]
        if found:
            return found[-1]
        block = block.previous()
    return None


def _from(block: QTextBlock, wanted: Callable[[Span], bool]) -> Span | None:
    while block.isValid():
        found = next((one for one in spans(block) if wanted(one)), None)
        if found is not None:
            return found
        block = block.next()
    return None


def step(cursor: QTextCursor, by: int) -> QTextCursor:
    """Go to the next sentence (1), or to the beginning of this one and the one before (-1)."""
    document = cursor.document()
    if by < 0:
        span = before(document, cursor.selectionStart())
    else:
        place = cursor.selectionEnd()
        here = at(document, place)
        inside = here is not None and here.start <= place
        span = after(document, here.end) if inside and here is not None else here
    if span is not None:
        cursor.setPosition(span.start)
    return cursor


def more(cursor: QTextCursor) -> QTextCursor:
    """Select the sentence at the cursor; of a selection, take one sentence more."""
    document = cursor.document()
    if not cursor.hasSelection():
        return _selected(cursor, at(document, cursor.position()))
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    following = at(document, end)
    if following is None:
        return cursor
    return _selected(cursor, Span(start, following.end))


def less(cursor: QTextCursor) -> QTextCursor:
    """Take the last sentence out of a selection; select the one before when there is none."""
    document = cursor.document()
    if not cursor.hasSelection():
        return _selected(cursor, before(document, cursor.position()))
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    last = before(document, end)
    kept = before(document, last.start) if last is not None and last.start > start else None
    if kept is None or kept.end <= start:
        cursor.setPosition(start)
        return cursor
    return _selected(cursor, Span(start, kept.end))


def paragraph(cursor: QTextCursor, by: int) -> QTextCursor:
    """Select the paragraph at the cursor; of a selection, take one more or one less."""
    document = cursor.document()
    if not cursor.hasSelection():
        block = document.findBlock(cursor.position())
        while block.isValid() and not block.text().strip():
            block = block.next()
        return _selected(cursor, Span(block.position(), block.position() + block.length() - 1))
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = document.findBlock(end)
    block = block.next() if by > 0 else block.previous()
    while block.isValid() and not block.text().strip():
        block = block.next() if by > 0 else block.previous()
    if not block.isValid() or block.position() + block.length() - 1 <= start:
        return cursor
    return _selected(cursor, Span(start, block.position() + block.length() - 1))


def _selected(cursor: QTextCursor, span: Span | None) -> QTextCursor:
    if span is not None:
        cursor.setPosition(span.start)
        cursor.setPosition(span.end, _KEEP)
    return cursor


def by_key(event: QKeyEvent) -> Change | None:
    """Give what a key does to the cursor, None for a key that is none of ours."""
    changes: dict[tuple[Qt.Key, Qt.KeyboardModifier], Change] = {
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier): lambda cursor: step(cursor, 1),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier): lambda cursor: step(cursor, -1),
        (Qt.Key.Key_Right, _SHIFT): more,
        (Qt.Key.Key_Left, _SHIFT): less,
        (Qt.Key.Key_Down, _BOTH): lambda cursor: paragraph(cursor, 1),
        (Qt.Key.Key_Up, _BOTH): lambda cursor: paragraph(cursor, -1),
    }
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return changes.get((Qt.Key(event.key()), plain))
