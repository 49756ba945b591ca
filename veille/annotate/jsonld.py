"""W3C Web Annotation files: what people marked, in the one form that other programs read.

Web Annotation Data Model and Vocabulary (W3C Recommendations, 2017). What ours becomes:

- a passage: ``TextQuoteSelector`` and ``TextPositionSelector``; the capture: ``state``;
- a comment, its themes: ``TextualBody``, of purpose commenting, tagging;
- what a highlight means: ``styleClass`` of the target, the standard's place for a class of
  rendering; as a tag it would come back as a theme;
- a quote: of type ``schema:Quotation``, motivation describing; who speaks is a ``TextualBody`` of
  purpose identifying, her role one of purpose describing;
- an answer: motivation replying, its target is what it answers;
- title, author and source: ``schema:`` terms of the target, null when the page does not say.

The reader is tolerant: what it passes over is a problem of the report, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from veille.domain.fields import MAX_LINE, MAX_PASSAGE, MEANINGS, VISIBILITIES
from veille.domain.operation import Json

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
MAX_NOTES: Final = 20_000
_MAX_ADDRESS: Final = 4_000
_MAX_MANY: Final = 50
_MAX_POSITION: Final = 2**53
# Pages that follow one another inside one file, and selectors that refine one another.
_MAX_DEPTH: Final = 50
_CLASS: Final = "veille-"
_AUDIENCE: Final = "urn:veille:audience:"
_QUOTATION: Final = "schema:Quotation"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody marked or said. What a file does not say is "", or None for a position.

    Attributes:
        id: an IRI.
        source: the address of the page.
        authors: of the page, as published.
        publisher: the source, as people name it.
        capture: names the state of the page that was annotated.
        captured: when it was had, ISO 8601.
        reply_to: the id of what this answers.
        is_quote: whether it is kept as somebody's words.
    """

    id: str
    motivation: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    creator: str = ""
    created: str = ""
    modified: str = ""
    source: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    capture: str = ""
    captured: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    reply_to: str = ""
    visibility: str = ""
    meaning: str = ""
    is_quote: bool = False
    speaker: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was passed over: which annotation (or address), why, how many times."""

    where: str
    code: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What a file holds."""

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...] = ()


def write(notes: Sequence[Note], *, page: str) -> dict[str, Json]:
    """Write annotations as an AnnotationPage; ``page`` is its IRI."""
    items: list[Json] = [_written(one) for one in notes]
    return {"@context": CONTEXT, "id": page, "type": "AnnotationPage", "items": items}


def collect(page: dict[str, Json], *, collection: str, total: int) -> dict[str, Json]:
    """Wrap a page in an AnnotationCollection, whose IRI is ``collection``."""
    first = {name: value for name, value in page.items() if name != "@context"}
    return {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "total": total,
        "first": {**first, "partOf": collection},
    }


def _written(note: Note) -> dict[str, Json]:
    said: dict[str, Json] = {
        "id": note.id,
        "type": ["Annotation", _QUOTATION] if note.is_quote else "Annotation",
        "motivation": note.motivation,
        "creator": {"type": "Person", "name": note.creator} if note.creator else None,
        "created": note.created,
        "modified": note.modified,
        "audience": _AUDIENCE + note.visibility if note.visibility else None,
        "body": _bodies(note),
        "target": note.reply_to or _target(note),
    }
    return {name: value for name, value in said.items() if value}


def _bodies(note: Note) -> list[Json]:
    said = [("commenting", note.text), ("identifying", note.speaker), ("describing", note.role)]
    if note.reply_to:
        said[0] = ("replying", note.text)
    said += [("tagging", one) for one in note.tags]
    return [
        {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
        for purpose, value in said
        if value
    ]


def _target(note: Note) -> dict[str, Json]:
    target: dict[str, Json] = {
        "type": "SpecificResource",
        "source": note.source,
        "schema:name": note.title or None,
        "schema:author": list(note.authors) or None,
        "schema:publisher": note.publisher or None,
    }
    selectors: list[Json] = []
    if note.exact:
        quote = {"exact": note.exact, "prefix": note.prefix, "suffix": note.suffix}
        selectors.append({"type": "TextQuoteSelector", **quote})
    if note.start is not None and note.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": note.start, "end": note.end})
    if selectors:
        target["selector"] = selectors
    if note.meaning:
        target["styleClass"] = _CLASS + note.meaning
    if note.capture or note.captured:
        state = {"sourceDate": note.captured, "cached": note.capture}
        target["state"] = {"type": "TimeState", **{n: v for n, v in state.items() if v}}
    return target


def read(document: Json) -> Report:
    """Read one annotation, a list, a page or a collection."""
    notes: list[Note] = []
    problems: list[Problem] = []
    for number, item in enumerate(_items(document)):
        if number >= MAX_NOTES:
            problems.append(Problem("", "too_many"))
            break
        found = _read(item) if isinstance(item, dict) else Problem("", "not_an_annotation")
        if isinstance(found, Problem):
            problems.append(found)
            continue
        notes.append(found[0])
        problems += [Problem(found[0].id, code) for code in found[1]]
    return Report(tuple(notes), tuple(problems))


def _items(document: Json) -> Iterator[Json]:
    """Give the annotations of a document, page after page; a page elsewhere is never fetched."""
    for _page in range(_MAX_DEPTH):
        if isinstance(document, list):
            yield from document
            return
        if document is None:
            return
        if not isinstance(document, dict):
            # The address of a page that is elsewhere: a line of the report.
            yield document
            return
        if "first" in document:
            document = document["first"]
            continue
        if "items" not in document:
            yield document
            return
        items = document["items"]
        yield from items if isinstance(items, list) else [items]
        document = document.get("next")


def _read(item: Mapping[str, Json]) -> tuple[Note, list[str]] | Problem:
    """Read an annotation, with the codes of what was passed over in it."""
    name = text(item.get("id") or item.get("@id"), _MAX_ADDRESS)
    if "Annotation" not in texts(item.get("type") or item.get("@type")):
        return Problem(name, "not_an_annotation")
    if not name:
        return Problem("", "no_id")
    codes: list[str] = []
    motivation = next(iter(texts(item.get("motivation"))), "").removeprefix("oa:")
    said = _said(item, codes)
    aimed = _aimed(item.get("target"), is_reply=motivation == "replying", codes=codes)
    if max(len(said.get("comment", "")), len(aimed["exact"])) > MAX_PASSAGE:
        return Problem(name, "too_long")
    if not (aimed["source"] or aimed["reply_to"]):
        return Problem(name, "no_target")
    target = first_object(item.get("target"))
    start, end = position(_selectors(target, codes))
    note = Note(
        name,
        motivation=motivation,
        text=said.get("comment", ""),
        tags=tuple(_tags(item)),
        creator=person(item.get("creator")),
        created=text(item.get("created"), MAX_LINE),
        modified=text(item.get("modified"), MAX_LINE),
        title=text(target.get("schema:name"), MAX_LINE),
        authors=tuple(texts(target.get("schema:author")))[:_MAX_MANY],
        publisher=text(target.get("schema:publisher"), MAX_LINE),
        start=start,
        end=end,
        visibility=_one_of(item.get("audience"), _AUDIENCE, VISIBILITIES),
        meaning=_one_of(target.get("styleClass"), _CLASS, MEANINGS),
        is_quote=_QUOTATION in texts(item.get("type")),
        speaker=said.get("identifying", "")[:MAX_LINE],
        role=said.get("describing", "")[:MAX_LINE],
        **aimed,
    )
    return note, sorted(set(codes))


def _aimed(target: Json, *, is_reply: bool, codes: list[str]) -> dict[str, str]:
    """Read what an annotation is about: a page and words of it, or another annotation."""
    aimed = dict.fromkeys(("source", "reply_to", "exact", "prefix", "suffix"), "")
    if isinstance(target, list) and len(target) > 1:
        codes.append("more_targets")
    if isinstance(target, list):
        target = target[0] if target else None
    found = first_object(target)
    source = found.get("source", found.get("id", target))
    source = source.get("id") if isinstance(source, dict) else source
    aimed["reply_to" if is_reply else "source"] = text(source, _MAX_ADDRESS)
    for one in _selectors(found, []):
        if one.get("type") == "TextQuoteSelector" and not aimed["exact"]:
            aimed |= quoted(one)
    state = first_object(found.get("state"))
    aimed["captured"] = text(state.get("sourceDate"), MAX_LINE)
    aimed["capture"] = text(state.get("cached"), MAX_LINE)
    return aimed


def _selectors(target: Mapping[str, Json], codes: list[str]) -> list[Mapping[str, Json]]:
    """Give the selectors that we follow, those that refine others included."""
    found: list[Mapping[str, Json]] = []
    waiting = [(one, 0) for one in as_list(target.get("selector"))[:_MAX_MANY]]
    while waiting:
        one, depth = waiting.pop(0)
        if not isinstance(one, dict) or depth > _MAX_DEPTH:
            codes.append("selector_passed_over")
            continue
        if one.get("type") in {"TextQuoteSelector", "TextPositionSelector"}:
            found.append(one)
        else:
            codes.append("selector_passed_over")
        waiting += [(each, depth + 1) for each in as_list(one.get("refinedBy"))[:_MAX_MANY]]
    return found


def _said(item: Mapping[str, Json], codes: list[str]) -> dict[str, str]:
    """Give what the bodies say, by purpose; what is neither speaker nor role is the comment."""
    is_quote = _QUOTATION in texts(item.get("type"))
    said: dict[str, str] = {}
    value = text(item.get("bodyValue"), MAX_PASSAGE + 1)
    words = [value] if value else []
    for body in _flat(item.get("body")):
        if isinstance(body, str) or not isinstance(body.get("value"), str):
            codes.append("body_elsewhere")
            continue
        purpose = next(iter(texts(body.get("purpose"))), "commenting")
        value = text(body["value"], MAX_PASSAGE + 1)
        if is_quote and purpose in {"identifying", "describing"}:
            said[purpose] = value
        elif purpose != "tagging":
            words.append(value)
    return said | {"comment": "\n\n".join(words)}


def _flat(body: Json) -> list[str | dict[str, Json]]:
    """Give the bodies, those of a choice and of a specific resource included."""
    found: list[str | dict[str, Json]] = []
    waiting = [(one, 0) for one in as_list(body)[:_MAX_MANY]]
    while waiting and len(found) < _MAX_MANY:
        one, depth = waiting.pop(0)
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict) and depth < _MAX_DEPTH:
            inside = [*as_list(one.get("items")), *_inner(one)][:_MAX_MANY]
            waiting += [(each, depth + 1) for each in inside]
            found += [] if inside else [one]
    return found


def _inner(body: dict[str, Json]) -> list[Json]:
    source = body.get("source")
    if isinstance(source, dict) and "value" in source:
        return [{"purpose": body.get("purpose"), **source}]
    return []


def _tags(item: Mapping[str, Json]) -> list[str]:
    found = [
        text(one.get("value"), MAX_LINE)
        for one in _flat(item.get("body"))
        if isinstance(one, dict) and "tagging" in texts(one.get("purpose"))
    ]
    return [one for one in found if one.strip()]


def quoted(selector: Mapping[str, Json]) -> dict[str, str]:
    """Read a TextQuoteSelector; of long surroundings what is next to the passage."""
    return {
        "exact": text(selector.get("exact"), MAX_PASSAGE + 1),
        "prefix": text(selector.get("prefix"), MAX_PASSAGE)[-MAX_LINE:],
        "suffix": text(selector.get("suffix"), MAX_LINE),
    }


def position(selectors: Sequence[Mapping[str, Json]]) -> tuple[int | None, int | None]:
    """Read the first TextPositionSelector that makes sense, in code points."""
    for one in selectors:
        start, end = one.get("start"), one.get("end")
        if type(start) is int and type(end) is int and 0 <= start <= end < _MAX_POSITION:
            return start, end
    return None, None


def person(value: Json) -> str:
    """Name who made an annotation, "" when it is not said."""
    one = as_list(value)[0] if as_list(value) else None
    if isinstance(one, dict):
        return next((text(one[n], MAX_LINE) for n in ("name", "nickname", "id") if one.get(n)), "")
    return text(one, MAX_LINE)


def text(value: Json, limit: int) -> str:
    """Give a text cut to ``limit`` characters, "" for anything else."""
    return value[:limit] if isinstance(value, str) else ""


def texts(value: Json) -> list[str]:
    """Give the texts of a value that may be one or many."""
    return [one[:MAX_LINE] for one in as_list(value) if isinstance(one, str)]


def as_list(value: Json) -> list[Json]:
    """Give one or many as many."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first_object(value: Json) -> Mapping[str, Json]:
    """Give the first object of one or many, an empty one when there is none."""
    one = value[0] if isinstance(value, list) and value else value
    return one if isinstance(one, dict) else {}


def _one_of(value: Json, prefix: str, allowed: Sequence[str]) -> str:
    found = [one.removeprefix(prefix) for one in texts(value) if one.startswith(prefix)]
    return next((one for one in found if one in allowed), "")
