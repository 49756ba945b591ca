"""Annotations to and from other programs: W3C files out; W3C and Hypothesis files in.

What comes in is private, and said by who imports it: the name of its author closes the comment,
since nobody files in another's name. A page that is not in the memory is reported, never fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from veille.annotate import hypothesis, jsonld
from veille.annotate.anchor import Anchor, anchor_all
from veille.annotate.jsonld import Note, Problem
from veille.annotate.selectors import CONTEXT, Selector, describe
from veille.desk import looking, passages
from veille.desk.house import House, login_name
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import FileUnreadable, TooLong, UnknownFormat
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_PASSAGE, MOTIVATIONS
from veille.domain.ids import ENTITY, derived_entity, kind_of
from veille.domain.operation import Json
from veille.domain.text import collapse, key
from veille.domain.views import Capture, Filter, Row
from veille.extract.address import canonical
from veille.store import operations, reading, things
from veille.store.connection import Rows

MAX_FILE: Final = 50_000_000
_OURS: Final = "urn:veille:"
_KINDS: Final = ("quote", "annotation")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file.

    Attributes:
        added: ids of what is new here, or came back.
        known: ids of what was here already.
        doubtful: of those added, what is only likely where it stands.
        orphaned: of those added, what stands nowhere in the page as it is read here.
        problems: what was passed over; ``unknown_address`` names a page and counts its notes.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: Changes = field(default_factory=Changes)


class Exchanging:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def written(self, article: str = "") -> dict[str, Json]:
        """Write what was marked in an article, or in the whole memory, private notes included.

        A page for an article, a collection of one page for the memory. Raises NotFound.
        """
        with self._house.database.reading() as db:
            if article:
                things.row(db, article)
            ids = things.listed(db, Filter(kinds=_KINDS, about=article))
            rows = sorted(things.rows(db, ids), key=lambda one: (one.created_at, one.id))
            people = {self._house.person: login_name(), **looking.people(self._house)}
            notes = list(_notes(db, rows, people))
        page = jsonld.write(notes, page=f"{_OURS}page:{article or 'all'}")
        if article:
            return page
        return jsonld.collect(page, collection=f"{_OURS}collection:all", total=len(notes))

    def save(self, file: Path, article: str = "") -> None:
        """Write the same to a file. Raises NotFound, FileUnreadable."""
        text = json.dumps(self.written(article), ensure_ascii=False, indent=2) + "\n"
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as problem:
            raise FileUnreadable(path=str(file)) from problem

    def load(self, file: Path) -> Taken:
        """Import a file. Raises FileUnreadable, TooLong, UnknownFormat."""
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_FILE + 1)
        except OSError as problem:
            raise FileUnreadable(path=str(file)) from problem
        return self.take(parsed(data, path=str(file)))

    def take(self, document: Json) -> Taken:
        """Import annotations, as one gesture; importing them again changes nothing."""
        reader = hypothesis if hypothesis.is_hypothesis(document) else jsonld
        found = reader.read(document)
        with self._house.database.reading() as db:
            taking = _Taking(self._house, db, found.notes)
            taking.take()
        changes = record(self._house, taking.facts)
        return Taken(
            tuple(taking.added),
            tuple(taking.known),
            tuple(taking.doubtful),
            tuple(taking.orphaned),
            (*found.problems, *taking.problems()),
            changes,
        )


def parsed(data: bytes, *, path: str) -> Json:
    """Parse a file of annotations. Raises TooLong, UnknownFormat."""
    if len(data) > MAX_FILE:
        raise TooLong(limit=MAX_FILE)
    try:
        found: Json = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise UnknownFormat(path=path) from problem
    if not isinstance(found, dict | list):
        raise UnknownFormat(path=path)
    return found


# -- Out -------------------------------------------------------------------------------------------


def _notes(db: Rows, rows: Sequence[Row], people: Mapping[str, str]) -> Iterator[Note]:
    articles: dict[str, Row | None] = {}
    captures: dict[str, dict[str, Capture]] = {}
    for row in rows:
        about = _today(db, row.about)
        if about not in articles:
            articles[about] = next(iter(things.rows(db, [about])), None)
            captures[about] = {one.name: one for one in reading.captures(db, about)}
        article = articles[about]
        if article is not None:
            above = _today(db, row.text("reply_to"))
            yield _note(row, article, captures[about].get(row.text("capture")), above, people)


def _note(
    row: Row, article: Row, capture: Capture | None, above: str, people: Mapping[str, str]
) -> Note:
    is_quote = row.kind == "quote"
    (first, *_again) = passages.selectors_of(row)
    return Note(
        _OURS + row.id,
        motivation="describing" if is_quote else row.text("motivation") or "commenting",
        text=row.text("comment"),
        tags=row.tags,
        creator=people.get(row.created_by, ""),
        created=_iso(row.created_at),
        modified=_iso(row.updated_at) if row.updated_at > row.created_at else "",
        # An answer is about what it answers.
        source="" if above else article.text("url") or _OURS + article.id,
        title="" if above else article.title,
        authors=() if above else article.authors,
        publisher="" if above else article.source,
        capture=_named(capture) if capture and not above else "",
        captured=_iso(capture.at) if capture and not above else "",
        exact=first.exact,
        prefix=first.prefix,
        suffix=first.suffix,
        start=first.start if first.exact else None,
        end=first.end if first.exact else None,
        reply_to=_OURS + above if above else "",
        visibility=row.text("visibility"),
        meaning=row.text("meaning"),
        is_quote=is_quote,
        speaker=row.text("speaker"),
        role=row.text("role"),
    )


def _named(capture: Capture) -> str:
    digest = capture.page or capture.clean
    return f"urn:sha256:{digest}" if digest else ""


def _iso(ms: int) -> str:
    moment = datetime.fromtimestamp(ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _today(db: Rows, thing: str) -> str:
    return (things.moved_to(db, thing) or thing) if thing else ""


# -- In --------------------------------------------------------------------------------------------


class _Taking:
    """One import: notes become facts, those that are answered before their answers."""

    def __init__(self, house: House, db: Rows, notes: Sequence[Note]) -> None:
        self._house = house
        self._db = db
        self._notes = {one.id: one for one in notes}
        self._articles: dict[str, str] = {}
        self._texts: dict[str, tuple[str, str]] = {}
        self._passed: dict[tuple[str, str], int] = {}
        self.facts: list[Fact] = []
        self.added: list[str] = []
        self.known: list[str] = []
        self.doubtful: list[str] = []
        self.orphaned: list[str] = []

    def take(self) -> None:
        by_article: dict[str, list[Note]] = {}
        for note in self._notes.values():
            article = self._about(note)
            if article:
                by_article.setdefault(article, []).append(note)
            else:
                code = "unknown_parent" if note.reply_to else "unknown_address"
                self._pass(note.reply_to or note.source, code)
        for article, some in by_article.items():
            self._take_all(article, some)

    def problems(self) -> list[Problem]:
        return [Problem(where, code, n) for (where, code), n in self._passed.items()]

    def _pass(self, where: str, code: str) -> None:
        self._passed[where, code] = self._passed.get((where, code), 0) + 1

    def _about(self, note: Note) -> str:
        """Give the article of a note, that of what it answers for an answer, "" when unknown."""
        for _turn in range(20):
            above = self._notes.get(note.reply_to)
            if above is None:
                break
            note = above
        if note.reply_to:
            row = self._here(self._entity(note.reply_to))
            if row is not None and not row.hidden:
                return _today(self._db, row.about)
        return self._article(note.source)

    def _article(self, source: str) -> str:
        if source not in self._articles:
            named = source.removeprefix(_OURS)
            if source.startswith(_OURS) and kind_of(named) == "article":
                row = self._here(_today(self._db, named))
                found = [row.id] if row is not None and not row.hidden else []
            else:
                found = things.with_canonical(self._db, canonical(source))
            self._articles[source] = found[0] if found else ""
        return self._articles[source]

    def _entity(self, name: str) -> str:
        """Name a note here: by its own id where it was written, else derived from it."""
        own = name.removeprefix(_OURS)
        is_ours = name.startswith(_OURS) and ENTITY.match(own) and kind_of(own) in _KINDS
        if is_ours and operations.of_entity(self._db, own):
            return _today(self._db, own)
        note = self._notes.get(name)
        kind = "quote" if note is not None and note.is_quote else "annotation"
        return str(derived_entity(kind, self._house.personal, name))

    def _here(self, thing: str) -> Row | None:
        return next(iter(things.rows(self._db, [thing])), None) if thing else None

    def _take_all(self, article: str, notes: Sequence[Note]) -> None:
        text, capture = passages.text_of(self._house, article)
        # Answers are read in the order they are recorded in.
        fresh = sorted(filter(self._is_new, notes), key=lambda one: one.created)
        places = anchor_all(text, [_selector(one) for one in fresh])
        for note, place in zip(fresh, places, strict=True):
            entity = self._entity(note.id)
            self.added.append(entity)
            if note.exact and place.status in {"doubtful", "orphan"}:
                (self.doubtful if place.status == "doubtful" else self.orphaned).append(entity)
            self._add(entity, note, {"article": article, **_placed(note, place, text, capture)})

    def _is_new(self, note: Note) -> bool:
        entity = self._entity(note.id)
        said = operations.of_entity(self._db, entity)
        if any(one.is_tombstone for one in said):
            self._pass(note.id, "erased")
            return False
        row = self._here(entity)
        if row is not None and row.hidden:
            # It was imported, and taken back or deleted since: importing it is asking for it.
            self.facts.append(Fact(entity, op.UNDELETE))
            self.added.append(entity)
        elif said:
            self.known.append(entity)
        return not said

    def _add(self, entity: str, note: Note, data: dict[str, Json]) -> None:
        comment = _signed(note)
        if len(comment) > MAX_PASSAGE:
            comment = note.text
        data["comment"] = comment
        if note.is_quote:
            data |= {"speaker": note.speaker, "role": note.role}
        else:
            data |= {"visibility": "private", "meaning": note.meaning}
            data["motivation"] = _motivation(note)
            if note.reply_to:
                data["reply_to"] = self._entity(note.reply_to)
        kind = op.QUOTE_ADD if note.is_quote else op.COMMENT_ADD
        self.facts.append(Fact(entity, kind, data, self._house.personal))
        self.facts += [Fact(entity, op.TAG_ADD, {"tag": tag}) for tag in _themes(note)]


def _selector(note: Note) -> Selector:
    return Selector(note.exact, note.prefix, note.suffix, note.start or 0, note.end or 0)


def _placed(note: Note, place: Anchor, text: str, capture: str) -> dict[str, Json]:
    """Describe a passage: as it stands here if it does word for word, else as it was marked.

    Only what names no capture of ours, or another, is looked for among the passages astray.
    """
    if not note.exact:
        return {}
    if place.status == "exact":
        return {"capture": capture, **describe(text, place.start, place.end).fields()}
    near = _selector(note)
    kept = Selector(near.exact, near.prefix[-CONTEXT:], near.suffix[:CONTEXT], near.start, near.end)
    return {"capture": "", **kept.fields()}


def _themes(note: Note) -> list[str]:
    """Give tags as themes are written here: no comma, each once."""
    themes = {key(one): one for one in (collapse(tag.replace(",", " ")) for tag in note.tags)}
    return [theme for name, theme in themes.items() if name]


def _motivation(note: Note) -> str:
    if note.reply_to:
        return "replying"
    if note.motivation in MOTIVATIONS and note.motivation != "replying":
        return note.motivation
    return "commenting" if note.text.strip() else "highlighting"


def _signed(note: Note) -> str:
    """Close a comment with who wrote it, and when."""
    day = note.created[:10]
    foot = ", ".join(one for one in (note.creator, day) if one) if note.creator else ""
    return f"{note.text}\n\n— {foot}".strip() if foot else note.text
