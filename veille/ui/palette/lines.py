"""What the palette offers, in order: what can be done, where one can go, a search at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction

from veille.domain.text import clip, key
from veille.sentences import embedding, names
from veille.sentences.catalogue import _
from veille.ui import actions
from veille.ui.offering import Offer

if TYPE_CHECKING:
    from veille.desk.suggesting import Suggestion
    from veille.desk.templates import Template

ACT: Final = "act:"
SEARCH: Final = "search:"
TEMPLATE: Final = "template:"
THEME: Final = "theme:"
_MOST_ACTS: Final = 7
# What the palette does already, and what another action does better under the same name.
_LEFT_OUT: Final = frozenset({"palette", "view_search"})
# Of an empty palette: what was done last, then what newcomers look for.
_FIRST: Final = ("clip", "search_all", "new_note", "view_inbox", "view_home", "sync", "settings",
                 "keys")  # fmt: skip
_LABEL: Final = 110
_ICONS: Final = {"note": "notebook-text", "dossier": "folder", "article": "newspaper",
                 "person": "user", "feed": "rss", "theme": "tag"}  # fmt: skip


def acts(typed: str, made: Mapping[str, QAction], *, recent: Sequence[str] = ()) -> list[Offer]:
    """Give the actions that can be done now and answer what is typed, best first."""
    icons = {name: one.icon for name, one in actions.told().items()}
    possible = {
        name: one for name, one in made.items() if one.isEnabled() and name not in _LEFT_OUT
    }
    words = key(typed).split()
    if not words:
        wanted: Iterable[str] = dict.fromkeys((*recent, *_FIRST))
        chosen = [name for name in wanted if name in possible]
    else:
        ranked = {name: _rank(words, key(_label(one))) for name, one in possible.items()}
        fits = [name for name, rank in ranked.items() if rank is not None]
        chosen = sorted(fits, key=lambda name: (ranked[name] or 0, name not in recent))
    return [
        Offer(ACT + name, _label(possible[name]), _key(possible[name]), icons[name])
        for name in chosen[: _MOST_ACTS + (3 if not words else 0)]
    ]


def _rank(words: Sequence[str], label: str) -> int | None:
    """Tell how well a label answers: 0 begins with what is typed; None does not answer at all."""
    told = label.replace("'", " ").replace("’", " ").replace(":", " ").split()
    if not all(any(one.startswith(word) for one in told) for word in words):
        return None
    return 0 if label.startswith(" ".join(words)) else 1 + (not told[0].startswith(words[0]))


def _label(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def _key(action: QAction) -> str:
    return action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)


def templates(typed: str, found: Sequence[Template]) -> list[Offer]:
    """Give the notes that can be begun from a template called by one of the words that are typed."""
    words = key(typed).split()
    offers = []
    for one in found:
        label = _("New note: {text}").format(text=one.label)
        called = any(_rank([word], key(one.label)) is not None for word in words)
        if called and _rank(words, key(label)) is not None:
            offers.append(Offer(TEMPLATE + one.name, label, _("Template"), "notebook-text"))
    return offers


def things(found: Sequence[Suggestion]) -> list[Offer]:
    """Give the lines of what was found in the memory."""
    return [
        Offer(
            one.thing or THEME + one.title, clip(one.title, length=_LABEL), _aside(one),
            _ICONS.get(one.kind, "file-text"),
        )
        for one in found
    ]  # fmt: skip


def _aside(one: Suggestion) -> str:
    if one.kind == "article" and one.row is not None:
        return embedding.article(one.row)
    return _("Theme") if one.kind == "theme" else names.kind(one.kind)


def search(typed: str) -> list[Offer]:
    """Give the line that searches the whole memory for what is typed."""
    query = " ".join(typed.split())
    if not query:
        return []
    label = _("Search for “{query}”").format(query=clip(query, length=60))
    return [Offer(SEARCH + query, label, _("everywhere"), "search")]
