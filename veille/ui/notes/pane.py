"""A note: read over the whole width, or written beside what it will be; what hangs around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.domain.views import Present
from veille.sentences import embedding
from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.notes import offers, places
from veille.ui.notes.around import Around
from veille.ui.notes.bars import HeadBar, ToolBar
from veille.ui.notes.editor import Editor
from veille.ui.notes.naming import Asked
from veille.ui.notes.pause import Pause
from veille.ui.notes.preview import Piece, Preview
from veille.ui.notes.recording import Recording, State

if TYPE_CHECKING:
    from veille.desk.wiki import Page

REVISION_MS: Final = 120_000
PAUSE_MS: Final = 1_200
PREVIEW_MS: Final = 180
# Who types without a pause has a draft kept, and sees what it will be, this often all the same.
DRAFT_MOST_MS: Final = 2_500
PREVIEW_MOST_MS: Final = 900
# Below this width (pixels), text and preview take turns.
ROOM_FOR_BOTH: Final = 820
# What hangs around is shown beside the note from this width on.
_ROOM_AROUND: Final = 640


class NotePane(QWidget):
    """Shows one note, and writes it.

    Signals:
        link_chosen(str): a link of the preview was clicked.
        quote_requested(): the button that inserts a quote was pressed.
        history_requested(str): the states of the note are wanted.
        writing(str): the note that is being written, "" for none.
        mode_changed(bool): whether it is being written, or read, from now on.
    """

    link_chosen = Signal(object)
    quote_requested = Signal()
    history_requested = Signal(object)
    writing = Signal(object)
    mode_changed = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__()
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self.note = ""
        self._clean = 0
        self._loading = False
        self._page: Page | None = None
        self._ticket = 0
        self.recording = Recording(desk, jobs, bus, self)
        self.title = QLineEdit()
        self.title.setObjectName("noteTitle")
        self.title.setAccessibleName(_("Title"))
        self.title.setPlaceholderText(_("Title"))
        self.title.setFont(_heading())
        self.text = Editor()
        self.preview = Preview(desk.blob)
        self.around = Around(desk, jobs, bus)
        self.head, self.tools = HeadBar(), ToolBar()
        self._status, self._present = self.head.status, self.head.present
        self._links, self._edit = self.head.links, self.head.edit
        self._pause = Pause(self, self._on_pause, after=PAUSE_MS, most=DRAFT_MOST_MS)
        self._render = Pause(self, self._on_render, after=PREVIEW_MS, most=PREVIEW_MOST_MS)
        self._revision = Pause(self, self.save, after=REVISION_MS, most=REVISION_MS)
        self._build()
        self._connect()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._left = QWidget()
        self._left.setObjectName("page")
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.tools)
        column.addWidget(self.text, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self.preview)
        self.splitter.addWidget(self.around)
        self.splitter.setSizes([500, 500, 300])
        self.around.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.splitter, 1)
        self._show_sides()

    def _connect(self) -> None:
        self._edit.toggled.connect(self._show_sides)
        self._links.toggled.connect(self._on_links_toggled)
        self.head.history_requested.connect(lambda: self.history_requested.emit(self.note))
        self.tools.asked.connect(self.text.act)
        self.tools.quote_requested.connect(self.quote_requested)
        self.preview.link_chosen.connect(self.link_chosen)
        self.preview.write_requested.connect(lambda: self.write(writing=True))
        self.around.link_chosen.connect(self.link_chosen)
        self.text.textChanged.connect(self._on_edited)
        self.text.completion_wanted.connect(self._on_completion_wanted)
        self.text.picture_given.connect(self._on_picture_given)
        self.text.scrolled.connect(self._on_text_scrolled)
        self.title.textEdited.connect(self._on_edited)
        self.title.returnPressed.connect(self.text.setFocus)
        self.recording.told.connect(self._on_recording_told)

    # --- what is shown -------------------------------------------------------------------------

    def write(self, *, writing: bool) -> None:
        """Begin or stop writing."""
        self._edit.setChecked(writing)
        if writing:
            self.text.setFocus()
        else:
            self.save()

    @property
    def is_writing(self) -> bool:
        """Tell whether the note is being written, not read."""
        return self._edit.isChecked()

    def toggle_links(self) -> None:
        """Show what hangs around the note, or no more."""
        self._links.toggle()

    def _show_sides(self) -> None:
        writing = self.is_writing
        self.head.dress()
        self._left.setVisible(writing)
        # A hidden text must take no key: a stack gives the focus back to what had it.
        self._left.setEnabled(writing)
        self.mode_changed.emit(writing)
        self._fit()
        if writing:
            self.text.setFocus()
        else:
            self.save()
        self._on_render()

    def _fit(self) -> None:
        """Show what there is room for: the text first, then what it will be, then its links."""
        links = self._links.isChecked()
        room = self.width() - (self.around.minimumWidth() if links else 0)
        was_hidden = self.preview.isHidden()
        self.preview.setVisible(not self.is_writing or room >= theme.px(ROOM_FOR_BOTH))
        self.around.setVisible(links and self.width() >= theme.px(_ROOM_AROUND))
        if was_hidden and not self.preview.isHidden():
            self._render.put_off()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_links_toggled(self, shown: bool) -> None:
        self._fit()
        if shown:
            self.around.show_note(self.note)

    def show_note(self, note: str) -> None:
        """Open a note, saving the one that was open; a draft left by a crash comes back."""
        other = note != self.note
        if not other and self.modified:
            # Never touch what is being written, whatever was learned meanwhile.
            return
        if other:
            self.save()
        read = self._desk.wiki.read(note)
        draft = read.draft
        known = State(note, read.title, read.text, draft.parents if draft else read.heads)
        title, text = (draft.title, draft.text) if draft else (read.title, read.text)
        if (awaited := self.recording.awaited(note)) is not None:
            # It is being recorded: what the memory says is older than what was written.
            draft, known = None, awaited
            title, text = awaited.title, awaited.text
        self._loading = True
        self.note = note
        self.recording.begin(known, has_draft=bool(draft))
        self._fill(title, text, other=other)
        self._clean = -1 if draft else self.text.revision
        self._loading = False
        if other:
            self._page = self._desk.wiki.page(note, voice=embedding)
            # Whoever walks through the list reads; what was left unfinished is there to be seen.
            self._edit.setChecked(False)
        self._on_render()
        self._tell()
        if self._links.isChecked():
            self.around.show_note(note)

    def _fill(self, title: str, text: str, *, other: bool) -> None:
        if self.title.text() != title:
            self.title.setText(title)
            self.title.setCursorPosition(0)
        if self.written != text.rstrip("\n"):
            if other:
                self.text.setPlainText(text)
            else:
                # A colleague's words: the caret stays among those it stood in.
                places.become(self.text.document(), text)

    def tell_present(self, present: Sequence[Present], people: Mapping[str, str]) -> None:
        """Say who else is writing this note: a courtesy, never a lock."""
        here = [one for one in present if one.thing == self.note]
        lines = [_editing(one, people.get(one.person, _("A colleague"))) for one in here]
        self._present.setText(" · ".join(lines))
        self._present.setVisible(bool(lines))

    def insert(self, text: str) -> None:
        """Insert text at the cursor, on lines of its own."""
        cursor = self.text.textCursor()
        above = cursor.block().previous()
        begun = cursor.block().text()[: cursor.positionInBlock()]
        lead = "\n\n" if begun else "\n" if above.isValid() and above.text().strip() else ""
        cursor.insertText(f"{lead}{text}\n\n")
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def dress(self) -> None:
        """Render again, in the colours in force."""
        for one in (self.head, self.tools, self.text, self.around):
            one.dress()
        self._on_render()

    def name_it(self) -> None:
        """Begin with the title of a new note."""
        self.write(writing=True)
        self.title.setFocus()
        self.title.selectAll()

    def refresh(self, changes: Changes) -> None:
        """Show what a colleague wrote, unless something is being written here."""
        if self.note in changes.entities and not self.modified and self._desk.rows([self.note]):
            self.show_note(self.note)
        elif changes.entities:
            # What the note shows in place may be what changed.
            self._render.put_off()
        if self._links.isChecked():
            self.around.refresh(changes)

    # --- recording -----------------------------------------------------------------------------

    @property
    def modified(self) -> bool:
        """Tell whether something is not recorded yet."""
        # What is being recorded is what the next revision would differ from.
        state = self.recording.awaited(self.note) or self.recording.state
        if not self.note or state.note != self.note:
            return False
        if self.title.text() != state.title:
            return True
        unchanged = self.text.revision == self._clean and state is self.recording.state
        return not unchanged and self.written != state.text.rstrip("\n")

    @property
    def written(self) -> str:
        """Give the text as it is recorded: empty lines at its end are being typed, no more."""
        return self.text.plain().rstrip("\n")

    def save(self) -> None:
        """Record what was written, as one revision."""
        self._pause.stop()
        self._revision.stop()
        self.writing.emit("")
        if self.modified:
            self.recording.record(self.title.text(), self.written)
        else:
            self.recording.let_go()

    def _on_recording_told(self) -> None:
        is_recorded = self.written == self.recording.state.text.rstrip("\n")
        self._clean = self.text.revision if is_recorded else -1
        self._tell()

    def _on_edited(self) -> None:
        if self._loading or not self.note:
            return
        self._pause.put_off()
        self._render.put_off()
        self.writing.emit(self.note)
        self._revision.put_off()
        if not self.recording.has_draft:
            self._status.setText(_("Not recorded yet"))

    def _on_pause(self) -> None:
        if not self.modified:
            self.recording.let_go()
            return
        self.recording.keep(self.title.text(), self.text.plain())
        self._status.setText(_("Draft kept"))

    def _tell(self) -> None:
        self._status.setText(_("Not recorded yet") if self.modified else _("Recorded"))

    # --- the preview ---------------------------------------------------------------------------

    def _on_render(self) -> None:
        """Render aside; an answer that comes after the next key is dropped."""
        page, note = self._page, self.note
        if page is None or (self.preview.isHidden() and self.is_writing):
            return
        title, text = self.title.text(), self.text.plain()
        self._ticket += 1
        ticket = self._ticket

        def show(pieces: list[Piece]) -> None:
            if ticket != self._ticket or note != self.note:
                return
            if self.is_writing:
                self.preview.show_written(title, pieces, self.text.line_at_cursor())
            else:
                self.preview.show_read(title, pieces)

        self._jobs.look(lambda: page.pieces(title, text), show)

    def on_paper(self, done: Callable[[str, QTextDocument], None]) -> None:
        """Lay the whole note out as it stands here, for a printer."""
        page, title, text = self._page, self.title.text(), self.text.plain()
        if page is not None:
            self._jobs.look(
                lambda: page.pieces(title, text),
                lambda pieces: done(title, self.preview.on_paper(title, pieces)),
            )

    def _on_text_scrolled(self, line: int) -> None:
        if self.is_writing and not self._render.isActive():
            self.preview.follow(line)

    # --- what the editor asks ------------------------------------------------------------------

    def _on_completion_wanted(self, asked: Asked) -> None:
        note, desk = self.note, self._desk

        self._jobs.look(
            lambda: offers.found(desk, asked.kind, asked.typed, note=note),
            lambda found: self.text.offer(asked, found),
        )

    def _on_picture_given(self, data: bytes) -> None:
        def failed(_problem: VeilleError) -> None:
            told = _("This picture could not be read; save it as PNG or JPEG and drop it again.")
            self._bus.say(told, tone="error")

        self._jobs.write(
            lambda: self._desk.wiki.keep_picture(data),
            lambda address: self.text.insert_picture(address, _("picture")),
            failed,
        )


def _heading() -> QFont:
    font = theme.reading_font(20)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _editing(one: Present, name: str) -> str:
    """Say that somebody writes, and since how long nothing was heard of it."""
    seconds = one.since_ms // 1_000
    if seconds < 60:
        told = _("{name} is editing this note ({n} s ago)")
        return told.format(name=name, n=number(seconds))
    told = _("{name} is editing this note ({n} min ago)")
    return told.format(name=name, n=number(seconds // 60))
