"""When a page was published: what it says to machines, what it shows, what its address holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from veille.domain.text import key
from veille.extract import linked_data
from veille.extract.dates import day_of, days_apart, find_dates
from veille.extract.linked_data import Node
from veille.extract.tree import Run, ancestors

_PUBLISHED: Final = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date",
    "sailthru.date", "parsely-pub-date", "article.published", "article:published",
    "citation_publication_date", "cxenseparse:recs:publishtime", "publication_date",
    "rnews:datepublished", "date.issued", "originalpublicationdate",
)  # fmt: skip
_MODIFIED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified",
    "lastmod", "dc.date.modified",
)  # fmt: skip
_IN_ADDRESS: Final = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/_-]|\Z)"
)
_MONTH_IN_ADDRESS: Final = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
_UPDATED: Final = re.compile(
    r"\b(?:mis(?:e)? a jour|modifiee?|actualisee?|updated?|modified|edited|revised)\b"
)
_NOT_SAID: Final = re.compile(rf"{_UPDATED.pattern}|©|\bcopyright\b")
_SAID: Final = re.compile(
    r"\b(?:publie|poste|paru|ecrit|mis en ligne|par |by |published|posted|date\b|von |veroffentlicht)"
)
_UNIVERSAL: Final = re.compile(r"(?:Z|[+-]00:?00|GMT|UTC)\s*\Z")
_SHORT: Final = 120
_NOT_DATED: Final = frozenset({"aside", "footer", "nav"})
_TALK: Final = re.compile(r"comment|forum|related|sidebar|footer", re.IGNORECASE)
# Lists of articles are made of these; so are some pages of one article.
_THREAD: Final = re.compile(r"(?:^|[\s_-])comment(?:s|aires?|list)?(?:$|[\s_-])", re.IGNORECASE)
_LISTED: Final = re.compile(r"item|teaser", re.IGNORECASE)
_BESIDE: Final = 12
_MOST_SOURCE: Final = 3_000_000

Told = tuple[str, str]


def published(
    metas: Mapping[str, Sequence[str]],
    about: Node,
    shown: Sequence[Run],
    *,
    page: str,
    url: str,
    title: str,
) -> list[Told]:
    """Give ``(date, origin)``, best first. ``title`` is the heading, as it is shown."""
    raw = [(linked_data.text(about.get("datePublished")), "jsonld")]
    raw += [(metas[name][0], "meta") for name in _PUBLISHED if name in metas]
    machine = [(day, origin) for text, origin in raw if (day := day_of(text))]
    visible = [(day, "page") for day in _datelines(shown, title)]
    address = _IN_ADDRESS.search(url)
    local = [(day, "address")] if address and (day := day_of("-".join(address.groups()))) else []
    if not (machine or visible or local):
        return _guessed(shown, page=page, url=url, title=title)
    if machine and _is_universal(raw):
        here = [(day_of(text), origin) for text, origin in raw if _is_local(text)]
        changed = day_of(linked_data.text(about.get("dateModified")))
        seen = [one for one in visible if one[0] != changed]
        for one in (*here, *local, *seen):
            # A moment in universal time may fall on the eve, or on the morrow, of the day here.
            if days_apart(one[0], machine[0][0]) == 1:
                return [one, *machine, *visible, *local]
    return [*machine, *local, *visible]


def modified(metas: Mapping[str, Sequence[str]], about: Node, shown: Sequence[Run]) -> str:
    """Give when a page says it was changed, "" when it does not."""
    told = [
        linked_data.text(about.get("dateModified")),
        *(metas.get(n, [""])[0] for n in _MODIFIED),
    ]
    if day := next((day for text in told if (day := day_of(text))), ""):
        return day
    for one in shown[:2_000]:
        if len(one.text) <= _SHORT and (said := _UPDATED.search(key(one.text))):
            dated = [d for d in find_dates(one.text) if d.start >= said.start()]
            if dated and not is_elsewhere(one):
                return dated[0].iso
    return ""


def _is_universal(raw: Sequence[Told]) -> bool:
    return any(_UNIVERSAL.search(text) for text, _origin in raw[:2])


def _is_local(text: str) -> bool:
    return bool(day_of(text)) and len(text) > 10 and not _UNIVERSAL.search(text) and ":" in text


def _datelines(shown: Sequence[Run], title: str) -> list[str]:
    """Give the dates that the page shows as its own, those that say so before those by the title.

    A date alone above the title is that of the day the page was had.
    """
    below = _place(shown, title)
    said: list[str] = []
    alone: list[str] = []
    for number, one in enumerate(shown[:3_000]):
        if len(one.text) > _SHORT or not any(letter.isdigit() for letter in one.text):
            continue
        is_by_title = 0 <= below < number <= below + _BESIDE
        day, is_said = _said_in(one.text)
        if not day or is_elsewhere(one) or (_is_listed(one) and not (is_said and is_by_title)):
            continue
        if is_said:
            said.append(day)
        elif below < 0 or below - 2 <= number <= below + _BESIDE:
            alone.append(day)
    return [*said[:1], *alone[:1]]


def _said_in(line: str) -> tuple[str, bool]:
    """Give the date a line says the page is of, and whether it says so; "" for a change."""
    dated = find_dates(line)
    if not dated or len(dated[0].iso) != 10:
        return "", False
    folded = key(line)
    changed = _UPDATED.search(folded)
    # "Publié le 3 mars 2024, mis à jour le 4": the first is ours.
    if changed and changed.start() < dated[0].start:
        return "", False
    if _SAID.search(folded):
        return dated[0].iso, True
    alone = dated[0].end - dated[0].start > 0.6 * len(line)
    return (dated[0].iso if alone else ""), False


def _place(shown: Sequence[Run], title: str) -> int:
    return next((n for n, one in enumerate(shown[:3_000]) if title and one.text == title), -1)


def is_elsewhere(one: Run) -> bool:
    """Tell whether a run stands among what is not the article."""
    return any(
        node.tag in _NOT_DATED or _TALK.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        for node in ancestors(one.owner, most=8)
        if node.tag not in {"body", "html"}
    )


def _is_listed(one: Run) -> bool:
    return any(
        _LISTED.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        for node in ancestors(one.owner, most=8)
        if node.tag not in {"body", "html"}
    )


def _guessed(shown: Sequence[Run], *, page: str, url: str, title: str) -> list[Told]:
    """Ask htmldate, which reads what is left: times in the markup, dates in the text."""
    import htmldate

    if len(page) > _MOST_SOURCE:
        return []
    try:
        found = htmldate.find_date(page, original_date=True, extensive_search=True, url=url or None)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError, OverflowError):
        return []
    month = _MONTH_IN_ADDRESS.search(url)
    if month:
        told = "-".join(month.groups())
        # The address knows the month: a guess of another one is the date of something else.
        return [(found if found and found.startswith(told) else told, "address")]
    day = _as_written(found, shown, page=page, title=title) if found else ""
    return [(day, "text")] if day else []


def _as_written(day: str, shown: Sequence[Run], *, page: str, title: str) -> str:
    """Give a guessed day as far as the page writes it, "" when it is that of something else.

    Of a month, or of a year alone (a copyright), htmldate makes the first day.
    """
    lines = [(n, one) for n, one in enumerate(shown[:3_000]) if any(map(str.isdigit, one.text))]
    dated = [(n, one, {each.iso for each in find_dates(one.text[:2_000])}) for n, one in lines]
    here = [(n, one) for n, one, days in dated if day in days]
    if here:
        place = _place(shown, title)
        return day if any(_may_be_ours(one, n, place) for n, one in here) else ""
    if not day.endswith("-01") or any(day.replace("-", one) in page for one in ("-", "", "/")):
        return day
    return day[:7] if any(day[:7] in days for _n, _one, days in dated) else ""


def _may_be_ours(one: Run, number: int, place: int) -> bool:
    """Tell whether a line may say when the page was published: no change, comment or copyright."""
    if len(one.text) > _SHORT:
        return True
    dated = find_dates(one.text)
    is_today = (
        bool(dated) and number < place - 2 and dated[0].end - dated[0].start > 0.6 * len(one.text)
    )
    if is_today or _NOT_SAID.search(key(one.text)):
        return False
    return not any(
        node.tag == "nav" or _THREAD.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        for node in ancestors(one.owner, most=8)
    )
