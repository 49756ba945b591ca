"""Second step: alone, or with a team through a folder, which is tried before anything is made."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui import ask, theme
from veille.ui.rounds import Rounds
from veille.ui.welcome import shapes
from veille.ui.welcome.shapes import Answer
from veille.ui.welcome.step import Step
from veille.ui.widgets.option import Option

_LONGEST: Final = 200
_PICTURES: Final = {"good": "circle-check", "watch": "triangle-alert", "bad": "circle-x"}


class TeamStep(Step):
    """Says whether a space is there already; joins it, or makes one."""

    def __init__(self, rounds: Rounds) -> None:
        super().__init__(
            _("Alone, or with your team?"),
            _("Nothing is decided for good: “Spaces” changes it at any time."),
        )
        self._rounds = rounds
        self._told: dict[str, Any] = {}
        self.busy = self.joined = False
        self.alone = Answer(
            _("Only me, for now"),
            _("Everything stays on this computer. A note or a dossier can be shared later."),
        )
        self.team = Answer(
            _("With my team, through a folder"),
            _("On a network drive, or in a folder of Nextcloud, OneDrive or Syncthing. No server,"
              " no account."),
        )  # fmt: skip
        self._kinds = QButtonGroup(self)
        for one in (self.alone, self.team):
            self._kinds.addButton(one.button)
            one.chosen.connect(self._on_chosen)
            self.column.addWidget(one)
        self.folder = QPushButton(theme.icon("folder-open"), _("Choose the folder…"))
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(self._on_folder_clicked)
        self._path, self._verdict, self._picture = QLabel(), QLabel(), QLabel()
        self.details = QPushButton(_("What was tried…"))
        self._waiting = QProgressBar()
        self.name = QLineEdit()
        self.links = Option(_("Links, excerpts, quotes and notes"))
        self.texts = Option(_("Full texts too: we have a licence for them"))
        self._about_folder, self._new = QWidget(), QWidget()
        self.column.addWidget(self._folder_part())
        self.column.addStretch(1)
        self._show()

    # --- building ------------------------------------------------------------------------------

    def _folder_part(self) -> QWidget:
        column = QVBoxLayout(self._about_folder)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.folder)
        self._path.setObjectName("muted")
        self._path.setTextFormat(Qt.TextFormat.PlainText)
        self._path.setWordWrap(True)
        row.addWidget(self._path, 1)
        column.addLayout(row)
        self._waiting.setRange(0, 0)
        self._waiting.setTextVisible(False)
        self._waiting.setFixedHeight(theme.px(6))
        self._waiting.setAccessibleName(_("Trying the folder…"))
        column.addWidget(self._waiting)
        column.addLayout(self._verdict_row())
        column.addWidget(self._new_part())
        return self._about_folder

    def _verdict_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._verdict.setTextFormat(Qt.TextFormat.PlainText)
        self._verdict.setWordWrap(True)
        self.details.setObjectName("quiet")
        self.details.setAutoDefault(False)
        self.details.clicked.connect(self._on_details_clicked)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._verdict, 1)
        row.addWidget(self.details, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _new_part(self) -> QWidget:
        column = QVBoxLayout(self._new)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.name.setMaxLength(_LONGEST)
        self.name.setPlaceholderText(_("What will your colleagues call it?"))
        self.name.setAccessibleName(_("Name of the space"))
        self.name.textChanged.connect(self.changed)
        column.addWidget(self.name)
        asked = QLabel(_("What may travel to colleagues?"))
        asked.setToolTip(_("Sharing whole press articles inside an organisation needs a licence."))
        column.addWidget(asked)
        group = QButtonGroup(self)
        for one in (self.links, self.texts):
            group.addButton(one)
            one.toggled.connect(self.changed)
            column.addWidget(one)
        column.addWidget(shapes.muted(asked.toolTip()))
        return self._new

    # --- showing -------------------------------------------------------------------------------

    def _show(self) -> None:
        told = self._told
        self._about_folder.setVisible(self.team.button.isChecked())
        self._waiting.setVisible(self.busy)
        self.folder.setEnabled(not self.busy)
        known = bool(told) and not self.busy
        for one in (self._verdict, self._picture):
            one.setVisible(known)
        self.details.setVisible(known and bool(told.get("findings")))
        makes = known and not told["space"] and told["verdict"] != "bad" and not self.joined
        self._new.setVisible(makes)
        self.changed.emit()

    def _tell(self, verdict: str, said: str) -> None:
        c = theme.colours()
        colour = {"good": c.accent, "watch": c.warning_text, "bad": c.error}[verdict]
        picture = _PICTURES[verdict]
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(theme.pixmap(picture, colour, 18, ratio))
        self._verdict.setText(said)

    @property
    @override
    def label(self) -> str:
        if not self.team.button.isChecked() or self.joined or not self._told:
            return ""
        return _("Join the space") if self._told["space"] else _("Create the space")

    @property
    @override
    def ready(self) -> bool:
        if self.busy:
            return False
        if not self.team.button.isChecked() or self.joined:
            return self.alone.button.isChecked() or self.joined
        if not self._told:
            return False
        if self._told["space"]:
            return True
        said = self.links.isChecked() or self.texts.isChecked()
        return bool(self.name.text().strip()) and said and self._told["verdict"] != "bad"

    @override
    def first(self) -> QWidget:
        return self.team.button if self.team.button.isChecked() else self.alone.button

    # --- acting --------------------------------------------------------------------------------

    def _on_chosen(self) -> None:
        self._show()

    def _on_folder_clicked(self) -> None:
        folder = ask.folder(self, _("Which shared folder?"))
        if folder:
            self._path.setText(folder)
            self._told, self.busy, self.joined = {}, True, False
            self._rounds.examine(folder, self._on_examined, self._on_failed)
            self._show()

    def _on_examined(self, told: dict[str, Any]) -> None:
        self.busy, self._told = False, told
        if told["space"]:
            said = _("The space “{name}” is there already.").format(name=told["space"])
            said = f"{said} {told['said']}"
        else:
            said = told["said"]
        self._tell(told["verdict"], said)
        self._show()
        (self.name if self._new.isVisibleTo(self) else self.folder).setFocus()

    def _on_failed(self, code: str, data: dict[str, Any]) -> None:
        self.busy = False
        code = "ShareSlow" if code == "Abandoned" else code
        told = {"folder": self._path.text(), **data}
        self._told = {**self._told, "space": "", "verdict": "bad", "findings": ()}
        self._tell("bad", sentence_of_code(code, **told))
        self._show()

    def _on_details_clicked(self) -> None:
        told = self._told
        ask.report(
            self, told["said"], told["folder"],
            [(one["verdict"], one["said"]) for one in told["findings"]],
            message=told["message"],
        )  # fmt: skip

    @override
    def go(self) -> None:
        if self.joined or not self.team.button.isChecked():
            self.done.emit()
            return
        self.busy = True
        told: dict[str, Any] = {"folder": self._told["folder"]}
        if not self._told["space"]:
            told |= {"name": self.name.text().strip(), "full_text": self.texts.isChecked()}
        do = "join" if self._told["space"] else "create"
        self._rounds.open_space(do, done=self._on_opened, failed=self._on_failed, **told)
        self._show()

    def _on_opened(self) -> None:
        self.busy, self.joined = False, True
        name = self._told["space"] or self.name.text().strip()
        self._tell("good", _("You are in the space “{name}”.").format(name=name))
        self._show()
        self.done.emit()
