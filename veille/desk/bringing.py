"""What people bring along when they begin: bookmarks, a folder of saved pages, a list of feeds.

Looking at a file and taking what it holds are two steps: a thousand lines are taken a slice at a
time, so that whoever waits sees how far it went and may stop. However many slices, it is one
gesture, taken back at once. Titles and addresses are recorded; pages are read behind, by the queue.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from veille.capture import bookmarks, door
from veille.desk import chance, clipping, doors
from veille.desk.clipping import ClipOptions, Clipped
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import FileUnreadable, NotOpml, VeilleError
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE
from veille.domain.text import clip, collapse, key
from veille.domain.views import Filter
from veille.feeds import opml
from veille.store import things

Into = Literal["dossier", "theme", ""]
Kind = Literal["bookmarks", "pages", "feeds"]
# As many as are recorded in about a second on an office PC.
SLICE: Final = 40
MOST_FILES: Final = 20_000
_DEEPEST: Final = 12
_KEPT: Final = "kept"
_SAVED: Final = frozenset({
    ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".eml", ".mbox", ".url", ".webloc",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to bring: a page of the web, or a file.

    Attributes:
        where: the address of a page, the path of a file.
        folders: those it stands in, from the outside in.
        problem: why it is passed over, "" when it is not.
    """

    kind: Literal["page", "file"]
    where: str
    title: str = ""
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    problem: str = ""

    @classmethod
    def told(cls, data: Mapping[str, Any]) -> Item:
        """Read an item back from another process."""
        return cls(**{**data, "folders": tuple(data["folders"]), "tags": tuple(data["tags"])})


@dataclass(frozen=True, slots=True)
class Found:
    """What a file or a folder holds.

    Attributes:
        kind: "bookmarks", "pages", or "feeds", which are followed (``desk.feeds.read_list``).
    """

    kind: Kind
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What became of an item: the article, whether it is new here, or the problem it had."""

    item: Item
    article: str = ""
    is_new: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a slice; ``changes.gesture`` is the gesture to go on with."""

    lines: tuple[Line, ...] = ()
    changes: Changes = field(default_factory=Changes)


class Bringing:
    """One method for each step. A part of the Desk."""

    def __init__(self, house: House) -> None:
        self._house = house

    def look(self, path: str, *, kind: Kind | None = None) -> Found:
        """Tell what a file or a folder holds. Raises the errors of ReadError, TooLarge."""
        return look(Path(path), kind=kind)

    def take(self, items: Sequence[Item], *, into: Into = "dossier", gesture: str = "") -> Brought:
        """Record a slice; ``into`` is what each folder becomes, ``gesture`` what it goes on with."""
        return take(self._house, items, into=into, gesture=gesture)


def look(path: Path, *, kind: Kind | None = None) -> Found:
    """Tell what a file or a folder holds; nothing is recorded.

    What is no list of anything is a page, unless ``kind`` says otherwise. Raises FileUnreadable,
    TooLarge.
    """
    if path.is_dir():
        return Found("pages", tuple(_saved(path)))
    try:
        if path.stat().st_size > bookmarks.MOST_BYTES:
            return Found("pages", (Item("file", str(path)),))
        data = path.read_bytes()
    except OSError as problem:
        raise FileUnreadable(path=str(path)) from problem
    if kind == "bookmarks" or (kind is None and bookmarks.is_list(data)):
        return Found("bookmarks", tuple(map(_of_bookmark, bookmarks.read(data, path=path.name))))
    is_list = path.suffix.lower() not in _SAVED and kind is None and _is_opml(data)
    if kind == "feeds" or is_list:
        return Found("feeds")
    return Found("pages", (Item("file", str(path)),))


def _is_opml(data: bytes) -> bool:
    try:
        return bool(opml.read(data))
    except NotOpml:
        return False


def _of_bookmark(one: bookmarks.Bookmark) -> Item:
    return Item("page", one.url, one.title, one.folders, one.tags, one.problem)


def _saved(folder: Path) -> list[Item]:
    """Give the saved pages under a folder, by name; links and hidden folders are not followed."""
    found: list[Item] = []
    for where, inside, files in os.walk(folder):
        at = Path(where)
        folders = at.relative_to(folder).parts
        paths = [at / name for name in sorted(files)]
        companions = {one.name for path in paths for one in door.companions(path)}
        inside[:] = sorted(
            one
            for one in inside
            if len(folders) < _DEEPEST and not one.startswith(".") and one not in companions
        )
        found += [
            Item("file", str(path), path.stem, folders)
            for path in paths
            if path.suffix.lower() in _SAVED and not path.name.startswith(".")
        ]
        if len(found) >= MOST_FILES:
            break
    return found[:MOST_FILES]


def take(house: House, items: Sequence[Item], *, into: Into, gesture: str = "") -> Brought:
    """Record items as part of one gesture. What is here already is only filed."""
    taking = _Taking(house, into, gesture)
    lines = tuple(line for one in items for line in taking.add(one))
    return Brought(lines, taking.close())


class _Taking:
    """A slice being recorded: the articles one by one, then where they are filed, together."""

    def __init__(self, house: House, into: Into, gesture: str) -> None:
        self._house, self._into, self._gesture = house, into, gesture
        self._facts: list[Fact] = []
        self._touched: set[str] = set()
        self._filed: set[tuple[str, str]] = set()
        self._dossiers = _dossiers(house) if into == "dossier" else {}

    def add(self, item: Item) -> list[Line]:
        """Record an item; a mailbox or a list of addresses gives several lines."""
        if item.problem:
            return [Line(item, problem=item.problem)]
        try:
            clipped = self._clipped(item)
        except VeilleError as problem:
            return [Line(item, problem=problem.code)]
        for one in clipped:
            self._gesture = self._gesture or one.gesture
            self._touched.add(one.id)
            self._file(one.id, item)
        return [Line(item, one.id, is_new=bool(one.gesture)) for one in clipped]

    def close(self) -> Changes:
        """Record where everything is filed."""
        done = record(self._house, self._facts, gesture=self._gesture)
        return Changes(done.entities | self._touched, done.gesture or self._gesture)

    def _clipped(self, item: Item) -> list[Clipped]:
        options = ClipOptions(state=_KEPT, called=item.title, gesture=self._gesture)
        if item.kind == "page":
            return [clipping.begin(self._house, item.where, options)]
        return doors.take_file(self._house, item.where, options)

    def _file(self, article: str, item: Item) -> None:
        if self._into == "dossier" and item.folders:
            self._put(article, self._dossier(" / ".join(item.folders)))
        themes = (*item.tags, *(item.folders[-1:] if self._into == "theme" else ()))
        for one in themes:
            self._tag(article, clip(one.replace(",", " "), length=MAX_LINE))

    def _dossier(self, title: str) -> str:
        title = collapse(title)[:MAX_LINE]
        known = self._dossiers.get(key(title))
        if known is None:
            known = self._dossiers[key(title)] = chance.entity("dossier")
            said = {"title": title, "description": ""}
            self._facts.append(Fact(known, op.DOSSIER_SET, {**said}, self._house.personal))
        return known

    def _put(self, article: str, dossier: str) -> None:
        with self._house.database.reading() as db:
            is_in = dossier in things.dossiers_of(db, article)
        if not is_in and (dossier, article) not in self._filed:
            self._filed.add((dossier, article))
            self._facts.append(Fact(dossier, op.MEMBER_ADD, {"item": article}))

    def _tag(self, article: str, theme: str) -> None:
        with self._house.database.reading() as db:
            has = key(theme) in things.tag_keys(db, article)
        if key(theme) and not has and (key(theme), article) not in self._filed:
            self._filed.add((key(theme), article))
            self._facts.append(Fact(article, op.TAG_ADD, {"tag": theme}))


def _dossiers(house: House) -> dict[str, str]:
    """Give one's own dossiers by folded title: nothing is put in a colleague's by its name alone."""
    with house.database.reading() as db:
        own = Filter(kinds=("dossier",), space=house.personal)
        rows = things.rows(db, things.listed(db, own))
    return {key(row.title): row.id for row in reversed(rows)}
