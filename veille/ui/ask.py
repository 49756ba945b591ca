"""Questions to the person, through functions that tests can answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from veille.domain.text import key
from veille.sentences.catalogue import _

_WIDTH: Final = 460


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose from."""

    value: str
    label: str


# Tests put functions here: {"text": lambda title: "…"}; nobody else does.
answers: dict[str, Callable[[str], object]] = {}


def text(
    parent: QWidget, title: str, hint: str = "", *, initial: str = "", several_lines: bool = False
) -> str | None:
    """Ask for a text; None when the person gave up."""
    if "text" in answers:
        answer = answers["text"](title)
        return answer if isinstance(answer, str) else None
    dialog, layout = _dialog(parent, title, hint)
    field: QLineEdit | QPlainTextEdit
    if several_lines:
        field = QPlainTextEdit(initial)
        field.setTabChangesFocus(True)
    else:
        field = QLineEdit(initial)
        field.selectAll()
    field.setAccessibleName(title)
    layout.addWidget(field)
    _buttons(dialog, layout)
    field.setFocus()
    if not dialog.exec():
        return None
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


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
    field.setPlaceholderText(_("Type to narrow the list"))
    shown.setAccessibleName(title)
    shown.setMinimumHeight(260)

    def narrow() -> None:
        typed = field.text().strip()
        shown.clear()
        for one in choices:
            if key(typed) in key(one.label):
                item = QListWidgetItem(one.label)
                item.setData(Qt.ItemDataRole.UserRole, one.value)
                shown.addItem(item)
        exists = any(key(one.label) == key(typed) for one in choices)
        if may_create and typed and not exists:
            item = QListWidgetItem(may_create.format(text=typed))
            item.setData(Qt.ItemDataRole.UserRole, f"+{typed}")
            shown.addItem(item)
        shown.setCurrentRow(0)

    field.textChanged.connect(narrow)
    shown.itemActivated.connect(dialog.accept)
    layout.addWidget(field)
    layout.addWidget(shown)
    _buttons(dialog, layout)
    narrow()
    field.setFocus()
    current = shown.currentItem if dialog.exec() else lambda: None
    item = current()
    return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None


def one_of(parent: QWidget, title: str, choices: Sequence[Choice], hint: str = "") -> str | None:
    """Ask for an explicit decision: nothing is chosen beforehand."""
    if "one_of" in answers:
        answer = answers["one_of"](title)
        return answer if isinstance(answer, str) else None
    dialog, layout = _dialog(parent, title, hint)
    group = QButtonGroup(dialog)
    for number, one in enumerate(choices):
        button = QRadioButton(one.label)
        group.addButton(button, number)
        layout.addWidget(button)
    box = _buttons(dialog, layout)
    accept = box.button(QDialogButtonBox.StandardButton.Ok)
    accept.setEnabled(False)
    group.idClicked.connect(lambda _number: accept.setEnabled(True))
    if not dialog.exec() or group.checkedId() < 0:
        return None
    return choices[group.checkedId()].value


def folder(parent: QWidget, title: str) -> str | None:
    """Ask for a folder."""
    if "folder" in answers:
        answer = answers["folder"](title)
        return answer if isinstance(answer, str) else None
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return chosen or None


def files(parent: QWidget, title: str, kinds: str) -> list[str]:
    """Ask for files."""
    if "files" in answers:
        answer = answers["files"](title)
        return [str(one) for one in answer] if isinstance(answer, list) else []
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return chosen


def _dialog(parent: QWidget, title: str, hint: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(_WIDTH)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 18)
    layout.setSpacing(12)
    head = QLabel(title)
    head.setTextFormat(Qt.TextFormat.PlainText)
    font = head.font()
    font.setPointSizeF(font.pointSizeF() * 1.25)
    font.setBold(True)
    head.setFont(font)
    head.setWordWrap(True)
    layout.addWidget(head)
    if hint:
        told = QLabel(hint)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setObjectName("muted")
        told.setWordWrap(True)
        layout.addWidget(told)
    return dialog, layout


def _buttons(dialog: QDialog, layout: QVBoxLayout) -> QDialogButtonBox:
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
