"""How one line of a list is painted: title, source and date, a sentence, chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from veille.domain.views import Row
from veille.sentences import dates, names
from veille.ui import theme
from veille.ui.browse.rows_model import ROW_ROLE

HEIGHT: Final = 104
_SIDE: Final = 18
_INSIDE: Final = 22
_ICONS: Final = {"note": "notebook-text", "dossier": "folder", "annotation": "message-square-text",
                 "quote": "text-quote", "article": "newspaper", "source": "newspaper"}  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Extract:
    """What is shown under the title instead of the lead: a search's sentence and its marks.

    Attributes:
        title_marks: the places to mark in the title.
        detail: what the thing is, in place of its ordinary second line.
        inside: whether it stands under the article above it.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    title_marks: tuple[tuple[int, int], ...] = ()
    detail: str = ""
    inside: bool = False


class RowDelegate(QStyledItemDelegate):
    """Paints rows. ``extract`` gives a search's sentence for a row, None outside a search."""

    def __init__(
        self, extract: Callable[[str], Extract | None], now: Callable[[], int], *, icons: bool
    ) -> None:
        super().__init__()
        self._extract = extract
        self._now = now
        self.show_icons = icons
        self.articles: Callable[[str], Row | None] = lambda _thing: None

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        self._ground(painter, rect, option)
        inner = rect.adjusted(_SIDE, 12, -_SIDE + 4, -6)
        extract = self._extract(row.id)
        if extract is not None and extract.inside:
            inner.setLeft(inner.left() + _INSIDE)
            painter.fillRect(
                QRect(inner.left() - 12, rect.top() + 12, 2, rect.height() - 24),
                QColor(theme.colours().line),
            )
        if self.show_icons:
            picture = theme.pixmap(
                _ICONS.get(row.kind, "file-text"),
                theme.colours().muted,
                16,
                painter.device().devicePixelRatio(),
            )
            painter.drawPixmap(inner.left(), inner.top() + 3, picture)
            inner.setLeft(inner.left() + 26)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._texts(painter, inner, row, chosen=chosen)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        c = theme.colours()
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.selected))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(c.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.hover))
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(rect.left() + _SIDE, rect.bottom(), rect.right() - _SIDE, rect.bottom())

    def _texts(self, painter: QPainter, inner: QRect, row: Row, *, chosen: bool) -> None:
        c = theme.colours()
        bold = theme.ui_font(1.05, weight=QFont.Weight.DemiBold)
        small = theme.ui_font(0.9)
        extract = self._extract(row.id)
        lines = 2 if row.kind in {"quote", "annotation"} and extract is None else 1
        title = f"«\u00a0{row.title}\u00a0»" if row.kind == "quote" else row.title
        top = inner.top()
        if extract is not None:
            self._mark_title(painter, inner, title, bold, extract.title_marks)
        top += self._lines(
            painter, QRectF(inner.left(), top, inner.width(), 44), title, bold, lines
        )
        top += 2
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        metrics = QFontMetrics(small)
        told = extract.detail if extract is not None and extract.detail else self._detail(row)
        detail = metrics.elidedText(told, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QPointF(inner.left(), top + metrics.ascent()), detail)
        top += metrics.height() + 3
        if extract is not None:
            room = inner.bottom() - top
            self._marked(painter, QRectF(inner.left(), top, inner.width(), room), extract, small)
            return
        if row.lead and row.kind != "source":
            text = metrics.elidedText(row.lead, Qt.TextElideMode.ElideRight, inner.width())
            painter.setPen(QColor(c.text))
            painter.drawText(QPointF(inner.left(), top + metrics.ascent()), text)
            top += metrics.height() + 4
        if inner.bottom() - top >= metrics.height():
            self._chips(painter, inner, top, row, font=small, chosen=chosen)

    @staticmethod
    def _mark_title(
        painter: QPainter, inner: QRect, title: str, font: QFont, marks: Sequence[tuple[int, int]]
    ) -> None:
        """Lay the ground of the words found; the title of a result is on one line."""
        metrics = QFontMetrics(font)
        for start, end in marks:
            left = inner.left() + metrics.horizontalAdvance(title[:start])
            width = metrics.horizontalAdvance(title[start:end])
            # What is elided is not marked.
            if left + width < inner.right() - metrics.horizontalAdvance("…"):
                painter.fillRect(
                    QRect(left, inner.top(), width, metrics.height()), QColor(theme.colours().found)
                )

    @staticmethod
    def _lines(painter: QPainter, box: QRectF, text: str, font: QFont, lines: int) -> int:
        """Draw text on at most ``lines`` lines; returns the height used."""
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().text))
        layout = QTextLayout(text, font)
        layout.beginLayout()
        height = 0
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(box.width())
            start, length = line.textStart(), line.textLength()
            shown = text[start : start + length].strip()
            if number == lines - 1 and start + length < len(text):
                shown = metrics.elidedText(
                    text[start:], Qt.TextElideMode.ElideRight, int(box.width())
                )
            painter.drawText(QPointF(box.left(), box.top() + height + metrics.ascent()), shown)
            height += metrics.height()
        layout.endLayout()
        return height

    def _detail(self, row: Row) -> str:
        if row.kind == "article":
            dated = dates.published(row.published) or dates.short(row.created_at, self._now())
            return " · ".join(part for part in (row.source, dated) if part)
        if row.kind == "quote":
            who = row.text("speaker") or names.unknown_speaker()
            about = self.articles(row.about)
            source = about.source if about else ""
            return " · ".join(part for part in (who, row.text("role"), source) if part)
        if row.kind == "annotation":
            about = self.articles(row.about)
            return about.title if about else ""
        if row.kind == "source":
            return row.lead
        return dates.short(row.updated_at, self._now())

    @staticmethod
    def _marked(painter: QPainter, box: QRectF, extract: Extract, font: QFont) -> None:
        c = theme.colours()
        layout = QTextLayout(extract.text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges = []
        for start, end in extract.marks:
            one = QTextLayout.FormatRange()
            one.start, one.length = start, end - start
            one.format.setBackground(QColor(c.found))
            one.format.setForeground(QColor(c.text))
            ranges.append(one)
        layout.setFormats(ranges)
        layout.beginLayout()
        height = 0.0
        while height + QFontMetrics(font).height() <= box.height() + 6:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(box.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        painter.setPen(QColor(c.text))
        layout.draw(painter, box.topLeft())

    @staticmethod
    def _chips(
        painter: QPainter, inner: QRect, top: int, row: Row, *, font: QFont, chosen: bool
    ) -> None:
        c = theme.colours()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        left = inner.left()
        told = list(row.tags)
        if row.verdict not in {"complete", ""}:
            told.insert(0, names.verdict(row.verdict))
        for number, label in enumerate(told):
            width = metrics.horizontalAdvance(label) + 16
            if left + width > inner.right():
                painter.setPen(QColor(c.muted))
                painter.drawText(QPointF(left, top + metrics.ascent() + 2), "…")
                break
            warns = number == 0 and row.verdict not in {"complete", ""}
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.warning if warns else c.base if chosen else c.chip))
            painter.drawRoundedRect(QRectF(left, top, width, metrics.height() + 4), 9, 9)
            painter.setPen(QColor(c.warning_text if warns else c.text))
            painter.drawText(QPointF(left + 8, top + metrics.ascent() + 2), label)
            left += width + 6
