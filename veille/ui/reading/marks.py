"""From what was marked in an article to what is shown of it: places, cards, what was looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from veille.desk.margin import is_open
from veille.domain.views import Row
from veille.sentences import dates, marking, names
from veille.sentences.catalogue import _
from veille.ui.reading.highlights import Card, CardReply, Highlight
from veille.ui.reading.text_map import TextMap

if TYPE_CHECKING:
    from veille.desk.looking import Reading
    from veille.desk.passages import Placed
    from veille.desk.quoting import Found

FOUND = "found:"


def kept(reading: Reading, places: TextMap, people: Mapping[str, str], now: int) -> list[Highlight]:
    """Give the quotes and annotations that stand in the text."""
    shown = []
    for one in reading.placed:
        place = places.to_document(one.anchor.start, one.anchor.end)
        if place is None or one.anchor.status == "orphan":
            continue
        meaning = one.row.text("meaning")
        card = _card(one, people, now)
        status = one.anchor.status
        shown.append(Highlight(*place, one.row.id, one.row.kind, status, meaning, card))
    return shown


def _card(one: Placed, people: Mapping[str, str], now: int) -> Card | None:
    row, doubt = one.row, marking.place(one.anchor.status)
    replies = tuple(
        CardReply(reply.text("comment"), _signed(reply, people, now)) for reply in one.replies
    )
    if row.kind == "quote":
        told = ", ".join(part for part in (row.text("speaker"), row.text("role")) if part)
        foot = _("kept by {who}").format(who=people.get(row.created_by, ""))
        return Card(told or names.unknown_speaker(), _foot(foot, doubt), replies=replies)
    said, tags = row.text("comment"), ", ".join(row.tags)
    if not said and not tags and not replies and not doubt and not row.text("meaning"):
        return None
    foot = f"{_signed(row, people, now)} · {marking.readers(row)}"
    asks = is_open(row, one.replies)
    waits = marking.waits() if asks else ""
    return Card(said, _foot(foot, tags, waits, doubt), asks=asks, replies=replies)


def _signed(row: Row, people: Mapping[str, str], now: int) -> str:
    return f"{people.get(row.created_by, '')} · {dates.short(row.created_at, now)}"


def _foot(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def sought(marks: Sequence[tuple[int, int]], places: TextMap) -> list[Highlight]:
    """Give the words of a search that stand in the text."""
    shown = []
    for start, end in marks:
        place = places.to_document(start, end)
        if place:
            shown.append(Highlight(*place, "", "found"))
    return shown


def proposed(found: Sequence[Found], places: TextMap) -> list[Highlight]:
    """Give the quotes that were found in the text and that nobody kept."""
    shown = []
    for number, one in enumerate(found):
        place = places.to_document(one.start, one.end)
        if place is None:
            continue
        who = ", ".join(part for part in (one.speaker, one.role) if part)
        # Only who is named stands in the margin: the others are underlined.
        card = Card(who, _("Found in the text: N, then C keeps it")) if who else None
        shown.append(Highlight(*place, f"{FOUND}{number}", "proposed", card=card))
    return shown
