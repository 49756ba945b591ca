"""What stands in two versions, above what is read or written: A and B, and one key to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.domain.views import Choice, Version
from veille.sentences import dates, names
from veille.sentences.catalogue import _, n_, number
from veille.ui import letters, theme

_TALLEST: Final = 220
_KEYS: Final = {
    Qt.Key.Key_A: "a",
    Qt.Key.Key_B: "b",
    Qt.Key.Key_D: "both",
    Qt.Key.Key_F: "merged",
}


class ChoiceBar(QFrame):
    """A discreet line that opens into the two versions.

    Signals:
        settled(str, Choice, str): keep "a", "b", "both" or "merged" of the thing's choice.
    """

    settled = Signal(str, object, str)

    def __init__(self, who: Callable[[str], str]) -> None:
        super().__init__()
        self.setObjectName("choices")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._who = who
        self._thing = ""
        self._choices: Sequence[Choice] = ()
        self._at = 0
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._open = QPushButton()
        self._open.setObjectName("quiet")
        self._open.clicked.connect(self.toggle)
        self._next = QPushButton(_("Next"))
        self._next.setObjectName("quiet")
        self._next.clicked.connect(self._on_next)
        head = QHBoxLayout()
        head.addWidget(self._told, 1)
        head.addWidget(self._next)
        head.addWidget(self._open)
        self._sides = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._sides)
        self._column = layout
        self._sides.hide()
        self.hide()

    @property
    def is_open(self) -> bool:
        """Tell whether the two versions are shown."""
        return not self._sides.isHidden()

    def show_choices(self, thing: str, choices: Sequence[Choice]) -> None:
        """Show what stands in two versions in a thing; nothing hides the line."""
        if thing != self._thing:
            self._sides.hide()
            self._at = 0
        self._thing, self._choices = thing, choices
        self._at = min(self._at, max(len(choices) - 1, 0))
        self.setVisible(bool(choices))
        if choices:
            self._tell()
            self._fill()
        else:
            self._sides.hide()

    def toggle(self) -> None:
        """Open or close the two versions; opened, the keys A and B choose."""
        if not self._choices:
            return
        self._sides.setVisible(self._sides.isHidden())
        self._tell()
        if self.is_open:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell(self) -> None:
        count = len(self._choices)
        told = n_("{n} passage in two versions", "{n} passages in two versions", count)
        if self.is_open and count > 1:
            told = _("{told} — {at} of {count}").format(
                told=told, at=number(self._at + 1), count=number(count)
            )
        self._told.setText(told)
        self.setAccessibleName(told)
        self._open.setText(_("Close") if self.is_open else _("Compare (F8)"))
        self._next.setVisible(self.is_open and count > 1)

    def _fill(self) -> None:
        one = self._choices[self._at]
        sides = QWidget()
        column = QVBoxLayout(sides)
        column.setContentsMargins(0, 0, 8, 4)
        column.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._card("A", one.a), 1)
        row.addWidget(self._card("B", one.b), 1)
        if one.where != "passage":
            column.addWidget(_muted(names.field(one.where)))
        column.addLayout(row)
        column.addLayout(self._buttons(one))
        sides.setVisible(self.is_open)
        self._column.replaceWidget(self._sides, sides)
        self._sides.deleteLater()
        self._sides = sides

    def _card(self, letter: str, said: Version) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        who = " · ".join(part for part in (self._who(said.by), dates.moment(said.at)) if part)
        layout.addWidget(_muted(_("{letter} — {who}").format(letter=letter, who=who)))
        text = QLabel(said.text or _("(taken out)"))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setFont(theme.reading_font(12))
        text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMaximumHeight(theme.px(_TALLEST))
        scroll.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setWidget(text)
        layout.addWidget(scroll)
        return card

    def _buttons(self, one: Choice) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        labels = {
            "a": _("Keep A (A)"),
            "b": _("Keep B (B)"),
            "both": _("Keep both (D)"),
            "merged": _("Keep the merged text (F)"),
        }
        for answer in one.answers:
            button = QPushButton(labels[answer])
            button.setObjectName(f"keep_{answer}")
            button.clicked.connect(lambda _checked=False, a=answer: self._keep(a))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _keep(self, answer: str) -> None:
        one = self._choices[self._at]
        if answer in one.answers:
            self.settled.emit(self._thing, one, answer)

    def _on_next(self) -> None:
        self._at = (self._at + 1) % len(self._choices)
        self._tell()
        self._fill()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = _KEYS.get(Qt.Key(event.key())) if self.is_open else None
        if answer and not event.modifiers() and not letters.silenced(event):
            self._keep(answer)
        elif event.key() == Qt.Key.Key_Escape and self.is_open:
            self.toggle()
        else:
            super().keyPressEvent(event)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName("muted")
    label.setFont(theme.ui_font(theme.SMALL, weight=QFont.Weight.Medium))
    return label
