"""The two bars of a note: its state and modes above, the keys of its text as buttons below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.notes.toolbar import KEYS


class HeadBar(QWidget):
    """Two modes: reading, the whole width; writing, beside the preview where there is room.

    Signals:
        history_requested(): the states of the note are wanted.
    """

    history_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.status, self.present = QLabel(), QLabel()
        self.status.setObjectName("muted")
        self.present.setObjectName("present")
        self.present.setTextFormat(Qt.TextFormat.PlainText)
        self.present.hide()
        self.links = _button(_("Links of this note"), _("Links of this note (F9)"))
        self.links.setCheckable(True)
        self._history = _button(_("History of this note"), _("History of this note (F7)"))
        self._history.clicked.connect(self.history_requested)
        self.edit = QPushButton()
        self.edit.setObjectName("editNote")
        self.edit.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 8, 16, 8)
        layout.addWidget(self.status)
        layout.addWidget(self.present)
        layout.addStretch(1)
        layout.addWidget(self.links)
        layout.addWidget(self._history)
        layout.addWidget(self.edit)
        self.dress()

    def dress(self) -> None:
        """Take the colours in force, and say what the button does."""
        writing = self.edit.isChecked()
        self.edit.setText(_("Done") if writing else _("Write"))
        self.edit.setIcon(theme.icon("check" if writing else "pencil"))
        self.links.setIcon(theme.icon("link"))
        self._history.setIcon(theme.icon("rotate-ccw-clock"))


class ToolBar(QWidget):
    """The keys of the text, as buttons.

    Signals:
        asked(str): the name of a key.
        quote_requested(): a quote is to be chosen and shown.
    """

    asked = Signal(object)
    quote_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 8, 20, 4)
        layout.setSpacing(2)
        self._icons: list[tuple[QPushButton, str]] = []
        for key in KEYS:
            if key.icon:
                button = _button(key.label, key.tip)
                button.clicked.connect(lambda _checked=False, name=key.name: self.asked.emit(name))
                self._icons.append((button, key.icon))
        quote = _button(_("Insert a quote"), _("Insert a quote"))
        quote.clicked.connect(self.quote_requested)
        self._icons.append((quote, "text-quote"))
        for button, _icon in self._icons:
            layout.addWidget(button)
        layout.addStretch(1)
        self.dress()

    def dress(self) -> None:
        """Take the colours in force."""
        for button, icon in self._icons:
            button.setIcon(theme.icon(icon))


def _button(name: str, tip: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName("quiet")
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
