"""The welcome: one step after the other, each of which can be passed over; Esc closes it all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.welcome.shapes import Progress
from veille.ui.welcome.step import Step
from veille.ui.welcome.trying import DemoMemory

_WIDE, _TALL = 680, 640
# What scrolls has its bar beside it.
_BAR = 16


class WelcomeDialog(QDialog):
    """Leads through steps; one alone is a dialog like any other.

    Signals:
        reached_end(): the last step was done or passed over.
    """

    reached_end = Signal()

    def __init__(self, steps: Sequence[Step], demo: DemoMemory, parent: QWidget) -> None:
        super().__init__(parent)
        self.steps, self._demo = list(steps), demo
        self._alone = len(self.steps) == 1
        self.setObjectName("welcome")
        self.setWindowTitle(self.steps[0].accessibleName())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        theme.make_room(self, _WIDE, _TALL)
        self._pages, self.progress = QStackedWidget(), Progress(len(self.steps))
        self.demo, self.back = QPushButton(), QPushButton(_("Back"))
        self.skip, self.next = QPushButton(_("Skip")), QPushButton()
        self._build()
        for one in self.steps:
            one.changed.connect(self._show)
            one.done.connect(self._on_done)
        demo.changed.connect(self._show)
        self._go_to(0)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(36, 28, 36, 16)
        column.setSpacing(16)
        above = QHBoxLayout()
        above.addWidget(self.progress)
        above.addStretch(1)
        mark = QLabel()
        ratio = self.devicePixelRatioF()
        mark.setPixmap(theme.pixmap("veille", theme.colours().accent, 28, ratio))
        above.addWidget(mark)
        for shown in (self.progress, mark):
            shown.setVisible(not self._alone)
        column.addLayout(above)
        column.addWidget(self._pages, 1)
        for one in self.steps:
            # With large letters on a small screen a step scrolls, and its buttons stay in view.
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(one)
            scroll.setMinimumWidth(one.minimumSizeHint().width() + theme.px(_BAR))
            self._pages.addWidget(scroll)
        layout.addWidget(inside, 1)
        layout.addWidget(self._foot())

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 12, 28, 12)
        row.setSpacing(8)
        self.demo.setObjectName("quiet")
        self.skip.setObjectName("quiet")
        self.next.setObjectName("primary")
        self.next.setDefault(True)
        for button, act in (
            (self.demo, self._demo.open), (self.back, self._on_back_clicked),
            (self.skip, self._on_done), (self.next, self._on_next_clicked),
        ):  # fmt: skip
            button.setAutoDefault(button is self.next)
            button.clicked.connect(act)
        row.addWidget(self.demo)
        row.addStretch(1)
        for button in (self.back, self.skip, self.next):
            row.addWidget(button)
        return foot

    # --- showing -------------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """Give the step that is shown, counted from 0."""
        return self._pages.currentIndex()

    @property
    def step(self) -> Step:
        """Give the step that is shown."""
        return self.steps[self.at]

    def _go_to(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        self.progress.reach(step, self.step.accessibleName())
        self._show()
        self.step.first().setFocus()

    def _show(self) -> None:
        last = self.at == len(self.steps) - 1
        going_on = _("Close") if self._alone else _("Begin") if last else _("Go on")
        self.next.setText(self.step.label or going_on)
        self.next.setEnabled(self.step.ready)
        self.back.setVisible(self.at > 0)
        self.skip.setVisible(not last)
        self.demo.setVisible(not self._alone)
        preparing = self._demo.preparing
        self.demo.setText(_("Getting it ready…") if preparing else _("Look at the demo memory"))
        self.demo.setEnabled(not preparing)

    # --- moving --------------------------------------------------------------------------------

    def _on_back_clicked(self) -> None:
        self._go_to(self.at - 1)

    def _on_next_clicked(self) -> None:
        self.step.go()

    def _on_done(self) -> None:
        if self.at < len(self.steps) - 1:
            self._go_to(self.at + 1)
        else:
            self.reached_end.emit()
            self.accept()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.step.first().setFocus()
