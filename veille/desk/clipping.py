"""Clipping: the title and address at once, the rest behind, and the truth about what was caught.

Three steps, each of which survives a restart: *begin* records the article and remembers that its
page is to be had; *fetch* keeps the page as a blob; *finish* extracts, fetches the images and
records an immutable capture. The command line does them in a row, the window on its lanes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from veille.capture import door
from veille.capture.door import Caught
from veille.desk import chance, filing, roles
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.captures import excerpt, text_hash
from veille.domain.errors import BadDate, NotFound
from veille.domain.facts import Fact
from veille.domain.fields import MAX_LINE
from veille.domain.operation import Json
from veille.domain.text import clip as shorten
from veille.domain.views import Pending
from veille.extract import address
from veille.extract.decode import decode
from veille.store import local, things

if TYPE_CHECKING:
    from veille.extract.article import Extraction


@dataclass(frozen=True, slots=True)
class ClipOptions:
    """What the person says herself: it completes, and wins over, what extraction finds."""

    url: str = ""
    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    tags: tuple[str, ...] = ()
    dossier: str = ""
    space: str = ""
    state: str = "inbox"

    def fields(self) -> dict[str, Json]:
        """Give the fields that were said."""
        said: dict[str, Json] = {}
        for name in ("title", "source"):
            if value := getattr(self, name):
                said[name] = shorten(value, length=MAX_LINE)
        if self.published:
            said["published"] = _calendar(self.published)
        if self.authors:
            said["authors"] = [shorten(one, length=MAX_LINE) for one in self.authors]
        return said


def _calendar(date: str) -> str:
    """Check a date: a year, a month or a day of the calendar. Raises BadDate."""
    form = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}.get(len(date.strip()))
    try:
        datetime.strptime(date.strip(), form or "").replace(tzinfo=UTC)
    except ValueError as problem:
        raise BadDate(date=date[:40]) from problem
    return date.strip()


@dataclass(frozen=True, slots=True)
class Clipped:
    """What a clip came to: the article, and whether it was there before."""

    id: str
    duplicate_of: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A page in hand."""

    data: bytes
    is_html: bool
    url: str = ""
    charset: str = ""
    fields: Mapping[str, Json] = field(default_factory=dict)


def clip(house: House, source: str, options: ClipOptions, *, stdin: bytes | None = None) -> Clipped:
    """Clip an address, a file, or what came on standard input ("-"), to the end.

    Raises the errors of FetchError, ReadError, BadAddress. An article whose page could not be
    had stays recorded, with its problem, ready to be tried again.
    """
    limit = house.limits.page_bytes
    if source == "-":
        return _clip_caught(house, door.from_input(stdin or b"", limit=limit), options)
    if door.is_address(source):
        begun = begin(house, source, options)
        return begun if begun.duplicate_of else finish(house, begun.id)
    return _clip_caught(house, door.from_file(source, limit=limit), options)


def begin(house: House, url: str, options: ClipOptions) -> Clipped:
    """Record an article from its address alone; a page already clipped is recognised."""
    if url.lower().startswith("www."):
        url = f"https://{url}"
    url = address.web_address(url)
    canonical = address.canonical(url)
    filing.check(options.tags)
    known = already(house, canonical)
    if known is not None:
        filing.file(house, known, tags=options.tags, dossier=options.dossier)
        # A page that could not be had the first time is no duplicate: it is tried again.
        waits = _waits(house, known)
        return Clipped(known, duplicate_of="" if waits else known)
    space = options.space or house.personal
    article = str(ids.derived_entity("article", space, canonical))
    data: dict[str, Json] = {
        "title": shorten(address.provisional_title(url), length=300),
        "url": url,
        "canonical": canonical,
        "state": roles.arriving(house, space, options.state),
        **options.fields(),
    }
    facts = [Fact(article, op.CLIP, data, space), *_alive(house, article, space)]
    told: dict[str, Json] = {
        "said": dict(options.fields()),
        "tags": list(options.tags),
        "dossier": options.dossier,
    }
    # Waiting first: were the power cut here, the page would still be fetched.
    with house.database.writing() as db:
        local.keep_pending(db, Pending(article, url, "", told, house.now()))
    told = {**told, "gesture": record(house, facts).gesture}
    with house.database.writing() as db:
        local.keep_pending(db, Pending(article, url, "", told, house.now()))
    filing.file(house, article, tags=options.tags, dossier=options.dossier)
    return Clipped(article)


def _is_wanted(house: House, article: str) -> bool:
    with house.database.reading() as db:
        known = things.rows(db, [article])
    return not known or known[0].hidden != things.DELETED


def _waits(house: House, article: str) -> bool:
    with house.database.reading() as db:
        return bool(local.pending(db, article=article))


def fetch(house: House, article: str) -> None:
    """Fetch the page of an article that waits for it, and keep it. Network only, no extraction.

    Raises the errors of FetchError, after noting the problem beside the article.
    """
    pending = _pending(house, article)
    if "page" in pending.data:
        return
    try:
        page = house.client().page(pending.url)
        blob = house.blobs.put(page.body)
    except Exception as problem:
        code = getattr(problem, "code", type(problem).__name__)
        with house.database.writing() as db:
            local.keep_pending(db, replace(pending, problem=code, tried_at=house.now()))
        raise
    data = {**pending.data, "page": blob, "url": page.url, "charset": page.charset}
    with house.database.writing() as db:
        local.keep_pending(db, replace(pending, problem="", data=data))


def finish(house: House, article: str) -> Clipped:
    """Do what is left to do for an article: fetch, extract, images, capture.

    An article deleted meanwhile stays deleted; one that was shared meanwhile is completed there.
    """
    if not _is_wanted(house, article):
        with house.database.writing() as db:
            local.drop_pending(db, article)
        return Clipped(article)
    fetch(house, article)
    pending = _pending(house, article)
    said = pending.data.get("said")
    source = _Source(
        house.blobs.get(str(pending.data["page"])),
        is_html=True,
        url=str(pending.data.get("url") or pending.url),
        charset=str(pending.data.get("charset", "")),
        fields=said if isinstance(said, dict) else {},
    )
    extraction = _extract(source)
    canonical = _page_identity(extraction, source.url)
    gesture = str(pending.data.get("gesture", ""))
    with house.database.reading() as db:
        target = things.moved_to(db, article) or article
        home = things.row(db, target).space
    mine = (article, target)
    known = already(house, canonical, but=mine) or _same_text(house, extraction, but=mine)
    if known is not None and not _waits(house, known):
        record(house, [Fact(target, op.DELETE)], gesture=gesture)
        _file_again(house, known, pending)
    else:
        known = None
        facts = _captured(house, target, source, extraction, canonical, space=home)
        record(house, facts, gesture=gesture)
    with house.database.writing() as db:
        local.drop_pending(db, article)
    return Clipped(known or target, duplicate_of=known or "")


def _file_again(house: House, known: str, pending: Pending) -> None:
    """Apply to the article that was here already what was asked for while clipping it again."""
    tags, dossier = pending.data.get("tags"), pending.data.get("dossier")
    told = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
    filing.file(house, known, tags=told, dossier=dossier if isinstance(dossier, str) else "")


def already(house: House, canonical: str, *, but: Sequence[str] = ()) -> str | None:
    """Give the article that holds this page already, wherever I may read it."""
    if not canonical:
        return None
    with house.database.reading() as db:
        found = things.with_canonical(db, canonical)
        derived = [
            str(ids.derived_entity("article", one.id, canonical)) for one in local.spaces(db)
        ]
        found += [one.id for one in things.rows(db, derived) if one.hidden == 0]
    return next((one for one in found if one not in but), None)


def _clip_caught(house: House, caught: Caught, options: ClipOptions) -> Clipped:
    filing.check(options.tags)
    url = address.web_address(options.url) if options.url else ""
    source = _Source(caught.data, caught.is_html, url, fields=options.fields())
    extraction = _extract(source)
    canonical = _page_identity(extraction, url)
    known = already(house, canonical) or _same_text(house, extraction)
    if known is not None:
        filing.file(house, known, tags=options.tags, dossier=options.dossier)
        return Clipped(known, duplicate_of=known)
    space = options.space or house.personal
    article = (
        str(ids.derived_entity("article", space, canonical))
        if canonical
        else chance.entity("article")
    )
    fields: dict[str, Json] = {"state": roles.arriving(house, space, options.state)}
    if url or extraction.canonical:
        fields["url"] = url or extraction.canonical
    facts = [Fact(article, op.CLIP, fields, space), *_alive(house, article, space)]
    found = _captured(house, article, source, extraction, canonical, space=space)
    record(house, facts + found)
    filing.file(house, article, tags=options.tags, dossier=options.dossier)
    return Clipped(article)


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


def _extract(source: _Source) -> Extraction:
    from veille.extract import article

    text = decode(source.data, declared=source.charset)
    if source.is_html:
        return article.from_html(text, url=source.url)
    return article.from_text(text)


def _page_identity(extraction: Extraction, url: str) -> str:
    """Choose the canonical key: what the page says of itself, when it is of the same site."""
    own, given = address.canonical(extraction.canonical), address.canonical(url)
    if not given:
        return own
    same_site = own.partition("/")[0] == given.partition("/")[0]
    is_home = "/" not in own.strip("/")
    return own if own and same_site and not is_home else given


def _same_text(house: House, extraction: Extraction, *, but: Sequence[str] = ()) -> str | None:
    if extraction.words < 20:
        return None
    with house.database.reading() as db:
        found = things.with_text(db, text_hash(extraction.text))
    return next((one for one in found if one not in but), None)


def _captured(
    house: House,
    article: str,
    source: _Source,
    extraction: Extraction,
    canonical: str,
    *,
    space: str,
) -> list[Fact]:
    images, missing = (
        house.client().images(extraction.images) if extraction.images and source.url else ({}, [])
    )
    kept: dict[str, Json] = {url: house.blobs.put(data) for url, data in images.items()}
    lost: list[Json] = [*missing] if source.url else [*extraction.images]
    capture: dict[str, Json] = {
        "verdict": extraction.verdict.name,
        "reason": extraction.verdict.reason,
        "words": extraction.words,
        "text": extraction.text,
        "page": house.blobs.put(source.data),
        "clean": house.blobs.put(extraction.html.encode()),
        "images": kept,
        "missing": lost,
        "url": source.url,
    }
    found: dict[str, Json] = {
        "title": extraction.title or shorten(extraction.text, length=120),
        "source": extraction.source,
        "authors": list(extraction.authors),
        "published": extraction.published,
        "language": extraction.language,
        "lead": extraction.lead,
        "canonical": canonical,
    }
    fields = {name: value for name, value in found.items() if value} | dict(source.fields)
    told = Fact(article, op.ARTICLE_SET, fields)
    if any(one.id == space and not one.personal and not one.full_text for one in house.spaces()):
        # No licence: the space hears of an excerpt, the whole capture stays with who clipped it.
        return [
            Fact(article, op.CAPTURE, excerpt(capture), space),
            Fact(article, op.CAPTURE, capture, house.personal),
            told,
        ]
    return [Fact(article, op.CAPTURE, capture), told]


def _pending(house: House, article: str) -> Pending:
    with house.database.reading() as db:
        found = local.pending(db, article=article)
    if not found:
        raise NotFound(what=article)
    return found[0]
