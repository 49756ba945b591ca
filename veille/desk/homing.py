"""Coming back: what is new since the last visit, and what waits for who is at the desk.

A part of the Desk.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from veille.desk import noting, roles, saved, settling
from veille.desk.house import House
from veille.desk.margin import Margin
from veille.desk.saved import SavedSearch
from veille.domain import operation as op
from veille.domain.roles import REFERENT
from veille.domain.text import key
from veille.domain.views import Filter, Row
from veille.store import local, news, things
from veille.store.connection import Rows

_VISIT: Final = "visit"
# Of what others did, so many things are told: more is said to be more.
_MOST: Final = 500
_DRAFT: Final = "draft:"
# Said when nothing better is known: a newer Veille recorded it.
CHANGED: Final = "changed"
_BEGINS: Final[Mapping[str, tuple[str, str]]] = {
    op.CLIP: ("clipped", ""),
    op.NOTE_SET: ("wrote_note", "renamed"),
    op.DOSSIER_SET: ("opened_dossier", "described_dossier"),
    op.CONCEPT_SET: ("created_theme", "described_theme"),
    op.FEED_SET: ("followed", "changed_source"),
}
_COMMENTS: Final[Mapping[str, str]] = {
    "questioning": "asked",
    "replying": "replied",
    "highlighting": "highlighted",
}
_OTHERS: Final[Mapping[str, str]] = {
    op.UNDELETE: "brought_back",
    op.QUOTE_ADD: "quoted",
    op.QUOTE_SET: "corrected_quote",
    op.COMMENT_REV: "rewrote_comment",
    op.NOTE_REV: "edited_note",
    op.MEMBER_ADD: "filed",
    op.MEMBER_RM: "took_out",
    op.CAPTURE: "captured",
    op.TAG_ADD: "added_theme",
    op.TAG_RM: "removed_theme",
}
_STATES: Final[Mapping[str, str]] = {
    "proposed": "proposed",
    "inbox": "to_sort",
    "kept": "kept",
    "discarded": "discarded",
    "published": "published",
    "archived": "archived",
}
# What matters most is said first: what is not told falls off the end.
DEEDS: Final = (
    "deleted", "brought_back", "shared", "asked", "replied", "wrote_note", "edited_note",
    "clipped", "quoted", "commented", "opened_dossier", "created_theme", "followed", "published",
    "proposed", "kept", "discarded", "archived", "to_sort", "filed", "took_out", "highlighted",
    "rewrote_comment", "corrected_quote", "renamed", "described_dossier", "described_theme",
    "changed_source", "corrected", "captured", "added_theme", "removed_theme", CHANGED,
)  # fmt: skip
# What goes without saying once this was said.
_IMPLIED: Final[Mapping[str, frozenset[str]]] = {
    "wrote_note": frozenset({"edited_note", "added_theme"}),
    "clipped": frozenset({"captured", "corrected", "to_sort", "added_theme"}),
    "shared": frozenset({"edited_note", "captured", "corrected", "to_sort", "added_theme"}),
    "quoted": frozenset({"corrected_quote"}),
    "asked": frozenset({"rewrote_comment"}),
    "replied": frozenset({"rewrote_comment"}),
    "commented": frozenset({"rewrote_comment"}),
    "highlighted": frozenset({"rewrote_comment"}),
}


@dataclass(frozen=True, slots=True)
class News:
    """What a colleague did to one thing since the last visit.

    Attributes:
        about: what a quote or a comment is said of.
        kinds: of the operations, in no order.
        at: her last act, milliseconds.
        dossiers: ids of those that hold it, or what it is said of.
        deeds: what that amounts to, in words of DEEDS, what matters most first.
    """

    row: Row
    about: Row | None
    by: str
    kinds: frozenset[str]
    at: int
    dossiers: tuple[str, ...]
    deeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for who is at the desk.

    Attributes:
        questions: those of colleagues that nobody answered.
        proposals: articles that wait for her: she is a référent of their space.
        conflicts: what stands in two versions.
        astray: passages to confirm.
        mentions: notes of others that name her and that changed since the last visit.
        drafts: notes that were being written when the program stopped.
        searches: saved searches that found something new.
    """

    questions: tuple[Row, ...] = ()
    proposals: tuple[Row, ...] = ()
    conflicts: tuple[Row, ...] = ()
    astray: tuple[Row, ...] = ()
    mentions: tuple[Row, ...] = ()
    drafts: tuple[Row, ...] = ()
    searches: tuple[SavedSearch, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """What is told to who comes back.

    Attributes:
        since: when the last visit ended, milliseconds; 0 for the first one.
        news: newest first.
        more: whether there is more than is told.
        until: the last operation that was looked at, of this profile.
    """

    since: int
    news: tuple[News, ...]
    more: bool
    waiting: Waiting
    until: int = 0


class Homing:
    """One method for each thing that can be asked."""

    def __init__(self, house: House, margin: Margin) -> None:
        self._house, self._margin = house, margin

    def look(self, *, full: bool = True) -> Home:
        """Tell what is new since the last visit, and what waits.

        Without ``full``, what takes longer to know is left for ``complete``.
        """
        number, since = self._visit()
        with self._house.database.reading() as db:
            until = news.newest_operation(db)
            found = news.since(db, number, until=until, person=self._house.person, limit=_MOST)
            told = _told(db, found.news)
        home = Home(since, tuple(told), not found.is_all, self._waiting(told), until)
        return self.complete(home) if full else home

    def complete(self, home: Home) -> Home:
        """Add what takes longer to know: passages to confirm, news of saved searches."""
        searches = [one for one in saved.listed(self._house, counted=True) if one.new]
        astray = tuple(one.row for one in self._margin.astray())
        waiting = replace(home.waiting, astray=astray, searches=tuple(searches))
        return replace(home, waiting=waiting)

    def leave(self, shown: Home | None = None) -> None:
        """Note that the visit ends here: what comes from now on is new to the next one.

        What arrived after ``shown`` was looked up has not been seen, and stays new.
        """
        with self._house.database.writing() as db:
            number = shown.until if shown is not None else news.newest_operation(db)
            local.set_meta(db, _VISIT, json.dumps([number, self._house.now()]))

    def _visit(self) -> tuple[int, int]:
        with self._house.database.reading() as db:
            kept = local.meta(db, _VISIT)
        if not kept:
            return 0, 0
        number, at = json.loads(kept)
        return int(number), int(at)

    def _waiting(self, told: Sequence[News]) -> Waiting:
        mine = self._house.person
        asked = [one for one in self._margin.questions() if one.created_by != mine]
        conflicts = settling.standing(self._house)
        with self._house.database.reading() as db:
            return Waiting(
                questions=tuple(one for one in asked if one.text("visibility") != "private"),
                proposals=tuple(_proposals(self._house, db)),
                conflicts=tuple(things.rows(db, conflicts)),
                mentions=tuple(_mentions(db, told, mine)),
                drafts=tuple(_drafts(self._house, db)),
            )


def _told(db: Rows, found: Sequence[news.New]) -> list[News]:
    rows = {row.id: row for row in things.rows(db, list({one.thing for one in found}))}
    abouts = _abouts(db, {row.about for row in rows.values() if row.about})
    origins = {row.text("origin") for row in rows.values()} - {""}
    copied = {row.id for row in things.rows(db, sorted(origins)) if row.hidden == things.VISIBLE}
    wanted = {*rows, *(row.id for row in abouts.values())}
    dossiers = news.dossiers_of(db, wanted)
    return [
        _one_told(one, row, abouts.get(row.about), dossiers, copied)
        for one in found
        if (row := rows.get(one.thing)) is not None
    ]


def _one_told(
    one: news.New, row: Row, about: Row | None, dossiers: Mapping[str, tuple[str, ...]],
    copied: set[str],
) -> News:  # fmt: skip
    holding = (*dossiers.get(row.id, ()), *(dossiers.get(about.id, ()) if about else ()))
    is_copy = row.text("origin") in copied or row.text("filed_by") not in {"", one.by}
    did = _deeds(row, one, is_copy=is_copy)
    return News(row, about, one.by, one.kinds, one.at, tuple(dict.fromkeys(holding)), did)


def _deeds(row: Row, one: news.New, *, is_copy: bool) -> tuple[str, ...]:
    """Tell what somebody did to a thing; a copy is of what stands elsewhere, or is another's."""
    begun = one.is_new and row.created_by == one.by
    # The page that a feed brought is written down along with the first act on it.
    kinds = one.kinds - {op.CAPTURE} if op.ARRIVE in one.kinds else one.kinds
    said = {
        deed
        for kind in kinds
        for deed in _said(row, kind, one.states, begun=begun, is_copy=begun and is_copy)
    }
    implied = {more for deed in said for more in _IMPLIED.get(deed, ())}
    told = [deed for deed in DEEDS if deed in said - implied]
    return tuple(told) or (CHANGED,)


def _said(
    row: Row, kind: str, states: Collection[str], *, begun: bool, is_copy: bool
) -> tuple[str, ...]:
    if kind == op.DELETE:
        # Brought back since, it is not deleted.
        return ("deleted",) if row.hidden == things.DELETED else ()
    if kind == op.ARTICLE_SET:
        return tuple(_STATES[one] for one in states if one in _STATES) or ("corrected",)
    if kind == op.COMMENT_ADD:
        return (_COMMENTS.get(row.text("motivation"), "commented"),)
    if kind in _BEGINS:
        first, later = _BEGINS[kind]
        told = "shared" if is_copy else first if begun or not later else later
        return (told,)
    return (_OTHERS[kind],) if kind in _OTHERS else ()


def _abouts(db: Rows, wanted: set[str]) -> dict[str, Row]:
    """Give the articles that things are said of, under the ids that were said."""
    today = news.today_of(db, wanted)
    ids = sorted({today.get(one, one) for one in wanted})
    rows = {row.id: row for row in things.rows(db, ids)}
    return {one: rows[today.get(one, one)] for one in wanted if today.get(one, one) in rows}


def _proposals(house: House, db: Rows) -> list[Row]:
    """Give what waits for a decision of who is at the desk, newest first."""
    found: list[Row] = []
    for space in local.spaces(db):
        if not space.personal and roles.of(house, space.id) == REFERENT:
            wanted = Filter(kinds=("article",), states=("proposed",), space=space.id)
            found += things.rows(db, things.listed(db, wanted))
    return sorted(found, key=lambda row: row.created_at, reverse=True)


def _mentions(db: Rows, told: Sequence[News], person: str) -> list[Row]:
    """Give the notes that name somebody: ``[[@Name]]``, or her id."""
    notes = {one.row.id: one.row for one in told if one.row.kind == "note" and not one.row.hidden}
    named = [f"@{key(row.title)}" for row in things.rows(db, [person]) if row.title]
    those = news.naming(db, set(notes), [person, *named])
    return [row for row in notes.values() if row.id in those]


def _drafts(house: House, db: Rows) -> list[Row]:
    """Give the notes that were being written, where that differs from what was recorded."""
    ids = [name.removeprefix(_DRAFT) for name in local.named(db, _DRAFT)]
    return [
        row
        for row in things.rows(db, ids)
        if not row.hidden
        and (kept := noting.draft(house, row.id)) is not None
        and (kept.title, kept.text.rstrip("\n")) != (row.title, things.note_text(db, row.id))
    ]
