"""The page of who comes back: what waits for her, and what is new since her last visit."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.desk import Desk
from veille.desk.homing import Home
from veille.sentences.catalogue import _
from veille.ui import letters, theme
from veille.ui.home import nothing
from veille.ui.home.cards import WaitingGrid
from veille.ui.home.head import HomeHead
from veille.ui.home.lines import COLLEAGUE, DOSSIER
from veille.ui.home.news_list import NewsList
from veille.ui.home.nothing import CalmLine
from veille.ui.home.told import Told, is_same_news, read, with_before
from veille.ui.home.waiting import cards
from veille.ui.jobs import Jobs
from veille.ui.widgets.claiming import claimed, is_alone
from veille.ui.widgets.empty_state import EmptyState
from veille.ui.widgets.pages import scrolled

_WIDEST: Final = 860
_PAUSE_MS: Final = 200
_MARGIN: Final = 40
_GROUP_KEY: Final = "G"


class HomePane(QWidget):
    """Shows what waits and what is new. Letters go to the cards, G groups otherwise.

    Signals:
        opened(str): a thing, ``view:…`` or ``saved:…`` is to be shown.
        seen_requested(): all was said to be seen; the visit is marked.
        shown(Home): the page shows this now.
    """

    opened = Signal(object)
    seen_requested = Signal()
    shown = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._told: Told | None = None
        self._ticket = 0
        self._is_stale = True
        self.setObjectName("home")
        self.setAccessibleName(_("Home"))
        self.head, self.waiting, self.calm = HomeHead(), WaitingGrid(), CalmLine()
        self.news = NewsList(lambda: self._scroll.viewport().height() - _MARGIN)
        self.empty = EmptyState()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._build()
        self._connect()
        self.dress()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._page = QWidget()
        self._page.setObjectName("page")
        outer = QHBoxLayout(self._page)
        outer.setContentsMargins(36, 28, 36, 28)
        column = self._all = QWidget()
        column.setMaximumWidth(theme.px(_WIDEST))
        # Nothing is said before it is known.
        column.hide()
        outer.addStretch(1)
        outer.addWidget(column, 100)
        outer.addStretch(1)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._column.addSpacing(28)
        self._column.addWidget(_section(_("What waits for you")))
        self._column.addSpacing(12)
        self._column.addWidget(self.waiting)
        self._column.addWidget(self.calm)
        self._column.addSpacing(28)
        self._column.addLayout(self._between())
        self._column.addSpacing(12)
        self._column.addWidget(self.news)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        self._scroll = scrolled(self._page)
        self._scroll.setObjectName("home_scroll")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def _between(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(_section(_("What is new")), 1)
        self.groups = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for by, label in ((COLLEAGUE, _("By colleague")), (DOSSIER, _("By dossier"))):
            button = self._buttons[by] = QPushButton(label)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setChecked(by == COLLEAGUE)
            button.setProperty("by", by)
            button.setToolTip(_("{name} ({keys})").format(name=label, keys=_GROUP_KEY))
            self.groups.addButton(button)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.head.all_seen.clicked.connect(self._on_seen_clicked)
        self.groups.buttonClicked.connect(self._on_group_clicked)
        self.waiting.opened.connect(self.opened)
        self.waiting.left_below.connect(self._enter_news)
        self.news.opened.connect(self.opened)
        self.news.moved.connect(self._show_current)
        self.news.left_above.connect(self._leave_news)
        self.news.resized.connect(self._settle)
        self.empty.action_requested.connect(self._on_empty_action_requested)

    def dress(self) -> None:
        """Take the colours in force."""
        self.head.dress()
        self.calm.dress()
        nothing.tell(self.empty, shares=self._told is None or self._told.shares)
        for one in self.waiting.cards:
            one.update()
        self.news.viewport().update()

    # --- looking -------------------------------------------------------------------------------

    @property
    def panes(self) -> list[QWidget]:
        """Give what a key goes through, one after the other."""
        shown = [self.waiting.cards[0]] if self.waiting.cards else []
        return [*shown, self.news if self.news.isVisibleTo(self) else self.head.all_seen]

    def _on_empty_action_requested(self) -> None:
        shares = self._told is None or self._told.shares
        self.opened.emit("view:inbox" if shares else "view:spaces")

    def refresh(self) -> None:
        """Look again, soon; a page that is not shown looks when it is."""
        self._is_stale = True
        if self.isVisible() and not self._pause.isActive():
            self._pause.start()

    def _look(self) -> None:
        self._pause.stop()
        self._ticket += 1
        self._is_stale = False
        ticket = self._ticket

        def done(told: Any) -> None:
            if told is not None and ticket == self._ticket:
                self._on_looked(told, ticket)

        self._jobs.look(lambda: read(self._desk) if ticket == self._ticket else None, done)

    def _on_looked(self, told: Told, ticket: int) -> None:
        self._show(with_before(told, self._told))

        def done(home: Any) -> None:
            if home is not None and ticket == self._ticket:
                self._show(replace(told, home=home))

        def look() -> Home | None:
            return self._desk.home.complete(told.home) if ticket == self._ticket else None

        self._jobs.look(look, done)

    # --- showing -------------------------------------------------------------------------------

    def _show(self, told: Told) -> None:
        was, self._told = self._told, told
        bar = self._scroll.verticalScrollBar()
        top, focused = bar.value(), self.news.hasFocus()
        before = self._place_of_current()
        self.head.tell(told)
        self.calm.tell(told.to_sort)
        self._show_waiting(told.home)
        if was is None or not is_same_news(was, told):
            self._show_news(told)
        self._all.show()
        self._settle()
        moved = self._place_of_current() - before if focused else 0
        bar.setValue(top + moved)
        self.shown.emit(told.home)

    def _show_waiting(self, home: Home) -> None:
        had = any(one.hasFocus() for one in self.waiting.cards)
        told = cards(home.waiting)
        self.waiting.show_cards(told)
        self.waiting.setVisible(bool(told))
        self.calm.setVisible(not told)
        if had and not told:
            self._enter_news()
        self._order()

    def _show_news(self, told: Told) -> None:
        some = bool(told.home.news)
        self.news.show_news(told.home.news, told.around)
        self.news.setVisible(some)
        self.empty.setVisible(not some)
        for one in self._buttons.values():
            one.setVisible(some)
        nothing.tell(self.empty, shares=told.shares)

    def _settle(self) -> None:
        """Have the page take its height now, so that what is scrolled to is where it will be."""
        layout = self._page.layout()
        if layout is None or not self.isVisible():
            return
        # From the inside out: what holds the list learns of its height first.
        self._column.activate()
        layout.activate()
        room = self._scroll.viewport().size()
        height = layout.totalHeightForWidth(room.width())
        height = height if height > 0 else layout.totalSizeHint().height()
        self._page.resize(room.width(), max(room.height(), height))

    def _place_of_current(self) -> int:
        rect = self.news.current_rect()
        return self.news.mapTo(self._page, QPoint(0, rect.top())).y() if rect.isValid() else 0

    def _show_current(self) -> None:
        """Scroll to the line that is current; the first one brings the head of the page along."""
        rect = self.news.current_rect()
        if not rect.isValid():
            return
        top = self.news.mapTo(self._page, rect.topLeft()).y()
        bottom = top + rect.height()
        if self.news.currentIndex().row() == 0 and bottom < self._scroll.viewport().height():
            top = 0
        self._scroll.ensureVisible(0, bottom, 0, _MARGIN)
        self._scroll.ensureVisible(0, top, 0, _MARGIN)

    def _order(self) -> None:
        """Have the tabulator go from the cards to what is new, then to what marks it seen."""
        chain: list[QWidget] = [
            *self.waiting.cards, *self._buttons.values(), self.news, self.empty,
            self.head.all_seen,
        ]  # fmt: skip
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    # --- what is done --------------------------------------------------------------------------

    def _on_seen_clicked(self) -> None:
        told = self._told
        if told is not None:
            self._jobs.write(lambda: self._desk.home.leave(told.home), self._on_left)

    def _on_left(self, _done: object) -> None:
        self.seen_requested.emit()
        self._look()

    def _on_group_clicked(self, button: QAbstractButton) -> None:
        self.news.arrange_by(str(button.property("by")))

    def _group_otherwise(self) -> None:
        other = DOSSIER if self.news.by == COLLEAGUE else COLLEAGUE
        self._buttons[other].click()
        self._show_current()

    def _enter_news(self) -> None:
        if self.news.isVisibleTo(self):
            self.news.enter()
            self._show_current()
        else:
            self.head.all_seen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_news(self) -> None:
        if self.waiting.enter():
            self._scroll.ensureWidgetVisible(self.waiting, 0, _MARGIN)

    # --- keys ----------------------------------------------------------------------------------

    def _acts_on(self, event: QKeyEvent) -> bool:
        """Do what a letter asks for; tells whether it asks for anything."""
        if not is_alone(event) or letters.silenced(event):
            return False
        letter = event.text().upper()
        card = self.waiting.card_of(letter) if letter else None
        if letter == _GROUP_KEY and self._told is not None and self._told.home.news:
            self._group_otherwise()
        elif card is not None:
            self.opened.emit(card.card.target)
        else:
            return False
        return True

    @override
    def event(self, event: QEvent) -> bool:
        # These letters are the page's while it has the focus, whatever the window has them for.
        return claimed(event, self._is_ours) or super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        letter = event.text().upper()
        ours = letter == _GROUP_KEY or self.waiting.card_of(letter) is not None
        return is_alone(event) and bool(letter) and ours and not letters.silenced(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._acts_on(event):
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._look()


def _section(title: str) -> QLabel:
    label = QLabel(title)
    label.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.DemiBold))
    return label
