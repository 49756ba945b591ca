"""The bar that looks for words in the text that is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton
from typing_extensions import override

from veille.sentences.catalogue import _, number
from veille.ui import fields, theme


class FindBar(QFrame):
    """Asks for words.

    Signals:
        typed(str): what is looked for.
        step_requested(int): the next one (1), the one before (-1).
        closed(): the text has the word again.
    """

    typed = Signal(object)
    step_requested = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("findBar")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        self.field = QLineEdit()
        self.field.setObjectName("findField")
        self.field.setPlaceholderText(_("Find in this text"))
        self.field.setAccessibleName(_("Find in this text"))
        fields.clearable(self.field)
        self.field.textChanged.connect(self.typed.emit)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.count.setMinimumWidth(theme.px(96))
        line.addWidget(self.field, 1)
        line.addWidget(self.count)
        for icon, told, by in (("chevron-left", _("Previous (Shift+Enter)"), -1),
                               ("chevron-right", _("Next (Enter)"), 1)):  # fmt: skip
            button = QPushButton(theme.icon(icon), "")
            button.setObjectName("quiet")
            button.setToolTip(told)
            button.setAccessibleName(told)
            button.clicked.connect(lambda _on=False, by=by: self.step_requested.emit(by))
            line.addWidget(button)
        self.hide()

    def open(self, words: str = "") -> None:
        """Open the bar, with the words that are selected, or those of the last time."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def tell(self, current: int, total: int) -> None:
        """Say which of how many is shown; ``current`` counts from 0."""
        if not self.field.text().strip():
            self.count.setText("")
        elif not total:
            self.count.setText(_("not found"))
        else:
            told = _("{number} of {total}").format(number=number(current + 1), total=number(total))
            self.count.setText(told)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step_requested.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
