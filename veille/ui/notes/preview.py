"""The note as it will be read, beside the text; it keeps its place while one writes.

It is given the note in pieces, made aside. A long note is shown around the place that is written:
laying all of it out again would hold up the next key (200 kB: 250 ms).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import accumulate
from typing import Any, Final, Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import pictures, theme
from veille.ui.widgets import prose, slicing

_POINTS: Final = 12.5
_COLUMN, _EDGE = 620, 28
# Of a long note, the HTML that is laid out at once.
_WINDOW: Final = 14_000
_ENDS: Final = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_FOOT: Final = "#fn"
_FIRST_BLOCK: Final = re.compile(r"<(?:p|h[1-6]|li|td|th|pre|dt|dd)\b[^>]*>")


class Piece(Protocol):
    """A part of a note that is rendered alone, and the lines of the text it is made of."""

    html: str
    first: int
    last: int


class Preview(QTextBrowser):
    """Shows a note; loads nothing but pictures of the memory.

    Signals:
        link_chosen(str): an address of http, https, mailto or veille.
        write_requested(): Enter was pressed, on no link: the note is to be written again.
    """

    link_chosen = Signal(object)
    write_requested = Signal()

    def __init__(self, blob: Callable[[str], bytes]) -> None:
        super().__init__()
        self._blob = blob
        self._title = ""
        self._pieces: Sequence[Piece] = ()
        self._shown = range(0)
        self._parts: Iterator[str] = iter(())
        self._whole = True
        self._fill = QTimer(self)
        self._fill.setInterval(0)
        self._fill.timeout.connect(self._on_fill)
        self.setObjectName("reader")
        self.setAccessibleName(_("Preview"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_read(self, title: str, pieces: Sequence[Piece]) -> None:
        """Show a note to be read, from its beginning to its end."""
        again = self._whole and title == self._title
        place = self.verticalScrollBar().value() if again else 0
        self._title, self._pieces, self._whole = title, pieces, True
        self._shown = range(len(pieces))
        html = self._html()
        self._parts = slicing.slices(html)
        self._lay_out(next(self._parts, ""))
        self.verticalScrollBar().setValue(place)
        self._fill.start()

    def show_written(self, title: str, pieces: Sequence[Piece], line: int) -> None:
        """Show a note that is being written, what is made of ``line`` staying where it is."""
        self._fill.stop()
        at = self._piece_at(pieces, line)
        before = None if self._whole else self._top_of(at)
        self._title, self._pieces, self._whole = title, pieces, False
        self._shown = _around(pieces, at)
        self._lay_out(self._html())
        top = self._top_of(at)
        if top is None:
            return
        height = self.viewport().height()
        seen = before is not None and 0 <= before < height
        self._scroll_by(top - (before if seen and before is not None else height // 3))

    def follow(self, line: int) -> None:
        """Bring what is made of a line to the top: the text was scrolled there."""
        if self._whole or not self._pieces:
            return
        at = self._piece_at(self._pieces, line)
        if at not in self._shown:
            self._shown = _around(self._pieces, at)
            self._lay_out(self._html())
        top = self._top_of(at)
        if top is not None:
            one = self._pieces[at]
            span = max(one.last - one.first, 0) + 1
            below = self._top_of(at + 1)
            height = (below - top) if below is not None else 0
            self._scroll_by(top + height * max(line - one.first, 0) // span)

    def go_to(self, section: str) -> None:
        """Bring a heading to the top, by its words."""
        wanted = prose.unbroken(section).casefold()
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip().casefold() == wanted:
                self._scroll_by(self._top(block))
                return
            block = block.next()

    def on_paper(self, title: str, pieces: Sequence[Piece]) -> QTextDocument:
        """Lay a whole note out apart, in the colours of paper."""
        # A child has its pictures from here.
        document = QTextDocument(self)
        document.setDefaultFont(theme.reading_font(_POINTS))
        document.setDefaultStyleSheet(
            prose.sheet(theme.points(_POINTS), theme.LIGHT, theme.UI_FONT)
        )
        body = "".join(prose.for_qt(one.html) for one in pieces)
        document.setHtml(prose.unbroken(f"<h1>{escape(title)}</h1>{body}"))
        return document

    def _html(self) -> str:
        parts = [_named(prose.for_qt(self._pieces[number].html), number) for number in self._shown]
        if self._shown.start == 0:
            parts.insert(0, f"<h1>{escape(self._title)}</h1>")
        else:
            parts.insert(0, _meta(_("… the note begins above")))
        if self._shown.stop < len(self._pieces):
            parts.append(_meta(_("the note goes on below…")))
        return prose.unbroken("".join(parts))

    def _lay_out(self, html: str) -> None:
        document = self.document()
        document.setDefaultFont(theme.reading_font(_POINTS))
        document.setDefaultStyleSheet(
            prose.sheet(theme.points(_POINTS), theme.colours(), theme.UI_FONT)
        )
        self.setHtml(html)
        self._set_margins()

    def _on_fill(self) -> None:
        """Lay the next part out; keys and paints come between two of them."""
        part = next(self._parts, None)
        if part is None:
            self._fill.stop()
        else:
            slicing.append(self.document(), part)

    # --- places --------------------------------------------------------------------------------

    @staticmethod
    def _piece_at(pieces: Sequence[Piece], line: int) -> int:
        """Give the piece that holds a line, or the last one before it."""
        before = [number for number, one in enumerate(pieces) if 0 <= one.first <= line]
        return before[-1] if before else 0

    def _top_of(self, piece: int) -> int | None:
        """Give where a piece begins in the view, in pixels; None when it is not laid out."""
        name = f"piece-{piece}"
        block = self.document().begin()
        while block.isValid():
            parts = block.begin()
            if not parts.atEnd() and name in parts.fragment().charFormat().anchorNames():
                return self._top(block)
            block = block.next()
        return None

    def _top(self, block: QTextBlock) -> int:
        top = self.document().documentLayout().blockBoundingRect(block).top()
        return round(top) - self.verticalScrollBar().value()

    def _scroll_by(self, pixels: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    # --- the widget ----------------------------------------------------------------------------

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # Never None: Qt would then look for the file itself, on the disk or on a UNC path.
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return b""
        address = name.toString() if isinstance(name, QUrl) else name
        data = self._blob(address.removeprefix("blob:")) if address.startswith("blob:") else b""
        column = min(theme.px(_COLUMN), self.viewport().width() - 2 * _EDGE)
        ratio = self.devicePixelRatioF()
        shown = pictures.fitted(data, column, ratio)
        return shown or pictures.missing(_("Picture not here yet"), column, ratio)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENDS and held == Qt.KeyboardModifier.ControlModifier:
            bar = self.verticalScrollBar()
            bar.setValue(0 if event.key() == Qt.Key.Key_Home else bar.maximum())
            return
        super().keyPressEvent(event)
        if event.key() in _ENTER and not held and not event.isAccepted():
            event.accept()
            self.write_requested.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = round(self.document().rootFrame().frameFormat().leftMargin())
        first = self.cursorForPosition(QPoint(left + 4, 2)).block()
        prose.paint_bars(
            painter, first, left=left, scroll=self.verticalScrollBar().value(),
            height=self.viewport().height(), colour=theme.colours().accent,
        )  # fmt: skip
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        prose.set_margins(self, column=theme.px(_COLUMN), edge=_EDGE)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        address = url.toString()
        if _FOOT in address:
            self.scrollToAnchor(url.fragment())
        elif url.scheme() in {"http", "https", "mailto", "veille"}:
            self.link_chosen.emit(address)


def _named(html: str, number: int) -> str:
    """Name the first block of a piece: Qt drops an anchor that stands before it."""
    return _FIRST_BLOCK.sub(rf'\g<0><a name="piece-{number}"></a>', html, count=1)


def _meta(told: str) -> str:
    return f'<p class="meta">{escape(told)}</p>'


def _around(pieces: Sequence[Piece], at: int) -> range:
    """Choose the pieces to lay out around one: all of a note that is not long."""
    ends = list(accumulate((len(one.html) for one in pieces), initial=0))
    if ends[-1] <= _WINDOW:
        return range(len(pieces))
    first, last = at, at + 1
    while ends[last] - ends[first] < _WINDOW:
        grows = [n for n in (first - 1, last) if 0 <= n < len(pieces)]
        # The side that shows less so far; what is below is read next.
        below = last in grows and (
            ends[last] - ends[at] <= ends[at] - ends[first] or len(grows) == 1
        )
        if below:
            last += 1
        else:
            first -= 1
    return range(first, last)
