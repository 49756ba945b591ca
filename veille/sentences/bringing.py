"""What became of what people brought along: bookmarks, saved pages, line by line and in all."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from veille.domain.text import clip
from veille.sentences.catalogue import _, n_
from veille.sentences.errors import sentence_of_code

if TYPE_CHECKING:
    from veille.desk.bringing import Line

_LONGEST = 120


def line(one: Line) -> str:
    """Say what became of one thing."""
    item = one.item
    label = item.title or (PurePath(item.where).name if item.kind == "file" else item.where)
    return _("{label}: {what}").format(
        label=clip(label or _("without a name"), length=_LONGEST), what=_what(one)
    )


def _what(one: Line) -> str:
    if not one.problem:
        return _("added") if one.is_new else _("was here already")
    told = {
        "no_address": _("has no address: skipped"),
        "not_web": _("is not a page of the web: skipped"),
        "repeated": _("stands twice in the list"),
    }.get(one.problem)
    return told or sentence_of_code(one.problem, url=one.item.where, path=one.item.where)


def brought(new: int, known: int, bad: int) -> str:
    """Say what bringing pages came to."""
    parts = [n_("{n} page added", "{n} pages added", new)]
    if known:
        parts.append(n_("{n} was here already", "{n} were here already", known))
    if bad:
        parts.append(n_("{n} line skipped", "{n} lines skipped", bad))
    return ", ".join(parts)


def behind(waiting: int) -> str:
    """Say that pages are still to be read."""
    return n_(
        "{n} page is being fetched and read behind; work goes on meanwhile.",
        "{n} pages are being fetched and read behind; work goes on meanwhile.",
        waiting,
    )
