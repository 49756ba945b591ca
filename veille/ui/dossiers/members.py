"""The list of what a dossier holds, put in order with the keys or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui.dossiers.delegate import MembersDelegate
from veille.ui.dossiers.lines import Line
from veille.ui.dossiers.model import MIME, MembersModel

_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MembersList(QListView):
    """Shows lines. Alt with an arrow moves what is selected, Enter opens, Del takes out.

    Signals:
        opened(str): a line is to be read.
        move_requested(list[str], int): members are to go up (-1) or down (1), together.
        place_requested(list[str], str): members are to follow this one, or none ("").
        removal_requested(list[str]): what is selected is to be taken out of the dossier.
        reading_requested(): the dossier is to be read in order.
        mark_requested(list[str]): these were read, or are to be read again.
    """

    opened = Signal(object)
    move_requested = Signal(object, object)
    place_requested = Signal(object, object)
    removal_requested = Signal(object)
    reading_requested = Signal()
    mark_requested = Signal(object)

    def __init__(self, model: MembersModel) -> None:
        super().__init__()
        self._model = model
        self._painter = MembersDelegate()
        self.setObjectName("dossier_members")
        self.setAccessibleName(_("What the dossier holds"))
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.doubleClicked.connect(self._on_double_clicked)

    # --- what is shown, what is chosen ---------------------------------------------------------

    @property
    def selected(self) -> list[str]:
        """Give what is selected, in the order shown."""
        rows = sorted(one.row() for one in self.selectionModel().selectedIndexes())
        return [self._model.id_at(row) for row in rows]

    @property
    def selected_members(self) -> list[str]:
        """Give the members among what is selected."""
        chosen = set(self.selected)
        return [one for one in self._model.members if one in chosen]

    @property
    def current(self) -> str:
        """Give the line that is current, "" for none."""
        return self._model.id_at(self.currentIndex().row())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; what was selected and is still there stays so, in view."""
        chosen, current = self.selected, self.current
        was, top = self.currentIndex().row(), self.verticalScrollBar().value()
        self._model.show(lines)
        self.verticalScrollBar().setValue(top)
        row = self._model.row_of(current)
        if row < 0:
            # What was current is gone: the one that took its place is.
            row = min(max(was, 0), self._model.rowCount() - 1)
            row = row if self._model.id_at(row) else row - 1
        self._choose(row, chosen)

    def _choose(self, row: int, chosen: Sequence[str]) -> None:
        chooser = self.selectionModel()
        current = self._model.index(row) if row >= 0 else QModelIndex()
        chooser.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        for one in chosen:
            if (other := self._model.row_of(one)) >= 0:
                chooser.select(self._model.index(other), QItemSelectionModel.SelectionFlag.Select)
        if current.isValid():
            self.scrollTo(current)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if thing := self._model.id_at(index.row()):
            self.opened.emit(thing)

    # --- keys ----------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in _STEPS:
            self._ask_move(_STEPS[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit(self.selected)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.mark_requested.emit(self.selected)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.reading_requested.emit()
        elif self.current:
            self.opened.emit(self.current)

    def _ask_move(self, by: int) -> None:
        if chosen := self.selected_members:
            self.move_requested.emit(chosen, by)

    # --- drag and drop -------------------------------------------------------------------------

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        # Not Qt's own: the lines move once it is recorded, never before.
        dragged = _dragged(event.mimeData())
        chosen = [one for one in self._model.members if one in dragged]
        if chosen:
            after = self._before(event.position().toPoint(), dragged)
            self.place_requested.emit(chosen, after)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def _before(self, at: QPoint, dragged: set[str]) -> str:
        """Give the member after which something is dropped, "" for before all of them."""
        index = self.indexAt(at)
        row = index.row() if index.isValid() else self._model.rowCount()
        if index.isValid() and at.y() > self.visualRect(index).center().y():
            row += 1
        above = [self._model.line_at(number) for number in range(row)]
        members = [one.step.row.id for one in above if one and one.step and one.place]
        return next((one for one in reversed(members) if one not in dragged), "")


def _dragged(mime: QMimeData) -> set[str]:
    data = bytes(mime.data(MIME).data()) if mime.hasFormat(MIME) else b""
    return set(data.decode(errors="replace").split())
