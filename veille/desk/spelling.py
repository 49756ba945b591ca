"""Texts of notes as people read them: what is named by its id there is said by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from veille.domain.text import clip
from veille.domain.views import Backlink, Row
from veille.store import things, wiki
from veille.store.connection import Rows
from veille.wiki import links

_LONGEST: Final = 160


def spelled(db: Rows, texts: Sequence[str]) -> list[str]:
    """Say texts by the words of what they name. What was deleted is not said again."""
    named = sorted(set().union(*map(links.ids, texts)))
    called = {row.id: _words(row) for row in things.rows(db, named) if not row.hidden}
    return [links.spelled(one, called) for one in texts] if named else list(texts)


def backlinks(db: Rows, thing: str) -> list[Backlink]:
    """Give the notes whose links lead to a thing, with the sentences in which they do."""
    found = wiki.backlinks(db, thing)
    said = spelled(db, [one.context for one in found])
    return [replace(one, context=text) for one, text in zip(found, said, strict=True)]


def _words(row: Row) -> str:
    words = clip(row.title, length=_LONGEST)
    return f"«\u00a0{words}\u00a0»" if row.kind == "quote" else words
