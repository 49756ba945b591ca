"""Questions to the person, through functions that tests can answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from veille.domain.text import key
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.widgets.option import Option
from veille.ui.widgets.stepping import Stepping

_WIDTH: Final = 460
# Of a report, what is shown without scrolling.
_MOST_LINES: Final = 12
_TALL: Final = 340


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose from.

    Attributes:
        also: other words by which it is found when they are typed.
    """

    value: str
    label: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form.

    Attributes:
        note: where the value comes from.
        others: what else could stand there.
    """

    name: str
    label: str
    value: str
    note: str = ""
    others: tuple[str, ...] = ()


# Tests put functions here: {"text": lambda title: "…"}; nobody else does.
answers: dict[str, Callable[[str], object]] = {}


def text(
    parent: QWidget, title: str, hint: str = "", *, initial: str = "", secret: bool = False,
    label: str = "",
) -> str | None:  # fmt: skip
    """Ask for a text; None when the person gave up. ``label``: what is typed, if the title says not."""
    if "text" in answers:
        answer = answers["text"](title)
        return answer if isinstance(answer, str) else None
    dialog, layout = _dialog(parent, title, hint)
    field = QLineEdit(initial)
    if secret:
        field.setEchoMode(QLineEdit.EchoMode.Password)
    if initial.endswith("://"):
        field.end(False)
    else:
        field.selectAll()
    field.setAccessibleName(label or title)
    if label:
        layout.addWidget(QLabel(label))
    layout.addWidget(field)
    buttons(dialog, layout)
    field.setFocus()
    return field.text() if dialog.exec() else None


def choose(
    parent: QWidget, title: str, choices: Sequence[Choice], hint: str = "", *, may_create: str = ""
) -> str | None:
    """Ask to choose one of several; typing narrows the list.

    Args:
        parent: the window.
        title: the question.
        choices: what there is.
        hint: what the answer does.
        may_create: a sentence with ``{text}`` offering to make what was typed; "" when it may not.

    Returns:
        The value chosen, ``+`` and the text to make something new, or None.
    """
    if "choose" in answers:
        answer = answers["choose"](title)
        return answer if isinstance(answer, str) else None
    dialog, layout = _dialog(parent, title, hint)
    field, shown = QLineEdit(), QListWidget()
    field.setAccessibleName(title)
    creates = _("An existing name, or a new one")
    field.setPlaceholderText(creates if may_create else _("Type to narrow the list"))
    shown.setAccessibleName(title)
    shown.setMinimumHeight(theme.px(260))
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    shown.setTextElideMode(Qt.TextElideMode.ElideRight)
    dialog.setMinimumWidth(theme.px(_WIDTH + 100))

    def narrow() -> None:
        typed = field.text().strip()
        shown.clear()
        for one in choices:
            if key(typed) in key(f"{one.label}\n{one.also}"):
                item = QListWidgetItem(one.label)
                item.setData(Qt.ItemDataRole.UserRole, one.value)
                shown.addItem(item)
        exists = any(key(typed) in {key(one.label), key(one.value)} for one in choices)
        if may_create and typed and not exists:
            item = QListWidgetItem(may_create.format(text=typed))
            item.setData(Qt.ItemDataRole.UserRole, f"+{typed}")
            shown.addItem(item)
        shown.setCurrentRow(0)

    field.textChanged.connect(narrow)
    Stepping(field, shown)
    shown.itemActivated.connect(dialog.accept)
    layout.addWidget(field)
    layout.addWidget(shown)
    box = buttons(dialog, layout)
    # From an empty list nothing is chosen: what was typed stays, to be corrected.
    accept = box.button(QDialogButtonBox.StandardButton.Ok)
    field.textChanged.connect(lambda: accept.setEnabled(shown.count() > 0))
    narrow()
    field.setFocus()
    current = shown.currentItem if dialog.exec() else lambda: None
    item = current()
    return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None


def form(parent: QWidget, title: str, hint: str, fields: Sequence[Field]) -> dict[str, str] | None:
    """Ask for several values at once; None when the person gave up.

    Each can be written, or taken from what else is offered; under it stands where it comes from.
    """
    if "form" in answers:
        answer = answers["form"](title)
        return answer if isinstance(answer, dict) else None
    dialog, layout = _dialog(parent, title, hint)
    dialog.setMinimumWidth(theme.px(_WIDTH + 120))
    rows = QFormLayout()
    rows.setHorizontalSpacing(16)
    rows.setVerticalSpacing(12)
    rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    boxes: dict[str, QComboBox] = {}
    for one in fields:
        box = QComboBox()
        box.setEditable(True)
        box.addItems([one.value, *one.others])
        box.setAccessibleName(one.label)
        box.setAccessibleDescription(one.note)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        note = QLabel(one.note)
        note.setObjectName("muted")
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        note.setVisible(bool(one.note))
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(box)
        column.addWidget(note)
        rows.addRow(one.label, held)
        boxes[one.name] = box
    layout.addLayout(rows)
    buttons(dialog, layout)
    next(iter(boxes.values())).setFocus()
    if not dialog.exec():
        return None
    return {name: box.currentText() for name, box in boxes.items()}


def one_of(
    parent: QWidget,
    title: str,
    choices: Sequence[Choice],
    hint: str = "",
    *,
    chosen: str | None = None,
) -> str | None:
    """Ask for an explicit decision: nothing is chosen beforehand, but what was decided before."""
    if "one_of" in answers:
        answer = answers["one_of"](title)
        return answer if isinstance(answer, str) else None
    dialog, layout = _dialog(parent, title, hint)
    group = QButtonGroup(dialog)
    for number, one in enumerate(choices):
        button = Option(one.label)
        group.addButton(button, number)
        layout.addWidget(button)
    box = buttons(dialog, layout)
    accept = box.button(QDialogButtonBox.StandardButton.Ok)
    decided = next((at for at, one in enumerate(choices) if one.value == chosen), -1)
    if decided >= 0:
        group.button(decided).setChecked(True)
        group.button(decided).setFocus()
    accept.setEnabled(decided >= 0)
    group.idClicked.connect(lambda _number: accept.setEnabled(True))
    if not dialog.exec() or group.checkedId() < 0:
        return None
    return choices[group.checkedId()].value


# Where a folder or files were chosen last; the folder one works from means nothing to a person.
_begin: dict[str, str] = {}


def _from() -> str:
    last = _begin.get("folder", "")
    return last if last and Path(last).is_dir() else str(Path.home())


def folder(parent: QWidget, title: str) -> str | None:
    """Ask for a folder."""
    if "folder" in answers:
        answer = answers["folder"](title)
        return answer if isinstance(answer, str) else None
    chosen = QFileDialog.getExistingDirectory(parent, title, _from())
    if chosen:
        _begin["folder"] = chosen
    return chosen or None


def files(parent: QWidget, title: str, kinds: str) -> list[str]:
    """Ask for files."""
    if "files" in answers:
        answer = answers["files"](title)
        return [str(one) for one in answer] if isinstance(answer, list) else []
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, _from(), kinds)
    if chosen:
        _begin["folder"] = str(Path(chosen[0]).parent)
    return chosen


def save_file(parent: QWidget, title: str, name: str, kinds: str) -> str | None:
    """Ask where to write a file; None when the person gave up."""
    if "save_file" in answers:
        answer = answers["save_file"](title)
        return answer if isinstance(answer, str) else None
    path, _kind = QFileDialog.getSaveFileName(parent, title, str(Path(_from(), name)), kinds)
    if path:
        _begin["folder"] = str(Path(path).parent)
    return path or None


def report(
    parent: QWidget, title: str, hint: str, lines: Sequence[tuple[str, str]], *,
    message: str = "", go_on: bool = False,
) -> bool:  # fmt: skip
    """Show what was found, and a message ready to be copied; tells whether to go on.

    Args:
        parent: the window.
        title: the verdict.
        hint: what was tried.
        lines: ``(good | watch | bad, sentence)``.
        message: what may be sent to somebody else, "" for nothing.
        go_on: whether there is something to go on with.
    """
    if "report" in answers:
        return bool(answers["report"](title)) and go_on
    dialog, layout = _dialog(parent, title, hint)
    dialog.setMinimumWidth(theme.px(_WIDTH + 120))
    layout.addWidget(_findings(lines, dialog))
    if message:
        layout.addSpacing(6)
        layout.addWidget(QLabel(_("To send to the IT service:")))
        field = QPlainTextEdit(message)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setAccessibleName(_("To send to the IT service:"))
        field.setMinimumHeight(theme.px(150))
        layout.addWidget(field)
        copy = QPushButton(_("Copy the message"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(message))
        layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
    box = buttons(dialog, layout)
    box.button(QDialogButtonBox.StandardButton.Ok).setText(_("Go on") if go_on else _("OK"))
    if not go_on:
        box.button(QDialogButtonBox.StandardButton.Cancel).hide()
    return bool(dialog.exec()) and go_on


def _findings(lines: Sequence[tuple[str, str]], parent: QWidget) -> QWidget:
    """Show findings one below the other; many of them scroll, so that the buttons stay in view."""
    held = QWidget(parent)
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for verdict, sentence in lines:
        column.addWidget(_finding(verdict, sentence, held))
    if len(lines) <= _MOST_LINES:
        return held
    column.addStretch(1)
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setMinimumHeight(theme.px(_TALL))
    scroll.setWidget(held)
    return scroll


def _finding(verdict: str, sentence: str, parent: QWidget) -> QWidget:
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    c = theme.colours()
    picture, colour = {
        "good": ("circle-check", c.accent),
        "watch": ("triangle-alert", c.warning_text),
        "bad": ("circle-x", c.error),
    }[verdict]
    mark = QLabel()
    mark.setPixmap(theme.pixmap(picture, colour, 18, parent.devicePixelRatioF()))
    told = QLabel(sentence)
    told.setTextFormat(Qt.TextFormat.PlainText)
    told.setWordWrap(True)
    layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(told, 1)
    return row


def _dialog(parent: QWidget, title: str, hint: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(theme.px(_WIDTH))
    return dialog, headed(dialog, title, hint)


def headed(dialog: QDialog, title: str, hint: str = "") -> QVBoxLayout:
    """Lay a dialog out under its title, and what it is for."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(28, 20, 28, 16)
    layout.setSpacing(12)
    head = QLabel(title)
    head.setTextFormat(Qt.TextFormat.PlainText)
    head.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.Bold))
    head.setWordWrap(True)
    layout.addWidget(head)
    if hint:
        told = QLabel(hint)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setObjectName("muted")
        told.setWordWrap(True)
        layout.addWidget(told)
    return layout


def buttons(dialog: QDialog, layout: QVBoxLayout) -> QDialogButtonBox:
    """Close a dialog with *OK* and *Cancel*."""
    standard = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(standard.Ok | standard.Cancel)
    box.button(standard.Ok).setText(_("OK"))
    box.button(standard.Cancel).setText(_("Cancel"))
    for one in box.buttons():
        one.setIcon(QIcon())
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    layout.addSpacing(4)
    layout.addWidget(box)
    return box
