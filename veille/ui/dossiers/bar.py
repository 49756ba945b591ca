"""The widgets of a dossier that is read in order, and what they say."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from veille.desk.dossiers import Parcours
from veille.sentences import dossiers
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.dossiers import readers
from veille.ui.dossiers.route import Route
from veille.ui.widgets.labels import ElidedLabel

_HEIGHT, _ICON = 44, 18


class ParcoursBar(QWidget):
    """Shows which step is read, and what can be done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(_HEIGHT))
        self._icon, self.place = QLabel(), QLabel()
        self.place.setObjectName("parcours_place")
        self.title = ElidedLabel()
        self.title.setObjectName("parcours_title")
        self.over = ElidedLabel()
        self.over.setObjectName("parcours_over")
        self.previous, self.quit = QPushButton(), QPushButton()
        self.next = QPushButton()
        self.next.setObjectName("parcours_next")
        self.tells = QCheckBox(_("Tell colleagues what I read"))
        self.tells.setObjectName("parcours_tells")
        self._name(self.previous, _("Previous step"), "")
        self._name(self.quit, _("Stop reading in order"), _("Esc"))
        self._is_over = False
        self._build()

    @staticmethod
    def _name(button: QPushButton, name: str, keys: str) -> None:
        button.setObjectName("quiet")
        button.setAccessibleName(name)
        told = _("{name} ({keys})").format(name=name, keys=keys) if keys else name
        button.setToolTip(told)
        button.setFixedSize(theme.px(30), theme.px(30))

    def _build(self) -> None:
        for one in (self.previous, self.next, self.tells, self.quit):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.title)
        row.addWidget(self.place)
        row.addWidget(self.over, 100)
        row.addStretch(1)
        row.addWidget(self.tells)
        row.addSpacing(4)
        for one in (self.previous, self.next, self.quit):
            row.addWidget(one)

    def dress(self) -> None:
        """Take the colours in force."""
        self.title.setFont(theme.ui_font(weight=QFont.Weight.DemiBold))
        self.previous.setIcon(theme.icon("chevron-left"))
        self.quit.setIcon(theme.icon("x"))
        self._dress_state()

    def _dress_state(self) -> None:
        c = theme.colours()
        name, colour = ("circle-check", c.accent) if self._is_over else ("list", c.muted)
        self._icon.setPixmap(theme.pixmap(name, colour, _ICON, self.devicePixelRatioF()))
        self.next.setIcon(theme.icon("check"))

    def show_route(
        self, route: Route, found: Parcours, people: Mapping[str, str], *, where: str, me: str
    ) -> None:
        """Show where one is; ``where``: the name of the space, ``me``: who is at the desk."""
        self._is_over = route.is_over
        others = readers.finished(readers.told(found, people, me=me)) if route.is_over else []
        self.title.tell(_("All read") if route.is_over else found.dossier.title)
        self.over.tell(dossiers.finished(others))
        self.over.setVisible(bool(others))
        self._tell_place(route)
        name = _("Done") if route.is_over else _("Read, next")
        self.next.setText(name)
        self.next.setToolTip(_("{name} ({keys})").format(name=name, keys=_("Enter")))
        self.previous.setEnabled(route.is_over or route.at > 0)
        self._tell_telling(found, where)
        self._dress_state()

    def _tell_place(self, route: Route) -> None:
        self.place.setVisible(not route.is_over)
        self.place.setText(dossiers.progress(route.place, len(route.steps)))
        self.place.setAccessibleName(dossiers.step(route.place, len(route.steps)))

    def _tell_telling(self, found: Parcours, where: str) -> None:
        told = dossiers.cannot_tell(where) if found.only_reads else dossiers.telling()
        self.tells.setVisible(found.may_tell)
        self.tells.setEnabled(not found.only_reads)
        self.tells.setChecked(found.tells)
        self.tells.setToolTip(told)
        self.tells.setAccessibleDescription(told)
