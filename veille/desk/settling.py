"""Settling what stands in two versions: both are shown, one keystroke chooses, both stay in history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from veille.desk.house import House
from veille.desk.record import record
from veille.domain import merge
from veille.domain import operation as op
from veille.domain.errors import BadChoice, NotFound
from veille.domain.facts import Changes, Fact
from veille.domain.merge import Thing
from veille.domain.operation import Json
from veille.domain.views import Choice, Version
from veille.store import operations, things
from veille.wiki import weave
from veille.wiki.weave import Passage, Woven

_SETS: Final[Mapping[str, str]] = {
    "article": op.ARTICLE_SET,
    "quote": op.QUOTE_SET,
    "annotation": op.COMMENT_REV,
    "note": op.NOTE_SET,
    "dossier": op.DOSSIER_SET,
    "feed": op.FEED_SET,
    "person": op.PERSON_SET,
    "space": op.SPACE_SET,
}


def choices(house: House, thing: str) -> list[Choice]:
    """Give what stands in two versions in a thing: passages of a note, then fields."""
    folded = _folded(house, thing)
    woven = _woven(folded)
    found = [_of_passage(number, one) for number, one in enumerate(woven.passages, start=1)]
    for name in sorted(folded.alternatives):
        found.append(_of_field(len(found) + 1, name, folded))
    return found


def standing(house: House) -> list[str]:
    """Give the things that stand in two versions, newest first."""
    with house.database.reading() as db:
        return things.in_two_versions(db)


def settle(house: House, thing: str, number: int, keep: str) -> Changes:
    """Keep "a", "b", "both", or what was "merged". Raises NotFound, BadChoice."""
    folded = _folded(house, thing)
    chosen = next((one for one in choices(house, thing) if one.number == number), None)
    if chosen is None:
        raise NotFound(what=str(number))
    if keep not in chosen.answers:
        raise BadChoice(answers=chosen.answers)
    woven = _woven(folded)
    if number <= len(woven.passages):
        return _settle_passage(house, folded, woven, woven.passages[number - 1], keep)
    value = chosen.b.value if keep == "b" else chosen.a.value
    if keep == "both":
        value = f"{chosen.a.text} / {chosen.b.text}"
    return record(house, [Fact(thing, _SETS[folded.kind], {chosen.where: value})])


def _settle_passage(
    house: House, note: Thing, woven: Woven, passage: Passage, keep: str
) -> Changes:
    apart = "\n\n" if "\n" in passage.shown else " "
    kept = {
        "a": passage.ours.text,
        "b": passage.theirs.text,
        "merged": passage.shown,
        "both": passage.shown
        if not passage.merged
        else f"{passage.ours.text}{apart}{passage.theirs.text}",
    }[keep]
    text = woven.text.replace(passage.shown, kept, 1)
    if not kept:
        text = re.sub(r"\n{3,}", "\n\n", text)
    left = [one for one in woven.passages if one is not passage]
    return record(house, [Fact(note.id, op.NOTE_REV, weave.with_open({"x": text}, left))])


def in_view(house: House, note: str, parents: tuple[str, ...] | None) -> list[Passage]:
    """Give the passages in two versions that an author had before her eyes."""
    with house.database.reading() as db:
        folded = merge.fold(operations.of_entity(db, note), personal=house.personal)
    if folded is None:
        return []
    by_id = {one.id: one for one in folded.revisions}
    heads = (
        folded.revision_heads
        if parents is None
        else tuple(by_id[one] for one in parents if one in by_id)
    )
    return list(weave.weave(heads, by_id).passages)


def _folded(house: House, thing: str) -> Thing:
    with house.database.reading() as db:
        folded = merge.fold(operations.of_entity(db, thing), personal=house.personal)
    if folded is None:
        raise NotFound(what=thing)
    return folded


def _woven(thing: Thing) -> Woven:
    return weave.weave(thing.revision_heads, {one.id: one for one in thing.revisions})


def _of_passage(number: int, one: Passage) -> Choice:
    return Choice(
        number,
        "passage",
        Version(one.ours.text, one.ours.text, one.ours.by, one.ours.at),
        Version(one.theirs.text, one.theirs.text, one.theirs.by, one.theirs.at),
        shown=one.shown,
        answers=("a", "b", "both", "merged") if one.merged else ("a", "b", "both"),
    )


def _of_field(number: int, name: str, thing: Thing) -> Choice:
    """Give a field whose two latest values were said at once; the one shown is A."""
    shown = thing.fields[name]
    other = thing.alternatives[name][0]
    texts = isinstance(shown, str) and isinstance(other.value, str)
    return Choice(
        number,
        name,
        Version(_text(shown), shown, *thing.said[name]),
        Version(_text(other.value), other.value, other.by, other.at),
        shown=_text(shown),
        answers=("a", "b", "both")
        if texts and name in {"title", "comment", "description"}
        else ("a", "b"),
    )


def _text(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
