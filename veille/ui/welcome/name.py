"""First step: who is at the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget
from typing_extensions import override

from veille.desk.desk import Desk
from veille.domain.fields import MAX_LINE
from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.welcome import shapes
from veille.ui.welcome.step import Step


class NameStep(Step):
    """Asks for a name and a service; records them when they are said."""

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__(
            _("Welcome to Veille"),
            _("What your team reads, quotes and writes stays together, is found as fast as one"
              " types, and is shared through a plain folder. Three short steps; each can wait."),
        )  # fmt: skip
        self._desk, self._jobs, self._bus = desk, jobs, bus
        me = next(iter(desk.rows([desk.person])), None)
        self._said = (desk.name() if me is not None else "", me.text("service") if me else "")
        self.name, self.service = QLineEdit(desk.name()), QLineEdit(self._said[1])
        self.service.setPlaceholderText(_("Press office, communication… (if you like)"))
        rows = QFormLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(12)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        for field, label in ((self.name, _("Your name")), (self.service, _("Your service"))):
            field.setMaxLength(MAX_LINE)
            field.setAccessibleName(label)
            rows.addRow(label, field)
        self.column.addLayout(rows)
        told = _("Colleagues read it beside what you write. Nothing leaves this computer before you"
                 " share something.")  # fmt: skip
        self.column.addWidget(shapes.muted(told))
        self.column.addStretch(1)

    @override
    def first(self) -> QWidget:
        self.name.selectAll()
        return self.name

    @override
    def go(self) -> None:
        said = (self.name.text().strip(), self.service.text().strip())
        if not said[0] or said == self._said:
            self.done.emit()
            return
        self._said = said
        self._jobs.write(
            lambda: self._desk.introduce(said[0], service=said[1]), self._bus.changed.emit
        )
        self.done.emit()
