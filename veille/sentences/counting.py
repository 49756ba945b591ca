"""How much there is: what the memory holds, what a month shared, what a search found by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from veille.sentences import names
from veille.sentences.catalogue import _, labelled, n_, number, series
from veille.sentences.dates import published


def all_well(*, operations: int, things: int, blobs: int) -> str:
    """Say that everything was read back, and how much it was."""
    return _("All is well: {what}.").format(
        what=series([
            n_("{n} operation", "{n} operations", operations),
            n_("{n} thing", "{n} things", things),
            n_("{n} file", "{n} files", blobs),
        ])
    )  # fmt: skip


def filled(counts: Mapping[str, int]) -> str:
    """Say what a new profile was filled with."""
    told = {
        "articles": n_("{n} article", "{n} articles", counts["articles"]),
        "quotes": n_("{n} quote", "{n} quotes", counts["quotes"]),
        "annotations": n_("{n} annotation", "{n} annotations", counts["annotations"]),
        "notes": n_("{n} note", "{n} notes", counts["notes"]),
        "dossiers": n_("{n} dossier", "{n} dossiers", counts["dossiers"]),
        "people": n_("{n} person", "{n} people", counts["people"]),
    }
    return series(list(told.values()))


def shared(month: str, *, full: int, quotes: int, links: int) -> str:
    """Say what was shared of the press in a month (``YYYY-MM``)."""
    told = [
        n_("{n} article in full", "{n} articles in full", full),
        n_("{n} quote", "{n} quotes", quotes),
        n_("{n} link", "{n} links", links),
    ]
    return labelled(published(month), ", ".join(told))


def by(name: str, counts: Iterable[tuple[str, int]]) -> str:
    """Say how much there is of each value of a field."""
    told = (f"{_value(name, value)} ({number(count)})" for value, count in counts)
    return labelled(_field(name), ", ".join(told))


def _field(name: str) -> str:
    return {"kind": _("Type"), "month": _("Month"), "by": _("Filed by")}.get(name) or (
        names.filter_name(name).capitalize()
    )


def _value(name: str, value: str) -> str:
    if name == "month":
        # A search counts by "202611", the memory by "2026-11".
        return published(f"{value[:4]}-{value[-2:]}")
    if name == "space":
        return names.space(value, personal=value == "personal")
    return {"kind": names.kind, "state": names.state}.get(name, str)(value)
