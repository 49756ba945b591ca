"""A morning's triage: a key takes a line out at once, what it means is recorded behind.

What was taken out comes back when recording fails; *Undo* brings it back at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from veille.desk import gestures
from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.sentences import history, sorting
from veille.sentences.catalogue import _, n_
from veille.sentences.errors import sentence
from veille.ui.browse import views
from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.shelf import Shelf
from veille.ui.browse.stories import Stories
from veille.ui.bus import Bus
from veille.ui.commands import Focus
from veille.ui.incoming import Incoming
from veille.ui.jobs import Jobs

READ_MS: Final = 1_000
# So long does the notice of what was kept stay: what is meant meanwhile is what it names.
KEPT_MS: Final = 8_000
# Who says so in ``Changes``: the list is as it should be already.
TRIAGE: Final = "triage"


@dataclass(frozen=True, slots=True)
class _Gesture:
    """What a key means.

    Attributes:
        shown: the lines it was pressed on.
        acted: the articles that are given the state.
        others: what tells the same news and is discarded along.
        leaving: what is to leave the list.
    """

    state: str
    shown: tuple[str, ...]
    acted: tuple[str, ...]
    others: tuple[str, ...]
    leaving: tuple[str, ...]


class Triage(QObject):
    """Sorts, marks what was read, takes back."""

    def __init__(  # noqa: PLR0913 - what it drives, given by name
        self, desk: Desk, jobs: Jobs, bus: Bus, *, shelf: Shelf, listed: ListPane,
        incoming: Incoming, focus: Focus, reader: QWidget, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._shelf, self._list, self._incoming = shelf, listed, incoming
        self._focus, self._reader, self._window = focus, reader, window
        # What the last gesture marked as read, while it is the last one.
        self._marked: list[str] = []
        # What the last key kept, and what came in its place: filed next, it is the former.
        self._kept: tuple[str, ...] = ()
        self._came = ""
        self._while_kept = QTimer(self)
        self._while_kept.setSingleShot(True)
        self._while_kept.setInterval(KEPT_MS)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(READ_MS)
        self._look.timeout.connect(self._on_looked)
        listed.current_changed.connect(self._on_current_changed)
        listed.opened.connect(self._on_opened)
        listed.table.clicked.connect(self._forget_kept)
        bus.changed.connect(self._on_changed)

    def close(self) -> None:
        """Do nothing more."""
        self._look.stop()
        self._while_kept.stop()
        self._shelf.close()

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "keep": lambda: self.set_state("kept"),
            "discard": lambda: self.set_state("discarded"),
            "to_sort": lambda: self.set_state("inbox"),
            "archive": lambda: self.set_state("archived"),
            "unfold": self.unfold,
            "read": self.toggle_read,
            "read_all": self.mark_all_read,
        }

    # --- states --------------------------------------------------------------------------------

    def set_state(self, state: str) -> None:
        """Set the state of what is selected; what leaves the list leaves it before it is written.

        A folded line is a story: all of it is discarded; what is kept is the article that is
        shown, and the others, still to be sorted, are discarded along.
        """
        gesture = self._gesture(state)
        if not gesture.acted:
            return
        told = self._told(gesture)
        self._shelf.take_out(gesture.leaving)
        self._note_kept(gesture)
        self._jobs.write(
            lambda: self._written(gesture),
            lambda result: self._on_written(gesture, told, result),
            self._on_failed,
        )

    def _gesture(self, state: str) -> _Gesture:
        view, stories = self._shelf.view, self._list.model.stories
        shown = tuple(one for one in self._focus.targets() if kind_of(one) == "article")
        whole = tuple(dict.fromkeys(other for one in shown for other in stories.together(one)))
        acted = shown if state == "kept" else whole
        given = set(acted)
        others = self._to_sort([one for one in whole if one not in given])
        leaving = () if views.stays(view, state) else acted
        leaving += () if views.stays(view, "discarded") else others
        return _Gesture(state, shown, acted, others, leaving)

    def _to_sort(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Give those of these articles that nobody sorted yet."""
        if self._shelf.view == "inbox" or not articles:
            return tuple(articles)
        return tuple(row.id for row in self._desk.rows(articles) if row.state == "inbox")

    def _told(self, gesture: _Gesture) -> str:
        what = self._said(gesture.shown)
        if gesture.state == "kept":
            told = sorting.kept(what, len(gesture.others))
            left = set(gesture.shown) <= set(gesture.leaving)
            return sorting.still_filed(told, len(gesture.shown)) if left else told
        along = len(gesture.acted) - len(gesture.shown)
        return sorting.given(gesture.state, what, along)

    def _said(self, articles: Sequence[str]) -> str:
        if len(articles) > 1:
            return n_("{n} article", "{n} articles", len(articles))
        row = self._list.model.row_at(self._list.model.row_of(articles[0]))
        return row.title if row is not None else self._desk.title(articles[0])

    def _written(self, gesture: _Gesture) -> tuple[Changes, list[str]]:
        """Record a gesture; give the articles whose page is to be had."""
        changes = self._desk.triage(gesture.acted, gesture.state, others=gesture.others)
        if gesture.state != "kept":
            return changes, []
        kept = set(gesture.acted)
        waiting = [one for one in self._desk.pending() if one.article in kept and not one.problem]
        return changes, [one.article for one in waiting]

    def _on_written(self, gesture: _Gesture, told: str, result: tuple[Changes, list[str]]) -> None:
        changes, pages = result
        self._shelf.written(gesture.leaving)
        self._bus.changed.emit(replace(changes, initiator=TRIAGE))
        self._bus.say(told, undo=changes.gesture)
        for article in pages:
            self._incoming.fetch(article, aside=True)

    def _on_failed(self, problem: VeilleError) -> None:
        self._shelf.forget()
        self._bus.say(sentence(problem), tone="error")

    # --- what was just kept --------------------------------------------------------------------

    def just_kept(self) -> tuple[str, ...]:
        """Give what was kept a moment ago and left the list, while nothing else was chosen since.

        Who keeps an article, then gives it a theme and a dossier, means that one, not the next.
        """
        chosen = len(self._list.selected) > 1 or self._list.current != self._came
        if chosen or self._focus.reading() or not self._list.isVisible():
            return ()
        return self._kept if self._while_kept.isActive() else ()

    def _note_kept(self, gesture: _Gesture) -> None:
        kept = gesture.state == "kept" and set(gesture.shown) <= set(gesture.leaving)
        self._kept = gesture.shown if kept else ()
        self._came = self._list.current
        self._while_kept.start()

    def _forget_kept(self) -> None:
        self._kept = ()

    # --- stories -------------------------------------------------------------------------------

    def unfold(self) -> None:
        """Show or hide the other sources of the story that is current."""
        if not self._list.toggle():
            self._bus.say(_("Nobody else tells this news in this list."))

    # --- what I read ---------------------------------------------------------------------------

    def toggle_read(self) -> None:
        """Mark what is selected as read, or as unread when it is read."""
        stories, model = self._list.model.stories, self._list.model
        shown = [one for one in self._list.selected if kind_of(one) == "article"]
        current = model.row_of(self._list.current)
        if shown and current >= 0 and model.line_at(current).is_read is not None:
            some = [other for one in shown for other in stories.together(one)]
            self._mark(some, read=not model.line_at(current).is_read)

    def mark_all_read(self) -> None:
        """Mark everything that is to be sorted as read; can be taken back."""
        self._jobs.write(self._read_all, self._on_all_read)

    def _read_all(self) -> list[str]:
        every = self._desk.ids(views.FILTERS["inbox"])
        read = self._desk.sorting.read(every)
        unread = [one for one in every if one not in read]
        self._desk.sorting.mark_read(unread)
        return unread

    def _on_all_read(self, marked: list[str]) -> None:
        self._list.model.mark(marked, read=True)
        self._marked = marked
        told = n_("{n} article marked as read.", "{n} articles marked as read.", len(marked))
        if marked:
            self._bus.say(told, action=_("Undo"), act=self._unmark)
        else:
            self._bus.say(_("Everything was read already."))

    def _unmark(self) -> None:
        marked, self._marked = self._marked, []
        self._mark(marked, read=False)
        self._bus.say(_("They are to be read again."))

    def _mark(self, articles: Sequence[str], *, read: bool) -> None:
        self._list.model.mark(articles, read=read)
        self._jobs.write(lambda: self._desk.sorting.mark_read(articles, read=read))

    def _on_current_changed(self, thing: str) -> None:
        if thing != self._came:
            self._forget_kept()
        if kind_of(thing) == "article" and views.is_sorted(self._shelf.view):
            self._look.start()
        else:
            self._look.stop()

    def _on_looked(self) -> None:
        """Note that what stood before the eyes for a while was read."""
        focused = QApplication.focusWidget()
        looks = focused is not None and any(
            one is focused or one.isAncestorOf(focused) for one in (self._list, self._reader)
        )
        if looks:
            self._note_read(self._list.current)

    def _on_opened(self, thing: str) -> None:
        self._look.stop()
        self._forget_kept()
        self._note_read(thing)

    def _note_read(self, thing: str) -> None:
        row = self._focus.current()
        place = self._list.model.row_of(thing)
        if row is None or row.id != thing or place < 0:
            return
        if self._list.model.line_at(place).is_read is False:
            self._mark([thing], read=True)

    # --- taking back ---------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last gesture."""
        if self._marked:
            self._unmark()
            return
        self._take_back(self._desk.undo)

    def undo_gesture(self, gesture: str) -> None:
        """Take back one gesture."""
        if gesture.startswith(gestures.READ):
            self._jobs.write(lambda: self._desk.sorting.unmark(gesture), self._on_unmarked)
            return
        self._take_back(lambda: [self._desk.undo_gesture(gesture)])

    def _on_unmarked(self, _none: None) -> None:
        self._marked = []
        self._bus.changed.emit(Changes(initiator=TRIAGE))
        self._bus.say(_("They are to be read again."))

    def _take_back(self, act: Callable[[], list[Changes]]) -> None:
        view = self._shelf.view
        self._forget_kept()

        def work() -> tuple[list[Changes], str, Stories | None]:
            undone = act()
            told = history.undone(self._desk.taken_back(undone[0].gesture))
            return undone, told, views.stories_of(self._desk, view) if view else None

        def done(result: tuple[list[Changes], str, Stories | None]) -> None:
            undone, told, read = result
            for one in undone:
                self._bus.changed.emit(replace(one, initiator=TRIAGE))
            if read is not None and view == self._shelf.view:
                self._shelf.take(read)
            self._list.select_any([thing for one in undone for thing in one.entities])
            self._bus.say(told)

        self._jobs.write(work, done)

    def _on_changed(self, changes: Changes) -> None:
        if changes.gesture:
            self._marked = []
            if changes.entities.intersection(self._kept):
                # A dossier may follow the theme, however long that one was looked for.
                self._while_kept.start()
