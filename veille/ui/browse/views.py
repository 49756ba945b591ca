"""What each view of the sidebar lists, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from veille.desk.desk import Desk
from veille.domain.views import Filter, Row
from veille.sentences import dates, names
from veille.sentences.catalogue import _, n_

SOURCE: Final = "source:"
_ARTICLES: Final = Filter(kinds=("article",), states=("inbox", "kept", "published", "archived"))
FILTERS: Final = {
    "inbox": Filter(kinds=("article",), states=("inbox",)),
    "proposed": Filter(kinds=("article",), states=("proposed",)),
    "articles": _ARTICLES,
    "quotes": Filter(kinds=("quote",)),
    "notes": Filter(kinds=("note",)),
    "dossiers": Filter(kinds=("dossier",)),
}


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty view says. ``action`` is the name of a command, "" for none."""

    icon: str
    title: str
    text: str
    button: str = ""
    action: str = ""


def ids_of(desk: Desk, view: str) -> list[str]:
    """List a view."""
    if view == "sources":
        return [f"{SOURCE}{name}" for name, _n in desk.grouped("source", _ARTICLES)]
    if view == "waiting":
        return [row.id for row in desk.rows([one.article for one in desk.pending()])]
    return desk.ids(FILTERS[view]) if view in FILTERS else []


def rows_of(desk: Desk, ids: Sequence[str]) -> list[Row]:
    """Give the rows of a list; a source is a row too."""
    if ids and ids[0].startswith(SOURCE):
        counts = dict(desk.grouped("source", _ARTICLES))
        return [_source_row(one.removeprefix(SOURCE), counts) for one in ids]
    return desk.rows(ids)


def counts(desk: Desk) -> dict[str, int]:
    """Count what is in each view."""
    found = {view: desk.count(wanted) for view, wanted in FILTERS.items()}
    found["waiting"] = len(desk.pending())
    found["sources"] = len(desk.grouped("source", _ARTICLES))
    return found


def describe(row: Row) -> str:
    """Say a row to a screen reader."""
    detail = [names.kind(row.kind), row.title, row.source, dates.published(row.published)]
    if row.kind == "article":
        detail += [names.state(row.state), names.verdict(row.verdict)]
    return ", ".join(part for part in detail if part)


def empty(view: str, query: str) -> Empty:
    """Say what an empty view is for, and what to do."""
    if view == "search":
        if query.strip():
            return Empty(
                "search",
                _("Nothing found"),
                _("Try fewer words, another spelling, or without the filters."),
            )
        return Empty(
            "search",
            _("Search the whole memory"),
            _("Articles, quotes, annotations and notes, with or without accents. For instance:"
              " water source:courrier since:2025"),
        )  # fmt: skip
    return {
        "inbox": Empty(
            "inbox",
            _("Nothing to sort"),
            _("What you clip arrives here. Keep it, discard it, file it."),
            _("Clip a page…"),
            "clip",
        ),
        "waiting": Empty(
            "clock",
            _("No page is waited for"),
            _("A page that could not be had stays here, with the reason, until you try it again."),
        ),
        "proposed": Empty(
            "sparkles",
            _("No proposal"),
            _("What colleagues propose waits here for a référent: R keeps, E discards."),
        ),
        "articles": Empty(
            "newspaper",
            _("No article yet"),
            _("Clip a page by its address, paste or drop it here, or save it from your browser in"
              " the watched folder (File menu)."),
            _("Clip a page…"),
            "clip",
        ),
        "quotes": Empty(
            "text-quote",
            _("No quote yet"),
            _("Select a sentence in an article and press C: who said it, where and when is kept"
              " with it."),
        ),
        "notes": Empty(
            "notebook-text",
            _("No note yet"),
            _("A note gathers quotes and links, and can be shared."),
            _("Write a note"),
            "new_note",
        ),
        "dossiers": Empty(
            "folder",
            _("No dossier yet"),
            _("A dossier brings together what belongs together. Choose an article and press D."),
        ),
        "sources": Empty(
            "rss", _("No source yet"), _("The newspapers and sites of your articles appear here.")
        ),
    }[view]  # fmt: skip


def _source_row(name: str, counted: dict[str, int]) -> Row:
    return Row(
        id=f"{SOURCE}{name}",
        kind="source",
        space="",
        title=name,
        about="",
        state="",
        source="",
        published="",
        verdict="",
        words=0,
        lead=n_("{n} article", "{n} articles", counted.get(name, 0)),
        conflicts=0,
        created_by="",
        created_at=0,
        updated_by="",
        updated_at=0,
        hidden=0,
        fields={},
    )
