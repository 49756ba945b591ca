"""The sources: what is followed, how each is, what is to be looked at, and the ways in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QWidget
from typing_extensions import override

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.subscribing import PAGE, Subscription
from veille.sentences import names, sources
from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.sources.buttons import ActionButton
from veille.ui.sources.detail import SourceDetail
from veille.ui.sources.tree import SourceTree, asked
from veille.ui.widgets import pages
from veille.ui.widgets.claiming import claimed
from veille.ui.widgets.empty_state import EmptyState
from veille.ui.widgets.flow import Flow

# The actions that want a source chosen; those of ONE want a single one.
CHOSEN: Final = (
    "sort_source", "refresh_source", "open_site", "edit_source", "choose_part", "pause_source",
    "unfollow",
)  # fmt: skip
_ONE: Final = frozenset({"sort_source", "open_site", "choose_part"})
_BY_KEY: Final = {
    "open": "sort_source",
    "edit": "edit_source",
    "unfollow": "unfollow",
    "pause": "pause_source",
    "refresh": "refresh_source",
}
# What these keys do whatever has the focus in the screen: the window has other uses for them.
_EVERYWHERE: Final = frozenset({"edit", "refresh"})
_BROUGHT: Final = 8
_PAUSE_MS: Final = 60


class SourcesPane(QWidget):
    """Shows what is followed; what is chosen is acted upon by the actions of the menu.

    Signals:
        wanted(): the screen is shown: what it shows may be looked up again.
        opened(str): something a source brought is to be read.
    """

    wanted = Signal()
    opened = Signal(object)

    def __init__(self, desk: Desk, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self._listed: dict[str, Subscription] = {}
        self._spaces: dict[str, str] = {}
        self._known = self._only_bad = False
        self.tree, self.detail = SourceTree(), SourceDetail(actions)
        self.empty = EmptyState()
        self._told = QLabel()
        self._filters = {one: QPushButton() for one in (False, True)}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._show_chosen)
        self._build()
        for name in CHOSEN:
            self.tree.addAction(actions[name])
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.tree.chosen_changed.connect(self._on_chosen_changed)
        self.tree.key_asked.connect(self._on_key_asked)
        self.detail.opened.connect(self.opened)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self._offer()

    # --- what the actions act upon -------------------------------------------------------------

    @property
    def chosen(self) -> list[Subscription]:
        """Give the sources selected, in the order of the list; none when another screen shows."""
        if not self.isVisible():
            return []
        return [self._listed[one] for one in self.tree.chosen if one in self._listed]

    def select(self, feed: str) -> None:
        """Choose a source, even one that the filter hides."""
        if not self.tree.select(feed) and feed in self._listed:
            self._filters[False].click()
            self.tree.select(feed)

    @property
    def panes(self) -> list[QWidget]:
        """Give what a key goes through, one after the other."""
        return [self.tree, self.detail.brought] if self._listed else [self.empty]

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.splitter = pages.side_by_side(self.tree, self.detail)
        self._nothing = pages.readable(self.empty)
        self._stack = pages.stacked(self, [self._head()], [self.splitter, self._nothing])

    def _head(self) -> QFrame:
        title = QLabel(_("Sources"))
        title.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.DemiBold))
        group = QButtonGroup(self)
        for bad, button in self._filters.items():
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setChecked(bad == self._only_bad)
            button.clicked.connect(lambda _checked=False, bad=bad: self._filter(only_bad=bad))
            group.addButton(button)
        below = Flow()
        for name in ("add_source", "watch_page", "import_sources", "export_sources"):
            picture = "plus" if name == "add_source" else ""
            below.add(ActionButton(self._actions[name], primary=picture))
        below.add(ActionButton(self._actions["refresh_all"]))
        return pages.head(title, self._told, self._filters.values(), below)

    # --- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is known, and have it looked up again."""
        self._show()
        self.wanted.emit()

    def show_listed(self, listed: Sequence[Subscription]) -> None:
        """Show these sources."""
        self._listed = {one.id: one for one in listed}
        self._known = True
        for name in ("export_sources", "refresh_all"):
            self._actions[name].setEnabled(bool(listed))
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        now = clock.now_ms()
        self._spaces = {
            one.id: names.space(one.name, personal=one.personal) for one in self._desk.spaces()
        }
        every = list(self._listed.values())
        bad = [one for one in every if one.health.misleads]
        shown = bad if self._only_bad else every
        self._told.setText(sources.summary(len(every), len(bad)) if every else "")
        self._filters[False].setText(_("All"))
        count = f" ({number(len(bad))})" if bad else ""
        self._filters[True].setText(_("To look at") + count)
        for one in self._filters.values():
            one.setVisible(bool(every))
        self.tree.show_sources(shown, spaces=self._spaces, now=now)
        if shown or not self._known:
            self._stack.setCurrentWidget(self.splitter)
        else:
            self._tell_empty(any_=bool(every))
        self._show_chosen()

    def _tell_empty(self, *, any_: bool) -> None:
        c, ratio = theme.colours(), self.devicePixelRatioF()
        if any_:
            self.empty.tell(
                theme.pixmap("circle-check", c.accent, 40, ratio),
                _("Nothing to look at"),
                _("Every source that is followed is heard."),
                _("Show all"),
            )
        else:
            self.empty.tell(
                theme.pixmap("rss", c.muted, 40, ratio),
                _("Nothing is followed yet"),
                _("Follow the newspapers, institutions and associations that speak of your town:"
                  " what they publish arrives by itself in “To sort”. Give the address of a site:"
                  " Veille finds its feed. Coming from another reader? Import its list."),
                _("Add a source…"),
            )  # fmt: skip
        self._stack.setCurrentWidget(self._nothing)

    def _on_empty_action_requested(self) -> None:
        if self._listed:
            self._filters[False].click()
        else:
            self._actions["add_source"].trigger()

    def _filter(self, *, only_bad: bool) -> None:
        self._only_bad = only_bad
        self._show()

    def _on_chosen_changed(self) -> None:
        self._offer()
        # Arrows held down do not look up every line they pass.
        self._pause.start()

    def _show_chosen(self) -> None:
        self._pause.stop()
        some, now = self.chosen, clock.now_ms()
        if len(some) == 1:
            one = some[0]
            space = self._spaces.get(one.space, "") if len(self._spaces) > 1 else ""
            brought = self._desk.feeds.brought(one.id, limit=_BROUGHT)
            self.detail.show_one(one, space=space, brought=brought, now=now)
        elif some:
            self.detail.show_several(some)
        else:
            self.detail.show_nothing()
        self._offer()

    def _offer(self) -> None:
        """Enable the actions that what is chosen allows."""
        some = self.chosen
        for name in CHOSEN:
            enabled = len(some) == 1 if name in _ONE else bool(some)
            self._actions[name].setEnabled(enabled)
        page = len(some) == 1 and some[0].watched == PAGE
        self._actions["choose_part"].setEnabled(page)
        site = len(some) == 1 and (some[0].site or some[0].url)
        self._actions["open_site"].setEnabled(bool(site))

    # --- keys ----------------------------------------------------------------------------------

    def _on_key_asked(self, what: str) -> None:
        action = self._actions[_BY_KEY[what]]
        if action.isEnabled():
            action.trigger()

    @override
    def event(self, event: QEvent) -> bool:
        wanted = claimed(event, lambda pressed: asked(pressed) in _EVERYWHERE)
        return wanted or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        what = asked(event)
        if what in _EVERYWHERE:
            self._on_key_asked(what)
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._offer()
