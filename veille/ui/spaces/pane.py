"""The spaces: with whom one shares, through which folder, and how the last round went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from veille.desk.desk import Desk
from veille.domain.roles import REFERENT
from veille.domain.views import Filter, Present, Space
from veille.sentences import dates, names
from veille.sentences.catalogue import _, n_, number
from veille.sentences.errors import sentence_of_code
from veille.ui import theme
from veille.ui.widgets.flow import Flow


class SpacesPane(QScrollArea):
    """Shows one card a space.

    Signals:
        create_requested(): make a folder a space.
        join_requested(): join the space of a folder.
        sync_requested(str): do a round now with a space, "" for all.
        leave_requested(str): detach a space.
        examine_requested(str): try a folder.
        role_requested(str): give somebody a role in a space.
        restore_requested(str): open a space again in its folder, which was emptied.
    """

    create_requested = Signal()
    join_requested = Signal()
    sync_requested = Signal(object)
    leave_requested = Signal(object)
    examine_requested = Signal(object)
    role_requested = Signal(object)
    restore_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._present: dict[str, list[str]] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Spaces"))

    def tell_present(self, present: Sequence[Present], people: Mapping[str, str]) -> None:
        """Remember who is here now, space by space."""
        now: dict[str, list[str]] = {}
        for one in present:
            now.setdefault(one.space, []).append(people.get(one.person, _("A colleague")))
        if now != self._present:
            self._present = now
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        """Show the spaces as they are now."""
        page = QWidget()
        page.setObjectName("page")
        outer = QHBoxLayout(page)
        outer.setContentsMargins(36, 28, 36, 28)
        column = QVBoxLayout()
        column.setSpacing(12)
        outer.addStretch(1)
        outer.addLayout(column, 6)
        outer.addStretch(1)
        head = QLabel(_("Spaces"))
        head.setFont(theme.ui_font(theme.DISPLAY, weight=QFont.Weight.DemiBold))
        column.addWidget(head)
        told = QLabel(
            _("A space is a plain folder on a shared drive. What you put in it reaches your"
              " colleagues at the next round; everything stays readable here when the drive is"
              " away.")
        )  # fmt: skip
        told.setWordWrap(True)
        told.setObjectName("muted")
        column.addWidget(told)
        column.addWidget(self._buttons())
        for space in self._desk.spaces():
            column.addWidget(self._card(space))
        column.addStretch(1)
        self.setWidget(page)
        # What is made again would come last in the window, after its search field.
        for one, other in pairwise([self, *page.findChildren(QPushButton)]):
            QWidget.setTabOrder(one, other)

    def _buttons(self) -> Flow:
        row = Flow()
        create = QPushButton(theme.icon("plus", theme.colours().on_accent), _("Create a space…"))
        create.setObjectName("primary")
        create.clicked.connect(self.create_requested)
        join = QPushButton(theme.icon("folder-open"), _("Join a space…"))
        join.clicked.connect(self.join_requested)
        row.add(create)
        row.add(join)
        return row

    def _card(self, space: Space) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        layout = QHBoxLayout(card)
        layout.setContentsMargins(20, 16, 16, 16)
        layout.setSpacing(16)
        c = theme.colours()
        picture = QLabel()
        picture.setPixmap(
            theme.pixmap(
                "lock" if space.personal else "users", c.accent, 24, self.devicePixelRatioF()
            )
        )
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        name = QLabel(names.space(space.name, personal=space.personal))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setFont(theme.ui_font(theme.LEAD, weight=QFont.Weight.DemiBold))
        texts.addWidget(name)
        for line in self._lines(space):
            label = QLabel(line)
            label.setWordWrap(True)
            label.setObjectName("muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts.addWidget(label)
        if space.problem:
            warning = QLabel(sentence_of_code(space.problem, folder=space.folder))
            warning.setObjectName("warning")
            warning.setTextFormat(Qt.TextFormat.PlainText)
            warning.setWordWrap(True)
            texts.addWidget(warning)
        layout.addLayout(texts, 1)
        if not space.personal and space.folder:
            layout.addLayout(self._actions(space), 0)
        return card

    def _actions(self, space: Space) -> QVBoxLayout:
        column = QVBoxLayout()
        now = QPushButton(theme.icon("refresh-cw"), _("Sync now"))
        now.setAccessibleName(_("Sync {name} now").format(name=space.name))
        now.clicked.connect(lambda: self.sync_requested.emit(space.id))
        examine = QPushButton(_("Test the folder"))
        examine.setAccessibleName(_("Test the folder of {name}").format(name=space.name))
        examine.clicked.connect(lambda: self.examine_requested.emit(space.folder))
        role = QPushButton(_("Roles…"))
        role.setAccessibleName(_("Roles in {name}").format(name=space.name))
        role.clicked.connect(lambda: self.role_requested.emit(space.id))
        leave = QPushButton(_("Leave…"))
        leave.setObjectName("quiet")
        leave.setAccessibleName(_("Leave {name}").format(name=space.name))
        leave.clicked.connect(lambda: self.leave_requested.emit(space.id))
        if space.problem in {"ShareNotASpace", "ShareEmpty", "ShareUnmarked"}:
            again = QPushButton(_("Open again here…"))
            again.setAccessibleName(_("Open {name} again in its folder").format(name=space.name))
            again.clicked.connect(lambda: self.restore_requested.emit(space.id))
            column.addWidget(again)
        column.addWidget(now)
        column.addWidget(examine)
        if self._desk.role(space.id) == REFERENT:
            column.addWidget(role)
        column.addWidget(leave)
        column.addStretch(1)
        return column

    def _lines(self, space: Space) -> list[str]:
        held = n_("{n} thing", "{n} things", self._desk.count(Filter(space=space.id)))
        if space.personal:
            return [_("Only on this computer; nobody else sees it."), held]
        full = (
            _("Full texts travel (licence declared).")
            if space.full_text
            else _(
                "Links, excerpts, quotes and notes travel; full texts stay with who clipped them."
            )
        )
        if not space.folder:
            return [_("Detached: what was read stays readable."), held]
        waiting = n_("{n} change waits to leave", "{n} changes wait to leave", space.waiting)
        last = _("last round: {when}").format(when=dates.moment(space.synced_at))
        parts = [held, last, *([waiting] if space.waiting else [])]
        lines = [space.folder, full, " · ".join(parts), *self._people(space)]
        if space.remaining:
            lines.append(
                n_("{n} file still to be read; search finds what has arrived",
                   "{n} files still to be read; search finds what has arrived", space.remaining)
            )  # fmt: skip
        return lines

    def _people(self, space: Space) -> list[str]:
        members = [one for one in self._desk.members(space.id) if one.here]
        others = [one for one in members if one.person != self._desk.person and one.posts]
        nobody = _("A colleague")
        told = [", ".join(f"{one.name or nobody} ({names.role(one.role)})" for one in members)]
        if others and not space.waiting:
            have = sum(one.has_all is True for one in others)
            told.append(
                _("Received by colleagues: {have} of {all}").format(
                    have=number(have), all=number(len(others))
                )
            )
        if here := self._present.get(space.id):
            told.append(_("Here now: {names}").format(names=", ".join(here)))
        return [line for line in told if line]
