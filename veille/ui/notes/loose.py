"""What hangs in the air: notes on their own, and titles that are linked and nobody wrote yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.linking import Wanted
from veille.domain.facts import Changes
from veille.domain.views import Row
from veille.sentences import dates, linking, names
from veille.sentences.catalogue import _
from veille.ui import ask, theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

_SOON_MS: Final = 150
_VALUE: Final = Qt.ItemDataRole.UserRole
_Found = tuple[list[Row], list[Wanted]]


class LooseDialog(QDialog):
    """Lists notes on their own, and notes to be written; Enter opens the former, writes the latter.

    Signals:
        write_requested(str): a note of this title is to be begun.
    """

    write_requested = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loose")
        self.setWindowTitle(_("Notes on their own, and notes to be written"))
        theme.make_room(self, 760, 620)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._reading = self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.look)
        self.alone, self.wanted = QTreeWidget(), QTreeWidget()
        self._alone, self._wanted = QLabel(), QLabel()
        self._none_alone = QLabel(_("Every note is linked or filed: nothing is lost from view."))
        self._none_wanted = QLabel(_("Every link leads somewhere: nothing is left to be written."))
        self._build()
        bus.changed.connect(self._on_changed)

    def _build(self) -> None:
        layout = ask.headed(
            self,
            _("Notes on their own, and notes to be written"),
            _("A note that nothing links to is soon forgotten; a link to a note that nobody wrote"
              " is a promise. Enter opens a note, or begins the one that is wanted."),
        )  # fmt: skip
        for head, shown, none, name, act in (
            (self._alone, self.alone, self._none_alone, "alone", self._on_alone_activated),
            (self._wanted, self.wanted, self._none_wanted, "wanted", self._on_wanted_activated),
        ):
            self._part(layout, head, shown, none)
            shown.setObjectName(f"loose_{name}")
            shown.itemActivated.connect(act)
        foot = QHBoxLayout()
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addStretch(0)
        layout.addLayout(foot)

    def _part(self, layout: QVBoxLayout, head: QLabel, shown: QTreeWidget, none: QLabel) -> None:
        head.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
        none.setObjectName("muted")
        none.setWordWrap(True)
        shown.setColumnCount(2)
        shown.setHeaderHidden(True)
        shown.setRootIsDecorated(False)
        shown.setUniformRowHeights(True)
        shown.setIndentation(0)
        shown.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.header().setStretchLastSection(False)
        layout.addWidget(head)
        layout.addWidget(none)
        layout.addWidget(shown, 1)
        layout.addSpacing(4)

    # --- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read both lists, aside."""
        self._again = self._reading
        if not self._reading:
            self._reading = True
            wiki = self._desk.wiki
            self._jobs.look(lambda: (wiki.orphans(), wiki.wanted()), self._on_looked)

    def _on_looked(self, found: _Found) -> None:
        self._reading = False
        alone, wanted = found
        _fill(self.alone, [_of_note(row) for row in alone])
        _fill(self.wanted, [_of_title(one) for one in wanted])
        self._alone.setText(linking.alone(len(alone)))
        self._wanted.setText(linking.to_write(len(wanted)))
        self.alone.setAccessibleName(self._alone.text())
        self.wanted.setAccessibleName(self._wanted.text())
        for shown, none in ((self.alone, self._none_alone), (self.wanted, self._none_wanted)):
            shown.setVisible(shown.topLevelItemCount() > 0)
            none.setVisible(shown.topLevelItemCount() == 0)
        sizes = QHeaderView.ResizeMode
        self.alone.header().setSectionResizeMode(0, sizes.Stretch)
        self.alone.header().setSectionResizeMode(1, sizes.ResizeToContents)
        self.wanted.header().setSectionResizeMode(0, sizes.Stretch)
        self.wanted.header().setSectionResizeMode(1, sizes.Stretch)
        if self._again:
            self.look()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches("n-", "d-"):
            self._soon.start()

    # --- acting --------------------------------------------------------------------------------

    def _on_alone_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        self.close()
        self._bus.open_requested.emit(item.data(0, _VALUE))

    def _on_wanted_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        self.close()
        self.write_requested.emit(item.data(0, _VALUE))


def _fill(shown: QTreeWidget, items: list[QTreeWidgetItem]) -> None:
    """Show items; what was current stays so, or what now stands in its place."""
    row = max(shown.currentIndex().row(), 0)
    shown.clear()
    shown.addTopLevelItems(items)
    if items:
        shown.setCurrentItem(items[min(row, len(items) - 1)])


def _of_note(row: Row) -> QTreeWidgetItem:
    told = f"{names.words(row.words)} · {dates.short(row.updated_at, clock.now_ms())}"
    return _item(row.title, told, row.id, icon="notebook-text")


def _of_title(one: Wanted) -> QTreeWidgetItem:
    return _item(one.title, linking.wanting(one), one.title, icon="plus")


def _item(title: str, told: str, value: str, *, icon: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([title, told])
    item.setIcon(0, theme.icon(icon, theme.colours().muted))
    item.setData(0, _VALUE, value)
    item.setForeground(1, theme.brush("muted"))
    item.setToolTip(0, title)
    item.setToolTip(1, told)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{title}, {told}")
    return item


def show(existing: LooseDialog | None, made: Callable[[], LooseDialog]) -> LooseDialog:
    """Show the dialog, made the first time."""
    dialog = existing or made()
    dialog.look()
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    dialog.alone.setFocus()
    return dialog
