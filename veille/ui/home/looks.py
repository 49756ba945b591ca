"""The pictures of the page: by kind of thing, by what waits, and the key that goes there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_KINDS: Final[Mapping[str, str]] = {
    "article": "newspaper",
    "quote": "text-quote",
    "annotation": "message-square",
    "note": "notebook-text",
    "dossier": "folder",
    "concept": "tag",
    "feed": "rss",
}
# What waits, in this order: its picture, and a letter that is the same in both languages.
WAITING: Final[Mapping[str, tuple[str, str]]] = {
    "questions": ("message-square", "Q"),
    "proposals": ("sparkles", "P"),
    "conflicts": ("copy", "V"),
    "astray": ("triangle-alert", "C"),
    "mentions": ("user", "N"),
    "drafts": ("pencil", "I"),
    "searches": ("bookmark", "R"),
}


def kind(name: str, *, deleted: bool) -> str:
    """Give the picture of a kind of thing."""
    return "trash" if deleted else _KINDS.get(name, "file-text")
