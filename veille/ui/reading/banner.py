"""A line above the text: which capture is read, what became of the original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from veille.sentences import marking
from veille.sentences.catalogue import _

if TYPE_CHECKING:
    from veille.desk.looking import Reading


class Banner(QFrame):
    """Says one thing, with its answers.

    Signals:
        answered(str): the name of an answer that was chosen.
    """

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(20, 8, 16, 8)
        self._line.addWidget(self.text, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    def tell(self, text: str, answers: Sequence[tuple[str, str]] = ()) -> None:
        """Say something; ``answers`` are names and labels."""
        self.text.setText(text)
        for one in self._buttons:
            self._line.removeWidget(one)
            one.deleteLater()
        self._buttons = [self._button(name, label) for name, label in answers]
        self.show()

    def tell_capture(self, reading: Reading, *, is_older: bool) -> None:
        """Say that an older capture is read, or that the site has no such page any more."""
        gone = reading.row.fields.get("gone")
        parts = [marking.gone(gone)] if isinstance(gone, int) and gone else []
        if reading.shown is not None and (is_older or parts):
            parts.append(marking.of_capture(reading.shown.at))
        answers = [
            ("newest", _("Back to the one that is read")),
            ("always", _("Read this one from now on")),
        ]
        if parts:
            self.tell(" — ".join(parts), answers if is_older else ())

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName("quiet")
        button.clicked.connect(lambda: self.answered.emit(name))
        self._line.addWidget(button)
        return button
