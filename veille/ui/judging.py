"""Rules at work in the window: by example, agreed on, changed, paused, given up; all taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.sentences import sorting
from veille.sentences.catalogue import _
from veille.ui.bus import Bus
from veille.ui.commands import Focus
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.ruling import Ruled
    from veille.desk.sorting import Rule
    from veille.ui.rulebook import Rulebook


class Judging(QObject):
    """One method for each thing that is done with a rule."""

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, *, focus: Focus, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._focus, self._window = focus, window
        self.book: Rulebook | None = None

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "discard_like": self.discard_like,
            "rules": lambda: self.show(""),
        }

    def discard_like(self) -> None:
        """Propose a rule from what is selected, with what it would have discarded."""
        some = [one for one in self._focus.targets() if kind_of(one) == "article"]
        if some:
            title = _("Discard what resembles this")
            self._jobs.look(
                lambda: self._desk.sorting.by_example(some),
                lambda found: self._ask(found[0], space=found[1], title=title),
            )

    def begin(self) -> None:
        """Write a rule from nothing."""
        space = next((one.id for one in self._desk.spaces() if one.personal), "")
        self._ask(self._desk.sorting.blank_rule(), space=space, title=_("New rule"))

    def change(self, one: Ruled) -> None:
        """Change a rule."""
        self._ask(one.rule, space=one.row.space, title=_("Change the rule"))

    def _ask(self, rule: Rule, *, space: str, title: str) -> None:
        # The dialog is loaded when it is asked for, not by the start.
        from veille.ui import ruling

        shown = self.book is not None and self.book.isVisible()
        ruling.ask(
            self._desk, self._jobs, rule, space=space, title=title,
            parent=self.book if shown and self.book is not None else self._window,
            agreed=lambda written: self._agree(written, space=space),
        )  # fmt: skip

    def _agree(self, rule: Rule, *, space: str) -> None:
        def agreed() -> tuple[Changes, int]:
            name, changes = self._desk.sorting.agree(rule, space=space)
            touched = self._desk.rows(
                [one for one in changes.entities if kind_of(one) == "article"]
            )
            return changes, sum(1 for row in touched if sorting.decided_by(row) == name)

        def done(result: tuple[Changes, int]) -> None:
            changes, discarded = result
            self._tell(changes, sorting.agreed(rule.title, discarded))

        self._jobs.write(agreed, done)

    def pause(self, one: Ruled) -> None:
        """Keep a rule for later, or use it again."""
        paused = not one.paused
        form = _("Rule paused: {title}") if paused else _("Rule taken up again: {title}")
        self._record(
            lambda: self._desk.sorting.pause_rule(one.rule.id, paused=paused),
            form.format(title=one.rule.title),
        )

    def give_up(self, one: Ruled) -> None:
        """Give up a rule; *Undo* agrees on it again."""
        told = _("Rule given up: {title}").format(title=one.rule.title)
        self._record(lambda: self._desk.sorting.give_up_rule(one.rule.id), told)

    def _record(self, act: Callable[[], Changes], told: str) -> None:
        self._jobs.write(act, lambda changes: self._tell(changes, told))

    def _tell(self, changes: Changes, told: str) -> None:
        self._bus.changed.emit(changes)
        self._bus.say(told, undo=changes.gesture)

    def show(self, rule: str = "") -> None:
        """Show the rules; ``rule`` is to be chosen."""
        if self.book is None:
            from veille.ui.rulebook import Rulebook

            self.book = Rulebook(self._desk, self._jobs, self._bus, parent=self._window)
            self.book.new_requested.connect(self.begin)
            self.book.edit_requested.connect(self.change)
            self.book.pause_requested.connect(self.pause)
            self.book.give_up_requested.connect(self.give_up)
            self.book.open_requested.connect(self._bus.open_requested)
        self.book.look(rule)
        self.book.show()
        self.book.raise_()
        self.book.activateWindow()
        self.book.rules.setFocus()
