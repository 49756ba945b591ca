"""The demo memory: a small French town's communication team, written for the project.

Everything goes through the same door as real work: pages are clipped, quotes anchored, notes
written. Its articles carry the theme of no real person, medium or town.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from veille.desk import chance, demo_place, filing, indexing, paths, rebuild
from veille.desk.house import House, open_house
from veille.desk.passages import passage
from veille.desk.paths import ProfilePaths
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import NotEmpty, StoreDamaged
from veille.domain.facts import Fact
from veille.domain.operation import Json
from veille.domain.text import key, word_count
from veille.domain.views import Filter
from veille.extract import address
from veille.extract.canonical import canonical_text, with_french_spaces
from veille.store import local, operations, things
from veille.wiki.render import render


@dataclass(frozen=True, slots=True)
class Filled:
    """How much was put in."""

    articles: int
    quotes: int
    annotations: int
    notes: int
    dossiers: int
    people: int


def fill(house: House) -> Filled:
    """Fill a new profile with the demo memory. Raises NotEmpty."""
    with house.database.reading() as db:
        if things.count(db, Filter()):
            raise NotEmpty(what=str(house.paths.root))
    filled = _Filler(house, paths.resources() / "demo").fill()
    with house.database.writing() as db:
        # What the demo recorded is nobody's gesture: undo begins after it.
        local.set_meta(db, "undo_from", str(operations.newest(db)))
    return filled


def prepare(own: ProfilePaths) -> Path:
    """Make the demo memory of a profile ready to be opened, index and all; it takes seconds.

    It bears its name once it is whole: a stop in between leaves nothing that opens. Raises
    StoreError.
    """
    ready = demo_place.place(own)
    if demo_place.is_demo(ready):
        return ready.root
    begun = ProfilePaths(ready.root.with_name(f"{ready.root.name}.begun"))
    demo_place.clear(begun.root)
    demo_place.clear(ready.root)
    house = open_house(begun)
    try:
        # Who opens it next finds tables of today, and an index that knows them.
        rebuild.rebuild_if_stale(house)
        fill(house)
        indexing.drain(house, most=1_000_000)
    finally:
        house.close()
    try:
        demo_place.mark(begun)
        begun.root.rename(ready.root)
    except OSError as problem:
        raise StoreDamaged(detail=str(problem)) from problem
    return ready.root


class _Filler:
    def __init__(self, house: House, folder: Path) -> None:
        self._house = house
        self._folder = folder
        self._people: dict[str, str] = {}
        self._articles: dict[str, str] = {}
        self._quotes: dict[str, str] = {}
        self._dossiers: dict[str, str] = {}

    def fill(self) -> Filled:
        self._add_people()
        self._add_themes()
        for one in self._json("dossiers"):
            self._dossiers[one["title"]] = filing.new_dossier(
                self._house, one["title"], description=one["description"], by=self._by(one)
            )
        articles = [self._add_article(path) for path in self._files("articles")]
        quotes = [self._add_passage(one, "quote") for one in self._json("quotes")]
        annotations = [self._add_passage(one, "annotation") for one in self._json("annotations")]
        notes = [self._add_note(path) for path in self._files("notes")]
        return Filled(
            len(articles), len(quotes), len(annotations), len(notes),
            len(self._dossiers), len(self._people),
        )  # fmt: skip

    def _add_people(self) -> None:
        for number, one in enumerate(self._json("people")):
            # The first is who sits at the desk, so that the newcomer may undo and edit.
            person = self._house.person if number == 0 else chance.entity("person")
            self._people[one["key"]] = person
            said: dict[str, Json] = {"name": one["name"], "service": one["service"]}
            record(self._house, [Fact(person, op.PERSON_SET, said)], by=person)

    def _add_themes(self) -> None:
        personal = self._house.personal
        named = {
            one["label"]: str(ids.derived_entity("concept", personal, key(one["label"])))
            for one in self._json("themes")
        }
        facts = [
            Fact(
                named[one["label"]], op.CONCEPT_SET,
                {
                    "label": one["label"], "alts": one["alts"], "note": one["note"],
                    "broader": named.get(one["broader"], ""),
                },
            )
            for one in self._json("themes")
        ]  # fmt: skip
        record(self._house, facts)

    def _add_article(self, path: Path) -> str:
        head, body = _parts(path)
        page = render(body, resolve=lambda _target: None, embed=lambda _target: None)
        canonical = address.canonical(head["url"])
        article = str(ids.derived_entity("article", self._house.personal, canonical))
        fields: dict[str, Json] = {
            "title": head["title"],
            "url": head["url"],
            "canonical": canonical,
            "source": head["source"],
            "authors": list(_listed(head.get("authors", ""))),
            "published": head["published"],
            "language": "fr",
            "state": head["state"],
            "filed_by": self._by(head),
            "filed_at": _morning_after(head["published"]),
        }
        html = with_french_spaces(page)
        text = canonical_text(html)
        capture: dict[str, Json] = {
            "verdict": "complete",
            "reason": "",
            "words": word_count(text),
            "text": text,
            "page": self._house.blobs.put(page.encode()),
            "clean": self._house.blobs.put(html.encode()),
            "url": head["url"],
        }
        facts = [Fact(article, op.CLIP, fields), Fact(article, op.CAPTURE, capture)]
        facts += [Fact(article, op.TAG_ADD, {"tag": one}) for one in _listed(head["tags"])]
        facts += self._membership(head, article)
        record(self._house, facts, by=self._by(head))
        self._articles[path.stem] = article
        return article

    def _add_passage(self, one: dict[str, Any], kind: str) -> str:
        selected = passage(self._house, self._articles[one["article"]], one["exact"])
        entity = chance.entity(kind)
        if kind == "quote":
            said: dict[str, Json] = {name: one[name] for name in ("speaker", "role", "comment")}
            facts = [Fact(entity, op.QUOTE_ADD, {**selected, **said})]
            self._quotes[one["key"]] = entity
        else:
            said = {name: one[name] for name in ("comment", "visibility")}
            facts = [Fact(entity, op.COMMENT_ADD, {**selected, **said})]
            facts += [Fact(entity, op.TAG_ADD, {"tag": tag}) for tag in one["tags"]]
        record(self._house, facts, by=self._by(one))
        return entity

    def _add_note(self, path: Path) -> str:
        head, body = _parts(path)
        for name, quote in self._quotes.items():
            body = body.replace(f"![[{name}]]", f"![[{quote}]]")
        note = chance.entity("note")
        facts = [
            Fact(note, op.NOTE_SET, {"title": head["title"]}),
            Fact(note, op.NOTE_REV, {"p": [], "x": body}),
        ]
        facts += [Fact(note, op.TAG_ADD, {"tag": one}) for one in _listed(head.get("tags", ""))]
        facts += self._membership(head, note)
        record(self._house, facts, by=self._by(head))
        return note

    def _membership(self, head: dict[str, str], item: str) -> list[Fact]:
        dossier = self._dossiers.get(head.get("dossier", ""))
        return [Fact(dossier, op.MEMBER_ADD, {"item": item})] if dossier else []

    def _by(self, one: dict[str, Any]) -> str:
        return self._people.get(one["by"], self._house.person)

    def _json(self, name: str) -> list[dict[str, Any]]:
        read: list[dict[str, Any]] = json.loads(
            (self._folder / f"{name}.json").read_text(encoding="utf-8")
        )
        return read

    def _files(self, name: str) -> list[Path]:
        return sorted((self._folder / name).glob("*.md"))


def _morning_after(published: str) -> int:
    """File an article on the day it was published, at nine."""
    year, month, day = (int(one) for one in f"{published}-01-01".split("-")[:3])
    return int(datetime(year, month, day, 9, tzinfo=UTC).timestamp() * 1000)


def _parts(path: Path) -> tuple[dict[str, str], str]:
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}, body.strip()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())
