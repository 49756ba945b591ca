"""The states of a note in a list, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from veille.desk.tracing import State
from veille.sentences import dates, tracing
from veille.sentences.catalogue import _
from veille.ui import theme

_STATE: Final = Qt.ItemDataRole.UserRole
_ICON: Final = 16
_ICONS: Final = {
    "born": "file-text",
    "text": "pencil",
    "title": "heading",
    "merged": "users",
    "restored": "rotate-ccw-clock",
}


class States(QListWidget):
    """Lists states, newest first; one is current.

    Signals:
        state_changed(): another one is current.
    """

    state_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("states")
        self.setAccessibleName(_("States of the note"))
        self.setWordWrap(True)
        self.setIconSize(QSize(theme.px(_ICON), theme.px(_ICON)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self.state_changed)

    def show_states(
        self, states: Sequence[State], people: Mapping[str, str], *, now_ms: int
    ) -> None:
        """Show states; the one that was current stays so, the newest is at first."""
        kept = self.current_state()
        self.blockSignals(True)
        self.clear()
        day, chosen = "", 1
        for state in states:
            if dates.days(state.at, now_ms) != day:
                day = dates.days(state.at, now_ms)
                self.addItem(_day(day))
            self.addItem(_item(state, people))
            if kept is not None and _is_same(kept, state):
                chosen = self.count() - 1
        self.setCurrentRow(chosen)
        self.blockSignals(False)

    def current_state(self) -> State | None:
        """Give the state that is current."""
        found = [one.data(_STATE) for one in self.selectedItems()]
        return next((one for one in found if isinstance(one, State)), None)


def _is_same(kept: State, state: State) -> bool:
    """Tell whether it is the state that was current, which may have gone on since."""
    return kept.id == state.id or kept.id in state.revisions


def _day(told: str) -> QListWidgetItem:
    item = QListWidgetItem(told)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFont(theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold))
    item.setForeground(theme.brush("text"))
    return item


def _item(state: State, people: Mapping[str, str]) -> QListWidgetItem:
    item = QListWidgetItem(_icon(_ICONS[state.kind]), tracing.line(state, people))
    item.setData(_STATE, state)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, tracing.line(state, people))
    item.setToolTip(tracing.head(state, people))
    return item


def _icon(name: str) -> QIcon:
    """Give an icon that is still seen on the ground of what is selected."""
    icon = theme.icon(name, theme.colours().muted)
    icon.addPixmap(theme.pixmap(name, theme.colours().on_accent, _ICON), QIcon.Mode.Selected)
    return icon
