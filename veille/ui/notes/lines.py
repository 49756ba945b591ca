"""Lines of a panel, with a sentence in which words are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from veille.ui import letters, theme

_LINE: Final = Qt.ItemDataRole.UserRole
SIDE, _TOP, _ICON, _GAP, _APART = 10, 6, 15, 8, 3
_MOST_LINES: Final = 3
# What stands before the marked words is cut, so that they are always in view.
_BEFORE: Final = 64


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        value: what it is about, given back when it is chosen.
        detail: what it is, under the title.
        before, words, after: a sentence, and what is marked in it.
        missing: whether it is about something that is not there.
    """

    value: object
    title: str
    icon: str = ""
    detail: str = ""
    before: str = ""
    words: str = ""
    after: str = ""
    missing: bool = False

    @property
    def sentence(self) -> str:
        """Give the whole sentence."""
        return f"{self.before}{self.words}{self.after}"


class _Painter(QStyledItemDelegate):
    """Paints a line: the title and what can be done, what it is, the sentence."""

    def __init__(self, view: Lines) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        line = index.data(_LINE)
        width = self._view.viewport().width()
        inside = width - 2 * SIDE - _indent(line)
        height = 2 * _TOP + QFontMetrics(_title_font()).height()
        if line.detail and not _beside(line, inside):
            height += QFontMetrics(_small_font()).height() + 1
        if line.sentence.strip():
            layout = _sentence(line, inside)
            tall = sum(layout.lineAt(at).height() for at in range(layout.lineCount()))
            height += round(tall) + _APART
        return QSize(width, height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        line, rect = index.data(_LINE), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        inside = rect.adjusted(SIDE + _indent(line), _TOP, -SIDE, -_TOP)
        if line.icon:
            picture = theme.pixmap(line.icon, theme.colours().muted, _ICON, _ratio(self._view))
            painter.drawPixmap(rect.left() + SIDE, inside.top() + 1, picture)
        top = self._titled(painter, line, inside)
        if line.sentence.strip():
            place = QPointF(inside.left(), top + _APART)
            _sentence(line, inside.width()).draw(painter, place)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        theme.box_ground(painter, box, option.state, theme.colours(), radius=6)

    def _titled(self, painter: QPainter, line: Line, inside: QRect) -> int:
        """Paint the title, what can be done and the detail; give where the sentence begins."""
        c = theme.colours()
        metrics, small = QFontMetrics(_title_font()), QFontMetrics(_small_font())
        beside = _beside(line, inside.width())
        aside = self._view.action or (line.detail if beside else "")
        room = inside.width() - (small.horizontalAdvance(aside) + _GAP if aside else 0)
        painter.setFont(_title_font())
        painter.setPen(QColor(c.error if line.missing else c.text))
        title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, room)
        base, top = inside.top() + metrics.ascent(), inside.top() + metrics.height()
        painter.drawText(inside.left(), base, title)
        painter.setFont(_small_font())
        painter.setPen(QColor(c.accent if self._view.action else c.muted))
        if aside:
            left = inside.right() + 1 - small.horizontalAdvance(aside)
            painter.drawText(left, base, aside)
        if line.detail and not beside:
            told = small.elidedText(line.detail, Qt.TextElideMode.ElideRight, inside.width())
            painter.setPen(QColor(c.muted))
            painter.drawText(inside.left(), top + 1 + small.ascent(), told)
            top += small.height() + 1
        return top


def _beside(line: Line, width: int) -> bool:
    """Tell whether the detail is short enough to stand on the line of the title."""
    return QFontMetrics(_small_font()).horizontalAdvance(line.detail) <= width * 0.4


def _title_font() -> QFont:
    return theme.ui_font(theme.SMALL, weight=QFont.Weight.Medium)


def _small_font() -> QFont:
    return theme.ui_font(theme.SMALL)


def _indent(line: Line) -> int:
    return theme.px(_ICON) + _GAP if line.icon else 0


def _ratio(widget: QWidget) -> float:
    return widget.devicePixelRatioF()


def _sentence(line: Line, width: int) -> QTextLayout:
    """Lay the sentence out, its words marked, on a few lines; what has no room is cut."""
    before = line.before.lstrip()
    if len(before) > _BEFORE:
        before = f"…{before[-_BEFORE:].partition(' ')[2]}"
    whole = f"{before}{line.words}{line.after.rstrip()}"
    marks = (len(before), len(line.words))
    layout = _laid(whole, marks, width)
    last = layout.lineAt(layout.lineCount() - 1)
    end = last.textStart() + last.textLength()
    if end < len(whole):
        layout = _laid(f"{whole[: end - 2].rstrip(' ,;:')}…", marks, width)
    return layout


def _laid(text: str, marks: tuple[int, int], width: int) -> QTextLayout:
    layout = QTextLayout(text, theme.ui_font(theme.SMALL))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    c = theme.colours()
    forms = [_form(0, len(text), c.muted)]
    if marks[1]:
        forms.append(_form(*marks, c.text, ground=c.mark))
    layout.setFormats(forms)
    layout.beginLayout()
    top = 0.0
    while layout.lineCount() < _MOST_LINES and (made := layout.createLine()).isValid():
        made.setLineWidth(max(width, 40))
        made.setPosition(QPointF(0, top))
        top += made.height()
    layout.endLayout()
    return layout


def _form(start: int, length: int, colour: str, *, ground: str = "") -> QTextLayout.FormatRange:
    form, ranged = QTextCharFormat(), QTextLayout.FormatRange()
    form.setForeground(QColor(colour))
    if ground:
        form.setBackground(QColor(ground))
        form.setFontWeight(QFont.Weight.Medium)
    ranged.start, ranged.length, ranged.format = start, length, form
    return ranged


class Lines(QListWidget):
    """Lines, one below the other, as tall as they are.

    Signals:
        chosen(object): the value of a line: a click, Enter unless it is among ``keys``, or O.
        acted(object): the value of a line: a click on its ``action``, or one of the ``keys``.
    """

    chosen = Signal(object)
    acted = Signal(object)

    def __init__(self, name: str, *, action: str = "", keys: Sequence[Qt.Key] = ()) -> None:
        super().__init__()
        self.setObjectName(f"around_{name}_list")
        self.action, self._keys = action, frozenset(keys)
        self._width = 0
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListWidget { background: transparent; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show lines; the current one stays where it was."""
        row, focused = self.currentRow(), self.hasFocus()
        self.clear()
        for one in lines:
            item = QListWidgetItem()
            item.setData(_LINE, one)
            item.setToolTip(one.title)
            told = ". ".join(part for part in (one.title, one.detail, one.sentence.strip()) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            self.addItem(item)
        if lines:
            self.setCurrentRow(min(max(row, 0), len(lines) - 1))
        if focused and not lines:
            self.focusNextChild()
        self._fit()

    def action_rect(self, inside: QRect) -> QRect:
        """Give where what can be done stands, within the inside of a line."""
        metrics = QFontMetrics(_small_font())
        width = metrics.horizontalAdvance(self.action) + 4
        return QRect(inside.right() - width + 3, inside.top(), width, metrics.height() + 2)

    def _fit(self) -> None:
        self._width = self.viewport().width()
        self.scheduleDelayedItemsLayout()
        tall = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(max(tall, 1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, pressed = self.currentItem(), Qt.Key(event.key())
        enter = pressed in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = plain and not letters.silenced(event)
        there = self.currentRow() >= 0
        if there and plain and pressed in self._keys:
            self.acted.emit(item.data(_LINE).value)
        elif there and (enter or (pressed == Qt.Key.Key_O and plain)):
            self.chosen.emit(item.data(_LINE).value)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        item = self.itemAt(place)
        if item is None or event.button() != Qt.MouseButton.LeftButton:
            return
        inside = self.visualItemRect(item).adjusted(SIDE, _TOP, -SIDE, -_TOP)
        act = self.action and self.action_rect(inside).adjusted(-6, -6, 10, 6).contains(place)
        (self.acted if act else self.chosen).emit(item.data(_LINE).value)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
