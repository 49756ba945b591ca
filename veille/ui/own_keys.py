"""The keys that a screen has of its own, beside those of the actions: said on the sheet of keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veille.sentences.catalogue import _
from veille.ui.home.looks import WAITING
from veille.ui.keymap import native
from veille.ui.notes import toolbar
from veille.ui.parts import Parts

Pairs = Sequence[tuple[str, str]]


def here(parts: Parts) -> Pairs:
    """Give the keys of what is shown, each with what it does, in the language spoken now."""
    screen = parts.sidebar.chosen
    if not parts.lists:
        return _of_page(screen)
    told = [(f"{native('Down')} {native('Up')}", _("Next, previous")), *_tree()]
    if parts.page.shown:
        told = [(native("Return"), _("From the search field to the results"))]
    return [*told, *_detail(parts)]


def _detail(parts: Parts) -> Pairs:
    if parts.writes:
        return _writing() if parts.notes.is_writing else _note()
    return _dossier() if parts.organising.dossier is not None else _reading()


def _tree() -> Pairs:
    return [
        (native("Right"), _("Unfold the story, or enter it")),
        (native("Left"), _("Fold the story")),
        (native("Return"), _("Read, or write")),
    ]


def _reading() -> Pairs:
    return [
        (f"{native('Right')} {native('Left')}", _("In the text: next sentence, the one before")),
        (f"{native('Shift+Right')} {native('Shift+Left')}", _("Select by sentence")),
        (f"{native('Ctrl+Shift+Down')} {native('Ctrl+Shift+Up')}", _("Select by paragraph")),
        (native("Esc"), _("Back to the list")),
    ]


def _note() -> Pairs:
    return [(native("Return"), _("Write")), (native("Esc"), _("Back to the list"))]


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
        (native("Return"), _("Open")),
        (native("Shift+Return"), _("Read the dossier in order")),
        (f"{native('Alt+Up')} {native('Alt+Down')}", _("Move in the dossier")),
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
            (native("Return"), _("Open")),
        ],
        "themes": [
            (native("Return"), _("See what bears the theme")),
            ("N", _("New theme")),
            (native("F2"), _("Rename the theme")),
            ("M", _("Merge themes")),
            ("B", _("Place under another theme")),
            ("P", _("Share…").rstrip("…")),
            (native("Del"), _("Remove the theme")),
        ],
        "sources": [
            (native("Return"), _("Sort its articles")),
            (native("F5"), _("Refresh now")),
            (native("F2"), _("Edit…").rstrip("…")),
            (native("Space"), _("Pause, or take up again")),
            (native("Del"), _("Unfollow")),
        ],
        "said": [
            (native("Space"), _("Choose a quote")),
            (native("Ctrl+A"), _("Choose all, or none")),
            (native("Ctrl+C"), _("Copy with its reference")),
            (native("Return"), _("Open the passage")),
            (native("Esc"), _("Back to the list")),
        ],
    }
    return pages.get(screen, ())
