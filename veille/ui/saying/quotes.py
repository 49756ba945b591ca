"""The list of what was said: selected with the space bar, opened with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui.saying.delegate import SaidDelegate
from veille.ui.saying.lines import Line
from veille.ui.saying.model import SaidModel
from veille.ui.widgets.lines_model import Index

_BATCH: Final = 24


class SaidList(QListView):
    """Shows lines; knows the current quote and those that are selected.

    Signals:
        opened(str): Enter or a double click on a quote.
        copy_requested(): Ctrl+C.
    """

    opened = Signal(object)
    copy_requested = Signal()

    def __init__(self, model: SaidModel) -> None:
        super().__init__()
        self._model = model
        self._painter = SaidDelegate()
        self.setObjectName("said_list")
        self.setAccessibleName(_("What was said"))
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its room is always kept, or lines would be laid out again as it comes and goes.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # Heights depend on the words: those on the screen are worked out first.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def current(self) -> str:
        """Give the quote that is current, "" for none."""
        return self._model.id_at(self.currentIndex().row())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; who was on a quote that is still there stays on it, at its place."""
        was, top = self.current, self.visualRect(self.currentIndex()).top()
        self._model.show(lines)
        kept = self._model.row_of(was) if was else -1
        row = kept if kept >= 0 else self._model.first_quote()
        if row < 0:
            return
        self.setCurrentIndex(self._model.index(row))
        if kept < 0:
            self.scrollToTop()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(self._model.index(kept)).top() - top)

    def dress(self) -> None:
        """Take the letters and colours in force."""
        self._painter.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def open_current(self) -> None:
        """Open the passage of the current quote."""
        if self.current:
            self.opened.emit(self.current)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.open_current()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            chosen, every = self._model.checked, self._model.ids
            self._model.check_all(checked=len(chosen) < len(every))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            # The first line is a heading, where the keys do not stop.
            self.setCurrentIndex(self._model.index(self._model.first_quote()))
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._model.toggle(self.currentIndex().row())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() == self._model.first_quote():
            # What stands above the first quote has no key of its own.
            self.scrollToTop()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        on_box = index.isValid() and self._painter.is_on_box(self.visualRect(index), at.x())
        super().mousePressEvent(event)
        if on_box:
            self._model.toggle(index.row())
