"""A text browser that loads nothing from outside, with highlights and margin notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit
from typing_extensions import override

from veille.ui import theme

COLUMN: Final = 700
MARGIN_NOTE: Final = 204
_GAP: Final = 24
_EDGE: Final = 36
_NARROW: Final = 640


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage to show: where, what it is, and the note in its margin.

    Attributes:
        start, end: positions in the document.
        thing: its id.
        kind: "quote", "annotation", "doubtful", "found" or "proposed".
        note: what the margin says, "" for nothing.
        by: who says it.
    """

    start: int
    end: int
    thing: str
    kind: str
    note: str = ""
    by: str = ""


class Browser(QTextBrowser):
    """Shows one document.

    Signals:
        link_chosen(str): an address that was clicked, of http, https, mailto or veille.
        note_chosen(str): the id of a margin note that was clicked.
    """

    link_chosen = Signal(object)
    note_chosen = Signal(object)

    def __init__(self, blob: Callable[[str], bytes]) -> None:
        super().__init__()
        self.setObjectName("reader")
        self._blob = blob
        self._images: dict[str, str] = {}
        self._highlights: list[Highlight] = []
        self._cards: list[tuple[QRectF, str]] = []
        self._blocked = ""
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self.viewport().update)

    def show_html(self, html: str, sheet: str, images: dict[str, str], *, blocked: str) -> None:
        """Show a document.

        Args:
            html: harmless HTML.
            sheet: its style.
            images: blobs by address.
            blocked: what stands in place of an image that is not kept.
        """
        self._images = images
        self._blocked = blocked
        self._highlights = []
        self._cards = []
        document = self.document()
        document.setDefaultFont(theme.reading_font(READING_POINTS))
        document.setDefaultStyleSheet(sheet)
        document.clear()
        self._set_margins()
        self.setHtml(html)
        self._set_margins()
        self.verticalScrollBar().setValue(0)

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Mark passages, and write their notes in the margin."""
        self._highlights = list(highlights)
        c = theme.colours()
        ground = {"quote": c.quote, "annotation": c.mark, "doubtful": c.doubt, "found": c.found}
        selections = []
        for one in self._highlights:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(one.start)
            cursor.setPosition(one.end, QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            if one.kind == "proposed":
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                form.setUnderlineColor(QColor(c.accent))
                selection.cursor, selection.format = cursor, form
                selections.append(selection)
                continue
            form.setBackground(QColor(ground[one.kind]))
            form.setForeground(QColor(c.text))
            if one.kind == "doubtful":
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            selection.cursor, selection.format = cursor, form
            selections.append(selection)
        self.setExtraSelections(selections)
        self._set_margins()
        self.viewport().update()

    def go_to(self, start: int) -> None:
        """Bring a passage in view, a third from the top, the cursor on it."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(max(top - self.viewport().height() // 3, 0))

    def select(self, start: int, end: int) -> None:
        """Select a passage and bring it in view."""
        self.go_to(start)
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Serve images from the memory; nothing is ever fetched, from the network or the disk."""
        address = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value:
            # Never None: Qt would then look for the file itself, on the disk or on a UNC path.
            return b""
        data = self._blob(self._images[address]) if address in self._images else b""
        image = QImage.fromData(data) if data else QImage()
        ratio = self.devicePixelRatioF()
        if image.isNull():
            return self._placeholder(ratio)
        widest = round(self._column() * ratio)
        if image.width() > widest:
            image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def _placeholder(self, ratio: float) -> QImage:
        c = theme.colours()
        image = QImage(
            round(self._column() * ratio), round(44 * ratio), QImage.Format.Format_ARGB32
        )
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(c.card))
        painter = QPainter(image)
        painter.setFont(theme.ui_font(0.9))
        painter.setPen(QColor(c.muted))
        box = QRectF(0, 0, self._column(), 44)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._blocked)
        painter.end()
        return image

    def _has_margin(self) -> bool:
        return self.viewport().width() >= _NARROW and any(one.note for one in self._highlights)

    def _column(self) -> int:
        room = self.viewport().width() - 2 * _EDGE
        if self._has_margin():
            room -= MARGIN_NOTE + _GAP - _EDGE // 2
        return max(min(room, COLUMN), 200)

    def _left(self) -> int:
        used = self._column() + (MARGIN_NOTE + _GAP if self._has_margin() else 0)
        return max((self.viewport().width() - used) // 2, _EDGE // 2)

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
        super().resizeEvent(event)
        self._set_margins()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bars(painter)
        self._cards = []
        if self._has_margin():
            self._paint_cards(painter)
        painter.end()

    def _paint_bars(self, painter: QPainter) -> None:
        """Draw the bar beside block quotations, which Qt does not."""
        c = theme.colours()
        scroll = self.verticalScrollBar().value()
        layout = self.document().documentLayout()
        block = self.document().firstBlock()
        while block.isValid():
            level = block.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel.value)
            if level:
                box = layout.blockBoundingRect(block)
                top = box.top() - scroll
                if top > self.viewport().height():
                    break
                if top + box.height() > 0:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(c.accent))
                    bar = QRectF(self._left() + 6, top, 3, box.height())
                    painter.drawRoundedRect(bar, 1.5, 1.5)
            block = block.next()

    def _paint_cards(self, painter: QPainter) -> None:
        c = theme.colours()
        font = theme.ui_font(0.9)
        metrics = QFontMetrics(font)
        left = self._left() + self._column() + _GAP
        free = -1e9
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value
        for one in sorted(self._highlights, key=lambda h: h.start):
            if not one.note:
                continue
            cursor = QTextCursor(self.document())
            cursor.setPosition(one.start)
            anchor = self.cursorRect(cursor)
            width = MARGIN_NOTE - 24
            text = metrics.boundingRect(0, 0, width, 2_000, flags, one.note)
            small = theme.ui_font(0.82)
            signed = QFontMetrics(small).boundingRect(0, 0, width, 200, flags, one.by)
            height = text.height() + signed.height() + 24
            top = max(float(anchor.top()) - 2, free)
            free = top + height + 10
            card = QRectF(left, top, MARGIN_NOTE, height)
            if card.bottom() < 0 or card.top() > self.viewport().height():
                continue
            middle = QPointF(left - 3, top + 12)
            end = QPointF(self._left() + self._column() + 4, anchor.center().y())
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(end, middle)
            self._paint_card(painter, card, one)
            text_box = QRectF(left + 14, top + 9, width, text.height())
            painter.setFont(font)
            painter.setPen(QColor(c.muted if one.kind == "proposed" else c.text))
            painter.drawText(text_box, flags, one.note)
            painter.setPen(QColor(c.muted))
            painter.setFont(small)
            by = QRectF(left + 14, top + 12 + text.height(), width, signed.height() + 4)
            painter.drawText(by, flags, one.by)
            self._cards.append((card, one.thing))

    @staticmethod
    def _paint_card(painter: QPainter, card: QRectF, one: Highlight) -> None:
        """Paint the ground of a margin note; a proposal is an outline, since nothing is kept."""
        c = theme.colours()
        edge = QColor("#e0a800" if one.kind in {"annotation", "doubtful"} else c.accent)
        if one.kind == "proposed":
            painter.setPen(QPen(edge, 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card, 8, 8)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.card))
        painter.drawRoundedRect(card, 8, 8)
        painter.setBrush(edge)
        painter.drawRoundedRect(QRectF(card.left(), card.top(), 4, card.height()), 2, 2)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for card, thing in self._cards:
            if card.contains(event.position()):
                self.note_chosen.emit(thing)
                return
        super().mouseReleaseEvent(event)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https", "mailto", "veille"}:
            self.link_chosen.emit(url.toString())

    def _on_size_changed(self) -> None:
        self._late.start(0)


READING_POINTS: Final = 12.5
