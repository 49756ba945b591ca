"""The palette: a few letters, then Enter does or opens what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QHideEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from veille.desk.desk import Desk
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.jobs import Jobs
from veille.ui.offering import Offer, OfferList, told
from veille.ui.palette import lines

if TYPE_CHECKING:
    from veille.desk.suggesting import Suggestion
    from veille.desk.templates import Template

_STEPS: Final = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8,
}  # fmt: skip
_WIDE, _HIGH, _ROOM, _TOP = 640, 480, 48, 72


class Palette(QDialog):
    """Finds actions, templates, notes, articles, people, sources and themes while one types.

    Signals:
        chosen(str): what Enter takes: ``act:``, ``template:``, ``theme:`` or ``search:`` and a name,
            or an id.
    """

    chosen = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, made: Mapping[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._desk, self._jobs, self._made = desk, jobs, made
        self._recent: list[str] = []
        self._found: Sequence[Suggestion] = ()
        self._templates: Sequence[Template] = ()
        self._number, self._moved = 0, False
        self.setObjectName("palette")
        self.setWindowTitle(_("Go to, or do"))
        self.setModal(True)
        self.field, self.list = QLineEdit(), OfferList(self)
        self.field.setAccessibleName(_("Go to, or do"))
        self.field.setPlaceholderText(_("An action, a note, an article, a person…"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_field_changed)
        self.list.clicked.connect(self._on_list_clicked)
        hint = QLabel(_("↑ ↓ to choose · Enter to do or open · Esc to close"))
        hint.setObjectName("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(hint)

    def open_over(self, window: QWidget) -> None:
        """Open at the top of the window, empty, with what was done last."""
        width = min(_WIDE, window.width() - _ROOM)
        self.resize(width, min(_HIGH, window.height() - _TOP - _ROOM))
        left = window.mapToGlobal(window.rect().topLeft())
        self.move(left.x() + (window.width() - width) // 2, left.y() + _TOP)
        self.list.dress()
        self.field.setFont(theme.ui_font(theme.HEAD))
        self.field.clear()
        self._on_field_changed()
        self.list.show()
        self.show()
        self.field.setFocus()

    def _on_field_changed(self, _text: str = "") -> None:
        """Say at once what can be done; what the memory holds comes a moment later."""
        self._number += 1
        number, typed = self._number, self.field.text()
        self._found, self._moved = (), False
        self._show()
        if not typed.strip():
            return

        def show(found: Sequence[Suggestion] | None) -> None:
            if number == self._number and found is not None:
                self._found = found
                self._show()

        self._jobs.look(self._asking(number, typed), show)

    def show_templates(self, found: Sequence[Template]) -> None:
        """Offer to begin notes from these templates."""
        self._templates = found
        if self.isVisible():
            self._show()

    def _asking(self, number: int, typed: str) -> Callable[[], Sequence[Suggestion] | None]:
        """Ask for what is typed, unless more was typed before its turn came."""
        return lambda: self._desk.anything(typed) if number == self._number else None

    def _show(self) -> None:
        typed, before = self.field.text(), self.list.current
        acts = lines.acts(typed, self._made, recent=self._recent)
        acts += lines.templates(typed, self._templates)
        offers = [*acts, *lines.things(self._found), *lines.search(typed)]
        self.list.fill(offers)
        # Who went down to a line stays on it when the rest arrives.
        if self._moved and before is not None and before in offers:
            self.list.setCurrentIndex(self.list.model().index(offers.index(before), 0))
        self._announce()

    def _announce(self) -> None:
        """Have a screen reader say the current line: the focus, which it follows, stays."""
        offer = self.list.current
        if offer is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, told(offer)))

    def _take(self) -> None:
        offer = self.list.current
        if offer is None:
            return
        self.hide()
        if offer.insert.startswith(lines.ACT):
            self._remember(offer)
        self.chosen.emit(offer.insert)

    def _remember(self, offer: Offer) -> None:
        name = offer.insert.removeprefix(lines.ACT)
        self._recent = [name, *(one for one in self._recent if one != name)][:3]

    def _on_list_clicked(self, _index: QModelIndex) -> None:
        self._take()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        # An answer that is still to come is dropped.
        self._number += 1
        super().hideEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            pressed = Qt.Key(event.key())
            if pressed in _STEPS:
                self.list.step(_STEPS[pressed])
                self._moved = True
                self._announce()
                return True
            if pressed in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take()
                return True
        return super().eventFilter(watched, event)
