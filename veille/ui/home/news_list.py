"""The list of what is new, for keyboard and screen readers: lines that open, groups that fold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy
from typing_extensions import override

from veille.desk.homing import News
from veille.sentences.catalogue import _
from veille.ui.home.delegate import NewsDelegate, height
from veille.ui.home.lines import (
    CLOSED,
    COLLEAGUE,
    FULL,
    HEAD,
    MORE,
    SHORT,
    Around,
    Line,
    arrange,
)
from veille.ui.home.model import NewsModel

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS: Final = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
})  # fmt: skip
_UP: Final = QAbstractItemView.CursorAction.MovePageUp
_DOWN: Final = QAbstractItemView.CursorAction.MovePageDown


class NewsList(QListView):
    """Shows what is new, as tall as it is: the page scrolls, not the list.

    Signals:
        opened(str): Enter or a click on a thing.
        moved(): another line is current.
        left_above(): the arrow goes up from the first line.
        resized(): there are more lines, or fewer.
    """

    opened = Signal(object)
    moved = Signal()
    left_above = Signal()
    resized = Signal()

    def __init__(self, page_height: Callable[[], int]) -> None:
        """Make the list; ``page_height`` gives how much of it is seen at once, in pixels."""
        super().__init__()
        self._page_height = page_height
        self._news: Sequence[News] = ()
        self._around = Around()
        self._folds: dict[tuple[str, str], str] = {}
        self.by = COLLEAGUE
        self.model_ = NewsModel()
        self._painter = NewsDelegate()
        self.setObjectName("home_news")
        self.setAccessibleName(_("What is new"))
        self.setModel(self.model_)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The lines draw their own ground: between two groups the page is seen.
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # --- what is shown -------------------------------------------------------------------------

    @property
    def current(self) -> Line | None:
        """Give the line that is current."""
        return self.model_.line_at(self.currentIndex().row())

    def current_rect(self) -> QRect:
        """Give where the current line stands in the list."""
        return self.visualRect(self.currentIndex())

    def show_news(self, news: Sequence[News], around: Around) -> None:
        """Show other news; who was on a line that is still there stays on it."""
        self._news, self._around = news, around
        self._arrange()

    def arrange_by(self, by: str) -> None:
        """Group by colleague or by dossier; who was on a thing stays on it."""
        self.by = by
        self._arrange()

    def _arrange(self) -> None:
        was, row = self.current, self.currentIndex().row()
        folds = {group: fold for (by, group), fold in self._folds.items() if by == self.by}
        lines = arrange(self._news, by=self.by, around=self._around, folds=folds)
        self.model_.show(lines)
        self.setFixedHeight(sum(height(line, number) for number, line in enumerate(lines)))
        self._choose_again(was, row)
        self.resized.emit()

    def _choose_again(self, was: Line | None, row: int) -> None:
        if was is None:
            return
        place = self.model_.row_of(was.key)
        if place < 0 and was.news is not None:
            found = (
                number
                for number, line in enumerate(self.model_.lines)
                if line.news is not None and line.news.row.id == was.news.row.id
            )
            place = next(found, -1)
        if place < 0:
            place = min(row, self.model_.rowCount() - 1)
        self.setCurrentIndex(self.model_.index(max(place, 0)))

    def enter(self) -> None:
        """Take the focus, on the first line when none is current."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model_.index(0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- opening and folding -------------------------------------------------------------------

    def _activate(self) -> None:
        line = self.current
        if line is None:
            return
        if line.news is not None:
            self.opened.emit(line.news.row.id)
        elif line.kind == MORE:
            self._unfold(line)
        else:
            self._fold(line.group, CLOSED if line.is_open else SHORT)

    def _fold(self, group: str, fold: str) -> None:
        self._folds[self.by, group] = fold
        self._arrange()
        self.moved.emit()

    def _unfold(self, line: Line) -> None:
        """Show all of a group; what was folded here first is current."""
        row = self.currentIndex().row()
        self._folds[self.by, line.group] = FULL
        self._arrange()
        self.setCurrentIndex(self.model_.index(row))
        self.moved.emit()

    def _right(self, line: Line) -> None:
        if line.kind == MORE:
            self._unfold(line)
        elif line.kind == HEAD and not line.is_open:
            self._fold(line.group, SHORT)
        elif line.kind == HEAD and self._fold_of(line.group) == SHORT:
            self._fold(line.group, FULL)

    def _left(self, line: Line) -> None:
        if line.kind != HEAD:
            self.setCurrentIndex(self.model_.index(self.model_.head_of(line.group)))
        elif self._fold_of(line.group) == FULL:
            self._fold(line.group, SHORT)
        elif line.is_open:
            self._fold(line.group, CLOSED)

    def _fold_of(self, group: str) -> str:
        return self._folds.get((self.by, group), SHORT)

    # --- keys and mouse ------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, line = Qt.Key(event.key()), self.current
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and plain:
            self._activate()
        elif key == Qt.Key.Key_Right and line is not None:
            self._right(line)
        elif key == Qt.Key.Key_Left and line is not None:
            self._left(line)
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_above.emit()
        elif key in _STEPS:
            super().keyPressEvent(event)
        else:
            # Letters are the page's: the list does not look for words.
            event.ignore()

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        if cursorAction not in {_UP, _DOWN}:
            return super().moveCursor(cursorAction, modifiers)
        step = self._page_height() * (1 if cursorAction == _DOWN else -1)
        aim = self.current_rect().center().y() + step
        rows = range(self.model_.rowCount())
        return self.model_.index(
            min(rows, key=lambda row: abs(self._middle(row) - aim)) if rows else -1
        )

    def _middle(self, row: int) -> int:
        return self.visualRect(self.model_.index(row)).center().y()

    @override
    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if self.hasFocus():
            self.moved.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        if (
            event.button() == Qt.MouseButton.LeftButton
            and at.isValid()
            and at == self.currentIndex()
        ):
            self._activate()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self.height())
