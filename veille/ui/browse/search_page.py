"""A search, as it goes: what is typed, chosen and arranged; each key asks again.

Answers that come after another was asked for are dropped by the lane they run on.

Over 400 lines on purpose: what is asked, what is answered and what is kept of it between two keys are
one state, which a split would have to share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.fresh import Freshness
from veille.domain.facts import Changes
from veille.domain.views import Row
from veille.sentences import dates, names, searching, sources
from veille.sentences.catalogue import _, labelled
from veille.ui.browse import arranging, keeping
from veille.ui.browse.facets import CITATIONS, Choice, FacetsPane, field_name, is_citations
from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.row_delegate import Extract
from veille.ui.browse.search_head import SearchHead
from veille.ui.browse.sidebar import view_name
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.finding import Found, FoundItem, SearchOptions
    from veille.desk.saved import SavedSearch

_LIMIT, _MOST_CITED = 200, 1_000
_MOST_EXPORTED: Final = 10_000
# How much longer the list is made each time.
_MORE: Final = 5
# Rows that fit a window: their sentences are cut with the answer, the others when they are painted.
_PAINTED: Final = 8
_PAUSE_MS: Final = 250
_FRESH_MS: Final = 30_000


class SearchPage(QObject):
    """Drives the search: its field, its facets, its head and its list.

    Signals:
        asked(): something was typed or chosen; the search is to be shown.
        answered(): the list shows an answer.
        saved_changed(): a saved search was made, changed or looked at.
        freshened(): how far the answer can be trusted is known anew.
    """

    asked = Signal()
    answered = Signal()
    saved_changed = Signal()
    freshened = Signal()

    def __init__(  # noqa: PLR0913, PLR0917 - the pieces of a page
        self,
        desk: Desk,
        jobs: Jobs,
        bus: Bus,
        field: QLineEdit,
        listed: ListPane,
        actions: Mapping[str, QAction],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus, self._window = desk, jobs, bus, window
        self._field, self._list, self._actions = field, listed, actions
        self._choice: Choice = {}
        self._months = (0, 0)
        # Whether the last word is whole; whether the next key replaces all that is typed.
        self._is_finished = True
        self._begins_anew = False
        self._found: Found | None = None
        self._items: dict[str, FoundItem] = {}
        self._inside: set[str] = set()
        self._extracts: dict[str, Extract] = {}
        self._fresh = Freshness(0, (), ())
        self._looking = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self._labels: dict[tuple[str, str], str] = {}
        self.shown = self._alike = self._citations = False
        # So many are listed of what was last asked, until more is wanted.
        self._asked, self._most = "", _LIMIT
        self.saved: SavedSearch | None = None
        self.forms: Mapping[str, str] = {}
        self.facets = FacetsPane(self._label)
        names_ = ("sort_date", "group", "save_search", "export_list")
        self.head = SearchHead([actions[name] for name in names_])
        listed.put_below_head(self.head)
        self._connect()
        self.show_page(shown=False)

    def _connect(self) -> None:
        self.facets.chosen.connect(self._on_chosen)
        self.facets.period_chosen.connect(self._on_period_chosen)
        self.head.query_proposed.connect(self._on_query_proposed)
        self._list.more.clicked.connect(self._go_on)
        self._field.textEdited.connect(self._on_text_edited)
        self._field.selectionChanged.connect(self._on_selection_changed)
        self._field.returnPressed.connect(self._on_return_pressed)
        for name in ("sort_date", "group"):
            self._actions[name].setCheckable(True)
            self._actions[name].triggered.connect(self.ask)
        self._actions["save_search"].triggered.connect(self.save)
        self._actions["export_list"].triggered.connect(self.export)
        self._actions["forget_search"].triggered.connect(self.forget)

    # --- asking --------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """Give what is typed."""
        return self._field.text().strip()

    def show_page(self, *, shown: bool) -> None:
        """Show or hide what belongs to a search."""
        self.shown, self._alike = shown, False
        if self._citations and not shown:
            self.leave_citations()
        self.facets.setVisible(shown)
        self.head.setVisible(shown)
        for name in ("sort_date", "group", "export_list"):
            self._actions[name].setEnabled(shown)
        if not shown:
            self._end_list()
            self._found, self.forms = None, {}

    def ask(self, *, keep: bool = False) -> None:
        """Ask what stands in the field, narrowed as was chosen."""
        if keep and self._alike:
            # What resembles a thing does not change with the index: the next key leaves it.
            return
        self._alike = False
        self.head.setVisible(self.shown)
        text = self.text
        if not (text or self._choice or any(self._months)):
            self._found, self.forms = None, {}
            self._tell_head()
            self.facets.show_facets({}, {}, (0, 0))
            self.facets.hide()
            self._list.show_list(self._title(), [])
            self._end_list()
            self.answered.emit()
            return
        if text != self._asked:
            self._asked, self._most = text, _LIMIT
        most = max(self._most, _MOST_CITED if self._citations else 0)
        options = self._options(detailed=_PAINTED, limit=most)
        saved = self.saved

        def look() -> tuple[Found, frozenset[str]]:
            new = self._desk.new_in(saved) if saved is not None else frozenset[str]()
            return self._desk.search(text, options), new

        self._jobs.search(look, lambda found: self._show(*found, keep=keep))

    def _go_on(self) -> None:
        """List more of what was found; the button goes with what it offered."""
        self._list.table.setFocus()
        listed = len(self._found.items) if self._found is not None else _LIMIT
        self._most = min(listed * _MORE, _MOST_EXPORTED)
        self.ask(keep=True)

    def _options(self, *, limit: int = _LIMIT, detailed: int = _MOST_EXPORTED) -> SearchOptions:
        # What searches is loaded by the first search, not by the start.
        from veille.desk.finding import SearchOptions

        return SearchOptions(
            limit=limit, detailed=detailed, typing=not self._is_finished, facets=True,
            months=self._months, only=dict(self._choice),
            newest_first=self._citations or self._actions["sort_date"].isChecked(),
        )  # fmt: skip

    def list_citations(self) -> None:
        """List every quote and annotation, newest first; what is typed and chosen narrows them."""
        self._citations = True
        self.begin("")
        self.asked.emit()

    def leave_citations(self) -> None:
        """Search everything again: what the list of citations had chosen was its own."""
        self._citations = False
        self._let_go()

    def settle(self) -> None:
        """Open what comes first: the person pauses, or goes to the list."""
        self._pause.stop()
        if self.shown:
            self._list.select_first()

    def begin(self, query: str) -> None:
        """Have a query stand in the field, as one that has nothing to do with what was asked."""
        self.saved = None
        self._let_go()
        self._put(query)

    def _put(self, query: str) -> None:
        self._is_finished = True
        self._field.setText(query)

    def _let_go(self) -> None:
        """Choose nothing, but that citations are listed where they are."""
        self._choice, self._months = {"kind": CITATIONS} if self._citations else {}, (0, 0)

    def widen(self) -> None:
        """Ask again, narrowed no more."""
        self._let_go()
        self.ask()

    @property
    def narrowed(self) -> str:
        """Say what was chosen that narrows the answer, "" for nothing."""
        chosen = dict(self._choice)
        if self._citations and set(chosen.get("kind", ())) == set(CITATIONS):
            del chosen["kind"]
        told = [dates.period(*self._months)] if any(self._months) else []
        for field, values in chosen.items():
            called = ", ".join(self._label(field, value) for value in values)
            told.append(labelled(field_name(field), called))
        return " · ".join(told)

    def _on_text_edited(self, text: str) -> None:
        self.saved, self._is_finished = None, False
        if self._begins_anew or not text:
            # What narrowed the query before would silently narrow this one.
            self._let_go()
        self.asked.emit()

    def _on_selection_changed(self) -> None:
        # Qt tells the text before the selection: this is how it was when the key was pressed.
        selected = self._field.selectedText()
        self._begins_anew = bool(selected) and selected == self._field.text()

    def _on_return_pressed(self) -> None:
        """Take the last word as it is."""
        if self.shown and not self._is_finished:
            self._is_finished = True
            self.ask()

    def _on_chosen(self, choice: Choice) -> None:
        # The whole of the list of quotes is every quote, not everything.
        self._choice = choice or ({"kind": CITATIONS} if self._citations else {})
        self._citations = self._citations and is_citations(self._choice)
        self.ask()

    def _on_period_chosen(self, months: tuple[int, int]) -> None:
        self._months = months
        self.ask()

    def _on_query_proposed(self, query: str) -> None:
        self._put(query)
        self._field.setFocus()
        self.ask()

    def open_saved(self, search: str) -> None:
        """Ask a saved search, and note that it was looked at."""
        found = keeping.named(self._desk, search)
        if found is None:
            return
        self._citations = False
        self.begin(found.query)
        self.saved = found
        self.ask()
        self._desk.visit_search(search)
        self.saved_changed.emit()

    # --- showing -------------------------------------------------------------------------------

    def _title(self) -> str:
        if self._citations:
            return _("Quotes and annotations")
        return self.saved.title if self.saved is not None else view_name("search")

    def _show(self, found: Found, new: frozenset[str], *, keep: bool) -> None:
        if not self.shown or self._alike:
            return
        self._found, self.forms = found, found.forms
        self._tell_head()
        self.facets.show_facets(found.facets, self._choice, self._months)
        self.facets.setVisible(bool(found.total or self._choice or any(self._months)))
        grouped = self._actions["group"].isChecked()
        items = arranging.grouped(found.items) if grouped else found.items
        self._items = {one.row.id: one for one in items}
        self._inside = {one.row.id for one in items if grouped and one.about is not None}
        self._extracts = {}
        ids = arranging.with_articles(items) if grouped else [one.row.id for one in items]
        # While keys follow each other, opening what comes first would only slow them down.
        typing = self._field.hasFocus() and not keep
        self._list.show_list(
            self._title(), ids, extracts=self._extract, icons=True, keep=keep, select=not typing,
            count=searching.total(found.total, len(found.items)), new=new,
        )  # fmt: skip
        ends = self._most < _MOST_EXPORTED and len(found.items) < found.total
        self._list.more.setVisible(ends)
        if typing:
            self._pause.start()
        self._tell_freshness(found.waiting)
        self.answered.emit()

    def _tell_head(self) -> None:
        """Say above the list how it is kept, and how the query was understood."""
        kept = searching.pace(self.saved.every) if self.saved is not None else ""
        found = self._found
        if found is None:
            self.head.tell("", (), "", kept=kept, partial=False)
            return
        self.head.tell(
            self._asked, found.problems, found.did_you_mean, kept=kept, partial=found.partial
        )

    def _extract(self, thing: str) -> Extract | None:
        """Give the sentence of a thing that is painted, with those of its neighbours."""
        if thing not in self._extracts and thing in self._items:
            ids = list(self._items)
            place = ids.index(thing)
            near = [self._items[one] for one in ids[place : place + _PAINTED]]
            people = self._desk.people()
            for one in self._desk.detail(near, self.forms):
                self._items[one.row.id] = one
                extract = arranging.extract(one, people)
                inside = one.row.id in self._inside
                self._extracts[one.row.id] = replace(extract, inside=inside)
        return self._extracts.get(thing)

    def _tell_freshness(self, waiting: int) -> None:
        """Say how fresh the answer is; what takes long to know is looked up now and then."""
        self._list.tell_foot(
            searching.freshness(replace(self._fresh, waiting=waiting), at=clock.now_ms())
        )
        if not self._looking:
            self._look()

    def freshen(self) -> None:
        """Look again how far the answer can be trusted: a round with colleagues ended."""
        if self.shown and self._found is not None and not self._alike:
            self._look()

    def _look(self) -> None:
        self._looking = True
        self._jobs.fetch(self._desk.freshness, self._on_fresh)

    def _on_fresh(self, fresh: Freshness) -> None:
        self._fresh = fresh
        if self.shown and self._found is not None and not self._alike:
            self._list.tell_foot(searching.freshness(fresh, at=clock.now_ms()))
            self.freshened.emit()
        QTimer.singleShot(_FRESH_MS, self, self._look_again)

    @property
    def unheard(self) -> str:
        """Say which sources could have brought what was not found, "" for none."""
        silent = [one.source for one in self._fresh.silent]
        return sources.not_heard([*(title for title, _health in self._fresh.dead), *silent])

    def _look_again(self) -> None:
        self._looking = False

    def _end_list(self) -> None:
        """Say nothing under the list."""
        self._list.tell_foot("")
        self._list.more.hide()

    def _label(self, field: str, value: str) -> str:
        """Name a value of a facet."""
        if field == "kind":
            return names.kind(value)
        if field == "state":
            return names.state(value)
        if field not in {"by", "dossier", "space"}:
            return value
        if (field, value) not in self._labels:
            self._labels[field, value] = self._named(field, value)
        return self._labels[field, value]

    def _named(self, field: str, value: str) -> str:
        if field == "by":
            return self._desk.people().get(value, value)
        if field == "dossier":
            return self._desk.title(value)
        one = next((one for one in self._desk.spaces() if one.id == value), None)
        return names.space(one.name, personal=one.personal) if one is not None else value

    def forget_names(self) -> None:
        """Have names looked up again: somebody or something was renamed."""
        self._labels.clear()

    # --- what is done with a search ------------------------------------------------------------

    def why(self, thing: str) -> str:
        """Say why a thing is in the list, "" when it is not."""
        item = self._items.get(thing)
        if item is None:
            return ""
        item = self._desk.detail([item], self.forms)[0]
        notes = [one.title for one in self._desk.read(thing).backlinks]
        who = self._desk.people().get(item.row.created_by, "")
        return searching.why(item, who, notes)

    def save(self) -> None:
        """Keep the search under a name, and have its news told or not."""
        text = self.text
        if not text:
            self._bus.say(_("Type something to search for, then save the search."))
            return
        title = keeping.ask_name(self._window, self.saved.title if self.saved else text)
        if not title:
            return
        same = self.saved if self.saved is not None and self.saved.query == text else None
        pace = keeping.ask_pace(self._window, same)
        if pace is not None:
            self._jobs.write(
                lambda: keeping.record(self._desk, same, title, text, every=pace), self._on_saved
            )

    def _on_saved(self, search: str) -> None:
        if (found := keeping.named(self._desk, search)) is not None and found.query == self.text:
            self.saved = found
            self._tell_head()
        self._bus.say(_("The search is saved."))
        self.saved_changed.emit()

    def forget(self) -> None:
        """Forget the saved search that is shown; *Undo* brings it back."""
        saved = self.saved
        if saved is not None:
            self._jobs.write(lambda: self._desk.delete([saved.id]), self._on_forgotten)

    def _on_forgotten(self, changes: Changes) -> None:
        self.saved = None
        self._tell_head()
        self._bus.changed.emit(changes)
        self._bus.say(_("The saved search is forgotten."), undo=changes.gesture)
        self.saved_changed.emit()

    def export(self) -> None:
        """Write the whole result to a file: a spreadsheet, or a list to read."""
        path = keeping.ask_file(self._window)
        if path:
            text, title = self.text, self._title()
            self._jobs.look(
                lambda: self._desk.search(text, self._options(limit=_MOST_EXPORTED)),
                lambda found: keeping.write(self._desk, self._bus, path, title, found),
            )

    def similar(self, thing: str) -> None:
        """List the articles that resemble one."""
        title = self._desk.title(thing)
        self._jobs.look(
            lambda: self._desk.similar(thing, limit=30),
            lambda rows: self._show_similar(title, rows),
        )

    def _show_similar(self, title: str, rows: list[Row]) -> None:
        if not rows:
            self._bus.say(_("Nothing resembles it in the memory."))
            return
        self._alike = True
        self._items, self.forms = {}, {}
        self.head.hide()
        self.facets.hide()
        self._end_list()
        self._list.show_list(_("Like “{title}”").format(title=title), [one.id for one in rows])
