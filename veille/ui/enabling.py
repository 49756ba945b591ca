"""Which actions can be done now, from what is chosen and what is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_ON_ARTICLES: Final = ("keep", "discard", "to_sort", "archive", "read", "discard_like")
_ON_THINGS: Final = ("delete",)
_FILING: Final = ("tag", "dossier")
_READING_ARTICLE: Final = (
    "highlight", "meaning", "reply", "attach_here", "retry", "complete", "correct", "captures",
    "compare_captures", "next_found", "clip_inside", "next_passage", "previous_passage",
    "open_original",
)  # fmt: skip
_READING_WORDS: Final = ("quote", "annotate", "copy_reference", "similar")
_ON_NOTES: Final = ("note_history", "note_links")
_ON_THE_WAY: Final = ("parcours_next", "parcours_previous", "parcours_quit")


@dataclass(frozen=True, slots=True)
class Now:
    """What the window shows.

    Attributes:
        kinds: the kinds of the things selected.
        files: whether something can be filed, be it what was just kept.
        themes: whether themes are what is selected.
        reading: the kind of the thing in the reader, "" when it is closed.
        row: the kind of the thing beside the list, "" for none.
        differs: whether what is chosen or read stands in two versions.
        noting: whether a note is beside the list.
        writing: whether it is being written, not read.
        searching: whether the list is a search, and whether a saved one.
        on_the_way: whether a dossier is being read from end to end.
    """

    kinds: frozenset[str]
    files: bool
    themes: bool
    reading: str
    row: str
    differs: bool
    noting: bool
    writing: bool
    searching: bool
    saved: bool
    on_the_way: bool


def possible(now: Now) -> Mapping[str, bool]:
    """Tell of each action that is not always possible whether it is."""
    told: dict[str, bool] = dict.fromkeys(_ON_ARTICLES, now.kinds == {"article"})
    told |= dict.fromkeys(_ON_THINGS, bool(now.kinds) and not now.themes)
    told |= dict.fromkeys(_FILING, now.files and not now.themes)
    told |= dict.fromkeys(_READING_ARTICLE, now.reading == "article")
    told |= dict.fromkeys(_READING_WORDS, now.reading in {"article", "quote"})
    told |= dict.fromkeys(_ON_NOTES, now.noting)
    told |= dict.fromkeys(_ON_THE_WAY, now.on_the_way)
    told |= dict.fromkeys(("live", "parcours"), now.row == "dossier")
    return told | {
        "confirm_place": now.reading in {"article", "quote", "annotation"},
        "put_in_note": now.kinds == {"quote"} or now.reading in {"article", "quote"},
        "share": bool(now.kinds),
        "compare": now.differs,
        "save_note": now.writing,
        "save_search": now.searching and not now.writing,
        "forget_search": now.searching and now.saved,
        "why": now.searching,
    }
