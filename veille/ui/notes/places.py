"""Places of a text as Qt counts them (UTF-16) and as Python does, and lines taken out and put back."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

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
    cursor = QTextCursor(document)
    if old.text != new.text:
        cursor.beginEditBlock()
        _swap(cursor, begin, old.text, new.text)
        cursor.endEditBlock()
    cursor.setPosition(begin + units(new.text[: new.anchor]))
    cursor.setPosition(begin + units(new.text[: new.at]), _KEEP)
    return cursor


def become(document: QTextDocument, text: str) -> None:
    """Make a document say a text, line by line: who stands in a line that stays, stays in it.

    It is no step to undo: what a colleague wrote is not taken back by a key that takes back words.
    """
    # The plain text has ordinary spaces where the raw one has those that do not break.
    old, new = document.toRawText().split("\u2029"), text.split("\n")
    if document.blockCount() != len(old):
        document.setPlainText(text)
        return
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    # From the end, so that the places of the lines above hold.
    for tag, a, b, c, d in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag == "insert":
            _put(cursor, old, a, "\n".join(new[c:d]))
        elif tag == "delete":
            _drop(cursor, old, a, b)
        elif tag == "replace":
            begin = document.findBlockByNumber(a).position()
            _swap(cursor, begin, "\n".join(old[a:b]), "\n".join(new[c:d]))
    cursor.endEditBlock()
    document.clearUndoRedoStacks()


def _put(cursor: QTextCursor, lines: Sequence[str], at: int, text: str) -> None:
    """Write lines above a line, or after the last one."""
    if at < len(lines):
        cursor.setPosition(cursor.document().findBlockByNumber(at).position())
        cursor.insertText(f"{text}\n")
    else:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(f"\n{text}")


def _drop(cursor: QTextCursor, lines: Sequence[str], first: int, end: int) -> None:
    """Take lines out, from ``first`` to the one before ``end``."""
    document = cursor.document()
    begin = document.findBlockByNumber(first).position()
    if end < len(lines):
        cursor.setPosition(begin)
        cursor.setPosition(document.findBlockByNumber(end).position(), _KEEP)
    else:
        cursor.setPosition(max(begin - 1, 0))
        cursor.movePosition(QTextCursor.MoveOperation.End, _KEEP)
    cursor.removeSelectedText()


def _swap(cursor: QTextCursor, begin: int, old: str, new: str) -> None:
    """Write in the place of a passage only what differs."""
    head, tail = _common(old, new)
    cursor.setPosition(begin + units(old[:head]))
    cursor.setPosition(begin + units(old[: len(old) - tail]), _KEEP)
    cursor.insertText(new[head : len(new) - tail])


def _common(old: str, new: str) -> tuple[int, int]:
    """Give how many characters two texts share at their beginning, and at their end."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    left = most - head
    tail = next((n for n in range(left) if old[-1 - n] != new[-1 - n]), left)
    return head, tail
