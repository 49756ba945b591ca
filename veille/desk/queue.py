"""What is still to be fetched or read, kept across a stop: a list of pages by article.

A page in the queue is a blob already; what its container said of it stands beside, as JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from veille.desk.house import House
from veille.domain.errors import NotFound
from veille.domain.operation import Json
from veille.domain.views import Pending
from veille.extract import address
from veille.store import local, things


def waiting(house: House, article: str) -> Pending:
    """Give what waits for an article. Raises NotFound."""
    with house.database.reading() as db:
        found = local.pending(db, article=article)
    if not found:
        raise NotFound(what=article)
    return found[0]


def is_waiting(house: House, article: str) -> bool:
    """Tell whether something of an article is still to be had or read."""
    with house.database.reading() as db:
        return bool(local.pending(db, article=article))


def holding(house: House, page: Json) -> str:
    """Give the article that waits with this very page: an earlier start was cut short."""
    blob = page.get("blob") if isinstance(page, dict) else None
    with house.database.reading() as db:
        found = local.pending(db)
    return next(
        (
            one.article
            for one in found
            for queued in pages(one)
            if isinstance(queued, dict) and queued.get("blob") == blob
        ),
        "",
    )


def pages(pending: Pending) -> list[Json]:
    """Give the pages in hand that wait to be read."""
    found = pending.data.get("pages")
    return list(found) if isinstance(found, list) else []


def keep(house: House, pending: Pending) -> None:
    """Remember what waits for an article."""
    with house.database.writing() as db:
        local.keep_pending(db, pending)


def add(house: House, article: str, url: str, page: Json) -> None:
    """Queue a page behind those of the same article, once."""
    with house.database.writing() as db:
        found = local.pending(db, article=article)
        before = found[0] if found else Pending(article, url, "", {}, 0)
        queued = [one for one in pages(before) if one != page] + [page]
        data = {**before.data, "pages": queued}
        local.keep_pending(db, replace(before, problem="", data=data, tried_at=house.now()))


def begin(house: House, article: str) -> int:
    """Note that reading the first page begins, and give how often it began and never ended.

    A page that kills who reads it would otherwise do so at every start, for ever.
    """
    with house.database.writing() as db:
        found = local.pending(db, article=article)
        told = found[0].data.get("begun") if found else 0
        before = told if isinstance(told, int) else 0
        if found:
            data = {**found[0].data, "begun": before + 1}
            local.keep_pending(db, replace(found[0], data=data))
    return before


def done(house: House, article: str, read: Sequence[Json]) -> None:
    """Take what was read out of the queue; a page that arrived meanwhile stays in it."""
    with house.database.writing() as db:
        found = local.pending(db, article=article)
        left = [one for one in pages(found[0]) if one not in read] if found else []
        if found and left:
            data = {**found[0].data, "pages": left, "begun": 0}
            local.keep_pending(db, replace(found[0], data=data))
        else:
            local.drop_pending(db, article)


def again(house: House, article: str, *, intranet: bool = False) -> None:
    """Queue the page of an article to be fetched once more. Raises NotFound, BadAddress."""
    with house.database.reading() as db:
        row = things.row(db, article)
        found = local.pending(db, article=article)
    if found:
        before = found[0]
        data = {**before.data, "intranet": True} if intranet else before.data
        keep(house, replace(before, problem="", data=data))
        return
    url = address.web_address(row.text("url"))
    keep(house, Pending(article, url, "", {"pages": [], "intranet": intranet}, house.now()))


def forget(house: House, article: str) -> None:
    """Give up what waits for an article; what is recorded stays."""
    with house.database.writing() as db:
        local.drop_pending(db, article)
