"""From bytes in hand to an immutable capture: read, with its images, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from veille.capture import pictures
from veille.capture.caught import Caught
from veille.desk.house import House
from veille.desk.placing import placed
from veille.desk.words import wording
from veille.domain import operation as op
from veille.domain.captures import rank, text_hash
from veille.domain.errors import BlobDamaged, Locked, NothingNew, ReadError
from veille.domain.facts import Fact
from veille.domain.fields import MAX_LINE
from veille.domain.operation import Json
from veille.domain.text import clip as shorten
from veille.domain.views import Capture, Row
from veille.extract import address
from veille.extract.decode import decode
from veille.store import reading, things

if TYPE_CHECKING:
    from veille.extract.article import Extraction

_HEAD: Final = 4_096


@dataclass(frozen=True, slots=True)
class Source:
    """A page in the queue, with everything that came along.

    Attributes:
        blob: the name of the bytes as they came.
        door: through which it came: "web", "file", "folder", "browser", "paste", "mail", "hand".
        files: blobs of the images that came along, by address.
        state: how the site names this version of the page: ``etag``, ``modified``.
    """

    data: bytes
    blob: str
    kind: str
    door: str
    url: str = ""
    charset: str = ""
    title: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[tuple[str, str], ...] = ()
    selection: str = ""
    quote: str = ""


def queued(house: House, caught: Caught, *, url: str, door: str) -> dict[str, Json]:
    """Keep what came through a door as blobs, and give what the queue remembers of it."""
    files: dict[str, Json] = {
        name: house.blobs.put(data) for name, data in caught.files.items() if data
    }
    chosen = caught.selection.encode("utf-8", "replace")
    return {
        "blob": house.blobs.put(caught.data),
        "kind": caught.kind,
        "door": "mail" if caught.said else door,
        "url": url,
        "charset": caught.charset,
        "title": caught.title,
        "files": files,
        "said": dict(caught.said),
        "inside": [[one.title, one.url] for one in caught.inside],
        "selection": house.blobs.put(chosen) if chosen else "",
        "quote": caught.quote,
    }


def fetched(house: House, article: str, url: str, *, intranet: bool) -> dict[str, Json]:
    """Fetch a page and keep it. Raises the errors of FetchError.

    NothingNew: the site says that it is what is here already.
    """
    with house.database.reading() as db:
        captured = reading.captures(db, article)
    last = captured[0] if captured and captured[0].url == url else None
    page = house.client(intranet=intranet).page(url, state=last.state if last else {})
    if page is None:
        raise NothingNew(url=url)
    kind = "pdf" if page.content_type.startswith("application/pdf") else "html"
    caught = Caught(page.body, kind, url=page.url, charset=page.charset)
    state: dict[str, Json] = dict(page.state)
    return {**queued(house, caught, url=page.url, door="web"), "state": state}


def source(house: House, page: Json) -> Source:
    """Read back what the queue remembers. A blob that is damaged reads as nothing."""
    told = page if isinstance(page, dict) else {}

    def text(name: str) -> str:
        value = told.get(name)
        return value if isinstance(value, str) else ""

    def texts(name: str) -> dict[str, str]:
        value = told.get(name)
        return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(
            value, dict
        ) else {}  # fmt: skip

    inside = told.get("inside")
    return Source(
        data=_blob(house, text("blob")),
        blob=text("blob"),
        kind=text("kind"),
        door=text("door"),
        url=text("url"),
        charset=text("charset"),
        title=text("title"),
        files=texts("files"),
        said=texts("said"),
        state=texts("state"),
        inside=tuple(
            (str(one[0]), str(one[1])) for one in (inside if isinstance(inside, list) else ())
            if isinstance(one, list) and len(one) == 2
        ),
        selection=_blob(house, text("selection")).decode("utf-8", "replace"),
        quote=text("quote"),
    )  # fmt: skip


def _blob(house: House, name: str) -> bytes:
    with suppress(BlobDamaged):
        return house.blobs.get(name) if name else b""
    return b""


def first_line(caught: Caught) -> str:
    """Give something readable of a page in hand, until it has been read."""
    if caught.kind != "text":
        return ""
    lines = decode(caught.data[:_HEAD], declared=caught.charset).strip().splitlines()
    return shorten(lines[0].lstrip("# "), length=120) if lines else ""


def extract(source: Source) -> Extraction:
    """Find the article in a page, whatever it is made of."""
    from veille.extract import article

    if source.kind == "pdf":
        return _document(source)
    if source.kind == "image":
        return article.from_image(next(iter(source.files), ""), title=source.title)
    text = decode(source.data, declared=source.charset)
    if source.kind == "html":
        return article.from_html(text, url=source.url, wording=wording(), chosen=source.selection)
    return article.from_text(text)


def unread(source: Source) -> Extraction:
    """Keep a page that stops the program each time it is read, without reading it."""
    from veille.extract import article
    from veille.extract.verdict import Verdict

    return article.Extraction(title=source.title, verdict=Verdict("unreadable", "deadly"))


def _document(source: Source) -> Extraction:
    """Read a PDF; one that cannot be is kept all the same, and says why."""
    from veille.capture.pdf import read_pdf
    from veille.extract import article
    from veille.extract.verdict import Verdict

    try:
        read = read_pdf(source.data)
    except ReadError as problem:
        reason = "locked" if isinstance(problem, Locked) else "broken"
        return article.Extraction(title=source.title, verdict=Verdict("unreadable", reason))
    return article.from_document(read.html, title=read.title, scanned=read.is_scanned)


def captured(  # noqa: PLR0913 - what a capture is made of, given by name
    house: House,
    article: str,
    source: Source,
    extraction: Extraction,
    *,
    canonical: str,
    provisional: str,
    copy: bool,
) -> list[Fact]:
    """State a capture and what it teaches. Empty when this very text was captured before."""
    with house.database.reading() as db:
        row = things.row(db, article)
        before = reading.captures(db, article)
    if _is_here(extraction, before):
        return []
    capture = _capture(house, source, extraction, copy=copy)
    fields = {} if copy else _teaches(row, before, extraction, source, provisional)
    if canonical and row.verdict == "pending" and not copy:
        fields["canonical"] = canonical
    where = source.url or extraction.canonical
    if address.canonical(where) and not row.text("url") and not copy:
        fields["url"] = where
    if source.door == "hand":
        # A person pasted it, or chose the block: it is what is read from now on.
        fields["chosen"] = capture["clean"]
    return [*placed(house, article, row.space, capture), Fact(article, op.ARTICLE_SET, fields)]


def _is_here(extraction: Extraction, before: list[Capture]) -> bool:
    mine = text_hash(extraction.text)
    verdict = extraction.verdict.name
    return any(
        one.verdict == verdict and not one.excerpt and text_hash(one.text) == mine for one in before
    )


def _capture(
    house: House, source: Source, extraction: Extraction, *, copy: bool
) -> dict[str, Json]:
    from veille.extract import likeness

    images, missing = _images(house, source, extraction)
    found: dict[str, Json] = {
        name: [[one.value, one.origin] for one in some] for name, some in extraction.found.items()
    }
    for name, value in source.said.items():
        field_ = "authors" if name == "author" else name
        told: Json = [value] if name == "author" else value
        found[field_] = [[told, "mail"]]
    capture: dict[str, Json] = {
        "verdict": extraction.verdict.name,
        "reason": extraction.verdict.reason,
        "words": extraction.words,
        "text": extraction.text,
        "alike": list(likeness.sketch(extraction.text)),
        "page": source.blob,
        "clean": house.blobs.put(extraction.html.encode()),
        "images": dict(images),
        "missing": list(missing),
        "url": source.url,
        "door": source.door,
        "found": found,
        **source.state,
    }
    if source.inside:
        capture["inside"] = [list(one) for one in source.inside]
    if copy:
        capture["copy"] = True
    return capture


def _images(
    house: House, source: Source, extraction: Extraction
) -> tuple[dict[str, str], list[str]]:
    """Keep the images: those that came along, then, for a page of the web, those it shows.

    Nothing that a mail points to is fetched: opening it would tell its sender.
    """
    kept: dict[str, str] = {}
    budget = house.limits.images_bytes
    wanted = [one for one in extraction.images if one not in source.files]
    for one in extraction.images:
        if one in source.files and budget > 0:
            picture = pictures.fit(_blob(house, source.files[one]))
            if picture:
                kept[one] = house.blobs.put(picture)
                budget -= len(picture)
    if source.url and source.door != "mail" and wanted:
        client = house.client(intranet=False)
        for one, data in client.images(wanted, budget=budget):
            if picture := pictures.fit(data):
                kept[one] = house.blobs.put(picture)
    return kept, [one for one in extraction.images if one not in kept]


def _teaches(
    row: Row, before: list[Capture], extraction: Extraction, source: Source, provisional: str
) -> dict[str, Json]:
    """Give the fields that a capture fills or betters; what a person said is never replaced."""
    verdict = extraction.verdict.name
    if verdict in {"wall", "unreadable", "empty"} and source.kind == "html":
        # A wall speaks of itself, not of the article.
        return {}
    own = extraction.title
    if row.verdict == "pending" or not row.title:
        own = own or (source.title if source.door != "mail" else "")
        own = own or shorten(extraction.text, length=120)
    title = source.title or own if source.door == "mail" else own or source.title
    told: dict[str, Json] = {
        "title": title,
        "source": extraction.source,
        "authors": list(extraction.authors),
        "published": extraction.published,
        "language": extraction.language,
        "lead": extraction.lead,
        "section": extraction.section,
        "rights": extraction.rights,
    }
    for name, value in source.said.items():
        told["authors" if name == "author" else name] = [value] if name == "author" else value
    is_better = rank(verdict) >= rank(row.verdict)
    return {
        name: shorten(value, length=MAX_LINE) if name == "title" and isinstance(value, str)
        else value
        for name, value in told.items()
        if value
        and value != row.fields.get(name)
        and (is_better or not row.fields.get(name))
        and _may_replace(row.fields.get(name), name, before, provisional)
    }  # fmt: skip


def _may_replace(now: Json, name: str, before: list[Capture], provisional: str) -> bool:
    if not now or (name == "title" and now == provisional):
        return True
    return any(now == one.value for capture in before for one in capture.found.get(name, ()))
