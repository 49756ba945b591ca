"""Marking a text from the keyboard: highlights, comments, answers, passages put back in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.errors import PassageNotFound, VeilleError
from veille.domain.facts import Changes
from veille.domain.fields import MEANINGS
from veille.domain.operation import Json
from veille.domain.text import clip
from veille.domain.views import Row
from veille.sentences import marking
from veille.sentences.catalogue import _
from veille.ui import ask, composer
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.commands import Focus
from veille.ui.composer import Asked
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.passages import Placed

_LABEL = 90


class Marking(QObject):
    """One method an action. What is marked takes the meaning that was last chosen."""

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, focus: Focus, quoted: Callable[[], str],
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._focus, self._quoted, self._window = focus, quoted, window
        self.meaning = ""

    # --- marking -------------------------------------------------------------------------------

    def highlight(self) -> None:
        """Highlight the selected passage; on a highlight, give it the next meaning."""
        if self._focus.passage() is not None:
            self._mark(Remark(meaning=self.meaning))
        elif (row := self._marked()) is not None and row.kind == "annotation":
            self._mean(row, MEANINGS[(MEANINGS.index(_meaning(row)) + 1) % len(MEANINGS)])
        else:
            self._bus.say(_("Select a sentence in the article first."))

    def choose_meaning(self) -> None:
        """Choose what the highlight means, and those that will be made."""
        choices = [
            Choice(one or "plain", f"{marking.shape(one)}  {marking.meaning(one)}".strip())
            for one in MEANINGS
        ]
        chosen = ask.choose(self._window, _("What does it mean?"), choices)
        if chosen is None:
            return
        self.meaning = "" if chosen == "plain" else chosen
        row = self._marked()
        if self._focus.passage() is not None:
            self._mark(Remark(meaning=self.meaning))
        elif row is not None and row.kind == "annotation":
            self._mean(row, self.meaning)

    def annotate(self) -> None:
        """Comment the selected passage, or a quote; open the highlight that is visited."""
        article, row = self._focus.current(), self._marked()
        if self._focus.passage() is None or article is None or article.kind != "article":
            if quoted := self._quoted():
                self.comment_quote(quoted)
            elif row is not None:
                self.open_passage(row.id)
            else:
                self._bus.say(_("Select a sentence in the article first."))
            return
        words = self._focus.words()
        asked = Asked(_("Comment"), passage=words, shared=self._is_shared(article))
        remark = composer.compose(self._window, asked, Remark(meaning=self.meaning))
        if remark is not None:
            self._mark(remark)

    def comment_quote(self, quoted: str) -> None:
        """Comment the passage of a quote: for oneself alone, unless said otherwise."""
        row = next(iter(self._desk.rows([quoted])), None)
        if row is None:
            return
        asked = Asked(_("Comment"), passage=row.text("exact"), shared=self._is_shared(row))
        remark = composer.compose(self._window, asked, Remark())
        if remark is not None and remark.comment:
            self._made(lambda: self._desk.margin.comment(row.id, remark), marking.kept)

    def _mark(self, remark: Remark) -> None:
        article, passage = self._focus.current(), self._focus.passage()
        if article is None or article.kind != "article" or passage is None:
            return
        capture = self._focus.capture()
        self._made(
            lambda: self._desk.annotate_at(article.id, *passage, remark, capture=capture),
            marking.kept,
        )

    def _mean(self, row: Row, meaning: str) -> None:
        told = _("Highlighted: {meaning}.").format(meaning=marking.meaning(meaning))
        self._record(
            lambda: self._desk.margin.change(row.id, {"meaning": meaning}, seen=row.fields), told
        )

    # --- comments and answers ------------------------------------------------------------------

    def open_passage(self, thing: str) -> None:
        """Open what a card of the margin shows: a quote, a comment of mine, somebody else's."""
        row = next(iter(self._desk.rows([thing])), None)
        if row is None:
            return
        if row.kind == "quote":
            self._bus.open_requested.emit(thing)
        elif row.created_by == self._desk.person:
            self._edit(row)
        else:
            self._reply(row)

    def reply(self) -> None:
        """Answer the comment that is visited."""
        row = self._marked()
        if row is None or row.kind != "annotation":
            self._bus.say(_("Go to a comment first: H."))
            return
        self._reply(row)

    def _reply(self, row: Row) -> None:
        asked = Asked(
            _("Answer"), passage=row.text("exact"), thread=self._thread(row), replying=True
        )
        remark = composer.compose(self._window, asked, Remark())
        if remark is not None and remark.comment:
            told = _("Answered.")
            self._made(lambda: self._desk.margin.reply(row.id, remark.comment), lambda _row: told)

    def _edit(self, row: Row) -> None:
        published = row.text("visibility") == "team"
        before = Remark(
            row.text("comment"), tuple(row.tags), row.text("visibility") or "private",
            _meaning(row), row.text("motivation") == "questioning",
        )  # fmt: skip
        asked = Asked(
            _("Comment"), row.text("exact"), self._thread(row)[1:], published=published,
            shared=self._is_shared(row), replying=bool(row.text("reply_to")),
        )  # fmt: skip
        after = composer.compose(self._window, asked, before)
        if after is not None and after != before:
            self._jobs.write(lambda: self._rewrite(row, before, after), self._tell_rewritten)

    def _rewrite(self, row: Row, before: Remark, after: Remark) -> Changes:
        """Record what was changed of a comment; runs on the desk lane."""
        said: dict[str, Json] = {
            name: value
            for name, value in after.fields().items()
            if name != "visibility" and value != before.fields()[name]
        }
        if row.text("reply_to"):
            said.pop("motivation", None)
        changed = self._desk.margin.change(row.id, said, seen=row.fields) if said else Changes()
        touched = set(changed.entities)
        add = [one for one in after.tags if one not in before.tags]
        remove = [one for one in before.tags if one not in after.tags]
        if add or remove:
            touched |= self._desk.tag([row.id], add=add, remove=remove).entities
        if after.visibility == "team" and before.visibility != "team":
            touched |= {row.id, self._desk.margin.publish(row.id)}
        return Changes(frozenset(touched), changed.gesture)

    def _tell_rewritten(self, changes: Changes) -> None:
        self._bus.changed.emit(changes)
        self._bus.say(_("Corrected."), undo=changes.gesture)

    def _thread(self, row: Row) -> tuple[str, ...]:
        said = [row, *self._desk.margin.replies(row.id)]
        return marking.thread(said, self._desk.people())

    # --- places --------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Say that the passage that is visited, or read, stands where it is shown."""
        row = self._marked() or self._focus.current()
        if row is None or row.kind not in {"quote", "annotation"}:
            self._bus.say(_("Go to a passage first: H."))
            return

        def failed(problem: VeilleError) -> None:
            if isinstance(problem, PassageNotFound):
                self._bus.say(_("Its words are no longer in the article: open it, select where the"
                                " passage stands now, then attach it (Shift+Y)."))  # fmt: skip
            else:
                self._jobs.failed.emit(problem)

        self._record(
            lambda: self._desk.margin.confirm(row.id), _("Its place is confirmed."), failed
        )

    def attach(self) -> None:
        """Attach to the selected passage one that is lost in this text."""
        article, passage = self._focus.current(), self._focus.passage()
        if article is None or article.kind != "article" or passage is None:
            self._bus.say(_("Select where the lost passage stands now, then attach it."))
            return
        capture = self._focus.capture()
        self._jobs.look(
            lambda: self._desk.read(article.id, capture=capture).placed,
            lambda placed: self._choose_lost(placed, passage, capture),
        )

    def _choose_lost(
        self, placed: Sequence[Placed], passage: tuple[int, int], capture: str
    ) -> None:
        astray = {"orphan", "doubtful"}
        lost = [one.row for one in placed if one.anchor.status in astray and not one.beyond]
        choices = [Choice(one.id, clip(one.title, length=_LABEL)) for one in lost]
        if not choices:
            self._bus.say(_("No passage of this article is lost."))
            return
        chosen = ask.choose(self._window, _("Which passage stands here?"), choices)
        if chosen is not None:
            self._record(
                lambda: self._desk.margin.attach(chosen, *passage, capture=capture),
                _("Attached here."),
            )

    # --- the rest ------------------------------------------------------------------------------

    def _marked(self) -> Row | None:
        thing = self._focus.mark()
        return next(iter(self._desk.rows([thing])), None) if thing else None

    def _is_shared(self, row: Row) -> bool:
        about = self._desk.read(row.id).about if row.about else row
        space = (about or row).space
        return any(one.id == space and not one.personal for one in self._desk.spaces())

    def _made(self, act: Callable[[], str], told: Callable[[Row], str]) -> None:
        article = self._focus.current()

        def done(made: str) -> None:
            touched = {made, article.id} if article is not None else {made}
            self._bus.changed.emit(Changes(frozenset(touched)))
            row = next(iter(self._desk.rows([made])), None)
            if row is not None:
                self._bus.say(told(row))

        self._jobs.write(act, done)

    def _record(
        self, act: Callable[[], Changes], told: str,
        failed: Callable[[VeilleError], None] | None = None,
    ) -> None:  # fmt: skip
        def done(changes: Changes) -> None:
            self._bus.changed.emit(changes)
            if changes.entities:
                self._bus.say(told, undo=changes.gesture)

        self._jobs.write(act, done, failed)


def _meaning(row: Row) -> str:
    meaning = row.text("meaning")
    return meaning if meaning in MEANINGS else ""
