"""What is shown in place of an embed: the thing as it is today, its reference, what became of it.

A note never holds a copy of what it shows. So it can say that the source has changed, was taken
down or deleted since, and every embed leads to the very passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from veille.annotate.anchor import anchor_best
from veille.desk import finding, passages, saved
from veille.desk.finding import SearchOptions
from veille.desk.house import House
from veille.domain.errors import NotFound, Refused, VeilleError
from veille.domain.ids import ENTITY
from veille.domain.views import Filter, Row
from veille.store import reading, things, wiki
from veille.store.connection import Rows

if TYPE_CHECKING:
    from veille.wiki.render import Embedded, Line, Renderer, Target

SEARCH: Final = "?"
PEOPLE: Final = "@"
# Of a dossier or a search, what is shown in place.
_LINES: Final = 12
# What was looked at before is not anchored again until its row or its article's changes.
_MOST_KNOWN: Final = 2_000

# What may have become of a source, as codes: said to people by ``Voice.notice``.
CHANGED: Final = "changed"
GONE: Final = "gone"
DOUBTFUL: Final = "doubtful"
LOST: Final = "lost"
DELETED: Final = "deleted"
UNKNOWN: Final = "unknown"
EMPTY: Final = "empty"
MORE: Final = "more"


class Voice(Protocol):
    """How things are said, in the reader's language."""

    def quote(self, row: Row, about: Row | None) -> str:
        """Write the reference of a quote."""

    def article(self, row: Row) -> str:
        """Write the reference of an article."""

    def line(self, row: Row, about: Row | None) -> str:
        """Write the reference of one line of a list."""

    def search(self, query: str, total: int) -> str:
        """Say what was searched, and how much was found."""

    def notice(self, code: str, at: int) -> str:
        """Say what became of a source; ``at``: when, milliseconds, or how many."""


class Shower:
    """Shows the embeds of notes, one note after the other."""

    def __init__(self, house: House, voice: Voice, note: str = "") -> None:
        self._house, self._voice, self._note = house, voice, note
        self._known: dict[tuple[str, int, str, int], tuple[str, int]] = {}

    def renderer(self, *, french: bool) -> Renderer:
        """Give what renders the note."""
        from veille.wiki.render import Renderer

        return Renderer(resolve=self.resolve, embed=self.embed, french=french)

    def resolve(self, target: str) -> Target | None:
        """Give what a link leads to today: what it was bound to, else what bears the title."""
        from veille.wiki.render import Target

        with self._house.database.reading() as db:
            found = self._leads(db, target)
        if found is None or found.hidden:
            return None
        return Target(found.id, found.title)

    def embed(self, target: str) -> Embedded | None:
        """Give what an embed shows today; None when it is unknown here."""
        if target.startswith(SEARCH):
            return self._search(target[1:].strip())
        with self._house.database.reading() as db:
            row = self._leads(db, target)
            about = _about(db, row) if row else None
        if row is None or row.hidden == things.GONE:
            return self._unknown(target) if ENTITY.match(target) else None
        if row.hidden == things.DELETED:
            return self._deleted(row)
        show = {"quote": self._quote, "annotation": self._quote, "article": self._article}
        return show[row.kind](row, about) if row.kind in show else self._list(row)

    def _leads(self, db: Rows, target: str) -> Row | None:
        bound = wiki.bindings(db, self._note).get(target, "") if self._note else ""
        gone = None
        if target.startswith(PEOPLE):
            return _person(db, target.removeprefix(PEOPLE))
        for one in (bound, target):
            if not one:
                continue
            try:
                found = things.rows(db, [things.resolve(db, one)])
            except (NotFound, Refused):
                found = things.rows(db, [one]) if ENTITY.match(one) else []
            if found and not found[0].hidden:
                return found[0]
            # What was deleted gives way to what bears its title; it is told from what never was.
            gone = gone or next(iter(found), None)
        return gone

    def _unknown(self, target: str) -> Embedded:
        from veille.wiki.render import Embedded

        return Embedded(target, "", "", kind="quote", notices=(self._voice.notice(UNKNOWN, 0),))

    def _deleted(self, row: Row) -> Embedded:
        from veille.wiki.render import Embedded

        told = (self._voice.notice(DELETED, row.updated_at),)
        # The words of a quote that was taken back are not shown again.
        title = "" if row.kind in {"quote", "annotation"} else row.title
        return Embedded(row.id, "", title, kind=row.kind, notices=told)

    def _quote(self, row: Row, about: Row | None) -> Embedded:
        from veille.wiki.render import Embedded

        words = row.text("exact")
        shown = f"«\u00a0{words}\u00a0»" if row.kind == "quote" else words or row.text("comment")
        status, at = self._state(row, about)
        notices = [self._voice.notice(status, at)] if status else []
        return Embedded(
            row.id, shown, self._voice.quote(row, about), kind="quote",
            notices=(*notices, *self._of_article(about)),
        )  # fmt: skip

    def _article(self, row: Row, _about: Row | None) -> Embedded:
        from veille.wiki.render import Embedded

        changed = self._changed(row)
        notices = [self._voice.notice(CHANGED, changed)] if changed else []
        return Embedded(
            row.id, row.title, self._voice.article(row), kind="article",
            notices=(*notices, *self._of_article(row)),
        )  # fmt: skip

    def _of_article(self, article: Row | None) -> tuple[str, ...]:
        if article is None:
            return ()
        if article.hidden == things.DELETED:
            return (self._voice.notice(DELETED, article.updated_at),)
        gone = article.fields.get("gone")
        return (self._voice.notice(GONE, gone),) if isinstance(gone, int) and gone else ()

    def _state(self, row: Row, about: Row | None) -> tuple[str, int]:
        """Tell how a passage stands in the capture that is read: "" when it stands as it was."""
        if about is None or not row.text("exact"):
            return "", 0
        known = (row.id, row.updated_at, about.id, about.updated_at)
        if known not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            shown = passages.read(self._house, about.id)
            # Of an excerpt nothing can be said: what is left out of it is not lost.
            told = shown is not None and bool(shown.text) and not shown.excerpt
            same = shown is not None and shown.name == row.text("capture")
            status = _standing(shown.text, row) if shown and told and not same else ""
            self._known[known] = (status, self._changed(about) if status else 0)
        return self._known[known]

    def _changed(self, article: Row) -> int:
        """Tell when a page was last seen to say something else than at first, 0 for never."""
        with self._house.database.reading() as db:
            return reading.changed_at(db, article.id)

    def _list(self, row: Row) -> Embedded:
        from veille.wiki.render import Embedded

        if row.kind != "dossier":
            return Embedded(row.id, row.lead, row.title, kind=row.kind)
        with self._house.database.reading() as db:
            inside = things.listed(db, Filter(dossier=row.id))
        inside += [one for one in self._live(row) if one not in inside]
        return Embedded(
            row.id, row.title, row.text("description"), kind="dossier",
            lines=self._lines(inside[:_LINES]), notices=self._how_many(len(inside)),
        )  # fmt: skip

    def _live(self, row: Row) -> Sequence[str]:
        try:
            return saved.live_members(self._house, row.id) if row.text("query") else ()
        except VeilleError:
            return ()

    def _search(self, query: str) -> Embedded:
        from veille.wiki.render import Embedded

        try:
            found = finding.answer(self._house, query, SearchOptions(limit=_LINES))
        except VeilleError:
            found = None
        ids = [hit.id for hit in found.hits] if found else []
        total = found.total if found else 0
        return Embedded(
            f"{SEARCH}{query}", query, self._voice.search(query, total), kind="search",
            lines=self._lines([one for one in ids if one != self._note]),
            notices=self._how_many(total),
        )  # fmt: skip

    def _how_many(self, total: int) -> tuple[str, ...]:
        if total == 0:
            return (self._voice.notice(EMPTY, 0),)
        return (self._voice.notice(MORE, total - _LINES),) if total > _LINES else ()

    def _lines(self, ids: Sequence[str]) -> tuple[Line, ...]:
        from veille.wiki.render import Line

        with self._house.database.reading() as db:
            rows = [(row, _about(db, row)) for row in things.rows(db, ids) if not row.hidden]
        return tuple(Line(row.id, row.title, self._voice.line(row, about)) for row, about in rows)


def _standing(text: str, row: Row) -> str:
    status = anchor_best(text, passages.selectors_of(row)).status
    return {"doubtful": DOUBTFUL, "orphan": LOST}.get(status, "")


def _person(db: Rows, name: str) -> Row | None:
    """Give who is called so; the first who ever was, of two."""
    found = things.titled(db, name, kind="person")
    return next(iter(things.rows(db, [found])), None) if found else None


def _about(db: Rows, row: Row) -> Row | None:
    if not row.about:
        return None
    return next(iter(things.rows(db, [things.moved_to(db, row.about) or row.about])), None)
