"""Clipping: the title and address at once, the rest behind, and the truth about what was caught.

Three steps, each of which survives a restart: *begin* records the article and remembers that its
page is to be had; *fetch* keeps the page as a blob; *finish* extracts, fetches the images and
records an immutable capture. The command line does them in a row, the window on its lanes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from veille.desk import chance, filing
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import (
    BadDate,
    EmptyInput,
    FileUnreadable,
    NotFound,
    TooLarge,
    UnknownFormat,
)
from veille.domain.facts import Fact
from veille.domain.fields import MAX_LINE
from veille.domain.operation import Json
from veille.domain.text import clip as shorten
from veille.domain.views import Pending
from veille.extract import address
from veille.extract.decode import decode
from veille.store import local, project, things

if TYPE_CHECKING:
    from veille.extract.article import Extraction

_TEXTS: Final = frozenset({".txt", ".md", ".text", ".markdown"})
_PAGES: Final = frozenset({".html", ".htm", ".xhtml"})
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:!doctype|html|body|p|div|article|h1|a|span|br)\b", re.IGNORECASE)


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
    if source == "-":
        return _clip_bytes(house, stdin or b"", options, name="")
    if _ADDRESS.match(source):
        begun = begin(house, source, options)
        return begun if begun.duplicate_of else finish(house, begun.id)
    data, suffix = _read_file(Path(source), house.limits.page_bytes)
    if suffix not in _TEXTS | _PAGES:
        raise UnknownFormat(path=source)
    return _clip_bytes(house, data, options, name=suffix)


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
        "state": options.state,
        **options.fields(),
    }
    facts = [Fact(article, op.CLIP, data, space), *_alive(house, article, space)]
    gesture = record(house, facts).gesture
    told: dict[str, Json] = {
        "said": dict(options.fields()),
        "gesture": gesture,
        "tags": list(options.tags),
        "dossier": options.dossier,
    }
    with house.database.writing() as db:
        local.keep_pending(db, Pending(article, url, "", told, house.now()))
    filing.file(house, article, tags=options.tags, dossier=options.dossier)
    return Clipped(article)


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
    """Do what is left to do for an article: fetch, extract, images, capture."""
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
    known = already(house, canonical, but=article) or _same_text(house, extraction, but=article)
    if known is not None and not _waits(house, known):
        record(house, [Fact(article, op.DELETE)], gesture=gesture)
        _file_again(house, known, pending)
    else:
        known = None
        facts = _captured(house, article, source, extraction, canonical)
        record(house, facts, gesture=gesture)
    with house.database.writing() as db:
        local.drop_pending(db, article)
    return Clipped(known or article, duplicate_of=known or "")


def _file_again(house: House, known: str, pending: Pending) -> None:
    """Apply to the article that was here already what was asked for while clipping it again."""
    tags, dossier = pending.data.get("tags"), pending.data.get("dossier")
    told = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
    filing.file(house, known, tags=told, dossier=dossier if isinstance(dossier, str) else "")


def already(house: House, canonical: str, *, but: str = "") -> str | None:
    """Give the article that holds this page already, wherever I may read it."""
    if not canonical:
        return None
    with house.database.reading() as db:
        found = things.with_canonical(db, canonical)
        derived = [
            str(ids.derived_entity("article", one.id, canonical)) for one in local.spaces(db)
        ]
        found += [one.id for one in things.rows(db, derived) if one.hidden == 0]
    return next((one for one in found if one != but), None)


def _clip_bytes(house: House, data: bytes, options: ClipOptions, *, name: str) -> Clipped:
    if not data.strip():
        raise EmptyInput
    if len(data) > house.limits.page_bytes:
        raise TooLarge(url="-", limit=house.limits.page_bytes)
    filing.check(options.tags)
    is_html = name in _PAGES or (
        name not in _TEXTS and _HTML.search(decode(data[:4_096])) is not None
    )
    url = address.web_address(options.url) if options.url else ""
    source = _Source(data, is_html, url, fields=options.fields())
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
    fields: dict[str, Json] = {"state": options.state}
    if url or extraction.canonical:
        fields["url"] = url or extraction.canonical
    facts = [Fact(article, op.CLIP, fields, space), *_alive(house, article, space)]
    record(house, facts + _captured(house, article, source, extraction, canonical))
    filing.file(house, article, tags=options.tags, dossier=options.dossier)
    return Clipped(article)


def _alive(house: House, article: str, space: str) -> list[Fact]:
    """Bring back an article that was deleted before, if this is one."""
    with house.database.reading() as db:
        known = things.rows(db, [article])
    deleted = bool(known) and known[0].hidden == things.DELETED
    return [Fact(article, op.UNDELETE, {}, space)] if deleted else []


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


def _same_text(house: House, extraction: Extraction, *, but: str = "") -> str | None:
    if extraction.words < 20:
        return None
    with house.database.reading() as db:
        found = things.with_text(db, project.text_hash(extraction.text))
    return next((one for one in found if one != but), None)


def _captured(
    house: House, article: str, source: _Source, extraction: Extraction, canonical: str
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
    return [Fact(article, op.CAPTURE, capture), Fact(article, op.ARTICLE_SET, fields)]


def _pending(house: House, article: str) -> Pending:
    with house.database.reading() as db:
        found = local.pending(db, article=article)
    if not found:
        raise NotFound(what=article)
    return found[0]


def _read_file(path: Path, limit: int) -> tuple[bytes, str]:
    try:
        if path.stat().st_size > limit:
            raise TooLarge(url=str(path), limit=limit)
        return path.read_bytes(), path.suffix.lower()
    except OSError as problem:
        raise FileUnreadable(path=str(path)) from problem
