"""The list of what could be meant by what is being typed: under the cursor, or in the palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import theme

Index = QModelIndex | QPersistentModelIndex
OFFER_ROLE: Final = Qt.ItemDataRole.UserRole
MOST_LINES: Final = 12
_ROW, _SIDE, _ICON, _GAP = 28, 10, 16, 16
_NARROW, _WIDE = 240, 480


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be meant.

    Attributes:
        insert: what is taken: what replaces the text typed, or what is to be done.
        label: what people read.
        detail: what tells it from another one of the same name.
        icon: a picture of ``resources/icons``, "" for none.
    """

    insert: str
    label: str
    detail: str = ""
    icon: str = ""


class _Rows(QAbstractListModel):
    """The offers, as they were given."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: tuple[Offer, ...] = ()

    def show(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = tuple(offers)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return told(offer)
        return offer if role == OFFER_ROLE else None


class _Painter(QStyledItemDelegate):
    """Paints an offer: picture and name, and at the right what tells it from another one."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(_NARROW), _row_height(option.fontMetrics))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer, c = index.data(OFFER_ROLE), theme.colours()
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.selected))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        if offer.icon:
            ratio = option.widget.devicePixelRatioF()
            top = inner.top() + (inner.height() - theme.px(_ICON)) // 2
            painter.drawPixmap(inner.left(), top, theme.pixmap(offer.icon, c.muted, _ICON, ratio))
            inner.setLeft(inner.left() + theme.px(_ICON) + 8)
        _columns(painter, inner, offer)
        painter.restore()


def _columns(painter: QPainter, inner: QRect, offer: Offer) -> None:
    """Write the detail in its share of the line, the name in what is left."""
    c, middle = theme.colours(), Qt.AlignmentFlag.AlignVCenter
    name = QFontMetrics(theme.ui_font()).horizontalAdvance(offer.label)
    small = QFontMetrics(theme.ui_font(theme.SMALL))
    room = max(inner.width() - name - _GAP, inner.width() * 2 // 5)
    detail = small.elidedText(offer.detail, Qt.TextElideMode.ElideRight, room)
    taken = small.horizontalAdvance(detail) + _GAP if detail else 0
    painter.setFont(theme.ui_font(theme.SMALL))
    painter.setPen(QColor(c.muted))
    painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, detail)
    painter.setFont(theme.ui_font())
    painter.setPen(QColor(c.text))
    left = inner.adjusted(0, 0, -taken, 0)
    label = QFontMetrics(theme.ui_font()).elidedText(
        offer.label, Qt.TextElideMode.ElideRight, left.width()
    )
    painter.drawText(left, Qt.AlignmentFlag.AlignLeft | middle, label)


def told(offer: Offer) -> str:
    """Give an offer as a screen reader says it."""
    return f"{offer.label}, {offer.detail}" if offer.detail else offer.label


def _row_height(metrics: QFontMetrics) -> int:
    return max(theme.px(_ROW), metrics.height() + 10)


class OfferList(QListView):
    """Shows offers near a place of the window; the focus stays in the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = _Rows()
        self.setObjectName("offers")
        self.setAccessibleName(_("Suggestions"))
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.dress()
        self.hide()

    def dress(self) -> None:
        """Take the letters and colours in force."""
        c = theme.colours()
        self.setFont(theme.ui_font())
        self.setStyleSheet(
            f"#offers {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 9px;"
            " padding: 4px; outline: 0; }"
        )

    @property
    def current(self) -> Offer | None:
        """Give the offer that Enter takes."""
        offer = self.currentIndex().data(OFFER_ROLE)
        return offer if isinstance(offer, Offer) else None

    def fill(self, offers: Sequence[Offer]) -> None:
        """Show other offers where the list stands; the first is current."""
        self._rows.show(offers)
        self.setCurrentIndex(self._rows.index(0, 0))
        self.scrollToTop()

    def show_offers(self, offers: Sequence[Offer], line: QRect) -> None:
        """Show offers under a line of text, or above it where there is more room.

        Args:
            offers: at least one.
            line: the cursor's line, in pixels of the parent.
        """
        self.fill(offers)
        self.setGeometry(self._place(line))
        self.raise_()
        self.show()

    def step(self, rows: int) -> None:
        """Go down, or up by a negative number; from one end to the other."""
        count = self._rows.rowCount()
        if not count:
            return
        row = self.currentIndex().row() + rows
        row = row % count if abs(rows) == 1 else max(0, min(row, count - 1))
        self.setCurrentIndex(self._rows.index(row, 0))

    def _place(self, line: QRect) -> QRect:
        parent = self.parentWidget()
        room = (parent.rect() if parent is not None else line).adjusted(6, 6, -6, -6)
        high = _row_height(self.fontMetrics())
        below, above = room.bottom() - line.bottom() - 4, line.top() - room.top() - 4
        wanted = min(self._rows.rowCount(), MOST_LINES) * high + 10
        upwards = below < wanted and above > below
        height = max(min(wanted, above if upwards else below), high + 10)
        width = min(self._width(), room.width())
        left = max(room.left(), min(line.left(), room.right() - width))
        top = line.top() - 4 - height if upwards else line.bottom() + 4
        return QRect(left, top, width, height)

    def _width(self) -> int:
        """Give the width the longest of the offers asks for, within bounds (pixels)."""
        name, small = QFontMetrics(theme.ui_font()), QFontMetrics(theme.ui_font(theme.SMALL))
        longest = max(
            name.horizontalAdvance(one.label) + small.horizontalAdvance(one.detail)
            for one in self._rows.offers[:200]
        )
        return max(
            theme.px(_NARROW), min(longest + 2 * _SIDE + theme.px(_ICON) + 54, theme.px(_WIDE))
        )
