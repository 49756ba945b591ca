"""One source, or several that are chosen: how it is in plain words, and what it brought lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from veille.desk import clock
from veille.desk.subscribing import PAGE, Subscription
from veille.domain.views import Row
from veille.sentences import dates, following, sources
from veille.sentences.catalogue import _, n_, number
from veille.ui import theme
from veille.ui.sources import looks
from veille.ui.sources.buttons import ActionButton
from veille.ui.sources.fact import Fact
from veille.ui.sources.strip import RhythmStrip
from veille.ui.widgets import pages
from veille.ui.widgets.empty_state import EmptyState

_ACTS: Final = (
    "sort_source", "refresh_source", "open_site", "edit_source", "pause_source", "unfollow",
)  # fmt: skip
_ON_SEVERAL: Final = frozenset({"refresh_source", "edit_source", "pause_source", "unfollow"})
_ADDRESSES: Final = frozenset({"address", "moved", "site"})
_ROW: Final = 30
_TOLD: Final = 6


class SourceDetail(QWidget):
    """Shows what is chosen.

    Signals:
        opened(str): something it brought is to be read.
    """

    opened = Signal(object)

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._actions = actions
        self._title, self._kind, self._mark, self._word = QLabel(), QLabel(), QLabel(), QLabel()
        self._health, self._caption = QLabel(), QLabel()
        self._banner = QFrame()
        self.strip = RhythmStrip()
        self.brought = QListWidget()
        self._facts: dict[str, Fact] = {}
        self._rhythm, self._news = QLabel(_("Rhythm")), QLabel(_("What it brought lately"))
        self._grid = QGridLayout()
        self._buttons = {name: ActionButton(actions[name]) for name in _ACTS}
        self._scroll = pages.scrolled(self._page())
        self.nothing = EmptyState()
        self.nothing.setObjectName("page")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.nothing)
        self.show_nothing()

    # --- building ------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        self._title.setFont(theme.ui_font(theme.TITLE, weight=QFont.Weight.DemiBold))
        self._word.setFont(theme.ui_font(weight=QFont.Weight.DemiBold))
        for label in (self._title, self._kind, self._health, self._caption):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._title, self._health):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._kind, self._caption):
            label.setObjectName("muted")
        column.addWidget(self._title)
        column.addWidget(self._kind)
        column.addSpacing(2)
        column.addWidget(self._built_banner())
        column.addSpacing(2)
        column.addLayout(self._acts())
        self._offer(set(_ACTS))
        column.addSpacing(12)
        column.addWidget(_head(self._rhythm))
        column.addWidget(self.strip)
        column.addWidget(self._caption)
        column.addSpacing(12)
        column.addLayout(self._form())
        column.addSpacing(12)
        column.addWidget(_head(self._news))
        column.addWidget(self._list())
        column.addStretch(1)
        return page

    def _built_banner(self) -> QFrame:
        self._banner.setObjectName("health")
        row = QHBoxLayout(self._banner)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._word)
        texts.addWidget(self._health)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return self._banner

    def _acts(self) -> QGridLayout:
        self._grid.setSpacing(8)
        for button in self._buttons.values():
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return self._grid

    def _form(self) -> QFormLayout:
        rows = QFormLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(4)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for name, label in _fact_names().items():
            told = QLabel(label)
            told.setObjectName("muted")
            self._facts[name] = Fact(label, is_address=name in _ADDRESSES)
            rows.addRow(told, self._facts[name])
        self._rows = rows
        return rows

    def _list(self) -> QListWidget:
        self.brought.setObjectName("brought")
        self.brought.setAccessibleName(self._news.text())
        self.brought.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.brought.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.brought.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.brought.itemActivated.connect(self._on_activated)
        return self.brought

    # --- showing -------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Say that no source is chosen."""
        self.nothing.tell(
            theme.pixmap("rss", theme.colours().muted, 40, self.devicePixelRatioF()),
            _("No source is chosen"),
            _("Choose a line on the left: how it is, how often it speaks, what it brought."),
        )
        self._stack.setCurrentWidget(self.nothing)

    def show_one(self, one: Subscription, *, space: str, brought: Sequence[Row], now: int) -> None:
        """Show a source, the name of its space when it is shared, and what it brought last."""
        self._tell(
            one.title,
            " · ".join(part for part in (sources.kind(one), one.folder, space) if part),
            one.health.code,
            following.status(one.health),
            following.health(one, now),
        )
        self._offer(set(_ACTS), to_sort=one.to_sort, paused=one.paused)
        today = clock.today(now)
        caption = sources.rhythm(one, today)
        self.strip.show_days(frozenset(one.state.days), today, caption)
        self._caption.setText(caption)
        self._tell_facts(one, now)
        self._tell_brought(brought, one.state.brought, now)
        self._stack.setCurrentWidget(self._scroll)

    def show_several(self, some: Sequence[Subscription]) -> None:
        """Show how the sources of a selection are."""
        bad = [one for one in some if one.health.misleads]
        worst = [f"{one.title} — {following.status(one.health)}" for one in bad[:_TOLD]]
        if len(bad) > _TOLD:
            worst.append(n_("{n} more", "{n} more", len(bad) - _TOLD))
        waiting = sum(one.to_sort for one in some)
        self._tell(
            n_("{n} source chosen", "{n} sources chosen", len(some)),
            n_("{n} thing to sort", "{n} things to sort", waiting),
            bad[0].health.code if bad else "good",
            sources.to_look_at(len(bad)) or following.status(some[0].health),
            "\n".join(worst) or _("All of them are heard."),
        )
        self._offer(set(_ON_SEVERAL), paused=all(one.paused for one in some))
        for name in self._facts:
            self._tell_fact(name, "")
        for widget in (self._rhythm, self.strip, self._caption, self._news, self.brought):
            widget.hide()
        self._stack.setCurrentWidget(self._scroll)

    def _tell(self, title: str, kind: str, code: str, word: str, sentence: str) -> None:
        self._title.setText(title)
        self._kind.setText(kind)
        picture, colour = looks.status(code)
        self._mark.setPixmap(theme.pixmap(picture, colour, 20, self.devicePixelRatioF()))
        self._word.setText(word)
        self._health.setText(sentence)
        tone = "bad" if code in {"failing", "silent", "gone"} else "plain"
        self._banner.setProperty("tone", tone)
        for one in (self._banner, self._word, self._health):
            one.style().unpolish(one)
            one.style().polish(one)

    def _offer(self, names: set[str], *, to_sort: int = 0, paused: bool = False) -> None:
        for button in self._buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        # Two by two, without holes.
        for place, name in enumerate(one for one in _ACTS if one in names):
            self._grid.addWidget(self._buttons[name], place // 2, place % 2)
            self._buttons[name].show()
        label = self._actions["sort_source"].text()
        self._buttons["sort_source"].tell(f"{label} ({number(to_sort)})" if to_sort else label)
        self._buttons["pause_source"].tell(_("Take up again") if paused else _("Pause"))

    def _tell_facts(self, one: Subscription, now: int) -> None:
        page = one.watched == PAGE
        facts = {
            "address": one.url,
            "moved": one.state.moved if one.state.moved != one.url else "",
            "site": one.site,
            "read": dates.moment(one.state.heard_at),
            "next": sources.next_time(one, now),
            "all": number(one.state.brought),
            "part": sources.part(one) if page else "",
            "ignored": (" ; ".join(one.ignore) or _("nothing")) if page else "",
            "least": n_("{n} character", "{n} characters", one.least or 1) if page else "",
        }
        for name, value in facts.items():
            self._tell_fact(name, value)

    def _tell_fact(self, name: str, value: str) -> None:
        self._facts[name].tell(value)
        self._rows.setRowVisible(self._facts[name], bool(value))

    def _tell_brought(self, brought: Sequence[Row], ever: int, now: int) -> None:
        for widget in (self._rhythm, self.strip, self._caption, self._news):
            widget.show()
        kept = self.brought.currentRow()
        self.brought.clear()
        for row in brought:
            item = QListWidgetItem(row.title)
            when = dates.published(row.published) or dates.short(row.created_at, now)
            item.setToolTip(_("{label}: {what}").format(label=when, what=row.title))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {when}")
            self.brought.addItem(item)
        self.brought.setCurrentRow(min(max(kept, 0), len(brought) - 1))
        self.brought.setFixedHeight(theme.px(_ROW * max(len(brought), 1) + 8))
        self.brought.setVisible(bool(brought))
        none = _("Nothing it brought is left here") if ever else _("It brought nothing yet")
        self._news.setText(_("What it brought lately") if brought else none)

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))


def _fact_names() -> dict[str, str]:
    return {
        "address": _("Address"),
        "moved": _("New address"),
        "site": _("Site"),
        "part": _("Part followed"),
        "ignored": _("Ignored"),
        "least": _("Least change"),
        "read": _("Last read"),
        "next": _("Asked again"),
        "all": _("Brought in all"),
    }


def _head(label: QLabel) -> QLabel:
    label.setFont(theme.ui_font(weight=QFont.Weight.DemiBold))
    return label
