"""What waits, as cards: how much, the first two of it, and the key that goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from veille.sentences.catalogue import _, labelled
from veille.ui import theme
from veille.ui.home.waiting import Card

_COLUMNS: Final = 2
_HEIGHT: Final = 96
_PAD: Final = 16
_TEXT: Final = 52
_LINE: Final = 21
_TITLES: Final = 42


class WaitingCard(QAbstractButton):
    """One card: a button, whose titles open what they name.

    Signals:
        opened(str): a thing, a view or a saved search.
        stepped(int): an arrow goes to another card: so many further.
    """

    opened = Signal(object)
    stepped = Signal(object)

    def __init__(self, card: Card) -> None:
        super().__init__()
        self._card, self._under = card, -1
        self.setObjectName(f"waits_{card.name}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setFixedHeight(theme.px(_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.show_card(card)

    @property
    def card(self) -> Card:
        """Give what is shown."""
        return self._card

    def show_card(self, card: Card) -> None:
        """Show how much waits now."""
        self._card = card
        told = labelled(card.title, ", ".join(name for name, _target in card.names))
        self.setAccessibleName(_("{told}. Key {key}").format(told=told, key=card.key))
        self.setText(card.title)
        self.setToolTip("\n".join(name for name, _target in card.names))
        self.update()

    def _on_clicked(self) -> None:
        names = self._card.names
        under = self._under if self.underMouse() else -1
        self.opened.emit(names[under][1] if 0 <= under < len(names) else self._card.target)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(_HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: _COLUMNS,
            Qt.Key.Key_Up: -_COLUMNS,
        }.get(key)  # fmt: skip
        if step is not None:
            self.stepped.emit(step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self._card.target)
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point(event.position())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(QPointF(-1, -1))

    def _point(self, at: QPointF) -> None:
        """Note which title the mouse is on, -1 for none."""
        at = QPointF(theme.in_units(at.x()), theme.in_units(at.y()))
        row = int((at.y() - _TITLES) // _LINE) if at.y() >= _TITLES and at.x() >= _TEXT else -1
        inside = row < len(self._card.names)
        self._under = row if inside else -1
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        with theme.units(painter, self.rect()) as box:
            self._paint(painter, box)

    def _paint(self, painter: QPainter, whole: QRect) -> None:
        c = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        edge = QPen(QColor(c.ring), 2) if focused else QPen(QColor(c.line), 1)
        inset = 1.0 if focused else 0.5
        painter.setPen(edge)
        painter.setBrush(QColor(c.hover if self.underMouse() or self.isDown() else c.base))
        painter.drawRoundedRect(QRectF(whole).adjusted(inset, inset, -inset, -inset), 12, 12)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(QPointF(_PAD, 16), theme.pixmap(self._card.picture, c.accent, 20, ratio))
        self._paint_key(painter, whole.width())
        self._paint_words(painter, whole.width())

    def _paint_key(self, painter: QPainter, width: int) -> None:
        """Draw the key that goes there, as a key cap."""
        c = theme.colours()
        box = QRectF(width - _PAD - 22, 14, 22, 22)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.setBrush(QColor(c.card))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QColor(c.muted))
        painter.setFont(theme.ui_font(theme.SMALL, weight=QFont.Weight.Medium))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._card.key)

    def _paint_words(self, painter: QPainter, width: int) -> None:
        c = theme.colours()
        font = theme.ui_font(theme.LEAD, weight=QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        room = width - _TEXT - _PAD
        title = metrics.elidedText(self._card.title, Qt.TextElideMode.ElideRight, room - 32)
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        painter.drawText(QPointF(_TEXT, 25 + (metrics.ascent() - metrics.descent()) / 2), title)
        for number, (name, _target) in enumerate(self._card.names):
            small = theme.ui_font(theme.SMALL)
            small.setUnderline(number == self._under)
            metrics = QFontMetricsF(small)
            told = metrics.elidedText(name.replace("\n", " "), Qt.TextElideMode.ElideRight, room)
            painter.setFont(small)
            painter.setPen(QColor(c.accent if number == self._under else c.muted))
            base = _TITLES + number * _LINE + (_LINE + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(_TEXT, base), told)


class WaitingGrid(QWidget):
    """The cards, two in a row; an arrow goes from one to the next, and out below.

    Signals:
        opened(str): a thing, a view or a saved search.
        left_below(): the arrow goes down from the last cards.
    """

    opened = Signal(object)
    left_below = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[WaitingCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def show_cards(self, told: Sequence[Card]) -> None:
        """Show other cards; those that stay keep the focus, one that leaves gives it on."""
        known = {one.card.name: one for one in self.cards}
        focused = next((n for n, one in enumerate(self.cards) if one.hasFocus()), -1)
        self.cards = [self._one(card, known.pop(card.name, None)) for card in told]
        left = list(known.values())
        if any(one.hasFocus() for one in left):
            self._focus(min(focused, len(self.cards) - 1))
        for one in left:
            self._grid.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._place()

    def _one(self, card: Card, known: WaitingCard | None) -> WaitingCard:
        if known is not None:
            known.show_card(card)
            return known
        made = WaitingCard(card)
        made.opened.connect(self.opened)
        made.stepped.connect(self._on_card_stepped)
        return made

    def _place(self) -> None:
        for number, one in enumerate(self.cards):
            # One that is alone in its row takes the whole of it.
            alone = number == len(self.cards) - 1 and not number % _COLUMNS
            span = _COLUMNS if alone else 1
            self._grid.addWidget(one, number // _COLUMNS, number % _COLUMNS, 1, span)
            one.show()
        for before, after in zip(self.cards, self.cards[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def card_of(self, key: str) -> WaitingCard | None:
        """Give the card that a letter goes to."""
        return next((one for one in self.cards if one.card.key == key), None)

    def enter(self) -> bool:
        """Give the focus to the last card; tells whether there is one."""
        return self._focus(len(self.cards) - 1)

    def _focus(self, number: int) -> bool:
        if not 0 <= number < len(self.cards):
            return False
        self.cards[number].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _on_card_stepped(self, step: int) -> None:
        here = next((n for n, one in enumerate(self.cards) if one.hasFocus()), 0)
        last_row = here // _COLUMNS == (len(self.cards) - 1) // _COLUMNS
        if step == _COLUMNS and last_row:
            self.left_below.emit()
        else:
            self._focus(min(here + step, len(self.cards) - 1))
