"""The headings of the text that is read, to go to one of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextDocument

from veille.domain.text import collapse


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what it says, how deep it is (1 for the title), where it stands."""

    text: str
    level: int
    position: int


def headings(document: QTextDocument) -> list[Heading]:
    """Give the headings of a document, in order."""
    found = []
    block = document.firstBlock()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        text = collapse(block.text())
        if level and text:
            found.append(Heading(text, level, block.position()))
        block = block.next()
    return found
