"""What completes what is typed, as the editor offers it: names, and what is written for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from veille.desk.desk import Desk
from veille.domain.text import clip
from veille.sentences import embedding, names
from veille.sentences.catalogue import _
from veille.ui.offering import Offer

if TYPE_CHECKING:
    from veille.desk.suggesting import Suggestion

_ICONS: Final = {
    "note": "notebook-text",
    "dossier": "folder",
    "article": "newspaper",
    "quote": "text-quote",
    "person": "user",
    "theme": "tag",
}
_LABEL: Final = 120
# What ends a link, begins another or looks like a folder: such a title is written with its id.
_BREAKS: Final = frozenset("[]|\n#/")


def found(desk: Desk, kind: str, typed: str, *, note: str) -> Sequence[Offer]:
    """Give what completes a "link", an "embed", a "person" or a "theme", best first."""
    offers = [_offer(one, kind) for one in desk.wiki.complete(kind, typed, note=note)]
    if kind == "embed" and typed.strip() and not typed.startswith("?"):
        query = " ".join(typed.split())
        told = _("Search “{query}”, always up to date").format(query=query)
        offers.append(Offer(f"![[?{query}]]", told, icon="search"))
    return offers


def _offer(one: Suggestion, kind: str) -> Offer:
    label = clip(one.title, length=_LABEL)
    return Offer(_written(one, kind), label, _detail(one), _ICONS.get(one.kind, ""))


def _written(one: Suggestion, kind: str) -> str:
    """Write a link: by its title where that is enough to know it by, else by its id."""
    if kind == "theme":
        return f"[[#{one.title}]]"
    if kind == "embed":
        return f"![[{one.thing}]]"
    words = one.title.translate({ord(mark): " " for mark in _BREAKS})
    is_plain = not _BREAKS & set(one.title) and not one.title.endswith(".md")
    if one.kind in {"note", "dossier"} and one.alone and is_plain:
        return f"[[{one.title}]]"
    return f"[[{one.thing}|{' '.join(words.split())}]]"


def _detail(one: Suggestion) -> str:
    if one.kind == "article" and one.row is not None:
        return embedding.article(one.row)
    if one.kind == "quote" and one.row is not None:
        return one.row.text("speaker") or names.unknown_speaker()
    return names.kind(one.kind) if one.kind in {"note", "dossier"} else ""
