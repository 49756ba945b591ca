"""Clipping: the title and address at once, the rest behind, and the truth about what was caught.

Three steps, each of which survives a restart: *begin* (an address) or *take* (a page in hand)
records the article and queues what is to be read; *fetch* keeps the page as a blob; *finish*
reads what waits and records immutable captures. The command line does them in a row, the window
on its lanes. A queued page is a blob before its file leaves the place it came from: a stop at
any instant loses nothing, and doing a step twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from veille.capture.caught import Caught
from veille.desk import adopting, chance, filing, keeping, knowing, passages, queue, quoting, roles
from veille.desk.house import House
from veille.desk.keeping import Source
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import (
    BadDate,
    NotFound,
    NothingNew,
    PassageNotFound,
    Refused,
    ServerSaid,
    TooLong,
    TooSlow,
    Unreachable,
)
from veille.domain.facts import Fact
from veille.domain.fields import MAX_LINE
from veille.domain.operation import Json
from veille.domain.text import clip as shorten
from veille.domain.views import Pending
from veille.extract import address
from veille.store import things

if TYPE_CHECKING:
    from veille.extract.article import Extraction

# Not found, and gone: what a site answers of a page that it took down (RFC 9110).
_GONE: Final = (404, 410)
# Beyond, reading a page is given up: it kills who reads it.
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class ClipOptions:
    """What the person says herself: it completes, and wins over, what extraction finds.

    Attributes:
        intranet: whether she asked for a page inside the local network.
        called: what it is called until its page has said its title.
        gesture: an earlier gesture that this clip goes on with, "" for one of its own.
    """

    url: str = ""
    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    tags: tuple[str, ...] = ()
    dossier: str = ""
    space: str = ""
    state: str = "inbox"
    intranet: bool = False
    called: str = ""
    gesture: str = ""

    def fields(self) -> dict[str, Json]:
        """Give the fields that were said. Raises BadDate."""
        said: dict[str, Json] = {}
        for name in ("title", "source"):
            if value := getattr(self, name):
                said[name] = shorten(value, length=MAX_LINE)
        if self.published:
            said["published"] = calendar(self.published)
        if self.authors:
            said["authors"] = [shorten(one, length=MAX_LINE) for one in self.authors]
        return said


def calendar(date: str) -> str:
    """Check a date: a year, a month or a day of the calendar. Raises BadDate."""
    form = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}.get(len(date.strip()))
    try:
        datetime.strptime(date.strip(), form or "").replace(tzinfo=UTC)
    except ValueError as problem:
        raise BadDate(date=date[:40]) from problem
    return date.strip()


@dataclass(frozen=True, slots=True)
class Clipped:
    """What a clip came to.

    Attributes:
        id: the article.
        duplicate_of: the same id, when the page was here before.
        added: whether another capture of it was kept.
        quote: the quote that was kept along, "" for none.
        gesture: what recorded it, "" when it was here already.
    """

    id: str
    duplicate_of: str = ""
    added: bool = False
    quote: str = ""
    gesture: str = ""


def begin(house: House, url: str, options: ClipOptions) -> Clipped:
    """Record an article from its address alone; a page already clipped is recognised."""
    if url.lower().startswith("www."):
        url = f"https://{url}"
    url = address.web_address(url)
    known = _known(house, address.canonical(url), options)
    if known is not None:
        if _announced(house, known, options):
            queue.again(house, known, intranet=options.intranet)
        # A page that could not be had the first time is no duplicate: it is tried again.
        waits = queue.is_waiting(house, known)
        if waits and options.intranet:
            queue.again(house, known, intranet=True)
        return Clipped(known, duplicate_of="" if waits else known)
    title = shorten(options.called or address.provisional_title(url), length=300)
    return _open(house, options, url=url, title=title, pages=[])


def take(house: House, caught: Caught, options: ClipOptions, *, door: str) -> Clipped:
    """Record an article from a page in hand; ``finish`` reads it. Raises BadAddress.

    Of a page already clipped, another capture is queued.
    """
    if caught.kind == "address":
        return begin(house, caught.url, replace(options, title=options.title or caught.title))
    url = options.url or caught.url
    url = address.web_address(url) if options.url else _address_or_none(url)
    page = keeping.queued(house, caught, url=url, door=door)
    if (begun := queue.holding(house, page)) and not address.canonical(url):
        return Clipped(begun)
    known = _known(house, address.canonical(url), options)
    if known is not None:
        is_new = _announced(house, known, options) or not _is_read(house, known)
        queue.add(house, known, url, page)
        return Clipped(known, duplicate_of="" if is_new else known)
    title = caught.title or keeping.first_line(caught) or address.provisional_title(url)
    return _open(house, options, url=url, title=shorten(title, length=300), pages=[page])


def _address_or_none(url: str) -> str:
    """Pass over an address that a file claims and that is none."""
    return url if address.canonical(url) else ""


def _known(house: House, canonical: str, options: ClipOptions) -> str | None:
    filing.check(options.tags)
    options.fields()
    known = knowing.page(house, canonical)
    if known is not None:
        filing.file(house, known, tags=options.tags, dossier=options.dossier)
    return known


def _announced(house: House, known: str, options: ClipOptions) -> bool:
    """Write down what a feed only announced: whoever clips it wants it. Tells whether it did."""
    facts = adopting.articles(house, [known])
    if facts:
        space = facts[0].space
        state: dict[str, Json] = {"state": roles.arriving(house, space, options.state)}
        record(house, [*facts, Fact(known, op.ARTICLE_SET, state)], gesture=options.gesture)
    return bool(facts)


def _open(
    house: House, options: ClipOptions, *, url: str, title: str, pages: list[Json]
) -> Clipped:
    """Record a new article, queued first: were the power cut in between, it would be read."""
    canonical = address.canonical(url)
    space = options.space or house.personal
    article = (
        str(ids.derived_entity("article", space, canonical))
        if canonical
        else chance.entity("article")
    )
    said = options.fields()
    data: dict[str, Json] = {
        "title": title,
        **({"url": url, "canonical": canonical, "rule": address.RULE} if canonical else {}),
        "state": roles.arriving(house, space, options.state),
        **said,
    }
    told: dict[str, Json] = {
        "said": said,
        "tags": list(options.tags),
        "dossier": options.dossier,
        "provisional": title,
        "intranet": options.intranet,
        "pages": pages,
        "clip": data,
        "space": space,
        "gesture": options.gesture,
    }
    queue.keep(house, Pending(article, url, "", told, house.now()))
    try:
        gesture = _record(house, article, told)
    except Refused:
        # Where she may not write, nothing is to be waited for.
        queue.forget(house, article)
        raise
    filing.file(house, article, tags=options.tags, dossier=options.dossier)
    return Clipped(article, gesture=gesture)


def _record(house: House, article: str, told: dict[str, Json]) -> str:
    """Record an article that waits in the queue; remember, and give, the gesture that did."""
    data, space = told.get("clip"), told.get("space")
    if not isinstance(data, dict) or not isinstance(space, str):
        raise NotFound(what=article)
    facts = [Fact(article, op.CLIP, data, space), *_alive(house, article, space)]
    gesture = record(house, facts, gesture=str(told.get("gesture", ""))).gesture
    pending = queue.waiting(house, article)
    queue.keep(house, replace(pending, data={**pending.data, "gesture": gesture}))
    return gesture


def _alive(house: House, article: str, space: str) -> list[Fact]:
    """Bring back an article that was deleted before, if this is one."""
    with house.database.reading() as db:
        known = things.rows(db, [article])
    if not known or known[0].hidden == things.VISIBLE:
        return []
    if known[0].hidden == things.MOVED:
        # It was shared, and deleted there since: it is mine again.
        return [Fact(article, op.MOVE, {"to": article, "space": ""}, house.personal)]
    return [Fact(article, op.UNDELETE, {}, space)]


def fetch(house: House, article: str) -> None:
    """Fetch the page of an article that waits for it, and keep it. Network only, no extraction.

    Raises the errors of FetchError and NothingNew, after noting the problem beside the article.
    """
    pending = queue.waiting(house, article)
    if not _is_wanted(house, article):
        # Taken back while it waited: nobody wants its page any more.
        queue.forget(house, article)
        return
    if queue.pages(pending):
        return
    try:
        page = keeping.fetched(
            house, article, pending.url, intranet=pending.data.get("intranet") is True
        )
    except NothingNew:
        queue.forget(house, article)
        raise
    except Exception as problem:
        _note_failure(house, pending, problem)
        if isinstance(problem, ServerSaid) and problem.data.get("status") in _GONE:
            _note_gone(house, article, since=house.now())
        raise
    _note_gone(house, article, since=0)
    queue.add(house, article, pending.url, page)


def _note_failure(house: House, pending: Pending, problem: Exception) -> None:
    """Have a page wait with the reason; but a whole one that is here waits only for what passes."""
    code = getattr(problem, "code", type(problem).__name__)
    with house.database.reading() as db:
        row = next(iter(things.rows(db, [pending.article])), None)
    is_here = row is not None and row.verdict == "complete" and "clip" not in pending.data
    if is_here and not isinstance(problem, Unreachable | TooSlow):
        queue.forget(house, pending.article)
        return
    data = {**pending.data, "told": _told(problem)}
    queue.keep(house, replace(pending, problem=code, data=data, tried_at=house.now()))


def _told(problem: Exception) -> dict[str, Json]:
    """Give the status, the seconds: without them, the reason could not be told again."""
    data = getattr(problem, "data", {})
    return {name: value for name, value in data.items() if isinstance(value, str | int)}


def _note_gone(house: House, article: str, *, since: int) -> None:
    """Say that the site has no such page any more, since when; or (0) that it has it again.

    Of a page that was never read there is nothing to tell: it may never have been there.
    """
    with house.database.reading() as db:
        row = next(iter(things.rows(db, [article])), None)
    if row is None or row.passing or row.verdict == "pending":
        return
    if bool(row.fields.get("gone")) != bool(since):
        record(house, [Fact(article, op.ARTICLE_SET, {"gone": since})])


def finish(house: House, article: str) -> Clipped:
    """Do what is left to do for an article: fetch, read, keep the captures.

    An article deleted meanwhile stays deleted; one that was shared meanwhile is completed there.
    """
    if not _is_wanted(house, article):
        queue.forget(house, article)
        return Clipped(article)
    with house.database.reading() as db:
        is_recorded = bool(things.rows(db, [article]))
    if not is_recorded:
        # The program was stopped between the two: it goes on here.
        _record(house, article, dict(queue.waiting(house, article).data))
    fetch(house, article)
    clipped = Clipped(article)
    while queue.is_waiting(house, article):
        pending = queue.waiting(house, article)
        pages = queue.pages(pending)
        if pages:
            source = keeping.source(house, pages[0])
            is_deadly = queue.begin(house, article) >= _TRIES
            extraction = keeping.unread(source) if is_deadly else keeping.extract(source)
            clipped = _read(house, pending, source, extraction)
        queue.done(house, article, pages[:1])
    return clipped


def _is_read(house: House, article: str) -> bool:
    with house.database.reading() as db:
        return things.row(db, article).verdict != "pending"


def _is_wanted(house: House, article: str) -> bool:
    with house.database.reading() as db:
        known = things.rows(db, [article])
    return not known or known[0].hidden != things.DELETED


def _read(house: House, pending: Pending, source: Source, extraction: Extraction) -> Clipped:
    canonical = knowing.identity(extraction, source.url)
    with house.database.reading() as db:
        target = things.moved_to(db, pending.article) or pending.article
    is_new = not _is_read(house, target)
    mine = (pending.article, target)
    known = _elsewhere(house, extraction, canonical, but=mine) if is_new else None
    gesture = str(pending.data.get("gesture", ""))
    if known is not None:
        record(house, [Fact(target, op.DELETE)], gesture=gesture)
        _file_again(house, known, pending)
    into = known or target
    copy = known is not None and canonical != _canonical(house, known)
    facts = keeping.captured(
        house, into, source, extraction,
        canonical=canonical, provisional=str(pending.data.get("provisional", "")), copy=copy,
    )  # fmt: skip
    record(house, facts, gesture=gesture)
    quoted = _quote(house, into, source.quote)
    same = into if known is not None or not is_new else ""
    return Clipped(into, duplicate_of=same, added=bool(facts) and bool(same), quote=quoted)


def _elsewhere(
    house: House, extraction: Extraction, canonical: str, *, but: Sequence[str]
) -> str | None:
    """Give another article that is this page, unless it waits for its page itself."""
    known = knowing.page(house, canonical, but=but) or knowing.text(house, extraction, but=but)
    return known if known is not None and not queue.is_waiting(house, known) else None


def _canonical(house: House, article: str) -> str:
    with house.database.reading() as db:
        return things.row(db, article).text("canonical")


def _file_again(house: House, known: str, pending: Pending) -> None:
    """Apply to the article that was here already what was asked for while clipping it again."""
    tags, dossier = pending.data.get("tags"), pending.data.get("dossier")
    told = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
    filing.file(house, known, tags=told, dossier=dossier if isinstance(dossier, str) else "")


def _quote(house: House, article: str, words: str) -> str:
    """Keep the words that were to be quoted, once. "" when the text does not hold them."""
    if not words:
        return ""
    try:
        selected = passages.passage(house, article, words)
    except (PassageNotFound, TooLong):
        return ""
    return quoting.kept_already(house, selected) or quoting.quote(house, selected)
