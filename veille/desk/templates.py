"""Templates of notes: Markdown files that a team can change, those of the program until it does.

They are looked for in the folder that was chosen (on the drive of the team, say), else in the one
of the profile. A file of the same name replaces the one that ships with the program.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from veille.desk import paths
from veille.desk.house import House
from veille.domain.errors import FileUnreadable, NotFound
from veille.domain.fields import MAX_LINE
from veille.domain.text import collapse, order
from veille.store import local

_SETTING: Final = "templates"
_LARGEST: Final = 200_000
_MOST: Final = 200
_HOLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_HEAD: Final = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Template:
    """What a note may begin from.

    Attributes:
        name: of its file, without the ending: it names the kind of note.
        label: what people call it.
        title: of the note, its holes filled.
        text: its Markdown, its holes filled.
        tags: themes that such notes bear.
        own: whether it is a file of the team, and not of the program.
    """

    name: str
    label: str
    title: str
    text: str
    tags: tuple[str, ...] = ()
    own: bool = False


def folder(house: House) -> Path:
    """Give the folder where the templates of this profile, or of its team, are."""
    told = chosen(house)
    return Path(told) if told else house.paths.root / "templates"


def chosen(house: House) -> str:
    """Give the folder that was chosen, "" for the one of the profile."""
    with house.database.reading() as db:
        return local.meta(db, _SETTING)


def choose_folder(house: House, folder_: str) -> None:
    """Look for templates in another folder from now on; "" for the one of the profile."""
    with house.database.writing() as db:
        if folder_:
            local.set_meta(db, _SETTING, str(Path(folder_).expanduser().absolute()))
        else:
            local.drop_meta(db, _SETTING)


def fill_folder(house: House, *, language: str) -> Path:
    """Put the templates of the program in the folder, to be changed; files there are left alone.

    Raises FileUnreadable when it cannot be written.
    """
    there = folder(house)
    try:
        there.mkdir(parents=True, exist_ok=True)
        for one in sorted(_shipped(language).glob("*.md")):
            if not (there / one.name).exists():
                shutil.copyfile(one, there / one.name)
    except OSError as problem:
        raise FileUnreadable(path=str(there)) from problem
    return there


def listed(house: House, *, language: str, words: Mapping[str, str]) -> list[Template]:
    """Give the templates; those of the team by their names, then the program's.

    Args:
        house: the profile.
        language: of the reader, ``fr`` or ``en``.
        words: what fills the holes: ``{{date}}``, ``{{semaine}}``, ``{{auteur}}``…
    """
    found = {one.stem: _read(one, words, own=False) for one in _files(_shipped(language))}
    found.update({one.stem: _read(one, words, own=True) for one in _files(folder(house))})
    kept = [one for one in found.values() if one is not None]
    return sorted(kept, key=lambda one: (not one.own, order(one.label)))


def named(house: House, name: str, *, language: str, words: Mapping[str, str]) -> Template:
    """Give a template by its name or its label. Raises NotFound."""
    for one in listed(house, language=language, words=words):
        if name.casefold() in {one.name.casefold(), one.label.casefold()}:
            return one
    raise NotFound(what=name)


def week(now_ms: int) -> tuple[int, int]:
    """Give the ISO year and week of a moment, local time."""
    told = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone().isocalendar()
    return told.year, told.week


def _shipped(language: str) -> Path:
    return paths.resources() / "templates" / ("fr" if language == "fr" else "en")


def _files(there: Path) -> Iterator[Path]:
    """Give the Markdown files of a folder; none when it is not there, or does not answer."""
    try:
        yield from sorted(there.glob("*.md"))[:_MOST]
    except OSError:
        return


def _read(file: Path, words: Mapping[str, str], *, own: bool) -> Template | None:
    """Read a template; None for a file that is too large, or is no text."""
    try:
        if file.stat().st_size > _LARGEST:
            return None
        written = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None
    head = _HEAD.match(written)
    told = dict(_told(head[1])) if head else {}
    body = written[head.end() :] if head else written
    label = told.get("nom") or told.get("name") or file.stem.replace("-", " ").capitalize()
    title = told.get("titre") or told.get("title") or label
    tags = (told.get("thèmes") or told.get("themes") or "").split(",")
    return Template(
        file.stem, label[:MAX_LINE], _filled(title, words)[:MAX_LINE],
        _filled(body, words).strip("\n"), tuple(filter(None, map(collapse, tags))), own,
    )  # fmt: skip


def _told(head: str) -> Iterator[tuple[str, str]]:
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().casefold(), value.strip()


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Fill the holes that are known; the others stay, to be seen."""
    return _HOLE.sub(lambda hole: words.get(hole[1].casefold(), hole[0]), text)
