"""The note editor: title, text, preview beside it, completion of links, saving as one goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.domain.views import Draft, Filter, Present
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.notes.editor import Editor
from veille.ui.notes.preview import Preview

PAUSE_MS: Final = 1_200
PREVIEW_MS: Final = 180
# Below this width (pixels), text and preview take turns.
ROOM_FOR_BOTH: Final = 820


class NotePane(QWidget):
    """Writes one note.

    Each pause keeps a draft on this computer; leaving the note, Ctrl+S, or two minutes of typing
    record a revision, so that the history holds states somebody meant.

    Signals:
        link_chosen(str): a link of the preview was clicked.
        quote_requested(): the button that inserts a quote was pressed.
        writing(str): the note that is being written, "" for none.
    """

    link_chosen = Signal(object)
    quote_requested = Signal()
    writing = Signal(object)

    REVISION_MS: Final = 120_000

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__()
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self.note = ""
        self._saved = ("", "")
        self._parents: tuple[str, ...] = ()
        self._loading = False
        self._has_draft = False
        self._saving: tuple[str, str, str] | None = None
        self.title = QLineEdit()
        self.title.setObjectName("noteTitle")
        self.title.setAccessibleName(_("Title"))
        self.title.setPlaceholderText(_("Title"))
        self.title.setFont(_heading())
        self.text = Editor()
        self.preview = Preview(desk)
        self.preview.link_chosen.connect(self.link_chosen)
        self._status = QLabel()
        self._status.setObjectName("muted")
        self._present = QLabel()
        self._present.setObjectName("present")
        self._present.setTextFormat(Qt.TextFormat.PlainText)
        self._present.hide()
        self._pause = _timer(self, PAUSE_MS, self._on_pause)
        self._render = _timer(self, PREVIEW_MS, self._on_render)
        self._revision = _timer(self, self.REVISION_MS, self.save)
        self._build()
        self.text.textChanged.connect(self._on_edited)
        self.title.textEdited.connect(self._on_edited)
        self.title.returnPressed.connect(self.text.setFocus)

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(22, 8, 22, 4)
        tools.setSpacing(2)
        for icon, name, before, after in (
            ("bold", _("Bold"), "**", "**"),
            ("italic", _("Italic"), "*", "*"),
            ("heading", _("Heading"), "## ", ""),
            ("list", _("List"), "- ", ""),
            ("link", _("Link to a note"), "[[", "]]"),
        ):
            button = self._tool(icon, name)
            button.clicked.connect(
                lambda _checked=False, b=before, a=after: self.text.surround(b, a)
            )
            tools.addWidget(button)
        quote = self._tool("text-quote", _("Insert a quote"))
        quote.setText(_("Insert a quote"))
        quote.clicked.connect(self.quote_requested)
        tools.addWidget(quote)
        tools.addStretch(1)
        self._left = QWidget()
        self._left.setObjectName("page")
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addLayout(tools)
        column.addWidget(self.text, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self.preview)
        self.splitter.setSizes([500, 500])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(self.splitter)
        self._show_sides()

    def _head(self) -> QHBoxLayout:
        """Two modes: reading, the whole width; writing, beside the preview where there is room."""
        head = QHBoxLayout()
        head.setContentsMargins(20, 8, 14, 8)
        self._edit = QPushButton()
        self._edit.setObjectName("editNote")
        self._edit.setCheckable(True)
        self._edit.toggled.connect(self._show_sides)
        head.addWidget(self._status)
        head.addWidget(self._present)
        head.addStretch(1)
        head.addWidget(self._edit)
        return head

    def write(self, *, writing: bool) -> None:
        """Begin or stop writing."""
        self._edit.setChecked(writing)
        if writing:
            self.text.setFocus()
        else:
            self.save()

    def _show_sides(self) -> None:
        writing = self._edit.isChecked()
        self._edit.setText(_("Done") if writing else _("Write"))
        self._edit.setIcon(theme.icon("check" if writing else "pencil"))
        self._left.setVisible(writing)
        self.preview.setVisible(not writing or self.width() >= ROOM_FOR_BOTH)
        if writing:
            self.text.setFocus()
        else:
            self.save()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.preview.setVisible(not self._edit.isChecked() or self.width() >= ROOM_FOR_BOTH)

    def _tool(self, icon: str, name: str) -> QPushButton:
        button = QPushButton(theme.icon(icon), "")
        button.setObjectName("quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_note(self, note: str) -> None:
        """Open a note, saving the one that was open; a draft left by a crash comes back."""
        other = note != self.note
        if not other and self.modified:
            # Never touch what is being written, whatever was learned meanwhile.
            return
        if other:
            self.save()
        read = self._desk.read(note)
        draft = self._desk.draft(note)
        text = draft.text if draft else read.text
        title = draft.title if draft else read.row.title
        self._loading = True
        self._has_draft = draft is not None
        self.note = note
        self._parents = draft.parents if draft else self._desk.note_heads(note)
        self._saved = (read.row.title, read.text)
        if self.title.text() != title:
            self.title.setText(title)
            self.title.setCursorPosition(0)
        if self.text.plain() != text:
            place = self.text.textCursor().position()
            self.text.setPlainText(text)
            cursor = self.text.textCursor()
            cursor.setPosition(0 if other else min(place, len(text)))
            self.text.setTextCursor(cursor)
        self.text.titles = self._titles()
        self._loading = False
        if other:
            # A note left unfinished, or not begun, opens for writing.
            self._edit.setChecked(draft is not None or not text.strip())
        self._on_render()
        self._tell()

    def tell_present(self, present: Sequence[Present], people: Mapping[str, str]) -> None:
        """Say who else is writing this note: a courtesy, never a lock."""
        here = [one for one in present if one.thing == self.note]
        lines = [
            _("{name} is editing this note ({n} s ago)").format(
                name=people.get(one.person, _("A colleague")), n=one.since_ms // 1_000
            )
            for one in here
        ]
        self._present.setText(" · ".join(lines))
        self._present.setVisible(bool(lines))

    def insert(self, text: str) -> None:
        """Insert text at the cursor, on lines of its own."""
        cursor = self.text.textCursor()
        before = self.text.plain()[: cursor.position()]
        lead = (
            ""
            if not before or before.endswith("\n\n")
            else "\n"
            if before.endswith("\n")
            else "\n\n"
        )
        cursor.insertText(f"{lead}{text}\n\n")
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def dress(self) -> None:
        """Render again, in the colours in force."""
        self._on_render()

    def name_it(self) -> None:
        """Begin with the title of a new note."""
        self.write(writing=True)
        self.title.setFocus()
        self.title.selectAll()

    def refresh(self, changes: Changes) -> None:
        """Show what a colleague wrote, unless something is being written here."""
        if self.note in changes.entities and not self.modified:
            self.show_note(self.note)
        elif any(one.startswith("q-") for one in changes.entities):
            self._on_render()

    @property
    def modified(self) -> bool:
        """Tell whether something is not recorded yet."""
        return bool(self.note) and (self.title.text(), self.text.plain()) != self._saved

    def save(self) -> None:
        """Record what was written, as one revision."""
        self._pause.stop()
        self._revision.stop()
        self.writing.emit("")
        if not self.modified:
            self._drop_draft()
            return
        note, parents = self.note, self._parents
        old_title, old_text = self._saved
        title, text = self.title.text().strip() or old_title, self.text.plain()
        written = (self.title.text(), text)
        if self._saving == (note, *written):
            return
        self._saving = (note, *written)
        draft = Draft(title, text, parents)

        def record() -> tuple[Changes, tuple[str, ...]]:
            entities: set[str] = set()
            heads = parents
            if title != old_title:
                entities |= self._desk.rename_note(note, title).entities
            if text != old_text:
                changes = self._desk.edit_note(note, text, parents=parents)
                entities |= changes.entities
                # What a colleague wrote meanwhile was not before my eyes: it is no parent.
                heads = (changes.gesture,) if changes.gesture else parents
            self._desk.drop_draft(note)
            return Changes(frozenset(entities), initiator="notes"), heads

        def done(recorded: tuple[Changes, tuple[str, ...]]) -> None:
            changes, heads = recorded
            self._saving = None
            if self.note == note:
                self._parents, self._saved = heads, written
                self._tell()
            self._bus.changed.emit(changes)

        def failed(problem: VeilleError) -> None:
            # Not recorded: it stays in the editor, and as a draft where that can be written.
            self._saving = None
            self._jobs.write(lambda: self._desk.keep_draft(note, draft), None, lambda _p: None)
            self._jobs.failed.emit(problem)
            self._tell()

        self._jobs.write(record, done, failed)

    def _on_edited(self) -> None:
        if self._loading or not self.note:
            return
        self._pause.start()
        self._render.start()
        self.writing.emit(self.note)
        if not self._revision.isActive():
            self._revision.start()
        self._status.setText(_("Not recorded yet"))

    def _on_pause(self) -> None:
        if not self.modified:
            self._drop_draft()
            return
        note, draft = self.note, Draft(self.title.text(), self.text.plain(), self._parents)
        self._jobs.write(lambda: self._desk.keep_draft(note, draft))
        self._has_draft = True
        self._status.setText(_("Draft kept"))

    def _drop_draft(self) -> None:
        """Forget a draft of what was typed and taken out again."""
        if self.note and self._has_draft:
            note, self._has_draft = self.note, False
            self._jobs.write(lambda: self._desk.drop_draft(note))

    def _on_render(self) -> None:
        self.preview.show_text(self.title.text(), self.text.plain())

    def _tell(self) -> None:
        self._status.setText(_("Not recorded yet") if self.modified else _("Recorded"))

    def _titles(self) -> Sequence[str]:
        rows = self._desk.rows(self._desk.ids(Filter(kinds=("note", "dossier"))))
        return sorted({row.title for row in rows if row.id != self.note})


def _heading() -> QFont:
    font = theme.reading_font(20)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _timer(parent: QWidget, milliseconds: int, act: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
