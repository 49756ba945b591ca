"""The reader: one thing, its passages, and what can be done with a selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from veille.desk.desk import Desk
from veille.desk.looking import Reading
from veille.desk.quoting import Found
from veille.domain.errors import NotFound
from veille.domain.ids import kind_of
from veille.domain.views import Row
from veille.sentences import dates, names, sorting
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui import theme
from veille.ui.reading import documents
from veille.ui.reading.browser import READING_POINTS, Browser, Highlight
from veille.ui.reading.text_map import TextMap
from veille.ui.widgets import prose
from veille.ui.widgets.empty_state import EmptyState

FOUND = "found:"
# Quotes are looked for in what is read, not in what is passed over.
_FOUND_MS: Final = 250


class ReadingPane(QWidget):
    """Reads things.

    Signals:
        link_chosen(str): a link was clicked.
        note_chosen(str): a margin note was clicked.
        found_wanted(str): an article is read for a moment; its quotes may be looked for.
    """

    link_chosen = Signal(object)
    note_chosen = Signal(object)
    found_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reading: Reading | None = None
        self._map: TextMap | None = None
        self._forms: Mapping[str, str] = {}
        self._quotes: list[Found] = []
        self._at = -1
        self.thing = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FOUND_MS)
        self._pause.timeout.connect(self._on_pause)
        self.browser = Browser(desk.blob)
        self.browser.setAccessibleName(_("Text"))
        self.browser.link_chosen.connect(self.link_chosen)
        self.browser.note_chosen.connect(self._on_note_chosen)
        self.empty = EmptyState()
        self.empty.setObjectName("page")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.browser)
        self._stack.addWidget(self.empty)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self.thing, self._reading, self._map = "", None, None
        c = theme.colours()
        self.empty.tell(
            theme.pixmap("book-open", c.muted, 40, self.devicePixelRatioF()),
            _("Nothing is open"),
            _("Choose a line on the left, or search."),
        )
        self._stack.setCurrentWidget(self.empty)

    def show_thing(self, thing: str, *, forms: Mapping[str, str] | None = None) -> None:
        """Read a thing; ``forms`` are the folded words of a search, to mark."""
        self._forms = forms or {}
        if thing != self.thing:
            self._quotes, self._at = [], -1
        scroll = self.browser.verticalScrollBar().value() if thing == self.thing else 0
        try:
            self._show_reading(self._desk.read(thing))
        except NotFound:
            self.show_nothing()
            return
        self.thing = thing
        self._stack.setCurrentWidget(self.browser)
        self.browser.verticalScrollBar().setValue(scroll)
        if self._map is not None:
            self._pause.start()

    def close_reading(self) -> None:
        """Want nothing more."""
        self._pause.stop()

    def _on_pause(self) -> None:
        if self._map is not None:
            self.found_wanted.emit(self.thing)

    def go_to_passage(self, thing: str) -> bool:
        """Bring the passage of a quote or annotation in view. False when it is not there."""
        for one in self._reading.placed if self._reading else ():
            if one.row.id == thing and self._map and one.anchor.status != "orphan":
                place = self._map.to_document(one.anchor.start, one.anchor.end)
                if place:
                    self.browser.go_to(place[0])
                    return True
        return False

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

    def show_differences(self, pieces: Sequence[Mapping[str, str]]) -> None:
        """Show what changed between two captures, in place of the article."""
        if self._reading is None:
            return
        self._map, self._quotes = None, []
        self._set(documents.differences(self._reading.row, pieces), {})

    def selection(self) -> tuple[int, int] | None:
        """Give the selected passage in the canonical text; None when nothing is selected."""
        cursor = self.browser.textCursor()
        if self._map is None or not cursor.hasSelection():
            return None
        return self._map.to_canonical(cursor.selectionStart(), cursor.selectionEnd())

    @property
    def row(self) -> Row | None:
        """Give what is read."""
        return self._reading.row if self._reading else None

    def _show_reading(self, reading: Reading) -> None:
        self._reading, self._map = reading, None
        row = reading.row
        filed = self._filed(row)
        if row.kind == "article":
            self._show_article(reading, filed)
        elif row.kind in {"quote", "annotation"}:
            self._set(documents.quote(row, reading.about, reading.backlinks, filed=filed), {})
        elif row.kind == "dossier":
            self._set(documents.dossier(row, reading.members, reading.live, filed=filed), {})
        else:
            html = self._desk.note_html(reading.text, reference=names.reference)
            self._set(f"<h1>{escape(row.title)}</h1>{prose.for_qt(html)}", {})

    def _show_article(self, reading: Reading, filed: str) -> None:
        capture = reading.captures[0] if reading.captures else None
        images = dict(capture.images) if capture else {}
        pending = ""
        if reading.pending is not None:
            problem = reading.pending.problem
            pending = (
                sentence_of_code(problem, url=reading.pending.url)
                if problem
                else _("The page is being fetched.")
            )
        fragment = reading.html or ""
        html = documents.article(
            reading.row,
            fragment,
            filed=filed,
            missing=len(capture.missing) if capture else 0,
            pending=pending,
            excerpt=capture is not None and capture.excerpt,
            reason=capture.reason if capture else "",
            captures=len(reading.captures),
            inside=len(capture.inside) if capture else 0,
            decided=self._decided(reading.row),
            tellers=self._desk.sorting.tellers(reading.row.id),
        )
        lost = [one.row for one in reading.placed if one.anchor.status == "orphan"]
        html += documents.orphans(lost) + documents.mentions(reading.backlinks)
        self._set(html, images)
        self._map = self._mapped(reading.text)
        self._show_passages(reading)

    def _show_passages(self, reading: Reading) -> None:
        people = self._desk.people() if reading.placed else {}
        shown = []
        for one in reading.placed:
            place = self._map.to_document(one.anchor.start, one.anchor.end) if self._map else None
            if place is None or one.anchor.status == "orphan":
                continue
            kind = "doubtful" if one.anchor.status == "doubtful" else one.row.kind
            note, by = self._margin(one.row, people)
            shown.append(Highlight(*place, one.row.id, kind, note, by))
        shown += self._found(reading.text)
        shown += self._proposed()
        self.browser.show_highlights(shown)

    def _margin(self, row: Row, people: dict[str, str]) -> tuple[str, str]:
        """Give what the margin says of a passage, and who says it."""
        who = people.get(row.created_by, "")
        if row.kind == "quote":
            told = ", ".join(part for part in (row.text("speaker"), row.text("role")) if part)
            return (told or names.unknown_speaker(), _("Quote kept by {who}").format(who=who))
        kept = _("private") if row.text("visibility") == "private" else _("team")
        return (row.text("comment"), f"{who} · {kept}")

    def _found(self, text: str) -> list[Highlight]:
        shown = []
        for start, end in self._desk.marks(text, self._forms) if self._forms else ():
            place = self._map.to_document(start, end) if self._map else None
            if place:
                shown.append(Highlight(*place, "", "found"))
        return shown

    def _proposed(self) -> list[Highlight]:
        shown = []
        for number, one in enumerate(self._quotes):
            place = self._map.to_document(one.start, one.end) if self._map else None
            if place is None:
                continue
            who = ", ".join(part for part in (one.speaker, one.role) if part)
            # Only who is named stands in the margin: the others are underlined.
            by = _("Found in the text: N, then C keeps it") if who else ""
            shown.append(Highlight(*place, f"{FOUND}{number}", "proposed", who, by))
        return shown

    def _mapped(self, text: str) -> TextMap:
        """Align the canonical text with the part of the document after the header."""
        raw = self.browser.document().toRawText()
        head, mark, body = raw.partition(documents.BODY)
        if not mark:
            head, body = "", raw
        return TextMap(text, body, len((head + mark).encode("utf-16-le")) // 2)

    def _set(self, html: str, images: dict[str, str]) -> None:
        self.browser.show_html(
            html,
            prose.sheet(READING_POINTS, theme.colours(), theme.UI_FONT),
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
