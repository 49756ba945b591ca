"""What the keys do to the text that is read: look into it, dress it, go back in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.sentences import clipping
from veille.sentences.catalogue import _
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.reading import looks
from veille.ui.reading.looks import Looks
from veille.ui.reading.pane import ReadingPane
from veille.ui.state import WindowState


class Reader(QObject):
    """One method an action."""

    def __init__(  # noqa: PLR0913 - what it drives, given by name
        self, desk: Desk, jobs: Jobs, bus: Bus, *, pane: ReadingPane, state: WindowState,
        compare: Callable[[], None], window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._pane, self._state, self._window = pane, state, window
        self._compare = compare
        pane.looks_chosen.connect(self.wear)
        pane.left.connect(self._on_left)
        pane.capture_chosen.connect(self._on_capture_chosen)
        pane.found_wanted.connect(self._on_found_wanted)
        bus.differences_found.connect(self._on_differences_found)
        self._pane.wear(looks.read(state.text("reading", "")))

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "find_in_text": partial(self._pane.seeker.step, 1),
            "outline": self.outline,
            "next_found": self.next_found,
            "next_passage": partial(self.visit, 1),
            "previous_passage": partial(self.visit, -1),
            "looks": self._pane.choose_looks,
            "bigger": partial(self.bigger, 1),
            "smaller": partial(self.bigger, -1),
            "usual_size": partial(self.bigger, 0),
            "captures": self.captures,
        }

    def visit(self, by: int) -> None:
        """Go to the next passage, or the one before."""
        if not self._pane.visit(by):
            self._bus.say(_("Nothing is marked in this text yet: select a sentence, then S or C."))

    def next_found(self) -> None:
        """Go to the next quote that was found in the text."""
        told = self._pane.next_found()
        if not told and self._pane.proposals.all_kept:
            told = _("Every quote found in this text is kept already.")
        self._bus.say(told or _("No quote was found in this text; select a sentence and press C."))

    def _on_found_wanted(self, wanted: tuple[str, str]) -> None:
        article, capture = wanted
        # A long article takes a moment.
        self._jobs.look(
            lambda: self._desk.found_quotes(article, capture=capture),
            lambda found: self._pane.show_found(article, capture, found),
        )

    def _on_differences_found(self, found: tuple[str, list[dict[str, str]]]) -> None:
        article, pieces = found
        if self._pane.thing == article:
            self._pane.show_differences(pieces)

    def show_passage(self, article: str, thing: str) -> bool:
        """Open an article on a passage: in the capture it was marked in, when it moved since.

        False when it is in no capture that is here.
        """
        passport = self._desk.citing.passport(thing)
        at = passport.placed.anchor.status if passport.placed is not None else "orphan"
        was_read = passport.capture.name if passport.capture is not None else ""
        if at == "exact" or not was_read:
            return self._pane.go_to_passage(thing)
        self._pane.show_thing(article, capture=was_read)
        return self._pane.go_to_passage(thing)

    def outline(self) -> None:
        """Choose a heading and go to it."""
        found = self._pane.headings()
        if len(found) < 2:
            self._bus.say(_("This text has no headings."))
            return
        choices = [
            Choice(str(one.position), f"{'    ' * (one.level - 1)}{one.text}") for one in found
        ]
        chosen = ask.choose(self._window, _("Headings"), choices)
        if chosen is not None:
            self._pane.browser.scroll_to(int(chosen))
            self._pane.browser.setFocus()

    def wear(self, chosen: Looks) -> None:
        """Show texts so, now and next time."""
        self._state.set_text("reading", chosen.written())
        self._pane.wear(chosen)

    def dress(self) -> None:
        """Show texts as was chosen elsewhere."""
        self._pane.wear(looks.read(self._state.text("reading")))

    def bigger(self, by: int) -> None:
        """Make letters bigger (1), smaller (-1), as they were at first (0)."""
        self.wear(self._pane.browser.looks.bigger(by))

    def captures(self) -> None:
        """Choose one of the captures of the article, and read it as it was that day."""
        row = self._pane.row
        if row is None or row.kind != "article":
            return
        people = self._desk.people()
        found = self._desk.intake.captures(row.id)
        whole = [one for one in found if not one.excerpt]
        choices = [Choice("diff", _("Compare the last two"))] if len(whole) > 1 else []
        choices += [
            Choice(one.name, clipping.capture(one, people.get(one.by, ""))) for one in found
        ]
        chosen = ask.choose(
            self._window, _("Captures"), choices,
            _("Captures are never changed. The first one is the one that is read."),
        )  # fmt: skip
        if chosen == "diff":
            self._compare()
        elif chosen:
            self._pane.show_thing(row.id, capture=chosen)
            self._pane.browser.setFocus()

    def _on_capture_chosen(self, chosen: tuple[str, str]) -> None:
        article, capture = chosen

        def done(changes: Changes) -> None:
            self._pane.show_thing(article, capture="")
            self._bus.changed.emit(changes)
            self._bus.say(_("This capture is read now."), undo=changes.gesture)

        self._jobs.write(lambda: self._desk.intake.read_capture(article, capture), done)

    def _on_left(self, left: tuple[str, int]) -> None:
        thing, position = left
        # A place that cannot be noted is not worth a word: the text is found again without it.
        self._jobs.write(
            lambda: self._desk.sorting.note_place(thing, position), None, lambda _problem: None
        )
