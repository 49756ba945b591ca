"""What the pages of the guide say of the program: names, keys and menus as they are today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from veille.sentences.catalogue import _
from veille.ui import actions, keymap
from veille.ui.keymap import Keymap

# What a page may start: it shows something, or asks before anything is done.
HARMLESS: Final = frozenset(
    {
        "bring", "citation_style", "clip", "comments_about", "demo", "history", "keys",
        "loose_notes", "looks", "palette", "rules", "search_all", "settings", "welcome",
    }
)  # fmt: skip
_VIEWS: Final = "view_"
# Which page tells of what is shown in the window.
_ABOUT: Final[Mapping[str, str]] = {
    "home": "start", "inbox": "sort", "sources": "sort", "discarded": "sort", "waiting": "clip",
    "articles": "read", "quotes": "read", "questions": "read", "astray": "read",
    "notes": "write", "dossiers": "write", "themes": "write", "search": "search",
    "said": "search", "spaces": "share", "proposed": "share", "conflicts": "share",
}  # fmt: skip
_FIRST: Final = "start"
# Saved searches and single sources are views with a name of their own behind it.
_NAMED: Final[Mapping[str, str]] = {"saved:": "search", "feed:": "sort"}


def may_start(action: str) -> bool:
    """Tell whether a page may start an action."""
    return action in HARMLESS or action.startswith(_VIEWS)


def page_about(view: str) -> str:
    """Give the page that tells of a view."""
    named = next((page for start, page in _NAMED.items() if view.startswith(start)), _FIRST)
    return _ABOUT.get(view, named)


class Words:
    """Fills the holes of pages, with what was in force when it was made.

    ``{action:keep}`` is its name and its key, ``{name:keep}`` and ``{key:keep}`` one of the two,
    ``{path:keep}`` the menu it stands in, ``{say:Keep}`` any sentence of the window,
    ``{fact:profile}`` something of this computer.
    """

    def __init__(self, keys: Keymap, facts: Mapping[str, str]) -> None:
        told = actions.told()
        self._facts = facts
        self._names = {name: one.name.rstrip("…") for name, one in told.items()}
        self._menus = {
            name: actions.menu_name(menu).replace("&", "")
            for menu, names in actions.MENUS
            for name in names
        }
        self._keys = {name: one.hint or _key(keys, name) for name, one in told.items()}

    def __call__(self, asked: str, name: str) -> str:
        """Give what stands in a hole, as Markdown. Raises KeyError for what nobody knows."""
        match asked:
            case "action":
                key = self._keys[name]
                return f"**{self._names[name]}** (`{key}`)" if key else f"**{self._names[name]}**"
            case "name":
                return f"**{self._names[name]}**"
            case "key":
                key = self._keys[name]
                return f"`{key}`" if key else f"**{self._names[name]}**"
            case "path":
                return f"**{self._menus[name]} → {self._names[name]}**"
            case "say":
                return f"**{_(name).rstrip('…').replace('&', '')}**"
            case "fact":
                return self._facts[name]
            case _:
                raise KeyError(asked)


def _key(keys: Keymap, name: str) -> str:
    """Give the first key that acts, "" when there is none or letters are switched off."""
    kept = (one for one in keys.keys(name) if keys.letters or not keymap.types_a_character(one))
    return keymap.native(next(kept, ""))
