"""What is marked in a text: where, what it is, how sure its place is, and the card beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QTextCharFormat

from veille.sentences import marking
from veille.ui import theme
from veille.ui.theme import Colours

# Drawn beside the line: a meaning is a shape as much as a colour.
QUOTED: Final = "“"


@dataclass(frozen=True, slots=True)
class CardReply:
    """An answer on a card: what it says, who and when."""

    text: str
    foot: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the margin says of a passage.

    Attributes:
        text: what is said of it, or who says it.
        foot: by whom it was kept, and who reads it.
        asks: it is a question that waits for an answer.
    """

    text: str
    foot: str = ""
    asks: bool = False
    replies: tuple[CardReply, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage to show.

    Attributes:
        start, end: positions in the document.
        thing: its id.
        kind: "quote", "annotation", "found" or "proposed".
        status: how sure its place is: "exact", "near" or "doubtful".
        meaning: of an annotation, one of ``domain.fields.MEANINGS``.
        card: what stands in the margin, None for nothing.
    """

    start: int
    end: int
    thing: str
    kind: str
    status: str = "exact"
    meaning: str = ""
    card: Card | None = None

    @property
    def shape(self) -> str:
        """Give what is drawn beside its line, "" for nothing."""
        if self.kind == "quote":
            return QUOTED
        return (marking.shape(self.meaning) or "▬") if self.kind == "annotation" else ""

    @property
    def told(self) -> str:
        """Say what it is, in a word or two."""
        if self.kind == "quote":
            return marking.quoted()
        return marking.meaning(self.meaning)


def ground(one: Highlight, colours: Colours | None = None) -> QColor:
    """Give the colour behind a passage, in these colours or in those of the text that is read."""
    c = colours or theme.reading()
    if one.kind == "annotation":
        grounds = {"fact": c.fact, "check": c.check, "use": c.use}
        return QColor(grounds.get(one.meaning, c.mark))
    return QColor(c.found if one.kind == "found" else c.quote)


def edge(one: Highlight, colours: Colours | None = None) -> QColor:
    """Give the colour of its shape and of the edge of its card: darker, to be seen on paper."""
    c = colours or theme.reading()
    if one.kind == "annotation":
        edges = {"fact": c.fact_edge, "check": c.check_edge, "use": c.use_edge}
        return QColor(edges.get(one.meaning, c.mark_edge))
    return QColor(c.accent)


def text_format(
    one: Highlight, *, focused: bool, colours: Colours | None = None
) -> QTextCharFormat:
    """Give how the words of a passage look."""
    form = QTextCharFormat()
    c = colours or theme.reading()
    if one.kind == "proposed":
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        form.setUnderlineColor(QColor(c.accent))
        return form
    form.setBackground(ground(one, c))
    form.setForeground(QColor(c.text))
    lines = {
        "doubtful": QTextCharFormat.UnderlineStyle.DashUnderline,
        "near": QTextCharFormat.UnderlineStyle.DotLine,
    }
    style = lines.get(one.status, QTextCharFormat.UnderlineStyle.NoUnderline)
    if focused:
        style = QTextCharFormat.UnderlineStyle.SingleUnderline
    form.setUnderlineStyle(style)
    form.setUnderlineColor(edge(one, c))
    return form
