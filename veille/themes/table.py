"""Vocabularies as teams keep them: a spreadsheet of themes, read and written as CSV.

Columns are known by their names, in French or in English, in any order; without a header they are
theme, synonyms, broader, note. ``Mobilités > Vélo`` in the column of themes says what is above.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from veille.domain.text import key
from veille.themes.told import (
    MOST_BYTES,
    Problem,
    Told,
    ToldConcept,
    passage,
    refused,
    settled,
    word,
)
from veille.themes.vocabulary import Concept, Vocabulary

MOST_LINES: Final = 100_000
_COLUMNS: Final = ("label", "alts", "broader", "note")
_NAMES: Final = {
    "label": "theme|themes|label|preflabel|libelle|intitule|terme|term|descripteur|mot-cle|keyword",
    "alts": "synonyme|synonymes|synonym|synonyms|altlabel|employe pour|ep|use for|used for|uf",
    "broader": "plus large|broader|parent|terme generique|tg|generique|bt|sous",
    "note": "note|notes|definition|scopenote|scope note|note d'application|na|sn",
}
_COLUMN_OF: Final = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_HEADER: Final = ("thème", "synonymes", "plus large", "note")
_SEPARATORS: Final = (";", "\t", ",")
_STEP: Final = re.compile(r"\s*>\s*|\s+[›→]\s+")
# What a spreadsheet would take for a formula.
_FORMULA: Final = re.compile(r"[=+\-@\t]")
_GUARDED: Final = re.compile(r"'[=+\-@\t]")

_Row = tuple[int, list[str]]


class _Sheet:
    """What ``csv`` writes to."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> int:
        self.lines.append(line)
        return len(line)


def read(text: str) -> Told:
    """Read a table that was decoded already. Never raises: lines passed over are in the report."""
    if len(text) > MOST_BYTES:
        return refused("too_big")
    if "\0" in text:
        return refused("unreadable")
    problems: list[Problem] = []
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text)
    columns, rows = _columns(_rows(text, separator, problems))
    said: list[tuple[ToldConcept, int]] = []
    for line, cells in rows:
        named = {one: cells[at] for one, at in columns.items() if at < len(cells)}
        said += [(one, line) for one in _concepts(named, separator)]
    return settled(said, problems=problems)


def write(concepts: Iterable[Concept]) -> str:
    """Write a table that French spreadsheets open: semicolons, synonyms parted by bars.

    A broader theme stands before those that are below it. Encode it as UTF-8 with a mark.
    """
    vocabulary = Vocabulary(concepts)
    sheet = _Sheet()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADER)
    for _depth, one in vocabulary.walk():
        parent = vocabulary.concepts.get(vocabulary.parent(one.id))
        alts = " | ".join(word(alt).replace("|", "/") for alt in one.alts)
        above = _plain(parent.label) if parent else ""
        cells = (_plain(one.label), alts, above, passage(one.note))
        writer.writerow([_safe(cell) for cell in cells])
    return "".join(sheet.lines)


def _plain(label: str) -> str:
    """Write a label that is read back as one, and not as a way down."""
    return re.sub(r"\s*[>›→]\s*", " / ", word(label)) if _STEP.search(label) else word(label)


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) or _GUARDED.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) or cell.startswith("''") else cell


def _separator(text: str) -> str:
    """Find what parts the columns, from the first lines; what is quoted does not count."""
    if text[:4].lower() == "sep=" and text[4:5] in _SEPARATORS:
        return text[4]
    bare = re.sub(r'"[^"]*"', "", text[:20_000])
    head = [one for one in bare.split("\n")[:20] if one.strip()]
    counts = {mark: sum(mark in one for one in head) for mark in ";\t,"}
    # A label may well hold a comma; hardly a semicolon.
    if counts[";"] or counts["\t"]:
        return ";" if counts[";"] >= counts["\t"] else "\t"
    return "," if counts[","] * 2 > len(head) else ";"


def _rows(text: str, separator: str, problems: list[Problem]) -> list[_Row]:
    """Give the rows that say something, with the line each begins at."""
    lines = (f"{one}\n" for one in text.split("\n"))
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    found: list[_Row] = []
    while len(found) < MOST_LINES:
        line = reader.line_num + 1
        try:
            cells = [_bare(one.strip()) for one in next(reader)]
        except StopIteration:
            return found
        except csv.Error:
            problems.append(Problem("unreadable", line=line))
            continue
        if any(cells) and not cells[0].lower().startswith("sep="):
            found.append((line, cells))
    problems.append(Problem("too_many", line=reader.line_num))
    return found


def _columns(rows: Sequence[_Row]) -> tuple[dict[str, int], Sequence[_Row]]:
    """Tell what each column holds, and give the rows below the header if there is one."""
    first = rows[0][1] if rows else []
    named: dict[str, int] = {}
    for at, name in enumerate(first):
        column = _COLUMN_OF.get(key(re.sub(r"\s*[(:@].*", "", name)).replace("’", "'"))
        if column:
            named.setdefault(column, at)
    if "label" in named:
        return named, rows[1:]
    return {column: at for at, column in enumerate(_COLUMNS)}, rows


def _concepts(named: dict[str, str], separator: str) -> Iterator[ToldConcept]:
    """Give the concepts of a row: those on the way down, then its own."""
    way = [one for one in _STEP.split(named.get("label", "")) if one.strip()] or [""]
    way = [*(one for one in _STEP.split(named.get("broader", "")) if one.strip()), *way]
    # The first comes with those that name it, unless it is somebody's synonym.
    for above, label in pairwise(way[:-1]):
        yield ToldConcept(label, broader=above)
    yield ToldConcept(
        way[-1],
        alts=tuple(_parted(named.get("alts", ""), separator)),
        broader=way[-2] if len(way) > 1 else "",
        note=named.get("note", ""),
    )


def _parted(cell: str, separator: str) -> list[str]:
    """Part synonyms: by bars or line breaks, else by semicolons or commas that part no columns."""
    for mark in ("|", "\n", *(one for one in (";", ",") if one != separator)):
        if mark in cell:
            return cell.split(mark)
    return [cell]
