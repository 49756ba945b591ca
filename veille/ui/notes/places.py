"""Places of a text as Qt counts them (UTF-16) and as Python does, and lines taken out and put back."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from veille.ui.notes.shortcuts import Lines

_KEEP = QTextCursor.MoveMode.KeepAnchor


def units(text: str) -> int:
    """Give the length of a text as Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def index(text: str, place: int) -> int:
    """Give the place in a Python text of what is ``place`` for Qt."""
    if text.isascii():
        return min(place, len(text))
    head = text.encode("utf-16-le", "surrogatepass")[: place * 2]
    return len(head.decode("utf-16-le", "surrogatepass"))


def before(cursor: QTextCursor) -> str:
    """Give what stands before the cursor in its line."""
    line = cursor.block().text()
    return line[: index(line, cursor.positionInBlock())]


def after(cursor: QTextCursor) -> str:
    """Give what stands after the cursor in its line."""
    line = cursor.block().text()
    return line[index(line, cursor.positionInBlock()) :]


def held(cursor: QTextCursor, *, around: int = 0) -> tuple[int, Lines]:
    """Take out the lines a selection touches.

    Args:
        cursor: the selection.
        around: how many lines above and below are taken as well.

    Returns:
        where the lines begin as Qt counts, and the lines.
    """
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    for _line in range(around):
        first = first.previous() if first.previous().isValid() else first
        last = last.next() if last.next().isValid() else last
    begin = first.position()
    text = _text(document, begin, last)
    anchor, at = index(text, cursor.anchor() - begin), index(text, cursor.position() - begin)
    return begin, Lines(text, anchor, at)


def _text(document: QTextDocument, begin: int, last: QTextBlock) -> str:
    chosen = QTextCursor(document)
    chosen.setPosition(begin)
    chosen.setPosition(last.position() + last.length() - 1, _KEEP)
    return chosen.selectedText().replace("\u2029", "\n")


def write(cursor: QTextCursor, text: str) -> None:
    """Write in place of a selection, as a step to undo apart from what was typed around it."""
    cursor.beginEditBlock()
    cursor.insertText(text)
    cursor.endEditBlock()


def put_back(document: QTextDocument, begin: int, old: Lines, new: Lines) -> QTextCursor:
    """Put changed lines in the place of the old ones, as one step to undo.

    Only what differs is replaced, so that positions elsewhere in the lines stay.

    Returns:
        the new selection.
    """
    head, tail = _common(old.text, new.text)
    cursor = QTextCursor(document)
    if old.text != new.text:
        cursor.setPosition(begin + units(old.text[:head]))
        cursor.setPosition(begin + units(old.text[: len(old.text) - tail]), _KEEP)
        write(cursor, new.text[head : len(new.text) - tail])
    cursor.setPosition(begin + units(new.text[: new.anchor]))
    cursor.setPosition(begin + units(new.text[: new.at]), _KEEP)
    return cursor


def _common(old: str, new: str) -> tuple[int, int]:
    """Give how many characters two texts share at their beginning, and at their end."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    left = most - head
    tail = next((n for n in range(left) if old[-1 - n] != new[-1 - n]), left)
    return head, tail
