"""The rules that are agreed on: each in words, who made it, what it discards now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.ruling import Ruled
from veille.domain.facts import Changes
from veille.domain.views import Filter, Row
from veille.sentences import dates, following, names, sorting
from veille.sentences.catalogue import _, n_
from veille.ui import ask, theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.widgets.empty_state import EmptyState

_SOON_MS: Final = 150
_RULE: Final = Qt.ItemDataRole.UserRole
_MOST: Final = 300


class Rulebook(QDialog):
    """Lists the rules, and what the chosen one discards.

    Signals:
        new_requested(): make a rule from nothing.
        edit_requested(Ruled): change a rule.
        pause_requested(Ruled): keep a rule for later, or use it again.
        give_up_requested(Ruled): give up a rule.
        open_requested(str): read an article.
    """

    new_requested = Signal()
    edit_requested = Signal(object)
    pause_requested = Signal(object)
    give_up_requested = Signal(object)
    open_requested = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rulebook")
        self.setWindowTitle(_("Rules"))
        theme.make_room(self, 940, 600)
        self._desk, self._jobs = desk, jobs
        self._people: Mapping[str, str] = {}
        self._discarded: Mapping[str, list[Row]] = {}
        self._wanted = ""
        self._reading = self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.look)
        self._build()
        bus.changed.connect(self._on_changed)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = ask.headed(
            self,
            _("Rules"),
            _("A rule discards what comes in, never what somebody kept. What it discards stays"
              " here for a while, and comes back when the rule is changed or given up."),
        )  # fmt: skip
        self.rules, self.detail = QListWidget(), QWidget()
        self.rules.setObjectName("rules")
        self.rules.setAccessibleName(_("Rules"))
        self.rules.setWordWrap(True)
        self.rules.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rules.currentItemChanged.connect(self._on_current_changed)
        self.rules.itemActivated.connect(self._on_edit)
        self.empty = EmptyState()
        self.empty.action_requested.connect(self.new_requested)
        self._build_detail()
        self._both = QWidget()
        both = QHBoxLayout(self._both)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(20)
        both.addWidget(self.rules, 5)
        both.addWidget(self.detail, 8)
        layout.addWidget(self._both, 1)
        layout.addWidget(self.empty, 1)
        # Whether there are rules is not known before they were read.
        self.empty.hide()
        layout.addLayout(self._foot())

    def _build_detail(self) -> None:
        column = QVBoxLayout(self.detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.told, self._made, self._count = QLabel(), QLabel(), QLabel()
        for one in (self.told, self._made, self._count):
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(one)
        self._made.setObjectName("muted")
        self.told.setFont(theme.ui_font(theme.LEAD))
        self._count.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
        self.taken = QListWidget()
        self.taken.setObjectName("taken")
        self.taken.setAccessibleName(_("What the rule discards now"))
        self.taken.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.taken.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.taken.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.taken.itemActivated.connect(self._on_opened)
        column.addWidget(self.taken, 1)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.edit = self._button("pencil", _("Edit…"), self._on_edit)
        self.pause = self._button("eye-off", _("Pause"), self._on_pause)
        self.give_up = self._button("trash", _("Give up"), self._on_give_up)
        new = self._button("plus", _("New rule…"), self.new_requested.emit)
        close = self._button("", _("Close"), self.close)
        for one in (new, self.edit, self.pause, self.give_up):
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(close)
        return foot

    @staticmethod
    def _button(picture: str, label: str, act: object) -> QPushButton:
        button = QPushButton(label)
        if picture:
            button.setIcon(theme.icon(picture))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
        return button

    # --- reading -------------------------------------------------------------------------------

    def look(self, rule: str = "") -> None:
        """Read the rules, aside; ``rule`` is to be chosen."""
        self._wanted = rule or self._wanted
        self._again = self._reading
        if not self._reading:
            self._reading = True
            self._jobs.look(self._read, self._on_read)

    def _read(self) -> tuple[list[Ruled], dict[str, str], dict[str, list[Row]]]:
        taken: dict[str, list[Row]] = {}
        discarded = self._desk.ids(Filter(kinds=("article",), states=("discarded",)))
        for row in self._desk.rows(discarded):
            taken.setdefault(sorting.decided_by(row), []).append(row)
        return self._desk.sorting.rules(), self._desk.people(), taken

    def _on_read(self, read: tuple[list[Ruled], dict[str, str], dict[str, list[Row]]]) -> None:
        self._reading = False
        rules, self._people, self._discarded = read
        chosen = self._wanted or (self.current.rule.id if self.current else "")
        self._wanted = ""
        self.rules.clear()
        for one in rules:
            self.rules.addItem(self._item(one))
        ids = [one.rule.id for one in rules]
        self.rules.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self._both.setVisible(bool(rules))
        self.empty.setVisible(not rules)
        if not rules:
            self._tell_empty()
        self._on_current_changed()
        if self._again:
            self.look()

    def _tell_empty(self) -> None:
        picture = theme.pixmap("funnel", theme.colours().muted, 40, self.devicePixelRatioF())
        self.empty.tell(
            picture,
            _("No rule yet"),
            _("In “To sort”, press Shift+E on something you would always discard: Veille proposes"
              " the rule, and shows what it would have discarded."),
            _("New rule…"),
        )  # fmt: skip

    def _item(self, one: Ruled) -> QListWidgetItem:
        discards = (
            _("paused")
            if one.paused
            else n_("discards {n} thing now", "discards {n} things now", one.discards)
        )
        item = QListWidgetItem(f"{one.rule.title}\n{discards}")
        item.setData(_RULE, one)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.rule.title}, {discards}")
        return item

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.touches("g-", "a-") or not changes.entities):
            self._soon.start()

    # --- one rule ------------------------------------------------------------------------------

    @property
    def current(self) -> Ruled | None:
        """Give the rule that is chosen."""
        row = self.rules.currentRow()
        found = self.rules.item(row).data(_RULE) if row >= 0 else None
        return found if isinstance(found, Ruled) else None

    def _on_current_changed(self, _item: object = None, _before: object = None) -> None:
        one = self.current
        for button in (self.edit, self.pause, self.give_up):
            button.setEnabled(one is not None)
        self.taken.clear()
        if one is None:
            return
        self.pause.setText(_("Take up again") if one.paused else _("Pause"))
        self.pause.setIcon(theme.icon("eye" if one.paused else "eye-off"))
        self.told.setText(following.rule(one.rule))
        who = self._people.get(one.row.created_by, _("A colleague"))
        made = _("Agreed by {who} on {when}").format(who=who, when=dates.moment(one.row.created_at))
        self._made.setText(f"{made} · {self._home(one)}")
        rows = self._discarded.get(one.rule.id, [])
        self._count.setText(
            _("Paused: it discards nothing.") if one.paused
            else n_("It discards {n} thing now:", "It discards {n} things now:", len(rows)) if rows
            else _("It discards nothing for now.")
        )  # fmt: skip
        for row in rows[:_MOST]:
            item = QListWidgetItem(f"{row.title} — {row.source}" if row.source else row.title)
            item.setData(_RULE, row.id)
            item.setToolTip(f"{row.title}\n{row.source}, {sorting.dated(row, clock.now_ms())}")
            self.taken.addItem(item)

    def _home(self, one: Ruled) -> str:
        home = next((each for each in self._desk.spaces() if each.id == one.row.space), None)
        return names.space(home.name, personal=home.personal) if home is not None else ""

    def _on_opened(self, item: QListWidgetItem) -> None:
        self.open_requested.emit(item.data(_RULE))

    def _on_edit(self, _item: object = None) -> None:
        if self.current is not None:
            self.edit_requested.emit(self.current)

    def _on_pause(self) -> None:
        if self.current is not None:
            self.pause_requested.emit(self.current)

    def _on_give_up(self) -> None:
        if self.current is not None:
            self.give_up_requested.emit(self.current)
