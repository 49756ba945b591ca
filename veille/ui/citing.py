"""Quotes at work: kept from the text, completed on their card, copied as the house cites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.domain.operation import Json
from veille.domain.views import Filter, Row
from veille.sentences import citing
from veille.sentences.catalogue import _
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.commands import Focus
from veille.ui.jobs import Jobs
from veille.ui.quote_card import Completed, QuoteCard
from veille.ui.settings.pattern import own_pattern

if TYPE_CHECKING:
    from veille.desk.citing import Passport

OWN: Final = "own"


class Citing(QObject):
    """One method an action."""

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, card: QuoteCard, focus: Focus, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._card, self._focus, self._window = card, focus, window
        # The article that was last quoted, and the quote.
        self._last = ("", "")
        card.completed.connect(self._on_completed)
        card.copied.connect(self.copy)

    def quote(self) -> None:
        """Keep the selected passage as a quote, and show its card; of one kept, go to its card."""
        row, passage = self._focus.current(), self._focus.passage()
        if passage is None and (quoted := self.at_hand()):
            self.show_card(quoted, enter=True)
            return
        if row is None or row.kind != "article" or passage is None:
            self._bus.say(_("Select a sentence in the article first."))
            return
        capture = self._focus.capture()

        def keep() -> tuple[str, bool]:
            known = self._desk.ids(Filter(kinds=("quote",), about=row.id))
            quoted = self._desk.quote_at(row.id, *passage, capture=capture)
            return quoted, quoted in known

        self._jobs.write(keep, lambda kept: self._on_quoted(kept, row.id))

    def leave(self) -> None:
        """Close the card once something else is beside the list; what was typed is recorded."""
        row = self._focus.current()
        if self._card.quoted and (row is None or not self._card.concerns(row.id)):
            self._card.finish()

    def at_hand(self) -> str:
        """Give the quote that is visited, read, or was just kept in what is read; "" for none."""
        row, mark = self._focus.current(), self._focus.mark()
        if mark or row is None:
            return mark if kind_of(mark) == "quote" else ""
        if row.kind == "quote":
            return row.id
        return self._last[1] if self._last[0] == row.id else ""

    def _on_quoted(self, kept: tuple[str, bool], article: str) -> None:
        quoted, was_kept = kept
        self._last = (article, quoted)
        if was_kept:
            self.show_card(quoted, enter=True)
            return
        self._bus.changed.emit(Changes(frozenset({quoted, article})))
        who = self._desk.rows([quoted])[0].text("speaker")
        told = (
            _("Quoted: {who}").format(who=who)
            if who
            else _("Quoted. Nobody is named: C again to say who speaks.")
        )
        self._bus.say(told)
        self.show_card(quoted)

    def show_card(self, quoted: str, *, enter: bool = False) -> None:
        """Show what stands behind a quote, to be completed; ``enter``: at once."""
        if quoted == self._card.quoted:
            # What is being typed there stays.
            self._card.enter()
            return

        def show(passport: Passport) -> None:
            self._card.show_quote(passport)
            # Whoever went on meanwhile is not shown the card of what she left.
            self.leave()
            if enter and self._card.quoted:
                self._card.enter()

        self._jobs.look(lambda: self._desk.citing.passport(quoted), show)

    def _on_completed(self, done: Completed) -> None:
        """Record what was typed on a card, as two facts: of the quote, and of its article."""
        row = next(iter(self._desk.rows([done.quoted])), None)
        about = next(iter(self._desk.rows([done.article])), None) if done.authors else None
        if row is not None and done.quote:
            said: dict[str, Json] = dict(done.quote)
            self._jobs.write(
                lambda: self._desk.edit_quote(row.id, said, seen=row.fields), self._on_corrected
            )
        if about is not None:
            authors: dict[str, Json] = {"authors": [*done.authors]}
            self._jobs.write(
                lambda: self._desk.intake.correct(about.id, authors, seen=about.fields),
                self._on_corrected,
            )

    def _on_corrected(self, changes: Changes) -> None:
        self._bus.changed.emit(changes)
        self._bus.say(_("Corrected."), undo=changes.gesture)

    # --- copying -------------------------------------------------------------------------------

    def copy_reference(self) -> None:
        """Copy what is read, or the passage that is visited, with its reference."""
        row = self._focus.current()
        thing = self._focus.mark() or (row.id if row is not None else "")
        if thing:
            self.copy(thing)

    def copy(self, thing: str) -> None:
        """Copy a quote, or the reference of an article, as text, Markdown and HTML."""
        self._jobs.look(lambda: self._cited(thing), self._on_cited)

    def _cited(self, thing: str) -> citing.Cited | None:
        reading = self._desk.read(thing) if thing.startswith("a-") else None
        passport = None if reading else self._desk.citing.passport(thing)
        row = reading.row if reading else passport.row if passport else None
        if row is None or row.kind not in {"article", "quote", "annotation"}:
            return None
        about = passport.about if passport else None
        at = passport.capture.at if passport and passport.capture else 0
        filled = citing.values(row, about, captured=at)
        return citing.cite(self._desk.citing.style(row.space), filled)

    def _on_cited(self, cited: citing.Cited | None) -> None:
        if cited is None:
            return
        QGuiApplication.clipboard().setMimeData(on_clipboard(cited))
        self._bus.say(_("Copied with its reference."))

    # --- the house's way -----------------------------------------------------------------------

    def choose_style(self) -> None:
        """Choose how a space cites, with what it would look like."""
        row = self._focus.current()
        space = row.space if row is not None else ""
        now = self._desk.citing.style(space) or "press"
        choices = [
            Choice(one, f"{citing.style_name(one)}\n{self._example(one, row)}")
            for one in citing.STYLES
        ]
        choices.append(Choice(OWN, citing.style_name(OWN)))
        chosen = ask.choose(
            self._window, _("How we cite"), choices,
            _("For everybody in this space. Author and source are always written."),
        )  # fmt: skip
        if chosen == OWN:
            chosen = own_pattern(self._window, now)
        if chosen:
            style = chosen
            self._jobs.write(lambda: self._desk.citing.set_style(style, space), self._on_style_set)

    def _example(self, style: str, row: Row | None) -> str:
        if row is None or row.kind not in {"article", "quote"}:
            return citing.pattern(style)
        about = self._desk.citing.passport(row.id).about if row.kind == "quote" else None
        return citing.cite(style, citing.values(row, about)).text

    def _on_style_set(self, changes: Changes) -> None:
        self._bus.changed.emit(changes)
        self._bus.say(_("This is how the space cites from now on."))


def on_clipboard(cited: citing.Cited) -> QMimeData:
    """Give a citation in the three forms that other programs take."""
    mime = QMimeData()
    mime.setText(cited.text)
    mime.setHtml(cited.html)
    mime.setData("text/markdown", cited.markdown.encode())
    return mime
