"""The reader: one thing, its passages, and what can be done with a selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.looking import Reading
from veille.desk.quoting import Found
from veille.domain.errors import NotFound
from veille.domain.ids import kind_of
from veille.domain.seeking import occurrences
from veille.domain.views import Row
from veille.sentences import dates, marking, names, sorting
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui import theme
from veille.ui.reading import documents, marks, outline
from veille.ui.reading.banner import Banner
from veille.ui.reading.browser import Browser
from veille.ui.reading.find_bar import FindBar
from veille.ui.reading.looks import Looks, LooksPanel
from veille.ui.reading.marks import FOUND
from veille.ui.reading.text_map import TextMap
from veille.ui.widgets import prose
from veille.ui.widgets.empty_state import EmptyState

# Quotes are looked for in what is read, not in what is passed over.
_FOUND_MS: Final = 250


class ReadingPane(QWidget):
    """Reads things.

    Signals:
        link_chosen(str): a link was clicked.
        note_chosen(str): a margin card was clicked.
        found_wanted(str): an article is read for a moment; its quotes may be looked for.
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

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reading: Reading | None = None
        self._map: TextMap | None = None
        self._forms: Mapping[str, str] = {}
        self._quotes: list[Found] = []
        self._at = -1
        self._sought: list[tuple[int, int]] = []
        self._sought_at = -1
        self.thing = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FOUND_MS)
        self._pause.timeout.connect(self._on_pause)
        self.browser = Browser(desk.blob)
        self.browser.setAccessibleName(_("Text"))
        self.find_bar, self.banner = FindBar(), Banner()
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
        for one in (self.banner, self.find_bar):
            column.addWidget(one)
        column.addWidget(self._stack, 1)
        self.browser.link_chosen.connect(self.link_chosen)
        self.browser.note_chosen.connect(self._on_note_chosen)
        self.browser.passage_focused.connect(self.passage_focused)
        self.find_bar.typed.connect(self._on_sought)
        self.find_bar.step_requested.connect(self.find_step)
        self.find_bar.closed.connect(self._on_find_closed)
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
            _("Choose a line on the left, or search."),
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
            self._quotes, self._at = [], -1
        wanted = capture if capture is not None else (self.capture if again else "")
        scroll, focused = self.browser.verticalScrollBar().value(), self.browser.focused
        caret = self.browser.textCursor().position()
        try:
            reading = self._desk.read(thing, capture=wanted)
        except NotFound:
            self.show_nothing()
            return
        self.thing = thing
        self._show_reading(reading)
        self._stack.setCurrentWidget(self.browser)
        if again:
            self.browser.focused = focused
            self.browser.put_caret(caret)
            self.browser.verticalScrollBar().setValue(scroll)
        else:
            self._come_back()
        if self._map is not None:
            self._pause.start()

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
        self.left.emit((self.thing, 0 if at_top or place is None else place[0]))

    def _come_back(self) -> None:
        """Go where the article was left, unless a search or a passage says where to go."""
        if self._map is None or self._forms:
            return
        left = self._desk.sorting.place(self.thing)
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
        shown = self._reading.shown.operation
        return "" if shown == self._reading.captures[0].operation else shown

    @property
    def focused(self) -> str:
        """Give the passage that is visited; nothing that was only found or proposed."""
        thing = self.browser.focused
        return "" if thing.startswith(FOUND) else thing

    # --- passages ------------------------------------------------------------------------------

    def _on_pause(self) -> None:
        if self._map is not None:
            self.found_wanted.emit(self.thing)

    def go_to_passage(self, thing: str) -> bool:
        """Bring the passage of a quote or annotation in view. False when it is not there."""
        for one in self._reading.placed if self._reading else ():
            if one.row.id == thing and self._map and one.anchor.status != "orphan":
                self.browser.focus_passage(thing)
                return True
        return False

    def visit(self, by: int) -> bool:
        """Go to the next (1) or the previous (-1) passage. False when there is none."""
        return bool(self.browser.visit(by))

    def show_found(self, article: str, found: list[Found]) -> None:
        """Propose the quotes that were found in the article that is read."""
        if article != self.thing or self._reading is None or self._map is None:
            return
        kept = [one.row.text("exact") for one in self._reading.placed if one.row.kind == "quote"]
        self._quotes = [one for one in found if one.exact not in kept]
        self._show_passages(self._reading)

    def next_found(self) -> str:
        """Select the next quote that was found, and say who speaks; "" when there is none."""
        if not self._quotes:
            return ""
        self._at = (self._at + 1) % len(self._quotes)
        return self._select_found(self._at)

    def _select_found(self, number: int) -> str:
        one = self._quotes[number]
        place = self._map.to_document(one.start, one.end) if self._map else None
        if place is None:
            return ""
        self._at = number
        self.browser.select(*place)
        self.browser.setFocus()
        who = ", ".join(part for part in (one.speaker, one.role) if part)
        return _("{number} of {total} · {who} — C keeps it").format(
            number=number + 1, total=len(self._quotes), who=who or names.unknown_speaker()
        )

    def _on_note_chosen(self, thing: str) -> None:
        if thing.startswith(FOUND):
            self._select_found(int(thing.removeprefix(FOUND)))
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
        self._map, self._quotes = None, []
        self._set(documents.differences(self._reading.row, pieces), {})

    # --- finding, headings, looks --------------------------------------------------------------

    def seek(self) -> None:
        """Look for words in the text."""
        self.find_bar.open(self.browser.textCursor().selectedText()[:80])
        self._on_sought(self.find_bar.field.text())

    def _on_sought(self, typed: str) -> None:
        raw = self.browser.document().toPlainText()
        found = occurrences(raw, typed)
        self._sought = [(_units(raw, start), _units(raw, end)) for start, end in found]
        here = self.browser.textCursor().selectionStart()
        ahead = [n for n, (start, _end) in enumerate(self._sought) if start >= here]
        self._sought_at = (ahead[0] if ahead else 0) if self._sought else -1
        self._show_sought()

    def find_step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) place of what is looked for."""
        if not self.find_bar.isVisible():
            self.seek()
            return
        if self._sought:
            self._sought_at = (self._sought_at + by) % len(self._sought)
            self._show_sought()

    def _show_sought(self) -> None:
        self.browser.show_occurrences(self._sought, self._sought_at)
        self.find_bar.tell(self._sought_at, len(self._sought))
        if self._sought_at >= 0:
            self.browser.go_to(self._sought[self._sought_at][0])

    def _on_find_closed(self) -> None:
        if self._sought_at >= 0:
            self.browser.select(*self._sought[self._sought_at])
        self._sought, self._sought_at = [], -1
        self.browser.show_occurrences([], -1)
        self.browser.setFocus()

    def headings(self) -> list[outline.Heading]:
        """Give the headings of the text."""
        return outline.headings(self.browser.document()) if self._reading else []

    def wear(self, looks: Looks) -> None:
        """Show texts so from now on, at the same place."""
        theme.choose_paper(looks.paper)
        self.browser.looks = looks
        if self.thing:
            shown = self.browser.first_shown()
            place = self._map.to_canonical(shown, shown + 200) if self._map else None
            self.show_thing(self.thing, forms=self._forms)
            back = self._map.to_document(place[0], place[0] + 1) if place and self._map else None
            if back is not None:
                self.browser.scroll_to(back[0])

    def choose_looks(self) -> None:
        """Open the panel of looks."""
        self.looks_panel.open(self.browser.looks)

    # --- what is shown -------------------------------------------------------------------------

    def _show_reading(self, reading: Reading) -> None:
        self._reading, self._map = reading, None
        self.banner.hide()
        row = reading.row
        filed = self._filed(row)
        if row.kind == "article":
            self._show_article(reading, filed)
        elif row.kind in {"quote", "annotation"}:
            passport = self._desk.citing.passport(row.id)
            self._set(
                documents.quote(
                    row, reading.about, reading.backlinks, filed=filed, passport=passport
                ),
                {},
            )
        elif row.kind == "dossier":
            self._set(documents.dossier(row, reading.members, reading.live, filed=filed), {})
        else:
            html = self._desk.note_html(reading.text, reference=names.reference)
            self._set(f"<h1>{escape(row.title)}</h1>{prose.for_qt(html)}", {})

    def _show_article(self, reading: Reading, filed: str) -> None:
        shown = reading.shown
        html = documents.article(
            reading.row,
            reading.html or "",
            filed=filed,
            missing=len(shown.missing) if shown else 0,
            pending=_pending(reading),
            excerpt=shown is not None and shown.excerpt,
            reason=shown.reason if shown else "",
            captures=len(reading.captures),
            inside=len(shown.inside) if shown else 0,
            decided=self._decided(reading.row),
            tellers=self._desk.sorting.tellers(reading.row.id),
        )
        lost = [one.row for one in reading.placed if one.anchor.status == "orphan"]
        html += documents.orphans(lost) + documents.mentions(reading.backlinks)
        self._set(html, dict(shown.images) if shown else {})
        self._map = self._mapped(reading.text)
        self._tell_capture(reading)
        self._show_passages(reading)

    def _tell_capture(self, reading: Reading) -> None:
        """Say that an older capture is read, or that the site has no such page any more."""
        gone = reading.row.fields.get("gone")
        parts = [marking.gone(gone)] if isinstance(gone, int) and gone else []
        if reading.shown is not None and (self.capture or parts):
            parts.append(marking.of_capture(reading.shown.at))
        answers = [("newest", _("Back to the one that is read")),
                   ("always", _("Read this one from now on"))]  # fmt: skip
        if parts:
            self.banner.tell(" — ".join(parts), answers if self.capture else ())

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
        shown += marks.proposed(self._quotes, self._map)
        self.browser.show_highlights(shown)

    def _mapped(self, text: str) -> TextMap:
        """Align the canonical text with the part of the document after the header."""
        raw = self.browser.document().toRawText()
        head, mark, body = raw.partition(documents.BODY)
        if not mark:
            head, body = "", raw
        return TextMap(text, body, len((head + mark).encode("utf-16-le")) // 2)

    def _set(self, html: str, images: dict[str, str]) -> None:
        looks = self.browser.looks
        self.browser.show_html(
            html,
            prose.sheet(looks.points, theme.reading(), theme.UI_FONT),
            images,
            blocked=_("Image not kept"),
        )

    def _decided(self, row: Row) -> str:
        """Say who or what gave an article its state, "" when nobody did."""
        by = sorting.decided_by(row)
        if not by:
            return ""
        rules = {by: self._desk.title(by)} if kind_of(by) == "rule" else {}
        return sorting.decided(row, self._desk.people(), rules)

    def _filed(self, row: Row) -> str:
        if row.passing:
            # A feed brought it: its dates stand beside its source already.
            return ""
        who = self._desk.people().get(row.created_by, "")
        spaces = {one.id: one for one in self._desk.spaces()}
        home = spaces.get(row.space)
        where = names.space(home.name, personal=home.personal) if home else ""
        return _("Filed by {who} on {when}, in {space}").format(
            who=who or _("somebody"), when=dates.moment(row.created_at), space=where
        )


def _pending(reading: Reading) -> str:
    """Say what is awaited of a page that is still to be had, "" when it is here."""
    if reading.pending is None:
        return ""
    problem = reading.pending.problem
    if problem:
        return sentence_of_code(problem, url=reading.pending.url)
    return _("The page is being fetched.")


def _units(text: str, place: int) -> int:
    """Count in UTF-16 units, as Qt does, so many characters of a text."""
    return place if text.isascii() else len(text[:place].encode("utf-16-le")) // 2
