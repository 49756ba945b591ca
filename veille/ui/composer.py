"""Where a comment is written: of which passage, to whom, what it means, whether it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from veille.desk.margin import Remark
from veille.domain.fields import MAX_PASSAGE, MEANINGS
from veille.domain.text import clip
from veille.sentences import marking
from veille.sentences.catalogue import _
from veille.ui import ask, theme
from veille.ui.widgets.flow import Flow

_WIDTH: Final = 560
_SHOWN: Final = 260
_THREAD: Final = 6
_ABREAST: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a comment is asked about.

    Attributes:
        passage: the words that are commented, "" when the whole is.
        thread: what was said already, each as "who: what".
        replying: an answer: it is read by who reads what it answers, and has no meaning of its own.
        published: the team reads it already: that cannot be taken back.
        shared: the article is in a shared space, so that the team can be spoken to at once.
    """

    title: str
    passage: str = ""
    thread: tuple[str, ...] = ()
    replying: bool = False
    published: bool = False
    shared: bool = False


def compose(parent: QWidget, asked: Asked, before: Remark) -> Remark | None:
    """Ask for a comment; None when the person gave up."""
    if "remark" in ask.answers:
        answer = ask.answers["remark"](asked.title)
        return answer if isinstance(answer, Remark) else None
    dialog = Composer(parent, asked, before)
    return dialog.remark() if dialog.exec() else None


class Composer(QDialog):
    """Writes one comment."""

    def __init__(self, parent: QWidget, asked: Asked, before: Remark) -> None:
        super().__init__(parent)
        self._asked = asked
        self.setWindowTitle(asked.title)
        self.setMinimumWidth(theme.px(_WIDTH))
        layout = ask.headed(self, asked.title)
        self._show_passage(layout)
        self.text = QPlainTextEdit(before.comment)
        self.text.setObjectName("comment")
        self.text.setAccessibleName(_("Comment"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(
            _("Your answer") if asked.replying else _("What you have to say of it; or nothing")
        )
        self.text.setMinimumHeight(theme.px(96))
        layout.addWidget(self.text)
        layout.addWidget(_muted(marking.reminder()))
        self.meanings = self._meanings(layout, before)
        self.asks = QCheckBox(_("It is a question to colleagues"))
        self.asks.setObjectName("asks")
        self.asks.setChecked(before.asks)
        self.tags = QLineEdit(", ".join(before.tags))
        self.tags.setObjectName("tags")
        self.tags.setAccessibleName(_("Themes, separated by commas"))
        self.tags.setPlaceholderText(_("Themes, separated by commas"))
        self.team = self._readers(before)
        if not asked.replying:
            layout.addWidget(self.tags)
            layout.addWidget(self._line(self.asks, *self.team.buttons()))
        ask.buttons(self, layout)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)
        self.text.setFocus()

    def remark(self) -> Remark:
        """Give what was written."""
        said = [one.strip() for one in self.tags.text().split(",")]
        return Remark(
            comment=self.text.toPlainText().strip()[:MAX_PASSAGE],
            tags=tuple(one for one in said if one),
            visibility="team" if self.team.checkedId() == 1 else "private",
            meaning=MEANINGS[max(self.meanings.checkedId(), 0)],
            asks=self.asks.isChecked(),
        )

    def _show_passage(self, layout: QVBoxLayout) -> None:
        if self._asked.passage:
            words = QLabel(f"«\u00a0{clip(self._asked.passage, length=_SHOWN)}\u00a0»")
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setFont(theme.reading_font(11))
            words.setWordWrap(True)
            layout.addWidget(words)
        for one in self._asked.thread[-_THREAD:]:
            layout.addWidget(_muted(one))

    def _meanings(self, layout: QVBoxLayout, before: Remark) -> QButtonGroup:
        group = QButtonGroup(self)
        buttons = []
        for number, name in enumerate(MEANINGS):
            button = QRadioButton(f"{marking.shape(name)}\u00a0{marking.meaning(name)}".strip())
            button.setObjectName(f"meaning_{name or 'plain'}")
            button.setChecked(name == before.meaning)
            group.addButton(button, number)
            buttons.append(button)
        if not self._asked.replying:
            grid = QGridLayout()
            grid.setHorizontalSpacing(20)
            for number, button in enumerate(buttons):
                grid.addWidget(button, number // _ABREAST, number % _ABREAST)
            grid.setColumnStretch(_ABREAST, 1)
            layout.addLayout(grid)
        return group

    def _readers(self, before: Remark) -> QButtonGroup:
        group = QButtonGroup(self)
        told = (
            _("Read by the team")
            if self._asked.shared or self._asked.published
            else _("Read by the team, once the article is shared")
        )
        for number, label in enumerate((_("Only me"), told)):
            button = QRadioButton(label)
            button.setObjectName("team" if number else "private")
            button.setChecked(number == (before.visibility == "team"))
            button.setEnabled(bool(number) or not self._asked.published)
            group.addButton(button, number)
        return group

    @staticmethod
    def _line(*widgets: QWidget) -> Flow:
        line = Flow(space=16)
        for one in widgets:
            line.add(one)
        return line


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
