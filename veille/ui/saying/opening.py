"""What a page says before anything was asked: what it does, and what this memory speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from veille.domain.text import clip
from veille.sentences import saying
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from veille.desk.saying import Examples

_WIDTH: Final = 540
_IN_A_ROW: Final = 3
_LONGEST: Final = 28


class Opening(QWidget):
    """Shows what can be asked.

    Signals:
        asked(str): a question was chosen.
        articles_requested(): no quote is kept yet; they are made in articles.
    """

    asked = Signal(object)
    articles_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("blank")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon, title, text = QLabel(), QLabel(_("What was said, by whom, and when?")), QLabel()
        title.setFont(theme.ui_font(theme.HEAD, weight=QFont.Weight.DemiBold))
        text.setText(
            _("Type a word, a phrase between quotation marks, a theme or a name: the quotes of"
              " the memory come in the order in which they were said, with the times when a"
              " source was not heard.")
        )  # fmt: skip
        text.setObjectName("muted")
        text.setWordWrap(True)
        text.setMaximumWidth(theme.px(_WIDTH))
        self.articles = QPushButton(_("Show the articles"))
        self.articles.setToolTip(_("Select a sentence in an article and press C to quote it."))
        self.articles.clicked.connect(self.articles_requested)
        self.articles.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 20, 36, 20)
        layout.setSpacing(12)
        layout.addStretch(2)
        for one in (self._icon, title, text):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addLayout(_centred(one))
        layout.addSpacing(12)
        layout.addLayout(self._rows)
        layout.addWidget(self.articles, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.dress()

    def dress(self) -> None:
        """Give the picture the colours in force."""
        c = theme.colours()
        self._icon.setPixmap(theme.pixmap("text-quote", c.muted, 40, self.devicePixelRatioF()))

    def show_examples(self, examples: Examples) -> None:
        """Show what this memory speaks of."""
        while self._rows.count():
            taken = self._rows.takeAt(0)
            row = taken.widget() if taken is not None else None
            if row is not None:
                row.deleteLater()
        self.articles.setVisible(not examples.themes and not examples.speakers)
        themes = [(one, saying.about_theme(one)) for one in examples.themes]
        speakers = [(one, saying.about_person(one)) for one in examples.speakers]
        for label, some in ((_("Themes"), themes), (_("Who speaks"), speakers)):
            for start in range(0, len(some), _IN_A_ROW):
                few = some[start : start + _IN_A_ROW]
                self._rows.addWidget(self._row("" if start else label, label, few))

    def _row(self, shown_label: str, label: str, some: Sequence[tuple[str, str]]) -> QWidget:
        row = Flow(space=6, centred=True)
        if shown_label:
            told = QLabel(shown_label)
            told.setObjectName("muted")
            row.add(told)
        for shown, question in some:
            button = QPushButton(clip(shown, length=_LONGEST).replace("&", "&&"))
            button.setObjectName("example")
            button.setAccessibleName(_("{label}: {what}").format(label=label, what=shown))
            button.clicked.connect(partial(self._on_clicked, question))
            row.add(button)
        return row

    def _on_clicked(self, question: str, _checked: bool = False) -> None:
        self.asked.emit(question)


def _centred(widget: QWidget) -> QHBoxLayout:
    """Keep a widget in the middle: one that is only aligned is not asked how high it is."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
