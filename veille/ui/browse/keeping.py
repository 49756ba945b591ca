"""Keeping what a search finds: under a name, or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.sentences import searching
from veille.sentences.catalogue import _, n_
from veille.ui import ask
from veille.ui.bus import Bus

if TYPE_CHECKING:
    from veille.desk.finding import Found
    from veille.desk.saved import SavedSearch

_CSV: Final = "veille.csv"


def ask_name(window: QWidget, before: str) -> str | None:
    """Ask under which name a search is kept; ``before``: the one it has, or its words."""
    return ask.text(
        window,
        _("Save this search"),
        _("What arrives later and answers it is counted in the sidebar, beside its name."),
        initial=before,
    )


def ask_pace(window: QWidget, before: SavedSearch | None) -> str | None:
    """Ask when its news are told; what was chosen ``before`` is chosen already."""
    paces = [ask.Choice(code, told) for code, told in searching.paces().items()]
    return ask.one_of(
        window, _("When something new arrives"), paces,
        chosen=before.every if before is not None else None,
    )  # fmt: skip


def record(desk: Desk, before: SavedSearch | None, title: str, query: str, *, every: str) -> str:
    """Keep a search, or change the one that was kept ``before``, and give its id."""
    if before is None:
        return desk.save_search(title, query, every=every)
    desk.change_search(before.id, title=title, alert=False, every=every)
    return before.id


def named(desk: Desk, search: str) -> SavedSearch | None:
    """Give a saved search by its id."""
    every = desk.saved_searches(counted=False)
    return next((one for one in every if one.id == search), None)


def ask_file(window: QWidget) -> str:
    """Ask for a file: a spreadsheet, or a list to read."""
    kinds = _("Spreadsheet (*.csv);;Markdown (*.md)")
    return ask.save_file(window, _("Export the list"), _CSV, kinds) or ""


def write(desk: Desk, bus: Bus, path: str, title: str, found: Found) -> None:
    """Write a whole result to a file, and say how it went."""
    content = searching.as_csv(found.items, desk.people())
    if path.lower().endswith(".md"):
        content = searching.as_markdown(title, found.items)
    try:
        Path(path).write_text(content, encoding="utf-8", newline="")
    except OSError as problem:
        why = problem.strerror or str(problem)
        told = _("{path} could not be written: {why}.").format(path=path, why=why)
        bus.say(told, tone="error")
        return
    bus.say(n_("{n} line written.", "{n} lines written.", len(found.items)))
