"""What each view of the sidebar lists, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from veille.desk.desk import Desk
from veille.domain.views import Filter, Row, Space
from veille.sentences import dates, names, sorting
from veille.sentences.catalogue import _
from veille.ui.browse.rows_model import Line
from veille.ui.browse.sidebar import FEED, SAVED, view_name
from veille.ui.browse.stories import Stories, stories

# Not a command of the menus: only a search that was narrowed has it.
WIDEN: Final = "widen"
_ARTICLES: Final = Filter(
    kinds=("article",), states=("inbox", "kept", "published", "archived"), passing="no"
)
FILTERS: Final = {
    "inbox": Filter(kinds=("article",), states=("inbox",)),
    "proposed": Filter(kinds=("article",), states=("proposed",)),
    "articles": _ARTICLES,
    "discarded": Filter(kinds=("article",), states=("discarded",)),
    "quotes": Filter(kinds=("quote", "annotation")),
    "notes": Filter(kinds=("note",)),
    "dossiers": Filter(kinds=("dossier",)),
}
# What was discarded is no work that waits.
COUNTED: Final = FILTERS.keys() - {"discarded"}
# Where the articles of a story are one line, and what was read is told from what was not.
SORTED: Final = frozenset({"inbox", "articles"})
# Where somebody who has nothing yet is told how to begin.
_NEWCOMERS: Final = frozenset({"inbox", "articles"})


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty view says.

    Attributes:
        button: what the button says; ``action`` is the command that it gives.
        other: what else can be done, "" for nothing; ``other_action`` does it.
    """

    icon: str
    title: str
    text: str
    button: str
    action: str
    other: str = ""
    other_action: str = ""


def ids_of(desk: Desk, view: str) -> list[str]:
    """List a view."""
    if view == "waiting":
        return [row.id for row in desk.rows([one.article for one in desk.pending()])]
    if view == "questions":
        return [row.id for row in desk.margin.questions()]
    if view == "conflicts":
        return desk.in_two_versions()
    if view == "astray":
        return [one.row.id for one in desk.margin.astray()]
    wanted = filter_of(view)
    return desk.ids(wanted) if wanted is not None else []


def filter_of(view: str) -> Filter | None:
    """Give what a view holds; None for one that is no list of that kind."""
    if view.startswith(FEED):
        return replace(FILTERS["inbox"], feed=view.removeprefix(FEED))
    return FILTERS.get(view)


def title(desk: Desk, view: str) -> str:
    """Name a view; that of a source bears its name."""
    return desk.title(view.removeprefix(FEED)) if view.startswith(FEED) else view_name(view)


def is_slow(desk: Desk, view: str, number: int) -> bool:
    """Tell whether a view takes long to list: what it is made of does, or there are so many."""
    wanted = filter_of(view)
    return desk.exceeds(wanted, number) if wanted is not None else view == "astray"


def beginning(desk: Desk, view: str, number: int) -> Stories:
    """List the newest things of a view that is slow, folded as far as they tell."""
    wanted = filter_of(view)
    if wanted is None:
        return Stories()
    if not is_sorted(view):
        return stories(desk.ids(wanted, limit=number))
    lines = desk.sorting.lines(wanted, limit=number)
    return stories(lines.ids, lines.behind)


def is_sorted(view: str) -> bool:
    """Tell whether a view is one where news are sorted."""
    return view in SORTED or view.startswith(FEED)


def stories_of(desk: Desk, view: str) -> Stories:
    """List a view, folded into one line a story where it is sorted."""
    wanted = filter_of(view)
    if wanted is None or not is_sorted(view):
        return stories(ids_of(desk, view))
    lines = desk.sorting.lines(wanted)
    return stories(lines.ids, lines.behind)


def stays(view: str, state: str) -> bool:
    """Tell whether an article that is given a state stays in a view."""
    wanted = filter_of(view)
    return wanted is None or not wanted.states or state in wanted.states


def detail_of(desk: Desk, view: str, now: int) -> Callable[[Row], str] | None:
    """Give what says the second line of a row of a view; None for the ordinary one."""
    if view != "discarded":
        return None
    people = desk.people()
    rules = {one.rule.id: one.rule.title for one in desk.sorting.rules()}
    return lambda row: sorting.in_list(row, people, rules, now)


def counts(desk: Desk) -> dict[str, int]:
    """Count what is in each view."""
    counted = {view: FILTERS[view] for view in COUNTED}
    # The index counts states at once; of what passes by, only what is to be sorted is left out.
    counted["articles"] = replace(_ARTICLES, passing="")
    found = {view: desk.count(wanted) for view, wanted in counted.items()}
    found["articles"] -= desk.count(replace(FILTERS["inbox"], passing="only"))
    # What is being fetched does not wait for anybody yet.
    found["waiting"] = sum(1 for one in desk.pending() if one.problem)
    found["questions"] = len(desk.margin.questions())
    found["astray"] = len(desk.margin.astray())
    found["conflicts"] = len(desk.in_two_versions())
    return found


@dataclass(frozen=True, slots=True)
class Around:
    """What is told around the list: at the side, at the foot, in the search field."""

    counts: Mapping[str, int]
    name: str
    spaces: Sequence[Space]
    unindexed: int
    total: int


def around(desk: Desk) -> Around:
    """Look up what is told around the list."""
    return Around(counts(desk), desk.name(), desk.spaces(), desk.unindexed(), desk.count(Filter()))


def describe(row: Row, line: Line) -> str:
    """Say a row to a screen reader."""
    detail = [names.kind(row.kind), row.title, row.source, dates.published(row.published)]
    if row.kind == "article":
        detail += [names.state(row.state), "" if row.passing else names.verdict(row.verdict)]
    if line.articles > 1:
        detail.append(sorting.story(line.sources, line.articles, folded=line.folded))
    if line.inside:
        detail.append(_("same news as the line above"))
    if line.is_new:
        detail.append(_("new"))
    if line.is_read is not None:
        detail.append(_("read") if line.is_read else _("unread"))
    return ", ".join(part for part in detail if part)


def empty(view: str, query: str, unheard: str = "", *, bare: bool = False) -> Empty:
    """Say what an empty view is for, and what to do.

    Args:
        view: of the sidebar.
        query: what is searched for, "" for nothing yet.
        unheard: the sources that could have brought what a search did not find.
        bare: whether the memory holds nothing at all yet.
    """
    if view == "search" or view.startswith(SAVED):
        return _empty_search(query, unheard, bare=bare)
    if view.startswith(FEED):
        return Empty(
            "rss",
            _("Nothing of this source to sort"),
            _("What it brings next arrives here and in “To sort”."),
            _("Show all the sources"),
            "view_sources",
        )
    told = _empties()[view]
    if not bare or view not in _NEWCOMERS:
        return told
    if view == "inbox":
        told = replace(
            told,
            title=_("Everything begins here"),
            text=_("What you clip, and what the sources that you follow publish, arrives here to be"
                   " kept or discarded. Bring the bookmarks and the sources that you have, or clip"
                   " a page by its address."),
        )  # fmt: skip
    return replace(
        told,
        button=_("Bring what you have…"),
        action="bring",
        other=_("Look at the demo memory"),
        other_action="demo",
    )


def narrowed(chosen: str) -> Empty:
    """Say that a search found nothing within what was chosen, and offer to choose no more."""
    return Empty(
        "search",
        _("Nothing found in what is chosen"),
        _("Only this is searched: {chosen}.").format(chosen=chosen),
        _("Show everything"),
        WIDEN,
    )


def _empty_search(query: str, unheard: str, *, bare: bool) -> Empty:
    if query.strip():
        advice = _("Try fewer words, another spelling, or without the filters. Saved, the search says"
                   " when something answers it.")  # fmt: skip
        told = f"{advice} {unheard}".strip()
        return Empty("search", _("Nothing found"), told, _("Save the search…"), "save_search")
    button, action = (_("Bring what you have…"), "bring") if bare else (_("Search"), "search_all")
    return Empty(
        "search",
        _("Search the whole memory"),
        _("Articles, quotes, annotations and notes, with or without accents. For instance:"
          " water source:courrier since:2025"),
        button,
        action,
    )  # fmt: skip


def _empties() -> Mapping[str, Empty]:
    return {
        "inbox": Empty(
            "inbox",
            _("Nothing to sort"),
            _("What you clip, and what your sources publish, arrives here: R keeps it, E discards"
              " it, T and D file it."),
            _("Clip a page…"),
            "clip",
        ),
        "waiting": Empty(
            "clock",
            _("No page is waited for"),
            _("A page that could not be fetched stays here, with the reason, until you try it again."),
            _("Clip a page…"),
            "clip",
        ),
        "proposed": Empty(
            "sparkles",
            _("No proposal"),
            _("What colleagues propose waits here for a référent: R keeps, E discards."),
            _("Show the spaces"),
            "view_spaces",
        ),
        "articles": Empty(
            "newspaper",
            _("No article yet"),
            _("Clip a page by its address, paste or drop it here, or save it from your browser in"
              " the watched folder (File menu)."),
            _("Clip a page…"),
            "clip",
        ),
        "discarded": Empty(
            "archive",
            _("Nothing was discarded"),
            _("What you or a rule discard stays here for a while, with who or which rule did it:"
              " I brings it back."),
            _("Show the rules…"),
            "rules",
        ),
        "quotes": Empty(
            "text-quote",
            _("No quote yet"),
            _("Select a sentence in an article and press C to quote it, S to highlight it: who"
              " said it, where and when is kept with it."),
            _("Show the articles"),
            "view_articles",
        ),
        "questions": Empty(
            "message-square",
            _("No question waits"),
            _("What you or colleagues ask about a passage stays here until somebody answers."),
            _("Show quotes and highlights"),
            "view_quotes",
        ),
        "astray": Empty(
            "triangle-alert",
            _("Every passage is in its place"),
            _("When a page changes, what was marked in it is found again; what is not certain"
              " waits here. Y confirms its place, Shift+Y attaches it to a selected passage."),
            _("Show quotes and highlights"),
            "view_quotes",
        ),
        "conflicts": Empty(
            "copy",
            _("Nothing stands in two versions"),
            _("When two people change the same thing at once, both versions are kept and wait here:"
              " you compare them and keep one, or both."),
            _("Show the spaces"),
            "view_spaces",
        ),
        "notes": Empty(
            "notebook-text",
            _("No note yet"),
            _("A note gathers quotes and links, and can be shared."),
            _("Write a note"),
            "new_note",
        ),
        "dossiers": Empty(
            "folder",
            _("No dossier yet"),
            _("A dossier brings together what belongs together. Choose an article and press D."),
            _("New dossier…"),
            "new_dossier",
        ),
    }  # fmt: skip
