"""The keys of a screen that the sheet of keys says first: of what is done there, and its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from veille.sentences.catalogue import _
from veille.ui.browse.sidebar import FEED
from veille.ui.home.looks import WAITING
from veille.ui.keymap import native
from veille.ui.notes import toolbar
from veille.ui.parts import Parts

Pairs = Sequence[tuple[str, str]]
_SORT: Final = ("keep", "discard", "discard_like", "quote", "tag", "dossier", "unfold", "next",
                "previous")  # fmt: skip
_READ: Final = ("quote", "highlight", "annotate", "tag", "dossier", "share", "next", "previous")
_FIRST: Final[Mapping[str, Sequence[str]]] = {
    "inbox": _SORT,
    "proposed": _SORT,
    "discarded": ("keep", "to_sort", "next", "previous"),
    "waiting": ("complete", "retry", "open_original", "next", "previous"),
    "articles": _READ,
    "search": ("why", "save_search", "sort_date", "group", *_READ),
    "quotes": ("put_in_note", "copy_reference", "annotate", "tag", "dossier", "share", "next",
               "previous"),
    "questions": ("reply", "next", "previous"),
    "astray": ("confirm_place", "attach_here", "next", "previous"),
    "conflicts": ("compare", "next", "previous"),
    "notes": ("new_note", "new_from_template", "share", "tag", "dossier", "note_history",
              "note_links"),
    "dossiers": ("new_dossier", "parcours", "live", "share"),
    "spaces": ("create_space", "join_space", "sync"),
}  # fmt: skip
_ARROWS: Final = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def first(screen: str) -> Sequence[str]:
    """Give the actions that a screen is there for."""
    # What a source brings is sorted; what a saved search finds is read.
    return _FIRST.get(screen, _SORT if screen.startswith(FEED) else _READ if ":" in screen else ())


def here(parts: Parts) -> Pairs:
    """Give the keys of what is shown, each with what it does, in the language spoken now."""
    screen = parts.sidebar.chosen
    if not parts.lists:
        return _of_page(screen)
    told = [(_arrows("Down", "Up"), _("Next, previous")), *_tree()]
    if parts.page.shown:
        told = [(native("Enter"), _("From the search field to the results"))]
    return [*told, *_detail(parts)]


def _detail(parts: Parts) -> Pairs:
    if parts.writes:
        return _writing() if parts.notes.is_writing else _note()
    return _dossier() if parts.organising.dossier is not None else _reading()


def _tree() -> Pairs:
    return [
        (_arrows("Right"), _("Unfold the story, or enter it")),
        (_arrows("Left"), _("Fold the story")),
        (native("Enter"), _("Read, or write")),
    ]


def _reading() -> Pairs:
    return [
        (_arrows("Right", "Left"), _("In the text: next sentence, the one before")),
        (_arrows("Shift+Right", "Shift+Left"), _("Select by sentence")),
        (_arrows("Ctrl+Shift+Down", "Ctrl+Shift+Up"), _("Select by paragraph")),
        (native("Esc"), _("Back to the list")),
    ]


def _note() -> Pairs:
    return [(native("Enter"), _("Write")), (native("Esc"), _("Back to the list"))]


def _writing() -> Pairs:
    typed = [
        ("[[", _("Link to a note, a dossier, an article")),
        ("![[", _("Show a quote, an article, a dossier or a search in place")),
        ("@", _("Name a person")),
        ("#", _("Name a theme")),
    ]
    keys = [(native(one.keys[0]), one.label) for one in toolbar.KEYS]
    return [*typed, *keys, (native("Esc"), _("Stop writing"))]


def _dossier() -> Pairs:
    return [
        (native("Enter"), _("Open")),
        (native("Shift+Enter"), _("Read the dossier in order")),
        (_arrows("Alt+Up", "Alt+Down"), _("Move in the dossier")),
        (native("Space"), _("Mark as read")),
        (native("Del"), _("Take out of the dossier")),
    ]


def _waiting() -> Mapping[str, str]:
    return {
        "questions": _("Questions asked to you"),
        "proposals": _("Proposals to sort"),
        "conflicts": _("What stands in two versions"),
        "astray": _("Passages to confirm"),
        "mentions": _("Where you are named"),
        "drafts": _("Notes left unfinished"),
        "searches": _("Searches that found something new"),
    }


def _of_page(screen: str) -> Pairs:
    """Give the keys of a page of another kind than the lists."""
    pages: Mapping[str, Pairs] = {
        "home": [
            *((letter, _waiting()[name]) for name, (_icon, letter) in WAITING.items()),
            ("G", _("Group by colleague or by dossier")),
            (native("Enter"), _("Open")),
        ],
        "themes": [
            (native("Enter"), _("See what bears the theme")),
            ("N", _("New theme")),
            (native("F2"), _("Rename the theme")),
            ("E", _("Write its synonyms, and when to use it")),
            ("M", _("Merge themes")),
            ("B", _("Place under another theme")),
            ("P", _("Share…").rstrip("…")),
            (native("Del"), _("Remove the theme")),
        ],
        "sources": [
            (native("Enter"), _("Sort its articles")),
            (native("F5"), _("Refresh now")),
            (native("F2"), _("Edit…").rstrip("…")),
            (native("Space"), _("Pause, or take up again")),
            (native("Del"), _("Unfollow")),
        ],
        "said": [
            (native("Space"), _("Choose a quote")),
            (native("Ctrl+A"), _("Choose all, or none")),
            (native("Ctrl+C"), _("Copy with its reference")),
            (native("Enter"), _("Open the passage")),
            (native("Esc"), _("Back to the list")),
        ],
    }
    return pages.get(screen, ())


def _arrows(*keys: str) -> str:
    """Write keys that end with an arrow as people draw them: ``Maj+→``."""
    drawn = []
    for one in keys:
        held, _plus, last = one.rpartition("+")
        drawn.append(native(f"{held}+A")[:-1] + _ARROWS[last] if held else _ARROWS[last])
    return " ".join(drawn)
