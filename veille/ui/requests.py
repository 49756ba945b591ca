"""Comments about a person: found, given to her in a file, erased when she asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.text import key
from veille.sentences import errors, names, requests
from veille.sentences.catalogue import _
from veille.ui import ask, fields, theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.requests import Erased, Mention

_ID: Final = Qt.ItemDataRole.UserRole
_LONGEST: Final = 160
_WIDTH: Final = 520


def show(desk: Desk, jobs: Jobs, bus: Bus, parent: QWidget) -> RequestsDialog:
    """Open the dialog; gives it."""
    dialog = RequestsDialog(desk, jobs, bus, parent=parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class RequestsDialog(QDialog):
    """Lists what comments hold about a name; what is checked can be exported (all of it when nothing is) or erased."""

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("requests")
        self.setWindowTitle(_("Comments about a person"))
        theme.make_room(self, 720, 560)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._name = ""
        self._mentions: list[Mention] = []
        self._build()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = ask.headed(
            self,
            _("Comments about a person"),
            _("Anybody may ask what comments say about them, and have them erased. Deleted"
              " comments are found too: deleting only hides."),
        )  # fmt: skip
        layout.addLayout(self._head())
        self.list = QListWidget()
        self.list.setObjectName("mentions")
        self.list.setAccessibleName(_("Comments found"))
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        c = theme.colours()
        # The box of the current line must be seen on it.
        self.list.setStyleSheet(
            f"QListWidget::item:selected {{ background: {c.selected}; color: {c.text}; }}"
            f"QListWidget::indicator {{ width: 13px; height: 13px; border: 1px solid {c.muted};"
            f" border-radius: 4px; background: {c.base}; }}"
            f"QListWidget::indicator:checked {{ background: {c.accent};"
            f" border: 1px solid {c.accent}; }}"
        )
        self.list.itemChanged.connect(self._on_checked)
        layout.addWidget(self.list, 1)
        self.outcome = QLabel(_("Type the name of the person, then press Enter."))
        self.outcome.setObjectName("outcome")
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setWordWrap(True)
        layout.addWidget(self.outcome)
        layout.addLayout(self._foot())
        self.name.setFocus()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self.name = QLineEdit()
        self.name.setObjectName("name")
        self.name.setPlaceholderText(_("First name and name"))
        self.name.setAccessibleName(_("Name of the person"))
        fields.clearable(self.name)
        self.name.returnPressed.connect(self.look)
        self.seek = QPushButton(theme.icon("search"), _("Find"))
        self.seek.setObjectName("find")
        self.seek.clicked.connect(self.look)
        head.addWidget(self.name, 1)
        head.addWidget(self.seek)
        self.seek.setAutoDefault(False)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.export = QPushButton(_("Export…"))
        self.export.setObjectName("export")
        self.export.clicked.connect(self._on_export)
        self.erase = QPushButton(_("Erase…"))
        self.erase.setObjectName("erase")
        self.erase.clicked.connect(self._on_erase)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.close)
        foot.addStretch(1)
        for one in (self.export, self.erase, close):
            one.setAutoDefault(False)
            foot.addWidget(one)
        self._on_checked()
        return foot

    # --- finding -------------------------------------------------------------------------------

    def look(self) -> None:
        """Find the comments about the name that was typed, aside."""
        name = self.name.text().strip()
        if not name:
            return
        self._name = name
        self.seek.setEnabled(False)
        self._jobs.look(
            lambda: (self._desk.requests.mentions(name), self._spaces()), self._on_found
        )

    def _spaces(self) -> dict[str, str]:
        return {one.id: one.name for one in self._desk.spaces() if not one.personal}

    def _on_found(self, read: tuple[list[Mention], dict[str, str]]) -> None:
        self._mentions, spaces = read
        self.seek.setEnabled(True)
        self.list.clear()
        for one in self._mentions:
            self.list.addItem(_item(one, spaces))
        self.outcome.setText(requests.found(len(self._mentions)))
        self._on_checked()
        if self._mentions:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _checked(self) -> list[Mention]:
        items = [self.list.item(row) for row in range(self.list.count())]
        chosen = {one.data(_ID) for one in items if one.checkState() == Qt.CheckState.Checked}
        return [one for one in self._mentions if one.row.id in chosen]

    def _on_checked(self, *_item: object) -> None:
        self.export.setEnabled(bool(self._mentions))
        self.erase.setEnabled(bool(self._checked()))

    # --- answering -----------------------------------------------------------------------------

    def _on_export(self) -> None:
        chosen, name = self._checked() or self._mentions, self._name
        file = f"{key(name).replace(' ', '-')}.md"
        path = ask.save_file(self, _("Export comments"), file, _("Markdown (*.md)"))
        if not path:
            return

        def act() -> int:
            written = requests.export(
                name, chosen, people=self._desk.people(), spaces=self._spaces(),
                at=self._desk.requests.now(),
            )  # fmt: skip
            self._desk.requests.export(Path(path), written=written)
            return len(chosen)

        self._jobs.write(act, lambda _n: self.outcome.setText(_("Written to {path}.").format(
            path=path)), self._on_failed)  # fmt: skip

    def _on_erase(self) -> None:
        chosen = [one.row.id for one in self._checked()]
        if not _agreed(self, requests.would_erase(len(chosen))):
            return
        self.erase.setEnabled(False)
        self._jobs.write(
            lambda: self._desk.requests.erase(chosen), self._on_erased, self._on_failed
        )

    def _on_erased(self, done: Erased) -> None:
        self._bus.changed.emit(done.changes)
        gone = done.changes.entities
        self._mentions = [one for one in self._mentions if one.row.id not in gone]
        for row in reversed(range(self.list.count())):
            if self.list.item(row).data(_ID) in gone:
                self.list.takeItem(row)
        self.outcome.setText(requests.erased(done))
        self._on_checked()

    def _on_failed(self, problem: VeilleError) -> None:
        self.outcome.setText(errors.sentence(problem))
        self._on_checked()


def _item(one: Mention, spaces: dict[str, str]) -> QListWidgetItem:
    said = " / ".join(one.texts).replace("\n", " ")
    said = said if len(said) <= _LONGEST else said[:_LONGEST].rstrip() + "…"
    about = names.article_reference(one.about) if one.about else ""
    told = " · ".join(
        part for part in (requests.why(one.where), requests.reach(one, spaces), about) if part
    )
    item = QListWidgetItem(f"{said}\n{told}")
    item.setData(_ID, one.row.id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    # Another may bear the same name: nothing goes that was not chosen.
    item.setCheckState(Qt.CheckState.Unchecked)
    return item


def _agreed(parent: QWidget, told: str) -> bool:
    """Ask once more; nothing is done by Enter alone."""
    if "agree" in ask.answers:
        return bool(ask.answers["agree"](told))
    dialog = QDialog(parent)
    dialog.setObjectName("agree")
    dialog.setWindowTitle(_("Erase comments"))
    layout = ask.headed(dialog, _("Erase these comments for good?"), told)
    box = ask.buttons(dialog, layout)
    keep = box.button(QDialogButtonBox.StandardButton.Cancel)
    box.button(QDialogButtonBox.StandardButton.Ok).setText(_("Erase"))
    box.button(QDialogButtonBox.StandardButton.Ok).setAutoDefault(False)
    keep.setDefault(True)
    keep.setFocus()
    dialog.setFixedWidth(theme.px(_WIDTH))
    dialog.setMinimumHeight(layout.totalHeightForWidth(theme.px(_WIDTH)))
    return bool(dialog.exec())
