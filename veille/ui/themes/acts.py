"""What is done to themes: asked of the person, then of the desk on its lane, then said, with *Undo*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.desk.theming import Theme
from veille.desk.thesaurus_file import Format, Imported
from veille.domain.errors import BadName, FileUnreadable, Refused, VeilleError
from veille.domain.facts import Changes
from veille.domain.roles import READER
from veille.domain.text import key
from veille.sentences import names, theming
from veille.sentences.catalogue import _, n_
from veille.sentences.errors import sentence
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.themes.tree import by_name, named

_TOP: Final = "/"
_FORMS: Final[dict[str, Format]] = {".ttl": "turtle", ".csv": "csv", ".rdf": "skos"}


class ThemeActs(QObject):
    """One method for each thing that can be done; each is one gesture.

    Signals:
        made(str): this theme is to be chosen now.
    """

    made = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, listed: Callable[[], Sequence[Theme]],
        window: QWidget,
    ) -> None:  # fmt: skip
        """Make the acts; ``listed`` gives the themes that are shown."""
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._listed, self._window = listed, window

    # --- one by one ----------------------------------------------------------------------------

    def new(self) -> None:
        """Make a theme."""
        typed = ask.text(
            self._window,
            _("New theme"),
            _("Its name, as people will read it. “Mobility > Cycling” puts it below a theme."),
        )
        *above, label = (typed or "").split(">")
        broader = above[-1].strip() if above else ""
        if not label.strip():
            return
        space = "" if broader else self._where()
        if space is None:
            return
        self._write(
            partial(self._desk.themes.add, label, broader=broader, space=space),
            lambda _made: _("Theme “{name}” made").format(name=label.strip()),
            then=self.made.emit,
        )

    def rename(self, one: Theme) -> None:
        """Rename a theme everywhere; a name that another has leads to making them one."""
        typed = ask.text(
            self._window, _("Rename “{name}”").format(name=one.label),
            _("Everywhere at once. The old name stays as a synonym."), initial=one.label,
        )  # fmt: skip
        new = (typed or "").strip()
        if not new or new == one.label:
            return
        other = self._owner(new)
        if other is not None and named(other) != named(one):
            self._offer_merge(one, other)
            return
        space = self._where() if one.is_free else ""
        if space is None:
            return
        self._write(
            partial(self._desk.themes.rename, named(one), new, space=space),
            lambda _done: _("“{old}” is now “{new}” everywhere").format(old=one.label, new=new),
        )

    def set_alts(self, one: Theme, alts: Sequence[str]) -> None:
        """Say the synonyms of a theme."""
        self._write(
            partial(self._desk.themes.change, one.id, alts=alts),
            lambda _done: _("Synonyms of “{name}” changed").format(name=one.label),
        )

    def set_note(self, one: Theme, note: str) -> None:
        """Say when to use a theme."""
        self._write(
            partial(self._desk.themes.change, one.id, note=note),
            lambda _done: _("Note of “{name}” changed").format(name=one.label),
        )

    # --- several -------------------------------------------------------------------------------

    def promote(self, some: Sequence[Theme]) -> None:
        """Make themes of free labels."""
        free = [one.label for one in some if one.is_free]
        space = self._where() if free else None
        if space is None:
            return
        self._write(
            partial(self._desk.themes.promote, *free, space=space),
            lambda _done: n_("{n} theme made", "{n} themes made", len(free)),
        )

    def merge(self, some: Sequence[Theme]) -> None:
        """Make themes one with another."""
        chosen = {named(one) for one in some}
        others = [one for one in self._listed() if named(one) not in chosen]
        into = ask.choose(
            self._window,
            _("Merge into which theme?"),
            [Choice(named(one), theming.path(one.path)) for one in others],
            _("All their words become words of that theme; what bears them bears it."),
        )
        if into is not None:
            self._merge(by_name(others)[into], some)

    def place(self, some: Sequence[Theme]) -> None:
        """Put themes below a broader one, or at the top."""
        below = {named(one) for one in some}
        # What is below them cannot be above them.
        for one in self._listed():
            if one.broader in below:
                below.add(one.id)
        choices = [Choice(_TOP, _("At the top"))]
        choices += [
            Choice(one.id, theming.path(one.path))
            for one in self._listed()
            if not one.is_free and one.id not in below
        ]
        chosen = ask.choose(
            self._window, _("Below which theme?"), choices,
            _("Whoever looks for the broader theme finds what is below it too."),
        )  # fmt: skip
        if chosen is None:
            return
        self._write(
            partial(
                self._desk.themes.place,
                [named(one) for one in some],
                "" if chosen == _TOP else chosen,
            ),
            lambda _done: n_("{n} theme put in its place", "{n} themes put in their place", len(some)),
        )  # fmt: skip

    def remove(self, some: Sequence[Theme]) -> None:
        """Take concepts away; their words stay, as free labels."""
        concepts = [one.id for one in some if not one.is_free]
        if concepts:
            self._write(
                partial(self._desk.themes.remove, *concepts),
                lambda _done: n_(
                    "{n} theme removed; things keep their words",
                    "{n} themes removed; things keep their words",
                    len(concepts),
                ),
            )

    # --- files ---------------------------------------------------------------------------------

    def take(self) -> None:
        """Import files, and tell what became of them."""
        kinds = _("Themes (*.rdf *.xml *.ttl *.csv *.tsv *.txt *.skos)")
        paths = ask.files(self._window, _("Import themes"), kinds)
        space = self._where() if paths else None
        if space is None:
            return
        for path in paths:
            self._bus.say(_("Reading {name}…").format(name=Path(path).name))
            self._jobs.write(
                partial(self._desk.themes.import_file, Path(path), space=space),
                partial(self._on_taken, Path(path).name),
            )

    def _on_taken(self, name: str, taken: Imported) -> None:
        self._bus.changed.emit(taken.changes)
        self._bus.say(theming.imported(taken), undo=taken.changes.gesture)
        if taken.problems:
            ask.report(self._window, _("What came in"), name, theming.findings(taken))

    def give(self) -> None:
        """Write the themes to a file, in the form that its name tells."""
        kinds = _("SKOS, for other programs (*.rdf);;Turtle (*.ttl);;Spreadsheet (*.csv)")
        path = ask.save_file(self._window, _("Export the themes"), _("themes.rdf"), kinds)
        if path:
            self._jobs.fetch(
                partial(self._save, Path(path)),
                lambda _none: self._bus.say(_("Written: {path}").format(path=path)),
            )

    def _save(self, path: Path) -> None:
        form = _FORMS.get(path.suffix.lower(), "skos")
        data = self._desk.themes.export(form, name=_("Themes"))
        try:
            path.write_bytes(data)
        except OSError as problem:
            raise FileUnreadable(path=str(path)) from problem

    # --- what they share -----------------------------------------------------------------------

    def _where(self) -> str | None:
        """Ask where themes are recorded when there is a choice; None when the person gave up."""
        spaces = [
            one for one in self._desk.spaces() if one.personal or self._desk.role(one.id) != READER
        ]
        if len(spaces) < 2:
            return ""
        return ask.one_of(
            self._window,
            _("Themes for whom?"),
            [Choice(one.id, names.space(one.name, personal=one.personal)) for one in spaces],
            _("In a shared space, colleagues have the same words and the same synonyms."),
        )

    def _owner(self, label: str) -> Theme | None:
        """Find whose word a label is, among those listed."""
        sought = key(label)
        known = self._listed()
        exact = (one for one in known if key(one.label) == sought)
        synonym = (one for one in known if any(key(alt) == sought for alt in one.alts))
        return next(exact, None) or next(synonym, None)

    def _offer_merge(self, one: Theme, other: Theme) -> None:
        answer = ask.one_of(
            self._window,
            _("“{name}” is a theme already").format(name=other.label),
            [
                Choice("merge", _("Make them one: “{name}”").format(name=other.label)),
                Choice("keep", _("Leave both as they are")),
            ],
        )
        if answer == "merge":
            self._merge(other, [one])

    def _merge(self, into: Theme, some: Sequence[Theme]) -> None:
        space = self._where() if into.is_free else ""
        if space is None:
            return
        names_ = [named(one) for one in some]
        self._write(
            partial(self._desk.themes.merge, named(into), names_, space=space),
            lambda _done: _("Merged into “{name}”").format(name=into.label),
            then=lambda _done: self.made.emit(named(into)),
        )

    def _write(
        self, act: Callable[[], object], told: Callable[[object], str], *,
        then: Callable[[object], object] | None = None,
    ) -> None:  # fmt: skip
        def done(result: object) -> None:
            changes = result if isinstance(result, Changes) else Changes(frozenset({"t-"}))
            self._bus.changed.emit(changes)
            if changes.entities:
                self._bus.say(told(result), undo=changes.gesture)
            if then is not None:
                then(result)

        self._jobs.write(act, done, self._on_failed)

    def _on_failed(self, problem: VeilleError) -> None:
        """Say why, and have the screen show again what stands."""
        if isinstance(problem, BadName):
            owner = self._owner(str(problem.data.get("name", "")))
            said = (
                _("“{word}” is already a word of “{name}”. Merge them, or choose another word.")
                .format(word=problem.data["name"], name=owner.label)
                if owner else sentence(problem)
            )  # fmt: skip
        elif type(problem) is Refused and problem.data.get("what") == "space":
            said = _(
                "Colleagues would lose a theme of theirs: they cannot see the one it would become."
                " Merge the other way round, or share that one first (P)."
            )
        elif type(problem) is Refused:
            said = _("A theme cannot stand above itself.")
        else:
            said = sentence(problem)
        self._bus.say(said, tone="error")
        self._bus.changed.emit(Changes(frozenset({"t-"})))
