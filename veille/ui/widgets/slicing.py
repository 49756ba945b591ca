"""A long page cut into parts that are laid out one after the other, between two keys.

Qt takes 250 ms for a megabyte at once. Parts are cut between two blocks, never within a list, a
table or a quotation: what is open there is closed, and opened again in the next part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

SIZE: Final = 24_000
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
# A part may begin with these, when nothing but the others below is open: Qt puts an empty line
# before a table or a list that is inserted at the end.
_BEGINS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_FRAMES: Final = frozenset({"div", "section", "article", "html", "body"})
_VOID: Final = frozenset({"br", "img", "hr"})


def slices(html: str, *, size: int = SIZE) -> Iterator[str]:
    """Give the parts of harmless HTML, in order; the whole when it is short."""
    open_tags: list[tuple[str, str]] = []
    start, before = 0, ""
    for tag in _TAG.finditer(html):
        closing, name = bool(tag[1]), tag[2].lower()
        if closing:
            while open_tags and open_tags.pop()[0] != name:
                pass
            continue
        framed = all(one in _FRAMES for one, _written in open_tags)
        if name in _BEGINS and framed and tag.start() - start >= size:
            after = "".join(f"</{one}>" for one, _written in reversed(open_tags))
            yield f"{before}{html[start : tag.start()]}{after}"
            start = tag.start()
            before = "".join(written for _one, written in open_tags)
        if name not in _VOID:
            open_tags.append((name, tag[0]))
    yield f"{before}{html[start:]}"


def append(document: QTextDocument, part: str) -> None:
    """Lay one more part out at the end of a document, as if all had been given at once."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
    first = cursor.block().blockNumber()
    cursor.insertHtml(part)
    last = document.blockCount() if "<table" in part else first + 1
    _mend(document, max(first - 1, 0), last)


def _mend(document: QTextDocument, first: int, last: int) -> None:
    """Give paragraphs their looks, which Qt drops after a table and where two parts meet."""
    sample = QTextDocument()
    sample.setDefaultStyleSheet(document.defaultStyleSheet())
    sample.setHtml("<p>x</p>")
    looks = sample.firstBlock().blockFormat()
    block = document.findBlockByNumber(first)
    plain = QTextBlockFormat()
    while block.isValid() and block.blockNumber() < last:
        cursor = QTextCursor(block)
        bare = block.blockFormat() == plain and block.textList() is None
        if bare and block.text() and cursor.currentTable() is None:
            cursor.setBlockFormat(looks)
        block = block.next()
