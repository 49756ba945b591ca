"""What hangs around a note: who links to it, who could, where it leads, under which names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from veille.desk.desk import Desk
from veille.desk.linking import Lead, Linked, Mention, Surroundings
from veille.domain.errors import NotFound
from veille.domain.facts import Changes
from veille.domain.fields import MAX_LINE
from veille.domain.text import collapse, key
from veille.domain.views import Row
from veille.sentences import linking
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.notes.graph import ICONS, Graph
from veille.ui.notes.lines import Line, Lines
from veille.ui.notes.sections import Section
from veille.ui.widgets.pages import scrolled

WIDTH: Final = 260
_SOON_MS: Final = 120
_NEW: Final = "new/"
_Read = tuple[Surroundings, list[Mention]]


class Around(QWidget):
    """The panel of one note.

    Signals:
        link_chosen(str): an address of veille: of a thing, or ``veille:new/Title`` to write it.
        shown(): what was read is shown.
    """

    link_chosen = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus) -> None:
        super().__init__()
        self.setObjectName("around")
        self.setMinimumWidth(theme.px(WIDTH))
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self.note = ""
        self._read: _Read | None = None
        self._reading = self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._look)
        self.graph = Graph()
        self.link_all = QPushButton(_("Link all"))
        self.link_all.setObjectName("quiet")
        # Room is scarce beside the heading.
        self.link_all.setStyleSheet("QPushButton { padding: 3px 4px; }")
        self.alias = QLineEdit()
        self.alias.setObjectName("around_alias")
        self.alias.setPlaceholderText(_("Add another title"))
        self.alias.setAccessibleName(_("Add another title"))
        self.alias.setMaxLength(MAX_LINE)
        self.sections = self._sections()
        self._build()
        self._connect()

    # --- building ------------------------------------------------------------------------------

    def _sections(self) -> dict[str, Section]:
        link, remove = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_L), (Qt.Key.Key_Delete,)
        mentions = Lines("mentions", action=_("Link"), keys=link)
        aliases = Lines("aliases", action=_("Remove"), keys=remove)
        return {
            "namesakes": Section("namesakes", Lines("namesakes")),
            "linked": Section("linked", Lines("linked")),
            "letters": Section("letters", Lines("letters")),
            "mentions": Section("mentions", mentions, beside=self.link_all),
            "leads": Section("leads", Lines("leads")),
            "aliases": Section("aliases", aliases, after=self.alias),
            "dossiers": Section("dossiers", Lines("dossiers")),
            "picture": Section("picture", Lines("picture"), after=self.graph),
        }

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 12, 8, 16)
        column.setSpacing(4)
        for one in self.sections.values():
            column.addWidget(one)
        column.addStretch(1)
        scroll = scrolled(inside)
        scroll.setObjectName("around_scroll")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _connect(self) -> None:
        for name, one in self.sections.items():
            if name != "aliases":
                one.lines.chosen.connect(self._on_line_chosen)
        self.sections["mentions"].lines.acted.connect(self._on_mention_acted)
        self.sections["aliases"].lines.acted.connect(self._on_alias_acted)
        self.link_all.clicked.connect(self._on_link_all_clicked)
        self.alias.returnPressed.connect(self._on_alias_entered)
        self.graph.chosen.connect(self._on_line_chosen)

    # --- reading -------------------------------------------------------------------------------

    def show_note(self, note: str) -> None:
        """Show what hangs around a note, read aside."""
        self.note = note
        self._look()

    def refresh(self, changes: Changes) -> None:
        """Look again, soon, when something that may hang around the note changed."""
        if self.note and changes.touches("n-", "d-", "a-", "q-", "p-"):
            self._soon.start()

    def dress(self) -> None:
        """Put the colours in force on."""
        for one in self.sections.values():
            one.dress()
        self.graph.update()
        self._fill()

    def _look(self) -> None:
        self._again = self._reading
        if self._reading or not self.note:
            return
        self._reading = True
        note, desk = self.note, self._desk

        def look() -> _Read | None:
            try:
                return desk.wiki.around(note), desk.wiki.mentions(note)
            except NotFound:
                # Erased meanwhile, or of a space that was left.
                return None

        self._jobs.look(look, self._on_looked)

    def _on_looked(self, read: _Read | None) -> None:
        self._reading = False
        if self._again:
            self._look()
            return
        self._read = read
        self._fill()
        self.shown.emit()

    # --- showing -------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self._read is None:
            return
        around, mentions = self._read
        self._show("namesakes", [_namesake(one) for one in around.namesakes])
        self.sections["namesakes"].setVisible(bool(around.namesakes))
        self._show("linked", [_linked(one) for one in around.linked if not one.letter])
        self._show("letters", [_linked(one) for one in around.linked if one.letter])
        self._show("mentions", [_mention(one) for one in mentions])
        self._show("leads", [_lead(one) for one in around.leads])
        self._show("aliases", [Line(one, one) for one in around.aliases])
        self._show("dossiers", [Line(one.id, one.title, icon="folder") for one in around.dossiers])
        self.sections["letters"].setVisible(any(one.letter for one in around.linked))
        self.link_all.setVisible(len(mentions) > 1)
        self.sections["picture"].show_lines((), count=len(around.near))
        self.graph.setVisible(bool(around.near))
        self.graph.show_near(around.row.title, around.near)

    def _show(self, name: str, lines: Sequence[Line]) -> None:
        self.sections[name].show_lines(lines)

    # --- acting --------------------------------------------------------------------------------

    def _on_line_chosen(self, value: object) -> None:
        if isinstance(value, Mention):
            self.link_chosen.emit(f"veille:{value.note}")
        else:
            self.link_chosen.emit(f"veille:{value}")

    def _on_mention_acted(self, value: object) -> None:
        if isinstance(value, Mention):
            self._link([value])

    def _on_link_all_clicked(self) -> None:
        if self._read is not None:
            self._link(self._read[1])

    def _link(self, mentions: Sequence[Mention]) -> None:
        if self._read is None:
            return
        note, desk = self._read[0].row.id, self._desk
        self._record(lambda: desk.wiki.link_mentions(note, mentions), linking.linked(len(mentions)))

    def _aliases(self) -> Sequence[str]:
        return self._read[0].aliases if self._read is not None else ()

    def _on_alias_entered(self) -> None:
        named = collapse(self.alias.text())
        if not named or self._read is None:
            return
        self.alias.clear()
        if key(named) not in {key(one) for one in (self._read[0].row.title, *self._aliases())}:
            self._set_aliases(
                lambda now: [*now, named], _("“{title}” is another title now.").format(title=named)
            )

    def _on_alias_acted(self, value: object) -> None:
        self._set_aliases(
            lambda now: [one for one in now if one != value],
            _("“{title}” is another title no more.").format(title=value),
        )

    def _set_aliases(self, change: Callable[[Sequence[str]], Sequence[str]], told: str) -> None:
        if self._read is None:
            return
        note, desk = self._read[0].row.id, self._desk
        # From the titles of the moment: a colleague may have added one.
        self._record(
            lambda: desk.wiki.set_aliases(note, change(desk.wiki.around(note).aliases)), told
        )

    def _record(self, act: Callable[[], Changes], told: str) -> None:
        def done(changes: Changes) -> None:
            self._bus.changed.emit(changes)
            self._bus.say(told, undo=changes.gesture)
            self._soon.stop()
            self._look()

        self._jobs.write(act, done)


def _namesake(row: Row) -> Line:
    return Line(row.id, row.title, icon="notebook-text", detail=linking.namesake(row))


def _linked(one: Linked) -> Line:
    return Line(
        one.note, one.title, detail=linking.shown(one), before=one.before, words=one.words,
        after=one.after,
    )  # fmt: skip


def _mention(one: Mention) -> Line:
    return Line(one, one.title, before=one.before, words=one.words, after=one.after)


def _lead(one: Lead) -> Line:
    if one.row is None:
        return Line(
            f"{_NEW}{one.title}", one.title, icon="plus", detail=linking.lead(one), missing=True
        )
    icon = ICONS.get(one.row.kind, "file-text")
    return Line(one.row.id, one.title, icon=icon, detail=linking.lead(one))
