"""The page that answers *What was said about…*: a question, and quotes along a line of time."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.desk import Desk
from veille.sentences import citing, saying
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.jobs import Jobs
from veille.ui.saying.bar import SaidBar, question_field
from veille.ui.saying.lines import arrange
from veille.ui.saying.model import SaidModel
from veille.ui.saying.opening import Opening
from veille.ui.saying.quotes import SaidList
from veille.ui.saying.sheet import sheet
from veille.ui.saying.unkept import Unkept
from veille.ui.widgets import pages
from veille.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from veille.desk.saying import Said

_PAUSE_MS: Final = 250
_NO_LINK: Final = Qt.TextInteractionFlag.NoTextInteraction
_LINKS: Final = (
    Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
)
_TOLD_SILENT: Final = 3
_NOTE_KEYS: Final = QKeySequence("Ctrl+Shift+N")


class SaidPane(QWidget):
    """Asks and shows what was said.

    Space selects, Enter opens the passage, Ctrl+A selects everything, Ctrl+C copies with
    references, Ctrl+Shift+N makes a note of what is selected, Esc goes back.

    Signals:
        opened(str): the passage of this quote is to be shown.
        note_requested(str, list[str]): a note with this title is to be made of these quotes.
        closed(): whoever came here goes back.
        answered(): an answer is shown.
        copied(int): so many quotes were copied.
        search_requested(str): everything is to be searched for this.
    """

    opened = Signal(object)
    note_requested = Signal(object, object)
    closed = Signal()
    answered = Signal()
    copied = Signal(object)
    search_requested = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._said: Said | None = None
        self._ticket = 0
        # What the button of an answer that holds nothing does.
        self._way_out: Callable[[], None] = self.ask
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.model = SaidModel()
        self.bar = SaidBar()
        self.opening = Opening()
        self.empty = EmptyState()
        self.empty.setObjectName("blank")
        self.question, self.list = question_field(), SaidList(self.model)
        self._counts, self._cautions, self._selected = QLabel(), QLabel(), QLabel()
        self.unkept = Unkept()
        self._hint = QLabel(
            _("Space selects · Enter opens the passage · Ctrl+A selects everything")
        )
        self.note = QPushButton(_("Make a note"))
        self.copy = QPushButton(_("Copy"))
        self.back = QPushButton(_("Back"))
        self._build()
        self._connect()
        self._order()
        self.dress()
        self._tell()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        shown = (self.opening, self.list, self.empty)
        self.stack = pages.stacked(self, [self._head()], shown, below=self._foot())

    def _head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("paneHead")
        column = QVBoxLayout(head)
        column.setContentsMargins(28, 16, 20, 12)
        column.setSpacing(6)
        above = QHBoxLayout()
        asked = QLabel(_("What was said about…"))
        asked.setObjectName("muted")
        asked.setBuddy(self.question)
        above.addWidget(asked, 1)
        self.back.setObjectName("quiet")
        self.back.setToolTip(_("Back ({keys})").format(keys=_("Esc")))
        above.addWidget(self.back)
        column.addLayout(above)
        column.addWidget(self.question)
        self._cautions.setObjectName("cautions")
        self._cautions.setWordWrap(True)
        for one in (self._counts, self._hint):
            # What has no room is cut rather than to widen the window.
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        between = QHBoxLayout()
        between.addWidget(self._counts, 1)
        between.addWidget(self.bar.arranging)
        column.addLayout(between)
        column.addWidget(self.unkept)
        column.addWidget(self._cautions)
        column.addWidget(self.bar)
        return head

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("saidFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(28, 8, 20, 8)
        row.setSpacing(8)
        self._hint.setObjectName("muted")
        self._selected.setFont(theme.ui_font(theme.BODY, weight=QFont.Weight.DemiBold))
        self._selected.setObjectName("selected")
        self.copy.setToolTip(_("Copy with references ({keys})").format(keys="Ctrl+C"))
        keys = _NOTE_KEYS.toString(QKeySequence.SequenceFormat.NativeText)
        self.note.setToolTip(
            _("A note of what is selected, with numbered references ({keys})").format(keys=keys)
        )
        self.note.setObjectName("primary")
        row.addWidget(self._hint, 1)
        for one in (self._selected, self.copy, self.note):
            row.addWidget(one)
        self._foot_frame = foot
        return foot

    def _connect(self) -> None:
        self.question.textEdited.connect(self._on_text_edited)
        self.question.returnPressed.connect(self._on_return_pressed)
        self.opening.asked.connect(self.ask_about)
        self.opening.articles_requested.connect(lambda: self.opened.emit("view:articles"))
        self.bar.narrowed.connect(self.ask)
        self.bar.arranged.connect(lambda _name: self._show(self._said))
        self.model.checked_changed.connect(self._tell_selected)
        self.list.opened.connect(self.opened)
        self.list.copy_requested.connect(self.copy_selected)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self.empty.other_requested.connect(self._search)
        self._cautions.linkActivated.connect(self.ask_about)
        self.unkept.search.clicked.connect(self._search)
        self.note.clicked.connect(self.make_note)
        self.copy.clicked.connect(self.copy_selected)
        self.back.clicked.connect(self.closed)

    def _order(self) -> None:
        """Have the tabulator go from the question to the quotes, then to what is done with them."""
        segments = self.bar.arrangements.buttons()
        chain: list[QWidget] = [self.back, self.question, *segments, self.unkept.search,
                                self.bar.source, self.bar.speaker, self.bar.around, self.list,
                                self.copy, self.note]  # fmt: skip
        for one, other in pairwise(chain):
            self.setTabOrder(one, other)

    def dress(self) -> None:
        """Take the colours in force."""
        c = theme.colours()
        self.setStyleSheet(sheet(c))
        self.note.setIcon(theme.icon("notebook-text", c.on_accent))
        self.copy.setIcon(theme.icon("copy"))
        self.back.setIcon(theme.icon("arrow-left", c.accent))
        self.opening.dress()
        self.list.dress()

    # --- asking --------------------------------------------------------------------------------

    def ask_about(self, question: str) -> None:
        """Ask a question, as if it had been typed; "" shows what can be asked."""
        self.question.setText(question)
        self.bar.forget()
        self.ask()
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Ask what stands in the field, narrowed as was chosen."""
        self._pause.stop()
        self._ticket += 1
        question, (source, speaker) = self.question.text().strip(), self.bar.chosen
        around = self.bar.around.isChecked()
        if not question:
            self._show(None)
            self._jobs.look(self._desk.saying.examples, self.opening.show_examples)
            return

        def look() -> Said:
            return self._desk.saying.said(
                question, by=speaker, source=source, around=around, silent=False
            )

        self._look(look, self._on_said)

    def refresh(self) -> None:
        """Ask again: the memory changed."""
        if self.isVisible():
            self.ask()

    def _look(self, act: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Look something up for the question that is asked now; for an older one it is dropped."""
        ticket = self._ticket

        def still_wanted() -> Any:
            return act() if ticket == self._ticket else None

        def latest_only(result: Any) -> None:
            if ticket == self._ticket and result is not None:
                done(result)

        self._jobs.look(still_wanted, latest_only)

    def _on_said(self, said: Said) -> None:
        self._show(said)
        self.answered.emit()
        # Who was silent takes longer to know: the quotes do not wait for it.
        self._look(lambda: self._desk.saying.silences(said), self._on_silences)

    def _on_silences(self, silences: Any) -> None:
        if self._said is not None and silences:
            self._show(replace(self._said, silences=silences))

    def _on_text_edited(self, _text: str) -> None:
        self.bar.forget()
        self._pause.start()

    def _on_return_pressed(self) -> None:
        self.ask()
        self._look(lambda: True, lambda _done: self._enter_list())

    def _enter_list(self) -> None:
        if self.stack.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing -------------------------------------------------------------------------------

    def _show(self, said: Said | None) -> None:
        self._said = said
        self.list.show_lines(arrange(said, self.bar.arrangement) if said is not None else [])
        if said is not None:
            self.bar.show_counts(said.sources, said.speakers)
        self._tell()

    def _tell(self) -> None:
        said = self._said
        has_quotes = said is not None and bool(said.items)
        self._counts.setText(saying.counts(said) if said is not None else "")
        for one in (self._counts, self.bar.arranging, self._foot_frame):
            one.setVisible(has_quotes)
        # An empty page says it in its middle.
        self.unkept.tell(said if has_quotes else None)
        self._tell_cautions()
        narrowed = any(self.bar.chosen) or not self.bar.around.isChecked()
        self.bar.setVisible(said is not None and (has_quotes or narrowed))
        if said is not None and not has_quotes:
            self._tell_nothing(said)
        shown = self.opening if said is None else self.list if has_quotes else self.empty
        self.stack.setCurrentWidget(shown)
        self._tell_selected()

    def _search(self) -> None:
        self.search_requested.emit(self.question.text().strip())

    def _tell_cautions(self) -> None:
        lines = [html.escape(one) for one in (saying.cautions(self._said) if self._said else [])]
        if self._said is not None and self._said.items and self._said.did_you_mean:
            meant = html.escape(self._said.did_you_mean)
            told = html.escape(_("Did you mean: {query}?"))
            lines.append(told.replace("{query}", f'<a href="{meant}">{meant}</a>'))
        self._cautions.setText("<br>".join(lines))
        # Without a link the tabulator has nothing to stop at.
        linked = any("<a " in one for one in lines)
        self._cautions.setTextInteractionFlags(_LINKS if linked else _NO_LINK)
        self._cautions.setVisible(bool(lines))

    def _tell_nothing(self, said: Said) -> None:
        """Say that nothing was found, who could not be heard, and what else to try."""
        told = [_("No quote answers. Try fewer words, another spelling, or all sources.")]
        told += [saying.unkept(said)] if said.articles else []
        told += [f"{saying.silence(one)}." for one in said.silences[-_TOLD_SILENT:]]
        button, other = _("Try other words"), _("Search the articles") if said.articles else ""
        self._way_out = self._take_the_question
        if said.did_you_mean:
            meant = said.did_you_mean
            button = _("Did you mean: {query}?").format(query=meant)
            self._way_out = lambda: self.ask_about(meant)
        elif not self.bar.around.isChecked():
            button = _("Look in articles about it too")
            self._way_out = lambda: self.bar.around.setChecked(True)
        picture = theme.pixmap("search", theme.colours().muted, 40, self.devicePixelRatioF())
        self.empty.tell(picture, _("Nobody said it here"), "\n".join(told), button, other)

    def _tell_selected(self) -> None:
        count = len(self.model.checked)
        self._selected.setText(saying.selected(count))
        for one in (self.note, self.copy):
            one.setEnabled(count > 0 or one is self.copy)

    def _take_the_question(self) -> None:
        self.question.setFocus()
        self.question.selectAll()

    def _on_empty_action_requested(self) -> None:
        self._way_out()

    # --- what is done with quotes --------------------------------------------------------------

    def make_note(self) -> None:
        """Ask for a note of what is selected."""
        if chosen := self.model.checked:
            title = saying.note_title(self.question.text())
            self.note_requested.emit(title, chosen)

    def copy_selected(self) -> None:
        """Copy what is selected, else the current quote, with references."""
        chosen = self.model.checked or ([self.list.current] if self.list.current else [])

        def look() -> tuple[citing.Cited, int]:
            gathered = self._desk.saying.gathered(chosen)
            items = [(one.row, one.about) for one in gathered]
            return saying.copied(items, style=self._desk.citing.style()), len(items)

        if chosen:
            self._jobs.look(look, self._on_cited)

    def _on_cited(self, found: tuple[citing.Cited, int]) -> None:
        cited, count = found
        mime = QMimeData()
        mime.setText(cited.text)
        mime.setHtml(cited.html)
        mime.setData("text/markdown", cited.markdown.encode())
        QGuiApplication.clipboard().setMimeData(mime)
        self.copied.emit(count)

    # --- keys ----------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        # The window has this key for an empty note: here it makes one of what is selected.
        if event.type() == QEvent.Type.ShortcutOverride and _is_note(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_note(event):
            self.make_note()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._said is None:
            if not self._ticket:
                self.ask()
            self.question.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_note(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    return QKeySequence(event.keyCombination()) == _NOTE_KEYS
