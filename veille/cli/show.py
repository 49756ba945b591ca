"""Printing: one JSON document on standard output, sentences for people, exit statuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.text import CONTROLS
from veille.domain.views import Choice, Row
from veille.sentences import names
from veille.sentences.errors import sentence

_PERSONAL = "personal"
DONE, FAILED, USAGE, PARTLY = 0, 1, 2, 3


def document(value: object) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def line(text: str = "") -> None:
    """Print a line of the answer; nothing in it may drive the terminal."""
    print(text.translate(CONTROLS))


def text(content: str) -> None:
    """Print a file as it is, to be written elsewhere."""
    sys.stdout.write(content)


def say(text: str) -> None:
    """Say a sentence to a person, on standard error."""
    print(text.translate(CONTROLS), file=sys.stderr)


def progress(done: int, total: int, what: str) -> None:
    """Show progress on a terminal; stay silent in a pipe."""
    if sys.stderr.isatty() and total > 1:
        end = "\n" if done == total else ""
        print(f"\r\033[K{done}/{total}  {what[:60]}", end=end, file=sys.stderr, flush=True)


def error(problem: VeilleError) -> dict[str, str]:
    """Give an error as scripts read it."""
    return {"code": problem.code, "message": sentence(problem)}


def when(ms: int) -> str | None:
    """Write a moment for scripts: ISO 8601, UTC."""
    if not ms:
        return None
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


class Shower:
    """Turns rows into JSON and lines, with the names of people and spaces looked up once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._people = {desk.person: desk.name(), **desk.people()}
        self._spaces = {one.id: _PERSONAL if one.personal else one.name for one in desk.spaces()}

    def who(self, person: str) -> str:
        """Give the name of a person, her id when she never said it."""
        return self._people.get(person, person)

    def where(self, space: str) -> str:
        """Give the name of a space."""
        return self._spaces.get(space, space)

    def place(self, space: str) -> str:
        """Give the name of a space as people read it."""
        name = self.where(space)
        return names.space(name, personal=name == _PERSONAL)

    def thing(self, row: Row) -> dict[str, Any]:
        """Give a row as scripts read it."""
        fields = {name: value for name, value in row.fields.items() if not name.startswith("_")}
        shown: dict[str, Any] = {
            **fields,
            "id": row.id,
            "kind": row.kind,
            "title": row.title,
            "space": self.where(row.space),
            "space_id": row.space,
            "tags": list(row.tags),
            "created_by": self.who(row.created_by),
            "created_at": when(row.created_at),
            "updated_by": self.who(row.updated_by),
            "updated_at": when(row.updated_at),
            "deleted": row.hidden == 1,
        }
        if row.kind == "article":
            shown.update(
                url=row.text("url"),
                source=row.source,
                authors=list(row.authors),
                published=row.published or None,
                language=row.text("language") or None,
                state=row.state,
                state_by=self.who(row.text("_state_by")) or None,
                verdict=row.verdict,
                words=row.words,
            )
        if row.conflicts:
            shown["conflicts"] = row.conflicts
            shown["choices"] = [self.choice(one) for one in self._desk.choices(row.id)]
        return shown

    def choice(self, one: Choice) -> dict[str, Any]:
        """Give what stands in two versions as scripts read it."""
        return {
            "number": one.number,
            "where": one.where,
            "shown": one.shown,
            **{
                side: {"text": said.text, "by": self.who(said.by), "at": when(said.at)}
                for side, said in (("a", one.a), ("b", one.b))
            },
            "answers": list(one.answers),
        }

    def lines(self, rows: Iterable[Row]) -> None:
        """Print rows for people."""
        for row in rows:
            detail = [names.kind(row.kind), row.source, row.published]
            if row.kind == "article":
                detail += [names.state(row.state), names.verdict(row.verdict)]
            if row.kind == "quote":
                detail.append(row.text("speaker"))
            line(f"{row.id}  {row.title}")
            line(f"    {' · '.join(part for part in detail if part)}")


def bold_line(text: str) -> None:
    """Print a line that ``marked`` prepared."""
    print(text)


def marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Mark the words found, when standard output is a terminal."""
    if not sys.stdout.isatty():
        return text.translate(CONTROLS)
    text = "".join(max(c, " ") for c in text)
    for start, end in sorted(marks, reverse=True):
        text = f"{text[:start]}\033[1m{text[start:end]}\033[0m{text[end:]}"
    return text


def counts(groups: Mapping[str, Sequence[tuple[str, int]]]) -> dict[str, dict[str, int]]:
    """Give counts as scripts read them."""
    return {name: dict(some) for name, some in groups.items()}
