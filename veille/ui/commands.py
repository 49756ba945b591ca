"""What the actions do: each asks the desk on its lane, then says what happened, with *Undo*."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.domain.text import clip
from veille.domain.views import Choice as Two
from veille.domain.views import Filter, Row
from veille.sentences import theming
from veille.sentences.catalogue import _, n_
from veille.sentences.errors import sentence
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

# Of what was filed, and of where, the characters that a notice says.
_WHAT: Final = 70
_WHERE: Final = 40


class Focus(Protocol):
    """What the commands act upon: asked of the window when a command runs."""

    def targets(self) -> list[str]:
        """Give the things selected."""

    def just_kept(self) -> list[str]:
        """Give what was kept a moment ago: what is filed next is that, not what came after it."""

    def current(self) -> Row | None:
        """Give the thing that is read."""

    def passage(self) -> tuple[int, int] | None:
        """Give the passage selected in the reader."""

    def words(self) -> str:
        """Give the words selected in the reader."""

    def capture(self) -> str:
        """Give the capture that is shown in the reader, "" for none."""

    def mark(self) -> str:
        """Give the quote or annotation that is visited in the reader, "" for none."""

    def reading(self) -> bool:
        """Tell whether the keys go to the text that is read, not to a list."""


class Commands(QObject):
    """One method an action."""

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, *, focus: Focus, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._focus, self._window = focus, window
        jobs.failed.connect(self._on_failed)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "new_dossier": self.new_dossier,
            "delete": self.delete,
            "tag": self.tag,
            "dossier": self.dossier,
            "open_original": self.open_original,
            "who": self.introduce,
        }

    def _record(self, act: Callable[[], Changes], told: str = "") -> None:
        def done(changes: Changes) -> None:
            self._bus.changed.emit(changes)
            if told and changes.entities:
                self._bus.say(told, undo=changes.gesture)

        self._jobs.write(act, done)

    # --- filing --------------------------------------------------------------------------------

    def tag(self) -> None:
        """Ask for a theme and add it."""
        kept = self._focus.just_kept()
        targets = kept or self._chosen()
        if not targets:
            return
        self._jobs.look(
            lambda: theming.to_choose(self._desk.themes, targets[0]),
            lambda known: self._choose_theme(targets, known, kept=bool(kept)),
        )

    def _choose_theme(
        self, targets: Sequence[str], known: Sequence[tuple[str, str, str]], *, kept: bool
    ) -> None:
        chosen = ask.choose(
            self._window,
            _("Theme"),
            [Choice(*one) for one in known],
            self._filed(targets, kept=kept),
            may_create=_("New theme: {text}"),
        )
        if chosen:
            theme = chosen.removeprefix("+")
            told = self._put(_("Theme “{name}” added: {what}"), theme, targets)
            self._record(lambda: self._desk.tag(targets, add=[theme]), told)

    def dossier(self) -> None:
        """Ask for a dossier and file what is selected in it."""
        kept = self._focus.just_kept()
        targets = kept or self._focus.targets()
        if not targets:
            return
        rows = self._desk.rows(self._desk.ids(Filter(kinds=("dossier",))))
        chosen = ask.choose(
            self._window,
            _("Dossier"),
            [Choice(row.id, row.title) for row in rows],
            self._filed(targets, kept=bool(kept)),
            may_create=_("New dossier: {text}"),
        )
        if chosen:
            titles = {row.id: row.title for row in rows}
            name = titles.get(chosen) or chosen.removeprefix("+")
            told = self._put(_("Filed in “{name}”: {what}"), name, targets)
            self._record(lambda: self._file(chosen, targets), told)

    def _filed(self, targets: Sequence[str], *, kept: bool) -> str:
        """Name what is to be filed; what was just kept is not what is before the eyes."""
        what = self._said(targets)
        return _("Just kept: {what}").format(what=what) if kept else what

    def _put(self, told: str, name: str, targets: Sequence[str]) -> str:
        """Say what was put where, both short enough for a line or two."""
        what = clip(self._said(targets), length=_WHAT)
        return told.format(name=clip(name, length=_WHERE), what=what)

    def _chosen(self) -> list[str]:
        """Give the passage that is visited in the text, else what is selected."""
        mark = self._focus.mark()
        return [mark] if mark and self._focus.reading() else self._focus.targets()

    def _file(self, chosen: str, targets: Sequence[str]) -> Changes:
        new = chosen.startswith("+")
        dossier = self._desk.find_dossier(chosen.removeprefix("+")) if new else chosen
        changes = self._desk.add_to_dossier(dossier, targets)
        return Changes(changes.entities | {dossier, *targets}, changes.gesture)

    def new_dossier(self) -> None:
        """Ask for a title and open a dossier."""
        title = ask.text(self._window, _("New dossier"), _("What belongs together?"))
        if title and title.strip():
            self._created(lambda: self._desk.new_dossier(title))

    def fill_dossier(self, query: str) -> None:
        """Have the dossier that is read hold what a search finds; an empty search stops that."""
        row = self._focus.current()
        if row is None or row.kind != "dossier":
            return
        asked = ask.text(
            self._window,
            _("Fill the dossier by a search"),
            _("What the search finds, now and later, stands in the dossier beside what you put"
              " there. Empty: nothing but what you put there."),
            initial=row.text("query") or query,
        )  # fmt: skip
        if asked is not None:
            told = (
                _("The dossier follows this search.")
                if asked.strip()
                else _("The dossier holds only what is put in it.")
            )
            self._record(lambda: self._desk.set_live(row.id, asked), told)

    def delete(self) -> None:
        """Delete what is selected; *Undo* brings it back."""
        targets = self._chosen()
        if targets:
            told = _("Deleted: {what}").format(what=self._said(targets))
            self._record(lambda: self._desk.delete(targets), told)

    def _created(self, act: Callable[[], str]) -> None:
        def done(made: str) -> None:
            self._bus.changed.emit(Changes(frozenset({made})))
            self._bus.open_requested.emit(made)

        self._jobs.write(act, done)

    def settle(self, thing: str, choice: Two, answer: str) -> None:
        """Keep one of two versions, or both."""
        told = {
            "a": _("Version A was kept; both stay in the history."),
            "b": _("Version B was kept; both stay in the history."),
            "both": _("Both versions were kept."),
            "merged": _("The merged text was kept; both stay in the history."),
        }

        def act() -> Changes:
            return self._desk.settle(thing, choice.number, answer, mark=choice.mark)

        self._record(act, told[answer])

    # --- the rest ------------------------------------------------------------------------------

    def introduce(self) -> None:
        """Ask for the name colleagues will read."""
        name = ask.text(
            self._window, _("Who am I?"), _("Your colleagues see this name."),
            initial=self._desk.name(),
        )  # fmt: skip
        if name and name.strip():
            self._record(lambda: self._desk.introduce(name.strip()))

    def open_original(self) -> None:
        """Open the page in the browser: the person's act."""
        row = self._focus.current()
        if row is not None and row.text("url").startswith(("http://", "https://")):
            QDesktopServices.openUrl(QUrl(row.text("url")))

    @staticmethod
    def open_address(address: str) -> None:
        """Open a link of a text in the browser: the person's act."""
        QDesktopServices.openUrl(QUrl(address))

    def _said(self, targets: Sequence[str]) -> str:
        if len(targets) == 1:
            return next((row.title for row in self._desk.rows(targets)), "")
        return n_("{n} thing", "{n} things", len(targets))

    def _on_failed(self, problem: VeilleError) -> None:
        self._bus.say(sentence(problem), tone="error")
