"""What is done with notes: begun, from a template or from quotes, looked at in their history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.domain.views import Filter
from veille.sentences import names, saying, templates
from veille.sentences.catalogue import _, language, n_
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.commands import Focus
from veille.ui.jobs import Jobs
from veille.ui.notes.pane import NotePane

if TYPE_CHECKING:
    from veille.desk.templates import Template
    from veille.ui.notes.history import NoteHistory
    from veille.ui.notes.loose import LooseDialog

_RECENT = 500


class Writing(QObject):
    """Begins notes, and shows what is known of them."""

    def __init__(  # noqa: PLR0913 - what it drives, given by name
        self, desk: Desk, jobs: Jobs, bus: Bus, *, pane: NotePane, focus: Focus,
        asked: Callable[[], str], quoted: Callable[[], str], window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._pane, self._focus, self._window = pane, focus, window
        # What is searched now: the first title that a note of quotes is offered.
        self._asked = asked
        # The quote that is visited in the text, or was just made of it.
        self._quoted = quoted
        self._history: NoteHistory | None = None
        self._loose: LooseDialog | None = None
        pane.quote_requested.connect(self.insert_quote)
        pane.history_requested.connect(lambda _note: self.show_history())

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "new_note": self.new,
            "put_in_note": self.put_in_note,
            "new_from_template": self.new_from_template,
            "open_templates": self.open_templates,
            "save_note": self._pane.save,
            "note_history": self.show_history,
            "note_links": self._pane.toggle_links,
            "loose_notes": self.show_loose,
        }

    # --- beginning -----------------------------------------------------------------------------

    def new(self) -> None:
        """Begin a note: of the quotes that are selected, else an empty one."""
        quotes = [one for one in self._focus.targets() if kind_of(one) == "quote"]
        if quotes:
            self._new_of_quotes(quotes)
        else:
            self.begin()

    def begin(self, title: str = "") -> None:
        """Begin an empty note."""
        self._created(lambda: self._desk.new_note(title or _("Untitled note"), ""))

    def _new_of_quotes(self, quotes: Sequence[str]) -> None:
        told = n_("{n} quote, with its numbered reference.",
                  "{n} quotes, each with its numbered reference.", len(quotes))  # fmt: skip
        title = ask.text(self._window, _("New note"), told, initial=self._asked())
        if title is None:
            return
        write = partial(saying.note, style=self._desk.citing.style())
        named = title.strip() or _("Untitled note")
        self._created(lambda: self._desk.saying.note_of(named, quotes, write=write))

    def put_in_note(self) -> None:
        """Put in a note the quotes that are selected, else the one that is visited or just made."""
        selected = [one for one in self._focus.targets() if kind_of(one) == "quote"]
        if some := selected or [one for one in (self._quoted(),) if one]:
            self.put_quotes(some)
        else:
            self._bus.say(_("Choose a quote first, or make one with C: it is put in a note."))

    def put_quotes(self, some: Sequence[str]) -> None:
        """Ask for a note and put quotes in it, each with its reference."""
        # What is being written there comes first.
        self._pane.save()
        rows = self._desk.rows(self._desk.ids(Filter(kinds=("note",)), limit=_RECENT))
        chosen = ask.choose(
            self._window,
            _("Put in a note"),
            [Choice(row.id, row.title) for row in rows],
            n_("{n} quote, with its numbered reference.",
               "{n} quotes, each with its numbered reference.", len(some)),
            may_create=_("New note: {text}"),
        )  # fmt: skip
        if chosen:
            self._jobs.write(lambda: self._put(chosen, some), self._on_put)

    def _put(self, chosen: str, quotes: Sequence[str]) -> tuple[str, Changes]:
        style = self._desk.citing.style()
        if chosen.startswith("+"):
            write = partial(saying.note, style=style)
            note = self._desk.saying.note_of(chosen.removeprefix("+"), quotes, write=write)
            return note, Changes(frozenset({note}))
        add = partial(saying.added, style=style)
        return chosen, self._desk.saying.put_in(chosen, quotes, write=add)

    def _on_put(self, put: tuple[str, Changes]) -> None:
        note, changes = put
        self._bus.changed.emit(changes)
        form = _("Put in “{title}”.") if changes.entities else _("“{title}” shows it already.")
        told = form.format(title=self._desk.title(note))
        opens = partial(self._bus.open_requested.emit, note)
        self._bus.say(told, undo=changes.gesture, action=_("Open"), act=opens)

    def new_from_template(self) -> None:
        """Choose what a note begins from, and begin it."""

        def choose(found: list[Template]) -> None:
            choices = [Choice(one.name, one.label) for one in found]
            hint = _("These are files that your team can change: File, Templates of notes.")
            name = ask.choose(self._window, _("New note from a template"), choices, hint)
            chosen = next((one for one in found if one.name == name), None)
            if chosen is not None:
                self._begin_from(lambda: chosen)

        self._jobs.look(self.templates, choose)

    def templates(self) -> list[Template]:
        """Give what a note may begin from; for a lane: they may be on the drive of the team."""
        return self._desk.wiki.templates(language=language(), words=self._words())

    def begin_from(self, name: str) -> None:
        """Begin a note from the template of this name."""
        self._begin_from(
            lambda: self._desk.wiki.template(name, language=language(), words=self._words())
        )

    def _words(self) -> Mapping[str, str]:
        return templates.words(clock.now_ms(), self._desk.name())

    def _begin_from(self, template: Callable[[], Template]) -> None:
        def made() -> str:
            one = template()
            return self._desk.new_note(one.title, one.text, tags=one.tags, template=one.name)

        self._created(made, writing=True)

    def _created(self, act: Callable[[], str], *, writing: bool = False) -> None:
        def done(made: str) -> None:
            self._bus.changed.emit(Changes(frozenset({made})))
            self._bus.open_requested.emit(made)
            if writing:
                self._pane.write(writing=True)

        self._jobs.write(act, done)

    # --- templates -----------------------------------------------------------------------------

    def open_templates(self) -> None:
        """Open the folder of the templates, those of the program put there to be changed."""

        def done(folder: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        self._jobs.write(lambda: self._desk.wiki.fill_templates_folder(language=language()), done)

    # --- what is known of a note ---------------------------------------------------------------

    def insert_quote(self) -> None:
        """Ask for a quote and show it in the note that is written."""
        rows = self._desk.rows(self._desk.ids(Filter(kinds=("quote",)), limit=_RECENT))
        choices = [
            Choice(row.id, f"{row.text('speaker') or names.unknown_speaker()} — {row.title}")
            for row in rows
        ]
        quoted = ask.choose(self._window, _("Insert a quote"), choices)
        if quoted:
            self._pane.write(writing=True)
            self._pane.insert(f"![[{quoted}]]")

    def show_history(self) -> None:
        """Show who wrote what in the note, and when."""
        from veille.ui.notes.history import NoteHistory

        row = self._focus.current()
        if row is None or row.kind != "note":
            self._bus.say(_("Choose a note first: its history is shown."))
            return
        self._pane.save()
        if self._history is None:
            self._history = NoteHistory(self._desk, self._jobs, self._bus, self._window)
        self._history.show_note(row.id)

    def show_loose(self) -> None:
        """Show the notes that hang on nothing, and those that are still to be written."""
        from veille.ui.notes import loose

        def made() -> LooseDialog:
            dialog = loose.LooseDialog(self._desk, self._jobs, self._bus, self._window)
            dialog.write_requested.connect(self.begin)
            return dialog

        self._loose = loose.show(self._loose, made)
