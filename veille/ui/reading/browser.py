"""A text browser that loads nothing from outside, with marks, margin cards, and its own keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit
from typing_extensions import override

from veille.ui import pictures, theme
from veille.ui.reading import cards, selecting
from veille.ui.reading.highlights import Highlight, text_format
from veille.ui.reading.looks import LOOKS, Looks
from veille.ui.widgets import prose, slicing
from veille.ui.widgets.slicing import SIZE, slices

_GAP: Final = 26
_EDGE: Final = 40
_NARROW: Final = 640
# Laid out again after this long without a change, so that typing and resizing are not held up.
_SETTLE_MS: Final = 30
# Characters before and after what is in view, in which marks are coloured.
_AROUND: Final = 9_000
_LONG: Final = 120_000
# So many marks are placed at a time.
_SLICE: Final = 60


class Browser(QTextBrowser):
    """Shows one document.

    Signals:
        link_chosen(str): an address that was clicked, of http, https, mailto or veille.
        note_chosen(str): the id of a margin card that was clicked.
        passage_focused(str): the id of the passage that is visited, "" for none.
        filled(): a long document is there to its end.
    """

    link_chosen = Signal(object)
    note_chosen = Signal(object)
    passage_focused = Signal(object)
    filled = Signal()

    def __init__(self, blob: Callable[[str], bytes]) -> None:
        super().__init__()
        self.setObjectName("reader")
        self._blob = blob
        self._images: dict[str, str] = {}
        self.highlights: list[Highlight] = []
        self._found: list[QTextEdit.ExtraSelection] = []
        self._anchors: list[tuple[Highlight, float]] = []
        self._cards: list[cards.Placed] = []
        self._shown_cards: list[tuple[QRectF, str]] = []
        self._blocked = ""
        self.looks: Looks = LOOKS
        self.focused, self.filling = "", False
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._place)
        self._parts: Iterator[str] = iter(())
        self._coloured = (0, 0)
        self._reserved = False
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._fill = QTimer(self)
        self._fill.setInterval(0)
        self._fill.timeout.connect(self._on_fill)

    def show_html(
        self, html: str, sheet: str, images: dict[str, str], *, blocked: str, margin: bool = False
    ) -> None:
        """Show a document.

        Args:
            html: harmless HTML.
            sheet: its style.
            images: blobs by address.
            blocked: what stands in place of an image that is not kept.
            margin: cards will come; a long text always has room for them from the start.
        """
        self._reserved = margin or len(html) > _LONG
        self._images, self._blocked = images, blocked
        self.highlights, self._anchors, self._cards, self._found = [], [], [], []
        self.focused = ""
        document = self.document()
        document.setDefaultFont(self.looks.font())
        document.setDefaultStyleSheet(sheet)
        document.clear()
        self._set_margins()
        self._parts = slices(prose.unbroken(html))
        self.setHtml(next(self._parts, ""))
        self._set_margins()
        self.verticalScrollBar().setValue(0)
        self.filling = len(html) > SIZE
        if self.filling:
            self._fill.start()
        else:
            self._fill.stop()

    def _on_fill(self) -> None:
        """Lay the next part out; keys and paints come between two of them."""
        part = next(self._parts, None)
        if part is not None:
            slicing.append(self.document(), part)
            return
        self._fill.stop()
        self.filling = False
        self.filled.emit()

    # --- marks ---------------------------------------------------------------------------------

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Mark passages, and write their cards in the margin."""
        self.highlights = sorted(highlights, key=lambda one: (one.start, one.end))
        if all(one.thing != self.focused for one in self.highlights):
            self.focused = ""
        self._select_all()
        self._set_margins()
        self._anchors = []
        self._settle.start()

    def show_occurrences(self, places: Sequence[tuple[int, int]], current: int) -> None:
        """Mark what was looked for; ``current``: the one that is gone to, -1 for none."""
        c = theme.reading()
        self._found = []
        for number, (start, end) in enumerate(places):
            selection = self._selection(start, end)
            selection.format.setBackground(QColor(c.accent if number == current else c.found))
            selection.format.setForeground(QColor(c.on_accent if number == current else c.text))
            self._found.append(selection)
        self._select_all()

    def _select_all(self) -> None:
        """Colour the marks in view and a few screens around: each of them costs at every paint."""
        first = self.first_shown()
        last = self.cursorForPosition(QPoint(self._left(), self.viewport().height())).position()
        self._coloured = (first - _AROUND, last + _AROUND)
        selections = []
        for one in self.highlights:
            if one.end < self._coloured[0] or one.start > self._coloured[1]:
                continue
            selection = self._selection(one.start, one.end)
            focused = bool(one.thing) and one.thing == self.focused
            selection.format = text_format(one, focused=focused)
            selections.append(selection)
        self.setExtraSelections([*selections, *self._found])

    def _on_scrolled(self) -> None:
        """Colour what comes in view, when it was too far away to be coloured."""
        if len(self.highlights) <= _SLICE:
            return
        shown = self.first_shown()
        low, high = self._coloured
        if not low + _AROUND // 3 <= shown <= high - _AROUND:
            self._select_all()

    def _selection(self, start: int, end: int) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        return selection

    def visit(self, by: int) -> str:
        """Go to the next passage, or (-1) the one before. Gives its id, "" when there is none."""
        kept = [one for one in self.highlights if one.thing and one.kind != "found"]
        if not kept:
            return ""
        here = next((n for n, one in enumerate(kept) if one.thing == self.focused), None)
        if here is None:
            at = self.textCursor().position()
            ahead = [n for n, one in enumerate(kept) if one.start >= at]
            here = (ahead[0] if ahead else 0) - (1 if by > 0 else 0)
        chosen = kept[(here + by) % len(kept)]
        self.focus_passage(chosen.thing)
        return chosen.thing

    def focus_passage(self, thing: str) -> None:
        """Visit a passage: it is brought in view, and its card stands out."""
        self.focused = thing
        one = next((one for one in self.highlights if one.thing == thing), None)
        if one is not None:
            self.go_to(one.start)
        self._select_all()
        self.viewport().update()
        self.passage_focused.emit(thing)

    def go_to(self, start: int) -> None:
        """Bring a place in view, a third from the top, the cursor on it."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(max(top - self.viewport().height() // 3, 0))

    def put_caret(self, position: int) -> None:
        """Put the caret somewhere, without selecting; the view does not follow."""
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def sees_caret(self, height: int = 0) -> bool:
        """Tell whether the caret is in view, or was when the view was so high."""
        at, height = self.cursorRect(), height or self.viewport().height()
        return at.top() >= 0 and at.bottom() <= height

    def scroll_to(self, start: int) -> None:
        """Bring a place to the top of the view, as it stood when it was the first shown."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(max(top - 6, 0))

    def select(self, start: int, end: int) -> None:
        """Select a passage and bring it in view."""
        self.go_to(start)
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def first_shown(self) -> int:
        """Give where the first line in view begins."""
        return self.cursorForPosition(QPoint(self._left() + 4, 6)).position()

    # --- images --------------------------------------------------------------------------------

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Serve images from the memory; nothing is ever fetched, from the network or the disk."""
        address = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value:
            # Never None: Qt would then look for the file itself, on the disk or on a UNC path.
            return b""
        data = self._blob(self._images[address]) if address in self._images else b""
        ratio = self.devicePixelRatioF()
        shown = pictures.fitted(data, self._column(), ratio)
        return shown or pictures.missing(self._blocked, self._column(), ratio)

    # --- the column ----------------------------------------------------------------------------

    def _has_margin(self) -> bool:
        wanted = self._reserved or any(one.card for one in self.highlights)
        return self.viewport().width() >= theme.px(_NARROW) and wanted

    def _column(self) -> int:
        room = self.viewport().width() - 2 * _EDGE
        if self._has_margin():
            room -= cards.width() + _GAP - _EDGE // 2
        return max(min(room, self.looks.column()), 200)

    def _left(self) -> int:
        used = self._column() + (cards.width() + _GAP if self._has_margin() else 0)
        return max((self.viewport().width() - used) // 2, _EDGE // 2 + 8)

    def _set_margins(self) -> None:
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        left = self._left()
        right = max(self.viewport().width() - left - self._column(), _EDGE // 2)
        if (form.leftMargin(), form.rightMargin()) == (left, right):
            return
        form.setLeftMargin(left)
        form.setRightMargin(right)
        form.setTopMargin(34)
        form.setBottomMargin(80)
        frame.setFrameFormat(form)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        in_view = self.sees_caret(event.oldSize().height())
        super().resizeEvent(event)
        self._set_margins()
        if in_view:
            # A card may have opened below: what was just selected stays above it.
            self.ensureCursorVisible()

    def _on_size_changed(self) -> None:
        self._anchors = []
        self._settle.start()

    def _place(self) -> None:
        """Work out where the next marks stand, then where their cards do; a few at a time."""
        done = len(self._anchors)
        if not done:
            self._cards = []
        layout = self.document().documentLayout()
        for one in self.highlights[done : done + _SLICE]:
            block = self.document().findBlock(one.start)
            top = layout.blockBoundingRect(block).top()
            line = block.layout().lineForTextPosition(one.start - block.position())
            middle = line.y() + line.height() / 2 if line.isValid() else 12.0
            self._anchors.append((one, top + middle))
        last = self._cards[-1] if self._cards else None
        self._cards += cards.place(self._anchors[done:], last)
        if len(self._anchors) < len(self.highlights):
            QTimer.singleShot(0, self, self._place)
        self.viewport().update()

    # --- painting ------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self.cursorForPosition(QPoint(self._left() + 4, 2)).block()
        prose.paint_bars(
            painter, first, left=self._left(), scroll=self.verticalScrollBar().value(),
            height=self.viewport().height(), colour=theme.reading().accent,
        )  # fmt: skip
        self._paint_shapes(painter)
        self._shown_cards = []
        if self._has_margin():
            self._paint_cards(painter)
        painter.end()

    def _paint_shapes(self, painter: QPainter) -> None:
        scroll, height = self.verticalScrollBar().value(), self.viewport().height()
        for one, middle in self._anchors:
            if one.shape and -20 < middle - scroll < height + 20:
                cards.paint_shape(painter, one, QPointF(self._left() - 16, middle - scroll))

    def _paint_cards(self, painter: QPainter) -> None:
        scroll = float(self.verticalScrollBar().value())
        left = float(self._left() + self._column() + _GAP)
        for one in cards.in_view(self._cards, scroll, scroll + self.viewport().height()):
            focused = bool(one.highlight.thing) and one.highlight.thing == self.focused
            box = cards.paint(
                painter, one, left=left, scroll=scroll, focused=focused,
                edge_of_text=float(self._left() + self._column() + 4),
            )  # fmt: skip
            self._shown_cards.append((box, one.highlight.thing))

    # --- hands ---------------------------------------------------------------------------------

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for card, thing in self._shown_cards:
            if card.contains(event.position()):
                self.note_chosen.emit(thing)
                return
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go and select by sentence, with Ctrl by paragraph; Esc lets go of the selection."""
        change = selecting.by_key(event)
        if change is not None:
            self.setTextCursor(change(self._brought_in_view()))
            self.ensureCursorVisible()
        elif event.key() == Qt.Key.Key_Escape and (
            self.textCursor().hasSelection() or self.focused
        ):
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _brought_in_view(self) -> QTextCursor:
        """Give the cursor, brought to the first line in view when it has been scrolled away."""
        cursor = self.textCursor()
        at = self.cursorRect(cursor)
        if not cursor.hasSelection() and not self.viewport().rect().intersects(at):
            cursor.setPosition(self.first_shown())
        return cursor

    def _let_go(self) -> None:
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.focused = ""
        self._select_all()
        self.passage_focused.emit("")

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https", "mailto", "veille"}:
            self.link_chosen.emit(url.toString())
