"""How notes hang together: what completes a link, who mentions whom, what hangs in the air."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from veille.desk import finding, settling, spelling
from veille.desk.finding import SearchOptions
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import NotFound, TooLong, VeilleError
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_NOTE
from veille.domain.operation import Json
from veille.domain.text import key
from veille.domain.views import Backlink, Row
from veille.store import things, wiki
from veille.store.connection import Rows
from veille.wiki import bindings, links, weave
from veille.wiki import mentions as prose

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 3
_CONTEXT: Final = 90
_MOST_MENTIONS: Final = 200
_MOST_LEADS: Final = 300
_MOST_WANTED: Final = 1_000
# Of what is linked, in which order its kinds are told.
_KINDS: Final = ("note", "dossier", "article", "quote", "annotation", "person", "")
# Beyond, a picture of what is near says nothing any more.
MOST_NEAR: Final = 24


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of another note that are the title of this one, and no link yet.

    Attributes:
        start, end: where they stand in the Markdown of that note, in characters.
        before, words, after: the words, and what stands around them.
    """

    note: str
    title: str
    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Near:
    """A thing one link away: ``to`` it, ``from`` it, or both."""

    row: Row
    to: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A note that links here, and the sentence in which it does.

    Attributes:
        before, words, after: the words of the link, "" when they are not known, and what stands
            around them.
        embed: whether what is linked is shown in place.
        letter: whether the note is a letter: what was sent to people.
    """

    note: str
    title: str
    before: str
    words: str
    after: str
    embed: bool = False
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """What a note links to; ``row`` is None for a title that nobody wrote yet."""

    title: str
    row: Row | None = None
    embed: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What hangs around a note, but where it is mentioned without a link.

    Attributes:
        namesakes: the other notes that bear its title.
    """

    row: Row
    linked: tuple[Linked, ...]
    leads: tuple[Lead, ...]
    aliases: tuple[str, ...]
    dossiers: tuple[Row, ...]
    near: tuple[Near, ...]
    namesakes: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A title that notes link to and nobody wrote yet."""

    title: str
    notes: tuple[Row, ...]


def mentions(house: House, note: str) -> list[Mention]:
    """Give where other notes say a title of this one without linking it. Raises NotFound."""
    with house.database.reading() as db:
        row = things.row(db, note)
        but = {one.note for one in wiki.backlinks(db, note)} | {note}
    found: dict[tuple[str, int], Mention] = {}
    for title in (row.title, *_aliases(row)):
        said = [one for one in _saying(house, title) if one not in but]
        with house.database.reading() as db:
            for other in things.rows(db, said):
                for one in _in(db, other, title):
                    found.setdefault((one.note, one.start), one)
    listed = sorted(found.values(), key=lambda one: (key(one.title), one.note, one.start))
    return listed[:_MOST_MENTIONS]


def _aliases(row: Row) -> tuple[str, ...]:
    named = row.fields.get("aliases")
    return tuple(one for one in named if isinstance(one, str)) if isinstance(named, list) else ()


def _saying(house: House, title: str) -> list[str]:
    words = " ".join(_WORD.findall(title))
    if len(words) < _SHORTEST:
        return []
    try:
        return finding.ids(
            house, f'"{words}"', SearchOptions(limit=_MOST_MENTIONS, kinds=("note",))
        )
    except VeilleError:
        return []


def _in(db: Rows, row: Row, title: str) -> Iterator[Mention]:
    text = "" if row.hidden else things.note_text(db, row.id)
    for start, end in prose.places(text, title):
        before = text[max(text.rfind("\n", 0, start) + 1, start - _CONTEXT) : start]
        line_end = text.find("\n", end)
        after = text[end : min(line_end if line_end >= 0 else len(text), end + _CONTEXT)]
        yield Mention(row.id, row.title, start, end, before, text[start:end], after)


def link_mentions(house: House, note: str, chosen: Sequence[Mention]) -> Changes:
    """Make mentions links to the note, in one gesture; the texts stay as they were otherwise.

    Those whose words are gone are passed over. Raises NotFound when all are, TooLong.
    """
    by_note: dict[str, list[Mention]] = {}
    for one in chosen:
        by_note.setdefault(one.note, []).append(one)
    facts = [_linked(house, note, other, some) for other, some in by_note.items()]
    written = [one for one in facts if one is not None]
    if not written:
        raise NotFound(what=chosen[0].words if chosen else note)
    return record(house, written)


def _linked(house: House, note: str, other: str, chosen: Sequence[Mention]) -> Fact | None:
    heads, passages = settling.in_view(house, other, None)
    with house.database.reading() as db:
        text = before = things.note_text(db, other)
        bound = wiki.bindings(db, other)
        for one in sorted(chosen, key=lambda mention: mention.start, reverse=True):
            if (one.start, one.end) not in prose.places(text, one.words):
                continue
            link = _link(db, note, one.words, text=text, start=one.start, bound=bound)
            text = f"{text[: one.start]}{link}{text[one.end :]}"
    if text == before:
        return None
    if len(text) > MAX_NOTE:
        raise TooLong(limit=MAX_NOTE)
    data: dict[str, Json] = {"x": text, "p": list(heads), **bindings.written(bound)}
    return Fact(other, op.NOTE_REV, weave.with_open(data, passages))


def _link(db: Rows, note: str, words: str, *, text: str, start: int, bound: dict[str, str]) -> str:
    """Write a link with the very words; by its id when these would lead to something else."""
    name = key(words)
    leads = bound.get(name) or things.titled(db, words, kind="")
    if links.target_of(words) == name and leads == note:
        bound[name] = note
        return f"[[{words}]]"
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    # In a table, a bar would end the cell.
    return f"[[{note}\\|{words}]]" if "|" in line else f"[[{note}|{words}]]"


def around(house: House, note: str) -> Surroundings:
    """Give what hangs around a note. Raises NotFound."""
    with house.database.reading() as db:
        row = things.row(db, note)
        back = wiki.backlinks(db, note)
        return Surroundings(
            row, tuple(_sentences(db, note, back)), tuple(_leads(db, note)), _aliases(row),
            tuple(things.rows(db, things.dossiers_of(db, note))), tuple(_near(db, note, back)),
            tuple(things.rows(db, things.same_title(db, note))),
        )  # fmt: skip


def _sentences(db: Rows, thing: str, back: Sequence[Backlink]) -> Iterator[Linked]:
    """Find, in the sentences that link to a thing, the words that do."""
    words: dict[tuple[str, str], str] = {}
    for note in sorted({one.note for one in back}):
        leads = {tie.target for tie in wiki.ties_of(db, note) if tie.leads == thing}
        for link in links.links(things.note_text(db, note)):
            if link.target in leads:
                words.setdefault((note, link.context), link.label)
    for one in back:
        label = words.get((one.note, one.context), "")
        cut = one.context.partition(label) if label else (one.context, "", "")
        before, found, after = spelling.spelled(db, cut)
        yield Linked(one.note, one.title, before, found, after, one.embed, one.letter)


def _leads(db: Rows, note: str) -> list[Lead]:
    ties = {one.target: one.leads for one in wiki.ties_of(db, note)}
    rows = {row.id: row for row in things.rows(db, sorted(set(ties.values()))) if not row.hidden}
    found: dict[str, Lead] = {}
    for link in links.links(things.note_text(db, note)):
        row = rows.get(ties.get(link.target, ""))
        if link.kind in {links.THEME, links.SEARCH} or (row is not None and row.id == note):
            continue
        if row is not None:
            found.setdefault(row.id, Lead(row.title, row, link.embed))
        elif link.kind == links.NOTE and link.target and not link.is_id:
            found.setdefault(link.target, Lead(link.name, None, link.embed))
    listed = list(found.values())[:_MOST_LEADS]
    return sorted(listed, key=lambda one: _KINDS.index(one.row.kind if one.row else ""))


def _near(db: Rows, note: str, back: Sequence[Backlink]) -> list[Near]:
    to = {tie.leads for tie in wiki.ties_of(db, note)} - {note, ""}
    came = {one.note for one in back}
    rows = [row for row in things.rows(db, sorted(to | came)) if not row.hidden]
    found = [Near(row, row.id in to, row.id in came) for row in rows]
    found.sort(key=lambda one: key(one.row.title))
    both = [one for one in found if one.to and one.back]
    sides = ([one for one in found if not one.to], [one for one in found if not one.back])
    # In turn, so that many of one side do not hide the other.
    turns = [one for pair in zip_longest(*sides) for one in pair if one is not None]
    return [*both, *turns][:MOST_NEAR]


def orphans(house: House) -> list[Row]:
    """Give the notes that link to nothing, that nothing links to, and that no dossier holds."""
    with house.database.reading() as db:
        return things.rows(db, wiki.orphans(db))


def wanted(house: House) -> list[Wanted]:
    """Give the titles that notes link to and nobody wrote yet, most wanted first."""
    with house.database.reading() as db:
        found = wiki.wanted(db)[:_MOST_WANTED]
        rows = {row.id: row for row in things.rows(db, sorted({n for _t, some in found
                                                               for n in some}))}  # fmt: skip
        written = _written(db, found)
    return [
        Wanted(
            written.get(title, title),
            tuple(
                sorted((rows[one] for one in notes if one in rows), key=lambda row: key(row.title))
            ),
        )
        for title, notes in found
    ]


def _written(db: Rows, found: Sequence[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Give titles as they were written, which their folded form is not."""
    names: dict[str, str] = {}
    for note in dict.fromkeys(notes[0] for _title, notes in found):
        for link in links.links(things.note_text(db, note)):
            names.setdefault(link.target, link.name)
    return names
