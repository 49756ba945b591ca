"""The page of a dossier: what it is, what it holds, in which order, and who has read what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.operation import Json
from veille.domain.text import collapse
from veille.domain.views import Filter, Row
from veille.sentences import dossiers
from veille.sentences.catalogue import _
from veille.ui import ask, theme
from veille.ui.ask import Choice, Field
from veille.ui.bus import Bus
from veille.ui.dossiers import paper
from veille.ui.dossiers.head import DossierHead
from veille.ui.dossiers.lines import Shown, look
from veille.ui.dossiers.members import MembersList
from veille.ui.dossiers.model import MembersModel
from veille.ui.dossiers.readers import ReadersPanel
from veille.ui.jobs import Jobs
from veille.ui.widgets import prose
from veille.ui.widgets.empty_state import EmptyState

_NO_COVER: Final = "-"
# Below this height (pixels) the list has the room that is left.
_LOW: Final = 600
_LEAST: Final = 90
_POINTS: Final = 11.5


class DossierPane(QWidget):
    """Shows one dossier, and puts it in order.

    Signals:
        opened(str): a member, or the cover note, is to be shown.
        parcours_requested(str): the dossier with this id is to be read in order.
        cover_requested(str): a cover note is to be written for the dossier with this id;
            ``write_cover`` begins an empty one.
        shown(): a dossier is on the page.
    """

    opened = Signal(object)
    parcours_requested = Signal(object)
    cover_requested = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__()
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self.dossier = ""
        self._shown: Shown | None = None
        self._ticket = 0
        self.model = MembersModel()
        self.head, self.list = DossierHead(), MembersList(self.model)
        self.readers, self.empty = ReadersPanel(), EmptyState()
        self.empty.setObjectName("blank")
        self.empty.action_requested.connect(lambda: bus.open_requested.emit("view:articles"))
        self._hint = QLabel(
            _("Enter opens · Alt+↑ ↓ moves · Space marks as read · Del takes out of the dossier")
        )
        self._build()
        self._connect()
        self.dress()

    def _build(self) -> None:
        held = QWidget()
        # The head and the foot are shown whole; the list has what is left.
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        held.setMinimumHeight(theme.px(_LEAST))
        self._stack = QStackedLayout(held)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._hint.setObjectName("dossier_hint")
        self._hint.setWordWrap(True)
        self._hint.setIndent(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(held, 1)
        column.addWidget(self._hint)
        column.addWidget(self.readers)

    def _connect(self) -> None:
        self.head.edit_requested.connect(self._on_edit_requested)
        self.head.reading_requested.connect(self._on_reading_requested)
        self.head.write_requested.connect(lambda: self.cover_requested.emit(self.dossier))
        self.head.choice_requested.connect(self._on_choice_requested)
        self.head.opened.connect(self.opened)
        self.list.opened.connect(self.opened)
        self.list.reading_requested.connect(self._on_reading_requested)
        self.list.move_requested.connect(self._on_move_requested)
        self.list.place_requested.connect(self._on_place_requested)
        self.list.removal_requested.connect(self._on_removal_requested)
        self.list.mark_requested.connect(self._on_mark_requested)

    # --- showing -------------------------------------------------------------------------------

    def show_dossier(self, dossier: str) -> None:
        """Show a dossier; what is selected in the one that is shown already stays so."""
        if dossier != self.dossier:
            self.dossier, self._shown = dossier, None
            self.list.show_lines([])
        self._look()

    def refresh(self, changes: Changes) -> None:
        """Show what changed, when it concerns the dossier that is shown."""
        if not self.dossier or not changes.entities:
            return
        around = {self.dossier} | (self._shown.ids if self._shown is not None else set())
        follows = self._shown is not None and self._shown.found.dossier.text("query")
        if around & changes.entities or changes.touches("p-") or follows:
            self._look()

    def dress(self) -> None:
        """Take the colours in force."""
        self.setStyleSheet(_sheet(theme.colours()))
        self.head.dress()
        if self._shown is not None:
            self._show(self._shown)
        self.list.viewport().update()

    def _look(self) -> None:
        self._ticket += 1
        ticket, dossier = self._ticket, self.dossier

        def done(found: Shown) -> None:
            # A later look is under way, or another dossier was chosen.
            if ticket == self._ticket:
                self._show(found)
                self.shown.emit()

        self._jobs.look(lambda: look(self._desk, dossier, now=clock.now_ms()), done)

    def _show(self, found: Shown) -> None:
        self._shown = found
        self.head.show_dossier(found)
        self.list.show_lines(found.lines)
        self.readers.show_progress(found, me=self._desk.person)
        self.readers.setVisible(bool(found.found.steps))
        self._fit()
        if not found.lines:
            self._tell_empty()
        self._stack.setCurrentWidget(self.list if found.lines else self.empty)

    def _tell_empty(self) -> None:
        picture = theme.pixmap("folder-open", theme.colours().muted, 40, self.devicePixelRatioF())
        self.empty.tell(
            picture,
            _("Nothing is in this dossier yet"),
            _("Choose an article, a quote or a note, and press D to put it in."),
            _("Show the articles"),
        )

    def on_paper(self, done: Callable[[str, QTextDocument], None]) -> None:
        """Lay out what the dossier holds, for a printer."""
        dossier = self.dossier

        def laid_out(found: Shown) -> None:
            document = QTextDocument()
            document.setDefaultFont(theme.reading_font(_POINTS))
            document.setDefaultStyleSheet(
                prose.sheet(theme.points(_POINTS), theme.LIGHT, theme.UI_FONT)
            )
            document.setHtml(paper.html(found))
            done(found.found.dossier.title, document)

        # A sheet is read later: days are told whole, never as “yesterday”.
        self._jobs.look(lambda: look(self._desk, dossier, now=0), laid_out)

    # --- what is done --------------------------------------------------------------------------

    def _record(
        self, act: Callable[[], Changes], told: str, failed: Callable[[Any], None] | None = None
    ) -> None:
        def done(changes: Changes) -> None:
            if changes.entities:
                self._bus.changed.emit(changes)
            if told and changes.gesture:
                self._bus.say(told, undo=changes.gesture)

        self._jobs.write(act, done, failed)

    def _on_move_requested(self, items: Sequence[str], by: int) -> None:
        told = dossiers.moved(self.model.rows(items))
        self._record(partial(self._desk.dossiers.move, self.dossier, list(items), by=by), told)

    def _on_place_requested(self, items: Sequence[str], after: str) -> None:
        told = dossiers.moved(self.model.rows(items))
        act = partial(self._desk.dossiers.place, self.dossier, list(items), after=after)
        self._record(act, told)

    def _on_removal_requested(self, items: Sequence[str]) -> None:
        members = [one for one in self.model.members if one in set(items)]
        if members:
            told = dossiers.taken_out(self.model.rows(members))
            self._record(partial(self._desk.remove_from_dossier, self.dossier, members), told)
        elif items:
            self._bus.say(_("The search finds it: change the search, and it leaves the dossier."))

    def _on_mark_requested(self, items: Sequence[str]) -> None:
        """Mark as read; what is all read already is to be read again."""
        if self._shown is None or not items:
            return
        read = {one.row.id for one in self._shown.found.steps if one.read}
        wanted = not set(items) <= read
        act = partial(self._desk.dossiers.mark, self.dossier, read=wanted)

        def all_of_them() -> Changes:
            done = [act(one) for one in items if (one in read) != wanted]
            return Changes(frozenset().union(*(one.entities for one in done)))

        self._record(all_of_them, "")

    def _on_reading_requested(self) -> None:
        if self._shown is not None and self._shown.found.steps:
            self.parcours_requested.emit(self.dossier)

    # --- what is said of it --------------------------------------------------------------------

    def _on_edit_requested(self) -> None:
        if self._shown is None:
            return
        row = self._shown.found.dossier
        asked = ask.form(
            self,
            _("Describe the dossier"),
            _("What belongs together here, and for whom?"),
            [
                Field("title", _("Title"), row.title),
                Field("description", _("Description"), row.text("description")),
            ],
        )
        if asked is not None:
            self._describe(row, {name: asked.get(name, "") for name in ("title", "description")})

    def _describe(self, row: Row, said: dict[str, str]) -> None:
        # A form has one line: lines that were not touched stay as many as they were.
        changed: dict[str, Json] = {
            name: value
            for name, value in said.items()
            if collapse(value) != collapse(row.text(name))
        }
        if changed:
            act = partial(self._desk.dossiers.describe, row.id, changed, seen=row)
            self._record(act, _("Dossier described"))

    def write_cover(self, dossier: str) -> None:
        """Begin a cover note where the dossier is, and open it."""
        title = self._shown.found.dossier.title if self._shown is not None else ""

        def done(note: str) -> None:
            self._bus.changed.emit(Changes(frozenset({dossier, note})))
            self.opened.emit(note)

        told = _("{title}: what to know first").format(title=title)
        self._jobs.write(lambda: self._desk.dossiers.new_cover(dossier, told), done)

    def _on_choice_requested(self) -> None:
        self._jobs.look(
            lambda: self._desk.rows(self._desk.ids(Filter(kinds=("note",)))), self._choose_cover
        )

    def _choose_cover(self, notes: Sequence[Row]) -> None:
        if self._shown is None:
            return
        row = self._shown.found.dossier
        personal = next(one.id for one in self._desk.spaces() if one.personal)
        # A private note would be a cover that colleagues cannot read.
        mine = row.space == personal
        choices = [Choice(one.id, one.title) for one in notes if mine or one.space == row.space]
        if self._shown.cover is not None:
            choices.insert(0, Choice(_NO_COVER, _("No cover note")))
        hint = _("It is read first, and goes where the dossier goes.")
        chosen = ask.choose(self, _("Choose the cover note"), choices, hint)
        if chosen:
            cover = "" if chosen == _NO_COVER else chosen
            act = partial(self._desk.dossiers.describe, row.id, {"cover": cover}, seen=row)
            self._record(
                act,
                _("Cover note chosen.") if cover else _("The dossier has no cover note any more."),
            )

    # --- keys, sizes --------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_reading_requested()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_low = self.height() < _LOW
        self._hint.setVisible(not is_low and self.model.rowCount() > 0)
        self.head.fit(is_low=is_low)


def _sheet(c: theme.Colours) -> str:
    return f"""
    #dossier_head {{ background: {c.paper}; border-bottom: 1px solid {c.line}; }}
    #dossier_head QScrollArea, #dossier_head QScrollArea > QWidget > QWidget {{
        background: transparent; }}
    #dossier_members {{ background: {c.base}; border: 2px solid transparent; outline: 0; }}
    #dossier_members:focus {{ border: 2px solid {c.accent}; }}
    #dossier_hint {{ background: {c.base}; color: {c.muted}; border-top: 1px solid {c.line};
        padding: 7px 28px; }}
    #dossier_readers {{ background: {c.card}; border-top: 1px solid {c.line}; }}
    #dossier_readers QScrollArea, #dossier_readers QScrollArea > QWidget > QWidget {{
        background: transparent; }}
    #dossier_readers QProgressBar {{ background: {c.line}; border: 0; border-radius: 3px; }}
    #dossier_readers QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    #primary:disabled {{ color: {c.muted}; background: {c.window}; border-color: {c.line}; }}
    """
