"""What is said around what a note shows in place: its reference, and what became of its source."""

from __future__ import annotations

from veille.domain.views import Row
from veille.sentences import dates, names
from veille.sentences.catalogue import _, n_


def quote(row: Row, about: Row | None) -> str:
    """Write the reference of a quote."""
    return names.reference(row, about)


def article(row: Row) -> str:
    """Write the reference of an article."""
    authors = ", ".join(row.authors) or names.unknown_author()
    parts = [authors, row.source or names.unknown_source(), dates.published(row.published)]
    return ", ".join(part for part in parts if part)


def line(row: Row, about: Row | None) -> str:
    """Write the reference of one line of a list."""
    if row.kind == "article":
        return article(row)
    if row.kind in {"quote", "annotation"}:
        return names.reference(row, about)
    return names.kind(row.kind)


def search(query: str, total: int) -> str:
    """Say what was searched, and how much was found."""
    found = n_("{n} thing found", "{n} things found", total)
    return _("Search “{query}”: {found}").format(query=query, found=found)


def notice(code: str, at: int) -> str:
    """Say what became of a source; ``at``: when, milliseconds, or how many."""
    # A window without a note does not wait for what notes show in place.
    from veille.desk import embedding

    if code == embedding.MORE:
        return n_("and {n} more", "and {n} more", at)
    when = dates.of_moment(at) if at else ""
    return {
        embedding.CHANGED: _("The page has changed since it was clipped (seen on {when})."),
        embedding.GONE: _("The page is no longer on the site since {when}; our capture remains."),
        embedding.DOUBTFUL: _("The passage has changed in the page read today: to confirm."),
        embedding.LOST: _("These words are no longer in the page read today; our capture of that"
                          " day has them."),
        embedding.DELETED: _("Deleted on {when}."),
        embedding.UNKNOWN: _("What stood here is not in the memory: it was erased, or has not arrived"
                             " yet."),
        embedding.EMPTY: _("Nothing in it today."),
    }[code].format(when=when)  # fmt: skip
