"""How one line of a list is painted: title, source and date, a sentence, chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)
from typing_extensions import override

from veille.domain.views import Row
from veille.sentences import dates, marking, names, searching, sorting
from veille.sentences.catalogue import quoted
from veille.ui import theme
from veille.ui.browse.rows_model import LINE_ROLE, ROW_ROLE, Line
from veille.ui.widgets.fitting import fitted

# Units, as all that is drawn here.
HEIGHT: Final = 104
_SIDE: Final = 20
_INSIDE: Final = 22
_DOT: Final = 7
# A target is at least so high and wide, whatever is drawn of it.
_TARGET: Final = 28
_KNOWN: Final = 256
_ICONS: Final = {"note": "notebook-text", "dossier": "folder", "annotation": "message-square-text",
                 "quote": "text-quote", "article": "newspaper"}  # fmt: skip
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
    """Paints rows. ``extract`` gives a search's sentence for a row, None outside a search.

    ``detail`` gives the second line of a row, where it is not the ordinary one.
    """

    def __init__(
        self, extract: Callable[[str], Extract | None], now: Callable[[], int], *, icons: bool
    ) -> None:
        super().__init__()
        self._extract = extract
        self._now = now
        self.show_icons = icons
        self.articles: Callable[[str], Row | None] = lambda _thing: None
        self.detail: Callable[[Row], str] | None = None
        self._chips_at: dict[str, QRect] = {}
        self._whole: dict[str, str] = {}

    def is_on_chip(self, thing: str, at: QPoint) -> bool:
        """Tell whether a point of a row is on the chip of its story."""
        here = QPoint(round(theme.in_units(at.x())), round(theme.in_units(at.y())))
        return self._chips_at.get(thing, QRect()).contains(here)

    @override
    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Say whole what is cut in the line."""
        row = index.data(ROW_ROLE)
        whole = self._whole.get(row.id, "") if isinstance(row, Row) else ""
        QToolTip.showText(event.globalPos(), whole, view)
        return bool(whole)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, line = index.data(ROW_ROLE), index.data(LINE_ROLE)
        if not isinstance(row, Row) or not isinstance(line, Line):
            return
        with theme.units(painter, option.rect) as rect:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, rect, option, row, line)

    def _paint(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, row: Row, line: Line
    ) -> None:
        self._ground(painter, rect, option)
        inner = rect.adjusted(_SIDE, 12, -_SIDE + 4, -6)
        extract = self._extract(row.id)
        if line.inside or (extract is not None and extract.inside):
            inner.setLeft(inner.left() + _INSIDE)
            bar = QRect(inner.left() - _INSIDE, rect.top(), 2, rect.height())
            grey = not line.inside
            painter.fillRect(
                bar.adjusted(8, 12, 8, -12) if grey else bar,
                QColor(theme.colours().line if grey else theme.colours().accent),
            )
        if line.is_read is False or line.is_new:
            self._dot(painter, inner)
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
        self._chips_at.pop(row.id, None)
        self._texts(painter, inner, row, line, chosen=chosen)
        if row.id in self._chips_at:
            self._chips_at[row.id].translate(-rect.topLeft())

    @staticmethod
    def _dot(painter: QPainter, inner: QRect) -> None:
        """Mark what was not read, or is new, in the margin: its title, or its detail, says it too."""
        middle = QFontMetrics(theme.ui_font(theme.LEAD)).height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().accent))
        at = QPointF(inner.left() - 10, inner.top() + middle + 0.5)
        painter.drawEllipse(at, _DOT / 2, _DOT / 2)

    def _ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        c = theme.colours()
        theme.line_ground(painter, rect, option.state, c)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(rect.left() + _SIDE, rect.bottom(), rect.right() - _SIDE, rect.bottom())

    def _texts(
        self, painter: QPainter, inner: QRect, row: Row, line: Line, *, chosen: bool
    ) -> None:
        c = theme.colours()
        weight = QFont.Weight.Normal if line.is_read else QFont.Weight.DemiBold
        bold = theme.ui_font(theme.LEAD, weight=weight)
        ink = _between(c.text, c.muted) if line.is_read else QColor(c.text)
        small = theme.ui_font(theme.SMALL)
        extract = self._extract(row.id)
        article = row.kind == "article" and extract is None
        chips = self._told_chips(row)
        passage = row.kind in {"quote", "annotation"} and extract is None
        lines = 2 if passage or (article and not chips) else 1
        title = quoted(row.title) if row.kind == "quote" else row.title
        top = inner.top()
        if extract is not None:
            self._mark_title(painter, inner, title, bold, extract.title_marks)
        painter.setPen(ink)
        box = QRectF(inner.left(), top, inner.width(), 44)
        high, cut = self._lines(painter, box, title, bold, lines)
        top += high + 3
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        metrics = QFontMetrics(small)
        told = self._second_line(row, line, extract)
        place = QRect(inner.left(), top, inner.width(), metrics.height())
        cut |= self._facts(painter, place, told, row.id, line, chosen=chosen)
        self._note_whole(row.id, (title, told) if cut else ())
        top += metrics.height() + 3
        if extract is not None:
            room = inner.bottom() - top
            self._marked(painter, QRectF(inner.left(), top, inner.width(), room), extract, small)
            return
        if lead := marking.lead(row):
            painter.setPen(ink)
            room = 2 if article and not chips and top - inner.top() < 50 else 1
            box = QRectF(inner.left(), top, inner.width(), 40)
            top += self._lines(painter, box, lead, small, room)[0] + 4
        if chips and inner.bottom() - top >= metrics.height():
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
    def _lines(
        painter: QPainter, box: QRectF, text: str, font: QFont, lines: int
    ) -> tuple[int, bool]:
        """Draw text on at most ``lines`` lines; returns the height used, and if text is left."""
        metrics = QFontMetrics(font)
        painter.setFont(font)
        layout = QTextLayout(text, font)
        layout.beginLayout()
        height, cut = 0, False
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(box.width())
            start, length = line.textStart(), line.textLength()
            shown = text[start : start + length].strip()
            cut = number == lines - 1 and start + length < len(text)
            if cut:
                shown = metrics.elidedText(
                    text[start:], Qt.TextElideMode.ElideRight, int(box.width())
                )
            painter.drawText(QPointF(box.left(), box.top() + height + metrics.ascent()), shown)
            height += metrics.height()
        layout.endLayout()
        return height, cut

    def _facts(
        self, painter: QPainter, place: QRect, told: str, thing: str, line: Line, *, chosen: bool
    ) -> bool:
        """Draw what is said under the title, and how many tell the same; tells whether it is cut."""
        metrics = painter.fontMetrics()
        several = line.articles > 1
        room = place.width() - (self._story_width(metrics, line) + 10 if several else 0)
        shown = fitted(told, metrics, room)
        painter.drawText(QPointF(place.left(), place.top() + metrics.ascent()), shown)
        if several:
            left = place.left() + metrics.horizontalAdvance(shown) + 10
            self._story(painter, QPoint(left, place.top() - 1), thing, line, chosen=chosen)
        return shown != told

    def _note_whole(self, thing: str, whole: Sequence[str]) -> None:
        """Note what a hint says of a line, nothing when all of it is seen."""
        self._whole.pop(thing, None)
        if len(self._whole) > _KNOWN:
            self._whole.clear()
        if whole:
            # Plain words would not be broken into lines.
            self._whole[thing] = f"<p>{'<br>'.join(map(escape, whole))}</p>"

    def _second_line(self, row: Row, line: Line, extract: Extract | None) -> str:
        told = extract.detail if extract is not None and extract.detail else self._told(row)
        return searching.newly(told) if line.is_new else told

    def _told(self, row: Row) -> str:
        return self.detail(row) if self.detail is not None else self._detail(row)

    def _detail(self, row: Row) -> str:
        if row.kind == "article":
            dated = sorting.dated(row, self._now())
            return " · ".join(part for part in (row.source, dated) if part)
        if row.kind == "quote":
            who = row.text("speaker") or names.unknown_speaker()
            about = self.articles(row.about)
            source = about.source if about else ""
            return " · ".join(part for part in (who, row.text("role"), source) if part)
        if row.kind == "annotation":
            about = self.articles(row.about)
            return about.title if about else ""
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
    def _story_width(metrics: QFontMetrics, line: Line) -> int:
        label = sorting.told_by(line.sources, line.articles)
        return metrics.horizontalAdvance(label) + 32

    def _story(
        self, painter: QPainter, at: QPoint, thing: str, line: Line, *, chosen: bool
    ) -> None:
        """Draw how many tell the same news, with what unfolds them."""
        c = theme.colours()
        metrics = painter.fontMetrics()
        label = sorting.told_by(line.sources, line.articles)
        width, height = self._story_width(metrics, line), metrics.height() + 3
        chip = QRect(at.x(), at.y(), width, height)
        painter.setPen(QPen(QColor(c.accent), 1))
        painter.setBrush(QColor(c.base if chosen else c.selected))
        painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
        shape = "chevron-right" if line.folded else "chevron-down"
        picture = theme.pixmap(shape, c.accent, 14, painter.device().devicePixelRatio())
        painter.drawPixmap(chip.left() + 7, chip.top() + (height - 14) // 2, picture)
        painter.setPen(QColor(c.text))
        painter.drawText(QPointF(chip.left() + 24, at.y() + metrics.ascent() + 1), label)
        if len(self._chips_at) > _KNOWN:
            self._chips_at.clear()
        room = max(_TARGET - height, 0) // 2 + 1
        self._chips_at[thing] = chip.adjusted(-2, -room, 2, room)

    @staticmethod
    def _told_chips(row: Row) -> list[str]:
        """Give what is worth a chip: what is wrong with a capture, themes."""
        # What a feed brought is a summary: that is said of it once it is kept.
        warned = row.verdict not in {"complete", ""} and not row.passing
        return [*([names.verdict(row.verdict)] if warned else []), *row.tags]

    @staticmethod
    def _chips(
        painter: QPainter, inner: QRect, top: int, row: Row, *, font: QFont, chosen: bool
    ) -> None:
        c = theme.colours()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        left = inner.left()
        told = RowDelegate._told_chips(row)
        warned = len(told) > len(row.tags)
        for number, label in enumerate(told):
            width = metrics.horizontalAdvance(label) + 16
            if left + width > inner.right():
                painter.setPen(QColor(c.muted))
                painter.drawText(QPointF(left, top + metrics.ascent() + 2), "…")
                break
            warns = number == 0 and warned
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.warning if warns else c.base if chosen else c.chip))
            painter.drawRoundedRect(QRectF(left, top, width, metrics.height() + 4), 9, 9)
            painter.setPen(QColor(c.warning_text if warns else c.text))
            painter.drawText(QPointF(left + 8, top + metrics.ascent() + 2), label)
            left += width + 6


def _between(one: str, other: str) -> QColor:
    """Mix two colours, half and half."""
    a, b = QColor(one), QColor(other)
    return QColor(
        (a.red() + b.red()) // 2, (a.green() + b.green()) // 2, (a.blue() + b.blue()) // 2
    )
