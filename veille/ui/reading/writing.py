"""What is shown of a thing, asked of the desk and written: the text itself and what stands around."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from veille.desk.desk import Desk
from veille.domain.ids import kind_of
from veille.domain.views import Row
from veille.sentences import clipping, dates, embedding, names, sorting
from veille.sentences.catalogue import _
from veille.ui.reading import documents
from veille.ui.widgets import prose

if TYPE_CHECKING:
    from veille.desk.citing import Passport
    from veille.desk.looking import Reading


def whole(desk: Desk, reading: Reading, passport: Passport | None = None) -> str:
    """Write a quote (with its passport, once it is known), a comment, a dossier or a note."""
    row = reading.row
    filed = _filed(desk, row)
    if row.kind == "quote":
        return documents.quote(
            row, reading.about, reading.backlinks, filed=filed, passport=passport
        )
    if row.kind == "annotation":
        replies = desk.margin.replies(row.id)
        return documents.annotation(row, reading.about, replies, desk.people(), filed=filed)
    if row.kind == "dossier":
        return documents.dossier(row, reading.members, reading.live, filed=filed)
    html = desk.wiki.html(row.title, reading.text, voice=embedding, note=row.id)
    return f"<h1>{escape(row.title)}</h1>{prose.for_qt(html)}"


def around(desk: Desk, reading: Reading) -> tuple[str, str]:
    """Write what stands above and below an article."""
    shown = reading.shown
    head = documents.head(
        reading.row,
        filed=_filed(desk, reading.row),
        missing=len(shown.missing) if shown else 0,
        pending=_pending(reading),
        excerpt=shown is not None and shown.excerpt,
        reason=shown.reason if shown else "",
        captures=len(reading.captures),
        inside=len(shown.inside) if shown else 0,
        decided=_decided(desk, reading.row),
        tellers=desk.sorting.tellers(reading.row.id),
    )
    lost = [one for one in reading.placed if one.anchor.status == "orphan"]
    return head, documents.orphans(lost) + documents.mentions(reading.backlinks)


def _decided(desk: Desk, row: Row) -> str:
    """Say who or what gave an article its state, "" when nobody did."""
    by = sorting.decided_by(row)
    if not by:
        return ""
    rules = {by: desk.title(by)} if kind_of(by) == "rule" else {}
    return sorting.decided(row, desk.people(), rules)


def _filed(desk: Desk, row: Row) -> str:
    if row.passing:
        # A feed brought it: its dates stand beside its source already.
        return ""
    who = desk.people().get(row.created_by, "")
    home = next((one for one in desk.spaces() if one.id == row.space), None)
    where = names.space(home.name, personal=home.personal) if home else ""
    return _("Filed by {who} on {when}, in {space}").format(
        who=who or _("somebody"), when=dates.moment(row.created_at), space=where
    )


def _pending(reading: Reading) -> str:
    """Say what is awaited of a page that is still to be had, "" when it is here."""
    if reading.pending is None:
        return ""
    if reading.pending.problem:
        return clipping.not_fetched(reading.pending)
    return _("The page is being fetched.")
