"""The card of a quote that was just kept: who says it, where it comes from, how much it takes.

It stands under the text and takes nothing away: the quote is kept already, what is typed
completes it, however the card is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.domain.text import clip, collapse
from veille.sentences import dates, marking, names
from veille.sentences.catalogue import _
from veille.ui import theme

if TYPE_CHECKING:
    from veille.desk.citing import Passport

_SHOWN: Final = 220


@dataclass(frozen=True, slots=True)
class Completed:
    """What was typed in a card: only what changed; the authors are those of the article."""

    quoted: str
    article: str
    quote: dict[str, str]
    authors: list[str]


class QuoteCard(QFrame):
    """Shows one quote.

    Signals:
        completed(Completed): something was typed, and is to be recorded.
        copied(str): the quote with this id is to be copied with its reference.
        comment_wanted(str): the quote with this id is to be commented.
        note_wanted(str): the quote with this id is to be put in a note.
        closed(): the card had the keys, and gives them to the text.
    """

    completed = Signal(object)
    copied = Signal(object)
    comment_wanted = Signal(object)
    note_wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quoteCard")
        self._passport: Passport | None = None
        self._came_from: QWidget | None = None
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFont(theme.reading_font(11.5))
        self.words.setWordWrap(True)
        self.source, self.meter = QLabel(), QLabel()
        for one in (self.source, self.meter):
            one.setObjectName("muted")
            one.setTextFormat(Qt.TextFormat.PlainText)
            one.setWordWrap(True)
        self.speaker = _field("speaker", _("Who says it?"))
        self.role = _field("role", _("In which capacity?"))
        self.author = _field("author", _("Author of the article"))
        # Everybody who reads the quote reads it: it is corrected here, never begun.
        self.comment = _field("comment", _("Comment, read by all who read the quote"))
        self._build()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.source)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.speaker, 0, 0)
        grid.addWidget(self.role, 0, 1)
        grid.addWidget(self.author, 1, 0, 1, 2)
        grid.addWidget(self.comment, 2, 0, 1, 2)
        for one in (self.speaker, self.role, self.author, self.comment):
            one.returnPressed.connect(self.finish)
        column.addLayout(grid)
        foot = QHBoxLayout()
        foot.addWidget(self.meter, 1)
        copy = QPushButton(_("Copy"))
        copy.setObjectName("quiet")
        copy.setToolTip(_("Copy with its reference"))
        copy.clicked.connect(lambda: self.copied.emit(self.quoted))
        comment = QPushButton(_("Comment…"))
        comment.setObjectName("quiet")
        comment.setToolTip(_("A comments the quote: for you alone, unless you say otherwise."))
        comment.clicked.connect(lambda: self.comment_wanted.emit(self.quoted))
        note = QPushButton(_("In a note…"))
        note.setObjectName("quiet")
        note.setToolTip(_("Shift+C puts the quote in a note, with its reference."))
        note.clicked.connect(lambda: self.note_wanted.emit(self.quoted))
        done = QPushButton(_("Done"))
        done.setToolTip(_("C goes to the card; Enter or Esc records what was typed."))
        done.setObjectName("done")
        done.clicked.connect(self.finish)
        foot.addWidget(comment)
        foot.addWidget(copy)
        foot.addWidget(note)
        foot.addWidget(done)
        column.addLayout(foot)

    @property
    def quoted(self) -> str:
        """Give the quote that is shown, "" for none."""
        return self._passport.row.id if self._passport is not None else ""

    def concerns(self, thing: str) -> bool:
        """Tell whether a thing is the quote that is shown, or the article it comes from."""
        about = self._passport.about if self._passport is not None else None
        return thing == self.quoted or (about is not None and thing == about.id)

    def show_quote(self, passport: Passport) -> None:
        """Show a quote. The text keeps the focus: whoever quotes several goes on."""
        self._record()
        self._passport = passport
        row, about = passport.row, passport.about
        self.words.setText(f"«\u00a0{clip(row.text('exact'), length=_SHOWN)}\u00a0»")
        parts = [about.title, about.source or names.unknown_source(),
                 dates.published(about.published), about.text("url")] if about else []  # fmt: skip
        self.source.setText(" · ".join(part for part in parts if part))
        self.meter.setText(marking.meter(passport.meter))
        self.speaker.setText(row.text("speaker"))
        self.role.setText(row.text("role"))
        self.comment.setText(row.text("comment"))
        self.comment.setVisible(bool(row.text("comment")))
        known = about is not None and bool(about.authors)
        self.author.setText(", ".join(about.authors) if about is not None else "")
        self.author.setPlaceholderText(
            _("Author of the article") if known else _("author not stated — to be confirmed")
        )
        for one, missing in ((self.author, not known), (self.speaker, not row.text("speaker"))):
            one.setProperty("tone", "missing" if missing else "")
            one.style().unpolish(one)
            one.style().polish(one)
        self.show()

    def enter(self) -> None:
        """Go to the first thing that nobody said yet."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        first = next((one for one in (self.speaker, self.author) if not one.text()), self.speaker)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first.selectAll()

    def finish(self) -> None:
        """Record what was typed, close the card, and give back the keys it was given."""
        self._record()
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        back, self._came_from, self._passport = self._came_from, None, None
        self.hide()
        if inside and back is not None and back.isVisible():
            back.setFocus()
        elif inside:
            self.closed.emit()

    def _record(self) -> None:
        if self._passport is not None:
            row, about = self._passport.row, self._passport.about
            typed = {"speaker": self.speaker, "role": self.role, "comment": self.comment}
            said = {name: collapse(one.text()) for name, one in typed.items()}
            said = {name: value for name, value in said.items() if value != row.text(name)}
            names_ = [collapse(one) for one in self.author.text().split(",") if one.strip()]
            same = about is None or names_ == list(about.authors)
            if said or not same:
                article = about.id if about is not None else ""
                done = Completed(row.id, article, said, [] if same else names_)
                self.completed.emit(done)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)


def _field(name: str, told: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(f"quote_{name}")
    made.setAccessibleName(told)
    made.setPlaceholderText(told)
    made.setToolTip(told)
    return made
