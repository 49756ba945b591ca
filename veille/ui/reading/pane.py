"""The reader: one thing, its passages, and what can be done with a selection.

Over 400 lines on purpose: when a text is there, aligned and marked is one sequence, best read in one
place; what is shown (``writing``), marked (``marks``), proposed (``proposals``) and sought
(``seeker``) stands in other files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.ids import kind_of
from veille.domain.views import Row
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.jobs import Jobs
from veille.ui.reading import documents, marks, outline, writing
from veille.ui.reading.banner import Banner
from veille.ui.reading.browser import Browser
from veille.ui.reading.looks import Looks, LooksPanel
from veille.ui.reading.marks import FOUND
from veille.ui.reading.proposals import Proposals
from veille.ui.reading.seeker import Seeker
from veille.ui.reading.text_map import TextMap
from veille.ui.widgets import prose
from veille.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from veille.desk.citing import Passport
    from veille.desk.looking import Reading
    from veille.desk.quoting import Found

# Quotes are looked for in what is read, not in what is passed over.
_FOUND_MS: Final = 250
# From so many words, or characters shown, a text is read and aligned aside.
LONG: Final = 12_000


class ReadingPane(QWidget):
    """Reads things.

    Signals:
        link_chosen(str): a link was clicked.
        note_chosen(str): a margin card was clicked.
        found_wanted(tuple[str, str]): an article and its capture are read for a moment; the quotes
            in it may be looked for.
        passage_focused(str): the passage that is visited, "" for none.
        looks_chosen(Looks): the person wants texts to look so.
        capture_chosen((str, str)): this article is to be read in this capture from now on.
        left((str, int)): an article is left, at this character of its text.
    """

    link_chosen = Signal(object)
    note_chosen = Signal(object)
    found_wanted = Signal(object)
    passage_focused = Signal(object)
    looks_chosen = Signal(object)
    capture_chosen = Signal(object)
    left = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._shown = ""
        self._ticket = 0
        self._left_at = 0
        self._back: Callable[[], None] | None = None
        self._reading: Reading | None = None
        self._map: TextMap | None = None
        self._forms: Mapping[str, str] = {}
        self.thing = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FOUND_MS)
        self._pause.timeout.connect(self._on_pause)
        self.browser = Browser(desk.blob)
        self.browser.setAccessibleName(_("Text"))
        self.proposals = Proposals(self.browser)
        self.seeker = Seeker(self.browser, jobs)
        self.banner = Banner()
        self.looks_panel = LooksPanel(self)
        self.empty = EmptyState()
        self.empty.setObjectName("page")
        self._build()
        self.show_nothing()

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.browser)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for one in (self.banner, self.seeker.bar):
            column.addWidget(one)
        column.addWidget(self._stack, 1)
        self.browser.link_chosen.connect(self.link_chosen)
        self.browser.note_chosen.connect(self._on_note_chosen)
        self.browser.passage_focused.connect(self.passage_focused)
        self.browser.filled.connect(self._on_filled)
        self.looks_panel.chosen.connect(self.looks_chosen)
        self.looks_panel.closed.connect(self.browser.setFocus)
        self.banner.answered.connect(self._on_banner_answered)

    # --- showing -------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self._leave()
        self.thing, self._reading, self._map = "", None, None
        c = theme.colours()
        self.empty.tell(
            theme.pixmap("book-open", c.muted, 40, self.devicePixelRatioF()),
            _("Nothing is open"),
            _("What you choose on the left is read here, and what a search finds."),
        )
        self.banner.hide()
        self._stack.setCurrentWidget(self.empty)

    def show_thing(
        self, thing: str, *, forms: Mapping[str, str] | None = None, capture: str | None = None
    ) -> None:
        """Read a thing; ``forms`` are the folded words of a search, to mark.

        ``capture``: of an article, the capture to read; "" for the best, None for the one that is
        read already.
        """
        self._forms = forms or {}
        again = thing == self.thing
        if not again:
            self._leave()
            self.proposals.clear()
        wanted = capture if capture is not None else (self.capture if again else "")
        row = next(iter(self._desk.rows([thing])), None)
        if row is None:
            self.show_nothing()
            return
        self.thing = thing
        self._ticket += 1
        self._back = self._stay() if again else self._come_back
        if row.words < LONG:
            self._show_reading(self._desk.read(thing, capture=wanted))
            return
        ticket = self._ticket
        if not again:
            self._set(f"<h1>{escape(row.title)}</h1>", {})
            self._stack.setCurrentWidget(self.browser)

        def done(reading: Reading) -> None:
            if ticket == self._ticket:
                self._show_reading(reading)

        self._jobs.look(lambda: self._desk.read(thing, capture=wanted), done)

    def _stay(self) -> Callable[[], None]:
        """Give what brings the text back to where it is now, once it is shown again."""
        scroll, focused = self.browser.verticalScrollBar().value(), self.browser.focused
        caret, in_view = self.browser.textCursor().selectionEnd(), self.browser.sees_caret()

        def back() -> None:
            self.browser.focused = focused
            self.browser.put_caret(caret)
            self.browser.verticalScrollBar().setValue(scroll)
            if in_view:
                self.browser.ensureCursorVisible()

        return back

    def close_reading(self) -> None:
        """Want nothing more; remember where the text was left."""
        self._pause.stop()
        self._leave()

    def _leave(self) -> None:
        """Remember where an article is left, on this computer alone."""
        if self._map is None or not self.thing or kind_of(self.thing) != "article":
            return
        shown = self.browser.first_shown()
        place = self._map.to_canonical(shown, shown + 200)
        at_top = self.browser.verticalScrollBar().value() < self.browser.viewport().height() // 3
        position = 0 if at_top or place is None else place[0]
        if position != self._left_at:
            self._left_at = position
            self.left.emit((self.thing, position))

    def _come_back(self) -> None:
        """Go where the article was left, unless a search or a passage says where to go."""
        self._left_at = left = self._desk.sorting.place(self.thing)
        if self._map is None:
            return
        # What is selected first is a sentence of the text, not its title or what is told of it.
        first = self._map.to_document(0, 1)
        if first is not None:
            self.browser.put_caret(first[0])
        if self._forms:
            return
        place = self._map.to_document(left, left + 1) if left else None
        if place is not None:
            self.browser.go_to(place[0])

    @property
    def row(self) -> Row | None:
        """Give what is read."""
        return self._reading.row if self._reading else None

    @property
    def capture(self) -> str:
        """Give the capture that is read, "" for the best there is."""
        if self._reading is None or self._reading.shown is None:
            return ""
        shown = self._reading.shown.name
        return "" if shown == self._reading.captures[0].name else shown

    @property
    def focused(self) -> str:
        """Give the passage that is visited; nothing that was only found or proposed."""
        thing = self.browser.focused
        return "" if thing.startswith(FOUND) else thing

    # --- passages ------------------------------------------------------------------------------

    def _on_pause(self) -> None:
        if self._map is not None:
            self.found_wanted.emit((self.thing, _read(self._reading)))

    def go_to_passage(self, thing: str) -> bool:
        """Bring the passage of a quote or annotation in view. False when it is not there.

        Where the text is still being laid out, it is gone to once it is there.
        """
        for one in self._reading.placed if self._reading else ():
            if one.row.id == thing and one.anchor.status != "orphan":
                self._back = lambda: self.browser.focus_passage(thing)
                if self._map is not None:
                    self._arrive()
                return True
        return False

    def visit(self, by: int) -> bool:
        """Go to the next (1) or the previous (-1) passage. False when there is none."""
        return bool(self.browser.visit(by))

    def show_found(self, article: str, capture: str, found: list[Found]) -> None:
        """Propose the quotes that were found in a capture, if it is the one that is read."""
        if article != self.thing or self._reading is None or self._map is None:
            return
        if capture != _read(self._reading):
            return
        self.proposals.take(found, self._reading)
        self._show_passages(self._reading)

    def next_found(self) -> str:
        """Select the next quote that was found, and say who speaks; "" when there is none."""
        return self.proposals.next(self._map)

    def _on_note_chosen(self, thing: str) -> None:
        if thing.startswith(FOUND):
            self.proposals.select(int(thing.removeprefix(FOUND)), self._map)
        else:
            self.note_chosen.emit(thing)

    def selection(self) -> tuple[int, int] | None:
        """Give the selected passage in the canonical text; None when nothing is selected."""
        cursor = self.browser.textCursor()
        if self._map is None or not cursor.hasSelection():
            return None
        return self._map.to_canonical(cursor.selectionStart(), cursor.selectionEnd())

    def show_differences(self, pieces: Sequence[Mapping[str, str]]) -> None:
        """Show what changed between two captures, in place of the article."""
        if self._reading is None:
            return
        self._map = None
        self.proposals.clear()
        self._set(documents.differences(self._reading.row, pieces), {})

    # --- headings, looks -----------------------------------------------------------------------

    def headings(self) -> list[outline.Heading]:
        """Give the headings of the text."""
        return outline.headings(self.browser.document()) if self._reading else []

    def wear(self, looks: Looks) -> None:
        """Show texts so from now on, at the same place."""
        theme.choose_paper(looks.paper)
        self.browser.looks = looks
        c = theme.reading()
        own = f"#reader {{ background: {c.paper}; color: {c.text}; }}"
        self.browser.setStyleSheet("" if looks.paper == "window" else own)
        if self.thing:
            shown = self.browser.first_shown()
            place = self._map.to_canonical(shown, shown + 200) if self._map else None
            self._shown = ""
            self.show_thing(self.thing, forms=self._forms)
            self._back_to(place)

    def _back_to(self, place: tuple[int, int] | None) -> None:
        """Bring what was the first line in view there again, whatever the looks."""

        def back() -> None:
            at = self._map.to_document(place[0], place[0] + 1) if place and self._map else None
            if at is not None:
                self.browser.scroll_to(at[0])

        if place is not None:
            self._back = back
        if self._map is not None:
            self._arrive()

    def choose_looks(self) -> None:
        """Open the panel of looks."""
        self.looks_panel.open(self.browser.looks)

    # --- what is shown -------------------------------------------------------------------------

    def _show_reading(self, reading: Reading) -> None:
        if _read(reading) != _read(self._reading):
            # They stand elsewhere in another capture, or nowhere.
            self.proposals.clear()
        self._reading = reading
        self.banner.hide()
        self._show_kind(reading)
        self._stack.setCurrentWidget(self.browser)
        if reading.row.kind != "article":
            self._arrive()

    def _show_kind(self, reading: Reading) -> None:
        if reading.row.kind == "article":
            self._show_article(reading)
        else:
            self._set(writing.whole(self._desk, reading), {})
        if reading.row.kind == "quote":
            self._prove(reading)

    def _prove(self, reading: Reading) -> None:
        """Complete a quote by its passport, worked out aside: it measures the whole article."""
        ticket = self._ticket

        def done(passport: Passport) -> None:
            if ticket == self._ticket:
                back = self._stay()
                self._set(writing.whole(self._desk, reading, passport), {})
                back()

        self._jobs.look(lambda: self._desk.citing.passport(reading.row.id), done)

    def _show_article(self, reading: Reading) -> None:
        shown = reading.shown
        head, foot = writing.around(self._desk, reading)
        self.banner.tell_capture(reading, is_older=bool(self.capture))
        # Its colours are written in the text that is laid out.
        around = f"{theme.reading()}{head}{shown.name if shown else ''}{foot}"
        if around == self._shown and self._map is not None:
            # Only what is marked changed: the text stays as it is laid out.
            self.proposals.take(self.proposals.found, reading)
            self._show_passages(reading)
            self._arrive()
            return
        kept = any(one.anchor.status != "orphan" for one in reading.placed)
        html = f"{head}{documents.body(reading.html)}{foot}"
        self._set(html, dict(shown.images) if shown else {}, margin=kept)
        self._shown = around
        if not self.browser.filling:
            self._on_filled()

    def _on_banner_answered(self, answer: str) -> None:
        if answer == "always":
            self.capture_chosen.emit((self.thing, self.capture))
        else:
            self.show_thing(self.thing, forms=self._forms, capture="")
            self.browser.setFocus()

    def _show_passages(self, reading: Reading) -> None:
        if self._map is None:
            return
        people = self._desk.people() if reading.placed else {}
        shown = marks.kept(reading, self._map, people, clock.now_ms())
        if self._forms:
            shown += marks.sought(self._desk.marks(reading.text, self._forms), self._map)
        shown += self.proposals.marked(self._map)
        self.browser.show_highlights(shown)

    def _on_filled(self) -> None:
        """Align the text with what is shown of it, aside when it is long; then mark it."""
        reading = self._reading
        if reading is None or reading.row.kind != "article" or not self._shown:
            return
        raw, ticket = self.browser.document().toRawText(), self._ticket
        if len(raw) < LONG:
            self._on_mapped(_mapped(reading.text, raw))
            return

        def done(made: TextMap) -> None:
            if ticket == self._ticket:
                self._on_mapped(made)

        self._jobs.look(lambda: _mapped(reading.text, raw), done)

    def _on_mapped(self, made: TextMap) -> None:
        self._map = made
        if self._reading is None:
            return
        self._show_passages(self._reading)
        self._arrive()
        self._pause.start()

    def _arrive(self) -> None:
        """Go where the text was, or where it was asked for."""
        back, self._back = self._back, None
        if back is not None:
            back()

    def _set(self, html: str, images: dict[str, str], *, margin: bool = False) -> None:
        self._map, self._shown = None, ""
        looks = self.browser.looks
        self.browser.show_html(
            html,
            prose.sheet(theme.points(looks.points), theme.reading(), theme.UI_FONT),
            images,
            blocked=_("Image not kept"),
            margin=margin,
        )


def _read(reading: Reading | None) -> str:
    """Give the capture that is read, "" for none."""
    return reading.shown.name if reading is not None and reading.shown is not None else ""


def _mapped(text: str, raw: str) -> TextMap:
    """Align the canonical text with the part of the document after the header."""
    head, mark, body = raw.partition(documents.BODY)
    if not mark:
        head, body = "", raw
    return TextMap(text, body, len((head + mark).encode("utf-16-le")) // 2)
