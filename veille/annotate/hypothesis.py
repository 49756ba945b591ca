"""Annotations as the API of Hypothesis exports them: read, so that nobody leaves hers behind."""

from __future__ import annotations

from collections.abc import Mapping

from veille.annotate.jsonld import (
    MAX_NOTES,
    Note,
    Problem,
    Report,
    as_list,
    first_object,
    position,
    quoted,
    text,
    texts,
)
from veille.domain.fields import MAX_LINE, MAX_PASSAGE
from veille.domain.operation import Json

_MAX_MANY = 50
_MAX_ADDRESS = 4_000


def is_hypothesis(document: Json) -> bool:
    """Tell an export of Hypothesis from a W3C file: it has ``rows``, and they say ``uri``."""
    if isinstance(document, dict):
        return isinstance(document.get("rows", document.get("annotations")), list)
    row = next(iter(_rows(document)), None)
    return isinstance(row, dict) and "uri" in row


def read(document: Json) -> Report:
    """Read an export: ``rows``, ``annotations`` or a list. What has no page is a problem."""
    notes: list[Note] = []
    problems: list[Problem] = []
    rows = _rows(document)
    for row in rows[:MAX_NOTES]:
        found = _read(row) if isinstance(row, dict) else Problem("", "not_an_annotation")
        if isinstance(found, Note):
            notes.append(found)
        else:
            problems.append(found)
    if len(rows) > MAX_NOTES:
        problems.append(Problem("", "too_many"))
    return Report(tuple(notes), tuple(problems))


def _rows(document: Json) -> list[Json]:
    if isinstance(document, dict):
        document = document.get("rows", document.get("annotations"))
    return document if isinstance(document, list) else []


def _read(row: Mapping[str, Json]) -> Note | Problem:
    name, source = text(row.get("id"), MAX_LINE), text(row.get("uri"), _MAX_ADDRESS)
    if not name or not source:
        return Problem(name, "no_id" if not name else "no_target")
    chosen = as_list(first_object(row.get("target")).get("selector"))[:_MAX_MANY]
    selectors = [one for one in chosen if isinstance(one, dict)]
    words = next(
        (quoted(one) for one in selectors if one.get("type") == "TextQuoteSelector"), quoted({})
    )
    places = [one for one in selectors if one.get("type") == "TextPositionSelector"]
    start, end = position(places)
    said = text(row.get("text"), MAX_PASSAGE + 1)
    if max(len(said), len(words["exact"])) > MAX_PASSAGE:
        return Problem(name, "too_long")
    # The first of the references is what the conversation is about.
    above = next(iter(texts(row.get("references"))), "")
    titles = texts(first_object(row.get("document")).get("title"))
    return Note(
        f"urn:hypothesis:{name}",
        motivation="replying" if above else "commenting" if said.strip() else "highlighting",
        text=said,
        tags=tuple(one for one in texts(row.get("tags"))[:_MAX_MANY] if one.strip()),
        creator=_creator(row),
        created=text(row.get("created"), MAX_LINE),
        modified=text(row.get("updated"), MAX_LINE),
        source=source,
        title=next(iter(titles), ""),
        start=start,
        end=end,
        reply_to=f"urn:hypothesis:{above}" if above else "",
        visibility=_visibility(row),
        exact=words["exact"],
        prefix=words["prefix"],
        suffix=words["suffix"],
    )


def _creator(row: Mapping[str, Json]) -> str:
    """Name the person by what she shows, else by her login without its host."""
    shown = text(first_object(row.get("user_info")).get("display_name"), MAX_LINE)
    return shown or text(row.get("user"), MAX_LINE).removeprefix("acct:").partition("@")[0]


def _visibility(row: Mapping[str, Json]) -> str:
    """Tell what only its author reads; whoever else reads it, it is a team's."""
    readers = texts(first_object(row.get("permissions")).get("read"))
    if not readers:
        return ""
    return "team" if any(one.startswith("group:") for one in readers) else "private"
