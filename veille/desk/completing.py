"""Repairing what was caught: paste the text, choose the right block, correct what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from veille.capture import paste
from veille.capture.caught import Caught
from veille.desk import keeping
from veille.desk.clipping import Clipped, calendar
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import captures
from veille.domain import operation as op
from veille.domain.captures import Finding
from veille.domain.errors import BadName, BadState, BlobDamaged, EmptyInput, NotFound
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE
from veille.domain.operation import Json
from veille.domain.text import collapse
from veille.domain.views import Capture, Row
from veille.extract.decode import decode
from veille.store import reading, things

if TYPE_CHECKING:
    from veille.extract.article import Extraction
    from veille.extract.body import Block
    from veille.extract.compare import Piece

CORRECTABLE = ("title", "authors", "source", "published", "section", "rights", "language")


@dataclass(frozen=True, slots=True)
class Said:
    """One field of an article, where it comes from, and what else the captures say.

    Attributes:
        origin: as ``domain.captures.Finding``, "person" when somebody wrote it, "" for nothing.
        by, at: who said it, and when.
    """

    name: str
    value: Json
    origin: str
    others: tuple[Finding, ...]


def captured(house: House, article: str) -> list[Capture]:
    """Give the captures of an article, the one that is read first. Raises NotFound."""
    with house.database.reading() as db:
        things.row(db, article)
        return reading.captures(db, article)


def blocks(house: House, article: str) -> list[Block]:
    """Give the parts of the page that could be the article, best first. Raises NotFound."""
    from veille.extract.body import blocks as find

    page, url = _page(house, article)
    return find(page, url=url)


def choose_block(house: House, article: str, number: int) -> Clipped:
    """Read this block of the page from now on, counted from 0. Raises NotFound."""
    found = blocks(house, article)
    if not 0 <= number < len(found):
        raise NotFound(what=str(number))
    shown = captured(house, article)[0]
    page, url = _page(house, article)
    chosen = Caught(
        page.encode(), "html", url=url, charset="utf-8", selection=found[number].html,
        files=_files(house, shown),
    )  # fmt: skip
    return _by_hand(house, article, chosen)


def complete(house: House, article: str, parts: Mapping[str, bytes]) -> Clipped:
    """Complete an article by what was copied: ``{mime type: bytes}``. Raises EmptyInput."""
    row = _row(house, article)
    pasted = next((one for one in paste.from_mime(parts) if one.data), None)
    if pasted is None or pasted.kind not in {"html", "text"}:
        raise EmptyInput
    text = decode(pasted.data, declared=pasted.charset)
    if pasted.kind == "text":
        from veille.extract.canonical import paragraphs

        text = paragraphs(text)
    caught = Caught(b"", "html", url=row.text("url"), charset="utf-8", selection=text)
    return _by_hand(house, article, caught)


def _by_hand(house: House, article: str, caught: Caught) -> Clipped:
    url = caught.url
    source = keeping.source(house, keeping.queued(house, caught, url=url, door="hand"))
    extraction = keeping.extract(source)
    if not extraction.text:
        raise EmptyInput
    facts = keeping.captured(
        house, article, source, extraction, canonical="", provisional="", copy=False
    )
    if not facts:
        facts = [Fact(article, op.ARTICLE_SET, {"chosen": _clean_of(house, article, extraction)})]
    record(house, facts)
    return Clipped(article, duplicate_of=article, added=True)


def _clean_of(house: House, article: str, extraction: Extraction) -> str:
    mine = captures.text_hash(extraction.text)
    return next(
        (one.clean for one in captured(house, article) if captures.text_hash(one.text) == mine), ""
    )


def read_capture(house: House, article: str, capture: str) -> Changes:
    """Read this capture from now on, whatever came later. Raises NotFound."""
    found = next((one for one in captured(house, article) if one.name == capture), None)
    if found is None or not found.clean:
        raise NotFound(what=capture)
    return record(house, [Fact(article, op.ARTICLE_SET, {"chosen": found.clean})])


def differences(house: House, article: str, before: str = "", after: str = "") -> list[Piece]:
    """Compare two captures of an article, the last two when none is named. Raises NotFound."""
    from veille.extract import compare

    found = sorted(captured(house, article), key=lambda one: (one.at, one.name))
    whole = [one for one in found if not one.excerpt]
    if len(whole) < 2:
        raise NotFound(what=article)
    by_name = {one.name: one for one in whole}
    try:
        old = by_name[before] if before else whole[-2]
        new = by_name[after] if after else whole[-1]
    except KeyError as problem:
        raise NotFound(what=str(problem)) from problem
    return compare.compare(old.text, new.text)


def card(house: House, article: str) -> list[Said]:
    """Give what is said of an article field by field, and where each comes from."""
    row, found = _row(house, article), captured(house, article)
    return [_said(row, name, found) for name in CORRECTABLE]


def _said(row: Row, name: str, found: Sequence[Capture]) -> Said:
    candidates = [one for capture in found for one in capture.found.get(name, ())]
    value = row.fields.get(name, [] if name == "authors" else "")
    seen: list[Json] = [value]
    others = []
    for one in candidates:
        if one.value and one.value not in seen:
            seen.append(one.value)
            others.append(one)
    return Said(name, value, captures.origin(value, candidates), tuple(others[:6]))


def correct(
    house: House,
    article: str,
    fields: Mapping[str, Json],
    *,
    seen: Mapping[str, Json] | None = None,
) -> Changes:
    """Say what an article really is, as it was ``seen``. Raises BadName, BadDate, BadState."""
    said = {name: _checked(name, value) for name, value in fields.items()}
    return record(house, [Fact(article, op.ARTICLE_SET, said, seen=seen)] if said else [])


def _checked(name: str, value: Json) -> Json:
    if name not in CORRECTABLE:
        raise BadState(state=name)
    if name == "authors":
        names = [collapse(str(one))[:MAX_LINE] for one in value] if isinstance(value, list) else []
        return [one for one in names if one]
    text = collapse(str(value))[:MAX_LINE]
    if name == "title" and not text:
        raise BadName(name=text)
    return calendar(text) if name == "published" and text else text


def _row(house: House, article: str) -> Row:
    with house.database.reading() as db:
        return things.row(db, article)


def _page(house: House, article: str) -> tuple[str, str]:
    """Give the page that is read, decoded, and its address. Raises NotFound."""
    for one in captured(house, article):
        try:
            data = house.blobs.get(one.page)
        except BlobDamaged:
            continue
        if data and not data.startswith(b"%PDF"):
            return decode(data), one.url
    raise NotFound(what=article)


def _files(house: House, shown: Capture) -> dict[str, bytes]:
    """Give the pictures of a capture again: they stay with the page."""
    found = {}
    for address, blob in shown.images.items():
        try:
            found[address] = house.blobs.get(blob)
        except BlobDamaged:
            continue
    return found
